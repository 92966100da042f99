//! Everything that can go wrong at run time, with the caller's own names.

#[cfg(feature = "alloc")]
use alloc::string::String;
#[cfg(feature = "alloc")]
use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};

#[cfg(feature = "alloc")]
use crate::distributed::DistributedError;
#[cfg(feature = "alloc")]
use crate::optimizer::StateError;
use crate::text::{List, Text};
#[cfg(feature = "alloc")]
use crate::train::{Divergence, GroupError};

/// What went wrong: which input or setting, what was expected, what was found.
///
/// Rows, columns and positions are counted from 0, epochs and steps from 1.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// An input has no values at all.
    EmptyBatch {
        /// The input.
        input: &'static str,
    },
    /// An extent of an input or parameter is zero.
    ZeroExtent {
        /// The input or parameter.
        name: &'static str,
        /// Its extents.
        extents: List<usize>,
    },
    /// The number of elements does not fit the machine's address space.
    ExtentOverflow {
        /// The input or parameter.
        name: &'static str,
        /// Its extents.
        extents: List<usize>,
    },
    /// There is not so much memory.
    Memory {
        /// What it is for.
        name: &'static str,
        /// The numbers it must hold.
        numbers: usize,
    },
    /// The values of an input do not divide into rows.
    PartialRow {
        /// The input.
        input: &'static str,
        /// Values in one row.
        width: usize,
        /// Values given.
        found: usize,
    },
    /// Two inputs differ in the number of their rows.
    RowCount {
        /// The input.
        input: &'static str,
        /// Its rows.
        found: usize,
        /// The input it is compared with.
        other: &'static str,
        /// The rows of that one.
        expected: usize,
    },
    /// A model was given another number of inputs than it has.
    InputCount {
        /// The inputs it has.
        expected: usize,
        /// The inputs given.
        found: usize,
    },
    /// A slice has the wrong length.
    Length {
        /// What the slice is.
        name: &'static str,
        /// The length it must have.
        expected: usize,
        /// The length it has.
        found: usize,
    },
    /// An array has the wrong shape.
    #[cfg(feature = "alloc")]
    Shape {
        /// What the array is.
        name: &'static str,
        /// The extents it must have.
        expected: Vec<usize>,
        /// The extents it has.
        found: Vec<usize>,
    },
    /// The elements of an array do not lie in memory one after the other, in the order that is read without copying.
    #[cfg(feature = "alloc")]
    Strides {
        /// What the array is.
        name: &'static str,
        /// From one element to the next along each axis, as it must be.
        expected: Vec<isize>,
        /// As it is.
        found: Vec<isize>,
    },
    /// The model has no parameter of this name.
    #[cfg(feature = "alloc")]
    UnknownParameter {
        /// The name given.
        name: String,
        /// The names it has.
        known: Vec<&'static str>,
    },
    /// An input is NaN or infinite.
    NotFinite {
        /// The input.
        input: &'static str,
        /// The row.
        row: usize,
        /// The column within the row, row-major.
        column: usize,
        /// The value.
        value: f64,
    },
    /// Data shared by all examples is NaN or infinite.
    SharedNotFinite {
        /// The data.
        input: &'static str,
        /// The position, row-major.
        position: usize,
        /// The value.
        value: f64,
    },
    /// An index is not below its bound.
    IndexOutOfRange {
        /// The input.
        input: &'static str,
        /// The row.
        row: usize,
        /// The column within the row, row-major; none where a row is one index.
        column: Option<usize>,
        /// The index.
        value: u32,
        /// What it must be below.
        bound: usize,
    },
    /// The scalar type cannot count as far as the bound of an index.
    IndexBound {
        /// The input.
        input: &'static str,
        /// The bound.
        bound: usize,
        /// The largest bound that the scalar type can represent exactly.
        limit: usize,
    },
    /// The batch was checked for other run-time dimensions than the model has.
    Dimensions {
        /// The model's dimensions.
        expected: Text,
        /// The batch's dimensions.
        found: Text,
    },
    /// A setting is out of its range.
    Setting {
        /// The setting.
        name: &'static str,
        /// What it must be.
        requirement: &'static str,
        /// What it is.
        found: Text,
    },
    /// A parameter was NaN or infinite before anything was computed.
    #[cfg(feature = "alloc")]
    ParameterNotFinite {
        /// The element, as in `w1[0, 2]`.
        parameter: String,
        /// Its value.
        value: f64,
    },
    /// The loss, computed in `f64`, is NaN or infinite.
    LossNotFinite {
        /// The loss.
        value: f64,
    },
    /// Training met a NaN or an infinity; the model keeps its last finite parameters.
    #[cfg(feature = "alloc")]
    Diverged(Divergence),
    /// The members of a distributed run do not do the same, or cannot reach each other.
    #[cfg(feature = "alloc")]
    Distributed(DistributedError),
    /// A file, a table, or how it is prepared is wrong.
    #[cfg(feature = "data")]
    Data(crate::data::DataError),
    /// An optimizer does not take a state that it is to go on from.
    #[cfg(feature = "alloc")]
    State(StateError),
    /// Something cannot be measured.
    #[cfg(feature = "alloc")]
    Metric(crate::metrics::MetricError),
    /// Parameters cannot be trained in groups as they are.
    #[cfg(feature = "alloc")]
    Group(GroupError),
    /// A file of weights or of training cannot be written or read, or is of something else.
    #[cfg(feature = "safetensors")]
    Keep(crate::keep::KeepError),
    /// A minimization cannot begin.
    #[cfg(feature = "minimize")]
    Minimize(crate::minimize::MinimizeError),
    /// A training run cannot be shown.
    #[cfg(feature = "std")]
    Observe(crate::observe::ObserveError),
    /// A fit cannot begin.
    #[cfg(feature = "fit")]
    Fit(crate::fit::FitError),
}

