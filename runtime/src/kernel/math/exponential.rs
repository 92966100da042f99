//! Exponentials.
//!
//! `eˣ = 2ⁿ·eʳ` with `n = round(x/ln 2)` and `|r| ≤ ln 2/2`, `ln 2` in two parts (Cody & Waite 1980, chapter 6), `eʳ` a polynomial.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::polynomial::{at_least, at_most, polynomial};

/// `n + ROUNDER` and `r` with `x = n·ln 2 + r`, `|r| ≤ ln 2/2`.
#[inline(always)]
pub(super) fn reduce<I: Isa, T: Real>(isa: I, x: T) -> [T; 2] {
    let shifted = x.mul_add_if(isa, T::LOG2_E, T::ROUNDER);
    let n = shifted - T::ROUNDER;
    let r = n.mul_add_if(isa, -T::LN_2_HIGH, x);
    [shifted, n.mul_add_if(isa, -T::LN_2_LOW, r)]
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
/// Error below 1.5 ulp in `f32` and 1.5 in `f64`.
#[inline(always)]
pub fn exp<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [shifted, r] = reduce(isa, at_most(at_least(x, T::EXP_LOWEST), T::EXP_HIGHEST));
    let [first, second] = shifted.powers_of_two();
    (exp_m1_reduced(isa, r) + T::ONE) * first * second
}

/// The power of two `2ˣ`, exact for integers: infinite above the largest number, gradually to zero below the smallest.
///
/// Error below 1.5 ulp in `f32` and 1.5 in `f64`.
#[inline(always)]
pub fn exp2<I: Isa, T: Real>(isa: I, x: T) -> T {
    let x = at_most(at_least(x, T::EXP2_LOWEST), T::EXP2_HIGHEST);
    let shifted = x + T::ROUNDER;
    let r = (x - (shifted - T::ROUNDER)) * T::LN_2;
    let [first, second] = shifted.powers_of_two();
    (exp_m1_reduced(isa, r) + T::ONE) * first * second
}

/// `eˣ − 1`, exact to the last digits for small `x` too.
///
/// Error below 2 ulp in `f32` and 1.5 in `f64`.
#[inline(always)]
pub fn exp_m1<I: Isa, T: Real>(isa: I, x: T) -> T {
    let bounded = at_most(at_least(x, -T::ONE_DOMINATES), T::EXP_HIGHEST);
    let [shifted, r] = reduce(isa, bounded);
    // Half of it, because `2ⁿ` alone may overflow.
    let scale = (shifted - T::ONE).power_of_two();
    let half = scale.mul_add_if(isa, exp_m1_reduced(isa, r), scale - T::from_f64(0.5));
    if x.abs() < T::EPSILON * T::from_f64(0.5) { x } else { half + half }
}
