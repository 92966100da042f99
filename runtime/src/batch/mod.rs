//! Examples, checked once, as the generated step reads them.

#[cfg(feature = "alloc")]
mod buffer;
mod checked;
mod examples;

use core::fmt::{self, Debug, Formatter};
use core::marker::PhantomData;
use core::ops::Range;

use crate::kernel::random::Randomness;
use crate::model::Model;

#[cfg(feature = "alloc")]
pub use self::buffer::BatchBuffer;
pub use self::checked::{Indices, Values, extent_product};

#[cfg(feature = "alloc")]
pub(crate) use self::checked::require_countable;
#[cfg(feature = "alloc")]
pub use self::examples::ExamplesInF64;
pub use self::examples::{Examples, Rows};

/// Examples checked for one type of model, with `R` real inputs, `I` index inputs and `S` shared data.
///
/// A batch borrows the caller's slices; copying or slicing it copies no example.
pub struct Batch<'a, M: Model, const R: usize, const I: usize, const S: usize> {
    examples: Examples<'a, M::Scalar, R, I, S>,
    dims: M::Dims,
    model: PhantomData<fn() -> M>,
}

impl<'a, M: Model, const R: usize, const I: usize, const S: usize> Batch<'a, M, R, I, S> {
    /// Examples that [`Examples::check`] has checked with the extents that `dims` gives the model.
    pub fn new(examples: Examples<'a, M::Scalar, R, I, S>, dims: M::Dims) -> Self {
        Batch { examples, dims, model: PhantomData }
    }

    /// The examples, for the generated step.
    pub fn examples(&self) -> &Examples<'a, M::Scalar, R, I, S> {
        &self.examples
    }

    /// The number of examples.
    pub fn rows(&self) -> usize {
        self.examples.rows
    }

    /// The dimensions the examples were checked for.
    pub fn dims(&self) -> M::Dims {
        self.dims
    }

    /// The same examples, with the random numbers of a step of training: `dropout`, `normal_like` and the like then draw by this seed and
    /// step, otherwise each random number is its mean, and dropout is the identity.
    ///
    /// A draw depends on the seed, the step, the number of the example, and the place in the model: nothing else, so the same four give
    /// the same bits for any number of threads, size of tiles and instruction set. What does not vary from example to example is drawn
    /// once for all. A [`Trainer`](crate::train::Trainer) does this for each of its steps.
    ///
    /// # Examples
    /// ```
    /// use chainrule::prelude::*;
    ///
    /// #[model(loss = squared_error)]
    /// fn noisy(x: Input, #[init(ones)] w: Param) -> Output {
    ///     w * (x + 0.1 * normal_like(x))
    /// }
    ///
    /// # fn main() -> Result<(), chainrule::Error> {
    /// let model = Noisy::seeded(1);
    /// let batch = Noisy::batch(&[1.0, 2.0], &[3.0, 5.0])?;
    /// let first = model.loss(&batch.with_randomness(7, 0));
    /// assert_eq!(first, model.loss(&batch.with_randomness(7, 0)));
    /// assert_ne!(first, model.loss(&batch.with_randomness(7, 1)));
    /// assert_ne!(first, model.loss(&batch));
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_randomness(mut self, seed: u64, step: u64) -> Self {
        self.examples.randomness = Some(Randomness { seed, step });
        self
    }

    /// The examples numbered from `first`, by which each draws its random numbers: those of a part of a mini-batch are then what they are
    /// in all of it.
    pub fn numbered_from(mut self, first: usize) -> Self {
        self.examples.first = first;
        self
    }

    /// Some consecutive examples, without copying. Each keeps its random numbers.
    ///
    /// # Panics
    /// If the range is empty or reaches past the last row.
    pub fn slice(&self, rows: Range<usize>) -> Self {
        Batch { examples: self.examples.slice(rows), ..*self }
    }

    /// Memory for [`gather`](Self::gather) to copy up to `rows` examples to.
    #[cfg(feature = "alloc")]
    pub fn buffer(&self, rows: usize) -> BatchBuffer<M::Scalar> {
        BatchBuffer::for_rows(&self.examples, rows)
    }

    /// The examples that `order` lists, copied to `buffer`, numbered from 0 for random numbers. Allocates only where the buffer is too small.
    ///
    /// # Panics
    /// If `order` is empty or lists a row past the last.
    #[cfg(feature = "alloc")]
    pub fn gather<'b>(
        &self,
        order: &[usize],
        buffer: &'b mut BatchBuffer<M::Scalar>,
    ) -> Batch<'b, M, R, I, S>
    where
        'a: 'b,
    {
        Batch::new(buffer.gather(&self.examples, order), self.dims)
    }
}

#[expect(clippy::expl_impl_clone_on_copy, reason = "a derived one would ask for `M: Copy`")]
impl<M: Model, const R: usize, const I: usize, const S: usize> Clone for Batch<'_, M, R, I, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M: Model, const R: usize, const I: usize, const S: usize> Copy for Batch<'_, M, R, I, S> {}

impl<M: Model, const R: usize, const I: usize, const S: usize> Debug for Batch<'_, M, R, I, S> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch")
            .field("rows", &self.rows())
            .field("dims", &self.dims)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
