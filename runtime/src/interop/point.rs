//! A model that is moved to the θ a solver asks about.

use crate::error::Error;
use crate::kernel::real::Real;
use crate::model::{Model, require_dims};

/// A model, the batch it is evaluated on, and the memory it is evaluated in.
pub(super) struct Point<'a, M: Model> {
    pub(super) model: M,
    pub(super) batch: M::Batch<'a>,
    pub(super) workspace: M::Workspace,
    /// A gradient or residuals that a solver did not ask for.
    pub(super) vector: Vec<M::Scalar>,
    /// A Jacobian or Hessian on its way to a solver's own matrix.
    pub(super) matrix: Vec<M::Scalar>,
}

impl<'a, M: Model> Point<'a, M> {
    /// # Errors
    /// [`Error::Dimensions`] if the batch was checked for a model of other dimensions.
    pub(super) fn new(model: M, batch: &M::Batch<'a>) -> Result<Self, Error> {
        require_dims(&model, batch)?;
        let workspace = model.workspace();
        Ok(Point { model, batch: *batch, workspace, vector: Vec::new(), matrix: Vec::new() })
    }

    /// Takes `theta` as the parameters.
    ///
    /// # Errors
    /// [`Error::Length`] if there are not as many as the model has.
    pub(super) fn move_to(&mut self, theta: &[M::Scalar]) -> Result<(), Error> {
        let parameters = self.model.parameters_mut();
        require_length("parameters", parameters.len(), theta.len())?;
        parameters.copy_from_slice(theta);
        Ok(())
    }
}

/// Makes room for so many numbers. Allocates nothing where there is.
///
/// # Errors
/// [`Error::Memory`] if there is not so much.
pub(super) fn make_room<T: Real>(
    name: &'static str,
    numbers: usize,
    room: &mut Vec<T>,
) -> Result<(), Error> {
    let missing = numbers.saturating_sub(room.len());
    room.try_reserve_exact(missing).map_err(|_| Error::Memory { name, numbers })?;
    room.resize(numbers, T::ZERO);
    Ok(())
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
