//! A model that is moved to the θ a solver asks about.

use crate::error::Error;
use crate::model::{Model, require_dims};

/// A model, the batch it is evaluated on, and the memory it is evaluated in.
pub(super) struct Point<'a, M: Model> {
    pub(super) model: M,
    pub(super) batch: M::Batch<'a>,
    pub(super) workspace: M::Workspace,
    #[cfg(feature = "basin")]
    pub(super) scratch: super::basin::Scratch<M::Scalar>,
}

impl<'a, M: Model> Point<'a, M> {
    /// # Errors
    /// [`Error::Dimensions`] if the batch was checked for a model of other dimensions.
    pub(super) fn new(model: M, batch: &M::Batch<'a>) -> Result<Self, Error> {
        require_dims(&model, batch)?;
        let workspace = model.workspace();
        Ok(Point {
            model,
            batch: *batch,
            workspace,
            #[cfg(feature = "basin")]
            scratch: super::basin::Scratch::default(),
        })
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
#[cfg(any(feature = "argmin", feature = "basin"))]
pub(super) fn make_room<T: crate::kernel::real::Real>(
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
