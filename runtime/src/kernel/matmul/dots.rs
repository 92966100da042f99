//! A block of `C` as dot products: for products whose depth is contiguous in both operands and whose result is small.

use super::super::real::Real;
use super::super::vector::{MOST_LANES, Vector, lane_sums};
use super::Update;
use super::product::Operands;

/// `C = A·B` or `C += A·B`, each element the lane sum of a row of `A` times a column of `B`.
///
/// # Safety
/// The processor has the instructions of `V`, the operands are as [`Operands`] says, `a_column` and `b_row` are one, and `k > 0`.
#[inline(always)]
pub(in super::super) unsafe fn run<V: Vector>(operands: &Operands<V::Element>) {
    let mut i = 0;
    // SAFETY: every block lies within the rows that are left.
    unsafe {
        while i + V::DOT_ROWS <= operands.m {
            match V::DOT_ROWS {
                4 => columns::<V, 4>(operands, i),
                _ => columns::<V, 2>(operands, i),
            }
            i += V::DOT_ROWS;
        }
        while i + 2 <= operands.m {
            columns::<V, 2>(operands, i);
            i += 2;
        }
        if i < operands.m {
            columns::<V, 1>(operands, i);
        }
    }
}

/// `R` rows from row `i` on.
///
/// # Safety
/// As [`run`], with `i + R` at most `m`.
#[inline(always)]
unsafe fn columns<V: Vector, const R: usize>(operands: &Operands<V::Element>, i: usize) {
    let mut j = 0;
    // SAFETY: every block lies within the columns that are left.
    unsafe {
        while j + 4 <= operands.n {
            block::<V, R, 4>(operands, i, j);
            j += 4;
        }
        while j < operands.n {
            block::<V, R, 1>(operands, i, j);
            j += 1;
        }
    }
}

/// The block of `R` rows and `C` columns at `(i, j)`.
///
/// # Safety
/// As [`run`], with the block inside the result.
#[inline(always)]
unsafe fn block<V: Vector, const R: usize, const C: usize>(
    operands: &Operands<V::Element>,
    i: usize,
    j: usize,
) {
    let &Operands { k, a_row, b_column, c_row, update, .. } = operands;
    // SAFETY: the caller vouches for the block; the last, partial vectors are masked.
    unsafe {
        let a = operands.a.add(i * a_row);
        let b = operands.b.add(j * b_column);
        let mut sums = [[V::splat(V::Element::ZERO); C]; R];
        let whole = k - k % V::LANES;
        let mut p = 0;
        while p < whole {
            let rows: [V; R] = core::array::from_fn(
                #[inline(always)]
                |r| V::load(a.add(r * a_row + p)),
            );
            let columns: [V; C] = core::array::from_fn(
                #[inline(always)]
                |c| V::load(b.add(c * b_column + p)),
            );
            accumulate(&mut sums, &rows, &columns);
            p += V::LANES;
        }
        if p < k {
            let edge = V::mask(k - p);
            let rows: [V; R] = core::array::from_fn(
                #[inline(always)]
                |r| V::load_first(a.add(r * a_row + p), edge),
            );
            let columns: [V; C] = core::array::from_fn(
                #[inline(always)]
                |c| V::load_first(b.add(c * b_column + p), edge),
            );
            accumulate(&mut sums, &rows, &columns);
        }
        let mut results = [[V::Element::ZERO; C]; R];
        let count = V::LANES.min(R * C);
        for first in (0..R * C).step_by(count) {
            let mut group = [V::splat(V::Element::ZERO); MOST_LANES];
            for (s, register) in group.iter_mut().enumerate().take(count) {
                *register = sums[(first + s) / C][(first + s) % C];
            }
            for (s, sum) in lane_sums(group, count).into_iter().enumerate().take(count) {
                results[(first + s) / C][(first + s) % C] = sum;
            }
        }
        for (r, mut row) in results.into_iter().enumerate() {
            let to = operands.c.add((i + r) * c_row + j).cast::<[V::Element; C]>();
            if update == Update::Add {
                for (sum, before) in row.iter_mut().zip(to.read_unaligned()) {
                    *sum = before + *sum;
                }
            }
            to.write_unaligned(row);
        }
    }
}

/// Adds the outer product of `rows` and `columns`, lane by lane.
#[inline(always)]
fn accumulate<V: Vector, const R: usize, const C: usize>(
    sums: &mut [[V; C]; R],
    rows: &[V; R],
    columns: &[V; C],
) {
    for r in 0..R {
        for c in 0..C {
            sums[r][c] = rows[r].mul_add(columns[c], sums[r][c]);
        }
    }
}
