//! Angles to within an eighth of a turn of zero.
//!
//! `x·2/π = n + f` and `r = f·π/2`. No argument takes another path than the others, since a branch would keep the loop from being
//! vectorized, and so would a table: a lookup may read what the loop writes, for all that LLVM knows.
//!
//! An `f32` of any size is reduced in `f64`, with the bits of `2/π` that matter to its exponent (Payne & Hanek 1983,
//! doi:10.1145/1057600.1057602), which are one of four sets. For an `f64` they would be one of forty; there the nearest multiple of
//! `π/2`, in three parts, is subtracted (Cody & Waite 1980, chapter 8), which is exact up to `2⁴⁸`. Beyond, where neighbouring numbers
//! are a sixteenth of a radian apart and more, the result is NaN: seen at once, where a wrong one would not be.

use core::f64::consts::{FRAC_2_PI, FRAC_PI_2};

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::angles::{QUARTER_TURN, WINDOWS};
use super::double::{product, sum};
use super::element::Elementary;

/// The reduction for a format.
pub trait Angle: Sized {
    /// `n + ROUNDER`, `r` and what rounding took from it, with `x = n·π/2 + r` up to whole turns.
    fn reduce_angle<I: Isa>(self, isa: I) -> [Self; 3];
}

impl Angle for f32 {
    #[inline(always)]
    fn reduce_angle<I: Isa>(self, isa: I) -> [f32; 3] {
        let x = f64::from(self);
        let [first, second, third] = window(x.abs());
        let quarters = x * first;
        let shifted = quarters + f64::ROUNDER;
        let fraction = x * second + (quarters - (shifted - f64::ROUNDER));
        let again = fraction + f64::ROUNDER;
        let fraction = fraction - (again - f64::ROUNDER);
        let turn = x.mul_add_if(isa, third, fraction);
        let n = shifted.to_bits().wrapping_add(again.to_bits()) as u32 & 3;
        [f32::from_bits(n | f32::ROUNDER.to_bits()), (turn * FRAC_PI_2) as f32, 0.0]
    }
}

/// The row of `WINDOWS` for numbers as large as `a`.
#[inline(always)]
fn window(a: f64) -> [f64; 3] {
    // 2⁵⁰, 2⁷⁶ and 2¹⁰².
    let limits = [1_125_899_906_842_624.0, 7.555_786_372_591_432e22, 5.070_602_400_912_918e30];
    let mut window = WINDOWS[0];
    for (limit, next) in limits.into_iter().zip(&WINDOWS[1..]) {
        for (part, &replacement) in window.iter_mut().zip(next) {
            *part = if a >= limit { replacement } else { *part };
        }
    }
    window
}

/// From here on, `2⁴⁸`, the sine of an `f64` is NaN.
const ANGLE_LIMIT: f64 = 281_474_976_710_656.0;

impl Angle for f64 {
    #[inline(always)]
    fn reduce_angle<I: Isa>(self, isa: I) -> [f64; 3] {
        let shifted = self.mul_add_if(isa, FRAC_2_PI, f64::ROUNDER);
        let n = shifted - f64::ROUNDER;
        let [turn, turn_low] = product(isa, n, QUARTER_TURN[1]);
        let [r, lost] = sum(less_turns(isa, self, n), -turn);
        let rest = n.mul_add_if(isa, -QUARTER_TURN[2], lost - turn_low);
        let total = r + rest;
        let total = if self.abs() < ANGLE_LIMIT { total } else { f64::NAN };
        [shifted, total, (r - total) + rest]
    }
}

/// `high − n·π/2` with the first part of `π/2`: exact, because the digits of both that are above the result cancel.
#[inline(always)]
fn less_turns<I: Isa>(isa: I, high: f64, n: f64) -> f64 {
    if I::FUSED {
        return n.mul_add_if(isa, -QUARTER_TURN[0], high);
    }
    let [turn, turn_low] = product(isa, n, QUARTER_TURN[0]);
    (high - turn) - turn_low
}
