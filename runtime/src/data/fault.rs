//! What is wrong with single rows.

use std::fmt::{self, Display, Formatter};

use super::error::DataError;

/// How many faults are kept one by one.
const KEPT: usize = 10;

/// All faults of some rows: how many, and the first ten one by one.
#[derive(Clone, Debug, PartialEq)]
pub struct Faults {
    /// The file, or what the rows came from.
    pub source: String,
    /// What rows are counted by.
    pub unit: Unit,
    /// The first faults.
    pub first: Vec<Fault>,
    /// All there are.
    pub total: usize,
}

/// What rows are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The lines of a file, from 1.
    Line,
    /// The rows as they were given, from 0.
    Row,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// Its line or row.
    pub place: u64,
    /// The column, where one is to blame.
    pub column: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// The row has another number of fields than the header.
    FieldCount {
        /// The columns of the header.
        expected: usize,
        /// The fields of the row.
        found: usize,
    },
    /// A field is not UTF-8.
    NotUtf8,
    /// A field is no number, in a column that begins with one.
    NotANumber {
        /// The field.
        found: String,
    },
    /// A number is infinite, or becomes so in the scalar type of the model.
    NotFinite {
        /// The number.
        found: String,
    },
    /// A value is missing.
    Missing,
    /// A number is no class.
    NotAClass {
        /// The number.
        found: f64,
    },
    /// A label is not among those that were learnt.
    UnknownLabel {
        /// The label.
        found: String,
        /// Those learnt.
        known: Vec<String>,
    },
    /// A line of a file with one column is blank: a row, or nothing.
    Blank,
}

impl Faults {
    /// None yet.
    pub(super) fn none(source: &str, unit: Unit) -> Self {
        Faults { source: source.to_owned(), unit, first: Vec::new(), total: 0 }
    }

    /// Adds one; `column` and `problem` are made only where it is kept.
    pub(super) fn add(
        &mut self,
        place: u64,
        column: Option<&str>,
        problem: impl FnOnce() -> Problem,
    ) {
        self.total += 1;
        if self.first.len() < KEPT {
            let column = column.map(str::to_owned);
            self.first.push(Fault { place, column, problem: problem() });
        }
    }

    /// An error, if there is any fault.
    pub(super) fn into_result(self) -> Result<(), DataError> {
        if self.total == 0 { Ok(()) } else { Err(DataError::Rows(Box::new(self))) }
    }
}

impl Display for Faults {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Line => "line",
            Unit::Row => "row",
        };
        let one = |f: &mut Formatter<'_>, fault: &Fault| {
            write!(f, "{unit} {}", fault.place)?;
            if let Some(column) = &fault.column {
                write!(f, ", column `{column}`")?;
            }
            write!(f, ": {}", fault.problem)
        };
        if let ([fault], 1) = (self.first.as_slice(), self.total) {
            write!(f, "{}, ", self.source)?;
            return one(f, fault);
        }
        write!(f, "{}: {} faults", self.source, self.total)?;
        for fault in &self.first {
            write!(f, "\n  ")?;
            one(f, fault)?;
        }
        match self.total - self.first.len() {
            0 => Ok(()),
            rest => write!(f, "\n  and {rest} more"),
        }
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Problem::FieldCount { expected, found } => {
                write!(f, "{found} fields, expected {expected} as in the header")
            }
            Problem::NotUtf8 => write!(f, "the field is not UTF-8, expected text in UTF-8"),
            Problem::NotANumber { found } => write!(
                f,
                "{}, expected a number as in the rows before; name the column in `text` if it holds text, \
                 or the word in `missing_words` if it stands for nothing",
                Quoted(found)
            ),
            Problem::NotFinite { found } => write!(f, "{found}, expected a finite number"),
            Problem::Missing => write!(f, "the value is missing, expected one; see `Missing`"),
            Problem::NotAClass { found } => {
                write!(f, "{found}, expected a class: a whole number from 0")
            }
            Problem::UnknownLabel { found, known } => {
                let shown: Vec<_> =
                    known.iter().take(KEPT).map(|known| Quoted(known).to_string()).collect();
                write!(f, "{}, expected one of {}", Quoted(found), shown.join(", "))?;
                if known.len() > KEPT {
                    write!(f, " and {} more", known.len() - KEPT)
                } else {
                    Ok(())
                }
            }
            Problem::Blank => write!(
                f,
                "the line before this one is blank, expected a value, or a word for none as `NA`"
            ),
        }
    }
}

/// A text between backticks, cut where it is long.
pub(super) struct Quoted<'a>(pub &'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 60;
        let escaped = |text: &str| text.escape_debug().to_string();
        match self.0.char_indices().nth(LONGEST) {
            Some((end, _)) => write!(f, "`{}…`", escaped(&self.0[..end])),
            None => write!(f, "`{}`", escaped(self.0)),
        }
    }
}
