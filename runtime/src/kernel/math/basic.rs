//! Rounding, selection, roots and integer powers: functions of a few instructions.
//!
//! Comparisons are written as `if`, which LLVM turns into a compare and a blend; no function here has a branch. Unless said otherwise,
//! results are those of IEEE 754 arithmetic, correctly rounded, for every operand.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

use super::exponential::exp;
use super::logarithm::ln;

/// The absolute value `|x|`.
#[inline(always)]
pub fn abs<I: Isa, T: Real>(_isa: I, x: T) -> T {
    x.abs()
}

/// The smallest integer that is not below `x`.
#[inline(always)]
pub fn ceil<I: Isa, T: Real>(_isa: I, x: T) -> T {
    x.ceil()
}

/// The largest integer that is not above `x`.
#[inline(always)]
pub fn floor<I: Isa, T: Real>(_isa: I, x: T) -> T {
    x.floor()
}

/// The integer nearest to `x`; halves go away from zero.
#[inline(always)]
pub fn round<I: Isa, T: Real>(_isa: I, x: T) -> T {
    x.round()
}

/// The sign of `x`: −1, 0 or 1; a zero and NaN are returned as they are.
#[inline(always)]
pub fn sign<I: Isa, T: Real>(_isa: I, x: T) -> T {
    if x > T::ZERO {
        T::ONE
    } else if x < T::ZERO {
        -T::ONE
    } else {
        x
    }
}

/// The square root `√x`; NaN below zero.
#[inline(always)]
pub fn sqrt<I: Isa, T: Real>(_isa: I, x: T) -> T {
    x.sqrt()
}

/// The reciprocal `1/x`.
#[inline(always)]
pub fn recip<I: Isa, T: Real>(_isa: I, x: T) -> T {
    T::ONE / x
}

/// The square `x·x`.
#[inline(always)]
pub fn square<I: Isa, T: Real>(_isa: I, x: T) -> T {
    x * x
}

/// `x` itself: the function whose derivative is zero by definition.
#[inline(always)]
pub fn stop<I: Isa, T: Real>(_isa: I, x: T) -> T {
    x
}

/// `x` itself: a variable under a number, which only the compiler tells from others.
#[inline(always)]
pub fn hold<I: Isa, T: Real>(_isa: I, x: T, _number: i32) -> T {
    x
}

/// The larger of `a` and `b`; NaN when either is.
#[inline(always)]
pub fn max<I: Isa, T: Real>(_isa: I, a: T, b: T) -> T {
    // A comparison with NaN is false, so a NaN in `b` is taken by the inner choice and one in `a` by the outer.
    let larger = if a > b { a } else { b };
    if a.is_nan() { a } else { larger }
}

/// The smaller of `a` and `b`; NaN when either is.
#[inline(always)]
pub fn min<I: Isa, T: Real>(_isa: I, a: T, b: T) -> T {
    let smaller = if a < b { a } else { b };
    if a.is_nan() { a } else { smaller }
}

/// `x` brought into `[lo, hi]`: `min(max(x, lo), hi)`; NaN when any of the three is.
#[inline(always)]
pub fn clamp<I: Isa, T: Real>(isa: I, x: T, lo: T, hi: T) -> T {
    min(isa, max(isa, x, lo), hi)
}

/// 1 where `a = b`, else 0 (also when either is NaN).
#[inline(always)]
pub fn equal<I: Isa, T: Real>(_isa: I, a: T, b: T) -> T {
    if a == b { T::ONE } else { T::ZERO }
}

/// 1 where `a < b`, else 0 (also when either is NaN).
#[inline(always)]
pub fn less<I: Isa, T: Real>(_isa: I, a: T, b: T) -> T {
    if a < b { T::ONE } else { T::ZERO }
}

/// 1 where `a ≤ b`, else 0 (also when either is NaN).
#[inline(always)]
pub fn at_most<I: Isa, T: Real>(_isa: I, a: T, b: T) -> T {
    if a <= b { T::ONE } else { T::ZERO }
}

/// `x` where `c ≠ 0`, else 0, whatever `x` is: neither NaN nor infinity of `x` leaks.
#[inline(always)]
pub fn pick<I: Isa, T: Real>(isa: I, c: T, x: T) -> T {
    select(isa, c, x, T::ZERO)
}

/// `a` where `c ≠ 0`, else `b`; the one not taken leaves no trace.
#[inline(always)]
pub fn select<I: Isa, T: Real>(_isa: I, c: T, a: T, b: T) -> T {
    if c == T::ZERO { b } else { a }
}

/// The integer power `xⁿ`, by squaring; `1/x⁻ⁿ` for negative `n`.
///
/// With `n` a constant the loop unrolls into at most `2·log₂ n` products, each with half an ulp of its own: the error is below `|n|`
/// half ulp. A negative power is zero, or loses digits, where `x⁻ⁿ` leaves the range of normal numbers.
#[inline(always)]
pub fn powi<I: Isa, T: Real>(_isa: I, x: T, n: i32) -> T {
    let mut rest = n.unsigned_abs();
    let mut square = x;
    let mut power = T::ONE;
    while rest != 0 {
        if rest & 1 == 1 {
            power *= square;
        }
        square *= square;
        rest >>= 1;
    }
    if n < 0 { T::ONE / power } else { power }
}

/// The cube root `∛x`: `e^(ln|x|/3)`, and one step of Newton's method.
///
/// Error below 1 ulp in `f32` and 1 in `f64`.
#[inline(always)]
pub fn cbrt<I: Isa, T: Real>(isa: I, x: T) -> T {
    let a = x.abs();
    let third = T::from_f64(1.0 / 3.0);
    let y = exp(isa, ln(isa, a) * third);
    let root = (y - a / (y * y)).mul_add_if(isa, -third, y).copy_sign(x);
    if a > T::ZERO && a < T::INFINITY { root } else { x }
}

/// The hypotenuse `√(a² + b²)`, also where the squares overflow or vanish; NaN when either is.
///
/// Error below 1.5 ulp in `f32` and 1.5 in `f64`.
#[inline(always)]
pub fn hypot<I: Isa, T: Real>(isa: I, a: T, b: T) -> T {
    let (a, b) = (a.abs(), b.abs());
    let larger = if a > b { a } else { b };
    let root = T::MIN_POSITIVE.sqrt();
    let shrink = root * T::EPSILON;
    let small = if larger < root / T::EPSILON { T::ONE / shrink } else { T::ONE };
    let scale = if larger > T::ONE / root { shrink } else { small };
    let (a, b) = (a * scale, b * scale);
    a.mul_add_if(isa, a, b * b).sqrt() / scale
}
