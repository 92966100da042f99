//! A model that is moved to the θ a solver asks about.

use crate::error::Error;
use crate::kernel::real::Real;
use crate::model::{Model, require_dims};

/// A model, the batch it is evaluated on, and the memory it is evaluated in.
pub(super) struct Point<'a, M: Model> {
    pub(super) model: M,
    pub(super) batch: M::Batch<'a>,
    pub(super) workspace: M::Workspace,
}

impl<'a, M: Model> Point<'a, M> {
    /// # Errors
    /// [`Error::Dimensions`] if the batch was checked for a model of other dimensions.
    pub(super) fn new(model: M, batch: &M::Batch<'a>) -> Result<Self, Error> {
        require_dims(&model, batch)?;
        let workspace = model.workspace();
        Ok(Point { model, batch: *batch, workspace })
    }

    /// Takes `theta` as the parameters.
    ///
    /// # Errors
    /// [`Error::Length`] if there are not as many as the model has.
    pub(super) fn moved_to(&mut self, theta: &[M::Scalar]) -> Result<&mut Self, Error> {
        let parameters = self.model.parameters_mut();
        require_length("parameters", parameters.len(), theta.len())?;
        parameters.copy_from_slice(theta);
        Ok(self)
    }
}

/// Refuses a slice of another length than it must have.
pub(super) fn require_length(
    name: &'static str,
    expected: usize,
    found: usize,
) -> Result<(), Error> {
    if expected == found {
        return Ok(());
    }
    Err(Error::Length { name, expected, found })
}

/// So many zeros, if there is memory for them.
pub(super) fn zeros<T: Real>(name: &'static str, numbers: usize) -> Result<Vec<T>, Error> {
    let mut zeros = Vec::new();
    zeros.try_reserve_exact(numbers).map_err(|_| Error::Memory { name, numbers })?;
    zeros.resize(numbers, T::ZERO);
    Ok(zeros)
}
