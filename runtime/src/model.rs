//! What every model can do, whoever wrote it.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::fmt::Debug;
use core::ops::Range;

#[cfg(feature = "alloc")]
use crate::batch::BatchBuffer;
#[cfg(feature = "alloc")]
use crate::error::Error;
#[cfg(feature = "alloc")]
use crate::finite::first_non_finite;
use crate::kernel::real::Real;
#[cfg(feature = "alloc")]
use crate::parameters::{ParameterLayout, element_name};
#[cfg(feature = "alloc")]
use crate::text::text;

/// A differentiable function with parameters θ, its loss and its gradient.
///
/// [`model`](macro@crate::model) writes the implementation. The centre is [`loss_and_gradient_into`](Model::loss_and_gradient_into); training,
/// checks and adapters to other optimizers need nothing else.
///
/// # Examples
/// An optimizer of one's own needs θ, its gradient, and a workspace made once:
/// ```
/// use chainrule::prelude::*;
///
/// #[model(loss = squared_error, reduction = sum, scalar = f64)]
/// fn plane(x: Input<2>, w: Param<2>) -> Output {
///     x.dot(w)
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let batch = Plane::batch(&[1.0, 0.0, 0.0, 1.0, 1.0, 1.0], &[2.0, 3.0, 5.0])?;
/// let mut model = Plane::zeros();
/// let mut workspace = model.workspace();
/// let mut gradient = vec![0.0; model.parameters().len()];
/// for _ in 0..100 {
///     model.loss_and_gradient_into(&batch, &mut gradient, &mut workspace);
///     for (theta, g) in model.parameters_mut().iter_mut().zip(&gradient) {
///         *theta -= 0.2 * g;
///     }
/// }
/// assert!((model.w()[0] - 2.0).abs() < 1e-9 && (model.w()[1] - 3.0).abs() < 1e-9);
/// assert_eq!(model.layout()[0].shape, [2]);
/// # Ok(())
/// # }
/// ```
pub trait Model: Clone {
    /// `f32` or `f64`.
    type Scalar: Real;
    /// The dimensions chosen when the program runs; `()` where all are known at compile time.
    type Dims: Copy + Debug + PartialEq;
    /// Checked examples: [`Batch`](crate::batch::Batch) with the numbers of this model's inputs.
    type Batch<'a>: Copy;
    /// What a step works in.
    type Workspace;

    /// How the losses of the examples become the loss of a batch.
    const REDUCTION: Reduction;

    /// A number that tells this model from others: of the signature, the body and the loss as they are written, without comments, names of
    /// types and choices that change no value. 0 where it is not known.
    ///
    /// Files of weights carry it, so that those of a model that computes something else are refused although its parameters have the same
    /// names and shapes. It does not see the values of constants of the scope or into functions written in Rust.
    const DEFINITION_HASH: u64 = 0;

    /// θ: all parameters in the order of the signature, row-major.
    fn parameters(&self) -> &[Self::Scalar];

    /// θ, to be changed.
    fn parameters_mut(&mut self) -> &mut [Self::Scalar];

    /// The name, shape and place of each parameter in θ.
    #[cfg(feature = "alloc")]
    fn layout(&self) -> Vec<ParameterLayout>;

    /// The dimensions this model was made with.
    fn dims(&self) -> Self::Dims;

    /// Memory for the steps of this model: the only allocation they need.
    fn workspace(&self) -> Self::Workspace;

