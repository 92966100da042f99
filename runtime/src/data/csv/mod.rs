//! Tables from CSV files.

mod chunks;
mod lines;
mod rows;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::error::Error;

use super::dataset::Dataset;
use super::error::DataError;

use self::rows::Rows;

pub use self::chunks::CsvChunks;

/// How a CSV file is read: a header with the names of the columns, then rows.
///
/// A column whose first value is a number holds numbers, another one text; a column of text that begins with something like a number is
/// named in [`text`](Csv::text). Spaces around fields are taken off. Empty lines are passed over, but not in files of one column, where
/// they may be missing values. Fields may stand in quotes `"`, a quote within them twice. Lines end by `\n`, `\r\n` or `\r`.
///
/// Nothing is dropped silently: a row with another number of fields than the header, a field of numbers that is none or infinite, and text
/// that is not UTF-8 are [faults](super::Faults); the first ten are named with line and column, all are counted, and no table comes of it.
///
/// # Examples
/// ```
/// use chainrule::data::Csv;
///
/// let file = "age, city\n41, Bonn\nNA, Rome\n";
/// let people = Csv::new().read_from("people.csv", file.as_bytes())?;
/// assert_eq!((people.rows(), people.missing("age")?), (2, 1));
///
/// let file = "age, city\n41, Bonn\nforty, Rome\n38\n";
/// let error = Csv::new().read_from("people.csv", file.as_bytes()).unwrap_err();
/// let lines: Vec<_> = error.to_string().lines().map(str::to_owned).collect();
/// assert_eq!(lines[0], "people.csv: 2 faults");
/// assert!(lines[1].starts_with("  line 3, column `age`: `forty`, expected a number"));
/// assert_eq!(lines[2], "  line 4: 1 fields, expected 2 as in the header");
/// # Ok::<(), chainrule::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Csv {
    delimiter: u8,
    comment: Option<u8>,
    missing_words: Vec<String>,
    names: Option<Vec<String>>,
    only: Option<Vec<String>>,
    text: Vec<String>,
    longest_row: usize,
}

impl Default for Csv {
    fn default() -> Self {
        Csv::new()
    }
}

impl Csv {
    /// Comma between fields, a header, no comments, `NA`, `NaN` and nothing for a missing value, rows of up to a mebibyte.
    pub fn new() -> Self {
        Csv {
            delimiter: b',',
            comment: None,
            missing_words: strings(["", "NA", "NaN"]),
            names: None,
            only: None,
            text: Vec::new(),
            longest_row: 1 << 20,
        }
    }

    /// Sets what stands between fields: `b';'`, `b'\t'`.
    pub fn delimiter(mut self, delimiter: u8) -> Self {
        self.delimiter = delimiter;
        self
    }

    /// Passes over lines that begin with this.
    pub fn comment(mut self, comment: u8) -> Self {
        self.comment = Some(comment);
        self
    }

    /// Sets which fields stand for a missing value.
    pub fn missing_words(mut self, words: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.missing_words = strings(words);
        self
    }

    /// Names the columns of a file without a header: its first line is a row.
    pub fn names(mut self, names: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.names = Some(strings(names));
        self
    }

    /// Reads these columns alone: what others hold is not looked at.
    pub fn only(mut self, columns: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.only = Some(strings(columns));
        self
    }

    /// Says that these columns are text, even if they look like numbers: postal codes, the numbers of classes.
    pub fn text(mut self, columns: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.text = strings(columns);
        self
    }

    /// Sets how many bytes a row may have: a quote that is not closed ends there, not when memory is full.
    pub fn longest_row(mut self, bytes: usize) -> Self {
        self.longest_row = bytes;
        self
    }

    /// Refuses signs that fields cannot be told apart by.
    fn check(&self) -> Result<(), Error> {
        let is_sign = |byte: u8| byte.is_ascii() && !b"\"\r\n".contains(&byte);
        let setting = |name, byte: u8| {
            let requirement = "an ASCII character, no quote and no line end, of one meaning";
            Err(Error::Setting { name, requirement, found: format!("{:?}", char::from(byte)) })
        };
        if !is_sign(self.delimiter) {
            return setting("delimiter", self.delimiter);
        }
        match self.comment {
            Some(byte) if !is_sign(byte) || byte == self.delimiter => setting("comment", byte),
            _ => Ok(()),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::Data`], with the file, the line and the column.
    pub fn read(&self, path: impl AsRef<Path>) -> Result<Dataset, Error> {
        let (name, file) = open(path.as_ref())?;
        self.read_from(&name, file)
    }

    /// Reads from anything; messages call it `name`.
    ///
    /// # Errors
    /// As [`read`](Csv::read).
    pub fn read_from(&self, name: &str, source: impl Read) -> Result<Dataset, Error> {
        let mut rows = Rows::new(self, name, source)?;
        while rows.next()? {}
        let dataset = rows.take_all()?;
        if dataset.rows() == 0 {
            return Err(DataError::NoRows { source: name.to_owned() }.into());
        }
        Ok(dataset)
    }

    /// Reads a file in chunks of so many rows, the last of which may be shorter: for more than fits in memory.
    ///
    /// # Errors
    /// [`Error::Data`]: the file cannot be opened, or its header is wrong. The chunks say what is wrong with rows.
    pub fn chunks(&self, path: impl AsRef<Path>, rows: usize) -> Result<CsvChunks<File>, Error> {
        let (name, file) = open(path.as_ref())?;
        self.chunks_from(&name, file, rows)
    }

    /// Reads from anything in chunks; messages call it `name`.
    ///
    /// # Errors
    /// As [`chunks`](Csv::chunks).
    pub fn chunks_from<R: Read>(
        &self,
        name: &str,
        source: R,
        rows: usize,
    ) -> Result<CsvChunks<R>, Error> {
        CsvChunks::new(Rows::new(self, name, source)?, rows)
    }
}

fn open(path: &Path) -> Result<(String, File), DataError> {
    let name = path.display().to_string();
    match File::open(path) {
        Ok(file) => Ok((name, file)),
        Err(error) => Err(DataError::file(&name, None, &error)),
    }
}

fn strings(names: impl IntoIterator<Item = impl AsRef<str>>) -> Vec<String> {
    names.into_iter().map(|name| name.as_ref().to_owned()).collect()
}

#[cfg(test)]
mod tests;
