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
///
/// Error below 2 ulp in `f32` and 1.5 in `f64`.
#[inline(always)]
pub fn sin<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [quarters, r, low] = x.reduce_angle(isa);
    let [sine, cosine] = sine_and_cosine(isa, r, low);
    let value = if T::is_odd(quarters) { cosine } else { sine }.negate_if(quarters, 1);
    if x.abs() < T::EPSILON { x } else { value }
}

/// The cosine of `x` radians: in `f32` for every `x`, in `f64` up to `|x| = 2⁴⁸`; NaN beyond.
///
/// Error below 1.5 ulp in `f32` and 1 in `f64`.
#[inline(always)]
pub fn cos<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [quarters, r, low] = x.reduce_angle(isa);
    let [sine, cosine] = sine_and_cosine(isa, r, low);
    let value = if T::is_odd(quarters) { sine } else { cosine };
    value.negate_if(quarters + T::ONE, 1)
}

/// The tangent of `x` radians: in `f32` for every `x`, in `f64` up to `|x| = 2⁴⁸`; NaN beyond.
///
/// Error below 3.5 ulp in `f32` and 2.5 in `f64`.
#[inline(always)]
pub fn tan<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [quarters, r, low] = x.reduce_angle(isa);
    let [sine, cosine] = sine_and_cosine(isa, r, low);
    let [numerator, denominator] =
        if T::is_odd(quarters) { [-cosine, sine] } else { [sine, cosine] };
    let value = numerator / denominator;
    if x.abs() < T::EPSILON { x } else { value }
}

/// The angle of the point `(b, a)`, as the whole plane has it.
///
/// The smaller coordinate over the larger is a tangent up to one; from `√2 − 1` on, `π/4` is taken off it, so that the polynomial is short.
#[inline(always)]
fn angle<I: Isa, T: Real>(isa: I, a: T, b: T) -> T {
    let huge = T::ONE / (T::MIN_POSITIVE * T::from_f64(16.0));
    let scale = if a.abs() > huge || b.abs() > huge { T::from_f64(0.25) } else { T::ONE };
    let (rise, run) = (scale * a.abs(), scale * b.abs());
    let [low, high, steep] = if rise > run { [run, rise, T::ONE] } else { [rise, run, T::ZERO] };
    let high = if high == T::ZERO { T::ONE } else { high };
    let both_infinite = low == T::INFINITY;
    let difference = if both_infinite { T::ZERO } else { low - high };
    let near_diagonal = low > T::from_f64(core::f64::consts::SQRT_2 - 1.0) * high || both_infinite;
    let [numerator, denominator, flat] = if near_diagonal {
        [difference, low + high, T::from_f64(0.25)]
    } else {
        [low, high, T::ZERO]
    };
    let z = numerator / denominator;
    let w = z * z;
    let arc = (w * z).mul_add_if(isa, polynomial(isa, w, T::ATAN), z);
    // Parts of `π` that are added, with what is missing from the nearest number, before and after reflections.
    let half = T::from_f64(0.5);
    let [turned, arc] = if steep == T::ONE { [half - flat, -arc] } else { [flat, arc] };
    let backward = T::ONE.copy_sign(b) < T::ZERO;
    let [turned, arc] = if backward { [T::ONE - turned, -arc] } else { [turned, arc] };
    (turned * T::PI_HIGH + turned.mul_add_if(isa, T::PI_LOW, arc)).copy_sign(a)
}

/// The arc sine, in `[−π/2, π/2]`; NaN outside `[−1, 1]`.
///
/// Error below 3 ulp in `f32` and 2.5 in `f64`.
#[inline(always)]
pub fn asin<I: Isa, T: Real>(isa: I, x: T) -> T {
    angle(isa, x, ((T::ONE - x) * (T::ONE + x)).sqrt())
}

/// The arc cosine, in `[0, π]`; NaN outside `[−1, 1]`.
///
/// Error below 2.5 ulp in `f32` and 3 in `f64`.
#[inline(always)]
pub fn acos<I: Isa, T: Real>(isa: I, x: T) -> T {
    angle(isa, ((T::ONE - x) * (T::ONE + x)).sqrt(), x)
}

/// The arc tangent, in `[−π/2, π/2]`.
///
/// Error below 2.5 ulp in `f32` and 1 in `f64`.
#[inline(always)]
pub fn atan<I: Isa, T: Real>(isa: I, x: T) -> T {
    angle(isa, x, T::ONE)
}

/// The angle of the point `(b, a)`, in `[−π, π]`: `atan(a/b)` in the quadrant of the signs.
///
/// Error below 2.5 ulp in `f32` and 2 in `f64`.
#[inline(always)]
pub fn atan2<I: Isa, T: Real>(isa: I, a: T, b: T) -> T {
    angle(isa, a, b)
}
