//! Least squares for the crate `levenberg-marquardt`, MINPACK's algorithm on nalgebra.

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
