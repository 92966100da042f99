//! Error functions and functions of the gamma family.
//!
//! `erfc z = e^(−z²)·P(t)/(1 + 2z)` with `t = (z − k)/(z + k)`: one polynomial for all `z ≥ 0` (Shepherd & Laframboise 1981,
//! doi:10.1090/S0025-5718-1981-0595061-0).

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::exponential::{exp_m1_reduced, exp_normal, reduce_sum};
use super::gamma;
use super::polynomial::{at_most, polynomial};

/// `e^(z²)·erfc z` for `z` from 0 to `TAIL_LAST`.
#[inline(always)]
fn scaled_erfc<I: Isa, T: Real>(isa: I, z: T) -> T {
    let t = (z - T::TAIL_CENTER) / (z + T::TAIL_CENTER);
    polynomial(isa, t, T::TAIL) / (z + z + T::ONE)
}

/// `factor·e^(−scale·z²)`, where `scale` is a power of two: `z²` in two parts, since its rounding error would be multiplied by `z²`.
#[inline(always)]
fn times_gaussian<I: Isa, T: Real>(isa: I, z: T, scale: T, factor: T) -> T {
    let head = z.head();
    let low = (head - z) * (head + z) * scale;
    let [shifted, r] = reduce_sum(isa, -(head * head * scale), low);
    let [first, second] = shifted.powers_of_two();
    factor.mul_add_if(isa, exp_m1_reduced(isa, r), factor) * first * second
}

/// `|x|·Φ(−|x|)`.
#[inline(always)]
pub(super) fn normal_tail<I: Isa, T: Real>(isa: I, x: T) -> T {
    let a = at_most(x.abs(), T::from_f64(1.41) * T::TAIL_LAST);
    let half = T::from_f64(0.5);
    let z = a * T::FRAC_1_SQRT_2;
    let near = half * a * (T::ONE - erf_near_zero(isa, z));
    let far = times_gaussian(isa, a, half, half * a * scaled_erfc(isa, z));
    if z < half { near } else { far }
}

/// `erf x` for `|x| ≤ 1`.
#[inline(always)]
fn erf_near_zero<I: Isa, T: Real>(isa: I, x: T) -> T {
    x * polynomial(isa, at_most(x * x, T::ONE), T::ERF)
}

/// The error function `2/√π·∫₀ˣ e^(−t²) dt`.
///
/// Error below 3 ulp in `f32` and 2 in `f64`.
#[inline(always)]
pub fn erf<I: Isa, T: Real>(isa: I, x: T) -> T {
    let z = at_most(x.abs(), T::ERF_ONE);
    let near = erf_near_zero(isa, x);
    let far = T::ONE - scaled_erfc(isa, z) * exp_normal(isa, -(z * z));
    if z < T::ONE { near } else { far.copy_sign(x) }
}

/// The complement `1 − erf x`, with all its digits where it is small; zero from `x = 27.3` on in `f64`, gradually.
///
/// Error below 3.5 ulp in `f32` and 3 in `f64`.
#[inline(always)]
pub fn erfc<I: Isa, T: Real>(isa: I, x: T) -> T {
    let z = at_most(x.abs(), T::TAIL_LAST);
    let tail = times_gaussian(isa, z, T::ONE, scaled_erfc(isa, z));
    let far = if x < T::ZERO { T::from_f64(2.0) - tail } else { tail };
    if z < T::from_f64(0.5) { T::ONE - erf_near_zero(isa, x) } else { far }
}

/// `ln|Γ(x)|`; `+inf` at the poles.
///
/// Error below 1 ulp in `f32`, and below 3 in `f64` for positive `x`; below zero the digits that cancel around its roots are lost.
#[inline(always)]
pub fn lgamma<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(libm::lgamma_r(x.to_f64()).0)
}

/// The logarithmic derivative `ψ(x) = Γ′(x)/Γ(x)`; NaN at the negative poles.
///
/// Error below 1 ulp in `f32`, and below 3 in `f64` for positive `x`; below zero the digits that cancel around its roots are lost.
#[inline(always)]
pub fn digamma<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::from_f64(gamma::digamma(x.to_f64()))
}

/// The `n`-th derivative `ψ⁽ⁿ⁾(x)` of [`digamma`]; NaN for negative `n`, `+inf` at the poles for odd `n`.
///
/// Error below 8 ulp in `f64` for positive `x` and `n` of 1 and 2, growing as the power `x⁻ⁿ⁻¹` has more factors; from `n = 100` on
/// some `1e-13`.
#[inline(always)]
pub fn polygamma<I: Isa, T: Real>(_isa: I, n: i32, x: T) -> T {
    T::from_f64(gamma::polygamma(n, x.to_f64()))
}
