//! Many rows of a least-squares problem to few: the triangular factor of its QR factorization.

#![expect(
    clippy::inline_always,
    reason = "a kernel is compiled for an instruction set only where it is inlined"
)]

use crate::kernel::arch::{Isa, Kernel, dispatch};
use crate::kernel::matmul::Matrix;

use super::vectors::{add_product, dots};

use self::products::Products;

mod products;

/// Rows that are factorized at once: a block of some fifty columns stays near the processor with the triangle.
const BLOCK: usize = 128;
/// Columns that are reflected at once: as many sums do not wait for each other.
const TOGETHER: usize = 4;

/// The upper triangle `R` of `A = Q·R`, by columns, of a matrix whose rows come in blocks.
///
/// With the residuals as the last column of `A = [J | f]`, `R` holds all that a step of least squares and the uncertainties of the
/// parameters need: `‖J·h + f‖ = ‖R·(h, 1)‖` for every `h`. `JᵀJ`, whose condition is that of
/// `J` squared, is formed for steps alone, and only where the columns are so far apart that nothing is lost.
///
/// # References
/// Golub & Van Loan (2013), *Matrix Computations*, §5.2.2 and §5.3; Demmel et al. (2012), *Communication-optimal Parallel and Sequential
/// QR and LU Factorizations*, for the rows in blocks.
#[derive(Clone, Debug)]
pub(super) struct Triangle {
    columns: usize,
    values: Vec<f64>,
    block: Vec<f64>,
    scratch: Vec<f64>,
    /// Whether reflections made it.
    is_accurate: bool,
}

impl Triangle {
    /// The triangle of a matrix without rows.
    pub fn new(columns: usize) -> Triangle {
        Triangle {
            columns,
            values: vec![0.0; columns * columns],
            block: vec![0.0; columns * BLOCK],
            scratch: Vec::new(),
            is_accurate: true,
        }
    }

    /// `R[row, column]`.
    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.values[column * self.columns + row]
    }

    /// Whether it is as accurate as the matrix is, and not only right for a step.
    pub fn is_accurate(&self) -> bool {
        self.is_accurate
    }

    /// Whether the columns are known to be so far apart that none is nearly a combination of those before it.
    pub fn is_apart(&self) -> bool {
        !self.is_accurate
    }

    pub fn is_finite(&self) -> bool {
        self.values.iter().all(|value| value.is_finite())
    }

    /// The step `h` of Gauss & Newton, which minimizes `‖J·h + f‖`; none where `R` has a zero on its diagonal.
    pub fn step(&self) -> Option<Vec<f64>> {
        let last = self.columns - 1;
        let mut step = vec![0.0; last];
        for row in (0..last).rev() {
            let known: f64 =
                (row + 1..last).map(|column| self.get(row, column) * step[column]).sum();
            let pivot = self.get(row, row);
            if pivot == 0.0 {
                return None;
            }
            step[row] = -(self.get(row, last) + known) / pivot;
        }
        Some(step)
    }

    /// The length of a column of the matrix.
    pub fn column_norm(&self, column: usize) -> f64 {
        let largest = (0..=column).map(|row| self.get(row, column).abs()).fold(0.0, f64::max);
        if largest == 0.0 || !largest.is_finite() {
            return largest;
        }
        let squares = (0..=column).map(|row| (self.get(row, column) / largest).powi(2));
        largest * squares.sum::<f64>().sqrt()
    }

    /// The product of a column with the last one: an element of `Jᵀf`.
    pub fn gradient(&self, column: usize) -> f64 {
        (0..=column).map(|row| self.get(row, column) * self.get(row, self.columns - 1)).sum()
    }

    /// Factorizes a matrix of so many rows; `fill` writes rows from a first one on into the columns of a block, each of [`BLOCK`] numbers.
    pub fn factorize(&mut self, rows: usize, mut fill: impl FnMut(usize, usize, &mut [f64])) {
        self.values.fill(0.0);
        self.is_accurate = true;
        for (first, count) in blocks(rows) {
            fill(first, count, &mut self.block);
            for column in self.block.chunks_exact_mut(BLOCK) {
                column[count..].fill(0.0);
            }
            let (triangle, block) = (&mut self.values[..], &mut self.block[..]);
            dispatch(Absorb { columns: self.columns, triangle, block });
        }
    }

    /// The same by Cholesky's factorization of `AᵀA`, with half the operations; false where a column is so near to the span of those before
    /// it that the squared condition would be felt.
    ///
    /// Products of columns are right to rounding whatever the condition, and with them the gradient: steps that are made of this triangle
    /// lead to the same solution.
    pub fn factorize_products(
        &mut self,
        rows: usize,
        mut fill: impl FnMut(usize, usize, &mut [f64]),
    ) -> bool {
        self.values.fill(0.0);
        for (first, count) in blocks(rows) {
            fill(first, count, &mut self.block);
            let (left, last) = self.block.split_at((self.columns - 1) * BLOCK);
            let (matrix, last) = (Matrix::new(left, 1, BLOCK), &last[..count]);
            let (sums, scratch) = (&mut self.values[..], &mut self.scratch);
            dispatch(Products { sums, matrix, last, scratch });
        }
        self.cholesky()
    }

    /// The same of a matrix that needs not be filled in: its columns but the last one after another, and the last.
    pub fn factorize_columns(&mut self, left: &[f64], last: &[f64]) -> bool {
        self.values.fill(0.0);
        let (sums, scratch) = (&mut self.values[..], &mut self.scratch);
        dispatch(Products { sums, matrix: Matrix::new(left, 1, last.len()), last, scratch });
        self.cholesky()
    }

    /// The factor `R` of the products `RᵀR` that are there.
    fn cholesky(&mut self) -> bool {
        /// What must be left of a column's squared length, without its projections on those before it.
        const LEFT: f64 = 1e-7;
        let n = self.columns;
        self.is_accurate = false;
        for k in 0..n {
            let (before, rest) = self.values.split_at_mut(k * n);
            let column = &mut rest[..n];
            for i in 0..k {
                let other = &before[i * n..][..n];
                let known: f64 = (0..i).map(|row| other[row] * column[row]).sum();
                column[i] = (column[i] - known) / other[i];
            }
            let projected: f64 = column[..k].iter().map(|value| value * value).sum();
            let left = column[k] - projected;
            if left.is_nan() || left <= LEFT * column[k] {
                return false;
            }
            column[k] = left.sqrt();
            column[k + 1..].fill(0.0);
        }
        true
    }
}

