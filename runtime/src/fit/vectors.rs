//! Products of vectors that the compiler can vectorize.

#![expect(
    clippy::inline_always,
    reason = "a kernel is compiled for an instruction set only where it is inlined"
)]

use crate::kernel::arch::Isa;

/// Lengths are multiples of this.
pub(super) const LANES: usize = 8;

/// Dot products of one vector with others at once, each in eight partial sums, which the vectors of any instruction set hold.
#[inline(always)]
pub(super) fn dots<I: Isa, const K: usize>(a: &[f64], others: [&[f64]; K]) -> [f64; K] {
    let mut sums = [[0.0; LANES]; K];
    let others = others.map(|other| other.as_chunks::<LANES>().0);
    for (place, a) in a.as_chunks::<LANES>().0.iter().enumerate() {
        for (sums, other) in sums.iter_mut().zip(&others) {
            for lane in 0..LANES {
                sums[lane] = add_product::<I>(a[lane], other[place][lane], sums[lane]);
            }
        }
    }
    sums.map(total)
}

/// The sum of partial sums, in pairs that do not wait for each other.
#[inline(always)]
pub(super) fn total([a, b, c, d, e, f, g, h]: [f64; LANES]) -> f64 {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// `a·b + c`, with one rounding where that is one instruction.
#[inline(always)]
pub(super) fn add_product<I: Isa>(a: f64, b: f64, c: f64) -> f64 {
    if I::FUSED { a.mul_add(b, c) } else { a * b + c }
}
