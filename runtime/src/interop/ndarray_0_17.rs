//! Arrays of `ndarray` 0.17, in and out, without a copy.
//!
//! ```
//! use chainrule::interop::LeastSquares;
//! use chainrule::interop::ndarray_0_17::{parameter, residuals_and_jacobian_into, rows};
//! use chainrule::prelude::*;
//! # use ndarray_0_17 as ndarray;
//! use ndarray::{Array1, Array2, array};
//!
//! #[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
//! fn plane(x: Input<2>, w: Param<2>, b: Param) -> Output {
//!     x.dot(w) + b
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let (x, y) = (array![[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]], array![1.0, 2.0, 3.0]);
//! let batch = Plane::batch(rows("x", &[2], &x)?, rows("y", &[], &y)?)?;
//! let (_, gradient) = Plane::zeros().loss_and_gradient(&batch);
//! println!("{}", parameter(&gradient, "w")?);
//!
//! let problem = LeastSquares::new(Plane::zeros(), &batch)?;
//! let theta = Array1::from_vec(problem.theta());
//! let (mut r, mut j) = (Array1::zeros(3), Array2::zeros((3, 3)));
//! residuals_and_jacobian_into(&problem, &theta, &mut r, &mut j)?;
//! assert_eq!(j, array![[1.0, 2.0, 1.0], [3.0, 4.0, 1.0], [5.0, 7.0, 1.0]]);
//! # Ok(())
//! # }
//! ```

use ndarray_0_17::{ArrayRef, ArrayRef1, ArrayRef2, ArrayViewD, ArrayViewMutD, Dimension};

use crate::derivatives::{Hessian, Jacobian, MatrixOrder};
use crate::error::Error;
use crate::model::Model;

use super::array::{find, part, require_shape};
use super::{LeastSquares, Objective};

/// The values of an input, an example a row: what the model's `batch` takes.
///
/// `extents` are those of one example, as in the signature: `&[4]` of an `Input<4>`, `&[]` of a scalar. The array has one more axis, the
/// first, over the examples.
///
/// # Errors
/// [`Error::Shape`]; [`Error::Strides`] if the array is not row-major without gaps: nothing is copied.
pub fn rows<'a, T, D: Dimension>(
    name: &'static str,
    extents: &[usize],
    array: &'a ArrayRef<T, D>,
) -> Result<&'a [T], Error> {
    let shape = with_examples(extents, array.shape());
    values(name, &shape, array)
}

/// The values of data shared by all examples: `extents` are those of the whole, as in the signature.
///
/// # Errors
/// [`Error::Shape`]; [`Error::Strides`] if the array is not row-major without gaps: nothing is copied.
pub fn values<'a, T, D: Dimension>(
    name: &'static str,
    extents: &[usize],
    array: &'a ArrayRef<T, D>,
) -> Result<&'a [T], Error> {
    require_shape(name, extents, array.shape())?;
    array.as_slice().ok_or_else(|| Error::Strides {
        name,
        expected: row_major(extents),
        found: array.strides().to_vec(),
    })
}

/// A parameter by its name: of a model, or of its gradient, which is another model.
///
/// # Errors
/// [`Error::UnknownParameter`].
pub fn parameter<'a, M: Model>(
    model: &'a M,
    name: &str,
) -> Result<ArrayViewD<'a, M::Scalar>, Error> {
    parameter_of(model, name, model.parameters())
}

/// A parameter by its name, to be changed.
///
/// # Errors
/// [`Error::UnknownParameter`].
pub fn parameter_mut<'a, M: Model>(
    model: &'a mut M,
    name: &str,
) -> Result<ArrayViewMutD<'a, M::Scalar>, Error> {
    let parameter = find(model, name)?;
    let values = &mut model.parameters_mut()[parameter.range()];
    let (name, extents) = (parameter.name, parameter.shape);
    ArrayViewMutD::from_shape(extents.clone(), values)
        .map_err(|_| Error::ExtentOverflow { name, extents })
}

/// A parameter by its name in a vector of the length of θ, as solvers have it: θ itself, a gradient, a direction.
///
/// # Errors
/// [`Error::UnknownParameter`], and [`Error::Length`] if the vector is not as long as θ.
pub fn parameter_of<'a, M: Model>(
    model: &M,
    name: &str,
    vector: &'a [M::Scalar],
) -> Result<ArrayViewD<'a, M::Scalar>, Error> {
    let (parameter, values) = part(model, name, vector)?;
    let (name, extents) = (parameter.name, parameter.shape);
    ArrayViewD::from_shape(extents.clone(), values)
        .map_err(|_| Error::ExtentOverflow { name, extents })
}

