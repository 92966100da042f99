//! Short products, written out where they are used.

use super::super::arch::Isa;
use super::super::matmul::{Matrix, Product};
use super::super::real::Real;
use super::sums;

/// Results that are added up side by side.
const BLOCK: usize = 8;
/// Above this number of multiplications a product is worth a call.
const MOST: usize = 4096;

/// Whether a product of these extents is written out on such an instruction set.
///
/// Without the heap all are: a call's packed operands would be most of the memory of a step.
///
/// Who asks looks at [`Isa::IS_ONE_BY_ONE`] first: what a constant rules out is not compiled, even where nothing is optimized.
#[inline(always)]
pub fn is_short([m, k, n]: [usize; 3]) -> bool {
    cfg!(not(feature = "alloc")) || m.saturating_mul(k).saturating_mul(n) <= MOST
}

/// `C = A·B` or `C += A·B`.
///
/// # Panics
/// Where an operand or `C` is shorter than its shape.
#[inline(always)]
pub fn multiply<I: Isa, T: Real>(isa: I, product: &mut Product<T>) {
    let ([m, k, n], a, b, update) = (product.extents, product.a, product.b, product.update);
    if n == 1 && a.column_stride == 1 && b.row_stride == 1 {
        for i in 0..m {
            let sum = sums::dot(isa, &a.values[i * a.row_stride..][..k], &b.values[..k]);
            update.apply(&mut product.c[i * product.c_stride], sum);
        }
    } else if n == 1 {
        let factors = Factors { values: b.values, stride: b.row_stride };
        combine(
            isa,
            [m, k],
            a,
            factors,
            #[inline(always)]
            |i, sum| update.apply(&mut product.c[i * product.c_stride], sum),
        );
    } else {
        let columns = Matrix::new(b.values, b.column_stride, b.row_stride);
        for i in 0..m {
            let factors =
                Factors { values: &a.values[i * a.row_stride..], stride: a.column_stride };
            let row = &mut product.c[i * product.c_stride..][..n];
            combine(
                isa,
                [n, k],
                columns,
                factors,
                #[inline(always)]
                |j, sum| update.apply(&mut row[j], sum),
            );
        }
    }
}

/// What the columns of a matrix are multiplied by.
#[derive(Clone, Copy)]
struct Factors<'a, T> {
    values: &'a [T],
    stride: usize,
}

/// The sum of the columns of an `m`×`k` matrix, each times its factor.
#[inline(always)]
fn combine<I: Isa, T: Real>(
    isa: I,
    [m, k]: [usize; 2],
    columns: Matrix<T>,
    factors: Factors<T>,
    mut put: impl FnMut(usize, T),
) {
    let whole = m - m % BLOCK;
    for first in (0..whole).step_by(BLOCK) {
        block(isa, [first, BLOCK, k], columns, factors, &mut put);
    }
    if whole < m {
        block(isa, [whole, m - whole, k], columns, factors, &mut put);
    }
}

/// `count` rows of the sum, from `first` on.
#[inline(always)]
fn block<I: Isa, T: Real>(
    isa: I,
    [first, count, k]: [usize; 3],
    columns: Matrix<T>,
    factors: Factors<T>,
    put: &mut impl FnMut(usize, T),
) {
    let mut sums = [T::ZERO; BLOCK];
    for p in 0..k {
        let factor = factors.values[p * factors.stride];
        let start = first * columns.row_stride + p * columns.column_stride;
        if columns.row_stride == 1 {
            for (sum, &x) in sums.iter_mut().zip(&columns.values[start..][..count]) {
                *sum = x.mul_add_if(isa, factor, *sum);
            }
        } else {
            for (i, sum) in sums.iter_mut().enumerate().take(count) {
                let x = columns.values[start + i * columns.row_stride];
                *sum = x.mul_add_if(isa, factor, *sum);
            }
        }
    }
    for (i, sum) in sums.into_iter().enumerate().take(count) {
        put(first + i, sum);
    }
}
