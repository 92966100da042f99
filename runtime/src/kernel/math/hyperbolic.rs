//! Hyperbolic functions and their inverses.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

/// The hyperbolic sine.
#[inline(always)]
pub fn sinh<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::sinh(x.to_f64()))
}

/// The hyperbolic cosine.
#[inline(always)]
pub fn cosh<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::cosh(x.to_f64()))
}

/// The hyperbolic tangent.
#[inline(always)]
pub fn tanh<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::tanh(x.to_f64()))
}

/// The inverse of the hyperbolic sine.
#[inline(always)]
pub fn asinh<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::asinh(x.to_f64()))
}

/// The inverse of the hyperbolic cosine, NaN below one.
#[inline(always)]
pub fn acosh<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::acosh(x.to_f64()))
}

/// The inverse of the hyperbolic tangent, NaN outside `[−1, 1]`.
#[inline(always)]
pub fn atanh<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::atanh(x.to_f64()))
}