/// The loss at `theta`; `gradient` is overwritten. Allocates nothing.
///
/// # Errors
/// [`Error::Length`]; [`Error::Strides`] if a vector has gaps.
pub fn loss_and_gradient_into<M: Model>(
    problem: &Objective<'_, M>,
    theta: &ArrayRef1<M::Scalar>,
    gradient: &mut ArrayRef1<M::Scalar>,
) -> Result<M::Scalar, Error> {
    problem.loss_and_gradient_into(slice("parameters", theta)?, slice_mut("gradient", gradient)?)
}

/// The loss at `theta`, its gradient, and the Hessian. Allocates nothing.
///
/// # Errors
/// [`Error::Length`], [`Error::Shape`]; [`Error::Strides`] if a vector or matrix has gaps.
pub fn hessian_into<M: Hessian>(
    problem: &Objective<'_, M>,
    theta: &ArrayRef1<M::Scalar>,
    gradient: &mut ArrayRef1<M::Scalar>,
    hessian: &mut ArrayRef2<M::Scalar>,
) -> Result<M::Scalar, Error> {
    let (theta, gradient) = (slice("parameters", theta)?, slice_mut("gradient", gradient)?);
    let shape = [problem.parameter_count(); 2];
    let (hessian, _) = matrix_mut("hessian", shape, hessian)?;
    problem.hessian_into(theta, gradient, hessian)
}

/// The residuals at `theta` and their Jacobian, which may be row- or column-major. Allocates nothing.
///
/// # Errors
/// [`Error::Length`], [`Error::Shape`]; [`Error::Strides`] if a vector or matrix has gaps.
pub fn residuals_and_jacobian_into<M: Jacobian>(
    problem: &LeastSquares<'_, M>,
    theta: &ArrayRef1<M::Scalar>,
    residuals: &mut ArrayRef1<M::Scalar>,
    jacobian: &mut ArrayRef2<M::Scalar>,
) -> Result<(), Error> {
    let (theta, residuals) = (slice("parameters", theta)?, slice_mut("residuals", residuals)?);
    let shape = [problem.residual_count(), problem.parameter_count()];
    let (jacobian, order) = matrix_mut("jacobian", shape, jacobian)?;
    problem.residuals_and_jacobian_into(theta, residuals, jacobian, order)
}

fn slice<'a, T>(name: &'static str, vector: &'a ArrayRef1<T>) -> Result<&'a [T], Error> {
    values(name, &[vector.len()], vector)
}

fn slice_mut<'a, T>(
    name: &'static str,
    vector: &'a mut ArrayRef1<T>,
) -> Result<&'a mut [T], Error> {
    let found = vector.strides().to_vec();
    vector.as_slice_mut().ok_or(Error::Strides { name, expected: vec![1], found })
}

/// The elements of a matrix without gaps, and their order.
fn matrix_mut<'a, T>(
    name: &'static str,
    shape: [usize; 2],
    matrix: &'a mut ArrayRef2<T>,
) -> Result<(&'a mut [T], MatrixOrder), Error> {
    require_shape(name, &shape, matrix.shape())?;
    let found = matrix.strides().to_vec();
    let (elements, order) = if matrix.is_standard_layout() {
        (matrix.as_slice_mut(), MatrixOrder::RowMajor)
    } else {
        (matrix.view_mut().reversed_axes().into_slice(), MatrixOrder::ColumnMajor)
    };
    let elements = elements.ok_or(Error::Strides { name, expected: row_major(&shape), found })?;
    Ok((elements, order))
}

/// The shape of rows of `extents`, as many as an array has that begins with the axis of the examples.
fn with_examples(extents: &[usize], found: &[usize]) -> Vec<usize> {
    let examples = found.first().copied().unwrap_or(1);
    [&[examples], extents].concat()
}

/// The strides of an array whose last axis lies closest in memory.
fn row_major(shape: &[usize]) -> Vec<isize> {
    let mut strides = vec![1; shape.len()];
    for axis in (1..shape.len()).rev() {
        strides[axis - 1] = strides[axis] * shape[axis] as isize;
    }
    strides
}

#[cfg(test)]
mod tests;
