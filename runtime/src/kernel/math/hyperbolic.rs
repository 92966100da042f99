//! Hyperbolic functions and their inverses.
//!
//! All from `e^|x| − 1`, which keeps its digits near zero; the sign is put back at the end.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::exponential::{exp_m1_bounded, exp_m1_reduced, reduce};
use super::logarithm::ln_1p;
use super::polynomial::at_most;

/// The hyperbolic tangent: `t/(t + 2)` with `t = e^(2|x|) − 1`.
///
/// Error below 2.5 ulp in `f32` and 2 in `f64`.
#[inline(always)]
pub fn tanh<I: Isa, T: Real>(isa: I, x: T) -> T {
    let bounded = at_most(x.abs(), T::from_f64(0.5) * T::ONE_DOMINATES);
    let t = exp_m1_bounded(isa, bounded + bounded);
    (t / (t + T::from_f64(2.0))).copy_sign(x)
}

/// `eʳ − 1` and `2ⁿ⁻²` with `|x| = n·ln 2 + r`: the quarter, because `e^|x|` overflows before the hyperbolic functions do.
#[inline(always)]
fn quarter_exponential<I: Isa, T: Real>(isa: I, x: T) -> [T; 2] {
    let [shifted, r] = reduce(isa, at_most(x.abs(), T::EXP_HIGHEST + T::from_f64(0.5)));
    [exp_m1_reduced(isa, r), (shifted - T::from_f64(2.0)).power_of_two()]
}

/// The hyperbolic sine: `(t + t/(t + 1))/2` with `t = e^|x| − 1`.
///
/// Error below 2.5 ulp in `f32` and 2 in `f64`.
#[inline(always)]
pub fn sinh<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [p, scale] = quarter_exponential(isa, x);
    let quarter = scale.mul_add_if(isa, p, scale - T::from_f64(0.25));
    // A quarter of `t/(t + 1)` with `t = 4q`, written so that it stays finite.
    let other = T::from_f64(0.25) * (quarter / (quarter + T::from_f64(0.25)));
    let half = quarter + other;
    let value = (half + half).copy_sign(x);
    if x.abs() < T::EPSILON { x } else { value }
}

/// The hyperbolic cosine: `(E + 1/E)/2` with `E = e^|x|`.
///
/// Error below 1.5 ulp in `f32` and 1.5 in `f64`.
#[inline(always)]
pub fn cosh<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [p, scale] = quarter_exponential(isa, x);
    let quarter = scale.mul_add_if(isa, p, scale);
    quarter + quarter + T::from_f64(0.125) / quarter
}

/// The inverse of the hyperbolic sine: `ln(1 + a + a²/(1 + √(1 + a²)))` with `a = |x|`.
///
/// Error below 2 ulp in `f32` and 1.5 in `f64`.
#[inline(always)]
pub fn asinh<I: Isa, T: Real>(isa: I, x: T) -> T {
    let a = x.abs();
    let square = a * a;
    let sum = a + square / (T::ONE + (T::ONE + square).sqrt());
    // From `a = 1/ε` on, the sum under the logarithm is `2a`, and its square would overflow in the end.
    let [sum, rest] = if a > T::ONE / T::EPSILON { [a, T::LN_2] } else { [sum, T::ZERO] };
    (ln_1p(isa, sum) + rest).copy_sign(x)
}

/// The inverse of the hyperbolic cosine: `ln(1 + t + √(2t + t²))` with `t = x − 1`; NaN below one.
///
/// Error below 2 ulp in `f32` and 1.5 in `f64`.
#[inline(always)]
pub fn acosh<I: Isa, T: Real>(isa: I, x: T) -> T {
    let t = x - T::ONE;
    let sum = t + t.mul_add_if(isa, t, t + t).sqrt();
    let [sum, rest] = if x > T::ONE / T::EPSILON { [x, T::LN_2] } else { [sum, T::ZERO] };
    let value = ln_1p(isa, sum) + rest;
    if x < T::ONE { T::NAN } else { value }
}

/// The inverse of the hyperbolic tangent: `ln(1 + 2a/(1 − a))/2` with `a = |x|`; NaN outside `[−1, 1]`.
///
/// Error below 2 ulp in `f32` and 2 in `f64`.
#[inline(always)]
pub fn atanh<I: Isa, T: Real>(isa: I, x: T) -> T {
    let a = x.abs();
    let value = T::from_f64(0.5) * ln_1p(isa, (a + a) / (T::ONE - a));
    (if a < T::EPSILON { a } else { value }).copy_sign(x)
}
