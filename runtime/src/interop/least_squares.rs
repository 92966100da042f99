//! The residuals of a model as a function of θ, for solvers of nonlinear least squares.

use alloc::vec::Vec;
use core::cell::{RefCell, RefMut};

use crate::batch::extent_product;
use crate::derivatives::{Jacobian, MatrixOrder, Residuals};
use crate::error::Error;
use crate::model::Model;

use super::point::{Point, require_length};

/// A model on a batch as the function `θ ↦ r` whose squares a solver is to make small.
///
/// It owns the model and gives it back, moved to the last θ it was asked about, with [`into_model`](Self::into_model). Whatever the model's
/// own loss, a solver minimizes a multiple of `Σ rᵢ²`: prediction minus target, one for each example and element of the prediction.
///
/// Evaluations work in the memory of the problem, one at a time; several threads need a problem each.
pub struct LeastSquares<'a, M: Model> {
    residuals: usize,
    parameters: usize,
    point: RefCell<Point<'a, M>>,
}

impl<'a, M: Residuals> LeastSquares<'a, M> {
    /// The residuals of `model` on `batch`.
    ///
    /// # Errors
    /// - [`Error::Dimensions`]: the batch was made for other run-time dimensions.
    /// - [`Error::ZeroExtent`]: the model has no parameters.
    /// - [`Error::ExtentOverflow`]: the Jacobian is too large for the machine.
    pub fn new(model: M, batch: &M::Batch<'a>) -> Result<Self, Error> {
        let point = Point::new(model, batch)?;
        let parameters = point.model.parameters().len();
        let residuals =
            extent_product("residuals", &[M::rows(batch), point.model.residual_width()])?;
        extent_product("jacobian", &[residuals, parameters])?;
        Ok(LeastSquares { residuals, parameters, point: RefCell::new(point) })
    }

    /// The number of residuals: the rows of the Jacobian.
    pub fn residual_count(&self) -> usize {
        self.residuals
    }

    /// The number of parameters: the columns of the Jacobian.
    pub fn parameter_count(&self) -> usize {
        self.parameters
    }

    /// The model's own parameters: where a solver starts.
    pub fn theta(&self) -> Vec<M::Scalar> {
        self.point().model.parameters().to_vec()
    }

    /// The residuals at `theta`. Allocates nothing.
    ///
    /// # Errors
    /// [`Error::Length`] if a slice has not as many elements as there are parameters or residuals.
    pub fn residuals_into(
        &self,
        theta: &[M::Scalar],
        residuals: &mut [M::Scalar],
    ) -> Result<(), Error> {
        require_length("residuals", self.residuals, residuals.len())?;
        let mut point = self.point();
        point.move_to(theta)?;
        let Point { model, batch, workspace, .. } = &mut *point;
        model.residuals_into(batch, residuals, workspace);
        Ok(())
    }

    /// The model, with the parameters it was last moved to.
    pub fn into_model(self) -> M {
        self.point.into_inner().model
    }

    pub(super) fn point(&self) -> RefMut<'_, Point<'a, M>> {
        self.point.borrow_mut()
    }
}

impl<M: Jacobian> LeastSquares<'_, M> {
    /// The residuals at `theta` and the Jacobian `J[i, j] = ∂r[i]/∂θ[j]`. Allocates nothing.
    ///
    /// # Errors
    /// [`Error::Length`] if a slice has not as many elements as there are parameters, residuals, or residuals times parameters.
    pub fn residuals_and_jacobian_into(
        &self,
        theta: &[M::Scalar],
        residuals: &mut [M::Scalar],
        jacobian: &mut [M::Scalar],
        order: MatrixOrder,
    ) -> Result<(), Error> {
        require_length("residuals", self.residuals, residuals.len())?;
        require_length("jacobian", self.residuals * self.parameters, jacobian.len())?;
        let mut point = self.point();
        point.move_to(theta)?;
        let Point { model, batch, workspace, .. } = &mut *point;
        model.residuals_and_jacobian_into(batch, residuals, jacobian, order, workspace);
        Ok(())
    }
}
