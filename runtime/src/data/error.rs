//! What is wrong with data: in which file, line and column, what was expected and what was found.

use std::fmt::{self, Display, Formatter};
use std::io;

use crate::error::Error;

use super::fault::{Faults, Quoted};

/// What is wrong with data. Lines and columns of files count from 1, rows that come from memory from 0.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DataError {
    /// A file cannot be opened or read.
    File {
        /// The file.
        file: String,
        /// The line that was being read, if it was open.
        line: Option<u64>,
        /// What the system says.
        kind: io::ErrorKind,
        /// The same in words.
        reason: String,
    },
    /// A file is not in UTF-8.
    Encoding {
        /// The file.
        file: String,
        /// What it is.
        found: &'static str,
    },
    /// A file has not even a header.
    Empty {
        /// The file.
        file: String,
    },
    /// There are columns, but no row.
    NoRows {
        /// Where from.
        source: String,
    },
    /// The first row is all numbers, so it is hardly a header.
    Header {
        /// The file.
        file: String,
        /// Its line.
        line: u64,
        /// Its first field.
        found: String,
    },
    /// Two columns have the same name.
    DuplicateColumn {
        /// Where from.
        source: String,
        /// The name.
        name: String,
        /// Which columns, from 1.
        columns: [usize; 2],
    },
    /// Rows that are wrong: all that were found, the first of them one by one.
    Rows(Box<Faults>),
    /// A quote is never closed: all that follows it would be one field.
    OpenQuote {
        /// The file.
        file: String,
        /// The line of the row.
        line: u64,
    },
    /// A row is longer than it may be.
    LongRow {
        /// The file.
        file: String,
        /// Its line.
        line: u64,
        /// The bytes that a row may have.
        limit: usize,
    },
    /// There is no column of this name.
    UnknownColumn {
        /// Where from.
        source: String,
        /// The name.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// A column is not of the kind that is needed.
    Kind {
        /// Where from.
        source: String,
        /// The column.
        column: String,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: String,
    },
    /// A column has not as many values as the others.
    Length {
        /// The column.
        column: String,
        /// The rows of the others.
        expected: usize,
        /// The values given.
        found: usize,
    },
    /// A column is prepared in two ways.
    PreparedTwice {
        /// The column.
        column: String,
    },
    /// Nothing can be learnt from a column, or not what was asked for.
    Unlearnable {
        /// The column.
        column: String,
        /// Why not.
        reason: &'static str,
    },
    /// A column is prepared already, or there was no preparation that can be undone.
    Preparation {
        /// The column.
        column: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The text of a preparation cannot be read.
    Text {
        /// The line, from 1.
        line: usize,
        /// What was expected.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// A class has no example to learn its weight from.
    NoExample {
        /// The class.
        class: usize,
    },
    /// A class is not below the number of classes.
    Class {
        /// Its place.
        row: usize,
        /// The class.
        found: u32,
        /// The number of classes.
        classes: usize,
    },
    /// A class has fewer rows than there are parts that each must have one.
    RareClass {
        /// The class.
        class: String,
        /// Its rows.
        rows: usize,
        /// The parts.
        parts: usize,
    },
    /// A stream yields no row at all.
    EmptyStream,
    /// A stream yields other chunks than when it was opened first.
    Stream {
        /// The chunk, from 0.
        chunk: usize,
        /// The rows it had; none, if it was not there.
        expected: usize,
        /// The rows it has now; none, if it is not there any more.
        found: usize,
    },
    /// A thread that reads ahead panicked, or could not begin.
    Thread {
        /// What it said.
        reason: String,
    },
}

impl DataError {
    /// What the system says of a file.
    pub(super) fn file(file: &str, line: Option<u64>, error: &io::Error) -> Self {
        DataError::File {
            file: file.to_owned(),
            line,
            kind: error.kind(),
            reason: error.to_string(),
        }
    }
}

impl From<DataError> for Error {
    fn from(error: DataError) -> Error {
        Error::Data(error)
    }
}

impl Display for DataError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            DataError::File { file, line: Some(line), reason, .. } => {
                write!(f, "{file}, line {line}: cannot be read: {reason}")
            }
            DataError::File { file, line: None, reason, .. } => {
                write!(f, "{file}: cannot be read: {reason}")
            }
            DataError::Encoding { file, found } => {
                write!(f, "{file}: the text is {found}, expected UTF-8")
            }
            DataError::Empty { file } => {
                write!(f, "{file}: the file is empty, expected a header and rows")
            }
            DataError::NoRows { source } => {
                write!(f, "{source}: there are columns but no row, expected at least one")
            }
            DataError::Header { file, line, found } => write!(
                f,
                "{file}, line {line}: the header is numbers alone, beginning with `{found}`, expected names of columns; \
                 name them by `names` where a file has no header"
            ),
            DataError::DuplicateColumn { source, name, columns: [first, second] } => write!(
                f,
                "{source}: the columns {first} and {second} are both called `{name}`, expected different names"
            ),
            DataError::Rows(faults) => faults.fmt(f),
            DataError::OpenQuote { file, line } => write!(
                f,
                "{file}, line {line}: a quote of this row is never closed, expected it closed before the end of the file"
            ),
            DataError::LongRow { file, line, limit } => write!(
                f,
                "{file}, line {line}: the row has more than {limit} bytes, expected fewer; is a quote not closed? \
                 `longest_row` sets the limit"
            ),
            DataError::UnknownColumn { source, name, known } => {
                let known: Vec<_> = known.iter().map(|known| format!("`{known}`")).collect();
                let known = known.join(", ");
                write!(f, "{source}: `{name}` is no column, expected one of {known}")
            }
            DataError::Kind { source, column, expected, found } => {
                write!(f, "{source}: the column `{column}` is {found}, expected {expected}")
            }
            DataError::Length { column, expected, found } => write!(
                f,
                "the column `{column}` has {found} values, expected {expected} as the other columns have"
            ),
            DataError::PreparedTwice { column } => {
                write!(f, "the column `{column}` is prepared twice, expected one way")
            }
            DataError::Unlearnable { column, reason } => {
                write!(f, "nothing can be learnt from the column `{column}`: {reason}")
            }
            DataError::Preparation { column, expected } => {
                write!(f, "the column `{column}` cannot be prepared or undone, expected {expected}")
            }
            DataError::Text { line, expected, found } => write!(
                f,
                "the text of a preparation has {} in line {line}, expected {expected}",
                Quoted(found)
            ),
            DataError::NoExample { class } => {
                write!(f, "class {class} has no example, expected at least one of each class")
            }
            DataError::Class { row, found, classes } => {
                write!(f, "the class of row {row} is {found}, expected one below {classes}")
            }
            DataError::RareClass { class, rows, parts } => write!(
                f,
                "the class `{class}` has {rows} rows, expected at least {parts}, one for each part"
            ),
            DataError::EmptyStream => {
                write!(f, "the stream has no rows, expected at least one")
            }
            DataError::Stream { chunk, expected, found } => write!(
                f,
                "chunk {chunk} of the stream has {found} rows, expected {expected} as when it was opened first"
            ),
            DataError::Thread { reason } => {
                write!(f, "the thread that reads ahead has failed: {reason}")
            }
        }
    }
}

impl std::error::Error for DataError {}
