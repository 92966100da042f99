//! Problems for the crate `argmin`, over `Vec`; matrices are `Vec<Vec<_>>`, row by row.
//!
//! `&Objective` has a cost and a gradient, and with `derivatives(hessian)` a Hessian; `&LeastSquares` is the operator `θ ↦ r`, with a Jacobian
//! where the model asks for `derivatives(jacobian)`. argmin asks for cost and gradient one after the other, and allocates for each; basin and
//! `levenberg-marquardt` do neither. Its Gauss–Newton wants the inverse of a matrix, which it has for other types than `Vec`.
//!
//! ```
//! use argmin::core::{Executor, State};
//! use argmin::solver::linesearch::MoreThuenteLineSearch;
//! use argmin::solver::quasinewton::LBFGS;
//! use chainrule::interop::Objective;
//! use chainrule::prelude::*;
//!
//! #[model(loss = squared_error, scalar = f64)]
//! fn decay(t: Input, #[init(ones)] a: Param, #[init(ones)] k: Param) -> Output {
//!     a * exp(-k * t)
//! }
//!
//! # fn main() -> Result<(), argmin::core::Error> {
//! let t = [0.0, 1.0, 2.0, 4.0];
//! let y = t.map(|t: f64| 3.0 * (-0.5 * t).exp());
//! let batch = Decay::batch(&t, &y)?;
//! let problem = Objective::new(Decay::seeded(0), &batch)?;
//! let run = Executor::new(&problem, LBFGS::new(MoreThuenteLineSearch::new(), 7));
//! let result = run.configure(|state| state.param(problem.theta()).max_iters(100)).run()?;
//! let theta = result.state().get_best_param().cloned().unwrap_or_default();
//! let model = problem.into_model_at(&theta)?;
//! assert!((model.a() - 3.0).abs() < 1e-6 && (model.k() - 0.5).abs() < 1e-6);
//! # Ok(())
//! # }
//! ```

use ::argmin::core::Error;

use crate::derivatives::{Hessian, HessianVectorProduct, Jacobian, MatrixOrder, Residuals};
use crate::model::Model;

use super::point::make_room;
use super::{LeastSquares, Objective};

impl<M: Model> ::argmin::core::CostFunction for &Objective<'_, M> {
    type Param = Vec<M::Scalar>;
    type Output = M::Scalar;

    fn cost(&self, theta: &Self::Param) -> Result<M::Scalar, Error> {
        Ok(self.loss(theta)?)
    }
}

impl<M: Model> ::argmin::core::Gradient for &Objective<'_, M> {
    type Param = Vec<M::Scalar>;
    type Gradient = Vec<M::Scalar>;

    fn gradient(&self, theta: &Self::Param) -> Result<Self::Gradient, Error> {
        let mut gradient = Vec::new();
        make_room("gradient", self.parameter_count(), &mut gradient)?;
        self.loss_and_gradient_into(theta, &mut gradient)?;
        Ok(gradient)
    }
}

impl<M: Hessian> ::argmin::core::Hessian for &Objective<'_, M> {
    type Param = Vec<M::Scalar>;
    type Hessian = Vec<Vec<M::Scalar>>;

    fn hessian(&self, theta: &Self::Param) -> Result<Self::Hessian, Error> {
        let count = self.parameter_count();
        let (mut gradient, mut hessian) = (Vec::new(), Vec::new());
        make_room("gradient", count, &mut gradient)?;
        make_room("hessian", count.saturating_mul(count), &mut hessian)?;
        self.hessian_into(theta, &mut gradient, &mut hessian)?;
        Ok(hessian.chunks_exact(count).map(<[_]>::to_vec).collect())
    }
}

/// The Hessian at one θ as an operator `v ↦ ∂²L/∂θ²·v`: what a conjugate gradient needs to solve for a Newton step without the matrix.
pub struct HessianOperator<'p, 'a, M: Model> {
    problem: &'p Objective<'a, M>,
    theta: Vec<M::Scalar>,
}

impl<'p, 'a, M: HessianVectorProduct> HessianOperator<'p, 'a, M> {
    /// The Hessian of `problem` at `theta`.
    pub fn new(problem: &'p Objective<'a, M>, theta: Vec<M::Scalar>) -> Self {
        HessianOperator { problem, theta }
    }
}

impl<M: HessianVectorProduct> ::argmin::core::Operator for HessianOperator<'_, '_, M> {
    type Param = Vec<M::Scalar>;
    type Output = Vec<M::Scalar>;

    fn apply(&self, direction: &Self::Param) -> Result<Self::Output, Error> {
        let mut product = Vec::new();
        make_room("product", self.problem.parameter_count(), &mut product)?;
        self.problem.hessian_vector_product_into(&self.theta, direction, &mut product)?;
        Ok(product)
    }
}

/// `θ ↦ r`.
impl<M: Residuals> ::argmin::core::Operator for &LeastSquares<'_, M> {
    type Param = Vec<M::Scalar>;
    type Output = Vec<M::Scalar>;

    fn apply(&self, theta: &Self::Param) -> Result<Self::Output, Error> {
        let mut residuals = Vec::new();
        make_room("residuals", self.residual_count(), &mut residuals)?;
        self.residuals_into(theta, &mut residuals)?;
        Ok(residuals)
    }
}

impl<M: Jacobian> ::argmin::core::Jacobian for &LeastSquares<'_, M> {
    type Param = Vec<M::Scalar>;
    type Jacobian = Vec<Vec<M::Scalar>>;

    fn jacobian(&self, theta: &Self::Param) -> Result<Self::Jacobian, Error> {
        let [rows, columns] = [self.residual_count(), self.parameter_count()];
        let (mut residuals, mut jacobian) = (Vec::new(), Vec::new());
        make_room("residuals", rows, &mut residuals)?;
        make_room("jacobian", rows * columns, &mut jacobian)?;
        let order = MatrixOrder::RowMajor;
        self.residuals_and_jacobian_into(theta, &mut residuals, &mut jacobian, order)?;
        Ok(jacobian.chunks_exact(columns).map(<[_]>::to_vec).collect())
    }
}

#[cfg(test)]
mod tests;
