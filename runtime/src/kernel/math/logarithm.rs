//! Logarithms.
//!
//! `x = 2ᵏ·(1 + f)` with `√½ ≤ 1 + f < √2`, and `ln(1 + f) = 2·atanh(s)`, `s = f/(2 + f)`, arranged so that the leading term `f` is
//! added last and exact (the method of Sun's fdlibm, 1993; Muller 2016, section 11.4).

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::polynomial::polynomial;

/// `k` and `f` with `x = 2ᵏ·(1 + f)`, for positive finite `x`, subnormal or not.
#[inline(always)]
pub(super) fn decompose<T: Real>(x: T) -> [T; 2] {
    let scaled = x / T::EPSILON;
    let [x, lifted] = if x < T::MIN_POSITIVE { [scaled, T::MANTISSA_BITS] } else { [x, T::ZERO] };
    let [k, m] = x.split();
    [k - lifted, m - T::ONE]
}

/// `h = f²/2` and `c` with `ln(1 + f) = f − (h − c)`.
#[inline(always)]
fn corrections<I: Isa, T: Real>(isa: I, f: T) -> [T; 2] {
    let s = f / (T::from_f64(2.0) + f);
    let w = s * s;
    let h = T::from_f64(0.5) * f * f;
    [h, s * w.mul_add_if(isa, polynomial(isa, w, T::ATANH), h)]
}

/// `2·atanh(z)` for `0 ≤ z ≤ 1/3`.
#[inline(always)]
pub(super) fn twice_atanh<I: Isa, T: Real>(isa: I, z: T) -> T {
    let w = z * z;
    (z * w).mul_add_if(isa, polynomial(isa, w, T::ATANH_WIDE), z + z)
}

/// `2·atanh(z)` for `0 ≤ z ≤ 1/6`.
#[inline(always)]
pub(super) fn twice_atanh_small<I: Isa, T: Real>(isa: I, z: T) -> T {
    let w = z * z;
    (z * w).mul_add_if(isa, polynomial(isa, w, T::ATANH), z + z)
}

/// `value`, a logarithm of `x`, where `x` is positive and finite; what the logarithm is elsewhere.
#[inline(always)]
pub(super) fn guard<T: Real>(x: T, value: T) -> T {
    let at_zero = if x == T::ZERO { -T::INFINITY } else { T::NAN };
    let value = if x > T::ZERO { value } else { at_zero };
    if x == T::INFINITY { x } else { value }
}

/// The natural logarithm `ln x`: −inf at zero, NaN below.
///
/// Error below 1 ulp in `f32` and 1 in `f64`.
#[inline(always)]
pub fn ln<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [k, f] = decompose(x);
    let [h, c] = corrections(isa, f);
    let rest = h - k.mul_add_if(isa, T::LN_2_LOW, c);
    guard(x, k.mul_add_if(isa, T::LN_2_HIGH, f - rest))
}

/// `ln(1 + x)`, exact to the last digits for small `x` too: −inf at −1, NaN below.
///
/// Error below 1 ulp in `f32` and 1 in `f64`.
#[inline(always)]
pub fn ln_1p<I: Isa, T: Real>(isa: I, x: T) -> T {
    let u = T::ONE + x;
    let rounded = u - x;
    let lost = (x - (u - rounded)) + (T::ONE - rounded);
    let [k, f] = decompose(u);
    let lost = lost / u;
    let [f, lost] = if k == T::ZERO { [x, T::ZERO] } else { [f, lost] };
    let [h, c] = corrections(isa, f);
    let rest = h - (k.mul_add_if(isa, T::LN_2_LOW, lost) + c);
    let value = guard(u, k.mul_add_if(isa, T::LN_2_HIGH, f - rest));
    if x.abs() < T::EPSILON * T::from_f64(0.5) { x } else { value }
}

/// The logarithm to base two, exact for powers of two: −inf at zero, NaN below.
///
/// Error below 2 ulp in `f32` and 1 in `f64`.
#[inline(always)]
pub fn log2<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [k, f] = decompose(x);
    let [h, c] = corrections(isa, f);
    guard(x, (f - (h - c)).mul_add_if(isa, T::LOG2_E, k))
}

/// The logarithm to base ten: −inf at zero, NaN below.
///
/// Error below 2 ulp in `f32` and 1.5 in `f64`.
#[inline(always)]
pub fn log10<I: Isa, T: Real>(isa: I, x: T) -> T {
    let [k, f] = decompose(x);
    let [h, c] = corrections(isa, f);
    let mantissa = (f - (h - c)).mul_add_if(isa, T::LOG10_E, k * T::LOG10_2_LOW);
    guard(x, k.mul_add_if(isa, T::LOG10_2_HIGH, mantissa))
}

/// `a·ln b`, and 0 where `a = 0` unless `b` is NaN.
///
/// Error below 2 ulp in `f32` and 2 in `f64`.
#[inline(always)]
pub fn xlogy<I: Isa, T: Real>(isa: I, a: T, b: T) -> T {
    let b = if a == T::ZERO && !b.is_nan() { T::ONE } else { b };
    a * ln(isa, b)
}
