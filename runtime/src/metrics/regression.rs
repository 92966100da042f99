//! How far predicted numbers are from actual ones.

use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::float::Float;
use crate::kernel::real::Real;

use super::error::{MetricError, require_all, require_same_count};

/// `(1/N)·Σ |ŷₙ − yₙ|`.
///
/// # Errors
/// [`MetricError::Empty`], [`MetricError::Count`] and [`MetricError::NotFinite`], as for the others.
///
/// # References
/// Willmott & Matsuura (2005), *Advantages of the Mean Absolute Error (MAE) over the Root Mean Square Error (RMSE)*.
pub fn mean_absolute_error<T: Real>(predicted: &[T], actual: &[T]) -> Result<f64, Error> {
    check("mean absolute error", predicted, actual)?;
    Ok(mean(differences(predicted, actual).map(f64::abs), actual.len()))
}

/// `√((1/N)·Σ (ŷₙ − yₙ)²)`.
pub fn root_mean_squared_error<T: Real>(predicted: &[T], actual: &[T]) -> Result<f64, Error> {
    check("root mean squared error", predicted, actual)?;
    Ok(mean(differences(predicted, actual).map(|difference| difference * difference), actual.len())
        .sqrt())
}

/// `(1/N)·Σ |(ŷₙ − yₙ) / yₙ|`: a share, not per cent.
///
/// # Errors
/// [`MetricError::ZeroTarget`] where there is nothing to be relative to; those of the others.
///
/// # References
/// Hyndman & Koehler (2006), *Another Look at Measures of Forecast Accuracy*, section 2.2.
pub fn mean_absolute_percentage_error<T: Real>(
    predicted: &[T],
    actual: &[T],
) -> Result<f64, Error> {
    check("mean absolute percentage error", predicted, actual)?;
    if let Some(place) = actual.iter().position(|&y| y == T::ZERO) {
        return Err(MetricError::ZeroTarget { place }.into());
    }
    let shares = differences(predicted, actual).zip(actual).map(|(d, y)| (d / y.to_f64()).abs());
    Ok(mean(shares, actual.len()))
}

/// The coefficient of determination: `1 − Σ (ŷₙ − yₙ)² / Σ (yₙ − ȳ)²`, where `ȳ` is the mean target. 1 for perfect predictions, 0 for those of
/// the mean, below 0 for worse.
///
/// # Errors
/// [`MetricError::Constant`] where all targets are the same; those of the others.
///
/// # References
/// Draper & Smith (1998), *Applied Regression Analysis*, section 1.3.
pub fn r_squared<T: Real>(predicted: &[T], actual: &[T]) -> Result<f64, Error> {
    check("R²", predicted, actual)?;
    if actual.iter().all(|&y| y == actual[0]) {
        return Err(MetricError::Constant { value: actual[0].to_f64() }.into());
    }
    let center = mean(actual.iter().map(|y| y.to_f64()), actual.len());
    let unexplained: f64 = differences(predicted, actual).map(|d| d * d).sum();
    let variance: f64 = actual.iter().map(|y| (y.to_f64() - center) * (y.to_f64() - center)).sum();
    Ok(1.0 - unexplained / variance)
}

fn check<T: Real>(metric: &'static str, predicted: &[T], actual: &[T]) -> Result<(), Error> {
    require_same_count(metric, predicted.len(), actual.len())?;
    require_all("prediction", predicted, f64::is_finite)?;
    require_all("target", actual, f64::is_finite)
}

fn differences<T: Real>(predicted: &[T], actual: &[T]) -> impl Iterator<Item = f64> {
    predicted.iter().zip(actual).map(|(predicted, actual)| predicted.to_f64() - actual.to_f64())
}

fn mean(values: impl Iterator<Item = f64>, count: usize) -> f64 {
    values.sum::<f64>() / count as f64
}
