//! The rows of a CSV file, one after the other, into columns.

use std::io::{self, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::error::Error;

use super::super::collect::Filling;
use super::super::column::Column;
use super::super::dataset::Dataset;
use super::super::error::DataError;
use super::super::fault::{Faults, Problem, Unit};
use super::super::summary::Summary;
use super::Csv;
use super::lines::{END, Lines, Refusal};

/// A file that is being read.
pub struct Rows<R> {
    name: String,
    reader: Reader<Lines<R>>,
    record: ByteRecord,
    missing_words: Vec<String>,
    longest_row: usize,
    has_comments: bool,
    /// How many fields a row has.
    width: usize,
    /// The columns that are kept, each with its place in a row.
    columns: Vec<(usize, Filling)>,
    places: Vec<u64>,
    faults: Faults,
    /// The first row, where the file has no header.
    first: Option<u64>,
    is_over: bool,
}

impl<R: Read> Rows<R> {
    /// Reads the header.
    pub fn new(csv: &Csv, name: &str, source: R) -> Result<Self, Error> {
        csv.check()?;
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(csv.delimiter)
            .comment(csv.comment)
            .from_reader(Lines::new(source, csv.longest_row));
        let mut rows = Rows {
            name: name.to_owned(),
            reader,
            record: ByteRecord::new(),
            missing_words: csv.missing_words.clone(),
            longest_row: csv.longest_row,
            has_comments: csv.comment.is_some(),
            width: 0,
            columns: Vec::new(),
            places: Vec::new(),
            faults: Faults::none(name, Unit::Line),
            first: None,
            is_over: false,
        };
        let Some(line) = rows.read()? else {
            return Err(DataError::Empty { file: name.to_owned() }.into());
        };
        let names = match &csv.names {
            Some(names) => {
                rows.first = Some(line);
                names.clone()
            }
            None => rows.header(line)?,
        };
        rows.width = names.len();
        rows.columns = columns(csv, name, &names)?;
        Ok(rows)
    }

    /// The names of the columns. One without a name, as the numbers of rows have it, is called by its place.
    fn header(&self, line: u64) -> Result<Vec<String>, DataError> {
        let mut faults = Faults::none(&self.name, Unit::Line);
        let mut names = Vec::new();
        for (place, field) in self.record.iter().enumerate() {
            match std::str::from_utf8(field).map(str::trim) {
                Ok("") => names.push(format!("column {}", place + 1)),
                Ok(name) => names.push(name.to_owned()),
                Err(_) => {
                    faults.add(line, Some(&format!("column {}", place + 1)), || Problem::NotUtf8);
                }
            }
        }
        faults.into_result()?;
        if names.iter().all(|name| name.parse::<f64>().is_ok()) {
            let (file, found) = (self.name.clone(), names.swap_remove(0));
            return Err(DataError::Header { file, line, found });
        }
        Ok(names)
    }

    /// Reads a row into the columns; whether there was one.
    pub fn next(&mut self) -> Result<bool, DataError> {
        let line = match self.first.take() {
            Some(line) => Some(line),
            None => self.read()?,
        };
        let Some(line) = line else { return Ok(false) };
        self.places.push(line);
        let (expected, found) = (self.width, self.record.len());
        if found != expected {
            self.faults.add(line, None, || Problem::FieldCount { expected, found });
            self.columns.iter_mut().for_each(|(_, column)| column.push_missing());
            return Ok(true);
        }
        for (place, column) in &mut self.columns {
            let problem = match std::str::from_utf8(&self.record[*place]).map(str::trim) {
                Err(_) => {
                    column.push_missing();
                    Err(Problem::NotUtf8)
                }
                Ok(field) if self.missing_words.iter().any(|word| word == field) => {
                    column.push_missing();
                    Ok(())
                }
                Ok(field) => column.push(field),
            };
            if let Err(problem) = problem {
                self.faults.add(line, Some(column.name()), || problem);
            }
        }
        Ok(true)
    }

    /// Reads the fields of a row; the line it begins in, if there is one.
    fn read(&mut self) -> Result<Option<u64>, DataError> {
        if self.is_over {
            return Ok(None);
        }
        let after_last = self.reader.position().line();
        let is_row = match self.reader.read_byte_record(&mut self.record) {
            Ok(is_row) => is_row,
            Err(error) => return Err(self.refused(after_last, error)),
        };
        self.reader.get_mut().begin_row();
        let breaks = self.record.as_slice().split(|&byte| byte == b'\n').count() as u64 - 1;
        let line = (self.reader.position().line() - 1).saturating_sub(breaks);
        if is_row && self.record.len() == 1 && &self.record[0] == END {
            self.is_over = true;
            return Ok(None);
        }
        if !is_row || self.record.as_slice().ends_with(&[END, b"\n"].concat()) {
            self.is_over = true;
            let line = line.max(after_last);
            return Err(DataError::OpenQuote { file: self.name.clone(), line });
        }
        if self.width == 1 && line > after_last && !self.has_comments {
            self.faults.add(line, None, || Problem::Blank);
        }
        Ok(Some(line))
    }

    /// Why a row could not be read. After that the file is over: what follows is not where it seems to be.
    fn refused(&mut self, line: u64, error: csv::Error) -> DataError {
        self.is_over = true;
        let file = self.name.clone();
        let error = match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        };
        let refusal = error.get_ref().and_then(|error| error.downcast_ref::<Refusal>());
        match refusal {
            Some(Refusal::LongRow) => DataError::LongRow { file, line, limit: self.longest_row },
            Some(Refusal::Utf16) => DataError::Encoding { file, found: "UTF-16" },
            None => DataError::file(&file, Some(line), &error),
        }
    }

    /// The rows read so far, if nothing was wrong with them.
    pub fn take_all(&mut self) -> Result<Dataset, DataError> {
        self.take(true)
    }

    /// The rows read since the last ones were taken, if nothing was wrong with them.
    pub fn take_chunk(&mut self) -> Result<Dataset, DataError> {
        self.take(false)
    }

    fn take(&mut self, are_all: bool) -> Result<Dataset, DataError> {
        let none = Faults::none(&self.name, Unit::Line);
        std::mem::replace(&mut self.faults, none).into_result()?;
        let columns: Vec<Column> =
            self.columns.iter_mut().map(|(_, column)| column.take(are_all)).collect();
        Ok(Dataset {
            source: self.name.clone(),
            unit: Unit::Line,
            places: std::mem::take(&mut self.places),
            columns,
            summary: Summary::default(),
        })
    }

    /// Drops the rows that are waiting to be taken, not what was wrong with them.
    pub fn forget(&mut self) {
        self.places.clear();
        for (_, column) in &mut self.columns {
            column.take(false);
        }
    }

    /// How many rows are waiting to be taken.
    pub fn waiting(&self) -> usize {
        self.places.len()
    }

    /// Whether something was wrong with them.
    pub fn has_faults(&self) -> bool {
        self.faults.total > 0
    }

    /// Says that nothing more is to be read.
    pub fn close(&mut self) {
        self.is_over = true;
    }
}

/// The columns that are to be kept, each with its place.
fn columns(csv: &Csv, file: &str, names: &[String]) -> Result<Vec<(usize, Filling)>, DataError> {
    for (second, name) in names.iter().enumerate() {
        if let Some(first) = names[..second].iter().position(|other| other == name) {
            let (source, name) = (file.to_owned(), name.clone());
            return Err(DataError::DuplicateColumn {
                source,
                name,
                columns: [first + 1, second + 1],
            });
        }
    }
    let unknown = csv.only.iter().flatten().chain(&csv.text).find(|name| !names.contains(name));
    if let Some(name) = unknown {
        let (source, name) = (file.to_owned(), name.clone());
        return Err(DataError::UnknownColumn { source, name, known: names.to_vec() });
    }
    let is_kept = |name: &String| csv.only.as_ref().is_none_or(|only| only.contains(name));
    let kept = names.iter().enumerate().filter(|(_, name)| is_kept(name));
    let column = |(place, name): (usize, &String)| {
        let is_text = csv.text.contains(name);
        (place, if is_text { Filling::text(name) } else { Filling::undecided(name) })
    };
    Ok(kept.map(column).collect())
}
