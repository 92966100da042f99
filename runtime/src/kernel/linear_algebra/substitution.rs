//! Substitution, forward and backward.

use core::ops::Range;

use super::super::arch::Isa;
use super::super::real::Real;
use super::segments::{divide, dot, exchange_rows, spoil, subtract, subtract_four};
use super::{Order, Square};

/// What is on the diagonal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Diagonal {
    /// The matrix's own numbers.
    Own,
    /// The matrix's own numbers, but for the last, where it is 1.
    OwnButLast,
    /// Ones, which are not stored.
    Unit,
}

impl Diagonal {
    /// Whether the number at place `k` of `n` is the matrix's own.
    #[inline(always)]
    fn is_stored(self, k: usize, n: usize) -> bool {
        match self {
            Diagonal::Own => true,
            Diagonal::OwnButLast => k + 1 < n,
            Diagonal::Unit => false,
        }
    }
}

/// `X ← A⁻¹·X` of lower triangular matrices.
#[inline(always)]
pub fn lower<I: Isa, T: Real>(isa: I, a: Square<T>, x: &mut [T]) {
    forward(isa, a, Diagonal::Own, x);
    spoil(
        x,
        &(0..a.n).map(
            #[inline(always)]
            |i| a.at(i, i),
        ),
    );
}

/// `X ← A⁻¹·X` of upper triangular matrices.
#[inline(always)]
pub fn upper<I: Isa, T: Real>(isa: I, a: Square<T>, x: &mut [T]) {
    backward(isa, a, Diagonal::Own, x);
    spoil(
        x,
        &(0..a.n).map(
            #[inline(always)]
            |i| a.at(i, i),
        ),
    );
}

/// `X ← A⁻¹·X` from the factors of `A`, or where their order is by columns, of `Aᵀ`.
#[inline(always)]
pub fn factored<I: Isa, T: Real>(isa: I, factors: Square<T>, x: &mut [T]) {
    let (n, width) = (factors.n, x.len() / factors.n);
    let row = n * factors.lanes;
    let exchanges = |k: usize| &factors.values[n * row + k * factors.lanes..][..factors.lanes];
    if factors.order == Order::Rows {
        for k in 0..n {
            exchange_rows(x, width, k, exchanges(k));
        }
        forward(isa, factors, Diagonal::Unit, x);
        backward(isa, factors, Diagonal::Own, x);
    } else {
        forward(isa, factors, Diagonal::Own, x);
        backward(isa, factors, Diagonal::Unit, x);
        for k in (0..n).rev() {
            exchange_rows(x, width, k, exchanges(k));
        }
    }
    spoil(
        x,
        &(0..n).map(
            #[inline(always)]
            |i| factors.at(i, i),
        ),
    );
}

/// By the lower triangle.
#[inline(always)]
pub fn forward<I: Isa, T: Real>(isa: I, a: Square<T>, diagonal: Diagonal, x: &mut [T]) {
    let (n, width) = (a.n, x.len() / a.n);
    if width == 1 && a.lanes == 1 && a.order == Order::Columns {
        for k in 0..n {
            let (known, rest) = x.split_at_mut(k + 1);
            if diagonal.is_stored(k, n) {
                divide(&mut known[k..], a.at(k, k));
            }
            subtract(isa, rest, &known[k..], &a.values[k * n + k + 1..][..n - k - 1]);
        }
        return;
    }
    for k in 0..n {
        let (known, rest) = x.split_at_mut(k * width);
        let to = &mut rest[..width];
        if width == 1 && a.has_rows() {
            to[0] += -dot(isa, &a.values[k * n..][..k], known);
        } else {
            subtract_all(isa, a, k, 0..k, known, to);
        }
        if diagonal.is_stored(k, n) {
            divide(to, a.at(k, k));
        }
    }
}

/// By the upper triangle.
#[inline(always)]
pub fn backward<I: Isa, T: Real>(isa: I, a: Square<T>, diagonal: Diagonal, x: &mut [T]) {
    let (n, width) = (a.n, x.len() / a.n);
    if width == 1 && a.lanes == 1 && a.order == Order::Columns {
        for k in (0..n).rev() {
            let (rest, known) = x.split_at_mut(k);
            if diagonal.is_stored(k, n) {
                divide(&mut known[..1], a.at(k, k));
            }
            subtract(isa, rest, &known[..1], &a.values[k * n..][..k]);
        }
        return;
    }
    for k in (0..n).rev() {
        let (rest, known) = x.split_at_mut((k + 1) * width);
        let to = &mut rest[k * width..];
        if width == 1 && a.has_rows() {
            to[0] += -dot(isa, &a.values[k * n + k + 1..][..n - k - 1], known);
        } else {
            subtract_all(isa, a, k, k + 1..n, known, to);
        }
        if diagonal.is_stored(k, n) {
            divide(to, a.at(k, k));
        }
    }
}

/// `to −= Σᵢ A[k,i]·X[i]` for the rows `known` of `X`.
#[inline(always)]
fn subtract_all<I: Isa, T: Real>(
    isa: I,
    a: Square<T>,
    k: usize,
    rows: Range<usize>,
    known: &[T],
    to: &mut [T],
) {
    let width = to.len();
    let (first, mut i) = (rows.start, rows.start);
    let row = |i: usize| &known[(i - first) * width..][..width];
    if a.lanes == 1 {
        while i + 4 <= rows.end {
            let places = [i, i + 1, i + 2, i + 3];
            let factors = places.map(
                #[inline(always)]
                |i| a.at(k, i)[0],
            );
            subtract_four(isa, to, factors, places.map(row));
            i += 4;
        }
    }
    for i in i..rows.end {
        subtract(isa, to, a.at(k, i), row(i));
    }
}
