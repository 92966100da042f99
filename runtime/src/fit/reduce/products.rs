//! Products of the columns of a matrix.

#![expect(
    clippy::inline_always,
    reason = "a kernel is compiled for an instruction set only where it is inlined"
)]

use crate::kernel::arch::{Isa, Kernel};
use crate::kernel::matmul::{Matrix, Update, matmul, matmul_scratch};
use crate::kernel::sums::dot;

/// Columns whose products with all before them are taken at once: as many as a block of dot products has.
const TOGETHER: usize = 4;
/// Rows that are multiplied at once: so much of [`TOGETHER`] columns stays in the first-level cache, and of fifty in the second.
const DEPTH: usize = 512;

/// Adds the products of the columns of `[J | f]` to those that are there, on the diagonal and above it. What is below means nothing.
pub(super) struct Products<'t> {
    /// `[J | f]ᵀ[J | f]` by columns.
    pub sums: &'t mut [f64],
    pub matrix: Matrix<'t, f64>,
    pub last: &'t [f64],
    pub scratch: &'t mut Vec<f64>,
}

impl Kernel for Products<'_> {
    type Output = ();

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) {
        let Products { sums, matrix, last, scratch } = self;
        let columns = sums.len().isqrt();
        let inner = columns - 1;
        let stride = matrix.column_stride;
        for (block, last) in last.chunks(DEPTH).enumerate() {
            let rows = &matrix.values[(block * DEPTH).min(matrix.values.len())..];
            let depth = last.len();
            let mut add = |a: Matrix<f64>, count: usize, width: usize, place: usize| {
                let extents = [count, depth, width];
                scratch.resize(scratch.len().max(matmul_scratch::<f64>(extents)), 0.0);
                let (b, to) = (Matrix::new(rows, 1, stride), &mut sums[place * columns..]);
                matmul(isa, extents, a, b, to, columns, Update::Add, scratch);
            };
            for first in (0..inner).step_by(TOGETHER) {
                let count = TOGETHER.min(inner - first);
                let panel = Matrix::new(&rows[first * stride..], stride, 1);
                add(panel, count, first + count, first);
            }
            add(Matrix::new(last, depth, 1), 1, inner, inner);
            sums[columns * columns - 1] += dot(isa, last, last);
        }
    }
}
