//! What the adapters of all array libraries have in common: names, shapes, strides.

use crate::error::Error;
use crate::model::Model;
use crate::parameters::ParameterLayout;

use super::point::require_length;

/// Where the parameter of this name lies in θ.
///
/// # Errors
/// [`Error::UnknownParameter`] with the names there are.
pub(super) fn find<M: Model>(model: &M, name: &str) -> Result<ParameterLayout, Error> {
    let mut layout = model.layout();
    match layout.iter().position(|parameter| parameter.name == name) {
        Some(position) => Ok(layout.swap_remove(position)),
        None => {
            let known = layout.iter().map(|parameter| parameter.name).collect();
            Err(Error::UnknownParameter { name: name.to_owned(), known })
        }
    }
}

/// Refuses an array of another shape than it must have.
pub(super) fn require_shape(
    name: &'static str,
    expected: &[usize],
    found: &[usize],
) -> Result<(), Error> {
    if expected == found {
        return Ok(());
    }
    Err(Error::Shape { name, expected: expected.to_vec(), found: found.to_vec() })
}

/// A parameter of this name, and its elements in a vector of the length of θ.
///
/// # Errors
/// [`Error::UnknownParameter`] and [`Error::Length`].
pub(super) fn part<'a, M: Model>(
    model: &M,
    name: &str,
    vector: &'a [M::Scalar],
) -> Result<(ParameterLayout, &'a [M::Scalar]), Error> {
    let parameter = find(model, name)?;
    require_length("vector", model.parameters().len(), vector.len())?;
    let values = &vector[parameter.range()];
    Ok((parameter, values))
}

/// Rows and columns of a parameter as a matrix: a vector is one column, a scalar one element.
///
/// # Errors
/// [`Error::Shape`] if the parameter has more than two axes.
#[cfg(any(feature = "faer_0_24", feature = "nalgebra_0_35"))]
pub(super) fn matrix_shape(parameter: &ParameterLayout) -> Result<[usize; 2], Error> {
    match parameter.shape.as_slice() {
        [] => Ok([1, 1]),
        &[rows] => Ok([rows, 1]),
        &[rows, columns] => Ok([rows, columns]),
        shape => Err(Error::Shape {
            name: parameter.name,
            expected: vec![shape[0], shape[1..].iter().product()],
            found: shape.to_vec(),
        }),
    }
}
