//! Columns by name, all of the same length.

use crate::error::Error;
use crate::kernel::real::Real;

use super::collect::Interned;
use super::column::{Column, NONE, Texts, Values};
use super::error::DataError;
use super::fault::{Faults, Problem, Unit};
use super::summary::Summary;

/// A table: columns of numbers or text by name, each with a value in each row, which may be missing.
///
/// It comes from a file by [`Csv`](super::Csv), or from memory. A NaN among numbers, and an empty text, stand for a missing value.
///
/// # Examples
/// ```
/// use chainrule::data::Dataset;
///
/// let houses = Dataset::new("houses")
///     .numbers("area", &[50.0, 80.0, 120.0])?
///     .texts("city", ["Bonn", "Rome", "Bonn"])?;
/// assert_eq!(houses.inputs::<f32>(["area"])?, [50.0, 80.0, 120.0]);
/// assert_eq!(houses.classes("city")?, [0, 1, 0]);
/// assert_eq!(houses.labels("city")?, ["Bonn", "Rome"]);
/// assert_eq!(
///     houses.inputs::<f32>(["rooms"]).unwrap_err().to_string(),
///     "houses: `rooms` is no column, expected one of `area`, `city`"
/// );
/// # Ok::<(), chainrule::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    pub(super) source: String,
    pub(super) unit: Unit,
    /// The line or row of the source that each row is.
    pub(super) places: Vec<u64>,
    pub(super) columns: Vec<Column>,
    pub(super) summary: Summary,
}

impl Dataset {
    /// A table without columns, which messages call by this name.
    pub fn new(name: impl Into<String>) -> Self {
        Dataset {
            source: name.into(),
            unit: Unit::Row,
            places: Vec::new(),
            columns: Vec::new(),
            summary: Summary::default(),
        }
    }

    /// Numbers from rows, each with one number for each name: arrays, slices, vectors.
    ///
    /// # Errors
    /// [`Error::Data`]: a row of another length, an infinite number, a name given twice.
    pub fn from_rows<T: Real>(
        name: impl Into<String>,
        columns: impl IntoIterator<Item = impl AsRef<str>>,
        rows: impl IntoIterator<Item = impl AsRef<[T]>>,
    ) -> Result<Self, Error> {
        let mut dataset = Dataset::new(name);
        let names: Vec<String> = columns.into_iter().map(|name| name.as_ref().to_owned()).collect();
        let mut numbers: Vec<Vec<T>> = vec![Vec::new(); names.len()];
        let mut faults = Faults::none(&dataset.source, Unit::Row);
        for (place, row) in (0..).zip(rows) {
            let (expected, found) = (names.len(), row.as_ref().len());
            if found != expected {
                faults.add(place, None, || Problem::FieldCount { expected, found });
            }
            for (column, &number) in numbers.iter_mut().zip(row.as_ref()) {
                column.push(number);
            }
        }
        faults.into_result()?;
        for (name, numbers) in names.iter().zip(&numbers) {
            dataset = dataset.numbers(name, numbers)?;
        }
        Ok(dataset)
    }

    /// With another column, of numbers.
    ///
    /// # Errors
    /// [`Error::Data`]: a column of another length, an infinite number, a name given twice.
    pub fn numbers<T: Real>(self, name: &str, numbers: &[T]) -> Result<Self, Error> {
        let numbers: Vec<f64> = numbers.iter().map(|number| number.to_f64()).collect();
        let mut faults = Faults::none(&self.source, Unit::Row);
        for (place, number) in (0..).zip(&numbers).filter(|(_, number)| number.is_infinite()) {
            faults.add(place, Some(name), || Problem::NotFinite { found: number.to_string() });
        }
        faults.into_result()?;
        self.with(name, Values::Numbers(numbers))
    }

