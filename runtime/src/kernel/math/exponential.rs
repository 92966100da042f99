//! Exponentials and powers.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

/// The exponential `eˣ`.
#[inline(always)]
pub fn exp<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::exp(x.to_f64()))
}

/// The power of two `2ˣ`.
#[inline(always)]
pub fn exp2<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::exp2(x.to_f64()))
}

/// `eˣ − 1`, exact to the last digits for small `x`.
#[inline(always)]
pub fn exp_m1<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::expm1(x.to_f64()))
}

/// The power `aᵇ`.
#[inline(always)]
pub fn powf<I: Isa, T: Real>(_isa: I, a: T, b: T) -> T {
    T::from_f64(libm::pow(a.to_f64(), b.to_f64()))
}
