//! The borrowed examples themselves.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::ops::Range;

use crate::kernel::random::Randomness;
use crate::kernel::real::Real;

/// Examples as the generated step reads them: `R` real inputs, `I` index inputs, `S` shared data.
///
/// The targets of a loss are inputs too: the last of their kind. [`check`](Examples::check) is the only way to make them.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Examples<'a, T, const R: usize, const I: usize, const S: usize> {
    /// The number of examples.
    pub rows: usize,
    /// The number of the first example, which tells its random numbers from those of others.
    pub first: usize,
    /// What random numbers are drawn by; without it, each is its mean.
    pub randomness: Option<Randomness>,
    /// The real inputs, in the order of the signature.
    pub reals: [Rows<'a, T>; R],
    /// The index inputs.
    pub indices: [Rows<'a, u32>; I],
    /// The data shared by all examples, row-major.
    pub shared: [&'a [T]; S],
}

/// One input: `width` values an example, one example after another.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Rows<'a, T> {
    /// The values.
    pub values: &'a [T],
    /// Values in one example.
    pub width: usize,
}

impl<'a, T> Rows<'a, T> {
    /// Values that divide into so many examples.
    pub(super) fn of(values: &'a [T], rows: usize) -> Rows<'a, T> {
        Rows { values, width: values.len() / rows }
    }

    fn slice(self, rows: Range<usize>) -> Rows<'a, T> {
        let values = &self.values[rows.start * self.width..rows.end * self.width];
        Rows { values, width: self.width }
    }
}

impl<'a, T: Real, const R: usize, const I: usize, const S: usize> Examples<'a, T, R, I, S> {
    /// Some consecutive examples, without copying. Each keeps its random numbers.
    ///
    /// # Panics
    /// If the range is empty or reaches past the last row.
    pub fn slice(&self, rows: Range<usize>) -> Self {
        assert!(rows.start < rows.end, "a batch has at least one row, the range {rows:?} has none");
        assert!(rows.end <= self.rows, "the range {rows:?} reaches past {} rows", self.rows);
        Examples {
            rows: rows.len(),
            first: self.first + rows.start,
            randomness: self.randomness,
            reals: self.reals.map(|input| input.slice(rows.clone())),
            indices: self.indices.map(|input| input.slice(rows.clone())),
            shared: self.shared,
        }
    }

    /// The same examples with some of what they hold, by its places among the real inputs, the index inputs and the shared data. Without
    /// inputs they are one example.
    pub fn pick<const R2: usize, const I2: usize, const S2: usize>(
        &self,
        reals: [usize; R2],
        indices: [usize; I2],
        shared: [usize; S2],
    ) -> Examples<'a, T, R2, I2, S2> {
        Examples {
            rows: if R2 + I2 == 0 { 1 } else { self.rows },
            first: self.first,
            randomness: self.randomness,
            reals: reals.map(|place| self.reals[place]),
            indices: indices.map(|place| self.indices[place]),
            shared: shared.map(|place| self.shared[place]),
        }
    }

    /// The same examples in `f64`. Allocates.
    #[cfg(feature = "alloc")]
    pub fn in_f64(&self) -> ExamplesInF64<'a, R, I, S> {
        let convert = |values: &[T]| values.iter().map(|value| value.to_f64()).collect::<Vec<_>>();
        ExamplesInF64 {
            rows: self.rows,
            first: self.first,
            randomness: self.randomness,
            reals: self.reals.map(|input| (convert(input.values), input.width)),
            indices: self.indices,
            shared: self.shared.map(convert),
        }
    }
}

/// Examples converted to `f64`, owned.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug)]
pub struct ExamplesInF64<'a, const R: usize, const I: usize, const S: usize> {
    rows: usize,
    first: usize,
    randomness: Option<Randomness>,
    reals: [(Vec<f64>, usize); R],
    indices: [Rows<'a, u32>; I],
    shared: [Vec<f64>; S],
}

#[cfg(feature = "alloc")]
impl<const R: usize, const I: usize, const S: usize> ExamplesInF64<'_, R, I, S> {
    /// The examples, as a step reads them.
    pub fn examples(&self) -> Examples<'_, f64, R, I, S> {
        Examples {
            rows: self.rows,
            first: self.first,
            randomness: self.randomness,
            reals: self.reals.each_ref().map(|(values, width)| Rows { values, width: *width }),
            indices: self.indices,
            shared: self.shared.each_ref().map(Vec::as_slice),
        }
    }
}
