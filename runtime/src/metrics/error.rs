//! Why something cannot be measured.

use core::fmt::{self, Display, Formatter};

use crate::error::Error;
use crate::kernel::real::Real;

/// Why something cannot be measured: what was expected, and what was found. Rows count from 0.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MetricError {
    /// There are no rows.
    Empty {
        /// What was to be measured.
        metric: &'static str,
    },
    /// Predictions and targets differ in number.
    Count {
        /// What was to be measured.
        metric: &'static str,
        /// The predictions.
        predicted: usize,
        /// The targets.
        actual: usize,
    },
    /// Scores do not divide into rows with one for each class.
    Scores {
        /// The scores.
        scores: usize,
        /// The classes.
        classes: usize,
    },
    /// A class is not among those there are.
    Class {
        /// Whether it was predicted or actual.
        which: &'static str,
        /// Its row.
        row: usize,
        /// The class.
        class: u32,
        /// How many there are.
        classes: usize,
    },
    /// A number is NaN, or infinite where that means nothing.
    NotFinite {
        /// Whether it is a score, a prediction or a target.
        which: &'static str,
        /// Its place among them, from 0.
        place: usize,
        /// Its value.
        value: f64,
    },
    /// All rows are of one class, so that no pair of them can be ranked.
    OneClass {
        /// The class.
        class: u32,
    },
    /// All targets are the same, so that there is no variance to explain.
    Constant {
        /// The target.
        value: f64,
    },
    /// A target is 0, so that no error is relative to it.
    ZeroTarget {
        /// Its place among the targets, from 0.
        place: usize,
    },
    /// There are not so many classes.
    TopK {
        /// How many guesses a row has.
        k: usize,
        /// The classes.
        classes: usize,
    },
    /// Other names than classes.
    Names {
        /// The names.
        names: usize,
        /// The classes.
        classes: usize,
    },
    /// Targets are numbers that do not name classes.
    NotAClass {
        /// Its place among the targets, from 0.
        place: usize,
        /// The target.
        value: f64,
    },
    /// A row of several targets is not the probabilities of classes.
    NotProbabilities {
        /// The row.
        row: usize,
        /// The sum of its targets.
        sum: f64,
    },
    /// The batch has no targets of the kind that is measured.
    Targets {
        /// What was to be measured.
        metric: &'static str,
        /// What it is measured against.
        expected: &'static str,
        /// What the batch has.
        found: &'static str,
    },
    /// The model has another number of outputs.
    Outputs {
        /// What was to be measured.
        metric: &'static str,
        /// The outputs it is defined for.
        expected: &'static str,
        /// The outputs.
        found: usize,
    },
}

impl Display for MetricError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { metric } => write!(f, "{metric} of no rows, expected at least one"),
            Self::Count { metric, predicted, actual } => write!(
                f,
                "{metric} compares {predicted} predictions with {actual} targets, expected as many"
            ),
            Self::Scores { scores, classes } => write!(
                f,
                "there are {scores} scores, expected a multiple of {classes}, the number of classes, which is at least 1"
            ),
            Self::Class { which, row, class, classes } => {
                write!(f, "the {which} class of row {row} is {class}, expected one below {classes}")
            }
            Self::NotFinite { which, place, value } => {
                write!(f, "the {which} {place} is {value}, expected a finite number")
            }
            Self::OneClass { class } => {
                write!(f, "all rows are of class {class}, expected some of 0 and some of 1 to rank")
            }
            Self::Constant { value } => write!(
                f,
                "all targets are {value}, expected some variance for the predictions to explain"
            ),
            Self::ZeroTarget { place } => write!(
                f,
                "the target {place} is 0, expected another number for an error to be relative to"
            ),
            Self::TopK { k, classes } => {
                write!(
                    f,
                    "each row has {k} guesses, expected from 1 to {classes}, the number of classes"
                )
            }
            Self::Names { names, classes } => {
                write!(f, "there are {names} names, expected one for each of {classes} classes")
            }
            Self::NotAClass { place, value } => write!(
                f,
                "the target {place} is {value}, expected 1 for a class and 0 or -1 for the other"
            ),
            Self::NotProbabilities { row, sum } => write!(
                f,
                "the targets of row {row} add up to {sum}, expected the probabilities of classes, none below 0, with the sum 1"
            ),
            Self::Targets { metric, expected, found } => {
                write!(f, "{metric} is measured against {expected}, the batch has {found}")
            }
            Self::Outputs { metric, expected, found } => {
                write!(f, "{metric} is defined for {expected}, the model has {found}")
            }
        }
    }
}

impl core::error::Error for MetricError {}

impl From<MetricError> for Error {
    fn from(error: MetricError) -> Self {
        Error::Metric(error)
    }
}

/// Refuses comparisons of no rows, and of other numbers of rows.
pub(super) fn require_same_count(
    metric: &'static str,
    predicted: usize,
    actual: usize,
) -> Result<(), Error> {
    if predicted != actual {
        return Err(MetricError::Count { metric, predicted, actual }.into());
    }
    if predicted == 0 {
        return Err(MetricError::Empty { metric }.into());
    }
    Ok(())
}

/// Refuses classes that there are not.
pub(super) fn require_classes(
    which: &'static str,
    rows: &[u32],
    classes: usize,
) -> Result<(), Error> {
    match rows.iter().position(|&class| class as usize >= classes) {
        None => Ok(()),
        Some(row) => Err(MetricError::Class { which, row, class: rows[row], classes }.into()),
    }
}

/// Refuses numbers that fail a test.
pub(super) fn require_all<T: Real>(
    which: &'static str,
    values: &[T],
    is_fine: fn(f64) -> bool,
) -> Result<(), Error> {
    match values.iter().position(|value| !is_fine(value.to_f64())) {
        None => Ok(()),
        Some(place) => {
            Err(MetricError::NotFinite { which, place, value: values[place].to_f64() }.into())
        }
    }
}
