//! A model and a batch, to be measured.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::cell::OnceCell;

use crate::error::Error;
use crate::kernel::real::Real;
use crate::model::{Model, require_dims};
use crate::predict::{Predict, Targets};

use super::error::{MetricError, require_all};
use super::{ConfusionMatrix, classes, ranking, regression};

/// A model and a batch: what the one predicts for the other, computed once and when it is asked for, and how good that is.
///
/// # Classes
/// With several outputs, each row of them is the scores of classes; the predicted class has the greatest. With one, class 1 is predicted above
/// a threshold, which only the caller knows: 0 for logits, as `binary_cross_entropy` has them, ½ for probabilities. Targets may be classes;
/// for one output the numbers 1 for class 1, and 0 or −1 for class 0; for several outputs probabilities, the greatest of which is the class.
///
/// # Examples
/// ```
/// use chainrule::metrics::Evaluation;
/// use chainrule::prelude::*;
///
/// #[model(loss = cross_entropy)]
/// fn species(petal: Input<2>, w: Param<2, 3>, b: Param<3>) -> Output<3> {
///     petal.dot(w) + b
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let petals = [1.4, 0.2, 1.5, 0.3, 4.5, 1.4, 4.1, 1.2, 5.9, 2.2, 6.1, 2.4];
/// let batch = Species::batch(&petals, &[0, 0, 1, 1, 2, 2])?;
/// let mut model = Species::seeded(5);
/// let history = Trainer::new(Adam::new(0.1))
///     .epochs(300)
///     .validation(&batch)
///     .metric("accuracy", |evaluation| evaluation.accuracy())
///     .metric("top 2", |evaluation| evaluation.top_k(2))
///     .fit(&mut model, &batch)?;
/// assert_eq!(history.epochs()[299].metric("accuracy"), Some(1.0));
///
/// let evaluation = Evaluation::of(&model, &batch)?;
/// assert_eq!(evaluation.accuracy()?, 1.0);
/// println!("{}", evaluation.confusion()?);
/// # Ok(())
/// # }
/// ```
pub struct Evaluation<'a, M: Model> {
    model: &'a M,
    batch: M::Batch<'a>,
    predictions: OnceCell<Vec<M::Scalar>>,
}

impl<'a, M: Model> Evaluation<'a, M> {
    /// Of a model on a batch.
    ///
    /// # Errors
    /// [`Error::Dimensions`] if the batch was made for other run-time dimensions.
    pub fn of<'b: 'a>(model: &'a M, batch: &M::Batch<'b>) -> Result<Self, Error> {
        require_dims(model, batch)?;
        let batch = M::slice(batch, 0..M::rows(batch));
        Ok(Evaluation { model, batch, predictions: OnceCell::new() })
    }

    /// The model.
    pub fn model(&self) -> &'a M {
        self.model
    }

    /// The batch.
    pub fn batch(&self) -> &M::Batch<'a> {
        &self.batch
    }
}

