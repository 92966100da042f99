//! Matrices of `faer` 0.24, in and out, without a copy.
//!
//! faer's own matrices are column-major, with gaps between the columns where a column does not fill whole lines of 64 bytes. What this crate
//! writes, it writes to memory of the caller's, of which faer gets a view.
//!
//! ```
//! use chainrule::interop::LeastSquares;
//! use chainrule::interop::faer_0_24::{parameter, residuals_and_jacobian_in, rows, values};
//! use chainrule::prelude::*;
//! # use faer_0_24 as faer;
//! use faer::{Col, MatRef};
//!
//! #[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
//! fn plane(x: Input<2>, w: Param<2>, b: Param) -> Output {
//!     x.dot(w) + b
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let numbers = [1.0, 2.0, 3.0, 4.0, 5.0, 7.0];
//! let (x, y) = (MatRef::from_row_major_slice(&numbers, 3, 2), Col::from_fn(3, |i| i as f64));
//! let batch = Plane::batch(rows("x", &[2], x)?, values("y", y.as_ref())?)?;
//! let (_, gradient) = Plane::zeros().loss_and_gradient(&batch);
//! println!("{:?}", parameter(&gradient, "w")?);
//!
//! let problem = LeastSquares::new(Plane::zeros(), &batch)?;
//! let (theta, mut r, mut memory) = (Col::zeros(3), Col::zeros(3), [0.0; 9]);
//! let j = residuals_and_jacobian_in(&problem, theta.as_ref(), r.as_mut(), &mut memory)?;
//! assert_eq!((j[(0, 1)], j[(2, 1)]), (2.0, 7.0));
//! # Ok(())
//! # }
//! ```

use faer_0_24::sparse::{SparseRowMatRef, SymbolicSparseRowMatRef};
use faer_0_24::{ColMut, ColRef, MatMut, MatRef};

use crate::derivatives::{CompressedRows, Hessian, Jacobian, MatrixOrder};
use crate::error::Error;
use crate::kernel::packed;
use crate::kernel::real::Real;
use crate::model::Model;

use super::array::{find, matrix_shape, part, require_shape};
use super::{LeastSquares, Objective};

/// The values of an input, an example a row: what the model's `batch` takes.
///
/// `extents` are those of one example, as in the signature: `&[4]` of an `Input<4>`; a row has their product of elements.
///
/// # Errors
/// [`Error::Shape`]; [`Error::Strides`] if the matrix is not row-major without gaps: nothing is copied.
pub fn rows<'a, T>(
    name: &'static str,
    extents: &[usize],
    matrix: MatRef<'a, T>,
) -> Result<&'a [T], Error> {
    let width: usize = extents.iter().product();
    require_shape(name, &[matrix.nrows(), width], &[matrix.nrows(), matrix.ncols()])?;
    packed::row_major(matrix).ok_or_else(|| Error::Strides {
        name,
        expected: vec![width as isize, 1],
        found: vec![matrix.row_stride(), matrix.col_stride()],
    })
}

/// The values of an input, an example a column: what the model's `batch` takes.
///
/// # Errors
/// [`Error::Shape`]; [`Error::Strides`] if the matrix is not column-major without gaps: nothing is copied.
pub fn columns<'a, T>(
    name: &'static str,
    extents: &[usize],
    matrix: MatRef<'a, T>,
) -> Result<&'a [T], Error> {
    let width: usize = extents.iter().product();
    require_shape(name, &[width, matrix.ncols()], &[matrix.nrows(), matrix.ncols()])?;
    packed::row_major(matrix.transpose()).ok_or_else(|| Error::Strides {
        name,
        expected: vec![1, width as isize],
        found: vec![matrix.row_stride(), matrix.col_stride()],
    })
}

/// The values of an input or target with one number an example.
///
/// # Errors
/// [`Error::Strides`] if the column has gaps: nothing is copied.
pub fn values<'a, T>(name: &'static str, column: ColRef<'a, T>) -> Result<&'a [T], Error> {
    let found = vec![column.row_stride()];
    let column = column.try_as_col_major();
    let column = column.ok_or(Error::Strides { name, expected: vec![1], found })?;
    Ok(column.as_slice())
}

/// A parameter by its name: of a model, or of its gradient, which is another model. A vector is one column, a scalar one element.
///
/// # Errors
/// [`Error::UnknownParameter`]; [`Error::Shape`] if the parameter has more than two axes.
pub fn parameter<'a, M: Model>(model: &'a M, name: &str) -> Result<MatRef<'a, M::Scalar>, Error> {
    parameter_of(model, name, model.parameters())
}

