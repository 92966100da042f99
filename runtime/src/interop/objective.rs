//! The loss of a model as a function of θ, for minimizers.

use alloc::vec::Vec;
use core::cell::{RefCell, RefMut};

use crate::batch::extent_product;
use crate::derivatives::{Hessian, HessianVectorProduct};
use crate::error::Error;
use crate::model::Model;

use super::point::{Point, require_length};

/// A model on a batch as the function `θ ↦ L` that a solver is to minimize.
///
/// It owns the model and gives it back with [`into_model`](Self::into_model), or moved to the solver's result with
/// [`into_model_at`](Self::into_model_at). The loss is the model's own, reduced over the batch as the model says.
///
/// Evaluations work in the memory of the problem, one at a time; several threads need a problem each.
pub struct Objective<'a, M: Model> {
    parameters: usize,
    point: RefCell<Point<'a, M>>,
}

impl<'a, M: Model> Objective<'a, M> {
    /// The loss of `model` on `batch`.
    ///
    /// # Errors
    /// - [`Error::Dimensions`]: the batch was made for other run-time dimensions.
    /// - [`Error::ZeroExtent`]: the model has no parameters.
    pub fn new(model: M, batch: &M::Batch<'a>) -> Result<Self, Error> {
        let point = Point::new(model, batch)?;
        let parameters = extent_product("parameters", &[point.model.parameters().len()])?;
        Ok(Objective { parameters, point: RefCell::new(point) })
    }

    /// The number of parameters.
    pub fn parameter_count(&self) -> usize {
        self.parameters
    }

    /// The model's own parameters: where a solver starts.
    pub fn theta(&self) -> Vec<M::Scalar> {
        self.point().model.parameters().to_vec()
    }

    /// The loss at `theta`. Allocates nothing.
    ///
    /// # Errors
    /// [`Error::Length`] if `theta` has not as many elements as there are parameters.
    pub fn loss(&self, theta: &[M::Scalar]) -> Result<M::Scalar, Error> {
        let mut point = self.point();
        point.move_to(theta)?;
        let Point { model, batch, workspace, .. } = &mut *point;
        Ok(model.loss_into(batch, workspace))
    }

    /// The loss at `theta`; `gradient` is overwritten with `∂L/∂θ`. Allocates nothing.
    ///
    /// # Errors
    /// [`Error::Length`] if a slice has not as many elements as there are parameters.
    pub fn loss_and_gradient_into(
        &self,
        theta: &[M::Scalar],
        gradient: &mut [M::Scalar],
    ) -> Result<M::Scalar, Error> {
        require_length("gradient", self.parameters, gradient.len())?;
        let mut point = self.point();
        point.move_to(theta)?;
        let Point { model, batch, workspace, .. } = &mut *point;
        Ok(model.loss_and_gradient_into(batch, gradient, workspace))
    }

    /// The model, with the parameters it was last moved to.
    pub fn into_model(self) -> M {
        self.point.into_inner().model
    }

    /// The model, with `theta` as its parameters.
    ///
    /// # Errors
    /// [`Error::Length`] if `theta` has not as many elements as there are parameters.
    pub fn into_model_at(self, theta: &[M::Scalar]) -> Result<M, Error> {
        let mut point = self.point.into_inner();
        point.move_to(theta)?;
        Ok(point.model)
    }

    pub(super) fn point(&self) -> RefMut<'_, Point<'a, M>> {
        self.point.borrow_mut()
    }
}

impl<M: Hessian> Objective<'_, M> {
    /// The loss at `theta`, its gradient, and the Hessian `∂²L/∂θ²`, symmetric and whole. Allocates nothing.
    ///
    /// # Errors
    /// [`Error::Length`] if a slice has not as many elements as there are parameters, or their square.
    pub fn hessian_into(
        &self,
        theta: &[M::Scalar],
        gradient: &mut [M::Scalar],
        hessian: &mut [M::Scalar],
    ) -> Result<M::Scalar, Error> {
        require_length("gradient", self.parameters, gradient.len())?;
        require_length("hessian", self.parameters.saturating_mul(self.parameters), hessian.len())?;
        let mut point = self.point();
        point.move_to(theta)?;
        let Point { model, batch, workspace, .. } = &mut *point;
        Ok(model.hessian_into(batch, gradient, hessian, workspace))
    }
}

impl<M: HessianVectorProduct> Objective<'_, M> {
    /// `∂²L/∂θ²·v` at `theta` for a direction `v`. Allocates nothing.
    ///
    /// # Errors
    /// [`Error::Length`] if a slice has not as many elements as there are parameters.
    pub fn hessian_vector_product_into(
        &self,
        theta: &[M::Scalar],
        direction: &[M::Scalar],
        product: &mut [M::Scalar],
    ) -> Result<(), Error> {
        require_length("direction", self.parameters, direction.len())?;
        require_length("product", self.parameters, product.len())?;
        let mut point = self.point();
        point.move_to(theta)?;
        let Point { model, batch, workspace, .. } = &mut *point;
        model.hessian_vector_product_into(batch, direction, product, workspace);
        Ok(())
    }
}
