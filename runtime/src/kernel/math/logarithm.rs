//! Logarithms.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

/// The natural logarithm `ln x`.
#[inline(always)]
pub fn ln<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::log(x.to_f64()))
}

/// `ln(1 + x)`, exact to the last digits for small `x`.
#[inline(always)]
pub fn ln_1p<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::log1p(x.to_f64()))
}

/// The logarithm to base two.
#[inline(always)]
pub fn log2<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::log2(x.to_f64()))
}

/// The logarithm to base ten.
#[inline(always)]
pub fn log10<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::log10(x.to_f64()))
}

/// `a·ln b`, and 0 where `a = 0` unless `b` is NaN.
#[inline(always)]
pub fn xlogy<I: Isa, T: Real>(isa: I, a: T, b: T) -> T {
    let b = if a == T::ZERO && !b.is_nan() { T::ONE } else { b };
    a * ln(isa, b)
}