    /// With another column, of text.
    ///
    /// # Errors
    /// [`Error::Data`]: a column of another length, a name given twice.
    pub fn texts(
        self,
        name: &str,
        texts: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<Self, Error> {
        let mut interned = Interned::default();
        for text in texts {
            match text.as_ref() {
                "" => interned.push_missing(),
                text => interned.push(text),
            }
        }
        self.with(name, Values::Texts(interned.sorted(true)))
    }

    fn with(mut self, name: &str, values: Values) -> Result<Self, Error> {
        if let Some(first) = self.columns.iter().position(|column| column.name == name) {
            let columns = [first + 1, self.columns.len() + 1];
            let (source, name) = (self.source, name.to_owned());
            return Err(DataError::DuplicateColumn { source, name, columns }.into());
        }
        let (rows, found) = (self.rows(), values.rows());
        if self.columns.is_empty() {
            self.places = (0..found as u64).collect();
        } else if found != rows {
            let column = name.to_owned();
            return Err(DataError::Length { column, expected: rows, found }.into());
        }
        self.columns.push(Column { name: name.to_owned(), values, is_prepared: false });
        Ok(self)
    }

    /// The file, or the name it was given.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.places.len()
    }

    /// The names of the columns, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.name.as_str())
    }

    /// What became of missing values when this was prepared.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// How many values of a column are missing.
    ///
    /// # Errors
    /// [`Error::Data`]: there is no such column.
    pub fn missing(&self, column: &str) -> Result<usize, Error> {
        let values = self.values(column)?;
        Ok((0..self.rows()).filter(|&row| values.is_missing(row)).count())
    }

    /// These rows, in this order.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn pick(&self, rows: &[usize]) -> Dataset {
        let column = |column: &Column| Column {
            name: column.name.clone(),
            values: column.values.pick(rows),
            is_prepared: column.is_prepared,
        };
        Dataset {
            source: self.source.clone(),
            unit: self.unit,
            places: rows.iter().map(|&row| self.places[row]).collect(),
            columns: self.columns.iter().map(column).collect(),
            summary: Summary::default(),
        }
    }

    /// How many numbers these columns are in a row of [`inputs`](Dataset::inputs): one each, or as many as there are labels in one-hot.
    ///
    /// # Errors
    /// [`Error::Data`]: there is no such column.
    pub fn width(
        &self,
        columns: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<usize, Error> {
        let widths = columns.into_iter().map(|name| Ok(self.values(name.as_ref())?.width()));
        widths.sum()
    }

    /// The numbers of these columns, row by row: what a model's `batch` takes for an input of as many numbers.
    ///
    /// # Errors
    /// [`Error::Data`]: there is no such column, it is text, or values are missing or too large for `T`; all such values are counted, the
    /// first are named.
    pub fn inputs<T: Real>(
        &self,
        columns: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<Vec<T>, Error> {
        let names: Vec<_> = columns.into_iter().collect();
        let columns: Vec<&Values> = names
            .iter()
            .map(|name| self.numeric(name.as_ref()))
            .collect::<Result<_, DataError>>()?;
        let width: usize = columns.iter().map(|values| values.width()).sum();
        let mut faults = Faults::none(&self.source, self.unit);
        let mut inputs = Vec::with_capacity(self.rows() * width);
        for (row, &place) in self.places.iter().enumerate() {
            for (name, values) in names.iter().zip(&columns) {
                if let Err(problem) = push(values, row, &mut inputs) {
                    faults.add(place, Some(name.as_ref()), || problem);
                }
            }
        }
        faults.into_result()?;
        Ok(inputs)
    }

    /// The numbers of one column: what a model's `batch` takes for an input or target of one number, or of one-hot.
    ///
    /// # Errors
    /// As [`inputs`](Dataset::inputs).
    pub fn target<T: Real>(&self, column: &str) -> Result<Vec<T>, Error> {
        self.inputs([column])
    }

    /// The class of each row: what a model's `batch` takes for an `Index`, or for the target of `cross_entropy`.
    ///
    /// Of a column of text it is the place of the text among the [`labels`](Dataset::labels); numbers must be whole, from 0, and are the
    /// classes themselves. Tables that were read apart may have other labels: a [`Preparation`](super::Preparation) gives both the same.
    ///
    /// # Errors
    /// [`Error::Data`]: there is no such column, a value is missing or no whole number from 0, or the labels are those of a part of a file.
    pub fn classes(&self, column: &str) -> Result<Vec<u32>, Error> {
        let values = self.values(column)?;
        let mut faults = Faults::none(&self.source, self.unit);
        let mut class = |row: usize, problem: Problem| {
            faults.add(self.places[row], Some(column), || problem);
            NONE
        };
        let classes = match values {
            Values::Nothing(rows) => (0..*rows).map(|row| class(row, Problem::Missing)).collect(),
            Values::Numbers(numbers) => {
                let numbers = numbers.iter().enumerate();
                let class = |(row, &number): (usize, &f64)| match number {
                    _ if number.is_nan() => class(row, Problem::Missing),
                    _ if number.fract() != 0.0 || !(0.0..f64::from(NONE)).contains(&number) => {
                        class(row, Problem::NotAClass { found: number })
                    }
                    _ => number as u32,
                };
                numbers.map(class).collect()
            }
            Values::Texts(texts) | Values::OneHot(texts) => {
                self.require_all_labels(column, texts)?;
                let codes = texts.codes.iter().enumerate();
                let class = |(row, &code): (usize, &u32)| match code {
                    NONE => class(row, Problem::Missing),
                    code => code,
                };
                codes.map(class).collect()
            }
        };
        faults.into_result()?;
        Ok(classes)
    }

    /// The labels of the classes of a column of text, in their order: all those of the file, ascending, or those that a preparation learnt.
    ///
    /// # Errors
    /// [`Error::Data`]: there is no such column, it is numbers, or the labels are those of a part of a file.
    pub fn labels(&self, column: &str) -> Result<&[String], Error> {
        match self.values(column)? {
            Values::Texts(texts) | Values::OneHot(texts) => {
                self.require_all_labels(column, texts)?;
                Ok(&texts.labels)
            }
            values => Err(self.kind(column, "text", values.kind()).into()),
        }
    }

    /// A chunk knows the labels of the rows before it alone: classes by those would differ from chunk to chunk.
    fn require_all_labels(&self, column: &str, texts: &Texts) -> Result<(), DataError> {
        if texts.are_all {
            return Ok(());
        }
        let found = "text of a part of a file, whose labels are not all known".to_owned();
        Err(self.kind(column, "classes or one-hot by a preparation", found))
    }

    fn kind(&self, column: &str, expected: &'static str, found: String) -> DataError {
        let (source, column) = (self.source.clone(), column.to_owned());
        DataError::Kind { source, column, expected, found }
    }

    /// Whether there is a column of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|column| column.name == name)
    }

    /// Whether a column was standardized, scaled or made one-hot.
    pub(super) fn is_prepared(&self, name: &str) -> Result<bool, DataError> {
        let is_one_hot = matches!(self.values(name)?, Values::OneHot(_));
        let is_of_name = |column: &&Column| column.name == name;
        let column = self.columns.iter().find(is_of_name);
        Ok(is_one_hot || column.is_some_and(|column| column.is_prepared))
    }

    /// The values of the column of this name.
    pub(super) fn values(&self, name: &str) -> Result<&Values, DataError> {
        let column = self.columns.iter().find(|column| column.name == name);
        column.map(|column| &column.values).ok_or_else(|| DataError::UnknownColumn {
            source: self.source.clone(),
            name: name.to_owned(),
            known: self.names().map(str::to_owned).collect(),
        })
    }

    /// The values of the column of this name, which are numbers.
    pub(super) fn numeric(&self, name: &str) -> Result<&Values, DataError> {
        match self.values(name)? {
            values @ Values::Texts(_) => Err(self.kind(name, "numbers or one-hot", values.kind())),
            values => Ok(values),
        }
    }

    /// Refuses a column that is not text, unless nothing is known of it.
    pub(super) fn require_text(&self, name: &str) -> Result<(), DataError> {
        match self.values(name)? {
            Values::Texts(_) | Values::Nothing(_) => Ok(()),
            values => Err(self.kind(name, "text", values.kind())),
        }
    }
}

/// Adds the numbers of a row.
fn push<T: Real>(values: &Values, row: usize, inputs: &mut Vec<T>) -> Result<(), Problem> {
    match values {
        Values::Numbers(numbers) => {
            let number = T::from_f64(numbers[row]);
            inputs.push(number);
            match number.to_f64() {
                number if number.is_finite() => Ok(()),
                _ if numbers[row].is_nan() => Err(Problem::Missing),
                _ => Err(Problem::NotFinite { found: format!("{:e}", numbers[row]) }),
            }
        }
        Values::Nothing(_) | Values::Texts(_) => Err(Problem::Missing),
        Values::OneHot(texts) => {
            let start = inputs.len();
            inputs.resize(start + texts.labels.len(), T::ZERO);
            if let Some(place) = inputs.get_mut(start + texts.codes[row] as usize) {
                *place = T::ONE;
            }
            Ok(())
        }
    }
}
