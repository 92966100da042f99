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
//! | `sparse_jacobian` | [`SparseJacobian`] | `J` in compressed rows, where an [`Index`](crate::axes::Index) chooses an example's parameters |
//! | `hvp` | [`HessianVectorProduct`] | `∂²L/∂θ²·v` |
//! | `hessian` | [`Hessian`] | `L`, `∂L/∂θ` and `∂²L/∂θ²` |
//! | `inputs` | [`InputDerivatives`], [`InputJacobian`] | the derivatives of each example's loss, and of its prediction, for its inputs |
//!
//! # Examples
//! A formula with its Jacobian, for a solver that wants `r` and `J`, and the curvature of its loss:
//! ```
//! use chainrule::derivatives::MatrixOrder;
//! use chainrule::prelude::*;
//!
//! #[model(loss = squared_error, reduction = sum, scalar = f64, derivatives(jacobian, gauss_newton, hessian))]
//! fn decay(t: Input, a: Param, k: Param) -> Output {
//!     a * exp(-k * t)
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let batch = Decay::batch(&[0.0, 1.0, 2.0], &[2.0, 1.0, 0.5])?;
//! let mut model = Decay::zeros();
//! *model.a_mut() = 2.0;
//! *model.k_mut() = 1.0;
//!
//! let (r, j) = model.residuals_and_jacobian(&batch, MatrixOrder::RowMajor);
//! assert!((r[1] - (2.0 * (-1.0_f64).exp() - 1.0)).abs() < 1e-15);
//! assert_eq!(j[..2], [1.0, 0.0]);                          // ∂r/∂a = exp(−k·t) and ∂r/∂k = −a·t·exp(−k·t) at t = 0
//! assert!((j[3] + 2.0 * (-1.0_f64).exp()).abs() < 1e-15);  // and at t = 1
//!
//! let (loss, gradient, hessian) = model.hessian(&batch);
//! assert!((loss - r.iter().map(|r| r * r).sum::<f64>()).abs() < 1e-15);
//! assert_eq!(hessian.len(), gradient.len() * gradient.len());
//! assert_eq!(hessian[1], hessian[2]);
//! # Ok(())
//! # }
//! ```
//!
//! The residuals of a model are its prediction minus the target, for each example and each element of the prediction; of a model whose loss
//! compares with no target, the prediction itself. The examples are not averaged: `J` has rows for each. Where a prediction draws random
//! numbers, they are their means.

#[cfg(feature = "alloc")]
mod sparse;

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

use crate::error::Error;
#[cfg(feature = "alloc")]
use crate::kernel::real::Real;
use crate::model::Model;

#[cfg(feature = "alloc")]
pub use self::sparse::CompressedRows;

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
    fn residual_width(&self) -> usize;

    /// The residuals of a batch, those of an example side by side. Allocates nothing.
    ///
    /// # Panics
    /// If `residuals` has not [`residual_width`](Residuals::residual_width) elements for each example.
    fn residuals_into(
        &self,
        batch: &Self::Batch<'_>,
        residuals: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    );

    /// The residuals of a batch. Allocates; in a loop, [`residuals_into`](Residuals::residuals_into) reuses its memory.
    #[cfg(feature = "alloc")]
    fn residuals(&self, batch: &Self::Batch<'_>) -> Vec<Self::Scalar> {
        let mut residuals = zeros::<Self>(Self::rows(batch) * self.residual_width());
        self.residuals_into(batch, &mut residuals, &mut self.workspace());
        residuals
    }
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
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no Jacobian",
    note = "ask for it where the model is declared: `#[model(.., derivatives(jacobian))]`"
)]
pub trait Jacobian: Residuals {
    /// The residuals `r` and `J[i, j] = ∂r[i]/∂θ[j]`. Allocates nothing.
    ///
    /// # Panics
    /// If `residuals` has not [`residual_width`](Residuals::residual_width) elements for each example, or `jacobian` not as many times the length of θ.
    fn residuals_and_jacobian_into(
        &self,
        batch: &Self::Batch<'_>,
        residuals: &mut [Self::Scalar],
        jacobian: &mut [Self::Scalar],
        order: MatrixOrder,
        workspace: &mut Self::Workspace,
    );

    /// The residuals and the Jacobian. Allocates; in a loop, [`residuals_and_jacobian_into`](Jacobian::residuals_and_jacobian_into) reuses
    /// its memory.
    #[cfg(feature = "alloc")]
    fn residuals_and_jacobian(
        &self,
        batch: &Self::Batch<'_>,
        order: MatrixOrder,
    ) -> (Vec<Self::Scalar>, Vec<Self::Scalar>) {
        let mut residuals = zeros::<Self>(Self::rows(batch) * self.residual_width());
        let mut jacobian = zeros::<Self>(residuals.len() * self.parameters().len());
        let workspace = &mut self.workspace();
        self.residuals_and_jacobian_into(batch, &mut residuals, &mut jacobian, order, workspace);
        (residuals, jacobian)
    }
}

