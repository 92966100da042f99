//! Error functions and functions of the gamma family.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::gamma;

/// The error function.
#[inline(always)]
pub fn erf<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::erf(x.to_f64()))
}

/// The complement `1 − erf x`.
#[inline(always)]
pub fn erfc<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::erfc(x.to_f64()))
}

/// `ln|Γ(x)|`; `+inf` at the poles.
#[inline(always)]
pub fn lgamma<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::lgamma_r(x.to_f64()).0)
}

/// The logarithmic derivative of Γ.
#[inline(always)]
pub fn digamma<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(gamma::digamma(x.to_f64()))
}

/// The `n`-th derivative of [`digamma`]; NaN for negative `n`.
#[inline(always)]
pub fn polygamma<I: Isa, T: Real>(_isa: I, n: i32, x: T) -> T {
    T::from_f64(gamma::polygamma(n, x.to_f64()))
}
