//! Powers with a real exponent: `aᵇ = e^(b·ln a)`.
//!
//! An error of the logarithm is multiplied by `b·ln a`, up to 745, so it needs ten digits in binary more than the result: for `f32` it
//! is taken in `f64`, for `f64` in two parts (as in Sun's fdlibm, 1993, without its table).

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::coefficients::Coefficients;
use super::double::{product, sum};
use super::element::Elementary;
use super::exponential::{exp, exp_m1_reduced, reduce_sum};
use super::logarithm::{decompose, guard, ln};
use super::polynomial::{at_least, at_most, polynomial};

/// The power `aᵇ`, with the conventions of IEEE 754: one for `b = 0` and for `a = 1`, NaN for negative `a` unless `b` is an integer.
///
/// Error below 1 ulp in `f32` and 1.5 in `f64`.
#[inline(always)]
pub fn powf<I: Isa, T: Real>(isa: I, a: T, b: T) -> T {
    let (a, b) = (a.to_f64(), b.to_f64());
    let magnitude = if size_of::<T>() == size_of::<f32>() {
        exp(isa, b * ln(isa, a.abs()))
    } else {
        power_of_positive(isa, a.abs(), b)
    };
    T::from_f64(with_conventions(a, b, magnitude))
}

/// `aᵇ`, given `|a|ᵇ` for the operands where that is no convention.
#[inline(always)]
fn with_conventions(a: f64, b: f64, magnitude: f64) -> f64 {
    let magnitude = if b == 0.0 || a.abs() == 1.0 { 1.0 } else { magnitude };
    let integer = b.floor() == b;
    let odd = integer && (0.5 * b).floor() != 0.5 * b;
    let signed = if odd { magnitude.copysign(a) } else { magnitude };
    let undefined = a < 0.0 && a > f64::NEG_INFINITY && !integer && !b.is_infinite();
    let nan = undefined || (b.is_nan() && a != 1.0) || (a.is_nan() && b != 0.0);
    if nan { f64::NAN } else { signed }
}

/// `aᵇ` for `a` that is not negative.
#[inline(always)]
fn power_of_positive<I: Isa>(isa: I, a: f64, b: f64) -> f64 {
    // Beyond the bounds the power is zero, one or infinite, and the product below would overflow.
    let b = at_most(at_least(b, -1e290), 1e290);
    let [high, low] = logarithm(isa, a);
    let [x, lost] = product(isa, b, guard(a, high));
    let rest = b.mul_add_if(isa, low, lost);
    let rest = if x.abs() < 1000.0 { rest } else { 0.0 };
    let x = at_most(at_least(x, f64::EXP_LOWEST), f64::EXP_HIGHEST);
    let [shifted, r] = reduce_sum(isa, x, rest);
    let [first, second] = shifted.powers_of_two();
    (exp_m1_reduced(isa, r) + 1.0) * first * second
}

/// `ln x` for positive finite `x`, as a number and what is missing from it: `k·ln 2 + 2s + ⅔·s³ + s⁵·P(s²)`, all but the last in two
/// parts.
#[inline(always)]
fn logarithm<I: Isa>(isa: I, x: f64) -> [f64; 2] {
    let [k, f] = decompose(x);
    let denominator = 2.0 + f;
    let lost = f - (denominator - 2.0);
    let s = f / denominator;
    let [back, back_low] = product(isa, s, denominator);
    let s_low = (((f - back) - back_low) - s * lost) / denominator;

    let [w, w_low] = product(isa, s, s);
    let w_low = w_low + 2.0 * s * s_low;
    let [cube, cube_low] = product(isa, s, w);
    let cube_low = cube_low + s * w_low + s_low * w;
    let [third, third_low] = product(isa, cube, TWO_THIRDS);
    let third_low = third_low + cube_low * TWO_THIRDS + cube * TWO_THIRDS_LOW;
    // The polynomial without its first term, which differs from two thirds by the error of the fit.
    let fitted =
        polynomial(isa, w, &f64::ATANH[1..]).mul_add_if(isa, w, f64::ATANH[0] - TWO_THIRDS);

    let [high, first] = sum(k * f64::LN_2_HIGH, s + s);
    let [high, second] = sum(high, third);
    let low = cube.mul_add_if(isa, fitted, k * f64::LN_2_LOW);
    sum(high, first + second + (s_low + s_low) + third_low + low)
}

/// Two thirds: the nearest number, and what is missing from it.
const TWO_THIRDS: f64 = 2.0 / 3.0;
const TWO_THIRDS_LOW: f64 = 3.700_743_415_417_188e-17;