/// `derivatives(jvp)`: how the residuals change along a direction in θ.
pub trait JacobianVectorProduct: Residuals {
    /// `J·v` for a direction `v` of the length of θ. Allocates nothing.
    ///
    /// # Panics
    /// If `direction` has not the length of θ, or `product` not [`residual_width`](Residuals::residual_width) elements for each example.
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
    /// If `vector` has not [`residual_width`](Residuals::residual_width) elements for each example, or `product` not the length of θ.
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

/// `derivatives(sparse_jacobian)`: the Jacobian without its zeros.
///
/// A parameter that is only read at places an [`Index`](crate::axes::Index) input chooses, as the cameras and points of a bundle adjustment
/// are, has in each row the columns of the places read there; every other parameter has all its columns in every row.
#[cfg(feature = "alloc")]
pub trait SparseJacobian: Residuals {
    /// The columns of each row for these examples; the values are 0. Computed once, it serves as long as the indices stay.
    ///
    /// # Errors
    /// [`Error::Memory`] if there is too little of it, [`Error::IndexBound`] if the model has more parameters than its scalar type can count.
    fn sparse_jacobian(
        &self,
        batch: &Self::Batch<'_>,
    ) -> Result<CompressedRows<Self::Scalar>, Error>;

    /// The residuals, and the values of `J` in the columns for these examples. Allocates nothing.
    ///
    /// The columns are not looked at: `jacobian` must have been made for a batch with the same indices.
    ///
    /// # Panics
    /// If `residuals` has not [`residual_width`](Residuals::residual_width) elements for each example, or `jacobian` was made for another
    /// number of examples.
    fn residuals_and_sparse_jacobian_into(
        &self,
        batch: &Self::Batch<'_>,
        residuals: &mut [Self::Scalar],
        jacobian: &mut CompressedRows<Self::Scalar>,
        workspace: &mut Self::Workspace,
    );
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

    /// `H·v`. Allocates; in a loop, [`hessian_vector_product_into`](HessianVectorProduct::hessian_vector_product_into) reuses its memory.
    ///
    /// # Panics
    /// If `direction` has not the length of θ.
    #[cfg(feature = "alloc")]
    fn hessian_vector_product(
        &self,
        batch: &Self::Batch<'_>,
        direction: &[Self::Scalar],
    ) -> Vec<Self::Scalar> {
        let mut product = zeros::<Self>(self.parameters().len());
        self.hessian_vector_product_into(batch, direction, &mut product, &mut self.workspace());
        product
    }
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

    /// The loss, `∂L/∂θ` and `∂²L/∂θ²`. Allocates; in a loop, [`hessian_into`](Hessian::hessian_into) reuses its memory.
    #[cfg(feature = "alloc")]
    fn hessian(
        &self,
        batch: &Self::Batch<'_>,
    ) -> (Self::Scalar, Vec<Self::Scalar>, Vec<Self::Scalar>) {
        let count = self.parameters().len();
        let (mut gradient, mut hessian) = (zeros::<Self>(count), zeros::<Self>(count * count));
        let loss = self.hessian_into(batch, &mut gradient, &mut hessian, &mut self.workspace());
        (loss, gradient, hessian)
    }
}

/// `derivatives(inputs)`: sensitivities to what is not trained.
///
/// The inputs of an example are the model's real [`Input`](crate::axes::Input)s in the order of the signature, side by side.
pub trait InputDerivatives: Model {
    /// The numbers of one example's inputs together.
    fn input_width(&self) -> usize;

    /// `∂ℓₙ/∂x[n]`: for each example the derivatives of its own loss for its inputs, in rows. Allocates nothing.
    ///
    /// # Panics
    /// If `gradient` has not [`input_width`](InputDerivatives::input_width) elements for each example.
    fn input_gradient_into(
        &self,
        batch: &Self::Batch<'_>,
        gradient: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    );

    /// The same. Allocates; in a loop, [`input_gradient_into`](InputDerivatives::input_gradient_into) reuses its memory.
    #[cfg(feature = "alloc")]
    fn input_gradient(&self, batch: &Self::Batch<'_>) -> Vec<Self::Scalar> {
        let mut gradient = zeros::<Self>(Self::rows(batch) * self.input_width());
        self.input_gradient_into(batch, &mut gradient, &mut self.workspace());
        gradient
    }
}

/// `derivatives(inputs)` of a model that predicts: the derivatives of each prediction for the inputs of its example.
pub trait InputJacobian: InputDerivatives {
    /// The elements of one example's prediction.
    fn prediction_width(&self) -> usize;

    /// `∂p[n, o]/∂x[n, i]`: for each example, and each element of its prediction, a row of the derivatives for its inputs. Allocates nothing.
    ///
    /// # Panics
    /// If `jacobian` has not [`prediction_width`](InputJacobian::prediction_width) × [`input_width`](InputDerivatives::input_width) elements for each example.
    fn input_jacobian_into(
        &self,
        batch: &Self::Batch<'_>,
        jacobian: &mut [Self::Scalar],
        workspace: &mut Self::Workspace,
    );

    /// The same. Allocates; in a loop, [`input_jacobian_into`](InputJacobian::input_jacobian_into) reuses its memory.
    #[cfg(feature = "alloc")]
    fn input_jacobian(&self, batch: &Self::Batch<'_>) -> Vec<Self::Scalar> {
        let mut jacobian =
            zeros::<Self>(Self::rows(batch) * self.prediction_width() * self.input_width());
        self.input_jacobian_into(batch, &mut jacobian, &mut self.workspace());
        jacobian
    }
}

#[cfg(feature = "alloc")]
fn zeros<M: Model>(count: usize) -> Vec<M::Scalar> {
    vec![M::Scalar::ZERO; count]
}
