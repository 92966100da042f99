//! The checks that make a batch: lengths, extents, numbers and indices.

use crate::error::Error;
use crate::finite::first_non_finite;
use crate::kernel::real::Real;
use crate::text::list;

use super::examples::{Examples, Rows};

/// The values given for one real input or for shared data.
#[derive(Clone, Copy, Debug)]
pub struct Values<'e, 'a, T> {
    /// The name in the signature.
    pub name: &'static str,
    /// The declared extents: of one example, or of the shared data.
    pub extents: &'e [usize],
    /// The values, row-major.
    pub values: &'a [T],
}

/// The indices given for one index input.
#[derive(Clone, Copy, Debug)]
pub struct Indices<'e, 'a> {
    /// The name in the signature.
    pub name: &'static str,
    /// What every index must be below.
    pub bound: usize,
    /// The declared extents of one example; none for one index.
    pub extents: &'e [usize],
    /// The indices, row-major.
    pub values: &'a [u32],
}

impl<'a, T: Real, const R: usize, const I: usize, const S: usize> Examples<'a, T, R, I, S> {
    /// Checks what the caller gave; the arrays are in the order of the signature, targets last.
    ///
    /// A model without inputs, only parameters and shared data, has one example.
    ///
    /// # Errors
    /// - [`Error::ZeroExtent`], [`Error::ExtentOverflow`]: of the declared extents.
    /// - [`Error::EmptyBatch`], [`Error::PartialRow`], [`Error::RowCount`], [`Error::Length`]: of the lengths.
    /// - [`Error::NotFinite`], [`Error::SharedNotFinite`]: NaN or infinity in the values.
    /// - [`Error::IndexOutOfRange`], [`Error::IndexBound`]: of the indices.
    ///
    /// # Examples
    /// ```
    /// use chainrule::batch::{Examples, Values};
    ///
    /// let x = [0.5_f32, 1.0, 1.5];
    /// let given = Values { name: "x", extents: &[2], values: &x };
    /// let error = Examples::check([given], [], []).unwrap_err();
    /// assert_eq!(error.to_string(), "`x` has 3 values, expected a multiple of 2, the length of its rows");
    /// ```
    pub fn check(
        reals: [Values<'_, 'a, T>; R],
        indices: [Indices<'_, 'a>; I],
        shared: [Values<'_, 'a, T>; S],
    ) -> Result<Self, Error> {
        let rows = count_rows(&reals, &indices)?;
        reals.iter().try_for_each(check_reals)?;
        indices.iter().try_for_each(check_indices::<T>)?;
        shared.iter().try_for_each(check_shared)?;
        Ok(Examples {
            rows,
            first: 0,
            randomness: None,
            reals: reals.map(|input| Rows::of(input.values, rows)),
            indices: indices.map(|input| Rows::of(input.values, rows)),
            shared: shared.map(|data| data.values),
        })
    }
}

/// The number of elements of something with these extents.
///
/// # Errors
/// [`Error::ZeroExtent`] and [`Error::ExtentOverflow`].
///
/// # Examples
/// ```
/// use chainrule::batch::extent_product;
///
/// assert_eq!(extent_product("w", &[4, 3])?, 12);
/// assert!(extent_product("w", &[usize::MAX, 2]).is_err());
/// # Ok::<(), chainrule::Error>(())
/// ```
pub fn extent_product(name: &'static str, extents: &[usize]) -> Result<usize, Error> {
    if extents.contains(&0) {
        return Err(Error::ZeroExtent { name, extents: list(extents) });
    }
    extents
        .iter()
        .try_fold(1_usize, |product, &extent| product.checked_mul(extent))
        .ok_or_else(|| Error::ExtentOverflow { name, extents: list(extents) })
}

/// The rows that all inputs agree on.
fn count_rows<T>(reals: &[Values<'_, '_, T>], indices: &[Indices<'_, '_>]) -> Result<usize, Error> {
    let mut first: Option<(&'static str, usize)> = None;
    let mut agree = |input: &'static str, found: usize| {
        if found == 0 {
            return Err(Error::EmptyBatch { input });
        }
        let (other, expected) = *first.get_or_insert((input, found));
        if found == expected {
            return Ok(());
        }
        Err(Error::RowCount { input, found, other, expected })
    };
    let reals = reals.iter().map(|input| (input.name, input.extents, input.values.len()));
    let indices = indices.iter().map(|input| (input.name, input.extents, input.values.len()));
    for (input, extents, found) in reals.chain(indices) {
        let width = extent_product(input, extents)?;
        if !found.is_multiple_of(width) {
            return Err(Error::PartialRow { input, width, found });
        }
        agree(input, found / width)?;
    }
    Ok(first.map_or(1, |(_, rows)| rows))
}

fn check_reals<T: Real>(input: &Values<'_, '_, T>) -> Result<(), Error> {
    let Some(position) = first_non_finite(input.values) else { return Ok(()) };
    let width = extent_product(input.name, input.extents)?;
    let value = input.values[position].to_f64();
    Err(Error::NotFinite {
        input: input.name,
        row: position / width,
        column: position % width,
        value,
    })
}

fn check_shared<T: Real>(data: &Values<'_, '_, T>) -> Result<(), Error> {
    let (name, found) = (data.name, data.values.len());
    let expected = extent_product(name, data.extents)?;
    if found != expected {
        return Err(Error::Length { name, expected, found });
    }
    match first_non_finite(data.values) {
        None => Ok(()),
        Some(position) => Err(Error::SharedNotFinite {
            input: name,
            position,
            value: data.values[position].to_f64(),
        }),
    }
}

/// The scalar type can tell all integers below the bound apart.
pub fn require_countable<T: Real>(input: &'static str, bound: usize) -> Result<(), Error> {
    /// Every integer up to here is an `f32`; the next one is not.
    const LIMIT_OF_F32: usize = 1 << 24;
    let next = (LIMIT_OF_F32 + 1) as f64;
    if bound > LIMIT_OF_F32 && T::from_f64(next).to_f64() != next {
        return Err(Error::IndexBound { input, bound, limit: LIMIT_OF_F32 });
    }
    Ok(())
}

/// Checks every index against the bound, and the bound against the scalar type, which the step holds indices in.
fn check_indices<T: Real>(input: &Indices<'_, '_>) -> Result<(), Error> {
    let Indices { name, bound, extents, values } = *input;
    if bound == 0 {
        return Err(Error::ZeroExtent { name, extents: list(&[0]) });
    }
    require_countable::<T>(name, bound)?;
    let Some(place) = values.iter().position(|&value| value as usize >= bound) else {
        return Ok(());
    };
    let width = extent_product(name, extents)?;
    let column = (!extents.is_empty()).then_some(place % width);
    Err(Error::IndexOutOfRange {
        input: name,
        row: place / width,
        column,
        value: values[place],
        bound,
    })
}
