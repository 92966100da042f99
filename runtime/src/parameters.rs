//! Where each parameter lies in the flat buffer θ.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::batch::extent_product;
use crate::error::Error;

/// The name, shape and place of one parameter in θ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterLayout {
    /// The name in the signature of the model.
    pub name: &'static str,
    /// The extents; a scalar has none.
    pub shape: Vec<usize>,
    /// The position of the first element in θ.
    pub offset: usize,
}

impl ParameterLayout {
    /// The number of elements.
    pub fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// The elements of this parameter in θ.
    pub fn range(&self) -> Range<usize> {
        self.offset..self.offset + self.count()
    }

    /// The index of the element at `position` of θ: `[0, 2]` for the third element of the first row.
    ///
    /// # Panics
    /// If `position` is not in [`range`](Self::range).
    pub fn index(&self, position: usize) -> Vec<usize> {
        assert!(self.range().contains(&position), "position {position} is outside `{}`", self.name);
        let mut rest = position - self.offset;
        let mut index = vec![0; self.shape.len()];
        for (axis, extent) in self.shape.iter().enumerate().rev() {
            index[axis] = rest % extent;
            rest /= extent;
        }
        index
    }
}

/// Lays parameters out one after another, row-major, in the order given.
///
/// # Errors
/// [`Error::ZeroExtent`] and [`Error::ExtentOverflow`], of one parameter or of all together.
///
/// # Examples
/// ```
/// use chainrule::parameters::lay_out;
///
/// let layout = lay_out(&[("w", &[4, 3]), ("b", &[3])])?;
/// assert_eq!(layout[1].range(), 12..15);
/// # Ok::<(), chainrule::Error>(())
/// ```
pub fn lay_out(parameters: &[(&'static str, &[usize])]) -> Result<Vec<ParameterLayout>, Error> {
    let mut end = 0_usize;
    let mut layout = Vec::with_capacity(parameters.len());
    for &(name, shape) in parameters {
        let count = extent_product(name, shape)?;
        layout.push(ParameterLayout { name, shape: shape.to_vec(), offset: end });
        end = end
            .checked_add(count)
            .ok_or_else(|| Error::ExtentOverflow { name, extents: shape.to_vec() })?;
    }
    Ok(layout)
}

/// The name of the element at `position` of θ: `w1[0, 2]`, or `km` for a scalar.
pub(crate) fn element_name(layout: &[ParameterLayout], position: usize) -> String {
    let Some(parameter) = layout.iter().find(|parameter| parameter.range().contains(&position))
    else {
        return format!("θ[{position}]");
    };
    match parameter.index(position).as_slice() {
        [] => parameter.name.to_owned(),
        index => format!("{}{index:?}", parameter.name),
    }
}

#[cfg(test)]
mod tests;
