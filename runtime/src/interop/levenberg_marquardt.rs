//! Least squares for the crate `levenberg-marquardt`: MINPACK's algorithm, on nalgebra.
//!
//! [`LeastSquares`] is its `LeastSquaresProblem`, of models that ask for `derivatives(jacobian)`; the solver gives the problem back, at the
//! best parameters it found. A trial step with a NaN among its residuals is a step the solver rejects; a NaN at the start ends it.
//!
//! ```
//! use chainrule::interop::LeastSquares;
//! use chainrule::prelude::*;
//! use levenberg_marquardt::LevenbergMarquardt;
//!
//! #[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
//! fn decay(t: Input, #[init(ones)] a: Param, #[init(ones)] k: Param) -> Output {
//!     a * exp(-k * t)
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let t = [0.0, 1.0, 2.0, 4.0];
//! let y = t.map(|t: f64| 3.0 * (-0.5 * t).exp());
//! let problem = LeastSquares::new(Decay::seeded(0), &Decay::batch(&t, &y)?)?;
//! let (problem, report) = LevenbergMarquardt::new().minimize(problem);
//! assert!(report.termination.was_successful());
//! let model = problem.into_model();
//! assert!((model.a() - 3.0).abs() < 1e-9 && (model.k() - 0.5).abs() < 1e-9);
//! # Ok(())
//! # }
//! ```

use ::levenberg_marquardt::LeastSquaresProblem;
use nalgebra_0_34::{ComplexField, DMatrix, DVector, Dyn, U1, VecStorage};

use crate::derivatives::{Jacobian, MatrixOrder};
use crate::kernel::real::Real;

use super::LeastSquares;
use super::point::Point;

impl<M> LeastSquaresProblem<M::Scalar, Dyn, Dyn> for LeastSquares<'_, M>
where
    M: Jacobian,
    M::Scalar: ComplexField,
{
    type ResidualStorage = VecStorage<M::Scalar, Dyn, U1>;
    type JacobianStorage = VecStorage<M::Scalar, Dyn, Dyn>;
    type ParameterStorage = VecStorage<M::Scalar, Dyn, U1>;

    /// # Panics
    /// If `theta` has not the length of [`params`](LeastSquaresProblem::params).
    fn set_params(&mut self, theta: &DVector<M::Scalar>) {
        self.point().model.parameters_mut().copy_from_slice(theta.as_slice());
    }

    fn params(&self) -> DVector<M::Scalar> {
        DVector::from_column_slice(self.point().model.parameters())
    }

    fn residuals(&self) -> Option<DVector<M::Scalar>> {
        let mut residuals = DVector::repeat(self.residual_count(), M::Scalar::ZERO);
        let Point { model, batch, workspace, .. } = &mut *self.point();
        model.residuals_into(batch, residuals.as_mut_slice(), workspace);
        Some(residuals)
    }

    /// Written column by column where nalgebra keeps it: nothing is transposed.
    fn jacobian(&self) -> Option<DMatrix<M::Scalar>> {
        let (rows, columns) = (self.residual_count(), self.parameter_count());
        let mut residuals = DVector::repeat(rows, M::Scalar::ZERO);
        let mut jacobian = DMatrix::repeat(rows, columns, M::Scalar::ZERO);
        let Point { model, batch, workspace, .. } = &mut *self.point();
        let (r, j) = (residuals.as_mut_slice(), jacobian.as_mut_slice());
        model.residuals_and_jacobian_into(batch, r, j, MatrixOrder::ColumnMajor, workspace);
        Some(jacobian)
    }
}

#[cfg(test)]
mod tests;