/// The first row of every block, and how many it has.
fn blocks(rows: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..rows).step_by(BLOCK).map(move |first| (first, BLOCK.min(rows - first)))
}

/// Householder reflections that bring a triangle with a block of rows below it to triangular form again.
struct Absorb<'t> {
    columns: usize,
    triangle: &'t mut [f64],
    block: &'t mut [f64],
}

impl Kernel for Absorb<'_> {
    type Output = ();

    #[inline(always)]
    fn run<I: Isa>(self, _isa: I) {
        let Absorb { columns, triangle, block } = self;
        for k in 0..columns {
            let (left, right) = block.split_at_mut((k + 1) * BLOCK);
            let reflector = &mut left[k * BLOCK..];
            let [square] = dots::<I, 1>(reflector, [reflector]);
            if square == 0.0 {
                continue;
            }
            let head = triangle[k * columns + k];
            // The sign that adds, so that nothing cancels.
            let norm = (head * head + square).sqrt().copysign(head);
            let pivot = head + norm;
            triangle[k * columns + k] = -norm;
            let beta = pivot / norm;
            let inverse = pivot.recip();
            for value in reflector.iter_mut() {
                *value *= inverse;
            }
            let above = &mut triangle[(k + 1) * columns..];
            let mut fours = right.chunks_exact_mut(TOGETHER * BLOCK);
            let mut place = k;
            for four in &mut fours {
                reflect::<I, TOGETHER>(reflector, beta, four, &mut above[place..], columns);
                place += TOGETHER * columns;
            }
            for one in fours.into_remainder().chunks_exact_mut(BLOCK) {
                reflect::<I, 1>(reflector, beta, one, &mut above[place..], columns);
                place += columns;
            }
        }
    }
}

/// Reflects columns: one element of each in the triangle, `stride` apart, and the block below.
#[inline(always)]
fn reflect<I: Isa, const K: usize>(
    reflector: &[f64],
    beta: f64,
    block: &mut [f64],
    above: &mut [f64],
    stride: usize,
) {
    let (columns, _) = block.as_chunks_mut::<BLOCK>();
    let products = dots::<I, K>(reflector, std::array::from_fn(|column| &columns[column][..]));
    for (column, values) in columns.iter_mut().enumerate() {
        let head = &mut above[column * stride];
        let projection = beta * (*head + products[column]);
        *head -= projection;
        for (value, &v) in values.iter_mut().zip(reflector) {
            *value = add_product::<I>(-projection, v, *value);
        }
    }
}

#[cfg(test)]
mod tests;
