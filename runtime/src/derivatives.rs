//! Derivatives beyond the gradient: Jacobians, Hessians, their products with vectors, sensitivities to inputs.
//!
//! Each is a trait that [`model`](macro@crate::model) implements when the attribute asks for it, `derivatives(jacobian, hessian)`; a
//! derivative that nobody asks for costs nothing. All work on a checked batch in a workspace made once, and allocate nothing.
//!
//! | `derivatives(..)` | trait | what it gives |
//! |---|---|---|
//! | `jacobian` | [`Jacobian`] | `J = ∂r/∂θ` with the residuals, row- or column-major |
//! | `jvp` | [`JacobianVectorProduct`] | `J·v` |
//! | `vjp` | [`VectorJacobianProduct`] | `Jᵀ·v` |
//! | `gauss_newton` | [`GaussNewton`] | `JᵀJ`, `Jᵀr` and `rᵀr` without storing `J` |
//! | `hvp` | [`HessianVectorProduct`] | `∂²L/∂θ²·v` |
//! | `hessian` | [`Hessian`] | `L`, `∂L/∂θ` and `∂²L/∂θ²` |
//! | `inputs` | [`InputDerivatives`], [`InputJacobian`] | the derivatives of each example's loss, and of its prediction, for its inputs |
//!
//! The residuals of a model are its prediction minus the target, for each example and each element of the prediction; of a model whose loss
//! compares with no target, the prediction itself. The examples are not averaged: `J` has a row for each.

use crate::error::Error;
use crate::model::Model;

/// In which order the elements of a matrix lie in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixOrder {
    /// Rows one after the other, as in C, NumPy and `ndarray`.
    RowMajor,
    /// Columns one after the other, as in Fortran, MATLAB, `nalgebra` and `faer`.
    ColumnMajor,
}

/// A model as a function from θ to residuals: prediction minus target.
pub trait Residuals: Model {
    /// The residuals of one example: the elements of the prediction.
    fn outputs(&self) -> usize;

    /// The residuals of a batch, those of an example side by side. Allocates nothing.
    ///
    /// # Panics
    /// If `residuals` has not [`outputs`](Residuals::outputs) elements for each example.
    fn residuals_into(
        &self,
        batch: &Self::Batch<'_>,
        residuals: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    );
}

/// A model whose batches are made of real inputs and a target: what fits a formula to observations needs no more.
pub trait Observations: Residuals {
    /// The batch of these observations: the inputs in the order of the signature, and the target, all in rows.
    ///
    /// # Errors
    /// Those of the model's own `batch`, and [`Error::InputCount`] if the model has not as many inputs.
    fn observations<'a>(
        &self,
        inputs: &[&'a [Self::Scalar]],
        target: &'a [Self::Scalar],
    ) -> Result<Self::Batch<'a>, Error>;
}

/// `derivatives(jacobian)`: the derivatives of all residuals for all parameters.
pub trait Jacobian: Residuals {
    /// The residuals `r` and `J[i, j] = ∂r[i]/∂θ[j]`. Allocates nothing.
    ///
    /// # Panics
    /// If `residuals` has not [`outputs`](Residuals::outputs) elements for each example, or `jacobian` not as many times the length of θ.
    fn residuals_and_jacobian_into(
        &self,
        batch: &Self::Batch<'_>,
        residuals: &mut [Self::Scalar],
        jacobian: &mut [Self::Scalar],
        order: MatrixOrder,
        workspace: &mut Self::Workspace,
    );
}

/// `derivatives(jvp)`: how the residuals change along a direction in θ.
pub trait JacobianVectorProduct: Residuals {
    /// `J·v` for a direction `v` of the length of θ. Allocates nothing.
    ///
    /// # Panics
    /// If `direction` has not the length of θ, or `product` not [`outputs`](Residuals::outputs) elements for each example.
    fn jacobian_vector_product_into(
        &self,
        batch: &Self::Batch<'_>,
        direction: &[Self::Scalar],
        product: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    );
}

/// `derivatives(vjp)`: the gradient of a weighted sum of the residuals.
pub trait VectorJacobianProduct: Residuals {
    /// `Jᵀ·v` for weights `v`, one for each residual. Allocates nothing.
    ///
    /// # Panics
    /// If `vector` has not [`outputs`](Residuals::outputs) elements for each example, or `product` not the length of θ.
    fn vector_jacobian_product_into(
        &self,
        batch: &Self::Batch<'_>,
        vector: &[Self::Scalar],
        product: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    );
}

/// `derivatives(gauss_newton)`: the normal equations of least squares.
pub trait GaussNewton: Residuals {
    /// `JᵀJ`, symmetric and whole, and `Jᵀr`; the result is `rᵀr`. `J` is never stored. Allocates nothing.
    ///
    /// # Panics
    /// If `gradient` has not the length of θ, or `matrix` not its square.
    fn normal_equations_into(
        &self,
        batch: &Self::Batch<'_>,
        matrix: &mut [Self::Scalar],
        gradient: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    ) -> Self::Scalar;
}

/// `derivatives(hvp)`: how the gradient changes along a direction in θ.
pub trait HessianVectorProduct: Model {
    /// `H·v` with `H = ∂²L/∂θ²`, at a small multiple of the gradient's cost and without `H` (Pearlmutter 1994). Allocates nothing.
    ///
    /// # Panics
    /// If `direction` or `product` has not the length of θ.
    fn hessian_vector_product_into(
        &self,
        batch: &Self::Batch<'_>,
        direction: &[Self::Scalar],
        product: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    );
}

/// `derivatives(hessian)`: all second derivatives of the loss.
pub trait Hessian: Model {
    /// The loss; `gradient` is overwritten with `∂L/∂θ` and `hessian` with `∂²L/∂θ²`, symmetric and whole. Allocates nothing.
    ///
    /// # Panics
    /// If `gradient` has not the length of θ, or `hessian` not its square.
    fn hessian_into(
        &self,
        batch: &Self::Batch<'_>,
        gradient: &mut [Self::Scalar],
        hessian: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    ) -> Self::Scalar;
}

/// `derivatives(inputs)`: sensitivities to what is not trained.
///
/// The inputs of an example are the model's real [`Input`](crate::axes::Input)s in the order of the signature, side by side.
pub trait InputDerivatives: Model {
    /// The numbers of one example's inputs together.
    fn inputs(&self) -> usize;

    /// `∂ℓₙ/∂x[n]`: for each example the derivatives of its own loss for its inputs, in rows. Allocates nothing.
    ///
    /// # Panics
    /// If `gradient` has not [`inputs`](InputDerivatives::inputs) elements for each example.
    fn input_gradient_into(
        &self,
        batch: &Self::Batch<'_>,
        gradient: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    );
}

/// `derivatives(inputs)` of a model that predicts: the derivatives of each prediction for the inputs of its example.
pub trait InputJacobian: InputDerivatives {
    /// The elements of one example's prediction.
    fn predictions(&self) -> usize;

    /// `∂p[n, o]/∂x[n, i]`: for each example, and each element of its prediction, a row of the derivatives for its inputs. Allocates nothing.
    ///
    /// # Panics
    /// If `jacobian` has not [`predictions`](InputJacobian::predictions) × [`inputs`](InputDerivatives::inputs) elements for each example.
    fn input_jacobian_into(
        &self,
        batch: &Self::Batch<'_>,
        jacobian: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    );
}
