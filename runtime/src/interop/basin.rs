//! Problems for the crate `basin`: L-BFGS, L-BFGS-B, trust regions, Levenberg–Marquardt and many more, over `Vec`.
//!
//! Its executor keeps the problem it is given, so give it a reference: `&Objective` has a cost and a gradient, with `derivatives(hessian)` a
//! Hessian, with `derivatives(hvp)` its products; `&LeastSquares` has residuals, and a Jacobian with `derivatives(jacobian)`. Bounds are
//! basin's own, `Constrained::new(&problem, ..)`. What basin asks again and again is written where it was before; nothing is allocated.
//!
//! Three things to know of basin 3.2: unbounded L-BFGS is `Lbfgs::default()`, and has no tolerance of its own, so set one that suits the
//! scalar; the first step of L-BFGS is the whole gradient, and where the loss is not finite there the run has failed, so scale the parameters, or
//! bound them; the Levenberg–Marquardt that needs no library of matrices is `LevenbergMarquardtQr`.
//!
//! ```
//! use basin::{DenseMatrix, Executor, FirstOrderState, Lbfgs, LevenbergMarquardtQr, PointState};
//! use chainrule::interop::{LeastSquares, Objective};
//! use chainrule::prelude::*;
//!
//! #[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
//! fn decay(t: Input, #[init(ones)] a: Param, #[init(ones)] k: Param) -> Output {
//!     a * exp(-k * t)
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let t = [0.0, 1.0, 2.0, 4.0];
//! let y = t.map(|t: f64| 3.0 * (-0.5 * t).exp());
//! let batch = Decay::batch(&t, &y)?;
//!
//! let problem = Objective::new(Decay::seeded(0), &batch)?;
//! let solver = Lbfgs::default().with_absolute_gradient_tolerance(1e-9);
//! let start = FirstOrderState::new(problem.theta());
//! let result = Executor::new(&problem, solver, start).max_iter(200).run()?;
//! let model = problem.into_model_at(result.param())?;
//! assert!((model.a() - 3.0).abs() < 1e-6 && (model.k() - 0.5).abs() < 1e-6);
//!
//! let problem = LeastSquares::new(Decay::seeded(0), &batch)?;
//! let solver = LevenbergMarquardtQr::<Vec<f64>, DenseMatrix>::new();
//! let result = Executor::new(&problem, solver, PointState::new(problem.theta())).max_iter(200).run()?;
//! assert!((result.param()[1] - 0.5).abs() < 1e-6);
//! # Ok(())
//! # }
//! ```

use ::basin::{DenseMatrix, DenseMatrixFromFn, Scalar};

use crate::derivatives::{Hessian, HessianVectorProduct, Jacobian, MatrixOrder, Residuals};
use crate::error::Error;
use crate::model::Model;

use super::point::{Point, make_room};
use super::{LeastSquares, Objective};

/// Memory for what basin did not ask for, and for a matrix on its way to basin's own.
#[derive(Default)]
pub(super) struct Scratch<T> {
    vector: Vec<T>,
    matrix: Vec<T>,
}

impl<M: Model> ::basin::CostFunction for &Objective<'_, M> {
    type Param = Vec<M::Scalar>;
    type Output = M::Scalar;
    type Error = Error;

    fn cost(&self, theta: &Self::Param) -> Result<M::Scalar, Error> {
        self.loss(theta)
    }
}

impl<M: Model> ::basin::Gradient for &Objective<'_, M> {
    type Gradient = Vec<M::Scalar>;

    fn gradient(&self, theta: &Self::Param) -> Result<Self::Gradient, Error> {
        Ok(self.cost_and_gradient(theta)?.1)
    }

    fn gradient_into(&self, theta: &Self::Param, out: &mut Self::Gradient) -> Result<(), Error> {
        self.cost_and_gradient_into(theta, out).map(drop)
    }

    fn cost_and_gradient(&self, theta: &Self::Param) -> Result<(M::Scalar, Self::Gradient), Error> {
        let mut gradient = Vec::new();
        let loss = self.cost_and_gradient_into(theta, &mut gradient)?;
        Ok((loss, gradient))
    }

    fn cost_and_gradient_into(
        &self,
        theta: &Self::Param,
        gradient: &mut Self::Gradient,
    ) -> Result<M::Scalar, Error> {
        make_room("gradient", self.parameter_count(), gradient)?;
        self.loss_and_gradient_into(theta, gradient)
    }
}

