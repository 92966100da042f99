//! Determinants and cofactors, from factors.

use super::super::arch::Isa;
use super::super::math;
use super::super::real::Real;
use super::segments::{exchange_columns, exchange_rows, unit};
use super::substitution::{Diagonal, backward, forward};
use super::{Order, Square};

/// The products of the pivots, with the sign of the exchanges.
#[inline(always)]
pub fn det<T: Real>(factors: Square<T>, out: &mut [T]) {
    let n = factors.n;
    out.fill(T::ONE);
    for k in 0..n {
        let exchanges = exchanges(factors, n, k);
        for ((out, &pivot), &with) in out.iter_mut().zip(factors.at(k, k)).zip(exchanges) {
            *out = if is_at(with, k) { *out * pivot } else { -(*out * pivot) };
        }
    }
}

/// The logarithms of the determinants; NaN where they are negative.
#[inline(always)]
pub fn logdet<I: Isa, T: Real>(isa: I, factors: Square<T>, out: &mut [T]) {
    log_abs_det(isa, factors, out);
    for (lane, out) in out.iter_mut().enumerate() {
        let mut is_negative = false;
        for k in 0..factors.n {
            is_negative ^= factors.at(k, k)[lane] < T::ZERO;
            is_negative ^= !is_at(exchanges(factors, factors.n, k)[lane], k);
        }
        if is_negative && *out > T::from_f64(f64::NEG_INFINITY) {
            *out = T::from_f64(f64::NAN);
        }
    }
}

/// The sums of the logarithms of the pivots.
#[inline(always)]
pub fn log_abs_det<I: Isa, T: Real>(isa: I, factors: Square<T>, out: &mut [T]) {
    out.fill(T::ZERO);
    for k in 0..factors.n {
        for (out, &pivot) in out.iter_mut().zip(factors.at(k, k)) {
            *out += math::ln(isa, math::abs(isa, pivot));
        }
    }
}

/// The cofactors, without a division by the last pivot.
///
/// With `P·A·Q = L·U`, the cofactors of `A` are `±Pᵀ·L⁻ᵀ·C·Qᵀ`, where `C` are those of `U`. With the last pivot `d` apart, `δ` the
/// product of the others, and `V` the matrix `U` with 1 in the place of `d`, `C = δ·diag(d, …, d, 1)·V⁻ᵀ`. After complete pivoting a
/// zero among the other pivots means a rank of at most `n − 2`, where all cofactors are 0.
#[inline(always)]
pub fn cofactors<I: Isa, T: Real>(isa: I, factors: Square<T>, out: &mut [T]) {
    let (n, lanes) = (factors.n, factors.lanes);
    let order = factors.order;
    let by_rows = Square { order: Order::Rows, ..factors };
    unit(n, lanes, out);
    forward(isa, by_rows.transposed(), Diagonal::OwnButLast, out);
    scale(by_rows, out);
    backward(isa, by_rows.transposed(), Diagonal::Unit, out);
    for k in (0..n).rev() {
        exchange_rows(out, n * lanes, k, exchanges(by_rows, n, k));
        exchange_columns(out, n, k, exchanges(by_rows, n + 1, k));
    }
    if order == Order::Columns {
        transpose(n, lanes, out);
    }
}

/// Multiplies by `±δ·diag(d, …, d, 1)`; 0 where `δ` is.
#[inline(always)]
fn scale<T: Real>(factors: Square<T>, x: &mut [T]) {
    let (n, lanes) = (factors.n, factors.lanes);
    for lane in 0..lanes {
        let mut share = T::ONE;
        for k in 0..n {
            if k + 1 < n {
                share *= factors.at(k, k)[lane];
            }
            for exchanged in [n, n + 1] {
                if !is_at(exchanges(factors, exchanged, k)[lane], k) {
                    share = -share;
                }
            }
        }
        let last = factors.at(n - 1, n - 1)[lane];
        for (row, values) in x.chunks_exact_mut(n * lanes).enumerate() {
            let factor = if row + 1 < n { share * last } else { share };
            for value in values.iter_mut().skip(lane).step_by(lanes) {
                *value = if share == T::ZERO { T::ZERO } else { *value * factor };
            }
        }
    }
}

#[inline(always)]
fn transpose<T: Real>(n: usize, lanes: usize, out: &mut [T]) {
    for i in 0..n {
        for j in 0..i {
            for lane in 0..lanes {
                out.swap((i * n + j) * lanes + lane, (j * n + i) * lanes + lane);
            }
        }
    }
}

/// The places that row or column `k` was exchanged with, from the row `place` of the factors.
#[inline(always)]
fn exchanges<T: Copy>(factors: Square<'_, T>, place: usize, k: usize) -> &[T] {
    &factors.values[(place * factors.n + k) * factors.lanes..][..factors.lanes]
}

#[inline(always)]
fn is_at<T: Real>(with: T, k: usize) -> bool {
    with.to_f64() as usize == k
}
