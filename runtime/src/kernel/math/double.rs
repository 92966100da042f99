//! Sums and products of `f64` with what rounding took from them.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

/// `a·b` and what rounding took from it (Dekker 1971, doi:10.1007/BF01397083, where there is no fused product).
#[inline(always)]
pub(super) fn product<I: Isa>(isa: I, a: f64, b: f64) -> [f64; 2] {
    let p = a * b;
    if I::FUSED {
        return [p, a.mul_add_if(isa, b, -p)];
    }
    let halves = |x: f64| {
        let scaled = 134_217_729.0 * x;
        let head = scaled - (scaled - x);
        [head, x - head]
    };
    let ([a, a_low], [b, b_low]) = (halves(a), halves(b));
    [p, ((a * b - p) + a * b_low + a_low * b) + a_low * b_low]
}

/// `a + b` and what rounding took from it (Knuth, TAOCP 2, section 4.2.2).
#[inline(always)]
pub(super) fn sum(a: f64, b: f64) -> [f64; 2] {
    let total = a + b;
    let second = total - a;
    [total, (a - (total - second)) + (b - second)]
}
