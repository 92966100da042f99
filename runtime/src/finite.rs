//! Whether numbers are finite.

#[cfg(feature = "alloc")]
use core::ops::Range;

use crate::kernel::real::Real;

/// Whether `value` is neither NaN nor infinite: `x·0` is zero for the finite numbers alone.
#[inline]
pub(crate) fn is_finite<T: Real>(value: T) -> bool {
    value * T::ZERO == T::ZERO
}

/// The position of the first NaN or infinity.
///
/// Looks block by block, because a block without an early exit is vectorized.
pub(crate) fn first_non_finite<T: Real>(values: &[T]) -> Option<usize> {
    const BLOCK: usize = 256;
    let is_clean = |block: &[T]| block.iter().fold(true, |clean, &value| clean & is_finite(value));
    let block = values.chunks(BLOCK).position(|block| !is_clean(block))?;
    let first = block * BLOCK;
    values[first..].iter().position(|&value| !is_finite(value)).map(|offset| first + offset)
}

/// The same in parts of `values` alone, which are ascending.
#[cfg(feature = "alloc")]
pub(crate) fn first_non_finite_in<T: Real>(values: &[T], parts: &[Range<usize>]) -> Option<usize> {
    parts
        .iter()
        .find_map(|part| first_non_finite(&values[part.clone()]).map(|offset| part.start + offset))
}

#[cfg(test)]
mod tests {
    use super::{first_non_finite, first_non_finite_in};

    #[test]
    fn what_is_outside_the_parts_is_not_looked_at() {
        let values = [f32::NAN, 1.0, f32::NAN, 2.0, f32::INFINITY];
        assert_eq!(first_non_finite_in(&values, &[1..2, 3..4]), None);
        assert_eq!(first_non_finite_in(&values, &[1..2, 3..5]), Some(4));
    }

    #[test]
    fn finds_the_first_of_several_in_any_block() {
        let mut values = vec![0.5_f32; 1000];
        assert_eq!(first_non_finite(&values), None);
        values[999] = f32::NEG_INFINITY;
        assert_eq!(first_non_finite(&values), Some(999));
        values[300] = f32::NAN;
        assert_eq!(first_non_finite(&values), Some(300));
        values[0] = f32::INFINITY;
        assert_eq!(first_non_finite(&values), Some(0));
    }

    #[test]
    fn extreme_finite_numbers_are_finite() {
        assert_eq!(first_non_finite(&[f64::MAX, f64::MIN, f64::MIN_POSITIVE, 5e-324, -0.0]), None);
        assert_eq!(first_non_finite::<f64>(&[]), None);
    }
}
