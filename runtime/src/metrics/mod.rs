//! How good predictions are: each measure by its definition.
//!
//! The functions take slices; what they cannot measure is an [`Error::Metric`] that says why: never a number made up. An [`Evaluation`]
//! gives them the predictions and targets of a batch, and is what [`Trainer::metric`](crate::train::Trainer::metric) measures after every
//! epoch.
//!
//! | of classes | from | |
//! |---|---|---|
//! | [`accuracy`], [`top_k`] | classes, scores | shares of rows that are right |
//! | [`ConfusionMatrix`] | classes | counts, and precision, recall and F₁ of each class or averaged |
//! | [`roc_auc`] | one score | how well it ranks, whatever the threshold |
//! | [`log_loss_of_logits`] | logits | how probable the classes were held |
//!
//! | of numbers | |
//! |---|---|
//! | [`mean_absolute_error`], [`root_mean_squared_error`] | in the unit of the target |
//! | [`mean_absolute_percentage_error`] | relative to the target |
//! | [`r_squared`] | the share of the variance that is explained |
//!
//! # Examples
//! ```
//! use chainrule::metrics::{ConfusionMatrix, accuracy, most_likely};
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let scores = [2.0_f32, 0.5, -1.0, 0.1, 0.3, 0.2, -2.0, 0.0, 1.0];
//! let (predicted, actual) = (most_likely(&scores, 3)?, [0, 1, 1]);
//! assert_eq!(predicted, [0, 1, 2]);
//! assert_eq!(accuracy(&predicted, &actual)?, 2.0 / 3.0);
//! let matrix = ConfusionMatrix::of(&predicted, &actual, 3)?;
//! assert_eq!((matrix.scores(1).precision, matrix.scores(1).recall), (1.0, 0.5));
//! println!("{matrix}");
//! # Ok(())
//! # }
//! ```

mod classes;
mod confusion;
mod error;
mod evaluation;
mod ranking;
mod regression;

pub use self::classes::{accuracy, log_loss_of_logits, most_likely, top_k};
pub use self::confusion::{Averaging, ClassScores, ConfusionMatrix};
pub use self::error::MetricError;
pub use self::evaluation::Evaluation;
pub use self::ranking::roc_auc;
pub use self::regression::{
    mean_absolute_error, mean_absolute_percentage_error, r_squared, root_mean_squared_error,
};

#[cfg(test)]
mod tests;
