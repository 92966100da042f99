//! Matrices of `nalgebra` 0.35, in and out, without a copy.
//!
//! nalgebra's matrices are column-major, this crate's parameters and inputs row-major. A parameter of shape `[D, H]` is a view of D rows and H
//! columns all the same, by its strides. Examples, which are rows here, are the columns of a matrix there.
//!
//! ```
//! use chainrule::interop::LeastSquares;
//! use chainrule::interop::nalgebra_0_35::{columns, parameter, residuals_and_jacobian_into};
//! use chainrule::prelude::*;
//! # use nalgebra_0_35 as nalgebra;
//! use nalgebra::{DMatrix, DVector};
//!
//! #[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
//! fn plane(x: Input<2>, w: Param<2>, b: Param) -> Output {
//!     x.dot(w) + b
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let x = DMatrix::from_column_slice(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 7.0]);
//! let y = DVector::from_vec(vec![1.0, 2.0, 3.0]);
//! let batch = Plane::batch(columns("x", &[2], &x)?, y.as_slice())?;
//! let (_, gradient) = Plane::zeros().loss_and_gradient(&batch);
//! println!("{}", parameter(&gradient, "w")?);
//!
//! let problem = LeastSquares::new(Plane::zeros(), &batch)?;
//! let theta = DVector::from_vec(problem.theta());
//! let (mut r, mut j) = (DVector::zeros(3), DMatrix::zeros(3, 3));
//! residuals_and_jacobian_into(&problem, &theta, &mut r, &mut j)?;
//! assert_eq!(j.column(1).as_slice(), [2.0, 4.0, 7.0]);
//! # Ok(())
//! # }
//! ```

use nalgebra_0_35::{
    DMatrix, DMatrixView, DMatrixViewMut, DVector, Dim, Dyn, IsContiguous, Matrix, RawStorage,
};

use crate::derivatives::{Hessian, Jacobian, MatrixOrder};
use crate::error::Error;
use crate::model::Model;

use super::array::{find, matrix_shape, part, require_shape};
use super::{LeastSquares, Objective};

/// The values of an input, an example a column: what the model's `batch` takes.
///
/// `extents` are those of one example, as in the signature: `&[4]` of an `Input<4>`; a column has their product of elements, in row-major
/// order. Vectors that hold one number of each example need no adapter: they are slices, `y.as_slice()`.
///
/// # Errors
/// [`Error::Shape`] if the columns have another length. A matrix with gaps does not compile: nothing is copied.
pub fn columns<'a, T, R: Dim, C: Dim, S>(
    name: &'static str,
    extents: &[usize],
    matrix: &'a Matrix<T, R, C, S>,
) -> Result<&'a [T], Error>
where
    S: RawStorage<T, R, C> + IsContiguous,
{
    let width = extents.iter().product();
    require_shape(name, &[width, matrix.ncols()], &[matrix.nrows(), matrix.ncols()])?;
    Ok(matrix.as_slice())
}

/// A parameter by its name: of a model, or of its gradient, which is another model. A vector is one column, a scalar one element.
///
/// # Errors
/// [`Error::UnknownParameter`]; [`Error::Shape`] if the parameter has more than two axes.
pub fn parameter<'a, M: Model>(
    model: &'a M,
    name: &str,
) -> Result<DMatrixView<'a, M::Scalar, Dyn, Dyn>, Error> {
    parameter_of(model, name, model.parameters())
}

/// A parameter by its name, to be changed.
///
/// # Errors
/// Those of [`parameter`].
pub fn parameter_mut<'a, M: Model>(
    model: &'a mut M,
    name: &str,
) -> Result<DMatrixViewMut<'a, M::Scalar, Dyn, Dyn>, Error> {
    let parameter = find(model, name)?;
    let [rows, columns] = matrix_shape(&parameter)?;
    let values = &mut model.parameters_mut()[parameter.range()];
    Ok(DMatrixViewMut::from_slice_with_strides_mut(values, rows, columns, columns, 1))
}

/// A parameter by its name in a vector of the length of θ, as solvers have it: θ itself, a gradient, a direction.
///
/// # Errors
/// Those of [`parameter`], and [`Error::Length`] if the vector is not as long as θ.
pub fn parameter_of<'a, M: Model>(
    model: &M,
    name: &str,
    vector: &'a [M::Scalar],
) -> Result<DMatrixView<'a, M::Scalar, Dyn, Dyn>, Error> {
    let (parameter, values) = part(model, name, vector)?;
    let [rows, columns] = matrix_shape(&parameter)?;
    Ok(DMatrixView::from_slice_with_strides(values, rows, columns, columns, 1))
}

/// The loss at `theta`; `gradient` is overwritten. Allocates nothing.
///
/// # Errors
/// [`Error::Length`].
pub fn loss_and_gradient_into<M: Model>(
    problem: &Objective<'_, M>,
    theta: &DVector<M::Scalar>,
    gradient: &mut DVector<M::Scalar>,
) -> Result<M::Scalar, Error> {
    problem.loss_and_gradient_into(theta.as_slice(), gradient.as_mut_slice())
}

/// The loss at `theta`, its gradient, and the Hessian. Allocates nothing.
///
/// # Errors
/// [`Error::Length`] and [`Error::Shape`].
pub fn hessian_into<M: Hessian>(
    problem: &Objective<'_, M>,
    theta: &DVector<M::Scalar>,
    gradient: &mut DVector<M::Scalar>,
    hessian: &mut DMatrix<M::Scalar>,
) -> Result<M::Scalar, Error> {
    require_shape("hessian", &[problem.parameter_count(); 2], &shape_of(hessian))?;
    problem.hessian_into(theta.as_slice(), gradient.as_mut_slice(), hessian.as_mut_slice())
}

/// The residuals at `theta` and their Jacobian, written column by column. Allocates nothing.
///
/// # Errors
/// [`Error::Length`] and [`Error::Shape`].
pub fn residuals_and_jacobian_into<M: Jacobian>(
    problem: &LeastSquares<'_, M>,
    theta: &DVector<M::Scalar>,
    residuals: &mut DVector<M::Scalar>,
    jacobian: &mut DMatrix<M::Scalar>,
) -> Result<(), Error> {
    let expected = [problem.residual_count(), problem.parameter_count()];
    require_shape("jacobian", &expected, &shape_of(jacobian))?;
    problem.residuals_and_jacobian_into(
        theta.as_slice(),
        residuals.as_mut_slice(),
        jacobian.as_mut_slice(),
        MatrixOrder::ColumnMajor,
    )
}

fn shape_of<T>(matrix: &DMatrix<T>) -> [usize; 2] {
    [matrix.nrows(), matrix.ncols()]
}

#[cfg(test)]
mod tests;
