//! Learning how columns are prepared, from a table or from its chunks.

use std::collections::BTreeSet;

use super::super::column::Values;
use super::super::dataset::Dataset;
use super::super::error::DataError;
use super::statistics::Statistics;
use super::{
    Affine, Change, Fill, Missing, Preparation, Prepare, Step, Unknown, Wanted, not_prepared,
};

/// What is known of the columns so far.
pub struct Learner<'p> {
    prepare: &'p Prepare,
    columns: Vec<Learning>,
}

/// What is known of a column so far.
struct Learning {
    name: String,
    wanted: Option<Wanted>,
    missing: Missing,
    statistics: Statistics,
    labels: BTreeSet<String>,
}

impl<'p> Learner<'p> {
    /// Nothing is known yet.
    pub fn new(prepare: &'p Prepare) -> Result<Self, DataError> {
        let mut columns: Vec<Learning> = Vec::new();
        let changes = prepare.changes.iter().map(|(name, wanted)| (name, Some(*wanted)));
        let filled = prepare.missing.keys().filter(|name| !is_changed(prepare, name));
        for (name, wanted) in changes.chain(filled.map(|name| (name, None))) {
            if columns.iter().any(|column| column.name == *name) {
                return Err(DataError::PreparedTwice { column: name.clone() });
            }
            let missing = prepare.missing.get(name).cloned().unwrap_or(Missing::Error);
            let (statistics, labels) = (Statistics::new(), BTreeSet::new());
            columns.push(Learning { name: name.clone(), wanted, missing, statistics, labels });
        }
        let is_one_hot = |name: &String| prepare.changes.contains(&(name.clone(), Wanted::OneHot));
        if let Some(name) = prepare.unknown.keys().find(|name| !is_one_hot(name)) {
            return Err(not_prepared(name, "`unknown` of a column that becomes one-hot"));
        }
        Ok(Learner { prepare, columns })
    }

    /// Learns from more rows.
    pub fn see(&mut self, dataset: &Dataset) -> Result<(), DataError> {
        let drops = |column: &&Learning| column.missing == Missing::DropRow;
        let drops = self.columns.iter().filter(drops).map(|column| dataset.values(&column.name));
        let drops: Vec<&Values> = drops.collect::<Result<_, _>>()?;
        let is_kept = |row: &usize| !drops.iter().any(|values| values.is_missing(*row));
        let rows: Vec<usize> = (0..dataset.rows()).filter(is_kept).collect();
        self.columns.iter_mut().try_for_each(|column| column.see(dataset, &rows))
    }

    /// What was learnt.
    pub fn finish(self) -> Result<Preparation, DataError> {
        let Learner { prepare, columns } = self;
        let steps = columns.into_iter().map(|column| column.finish(prepare));
        Ok(Preparation { steps: steps.collect::<Result<_, _>>()? })
    }
}

fn is_changed(prepare: &Prepare, name: &str) -> bool {
    prepare.changes.iter().any(|(other, _)| other == name)
}

impl Learning {
    fn needs_numbers(&self) -> bool {
        matches!(self.wanted, Some(Wanted::Standardized | Wanted::Scaled))
            || matches!(self.missing, Missing::Mean | Missing::Constant(_))
    }

    fn needs_text(&self) -> bool {
        matches!(self.wanted, Some(Wanted::OneHot | Wanted::Classes))
            || matches!(self.missing, Missing::Label(_))
    }

    fn see(&mut self, dataset: &Dataset, rows: &[usize]) -> Result<(), DataError> {
        if dataset.is_prepared(&self.name)? {
            return Err(not_prepared(&self.name, "a column that is as it was read"));
        }
        if self.needs_numbers() {
            dataset.numeric(&self.name)?;
        }
        if self.needs_text() {
            dataset.require_text(&self.name)?;
        }
        match dataset.values(&self.name)? {
            Values::Numbers(numbers) => {
                let numbers = rows.iter().map(|&row| numbers[row]);
                numbers.filter(|x| !x.is_nan()).for_each(|x| self.statistics.add(x));
            }
            Values::Texts(texts) => {
                let mut is_there = vec![false; texts.labels.len()];
                let codes = rows.iter().map(|&row| texts.codes[row] as usize);
                codes.for_each(|code| is_there.get_mut(code).map_or((), |there| *there = true));
                let labels = texts.labels.iter().zip(is_there).filter(|(_, there)| *there);
                self.labels.extend(labels.map(|(label, _)| label.clone()));
            }
            Values::Nothing(_) | Values::OneHot(_) => {}
        }
        Ok(())
    }

    fn finish(mut self, prepare: &Prepare) -> Result<Step, DataError> {
        let has_nothing = self.statistics.count() == 0 && self.labels.is_empty();
        let learns = self.wanted.is_some() || self.missing == Missing::Mean;
        if has_nothing && learns {
            return self.unlearnable("it has no value in the rows for training");
        }
        let fill = match &self.missing {
            Missing::Error => Fill::Error,
            Missing::DropRow => Fill::DropRow,
            Missing::Mean => Fill::Number(self.statistics.mean()),
            Missing::Constant(number) => Fill::Number(*number),
            Missing::Label(label) => Fill::Label(label.clone()),
        };
        if let (Fill::Label(label), Some(_)) = (&fill, self.wanted) {
            self.labels.insert(label.clone());
        }
        let statistics = &self.statistics;
        let change = match self.wanted {
            None => Change::None,
            Some(Wanted::Standardized) => {
                affine(Affine::Standardized, statistics.mean(), statistics.deviation())
            }
            Some(Wanted::Scaled) => affine(Affine::Scaled, statistics.least(), statistics.range()),
            Some(Wanted::OneHot) => {
                let unknown = prepare.unknown.get(&self.name).copied().unwrap_or(Unknown::Error);
                Change::OneHot { unknown, labels: self.labels.iter().cloned().collect() }
            }
            Some(Wanted::Classes) => {
                Change::Classes { labels: self.labels.iter().cloned().collect() }
            }
        };
        let is_usable = |number: f64| number.is_finite();
        match (&fill, &change) {
            (Fill::Number(number), _) if !is_usable(*number) => {
                self.unlearnable("what takes the place of a missing value is no finite number")
            }
            (_, Change::Affine { offset, scale, .. })
                if !(is_usable(*offset) && *scale > 0.0 && is_usable(*scale)) =>
            {
                self.unlearnable("its numbers are too far apart, or too close to each other")
            }
            _ => Ok(Step { column: self.name, fill, change }),
        }
    }

    fn unlearnable<T>(self, reason: &'static str) -> Result<T, DataError> {
        Err(DataError::Unlearnable { column: self.name, reason })
    }
}

fn affine(kind: Affine, offset: f64, scale: f64) -> Change {
    Change::Affine { kind, offset, scale }
}
