//! Elimination of one matrix, four pivots at a time: what is right of them is read and written once for all four.

use super::super::arch::Isa;
use super::super::real::Real;
use super::elimination::magnitude;
use super::segments::{exchange_rows, subtract, subtract_four, two_rows};

/// Pivots of a panel.
const PANEL: usize = 4;

/// Partial pivoting, in place; the exchanges go to `exchanges`.
#[inline(always)]
pub fn partial<I: Isa, T: Real>(isa: I, n: usize, factors: &mut [T], exchanges: &mut [T]) {
    let mut first = 0;
    while first < n {
        let end = n.min(first + PANEL);
        for k in first..end {
            let size = |i: usize| magnitude(factors[i * n + k]);
            let best = (k + 1..n).fold(k, |best, i| if size(i) > size(best) { i } else { best });
            exchanges[k] = T::from_f64(best as f64);
            exchange_rows(factors, n, k, &exchanges[k..=k]);
            eliminate_within(isa, n, k, end, factors);
        }
        for k in first + 1..end {
            for t in first..k {
                let [above, row] = two_rows(factors, n, [t, k]);
                let (left, right) = row.split_at_mut(end);
                subtract(isa, right, &left[t..=t], &above[end..]);
            }
        }
        eliminate_below(isa, n, [first, end], factors);
        first = end;
    }
}

/// Subtracts multiples of row `k` from those below, in the columns of its panel.
#[inline(always)]
fn eliminate_within<I: Isa, T: Real>(isa: I, n: usize, k: usize, end: usize, factors: &mut [T]) {
    let (above, below) = factors.split_at_mut((k + 1) * n);
    let pivots = &above[k * n..];
    for row in below.chunks_exact_mut(n) {
        row[k] = if pivots[k] == T::ZERO { T::ZERO } else { row[k] / pivots[k] };
        let (left, right) = row[..end].split_at_mut(k + 1);
        subtract(isa, right, &left[k..], &pivots[k + 1..end]);
    }
}

/// Subtracts multiples of the rows of a panel from those below it, in the columns right of it.
#[inline(always)]
fn eliminate_below<I: Isa, T: Real>(isa: I, n: usize, [first, end]: [usize; 2], factors: &mut [T]) {
    if end - first < PANEL {
        return;
    }
    let (above, below) = factors.split_at_mut(end * n);
    let panel = [0, 1, 2, 3].map(
        #[inline(always)]
        |t| &above[(first + t) * n + end..][..n - end],
    );
    for row in below.chunks_exact_mut(n) {
        let (left, right) = row.split_at_mut(end);
        let multipliers = [left[first], left[first + 1], left[first + 2], left[first + 3]];
        subtract_four(isa, right, multipliers, panel);
    }
}
