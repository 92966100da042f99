//! Activations of neural networks.
//!
//! Written in `e^−|x|`, which cannot overflow. Where the result goes to zero with the exponential, its two factors `2ⁿ` are applied
//! last, so that the result keeps its digits down to the smallest normal number and goes to zero gradually below.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::basic::clamp;
use super::exponential::{exp, exp_m1, exp_m1_reduced, exp_normal, reduce};
use super::logarithm::{twice_atanh, twice_atanh_small};
use super::polynomial::{at_least, at_most, polynomial};
use super::special::normal_tail;

/// The logistic function `σ(x) = 1/(1 + e⁻ˣ)`.
///
/// Zero from `x = −88.4` down in `f32` and from −709.4 down in `f64`, where it is below the smallest normal number.
///
/// Error below 2.5 ulp in `f32` and 2.5 in `f64`.
#[inline(always)]
pub fn sigmoid<I: Isa, T: Real>(isa: I, x: T) -> T {
    let bounded = at_most(at_least(-x, -T::ONE_DOMINATES), T::EXP_HIGHEST);
    let [shifted, r] = reduce(isa, bounded);
    let mantissa = exp_m1_reduced(isa, r) + T::ONE;
    T::ONE / mantissa.mul_add_if(isa, shifted.power_of_two(), T::ONE)
}

/// `x` where it is positive, else 0.
#[inline(always)]
pub fn relu<I: Isa, T: Real>(_isa: I, x: T) -> T {
    if x <= T::ZERO { T::ZERO } else { x }
}

/// `x` where it is positive, else `slope·x`.
#[inline(always)]
pub fn leaky_relu<I: Isa, T: Real>(_isa: I, x: T, slope: T) -> T {
    if x > T::ZERO { x } else { slope * x }
}

/// `x` where it is positive, else `alpha·(eˣ − 1)`.
///
/// Error below 1.5 ulp in `f32` and 1 in `f64`.
///
/// # References
/// Clevert, Unterthiner & Hochreiter (2016), *Fast and Accurate Deep Network Learning by Exponential Linear Units*.
#[inline(always)]
pub fn elu<I: Isa, T: Real>(isa: I, x: T, alpha: T) -> T {
    let below = alpha * exp_m1(isa, at_most(x, T::ZERO));
    if x > T::ZERO { x } else { below }
}

/// `λ·x` where `x` is positive, else `λ·α·(eˣ − 1)`, with the `λ` and `α` that keep mean zero and variance one.
///
/// Error below 2 ulp in `f32` and 2 in `f64`.
///
/// # References
/// Klambauer, Unterthiner, Mayr & Hochreiter (2017), *Self-Normalizing Neural Networks*.
#[inline(always)]
pub fn selu<I: Isa, T: Real>(isa: I, x: T) -> T {
    let scale = T::from_f64(1.050_700_987_355_480_5);
    let below = T::from_f64(1.758_099_340_847_376_9) * exp_m1(isa, at_most(x, T::ZERO));
    if x > T::ZERO { scale * x } else { below }
}

/// `x·Φ(x)`, with the distribution function Φ of the standard normal distribution.
///
/// Error below 4 ulp in `f32` and 3.5 in `f64`.
///
/// # References
/// Hendrycks & Gimpel (2016), *Gaussian Error Linear Units*: the exact form.
#[inline(always)]
pub fn gelu<I: Isa, T: Real>(isa: I, x: T) -> T {
    let tail = normal_tail(isa, x);
    if x < T::ZERO { -tail } else { x - tail }
}

