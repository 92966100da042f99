//! The largest and smallest of many values.

use super::{max, min};
use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

#[cfg(test)]
mod tests;

/// Values that are compared side by side: a chain of comparisons would wait for each.
const LANES: usize = 32;

/// The largest value, `-inf` of none; NaN where one is.
#[inline(always)]
pub fn maximum<I: Isa, T: Real>(isa: I, values: &[T]) -> T {
    let start = T::from_f64(f64::NEG_INFINITY);
    reduced(
        values,
        start,
        #[inline(always)]
        |a, b| max(isa, a, b),
    )
}

/// The smallest value, `inf` of none; NaN where one is.
#[inline(always)]
pub fn minimum<I: Isa, T: Real>(isa: I, values: &[T]) -> T {
    let start = T::from_f64(f64::INFINITY);
    reduced(
        values,
        start,
        #[inline(always)]
        |a, b| min(isa, a, b),
    )
}

#[inline(always)]
fn reduced<T: Real>(values: &[T], start: T, better: impl Fn(T, T) -> T) -> T {
    let (chunks, rest) = values.as_chunks::<LANES>();
    let mut lanes = [start; LANES];
    for chunk in chunks {
        for (lane, &value) in lanes.iter_mut().zip(chunk) {
            *lane = better(*lane, value);
        }
    }
    lanes.iter().chain(rest).fold(start, |best, &value| better(best, value))
}
