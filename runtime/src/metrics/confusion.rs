//! Which classes are taken for which.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};

use crate::error::Error;

use super::error::{MetricError, require_classes, require_same_count};

/// Counts of rows by actual and predicted class.
///
/// Precision, recall and F₁ of a class are 0 where their denominator is: precision of a class that is never predicted, recall of one that
/// never occurs, F₁ of one that is neither predicted nor occurs. Averages take all classes, those too.
///
/// It prints as a table: a row for each actual class, a column for each predicted one.
///
/// # Examples
/// ```
/// use chainrule::metrics::{Averaging, ConfusionMatrix};
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let matrix = ConfusionMatrix::of(&[0, 2, 1, 0, 0, 1], &[0, 1, 2, 0, 1, 2], 3)?;
/// assert_eq!(matrix.count(1, 2), 1);
/// assert_eq!(matrix.scores(0).precision, 2.0 / 3.0);
/// assert_eq!(matrix.average(Averaging::Macro).f1, 0.8 / 3.0);
/// println!("{}", matrix.named(["cat", "dog", "mouse"])?);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ConfusionMatrix {
    names: Vec<String>,
    /// Row-major: a row for each actual class.
    counts: Vec<u64>,
}

/// Precision, recall and F₁, of a class or averaged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassScores {
    /// Of the rows that are predicted to be of the class, the share that is: `TP / (TP + FP)`.
    pub precision: f64,
    /// Of the rows of the class, the share that is predicted to be: `TP / (TP + FN)`.
    pub recall: f64,
    /// The harmonic mean of both: `2·TP / (2·TP + FP + FN)`.
    ///
    /// # References
    /// van Rijsbergen (1979), *Information Retrieval*, chapter 7, with β = 1.
    pub f1: f64,
    /// The rows of the class; all rows, for an average.
    pub support: u64,
}

/// How the scores of classes become one.
///
/// # References
/// Sokolova & Lapalme (2009), *A Systematic Analysis of Performance Measures for Classification Tasks*, table 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Averaging {
    /// The mean of the classes, each counting the same.
    Macro,
    /// From the counts of all classes together: all three are the accuracy, as each row has one class.
    Micro,
    /// The mean of the classes, each counting as often as it occurs.
    Weighted,
}

impl ConfusionMatrix {
    /// Counts rows of `classes` classes.
    ///
    /// # Errors
    /// [`MetricError::Count`], [`MetricError::Empty`] and [`MetricError::Class`].
    pub fn of(predicted: &[u32], actual: &[u32], classes: usize) -> Result<Self, Error> {
        require_same_count("the confusion matrix", predicted.len(), actual.len())?;
        require_classes("predicted", predicted, classes)?;
        require_classes("actual", actual, classes)?;
        let mut counts = vec![0; classes * classes];
        for (&predicted, &actual) in predicted.iter().zip(actual) {
            counts[actual as usize * classes + predicted as usize] += 1;
        }
        Ok(ConfusionMatrix { names: (0..classes).map(|class| class.to_string()).collect(), counts })
    }

    /// Gives the classes other names than their numbers.
    ///
    /// # Errors
    /// [`MetricError::Names`] unless there is one for each class.
    pub fn named<S: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = S>,
    ) -> Result<Self, Error> {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        if names.len() != self.classes() {
            let (names, classes) = (names.len(), self.classes());
            return Err(MetricError::Names { names, classes }.into());
        }
        self.names = names;
        Ok(self)
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.names.len()
    }

    /// The names of the classes.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The rows of one class that are predicted to be of another, or of the same.
    ///
    /// # Panics
    /// If there are not so many classes.
    pub fn count(&self, actual: usize, predicted: usize) -> u64 {
        self.row(actual)[predicted]
    }

    /// All rows.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// The share of rows that are predicted right.
    pub fn accuracy(&self) -> f64 {
        let right: u64 = (0..self.classes()).map(|class| self.count(class, class)).sum();
        share(right, self.total())
    }

    /// Precision, recall and F₁ of a class.
    ///
    /// # Panics
    /// If there are not so many classes.
    pub fn scores(&self, class: usize) -> ClassScores {
        let right = self.count(class, class);
        let support = self.row(class).iter().sum();
        let predicted: u64 = (0..self.classes()).map(|actual| self.count(actual, class)).sum();
        ClassScores {
            precision: share(right, predicted),
            recall: share(right, support),
            f1: share(2 * right, support + predicted),
            support,
        }
    }

    /// Precision, recall and F₁ of all classes.
    pub fn average(&self, averaging: Averaging) -> ClassScores {
        let total = self.total();
        if averaging == Averaging::Micro {
            let accuracy = self.accuracy();
            return ClassScores {
                precision: accuracy,
                recall: accuracy,
                f1: accuracy,
                support: total,
            };
        }
        let mut average = ClassScores { precision: 0.0, recall: 0.0, f1: 0.0, support: total };
        for class in 0..self.classes() {
            let scores = self.scores(class);
            let weight = match averaging {
                Averaging::Weighted => share(scores.support, total),
                Averaging::Macro | Averaging::Micro => 1.0 / self.classes() as f64,
            };
            average.precision += weight * scores.precision;
            average.recall += weight * scores.recall;
            average.f1 += weight * scores.f1;
        }
        average
    }

    fn row(&self, actual: usize) -> &[u64] {
        &self.counts[actual * self.classes()..][..self.classes()]
    }
}

/// A share, 0 of nothing.
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl Display for ConfusionMatrix {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let digits = self.counts.iter().map(|count| count.to_string().len());
        let names = self.names.iter().map(|name| name.chars().count());
        let widest = names.clone().max().unwrap_or(0);
        let (first, width) = (widest.max(9), widest.max(digits.max().unwrap_or(0)).max(6));
        let columns = (width + 1) * self.classes();
        writeln!(f, "{:first$}{:>columns$}", "", "predicted")?;
        write!(f, "{:first$}", "actual")?;
        for name in &self.names {
            write!(f, " {name:>width$}")?;
        }
        writeln!(f, "  recall")?;
        for (class, name) in self.names.iter().enumerate() {
            write!(f, "{name:>first$}")?;
            for count in self.row(class) {
                write!(f, " {count:>width$}")?;
            }
            writeln!(f, "  {:.4}", self.scores(class).recall)?;
        }
        write!(f, "{:first$}", "precision")?;
        for class in 0..self.classes() {
            write!(f, " {:>width$.4}", self.scores(class).precision)?;
        }
        write!(f, "  {:.4} accuracy", self.accuracy())
    }
}
