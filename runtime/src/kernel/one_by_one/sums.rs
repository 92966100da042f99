//! Short sums, written out where they are used.

use super::super::arch::Isa;
use super::super::real::Real;
use super::super::sums::RowSums;

/// Chains of a sum.
const CHAINS: usize = 8;

/// The sum of `values`.
#[inline(always)]
pub fn sum<I: Isa, T: Real>(isa: I, values: &[T]) -> T {
    chains(
        isa,
        values,
        values,
        #[inline(always)]
        |_, sum, x, _| sum + x,
    )
}

/// `Σᵢ aᵢ·bᵢ`.
#[inline(always)]
pub fn dot<I: Isa, T: Real>(isa: I, a: &[T], b: &[T]) -> T {
    assert_eq!(a.len(), b.len(), "the factors of a dot product have different lengths");
    chains(
        isa,
        a,
        b,
        #[inline(always)]
        |isa, sum, x, y| x.mul_add_if(isa, y, sum),
    )
}

/// The sums of the rows of a matrix.
///
/// # Panics
/// Where the matrix or the result is shorter than its shape.
#[inline(always)]
pub fn row_sums<T: Real>(call: &mut RowSums<T>) {
    let ([m, n], a) = (call.extents, call.a);
    for i in 0..m {
        let mut sum = T::ZERO;
        for j in 0..n {
            sum += a.values[i * a.row_stride + j * a.column_stride];
        }
        call.update.apply(&mut call.out[i * call.out_stride], sum);
    }
}

/// Adds in chains side by side, and then these pairwise.
#[inline(always)]
fn chains<I: Isa, T: Real>(isa: I, a: &[T], b: &[T], step: impl Fn(I, T, T, T) -> T + Copy) -> T {
    let mut sums = [T::ZERO; CHAINS];
    let whole = a.len() - a.len() % CHAINS;
    for first in (0..whole).step_by(CHAINS) {
        let (a, b) = (&a[first..][..CHAINS], &b[first..][..CHAINS]);
        for j in 0..CHAINS {
            sums[j] = step(isa, sums[j], a[j], b[j]);
        }
    }
    for (sum, (&x, &y)) in sums.iter_mut().zip(a[whole..].iter().zip(&b[whole..])) {
        *sum = step(isa, *sum, x, y);
    }
    let mut width = CHAINS / 2;
    while width > 0 {
        for j in 0..width {
            sums[j] += sums[j + width];
        }
        width /= 2;
    }
    sums[0]
}
