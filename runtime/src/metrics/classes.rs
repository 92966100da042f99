//! Shares of rows whose class is right, and how probable the classes were held.

use alloc::vec::Vec;

use crate::error::Error;
use crate::kernel::real::Real;

use super::error::{MetricError, require_all, require_classes, require_same_count};

/// The share of rows whose predicted class is the actual one: `(1/N)·Σ [ŷₙ = yₙ]`.
///
/// # Errors
/// [`MetricError::Empty`] and [`MetricError::Count`].
pub fn accuracy(predicted: &[u32], actual: &[u32]) -> Result<f64, Error> {
    require_same_count("accuracy", predicted.len(), actual.len())?;
    let right = predicted.iter().zip(actual).filter(|(predicted, actual)| predicted == actual);
    Ok(right.count() as f64 / actual.len() as f64)
}

/// The class with the greatest of each row of `classes` scores; the first of equals.
///
/// # Errors
/// [`MetricError::Scores`] and [`MetricError::NotFinite`], of a score that is NaN.
pub fn most_likely<T: Real>(scores: &[T], classes: usize) -> Result<Vec<u32>, Error> {
    let best =
        |row: &[T]| (1..row.len()).fold(0, |best, i| if row[i] > row[best] { i } else { best });
    Ok(rows(scores, classes)?.map(|row| best(row) as u32).collect())
}

/// The share of rows whose actual class has one of the `k` greatest scores of its row; of equal scores the class that comes first is greater,
/// so that `k = 1` is the accuracy of [`most_likely`].
///
/// # Errors
/// [`MetricError::TopK`] unless `k` is from 1 to `classes`; those of [`most_likely`]; [`MetricError::Count`], [`MetricError::Class`].
///
/// # Examples
/// ```
/// let scores = [0.5, 0.2, 0.2, 0.3, 0.4, 0.2, 0.2, 0.4, 0.3, 0.7, 0.2, 0.1];
/// assert_eq!(chainrule::metrics::top_k(&scores, 3, &[0, 1, 2, 2], 2)?, 0.75);
/// # Ok::<(), chainrule::Error>(())
/// ```
///
/// # References
/// Russakovsky et al. (2015), *ImageNet Large Scale Visual Recognition Challenge*, section 4.1, with `k = 5`.
pub fn top_k<T: Real>(
    scores: &[T],
    classes: usize,
    actual: &[u32],
    k: usize,
) -> Result<f64, Error> {
    if k == 0 || k > classes {
        return Err(MetricError::TopK { k, classes }.into());
    }
    let rows = rows(scores, classes)?;
    require_same_count("top-k accuracy", rows.len(), actual.len())?;
    require_classes("actual", actual, classes)?;
    let is_right = |(row, &class): (&[T], &u32)| {
        let class = class as usize;
        let (before, after) = row.split_at(class);
        let above = before.iter().filter(|&&score| score >= row[class]).count();
        above + after.iter().filter(|&&score| score > row[class]).count() < k
    };
    let right = rows.zip(actual).filter(|&pair| is_right(pair)).count();
    Ok(right as f64 / actual.len() as f64)
}

/// The mean negative log-likelihood of the actual classes, from logits as `cross_entropy` and, with one score a row, `binary_cross_entropy`
/// have them: `−(1/N)·Σ ln softmax(zₙ)[yₙ]`, and `(1/N)·Σ ln(1 + exp(−(2·yₙ − 1)·zₙ))` for `classes = 1`, where the classes are 0 and 1.
///
/// # Errors
/// [`MetricError::Scores`], [`MetricError::NotFinite`], [`MetricError::Count`], [`MetricError::Class`].
///
/// # References
/// Good (1952), *Rational Decisions*.
pub fn log_loss_of_logits<T: Real>(
    logits: &[T],
    classes: usize,
    actual: &[u32],
) -> Result<f64, Error> {
    let rows = rows(logits, classes)?;
    require_all("score", logits, f64::is_finite)?;
    require_same_count("log loss", rows.len(), actual.len())?;
    require_classes("actual", actual, classes.max(2))?;
    let losses = rows.zip(actual).map(|(row, &class)| match row {
        &[logit] if class == 0 => softplus(logit.to_f64()),
        &[logit] => softplus(-logit.to_f64()),
        row => {
            let own = row[class as usize].to_f64();
            let greatest = row.iter().map(|z| z.to_f64()).fold(f64::NEG_INFINITY, f64::max);
            let sum: f64 = row.iter().map(|z| libm::exp(z.to_f64() - greatest)).sum();
            libm::log(sum) + (greatest - own)
        }
    });
    Ok(losses.sum::<f64>() / actual.len() as f64)
}

/// `ln(1 + eᶻ)`.
fn softplus(z: f64) -> f64 {
    z.max(0.0) + libm::log1p(libm::exp(-z.abs()))
}

/// The rows of scores, none of which is NaN.
fn rows<T: Real>(scores: &[T], classes: usize) -> Result<core::slice::ChunksExact<'_, T>, Error> {
    if classes == 0 || !scores.len().is_multiple_of(classes) {
        return Err(MetricError::Scores { scores: scores.len(), classes }.into());
    }
    require_all("score", scores, |score| !score.is_nan())?;
    Ok(scores.chunks_exact(classes))
}
