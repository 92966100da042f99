//! Gaussian elimination, with partial and with complete pivoting.

use super::super::arch::Isa;
use super::super::real::Real;
use super::segments::{exchange_columns, exchange_rows, subtract, two_rows};
use super::{Square, panels};

/// With the largest element of a column as pivot.
#[inline(always)]
pub fn partial<I: Isa, T: Real>(isa: I, a: Square<T>, out: &mut [T]) {
    let (n, lanes) = (a.n, a.lanes);
    let (factors, exchanges) = out.split_at_mut(n * n * lanes);
    copy(a, factors);
    if lanes == 1 {
        return panels::partial(isa, n, factors, exchanges);
    }
    for k in 0..n {
        let with = &mut exchanges[k * lanes..][..lanes];
        for (lane, with) in with.iter_mut().enumerate() {
            let size = |i: usize| magnitude(factors[(i * n + k) * lanes + lane]);
            let best = (k + 1..n).fold(k, |best, i| if size(i) > size(best) { i } else { best });
            *with = T::from_f64(best as f64);
        }
        exchange_rows(factors, n * lanes, k, with);
        eliminate(isa, [n, lanes, k], factors);
    }
}

/// With the largest element of all that is left as pivot.
#[inline(always)]
pub fn complete<I: Isa, T: Real>(isa: I, a: Square<T>, out: &mut [T]) {
    let (n, lanes) = (a.n, a.lanes);
    let (factors, exchanges) = out.split_at_mut(n * n * lanes);
    let (rows, columns) = exchanges.split_at_mut(n * lanes);
    copy(a, factors);
    for k in 0..n {
        let [rows, columns] = [&mut *rows, &mut *columns].map(
            #[inline(always)]
            |exchanges| &mut exchanges[k * lanes..][..lanes],
        );
        for lane in 0..lanes {
            let size = |[i, j]: [usize; 2]| magnitude(factors[(i * n + j) * lanes + lane]);
            let mut best = [k, k];
            for i in k..n {
                for j in k..n {
                    if size([i, j]) > size(best) {
                        best = [i, j];
                    }
                }
            }
            let [row, column] = best.map(
                #[inline(always)]
                |place| T::from_f64(place as f64),
            );
            (rows[lane], columns[lane]) = (row, column);
        }
        exchange_rows(factors, n * lanes, k, rows);
        exchange_columns(factors, n, k, columns);
        eliminate(isa, [n, lanes, k], factors);
    }
}

/// The matrices by rows.
#[inline(always)]
fn copy<T: Real>(a: Square<T>, out: &mut [T]) {
    for i in 0..a.n {
        for j in 0..a.n {
            out[(i * a.n + j) * a.lanes..][..a.lanes].copy_from_slice(a.at(i, j));
        }
    }
}

/// The absolute value, of which nothing but the order matters.
#[inline(always)]
pub fn magnitude<T: Real>(x: T) -> T {
    if x < T::ZERO { -x } else { x }
}

/// Subtracts multiples of row `k` from those below; of a zero pivot, whose column is zero, nothing.
#[inline(always)]
fn eliminate<I: Isa, T: Real>(isa: I, [n, lanes, k]: [usize; 3], factors: &mut [T]) {
    for i in k + 1..n {
        let [pivots, row] = two_rows(factors, n * lanes, [k, i]);
        let (left, right) = row.split_at_mut((k + 1) * lanes);
        let multipliers = &mut left[k * lanes..];
        for (multiplier, &pivot) in multipliers.iter_mut().zip(&pivots[k * lanes..][..lanes]) {
            let quotient = *multiplier / pivot;
            *multiplier = if pivot == T::ZERO { T::ZERO } else { quotient };
        }
        subtract(isa, right, multipliers, &pivots[(k + 1) * lanes..]);
    }
}
