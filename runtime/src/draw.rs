//! What the pictures have in common.

use std::fmt::Display;
use std::ops::Range;

/// The least and the greatest of some numbers.
pub fn extremes(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    (low, values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}

/// The range of numbers, a twentieth wider on both sides.
pub fn spread(values: &[f64]) -> Range<f64> {
    let (low, high) = extremes(values);
    let margin = match 0.05 * (high - low) {
        0.0 => 0.05 * high.abs().max(1.0),
        margin => margin,
    };
    low - margin..high + margin
}

/// Refuses an axis that has no length, or one that is too long to count.
pub fn require_length(axis: &Range<f64>) -> Result<(), String> {
    if (axis.end - axis.start).is_finite() {
        return Ok(());
    }
    Err(format!("the axis from {:e} to {:e} is too long", axis.start, axis.end))
}

/// What plotters says.
pub fn reason(error: impl Display) -> String {
    error.to_string()
}