    /// The loss of a batch. Allocates nothing.
    fn loss_into(&self, batch: &Self::Batch<'_>, workspace: &mut Self::Workspace) -> Self::Scalar;

    /// The loss of a batch; `gradient` is overwritten with `∂L/∂θ`. Allocates nothing.
    ///
    /// # Panics
    /// If `gradient` has not the length of θ, or `workspace` belongs to a model of other dimensions.
    fn loss_and_gradient_into(
        &self,
        batch: &Self::Batch<'_>,
        gradient: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    ) -> Self::Scalar;

    /// Shows `see` the parts of θ outside which `∂L/∂θ` of this batch is 0: some of them twice, in no certain order.
    ///
    /// Of a table that is only read at rows the examples name, such as `embedding[token]`, these are the rows that the batch names; other
    /// parameters are touched as a whole. Allocates nothing.
    fn touched(&self, batch: &Self::Batch<'_>, see: &mut dyn FnMut(Range<usize>)) {
        let _ = batch;
        see(0..self.parameters().len());
    }

    /// The loss of a batch; `gradient` is overwritten with `∂L/∂θ` in the parts that the batch [touches](Model::touched). What is outside
    /// them is neither read nor written, so that no step costs the size of a table. Allocates nothing.
    ///
    /// # Panics
    /// As [`loss_and_gradient_into`](Model::loss_and_gradient_into).
    ///
    /// # Examples
    /// Gradient descent on an embedding, at the cost of the rows in the batch:
    /// ```
    /// use chainrule::prelude::*;
    ///
    /// #[model(loss = squared_error, scalar = f64)]
    /// fn bias(word: Index<1000>, #[init(zeros)] table: Param<1000>) -> Output {
    ///     table[word]
    /// }
    ///
    /// # fn main() -> Result<(), chainrule::Error> {
    /// let batch = Bias::batch(&[7, 900, 7], &[1.0, 2.0, 1.0])?;
    /// let mut model = Bias::seeded(1);
    /// let mut workspace = model.workspace();
    /// let mut gradient = vec![f64::NAN; 1000];
    /// let mut rows = Vec::new();
    /// model.touched(&batch, &mut |row| rows.push(row.start));
    /// rows.sort_unstable();
    /// rows.dedup();
    /// assert_eq!(rows, [7, 900]);
    /// for _ in 0..100 {
    ///     model.loss_and_touched_gradient_into(&batch, &mut gradient, &mut workspace);
    ///     for &row in &rows {
    ///         model.parameters_mut()[row] -= 0.5 * gradient[row];
    ///     }
    /// }
    /// assert!((model.table()[7] - 1.0).abs() < 1e-9 && (model.table()[900] - 2.0).abs() < 1e-9);
    /// # Ok(())
    /// # }
    /// ```
    fn loss_and_touched_gradient_into(
        &self,
        batch: &Self::Batch<'_>,
        gradient: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    ) -> Self::Scalar {
        self.loss_and_gradient_into(batch, gradient, workspace)
    }

    /// The loss of a batch at other parameters, computed in `f64` throughout. Allocates; meant for checks.
    #[cfg(feature = "alloc")]
    fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64;

    /// The number of examples.
    fn rows(batch: &Self::Batch<'_>) -> usize;

    /// The dimensions a batch was checked for.
    fn batch_dims(batch: &Self::Batch<'_>) -> Self::Dims;

    /// Some consecutive examples of a batch, without copying.
    ///
    /// # Panics
    /// If the range is empty or reaches past the last row.
    fn slice<'b, 'a: 'b>(batch: &Self::Batch<'a>, rows: Range<usize>) -> Self::Batch<'b>;

    /// The batch with the random numbers of a step, as [`Batch::with_randomness`](crate::batch::Batch::with_randomness) has them; itself
    /// where the model draws none.
    fn with_randomness<'a>(batch: &Self::Batch<'a>, seed: u64, step: u64) -> Self::Batch<'a> {
        let _ = (seed, step);
        *batch
    }

    /// The batch with its examples numbered from `first` for the random numbers of a step, as
    /// [`Batch::numbered_from`](crate::batch::Batch::numbered_from) has them; itself where the model draws none.
    fn numbered_from<'a>(batch: &Self::Batch<'a>, first: usize) -> Self::Batch<'a> {
        let _ = first;
        *batch
    }

    /// Memory for [`gather`](Model::gather) to copy up to `rows` examples of `batch` to.
    #[cfg(feature = "alloc")]
    fn batch_buffer(batch: &Self::Batch<'_>, rows: usize) -> BatchBuffer<Self::Scalar>;

    /// The examples of a batch that `order` lists, copied to `buffer`. Allocates only where the buffer is too small.
    ///
    /// # Panics
    /// If `order` is empty or lists a row past the last.
    #[cfg(feature = "alloc")]
    fn gather<'b, 'a: 'b>(
        batch: &Self::Batch<'a>,
        order: &[usize],
        buffer: &'b mut BatchBuffer<Self::Scalar>,
    ) -> Self::Batch<'b>;
}

/// How the losses of the examples become the loss of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// Their mean.
    Mean,
    /// Their sum.
    Sum,
}

/// Refuses a batch that was checked for other run-time dimensions than the model has.
#[cfg(feature = "alloc")]
pub(crate) fn require_dims<M: Model>(model: &M, batch: &M::Batch<'_>) -> Result<(), Error> {
    let (expected, found) = (model.dims(), M::batch_dims(batch));
    if expected == found {
        return Ok(());
    }
    Err(Error::Dimensions {
        expected: text(format_args!("{expected:?}")),
        found: text(format_args!("{found:?}")),
    })
}

/// Refuses a model whose parameters are not all finite.
#[cfg(feature = "alloc")]
pub(crate) fn require_finite_parameters<M: Model>(model: &M) -> Result<(), Error> {
    match first_non_finite(model.parameters()) {
        None => Ok(()),
        Some(position) => Err(Error::ParameterNotFinite {
            parameter: element_name(&model.layout(), position),
            value: model.parameters()[position].to_f64(),
        }),
    }
}
