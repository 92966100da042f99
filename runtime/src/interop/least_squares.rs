//! The residuals of a model as a function of θ, for solvers of nonlinear least squares.

use std::cell::{RefCell, RefMut};

use crate::batch::extent_product;
use crate::derivatives::{Jacobian, MatrixOrder, Residuals};
use crate::error::Error;
use crate::model::Model;

use super::point::{Point, require_length, zeros};

/// A model on a batch as the function `θ ↦ r` whose squares a solver is to make small.
///
/// It owns the model and gives it back, moved to the last θ it was asked about, with [`into_model`](Self::into_model). Whatever the model's
/// own loss, a solver minimizes a multiple of `Σ rᵢ²`: prediction minus target, one for each example and element of the prediction.
///
/// Evaluations work in the memory of the problem, one at a time; several threads need a problem each.
pub struct LeastSquares<'a, M: Model> {
    residuals: usize,
    parameters: usize,
    evaluation: RefCell<Evaluation<'a, M>>,
}

/// Where the model is, and memory for what a solver did not ask for.
pub(super) struct Evaluation<'a, M: Model> {
    pub(super) point: Point<'a, M>,
    residuals: Vec<M::Scalar>,
}

impl<'a, M: Residuals> LeastSquares<'a, M> {
    /// The residuals of `model` on `batch`; a solver starts from the model's own parameters.
    ///
    /// # Errors
    /// - [`Error::Dimensions`]: the batch was made for other run-time dimensions.
    /// - [`Error::ZeroExtent`]: the model has no parameters.
    /// - [`Error::ExtentOverflow`], [`Error::Memory`]: the Jacobian is too large for the machine.
    pub fn new(model: M, batch: &M::Batch<'a>) -> Result<Self, Error> {
        let point = Point::new(model, batch)?;
        let parameters = point.model.parameters().len();
        let residuals = extent_product("residuals", &[M::rows(batch), point.model.outputs()])?;
        extent_product("jacobian", &[residuals, parameters])?;
        let evaluation = Evaluation { point, residuals: zeros("residuals", residuals)? };
        Ok(LeastSquares { residuals, parameters, evaluation: RefCell::new(evaluation) })
    }

    /// The number of residuals: the rows of the Jacobian.
    pub fn residual_count(&self) -> usize {
        self.residuals
    }

    /// The number of parameters: the columns of the Jacobian.
    pub fn parameter_count(&self) -> usize {
        self.parameters
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
        let mut evaluation = self.evaluation();
        evaluation.point.moved_to(theta)?;
        evaluation.residuals_into(residuals);
        Ok(())
    }

    /// The model, with the parameters it was last moved to.
    pub fn into_model(self) -> M {
        self.evaluation.into_inner().point.model
    }

    pub(super) fn evaluation(&self) -> RefMut<'_, Evaluation<'a, M>> {
        self.evaluation.borrow_mut()
    }
}

impl<M: Jacobian> LeastSquares<'_, M> {
    /// The Jacobian `J[i, j] = ∂r[i]/∂θ[j]` at `theta`. Allocates nothing.
    ///
    /// # Errors
    /// [`Error::Length`] if a slice has not as many elements as there are parameters, or residuals times parameters.
    pub fn jacobian_into(
        &self,
        theta: &[M::Scalar],
        jacobian: &mut [M::Scalar],
        order: MatrixOrder,
    ) -> Result<(), Error> {
        require_length("jacobian", self.residuals * self.parameters, jacobian.len())?;
        let mut evaluation = self.evaluation();
        evaluation.point.moved_to(theta)?;
        evaluation.jacobian_into(jacobian, order);
        Ok(())
    }

    /// The residuals and the Jacobian at `theta`, with the work they share done once. Allocates nothing.
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
        let mut evaluation = self.evaluation();
        let Point { model, batch, workspace } = evaluation.point.moved_to(theta)?;
        model.residuals_and_jacobian_into(batch, residuals, jacobian, order, workspace);
        Ok(())
    }
}

impl<M: Residuals> Evaluation<'_, M> {
    /// The residuals where the model is.
    pub(super) fn residuals_into(&mut self, residuals: &mut [M::Scalar]) {
        let Point { model, batch, workspace } = &mut self.point;
        model.residuals_into(batch, residuals, workspace);
    }
}

impl<M: Jacobian> Evaluation<'_, M> {
    /// The Jacobian where the model is.
    pub(super) fn jacobian_into(&mut self, jacobian: &mut [M::Scalar], order: MatrixOrder) {
        let Point { model, batch, workspace } = &mut self.point;
        model.residuals_and_jacobian_into(batch, &mut self.residuals, jacobian, order, workspace);
    }
}