/// A parameter by its name, to be changed.
///
/// # Errors
/// Those of [`parameter`].
pub fn parameter_mut<'a, M: Model>(
    model: &'a mut M,
    name: &str,
) -> Result<MatMut<'a, M::Scalar>, Error> {
    let parameter = find(model, name)?;
    let [rows, columns] = matrix_shape(&parameter)?;
    let values = &mut model.parameters_mut()[parameter.range()];
    Ok(MatMut::from_row_major_slice_mut(values, rows, columns))
}

/// A parameter by its name in a vector of the length of θ, as solvers have it: θ itself, a gradient, a direction.
///
/// # Errors
/// Those of [`parameter`], and [`Error::Length`] if the vector is not as long as θ.
pub fn parameter_of<'a, M: Model>(
    model: &M,
    name: &str,
    vector: &'a [M::Scalar],
) -> Result<MatRef<'a, M::Scalar>, Error> {
    let (parameter, values) = part(model, name, vector)?;
    let [rows, columns] = matrix_shape(&parameter)?;
    Ok(MatRef::from_row_major_slice(values, rows, columns))
}

/// The loss at `theta`; `gradient` is overwritten. Allocates nothing.
///
/// # Errors
/// [`Error::Length`]; [`Error::Strides`] if a column has gaps.
pub fn loss_and_gradient_into<M: Model>(
    problem: &Objective<'_, M>,
    theta: ColRef<'_, M::Scalar>,
    gradient: ColMut<'_, M::Scalar>,
) -> Result<M::Scalar, Error> {
    problem.loss_and_gradient_into(values("parameters", theta)?, values_mut("gradient", gradient)?)
}

/// The loss at `theta`, its gradient, and the Hessian in `memory`. Allocates nothing.
///
/// # Errors
/// [`Error::Length`] if `memory` has not the square of the number of parameters; [`Error::Strides`] if a column has gaps.
pub fn hessian_in<'m, M: Hessian>(
    problem: &Objective<'_, M>,
    theta: ColRef<'_, M::Scalar>,
    gradient: ColMut<'_, M::Scalar>,
    memory: &'m mut [M::Scalar],
) -> Result<(M::Scalar, MatRef<'m, M::Scalar>), Error> {
    let (theta, gradient) = (values("parameters", theta)?, values_mut("gradient", gradient)?);
    let loss = problem.hessian_into(theta, gradient, memory)?;
    let count = problem.parameter_count();
    Ok((loss, MatRef::from_column_major_slice(memory, count, count)))
}

/// The residuals at `theta`, and their Jacobian in `memory`, column by column. Allocates nothing.
///
/// # Errors
/// [`Error::Length`] if `memory` has not residuals times parameters; [`Error::Strides`] if a column has gaps.
pub fn residuals_and_jacobian_in<'m, M: Jacobian>(
    problem: &LeastSquares<'_, M>,
    theta: ColRef<'_, M::Scalar>,
    residuals: ColMut<'_, M::Scalar>,
    memory: &'m mut [M::Scalar],
) -> Result<MatRef<'m, M::Scalar>, Error> {
    let (theta, residuals) = (values("parameters", theta)?, values_mut("residuals", residuals)?);
    problem.residuals_and_jacobian_into(theta, residuals, memory, MatrixOrder::ColumnMajor)?;
    let (rows, columns) = (problem.residual_count(), problem.parameter_count());
    Ok(MatRef::from_column_major_slice(memory, rows, columns))
}

/// A sparse Jacobian, where it is.
pub fn sparse<T: Real>(matrix: &CompressedRows<T>) -> SparseRowMatRef<'_, usize, T> {
    let (starts, indices) = (matrix.row_starts(), matrix.column_indices());
    let (rows, columns) = (matrix.rows(), matrix.columns());
    let pattern = SymbolicSparseRowMatRef::new_checked(rows, columns, starts, None, indices);
    SparseRowMatRef::new(pattern, matrix.values())
}

fn values_mut<'a, T>(name: &'static str, column: ColMut<'a, T>) -> Result<&'a mut [T], Error> {
    let found = vec![column.row_stride()];
    let column = column.try_as_col_major_mut();
    let column = column.ok_or(Error::Strides { name, expected: vec![1], found })?;
    Ok(column.as_slice_mut())
}

#[cfg(test)]
mod tests;