impl<M> ::basin::Hessian for &Objective<'_, M>
where
    M: Hessian,
    M::Scalar: Scalar,
{
    type Hessian = DenseMatrix<M::Scalar>;

    fn hessian(&self, theta: &Self::Param) -> Result<Self::Hessian, Error> {
        let mut hessian = empty();
        ::basin::Hessian::hessian_into(self, theta, &mut hessian)?;
        Ok(hessian)
    }

    fn hessian_into(&self, theta: &Self::Param, out: &mut Self::Hessian) -> Result<(), Error> {
        let mut gradient = std::mem::take(&mut self.point().scratch.vector);
        let loss = self.cost_and_gradient_and_hessian_into(theta, &mut gradient, out);
        self.point().scratch.vector = gradient;
        loss.map(drop)
    }

    fn cost_and_gradient_and_hessian(
        &self,
        theta: &Self::Param,
    ) -> Result<(M::Scalar, Self::Gradient, Self::Hessian), Error> {
        let (mut gradient, mut hessian) = (Vec::new(), empty());
        let loss = self.cost_and_gradient_and_hessian_into(theta, &mut gradient, &mut hessian)?;
        Ok((loss, gradient, hessian))
    }

    fn cost_and_gradient_and_hessian_into(
        &self,
        theta: &Self::Param,
        gradient: &mut Self::Gradient,
        hessian: &mut Self::Hessian,
    ) -> Result<M::Scalar, Error> {
        let count = self.parameter_count();
        let mut point = self.point();
        point.move_to(theta)?;
        make_room("gradient", count, gradient)?;
        make_room("hessian", count.saturating_mul(count), &mut point.scratch.matrix)?;
        let Point { model, batch, workspace, scratch: Scratch { matrix, .. } } = &mut *point;
        let loss = model.hessian_into(batch, gradient, matrix, workspace);
        fill([count, count], matrix, hessian);
        Ok(loss)
    }
}

impl<M: HessianVectorProduct> ::basin::HessianProduct for &Objective<'_, M> {
    fn hessian_product(
        &self,
        theta: &Self::Param,
        direction: &Self::Param,
    ) -> Result<Self::Gradient, Error> {
        let mut product = Vec::new();
        self.hessian_product_into(theta, direction, &mut product)?;
        Ok(product)
    }

    fn hessian_product_into(
        &self,
        theta: &Self::Param,
        direction: &Self::Param,
        out: &mut Self::Gradient,
    ) -> Result<(), Error> {
        make_room("product", self.parameter_count(), out)?;
        self.hessian_vector_product_into(theta, direction, out)
    }
}

impl<M: Residuals> ::basin::Residual for &LeastSquares<'_, M> {
    type Param = Vec<M::Scalar>;
    type Output = Vec<M::Scalar>;
    type Error = Error;

    fn residual(&self, theta: &Self::Param) -> Result<Self::Output, Error> {
        let mut residuals = Vec::new();
        self.residual_into(theta, &mut residuals)?;
        Ok(residuals)
    }

    fn residual_into(&self, theta: &Self::Param, out: &mut Self::Output) -> Result<(), Error> {
        make_room("residuals", self.residual_count(), out)?;
        self.residuals_into(theta, out)
    }
}

impl<M> ::basin::Jacobian for &LeastSquares<'_, M>
where
    M: Jacobian,
    M::Scalar: Scalar,
{
    type Jacobian = DenseMatrix<M::Scalar>;

    fn jacobian(&self, theta: &Self::Param) -> Result<Self::Jacobian, Error> {
        let mut jacobian = empty();
        self.jacobian_into(theta, &mut jacobian)?;
        Ok(jacobian)
    }

    fn jacobian_into(&self, theta: &Self::Param, out: &mut Self::Jacobian) -> Result<(), Error> {
        let mut residuals = std::mem::take(&mut self.point().scratch.vector);
        let result = self.residual_and_jacobian_into(theta, &mut residuals, out);
        self.point().scratch.vector = residuals;
        result
    }

    fn residual_and_jacobian(
        &self,
        theta: &Self::Param,
    ) -> Result<(Self::Output, Self::Jacobian), Error> {
        let (mut residuals, mut jacobian) = (Vec::new(), empty());
        self.residual_and_jacobian_into(theta, &mut residuals, &mut jacobian)?;
        Ok((residuals, jacobian))
    }

    fn residual_and_jacobian_into(
        &self,
        theta: &Self::Param,
        residuals: &mut Self::Output,
        jacobian: &mut Self::Jacobian,
    ) -> Result<(), Error> {
        let shape @ [rows, columns] = [self.residual_count(), self.parameter_count()];
        let mut point = self.point();
        point.move_to(theta)?;
        make_room("residuals", rows, residuals)?;
        make_room("jacobian", rows * columns, &mut point.scratch.matrix)?;
        let Point { model, batch, workspace, scratch: Scratch { matrix, .. } } = &mut *point;
        let order = MatrixOrder::RowMajor;
        model.residuals_and_jacobian_into(batch, residuals, matrix, order, workspace);
        fill(shape, matrix, jacobian);
        Ok(())
    }
}

fn empty<T: Scalar>() -> DenseMatrix<T> {
    DenseMatrix::from_row_slice(0, 0, &[])
}

/// Copies a row-major matrix to one of basin's, which shows nobody its elements. Allocates nothing where the shape is already right.
fn fill<T: Scalar>([rows, columns]: [usize; 2], values: &[T], matrix: &mut DenseMatrix<T>) {
    Vec::dense_from_fn_into(rows, columns, |i, j| values[i * columns + j], matrix);
}

#[cfg(test)]
mod tests;
