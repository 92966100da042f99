//! Rows of matrices, as stretches of numbers: scaled, subtracted, exchanged.

use super::super::arch::Isa;
use super::super::real::Real;

/// `to −= factor·from`, a factor for each lane.
#[inline(always)]
pub fn subtract<I: Isa, T: Real>(isa: I, to: &mut [T], factor: &[T], from: &[T]) {
    if let [factor] = *factor {
        for (to, &from) in to.iter_mut().zip(from) {
            *to = (-factor).mul_add_if(isa, from, *to);
        }
        return;
    }
    let lanes = factor.len();
    for (to, from) in to.chunks_exact_mut(lanes).zip(from.chunks_exact(lanes)) {
        for ((to, &from), &factor) in to.iter_mut().zip(from).zip(factor) {
            *to = (-factor).mul_add_if(isa, from, *to);
        }
    }
}

/// `to −= Σ factors[t]·from[t]` of four rows at once, in one lane: `to` is read and written once.
#[inline(always)]
pub fn subtract_four<I: Isa, T: Real>(isa: I, to: &mut [T], factors: [T; 4], from: [&[T]; 4]) {
    let length = to.len();
    let from = from.map(
        #[inline(always)]
        |row| &row[..length],
    );
    for (place, to) in to.iter_mut().enumerate() {
        let mut sum = *to;
        for t in 0..4 {
            sum = (-factors[t]).mul_add_if(isa, from[t][place], sum);
        }
        *to = sum;
    }
}

/// `to /= by`, a divisor for each lane.
#[inline(always)]
pub fn divide<T: Real>(to: &mut [T], by: &[T]) {
    for to in to.chunks_exact_mut(by.len()) {
        for (to, &by) in to.iter_mut().zip(by) {
            *to = *to / by;
        }
    }
}

/// `Σ a·b` in one lane.
#[inline(always)]
pub fn dot<I: Isa, T: Real>(isa: I, a: &[T], b: &[T]) -> T {
    const WIDTH: usize = 32;
    let mut sums = [T::ZERO; WIDTH];
    let (whole_a, rest_a) = a.as_chunks::<WIDTH>();
    let (whole_b, rest_b) = b.as_chunks::<WIDTH>();
    for (a, b) in whole_a.iter().zip(whole_b) {
        for t in 0..WIDTH {
            sums[t] = a[t].mul_add_if(isa, b[t], sums[t]);
        }
    }
    for (t, (&a, &b)) in rest_a.iter().zip(rest_b).enumerate() {
        sums[t] = a.mul_add_if(isa, b, sums[t]);
    }
    let mut left = WIDTH;
    while left > 1 {
        left /= 2;
        for t in 0..left {
            sums[t] += sums[t + left];
        }
    }
    sums[0]
}

/// Unit matrices.
#[inline(always)]
pub fn unit<T: Real>(n: usize, lanes: usize, out: &mut [T]) {
    out.fill(T::ZERO);
    for i in 0..n {
        out[(i * n + i) * lanes..][..lanes].fill(T::ONE);
    }
}

/// Two rows of one array, the first before the second.
#[inline(always)]
pub fn two_rows<T>(values: &mut [T], width: usize, [first, second]: [usize; 2]) -> [&mut [T]; 2] {
    let (before, after) = values.split_at_mut(second * width);
    [&mut before[first * width..][..width], &mut after[..width]]
}

/// Exchanges row `k` of each lane with the row `with` says, in rows of any number of columns.
#[inline(always)]
pub fn exchange_rows<T: Real>(values: &mut [T], width: usize, k: usize, with: &[T]) {
    let lanes = with.len();
    for (lane, with) in with.iter().enumerate() {
        let with = with.to_f64() as usize;
        if with == k {
            continue;
        }
        let [row, other] = two_rows(values, width, [k.min(with), k.max(with)]);
        if lanes == 1 {
            row.swap_with_slice(other);
        } else {
            for column in (lane..width).step_by(lanes) {
                core::mem::swap(&mut row[column], &mut other[column]);
            }
        }
    }
}

/// Exchanges column `k` of each lane with the column `with` says, in matrices of `n` columns.
#[inline(always)]
pub fn exchange_columns<T: Real>(values: &mut [T], n: usize, k: usize, with: &[T]) {
    let lanes = with.len();
    for (lane, with) in with.iter().enumerate() {
        let with = with.to_f64() as usize;
        if with != k {
            for row in values.chunks_exact_mut(n * lanes) {
                row.swap(k * lanes + lane, with * lanes + lane);
            }
        }
    }
}

/// Adds to every element of a lane what is 0 where all numbers of its lane in `divisors` may be divided by, and NaN elsewhere.
#[inline(always)]
pub fn spoil<'a, T: Real>(values: &mut [T], divisors: &(impl Iterator<Item = &'a [T]> + Clone)) {
    const WIDTH: usize = 16;
    let Some(lanes) = divisors.clone().next().map(<[T]>::len) else { return };
    for first in (0..lanes).step_by(WIDTH) {
        let width = WIDTH.min(lanes - first);
        let mut spoilt = [T::ZERO; WIDTH];
        for divisor in divisors.clone() {
            for (spoilt, &divisor) in spoilt.iter_mut().zip(&divisor[first..][..width]) {
                *spoilt += T::ZERO / divisor;
            }
        }
        for row in values.chunks_exact_mut(lanes) {
            for (value, &spoilt) in row[first..][..width].iter_mut().zip(&spoilt) {
                *value += spoilt;
            }
        }
    }
}
