//! Everything generated code may touch, and nothing else. Not part of the public interface: it may change in any release.

use core::fmt::Debug;

// Names of the standard prelude that generated code uses: they may mean something else where the model is written.
#[cfg(feature = "alloc")]
pub use alloc::vec::Vec;
pub use core::clone::Clone;
pub use core::iter::{IntoIterator, Iterator};
pub use core::option::Option::{self, None, Some};
pub use core::result::Result::{self, Err, Ok};

pub use crate::__runs as runs;
#[cfg(feature = "alloc")]
pub use crate::batch::BatchBuffer;
pub use crate::batch::{Batch, Examples, Indices, Values};
pub use crate::derivatives;
pub use crate::error::Error;
pub use crate::initialize::{Initializer, initialize};
pub use crate::kernel::arch::{Isa, Kernel, dispatch, run_anywhere};
pub use crate::kernel::blocks;
pub use crate::kernel::linear_algebra::{self, Order};
pub use crate::kernel::math;
pub use crate::kernel::matmul::{
    Matrix, Update, matmul, matmul_apart, matmul_apart_scratch, matmul_scratch,
};
pub use crate::kernel::one_by_one::{Extents, count_parameters, dispatch_examples};
pub use crate::kernel::random::{draw_bernoulli, draw_dropout, draw_normal, draw_uniform};
pub use crate::kernel::real::Real;
pub use crate::kernel::rows::{as_index, carve, load_indices, load_rows, store_rows};
pub use crate::kernel::sums::{LaneSums, dot, row_sums, sum};
pub use crate::model::{Model, Reduction};
#[cfg(feature = "alloc")]
pub use crate::parameters::{ParameterLayout, lay_out};
pub use crate::predict;
pub use crate::text::list;
pub use crate::tiles;
pub use crate::workspace::{Workspace, WorkspaceOf, WorkspaceSize};
pub use crate::{__needs_alloc as needs_alloc, __with_alloc as with_alloc};

#[cfg(not(feature = "alloc"))]
pub use self::placeholder::{BatchBuffer, ParameterLayout, Vec};

/// θ of a model whose dimensions are numbers, which give it `N` parameters.
#[cfg(feature = "alloc")]
pub type ParametersOf<T, const N: usize> = Vec<T>;
/// The same without the heap.
#[cfg(not(feature = "alloc"))]
pub type ParametersOf<T, const N: usize> = [T; N];

/// Items that need the heap: kept where there is one, dropped where not.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "alloc")]
macro_rules! __with_alloc {
    ($($items:tt)*) => { $($items)* };
}

/// Items that need the heap: kept where there is one, dropped where not.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "alloc"))]
macro_rules! __with_alloc {
    ($($items:tt)*) => {};
}

/// An error where there is no heap.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "alloc")]
macro_rules! __needs_alloc {
    ($message:literal) => {};
}

/// An error where there is no heap.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "alloc"))]
macro_rules! __needs_alloc {
    ($message:literal) => {
        ::core::compile_error!($message);
    };
}

/// θ with all parameters 0.
#[cfg(not(feature = "alloc"))]
pub fn zero_parameters<T: Real, const N: usize>(
    _: &[(&'static str, &[usize])],
) -> Result<[T; N], Error> {
    Ok([T::ZERO; N])
}

/// θ with all parameters 0.
#[cfg(feature = "alloc")]
pub fn zero_parameters<T: Real>(parameters: &[(&'static str, &[usize])]) -> Result<Vec<T>, Error> {
    let layout = lay_out(parameters)?;
    allocate("parameters", layout.iter().map(ParameterLayout::count).sum())
}

/// `rows` rows of `width` zeros.
#[cfg(feature = "alloc")]
pub fn zeros<T: Real>(rows: usize, width: usize) -> Result<Vec<T>, Error> {
    allocate("prediction", crate::batch::extent_product("prediction", &[rows, width])?)
}

/// So many zeros, if there is memory for them.
#[cfg(feature = "alloc")]
fn allocate<T: Real>(name: &'static str, numbers: usize) -> Result<Vec<T>, Error> {
    let mut zeros = Vec::new();
    zeros.try_reserve_exact(numbers).map_err(|_| Error::Memory { name, numbers })?;
    zeros.resize(numbers, T::ZERO);
    Ok(zeros)
}

/// Puts `given` in the place of θ, if it has as many numbers.
#[cfg(feature = "alloc")]
pub fn replace_parameters<T>(theta: &mut Vec<T>, given: Vec<T>) -> Result<(), Error> {
    if theta.len() != given.len() {
        return Err(Error::Length {
            name: "parameters",
            expected: theta.len(),
            found: given.len(),
        });
    }
    *theta = given;
    Ok(())
}

/// Stops a program whose model cannot exist with the extents it was given at compile time.
///
/// # Panics
/// Always.
pub fn refuse<T>(error: &Error) -> T {
    panic!("{error}")
}

/// Extents of parts of a model, by how they follow from its dimensions.
///
/// # Errors
/// [`Error::ZeroExtent`] for the first that is 0.
pub fn require_extents(parts: &[(&'static str, usize)]) -> Result<(), Error> {
    match parts.iter().find(|(_, extent)| *extent == 0) {
        Some(&(name, _)) => Err(Error::ZeroExtent { name, extents: list(&[0]) }),
        None => Ok(()),
    }
}

/// A batch was made for the dimensions of the model it is given to.
///
/// # Panics
/// If not.
#[inline]
pub fn require_same_dims<D: Copy + Debug + PartialEq>(model: D, batch: D) {
    assert!(model == batch, "the batch was checked for {batch:?}, the model has {model:?}");
}

/// A gradient or θ has as many numbers as the model has parameters.
///
/// # Panics
/// If not.
#[inline]
pub fn require_length(found: usize, expected: usize) {
    assert!(found == expected, "{found} numbers where the model has {expected} parameters");
}

/// Where the rows of a table are that these integers name; the table begins at `first`.
#[inline]
pub fn rows_of(
    indices: &[u32],
    first: usize,
    width: usize,
) -> impl Iterator<Item = core::ops::Range<usize>> {
    indices.iter().map(move |&index| {
        let begin = first + index as usize * width;
        begin..begin + width
    })
}

/// A slice for something of a batch has as many numbers as that has.
///
/// # Panics
/// If not.
#[inline]
pub fn require_rows(name: &str, found: usize, expected: usize) {
    assert!(found == expected, "`{name}` has {found} numbers, expected {expected}");
}

/// A slice of the caller's has as many numbers as are written to it.
///
/// # Errors
/// [`Error::Length`] if not.
#[inline]
pub fn require_room(name: &'static str, found: usize, expected: usize) -> Result<(), Error> {
    if found == expected { Ok(()) } else { Err(Error::Length { name, expected, found }) }
}

/// The largest of some sizes.
pub const fn largest<const K: usize>(sizes: [usize; K]) -> usize {
    let (mut largest, mut place) = (0, 0);
    while place < K {
        if sizes[place] > largest {
            largest = sizes[place];
        }
        place += 1;
    }
    largest
}

/// Names without which a model that needs the heap would give more errors than the one that says so.
#[cfg(not(feature = "alloc"))]
mod placeholder {
    use core::marker::PhantomData;

    /// Not there.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Vec<T>(PhantomData<T>);

    /// Not there.
    #[derive(Debug)]
    pub struct BatchBuffer<T>(PhantomData<T>);

    /// Not there.
    #[derive(Debug)]
    pub struct ParameterLayout;
}
