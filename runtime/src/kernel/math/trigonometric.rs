//! Trigonometric functions and their inverses.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

/// The sine of `x` radians.
#[inline(always)]
pub fn sin<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::sin(x.to_f64()))
}

/// The cosine of `x` radians.
#[inline(always)]
pub fn cos<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::cos(x.to_f64()))
}

/// The tangent of `x` radians.
#[inline(always)]
pub fn tan<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::tan(x.to_f64()))
}

/// The arc sine, in `[−π/2, π/2]`.
#[inline(always)]
pub fn asin<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::asin(x.to_f64()))
}

/// The arc cosine, in `[0, π]`.
#[inline(always)]
pub fn acos<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::acos(x.to_f64()))
}

/// The arc tangent, in `[−π/2, π/2]`.
#[inline(always)]
pub fn atan<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::atan(x.to_f64()))
}

/// The angle of the point `(b, a)`, in `[−π, π]`: `atan(a/b)` in the quadrant of the signs.
#[inline(always)]
pub fn atan2<I: Isa, T: Real>(_isa: I, a: T, b: T) -> T {
    T::from_f64(libm::atan2(a.to_f64(), b.to_f64()))
}
