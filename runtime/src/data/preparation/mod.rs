//! How columns are prepared: what is learnt from the rows for training, and applied to all.

mod apply;
mod learn;
mod statistics;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::error::Error;

use super::dataset::Dataset;
use super::error::DataError;

use self::learn::Learner;

/// How columns are to be prepared. [`fit`](Prepare::fit) learns from the rows for training what that takes.
///
/// Columns that are not named stay as they are. Means, deviations and ranges are those of the values that are there, in rows that are not
/// dropped.
///
/// # Examples
/// ```
/// use chainrule::data::{Dataset, Missing, Prepare};
///
/// let train = Dataset::new("train").numbers("age", &[20.0, f64::NAN, 40.0])?;
/// let preparation =
///     Prepare::new().standardize(["age"]).missing("age", Missing::Mean).fit(&train)?;
/// let prepared = preparation.apply(&train)?;
/// let mut ages = prepared.target::<f64>("age")?;
/// assert_eq!(ages, [-1.0, 0.0, 1.0]);
/// assert_eq!(prepared.summary().to_string(), "0 of 3 rows dropped; `age`: 1 values filled in");
/// preparation.undo("age", &mut ages)?;
/// assert_eq!(ages, [20.0, 30.0, 40.0]);
/// # Ok::<(), chainrule::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prepare {
    changes: Vec<(String, Wanted)>,
    missing: BTreeMap<String, Missing>,
    unknown: BTreeMap<String, Unknown>,
}

/// What is to become of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Standardized,
    Scaled,
    OneHot,
    Classes,
}

/// What is done where a value is missing.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// Nothing: where the value is needed, that is an error.
    Error,
    /// The row is dropped; the [`Summary`](super::Summary) counts it.
    DropRow,
    /// The mean of the rows for training takes its place.
    Mean,
    /// This number takes its place, before the column is standardized or scaled.
    Constant(f64),
    /// This text takes its place; it may be a label of its own.
    Label(String),
}

/// What is done with a label that the rows for training do not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// It is an error.
    Error,
    /// It is none of the labels: zeros in one-hot.
    Zeros,
}

impl Prepare {
    /// All columns stay as they are.
    pub fn new() -> Self {
        Prepare::default()
    }

    /// Gives these columns of numbers mean 0 and standard deviation 1: `(x − μ) / σ`, where `σ² = Σ(x − μ)² / n`. One number alone becomes 0.
    pub fn standardize(self, columns: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.with(columns, Wanted::Standardized)
    }

    /// Brings these columns of numbers to the range from 0 to 1: `(x − min) / (max − min)`. One number alone becomes 0.
    pub fn min_max(self, columns: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.with(columns, Wanted::Scaled)
    }

    /// Makes as many numbers of these columns of text as there are labels: 1 for the label of the row, 0 for the others. Chosen as an input,
    /// the column is that many numbers, in ascending order of the labels.
    pub fn one_hot(self, columns: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.with(columns, Wanted::OneHot)
    }

    /// Learns the labels of these columns of text, so that the same label is the same class in every table.
    pub fn classes(self, columns: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.with(columns, Wanted::Classes)
    }

    /// Sets what is done where this column has no value. Without this, that is an error where the column is needed.
    pub fn missing(mut self, column: &str, missing: Missing) -> Self {
        self.missing.insert(column.to_owned(), missing);
        self
    }

    /// Sets what is done with labels of this one-hot column that the rows for training do not have. Without this, they are an error.
    pub fn unknown(mut self, column: &str, unknown: Unknown) -> Self {
        self.unknown.insert(column.to_owned(), unknown);
        self
    }

    fn with(mut self, columns: impl IntoIterator<Item = impl AsRef<str>>, wanted: Wanted) -> Self {
        self.changes.extend(columns.into_iter().map(|name| (name.as_ref().to_owned(), wanted)));
        self
    }

    /// Learns from a table, which should be that of the rows for training alone.
    ///
    /// # Errors
    /// [`Error::Data`]: there is no such column, it is of the wrong kind, has no values or values too far apart, or is prepared twice.
    pub fn fit(&self, train: &Dataset) -> Result<Preparation, Error> {
        let mut learner = Learner::new(self)?;
        learner.see(train)?;
        Ok(learner.finish()?)
    }

    /// The same of a table in chunks: what it learns does not depend on where it is cut.
    ///
    /// # Errors
    /// As [`fit`](Prepare::fit), and those of the chunks.
    pub fn fit_chunks(
        &self,
        chunks: impl IntoIterator<Item = Result<Dataset, Error>>,
    ) -> Result<Preparation, Error> {
        let mut learner = Learner::new(self)?;
        for chunk in chunks {
            learner.see(&chunk?)?;
        }
        Ok(learner.finish()?)
    }
}

/// How columns are prepared, with all that was learnt for it.
///
/// It belongs to the model that was trained on its data; [`to_text`](Preparation::to_text) is for keeping it beside the parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Preparation {
    steps: Vec<Step>,
}

/// How a column is prepared: first missing values, then the others.
#[derive(Clone, Debug, PartialEq)]
struct Step {
    column: String,
    fill: Fill,
    change: Change,
}

/// What takes the place of a missing value.
#[derive(Clone, Debug, PartialEq)]
enum Fill {
    Error,
    DropRow,
    Number(f64),
    Label(String),
}

/// What becomes of a column.
#[derive(Clone, Debug, PartialEq)]
enum Change {
    None,
    /// `(x − offset) / scale`.
    Affine {
        kind: Affine,
        offset: f64,
        scale: f64,
    },
    OneHot {
        unknown: Unknown,
        labels: Arc<[String]>,
    },
    Classes {
        labels: Arc<[String]>,
    },
}

/// What offset and scale are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Affine {
    /// Mean and standard deviation.
    Standardized,
    /// Least value and range.
    Scaled,
}

impl Preparation {
    /// The columns that it prepares.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.steps.iter().map(|step| step.column.as_str())
    }

    /// The labels of a column that it makes classes or one-hot of, in their order.
    ///
    /// # Errors
    /// [`Error::Data`]: it does nothing of the kind with this column.
    pub fn labels(&self, column: &str) -> Result<&[String], Error> {
        match self.change(column) {
            Some(Change::OneHot { labels, .. } | Change::Classes { labels }) => Ok(labels),
            _ => Err(not_prepared(column, "a column that it makes classes or one-hot of").into()),
        }
    }

    fn change(&self, column: &str) -> Option<&Change> {
        self.steps.iter().find(|step| step.column == column).map(|step| &step.change)
    }
}

fn not_prepared(column: &str, expected: &'static str) -> DataError {
    DataError::Preparation { column: column.to_owned(), expected }
}

#[cfg(test)]
mod tests;
