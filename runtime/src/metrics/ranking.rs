//! How well a score ranks.

use alloc::vec::Vec;

use crate::error::Error;
use crate::kernel::real::Real;

use super::error::{MetricError, require_all, require_classes, require_same_count};

/// The area under the ROC curve: the probability that a row of class 1 has a greater score than one of class 0, equal scores counting half.
///
/// Computed as the Mann–Whitney statistic of mid-ranks, `(R₁ − n₁·(n₁ + 1)/2) / (n₀·n₁)`, where `R₁` is the sum of the ranks of class 1.
///
/// # Errors
/// [`MetricError::OneClass`] if no row is of class 0, or none of class 1; [`MetricError::Count`], [`MetricError::Empty`];
/// [`MetricError::Class`] for a class above 1; [`MetricError::NotFinite`] for a score that is NaN.
///
/// # Examples
/// ```
/// let auc = chainrule::metrics::roc_auc(&[0.1, 0.4, 0.35, 0.8], &[0, 0, 1, 1])?;
/// assert_eq!(auc, 0.75);
/// # Ok::<(), chainrule::Error>(())
/// ```
///
/// # References
/// Mann & Whitney (1947), *On a Test of Whether One of Two Random Variables is Stochastically Larger than the Other*; Fawcett (2006), *An
/// Introduction to ROC Analysis*, section 7.
pub fn roc_auc<T: Real>(scores: &[T], actual: &[u32]) -> Result<f64, Error> {
    require_same_count("the area under the ROC curve", scores.len(), actual.len())?;
    require_classes("actual", actual, 2)?;
    require_all("score", scores, |score| !score.is_nan())?;
    let positive = actual.iter().filter(|&&class| class == 1).count();
    let negative = actual.len() - positive;
    if positive == 0 || negative == 0 {
        return Err(MetricError::OneClass { class: actual[0] }.into());
    }
    let mut rows: Vec<(f64, u32)> =
        scores.iter().map(|score| score.to_f64()).zip(actual.iter().copied()).collect();
    rows.sort_unstable_by(|a, b| a.0.partial_cmp(&b.0).expect("no score is NaN"));
    let (mut before, mut ranks) = (0, 0.0);
    for equal in rows.chunk_by(|a, b| a.0 == b.0) {
        let mid_rank = before as f64 + (equal.len() + 1) as f64 / 2.0;
        ranks += mid_rank * equal.iter().filter(|row| row.1 == 1).count() as f64;
        before += equal.len();
    }
    let (n0, n1) = (negative as f64, positive as f64);
    Ok((ranks - n1 * (n1 + 1.0) / 2.0) / (n0 * n1))
}