impl<M: Predict> Evaluation<'_, M> {
    /// The predictions, in rows.
    pub fn predictions(&self) -> &[M::Scalar] {
        self.predictions.get_or_init(|| self.model.predictions(&self.batch))
    }

    /// The predicted classes of a model with several outputs.
    ///
    /// # Errors
    /// [`MetricError::Outputs`] where there is one, and [`MetricError::NotFinite`] where a prediction is NaN.
    pub fn predicted_classes(&self) -> Result<Vec<u32>, Error> {
        classes::most_likely(self.predictions(), self.several("the predicted class")?)
    }

    /// The predicted classes of a model with one output: 1 above the threshold, 0 elsewhere.
    ///
    /// # Errors
    /// [`MetricError::Outputs`] where there are several, and [`MetricError::NotFinite`] where a prediction is NaN.
    pub fn predicted_above(&self, threshold: f64) -> Result<Vec<u32>, Error> {
        self.require_one("a threshold")?;
        let scores = self.predictions();
        require_all("prediction", scores, |score| !score.is_nan())?;
        Ok(scores.iter().map(|score| u32::from(score.to_f64() > threshold)).collect())
    }

    /// The actual classes.
    ///
    /// # Errors
    /// [`MetricError::Targets`], [`MetricError::NotAClass`] and [`MetricError::NotProbabilities`].
    pub fn actual_classes(&self) -> Result<Cow<'_, [u32]>, Error> {
        match M::targets(&self.batch) {
            Targets::Classes(classes) => Ok(Cow::Borrowed(classes)),
            Targets::Values(values) if self.model.output_width() == 1 => {
                let class = |(place, value): (usize, &M::Scalar)| match value.to_f64() {
                    1.0 => Ok(1),
                    0.0 | -1.0 => Ok(0),
                    value => Err(MetricError::NotAClass { place, value }.into()),
                };
                values.iter().enumerate().map(class).collect::<Result<_, Error>>().map(Cow::Owned)
            }
            Targets::Values(values) => {
                let width = self.model.output_width();
                require_probabilities(values, width)?;
                classes::most_likely(values, width).map(Cow::Owned)
            }
            Targets::None => Err(MetricError::Targets {
                metric: "the predicted class",
                expected: "classes",
                found: "no target",
            }
            .into()),
        }
    }

    /// The scores of a row of classes: all outputs, or as many as there are for each target.
    fn classes(&self) -> Result<usize, Error> {
        let outputs = self.predictions().len();
        match M::targets(&self.batch) {
            Targets::Classes(classes) => Ok(outputs / classes.len()),
            Targets::Values(_) => Ok(self.model.output_width()),
            Targets::None => self.actual_classes().map(|_| 0),
        }
    }

    /// The same of a model with several outputs.
    fn several(&self, metric: &'static str) -> Result<usize, Error> {
        match self.classes()? {
            1 => {
                let expected = "several outputs (for one, the methods `.._above` take a threshold)";
                Err(MetricError::Outputs { metric, expected, found: 1 }.into())
            }
            several => Ok(several),
        }
    }

    fn require_one(&self, metric: &'static str) -> Result<(), Error> {
        match self.model.output_width() {
            1 => Ok(()),
            found => Err(MetricError::Outputs { metric, expected: "one output", found }.into()),
        }
    }

    /// [`accuracy`](super::accuracy) of a model with several outputs.
    ///
    /// # Errors
    /// Where [classes](Self#classes) are not what the batch has.
    pub fn accuracy(&self) -> Result<f64, Error> {
        classes::accuracy(&self.predicted_classes()?, &self.actual_classes()?)
    }

    /// [`accuracy`](super::accuracy) of a model with one output, which predicts class 1 above the threshold.
    ///
    /// # Errors
    /// Where [classes](Self#classes) are not what the batch has.
    pub fn accuracy_above(&self, threshold: f64) -> Result<f64, Error> {
        classes::accuracy(&self.predicted_above(threshold)?, &self.actual_classes()?)
    }

    /// [`top_k`](super::top_k).
    ///
    /// # Errors
    /// Where [classes](Self#classes) are not what the batch has, and those of `top_k`.
    pub fn top_k(&self, k: usize) -> Result<f64, Error> {
        classes::top_k(
            self.predictions(),
            self.several("top-k accuracy")?,
            &self.actual_classes()?,
            k,
        )
    }

    /// The [`ConfusionMatrix`] of a model with several outputs.
    ///
    /// # Errors
    /// Where [classes](Self#classes) are not what the batch has.
    pub fn confusion(&self) -> Result<ConfusionMatrix, Error> {
        let classes = self.several("the confusion matrix")?;
        ConfusionMatrix::of(&self.predicted_classes()?, &self.actual_classes()?, classes)
    }

    /// The [`ConfusionMatrix`] of a model with one output, which predicts class 1 above the threshold.
    ///
    /// # Errors
    /// Where [classes](Self#classes) are not what the batch has.
    pub fn confusion_above(&self, threshold: f64) -> Result<ConfusionMatrix, Error> {
        ConfusionMatrix::of(&self.predicted_above(threshold)?, &self.actual_classes()?, 2)
    }

    /// [`roc_auc`](super::roc_auc) of a model with one output, whatever its threshold.
    ///
    /// # Errors
    /// [`MetricError::Outputs`] where there are more, and those of `roc_auc`.
    pub fn roc_auc(&self) -> Result<f64, Error> {
        self.require_one("the area under the ROC curve")?;
        ranking::roc_auc(self.predictions(), &self.actual_classes()?)
    }

    /// [`log_loss_of_logits`](super::log_loss_of_logits), for a model that predicts logits.
    ///
    /// # Errors
    /// Where [classes](Self#classes) are not what the batch has, and those of `log_loss_of_logits`.
    pub fn log_loss_of_logits(&self) -> Result<f64, Error> {
        classes::log_loss_of_logits(self.predictions(), self.classes()?, &self.actual_classes()?)
    }

    /// [`mean_absolute_error`](super::mean_absolute_error) over all outputs.
    ///
    /// # Errors
    /// [`MetricError::Targets`] unless the targets are numbers, and those of the function: so for the others.
    pub fn mean_absolute_error(&self) -> Result<f64, Error> {
        let actual = self.actual_values("mean absolute error")?;
        regression::mean_absolute_error(self.predictions(), actual)
    }

    /// [`root_mean_squared_error`](super::root_mean_squared_error) over all outputs.
    pub fn root_mean_squared_error(&self) -> Result<f64, Error> {
        let actual = self.actual_values("root mean squared error")?;
        regression::root_mean_squared_error(self.predictions(), actual)
    }

    /// [`mean_absolute_percentage_error`](super::mean_absolute_percentage_error) over all outputs.
    pub fn mean_absolute_percentage_error(&self) -> Result<f64, Error> {
        let actual = self.actual_values("mean absolute percentage error")?;
        regression::mean_absolute_percentage_error(self.predictions(), actual)
    }

    /// [`r_squared`](super::r_squared): the mean over the outputs.
    pub fn r_squared(&self) -> Result<f64, Error> {
        let (actual, width) = (self.actual_values("R²")?, self.model.output_width());
        let column = |values: &[M::Scalar], output| -> Vec<M::Scalar> {
            values.iter().skip(output).step_by(width).copied().collect()
        };
        let of_output = |output| {
            regression::r_squared(&column(self.predictions(), output), &column(actual, output))
        };
        let sum = (0..width).map(of_output).sum::<Result<f64, Error>>()?;
        Ok(sum / width as f64)
    }

    fn actual_values(&self, metric: &'static str) -> Result<&[M::Scalar], Error> {
        let found = match M::targets(&self.batch) {
            Targets::Values(values) => return Ok(values),
            Targets::Classes(_) => "classes",
            Targets::None => "no target",
        };
        Err(MetricError::Targets { metric, expected: "numbers", found }.into())
    }
}

/// Targets of soft classes are probabilities: otherwise the greatest of a row says nothing about its class.
fn require_probabilities<T: Real>(targets: &[T], width: usize) -> Result<(), Error> {
    for (row, probabilities) in targets.chunks_exact(width).enumerate() {
        let sum: f64 = probabilities.iter().map(|p| p.to_f64()).sum();
        // Probabilities rounded to four digits, up to hundreds of them.
        if !((sum - 1.0).abs() < 1e-2 && probabilities.iter().all(|&p| p >= T::ZERO)) {
            return Err(MetricError::NotProbabilities { row, sum }.into());
        }
    }
    Ok(())
}
