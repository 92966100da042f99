//! Exponentials and powers.
//!
//! `eˣ = 2ⁿ·eʳ` with `n = round(x/ln 2)` and `|r| ≤ ln 2/2`, `ln 2` in two parts (Cody & Waite 1980, chapter 6), `eʳ` a polynomial.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::logarithm::ln;
use super::polynomial::{at_least, at_most, polynomial};

/// `n + ROUNDER` and `r` with `x = n·ln 2 + r`, `|r| ≤ ln 2/2`.
#[inline(always)]
pub(super) fn reduce<I: Isa, T: Real>(isa: I, x: T) -> [T; 2] {
    reduce_sum(isa, x, T::ZERO)
}

/// The same for `x + low`, where `low` is small and would be lost in the sum.
#[inline(always)]
pub(super) fn reduce_sum<I: Isa, T: Real>(isa: I, x: T, low: T) -> [T; 2] {
    let shifted = (x + low).mul_add_if(isa, T::LOG2_E, T::ROUNDER);
    let n = shifted - T::ROUNDER;
    let r = n.mul_add_if(isa, -T::LN_2_HIGH, x);
    [shifted, n.mul_add_if(isa, -T::LN_2_LOW, r) + low]
}

/// `eʳ − 1` for `|r| ≤ ln 2/2`.
#[inline(always)]
pub(super) fn exp_m1_reduced<I: Isa, T: Real>(isa: I, r: T) -> T {
    (r * r).mul_add_if(isa, polynomial(isa, r, T::EXP), r)
}

/// `eˣ` where it is a normal number or rounds to infinity.
#[inline(always)]
pub(super) fn exp_normal<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [shifted, r] = reduce(isa, x);
    (exp_m1_reduced(isa, r) + T::ONE) * shifted.power_of_two()
}

/// `eˣ − 1` for `x` from −40 to 40.
#[inline(always)]
pub(super) fn exp_m1_bounded<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [shifted, r] = reduce(isa, x);
    let scale = shifted.power_of_two();
    scale.mul_add_if(isa, exp_m1_reduced(isa, r), scale - T::ONE)
}

/// The exponential `eˣ`: infinite above the largest number, gradually to zero below the smallest.
///
/// Error below 1.1 ulp.
#[inline(always)]
pub fn exp<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [shifted, r] = reduce(isa, at_most(at_least(x, T::EXP_LOWEST), T::EXP_HIGHEST));
    let [first, second] = shifted.powers_of_two();
    (exp_m1_reduced(isa, r) + T::ONE) * first * second
}

/// The power of two `2ˣ`, exact for integers: infinite above the largest number, gradually to zero below the smallest.
#[inline(always)]
pub fn exp2<I: Isa, T: Real>(isa: I, x: T) -> T {
    let x = at_most(at_least(x, T::EXP2_LOWEST), T::EXP2_HIGHEST);
    let shifted = x + T::ROUNDER;
    let r = (x - (shifted - T::ROUNDER)) * T::LN_2;
    let [first, second] = shifted.powers_of_two();
    (exp_m1_reduced(isa, r) + T::ONE) * first * second
}

/// `eˣ − 1`, exact to the last digits for small `x` too.
#[inline(always)]
pub fn exp_m1<I: Isa, T: Real>(isa: I, x: T) -> T {
    let bounded = at_most(at_least(x, -T::ONE_DOMINATES), T::EXP_HIGHEST);
    let [shifted, r] = reduce(isa, bounded);
    // Half of it, because `2ⁿ` alone may overflow.
    let scale = (shifted - T::ONE).power_of_two();
    let half = scale.mul_add_if(isa, exp_m1_reduced(isa, r), scale - T::from_f64(0.5));
    if x.abs() < T::EPSILON * T::from_f64(0.5) { x } else { half + half }
}

/// The power `aᵇ`, with the conventions of IEEE 754: one for `b = 0` and for `a = 1`, NaN for negative `a` unless `b` is an integer.
///
/// In `f32` this is `e^(b·ln a)` with both in `f64`, and vectorizes; in `f64` it is scalar code.
#[inline(always)]
pub fn powf<I: Isa, T: Real>(isa: I, a: T, b: T) -> T {
    let (a, b) = (a.to_f64(), b.to_f64());
    T::from_f64(if size_of::<T>() == size_of::<f32>() { power(isa, a, b) } else { libm::pow(a, b) })
}

/// `aᵇ` with the digits of `f32`.
#[inline(always)]
fn power<I: Isa>(isa: I, a: f64, b: f64) -> f64 {
    let magnitude = exp(isa, b * ln(isa, a.abs()));
    let magnitude = if b == 0.0 || a.abs() == 1.0 { 1.0 } else { magnitude };
    let integer = b.floor() == b;
    let odd = integer && (0.5 * b).floor() != 0.5 * b;
    let signed = if odd { magnitude.copysign(a) } else { magnitude };
    let undefined = a < 0.0 && a > f64::NEG_INFINITY && !integer;
    let nan =
        (undefined && !b.is_infinite()) || (b.is_nan() && a != 1.0) || (a.is_nan() && b != 0.0);
    if nan { f64::NAN } else { signed }
}