impl Display for Error {
    #[allow(clippy::too_many_lines, reason = "an arm for each error")]
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Error::EmptyBatch { input } => {
                write!(f, "`{input}` is empty, expected at least one row")
            }
            Error::ZeroExtent { name, extents } => {
                write!(
                    f,
                    "`{name}` has extents {extents:?}, expected every extent to be at least 1"
                )
            }
            Error::ExtentOverflow { name, extents } => {
                write!(
                    f,
                    "the extents {extents:?} of `{name}` multiply to more than this machine can address"
                )
            }
            Error::Memory { name, numbers } => {
                write!(f, "`{name}` is {numbers} numbers, more than there is memory for")
            }
            Error::PartialRow { input, width, found } => {
                write!(
                    f,
                    "`{input}` has {found} values, expected a multiple of {width}, the length of its rows"
                )
            }
            Error::RowCount { input, found, other, expected } => {
                write!(f, "`{input}` has {found} rows, expected {expected} as in `{other}`")
            }
            Error::InputCount { expected, found } => {
                write!(f, "{found} inputs are given, expected the model's {expected}")
            }
            Error::Length { name, expected, found } => {
                write!(f, "`{name}` has {found} values, expected {expected}")
            }
            #[cfg(feature = "alloc")]
            Error::Shape { name, expected, found } => {
                write!(f, "`{name}` has the shape {found:?}, expected {expected:?}")
            }
            #[cfg(feature = "alloc")]
            Error::Strides { name, expected, found } => {
                write!(
                    f,
                    "`{name}` lies in memory with the strides {found:?}, expected {expected:?}"
                )
            }
            #[cfg(feature = "alloc")]
            Error::UnknownParameter { name, known } => {
                write!(f, "`{name}` is no parameter, expected one of {}", known.join(", "))
            }
            Error::NotFinite { input, row, column, value } => {
                write!(
                    f,
                    "`{input}` is {value} in row {row}, column {column}, expected a finite number"
                )
            }
            Error::SharedNotFinite { input, position, value } => {
                write!(f, "`{input}` is {value} at position {position}, expected a finite number")
            }
            Error::IndexOutOfRange { input, row, column, value, bound } => {
                write!(f, "`{input}` is {value} in row {row}, ")?;
                if let Some(column) = column {
                    write!(f, "column {column}, ")?;
                }
                write!(f, "expected an index below {bound}")
            }
            Error::IndexBound { input, bound, limit } => {
                write!(
                    f,
                    "`{input}` may be any index below {bound}, but the scalar type counts exactly only up to {limit}"
                )
            }
            Error::Dimensions { expected, found } => {
                write!(
                    f,
                    "the batch was made for the dimensions {found}, expected the model's {expected}"
                )
            }
            Error::Setting { name, requirement, found } => {
                write!(f, "`{name}` is {found}, expected {requirement}")
            }
            #[cfg(feature = "alloc")]
            Error::ParameterNotFinite { parameter, value } => {
                write!(f, "the parameter `{parameter}` is {value}, expected a finite number")
            }
            Error::LossNotFinite { value } => {
                write!(f, "the loss at the model's parameters is {value}, expected a finite number")
            }
            #[cfg(feature = "alloc")]
            Error::Diverged(divergence) => divergence.fmt(f),
            #[cfg(feature = "alloc")]
            Error::Metric(error) => error.fmt(f),
            #[cfg(feature = "alloc")]
            Error::Distributed(error) => error.fmt(f),
            #[cfg(feature = "minimize")]
            Error::Minimize(error) => error.fmt(f),
            #[cfg(feature = "alloc")]
            Error::Group(error) => error.fmt(f),
            #[cfg(feature = "data")]
            Error::Data(error) => error.fmt(f),
            #[cfg(feature = "alloc")]
            Error::State(error) => error.fmt(f),
            #[cfg(feature = "safetensors")]
            Error::Keep(error) => error.fmt(f),
            #[cfg(feature = "std")]
            Error::Observe(error) => error.fmt(f),
            #[cfg(feature = "fit")]
            Error::Fit(error) => error.fmt(f),
        }
    }
}

impl core::error::Error for Error {}