/// `x·σ(x)`.
///
/// Error below 2.5 ulp in `f32` and 2.5 in `f64`.
///
/// # References
/// Elfwing, Uchibe & Doya (2018), *Sigmoid-weighted linear units for neural network function approximation*.
#[inline(always)]
pub fn silu<I: Isa, T: Real>(isa: I, x: T) -> T {
    // At the bound the result is zero already; beyond, `−inf·0` would be NaN.
    let x = at_least(x, T::EXP_LOWEST - T::from_f64(10.0));
    let [shifted, r] = reduce(isa, -at_most(x.abs(), T::from_f64(10.0) - T::EXP_LOWEST));
    let [first, second] = shifted.powers_of_two();
    let p = exp_m1_reduced(isa, r);
    let quotient = x / (T::ONE + (p + T::ONE) * first * second);
    let scaled = quotient.mul_add_if(isa, p, quotient) * first * second;
    if x < T::ZERO { scaled } else { quotient }
}

/// `x·tanh(softplus(x))`: `x·u/(u + 2)` with `u = E·(E + 2)`, `E = eˣ`.
///
/// Error below 3.5 ulp in `f32` and 3 in `f64`.
///
/// # References
/// Misra (2020), *Mish: A Self Regularized Non-Monotonic Activation Function*.
#[inline(always)]
pub fn mish<I: Isa, T: Real>(isa: I, x: T) -> T {
    let x = at_least(x, T::EXP_LOWEST - T::from_f64(10.0));
    let [shifted, r] = reduce(isa, at_most(x, T::ONE_DOMINATES));
    let [first, second] = shifted.powers_of_two();
    let p = exp_m1_reduced(isa, r);
    let two = T::from_f64(2.0);
    let e = (p + T::ONE) * first * second;
    let quotient = x * ((e + two) / e.mul_add_if(isa, e + two, two));
    let value = quotient.mul_add_if(isa, p, quotient) * first * second;
    if x > T::ONE_DOMINATES { x } else { value }
}

/// `ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|)`.
///
/// Error below 3 ulp in `f32` and 2.5 in `f64`.
#[inline(always)]
pub fn softplus<I: Isa, T: Real>(isa: I, x: T) -> T {
    let e = exp(isa, -x.abs());
    // `ln(1 + e) = 2·atanh(e/(2 + e))`, accurate for every `e` up to one without taking it apart.
    at_least(x, T::ZERO) + twice_atanh(isa, e / (T::from_f64(2.0) + e))
}

/// `ln σ(x) = −softplus(−x)`.
///
/// Error below 3 ulp in `f32` and 2.5 in `f64`.
#[inline(always)]
pub fn log_sigmoid<I: Isa, T: Real>(isa: I, x: T) -> T {
    -softplus(isa, -x)
}

/// `x/(1 + |x|)`.
///
/// Error below 2 ulp in `f32` and 1.5 in `f64`.
#[inline(always)]
pub fn softsign<I: Isa, T: Real>(_isa: I, x: T) -> T {
    // Beyond the bound the quotient is one; at infinity it would be NaN.
    let bounded = at_most(x.abs(), T::from_f64(4.0) / T::EPSILON);
    (bounded / (T::ONE + bounded)).copy_sign(x)
}

/// `x/6 + 1/2` brought into `[0, 1]`.
///
/// Error below 1 ulp in `f32` and 1 in `f64`.
#[inline(always)]
pub fn hard_sigmoid<I: Isa, T: Real>(isa: I, x: T) -> T {
    // `(x + 3)/6`, which keeps its digits near the lower bend.
    let line = (x + T::from_f64(3.0)) / T::from_f64(6.0);
    clamp(isa, line, T::ZERO, T::ONE)
}

/// `ln cosh x`, finite where `cosh x` is not.
///
/// A polynomial times `x²` up to `|x| = 3/4`, then `|x| − ln 2 + ln(1 + e^(−2|x|))`.
///
/// Error below 2 ulp in `f32` and 2 in `f64`.
#[inline(always)]
pub fn log_cosh<I: Isa, T: Real>(isa: I, x: T) -> T {
    let a = x.abs();
    let square = a * a;
    let e = exp_normal(isa, -at_most(a + a, T::ONE_DOMINATES));
    let far = (a - T::LN_2) + twice_atanh_small(isa, e / (T::from_f64(2.0) + e));
    let near = square * polynomial(isa, square, T::LOG_COSH);
    if a < T::from_f64(0.75) { near } else { far }
}
