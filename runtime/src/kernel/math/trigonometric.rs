//! Trigonometric functions and their inverses.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::polynomial::polynomial;

/// Sine and cosine of `r + low`, for `|r| ≤ π/4`.
#[inline(always)]
fn sine_and_cosine<I: Isa, T: Real>(isa: I, r: T, low: T) -> [T; 2] {
    let w = r * r;
    let half = T::from_f64(0.5) * w;
    let cubic = (w * r).mul_add_if(isa, polynomial(isa, w, T::SIN), low - half * low);
    // The leading `1 − w/2` is rounded; what was lost is added with the rest.
    let leading = T::ONE - half;
    let lost = (T::ONE - leading) - half;
    let quartic = (w * w).mul_add_if(isa, polynomial(isa, w, T::COS), lost - r * low);
    [r + cubic, leading + quartic]
}

/// The sine of `x` radians: in `f32` for every `x`, in `f64` up to `|x| = 2⁴⁸`; NaN beyond.
#[inline(always)]
pub fn sin<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [quarters, r, low] = x.reduce_angle(isa);
    let [sine, cosine] = sine_and_cosine(isa, r, low);
    let value = if T::is_odd(quarters) { cosine } else { sine }.negate_if(quarters, 1);
    if x.abs() < T::EPSILON { x } else { value }
}

/// The cosine of `x` radians: in `f32` for every `x`, in `f64` up to `|x| = 2⁴⁸`; NaN beyond.
#[inline(always)]
pub fn cos<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [quarters, r, low] = x.reduce_angle(isa);
    let [sine, cosine] = sine_and_cosine(isa, r, low);
    let value = if T::is_odd(quarters) { sine } else { cosine };
    value.negate_if(quarters + T::ONE, 1)
}

/// The tangent of `x` radians: in `f32` for every `x`, in `f64` up to `|x| = 2⁴⁸`; NaN beyond.
#[inline(always)]
pub fn tan<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [quarters, r, low] = x.reduce_angle(isa);
    let [sine, cosine] = sine_and_cosine(isa, r, low);
    let odd = T::is_odd(quarters);
    let value = if odd { -cosine } else { sine } / if odd { sine } else { cosine };
    if x.abs() < T::EPSILON { x } else { value }
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
