//! Rows to train on, to validate and to test with.

use crate::error::Error;
use crate::generator::Generator;

use super::dataset::Dataset;
use super::strata::Strata;

/// How a table is split: which share is for validation and which for the test. The rest is trained on.
///
/// The rows are chosen by the seed; those of each part stay in their order. The same seed and number of rows give the same parts.
///
/// # Examples
/// ```
/// use chainrule::data::{Dataset, Parts, Split};
///
/// let labels = ["no", "no", "yes"].repeat(10);
/// let patients = Dataset::new("patients").texts("ill", labels)?;
/// let Parts { train, validation, test } =
///     Split::new().validation(0.2).test(0.1).stratify("ill").seed(7).apply(&patients)?;
/// assert_eq!((train.rows(), validation.rows(), test.rows()), (21, 6, 3));
/// assert_eq!(test.classes("ill")?.iter().sum::<u32>(), 1);
/// # Ok::<(), chainrule::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    validation: Option<f64>,
    test: Option<f64>,
    column: Option<String>,
    seed: u64,
}

/// The parts of a table. One that was not asked for has no rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// To train on.
    pub train: Dataset,
    /// To choose settings by, and when to stop.
    pub validation: Dataset,
    /// To look at once, at the end.
    pub test: Dataset,
}

impl Default for Split {
    fn default() -> Self {
        Split::new()
    }
}

impl Split {
    /// All rows to train on, seed 0.
    pub fn new() -> Self {
        Split { validation: None, test: None, column: None, seed: 0 }
    }

    /// Sets the share of the rows for validation.
    pub fn validation(mut self, share: f64) -> Self {
        self.validation = Some(share);
        self
    }

    /// Sets the share of the rows for the test.
    pub fn test(mut self, share: f64) -> Self {
        self.test = Some(share);
        self
    }

    /// Gives each part the same share, up to a row, of each value of this column.
    pub fn stratify(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    /// Sets the seed that rows are chosen by.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Splits a table.
    ///
    /// # Errors
    /// - [`Error::Setting`]: a share is not between 0 and 1, or leaves a part without rows.
    /// - [`Error::Data`]: there is no such column, a value of it is missing, or one has no row that is trained on.
    pub fn apply(&self, dataset: &Dataset) -> Result<Parts, Error> {
        let strata = Strata::new(dataset, self.column.as_deref())?;
        let shares = [("test", self.test), ("validation", self.validation)];
        for (name, share) in shares {
            if let Some(share) = share.filter(|share| !(*share > 0.0 && *share < 1.0)) {
                let requirement = "above 0 and below 1";
                return Err(Error::Setting { name, requirement, found: share.to_string() });
            }
        }
        let (test, validation) = (self.test.unwrap_or(0.0), self.validation.unwrap_or(0.0));
        if test + validation >= 1.0 {
            let found = format!("{validation}, and `test` {test}");
            let requirement = "shares that leave rows to train on";
            return Err(Error::Setting { name: "validation", requirement, found });
        }
        let mut rest = strata.shuffled(&mut Generator::new(self.seed));
        let mut parts = [Vec::new(), Vec::new()];
        for (part, (name, share)) in parts.iter_mut().zip(shares) {
            let Some(share) = share else { continue };
            *part = strata.take(&mut rest, (share * dataset.rows() as f64).round() as usize);
            if part.is_empty() || rest.is_empty() {
                let found = format!("{share}, which is {} of {} rows", part.len(), dataset.rows());
                let requirement = "a share that leaves rows on both sides";
                return Err(Error::Setting { name, requirement, found });
            }
        }
        rest.sort_unstable();
        strata.require_each_in(&rest, self.count())?;
        let [test, validation] = parts;
        let [train, validation, test] = [rest, validation, test].map(|rows| dataset.pick(&rows));
        Ok(Parts { train, validation, test })
    }

    fn count(&self) -> usize {
        1 + usize::from(self.test.is_some()) + usize::from(self.validation.is_some())
    }
}
