//! Preparing a table, and undoing it for predictions.

use std::sync::Arc;

use crate::error::Error;
use crate::kernel::real::Real;

use super::super::column::{NONE, Texts, Values};
use super::super::dataset::Dataset;
use super::super::error::DataError;
use super::super::fault::{Faults, Problem};
use super::super::summary::{MissingValues, Summary};
use super::{Change, Fill, Preparation, Step, Unknown, not_prepared};

impl Preparation {
    /// Prepares a table. Columns that are not there, as the target of new data, are passed over.
    ///
    /// # Errors
    /// [`Error::Data`]: a column is of the wrong kind or prepared already, or has labels that are not known.
    pub fn apply(&self, dataset: &Dataset) -> Result<Dataset, Error> {
        let steps: Vec<&Step> =
            self.steps.iter().filter(|step| dataset.has(&step.column)).collect();
        let mut summary = Summary { rows: dataset.rows(), ..Summary::default() };
        let mut is_kept = vec![true; dataset.rows()];
        for step in steps.iter().filter(|step| step.fill == Fill::DropRow) {
            let values = dataset.values(&step.column)?;
            let mut dropped = 0;
            for (row, is_kept) in is_kept.iter_mut().enumerate() {
                let is_missing = values.is_missing(row);
                *is_kept &= !is_missing;
                dropped += usize::from(is_missing);
            }
            summary.add(&step.column, dropped, 0);
        }
        let kept: Vec<usize> = (0..dataset.rows()).filter(|&row| is_kept[row]).collect();
        summary.dropped = dataset.rows() - kept.len();
        let mut prepared = dataset.pick(&kept);
        let mut faults = Faults::none(&dataset.source, dataset.unit);
        for step in steps {
            let filled = step.apply(&mut prepared, &mut faults)?;
            summary.add(&step.column, 0, filled);
        }
        faults.into_result()?;
        prepared.summary = summary;
        Ok(prepared)
    }

    /// Prepares a table in chunks, without those of which no row is left.
    pub fn apply_chunks(
        self,
        chunks: impl Iterator<Item = Result<Dataset, Error>>,
    ) -> impl Iterator<Item = Result<Dataset, Error>> {
        let prepared = chunks.map(move |chunk| self.apply(&chunk?));
        prepared.filter(|chunk| !chunk.as_ref().is_ok_and(|chunk| chunk.rows() == 0))
    }

    /// Takes numbers, such as predictions, back to what they are in the table: `y·scale + offset`.
    ///
    /// # Errors
    /// [`Error::Data`]: this column is not standardized or scaled.
    pub fn undo<T: Real>(&self, column: &str, values: &mut [T]) -> Result<(), Error> {
        let Some(Change::Affine { offset, scale, .. }) = self.change(column) else {
            return Err(not_prepared(column, "a column that is standardized or scaled").into());
        };
        for value in values {
            *value = T::from_f64(value.to_f64() * scale + offset);
        }
        Ok(())
    }
}

impl Step {
    /// Prepares its column; how many missing values were filled in.
    fn apply(&self, dataset: &mut Dataset, faults: &mut Faults) -> Result<usize, DataError> {
        let name = self.column.as_str();
        if dataset.is_prepared(name)? {
            return Err(not_prepared(name, "a column that is as it was read"));
        }
        let nothing = match (&self.fill, &self.change) {
            (Fill::Number(_), _) | (_, Change::Affine { .. }) => {
                dataset.numeric(name)?;
                Values::Numbers(vec![f64::NAN; dataset.rows()])
            }
            (Fill::Label(_), _) | (_, Change::OneHot { .. } | Change::Classes { .. }) => {
                dataset.require_text(name)?;
                let (labels, codes) = (Arc::new([]), vec![NONE; dataset.rows()]);
                Values::Texts(Texts { labels, codes, are_all: true })
            }
            _ => return Ok(0),
        };
        let places = &dataset.places;
        let mut columns = dataset.columns.iter_mut();
        let Some(column) = columns.find(|column| column.name == name) else { return Ok(0) };
        if let Values::Nothing(_) = column.values {
            column.values = nothing;
        }
        match &mut column.values {
            Values::Numbers(numbers) => {
                let filled = self.fill_numbers(numbers);
                if let Change::Affine { offset, scale, .. } = self.change {
                    for x in numbers.iter_mut() {
                        *x = (*x - offset) / scale;
                    }
                    column.is_prepared = true;
                }
                Ok(filled)
            }
            Values::Texts(texts) => {
                let (values, filled) = self.texts(texts, places, faults);
                column.values = values;
                Ok(filled)
            }
            Values::Nothing(_) | Values::OneHot(_) => Ok(0),
        }
    }

    fn fill_numbers(&self, numbers: &mut [f64]) -> usize {
        let Fill::Number(number) = self.fill else { return 0 };
        let missing = numbers.iter_mut().filter(|x| x.is_nan());
        missing.map(|x| *x = number).count()
    }

    /// The texts among the labels of the step; how many missing ones were filled in.
    fn texts(&self, texts: &Texts, places: &[u64], faults: &mut Faults) -> (Values, usize) {
        let labels = match (&self.change, &self.fill) {
            (Change::OneHot { labels, .. } | Change::Classes { labels }, _) => Arc::clone(labels),
            (_, Fill::Label(label)) => with_label(&texts.labels, label),
            _ => Arc::clone(&texts.labels),
        };
        let (becomes_zeros, becomes_numbers) = match &self.change {
            Change::OneHot { unknown, .. } => (*unknown == Unknown::Zeros, true),
            _ => (false, false),
        };
        let place = |label: &String| labels.binary_search(label).map_or(NONE, |place| place as u32);
        let table: Vec<u32> = texts.labels.iter().map(place).collect();
        let fill = match &self.fill {
            Fill::Label(label) => place(label),
            _ => NONE,
        };
        let mut filled = 0;
        let mut codes = Vec::with_capacity(places.len());
        for (row, &at) in places.iter().enumerate() {
            let label = texts.label(row);
            let code = label.map_or(fill, |_| table[texts.codes[row] as usize]);
            filled += usize::from(label.is_none() && code != NONE);
            codes.push(code);
            match label {
                Some(label) if code == NONE && !becomes_zeros => {
                    let (found, known) = (label.to_owned(), labels.to_vec());
                    faults.add(at, Some(&self.column), || Problem::UnknownLabel { found, known });
                }
                None if code == NONE && becomes_numbers => {
                    faults.add(at, Some(&self.column), || Problem::Missing);
                }
                _ => {}
            }
        }
        let are_all = texts.are_all || !matches!(self.change, Change::None);
        let texts = Texts { labels, codes, are_all };
        (if becomes_numbers { Values::OneHot(texts) } else { Values::Texts(texts) }, filled)
    }
}

/// Ascending labels with one more, unless it is among them.
fn with_label(labels: &[String], label: &String) -> Arc<[String]> {
    let mut labels = labels.to_vec();
    if let Err(place) = labels.binary_search(label) {
        labels.insert(place, label.clone());
    }
    labels.into()
}

impl Summary {
    fn add(&mut self, column: &str, dropped: usize, filled: usize) {
        if dropped + filled > 0 {
            let column = column.to_owned();
            self.columns.push(MissingValues { column, dropped, filled });
        }
    }
}
