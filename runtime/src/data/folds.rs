//! Cross-validation: every row is held out once.

use crate::error::Error;
use crate::generator::Generator;

use super::dataset::Dataset;
use super::strata::Strata;

/// How a table is cut into `k` folds: each is held out once, while the others are trained on.
///
/// # Examples
/// ```
/// use chainrule::data::{Dataset, Folds};
///
/// let numbers: Vec<f64> = (0..10).map(f64::from).collect();
/// let dataset = Dataset::new("numbers").numbers("x", &numbers)?;
/// let mut held_out = Vec::new();
/// for fold in Folds::new(3).seed(7).apply(&dataset)? {
///     assert_eq!(fold.train.rows() + fold.validation.rows(), 10);
///     held_out.extend(fold.validation.target::<f64>("x")?);
/// }
/// held_out.sort_by(f64::total_cmp);
/// assert_eq!(held_out, numbers);
/// # Ok::<(), chainrule::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Folds {
    count: usize,
    column: Option<String>,
    seed: u64,
}

/// A table with one fold held out.
#[derive(Clone, Debug, PartialEq)]
pub struct Fold {
    /// To train on.
    pub train: Dataset,
    /// What is held out.
    pub validation: Dataset,
}

impl Folds {
    /// So many folds of equal size, up to a row.
    pub fn new(count: usize) -> Self {
        Folds { count, column: None, seed: 0 }
    }

    /// Gives each fold the same share, up to a row, of each value of this column.
    pub fn stratify(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    /// Sets the seed that rows are dealt by.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Cuts a table; each fold is copied when its turn comes.
    ///
    /// # Errors
    /// - [`Error::Setting`]: fewer than two folds, or more than there are rows.
    /// - [`Error::Data`]: there is no such column, a value of it is missing, or one has a single row.
    pub fn apply<'d>(
        &self,
        dataset: &'d Dataset,
    ) -> Result<impl ExactSizeIterator<Item = Fold> + use<'d>, Error> {
        let count = self.count;
        if count < 2 || count > dataset.rows() {
            let found = format!("{count} of {} rows", dataset.rows());
            let requirement = "at least 2, and no more than there are rows";
            return Err(Error::Setting { name: "folds", requirement, found });
        }
        let strata = Strata::new(dataset, self.column.as_deref())?;
        strata.require_at_least(2)?;
        let mut fold_of = vec![0; dataset.rows()];
        let rows = strata.shuffled(&mut Generator::new(self.seed));
        for (place, row) in rows.into_iter().enumerate() {
            fold_of[row] = place % count;
        }
        Ok((0..count).map(move |fold| {
            let is_held_out = |row: &usize| fold_of[*row] == fold;
            let (validation, train): (Vec<_>, Vec<_>) = (0..fold_of.len()).partition(is_held_out);
            Fold { train: dataset.pick(&train), validation: dataset.pick(&validation) }
        }))
    }
}
