//! Predictions for a checked batch, and what they are compared with.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

#[cfg(feature = "alloc")]
use crate::kernel::real::Real;
use crate::model::Model;

/// A model that predicts: one with `-> Output`, or a module of functions with one called `predict`, or with one output alone.
///
/// [`model`](macro@crate::model) writes the implementation. The method `predict` of a model checks the inputs it is given and allocates what
/// it returns; here the batch has been checked, and the caller owns the memory.
///
/// # Examples
/// Predictions in a loop that allocates nothing:
/// ```
/// use chainrule::prelude::*;
///
/// #[model(loss = squared_error)]
/// fn plane(x: Input<2>, #[init(ones)] w: Param<2>, b: Param) -> Output {
///     x.dot(w) + b
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let model = Plane::seeded(1);
/// let mut workspace = model.workspace();
/// let mut predicted = vec![0.0; 2 * model.output_width()];
/// for (x, y) in [([1.0, 2.0, 3.0, 4.0], [3.0, 7.0]), ([0.5, 0.5, 1.0, 0.0], [1.0, 1.0])] {
///     let batch = Plane::batch(&x, &y)?;
///     model.predict_into(&batch, &mut predicted, &mut workspace);
///     assert_eq!(predicted, y);
///     assert_eq!(Plane::targets(&batch).values(), Some(&y[..]));
/// }
/// # Ok(())
/// # }
/// ```
pub trait Predict: Model {
    /// The numbers of one example's prediction.
    fn output_width(&self) -> usize;

    /// The predictions for a batch, in rows. Allocates nothing.
    ///
    /// Random numbers are those of the batch, as [`with_randomness`](Model::with_randomness) says: their means, where it was not called.
    ///
    /// # Panics
    /// If `output` has not [`output_width`](Predict::output_width) numbers for each example, or `workspace` belongs to a model of other
    /// dimensions.
    fn predict_into(
        &self,
        batch: &Self::Batch<'_>,
        output: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    );

    /// What the loss compares the predictions with.
    fn targets<'a>(batch: &'a Self::Batch<'_>) -> Targets<'a, Self::Scalar>;

    /// The predictions for a batch, in rows. Allocates; in a loop, [`predict_into`](Predict::predict_into) reuses its memory.
    #[cfg(feature = "alloc")]
    fn predictions(&self, batch: &Self::Batch<'_>) -> Vec<Self::Scalar> {
        let mut output = vec![Self::Scalar::ZERO; Self::rows(batch) * self.output_width()];
        self.predict_into(batch, &mut output, &mut self.workspace());
        output
    }
}

/// What the loss compares the predictions of a batch with.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Targets<'a, T> {
    /// Numbers, one example after the other.
    Values(&'a [T]),
    /// Classes, as `cross_entropy` has them, one example after the other.
    Classes(&'a [u32]),
    /// Nothing of the batch's: the model names its loss as a function of its own.
    None,
}

impl<'a, T> Targets<'a, T> {
    /// The numbers, if they are.
    pub fn values(self) -> Option<&'a [T]> {
        match self {
            Targets::Values(values) => Some(values),
            Targets::Classes(_) | Targets::None => None,
        }
    }

    /// The classes, if they are.
    pub fn classes(self) -> Option<&'a [u32]> {
        match self {
            Targets::Classes(classes) => Some(classes),
            Targets::Values(_) | Targets::None => None,
        }
    }
}
