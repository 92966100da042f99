//! What the Jacobian at the solution says of the parameters.

use super::reduce::Triangle;
use super::singular::Singular;

/// `(JᵀJ)⁻¹` and what belongs to it, of the free parameters.
///
/// From the singular value decomposition of the triangle with columns of length one, `R·D⁻¹ = U·S·Vᵀ`: `(JᵀJ)⁻¹ = D⁻¹·V·S⁻²·Vᵀ·D⁻¹`.
/// Neither `JᵀJ` nor an inverse is formed, and the units of the parameters do not matter.
pub(super) struct Curvature {
    /// `(JᵀJ)⁻¹`, row-major. A parameter that the data do not determine has an infinite variance, and no covariance: NaN.
    pub inverse: Vec<f64>,
    /// The number of directions in the parameters that the data determine.
    pub rank: usize,
    /// Which parameters they do not.
    pub undetermined: Vec<usize>,
    /// The condition of `JᵀJ`.
    pub condition: f64,
    /// The same with columns of length one: without the units of the parameters.
    pub scaled_condition: f64,
    /// The [relative offset](relative_offset) in the directions that the data determine.
    pub relative_offset: f64,
}

impl Curvature {
    /// Of the triangle of so many observations and free parameters.
    pub fn of(triangle: &Triangle, observations: usize, free: usize) -> Curvature {
        /// A part of a direction that is less than this is rounding.
        const NEGLIGIBLE: f64 = 1e-6;
        let norms: Vec<f64> = (0..free)
            .map(|column| match triangle.column_norm(column) {
                0.0 => 1.0,
                norm => norm,
            })
            .collect();
        let column = |j: usize, norm: f64| -> Vec<f64> {
            (0..free).map(|i| if i <= j { triangle.get(i, j) / norm } else { 0.0 }).collect()
        };
        let scaled = Singular::of((0..free).map(|j| column(j, norms[j])).collect());
        let plain = Singular::of((0..free).map(|j| column(j, 1.0)).collect());
        let least = 4.0 * f64::EPSILON * observations.max(free) as f64 * scaled.largest();
        let (null, range): (Vec<usize>, Vec<usize>) =
            (0..free).partition(|&k| scaled.values[k] <= least);
        let right = |i: usize, k: usize| scaled.right[k * free + i];
        let undetermined: Vec<usize> =
            (0..free).filter(|&i| null.iter().any(|&k| right(i, k).abs() > NEGLIGIBLE)).collect();
        let gradient: Vec<f64> = (0..free).map(|i| triangle.gradient(i) / norms[i]).collect();
        let tangent = range.iter().map(|&k| {
            let along: f64 = (0..free).map(|i| right(i, k) * gradient[i]).sum();
            (along / scaled.values[k]).powi(2)
        });
        let tangent = tangent.sum::<f64>();
        let whole = triangle.column_norm(free).powi(2);
        let mut inverse = vec![0.0; free * free];
        for i in 0..free {
            for j in 0..free {
                let sum: f64 = range
                    .iter()
                    .map(|&k| (right(i, k) / scaled.values[k]) * (right(j, k) / scaled.values[k]))
                    .sum();
                let is_undetermined = undetermined.contains(&i) || undetermined.contains(&j);
                inverse[i * free + j] = match (is_undetermined, i == j) {
                    (false, _) => sum / norms[i] / norms[j],
                    (true, true) => f64::INFINITY,
                    (true, false) => f64::NAN,
                };
            }
        }
        Curvature {
            inverse,
            relative_offset: offset(tangent, whole - tangent, observations, range.len()),
            rank: range.len(),
            undetermined,
            condition: plain.condition().powi(2),
            scaled_condition: scaled.condition().powi(2),
        }
    }
}

/// The relative offset of Bates & Watts: how far the solution is away, in units of the size of the parameters' confidence region.
///
/// `√(‖Q₁ᵀf‖²/p) / √(‖Q₂ᵀf‖²/(n − p))`, where `Q₁` spans the tangent plane. 0 at a stationary point;
/// infinite where nothing is left of the residuals beside it.
pub(super) fn relative_offset(triangle: &Triangle, observations: usize, free: usize) -> f64 {
    let tangent = (0..free).map(|row| triangle.get(row, free).powi(2)).sum();
    offset(tangent, triangle.get(free, free).powi(2), observations, free)
}

fn offset(tangent: f64, rest: f64, observations: usize, directions: usize) -> f64 {
    if tangent == 0.0 {
        return 0.0;
    }
    let degrees = (observations - directions).max(1);
    ((tangent / directions as f64) / (rest.max(0.0) / degrees as f64)).sqrt()
}

/// What the residuals say of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Goodness {
    /// `Σ (r/σ)²`.
    pub sum_of_squares: f64,
    /// `−2·ln L` at the greatest likelihood.
    pub deviance: f64,
    /// `1 − Σ (r/σ)²/Σ ((y − ȳ)/σ)²`, where the observed values are known and differ.
    pub r_squared: Option<f64>,
}

/// Of residuals `r`, their `1/σ`, and the values observed.
pub(super) fn goodness(
    residuals: &[f64],
    weight: impl Fn(usize) -> f64,
    observed: Option<&[f64]>,
    is_sigma_absolute: bool,
) -> Goodness {
    let count = residuals.len() as f64;
    let square = |row: usize, value: f64| (weight(row) * value).powi(2);
    let sum = |values: &dyn Fn(usize) -> f64| -> f64 {
        (0..residuals.len()).map(|row| square(row, values(row))).sum()
    };
    let sum_of_squares = sum(&|row| residuals[row]);
    let logarithms: f64 = (0..residuals.len()).map(|row| -2.0 * weight(row).ln()).sum();
    let two_pi = std::f64::consts::TAU.ln();
    let deviance = if is_sigma_absolute {
        count * two_pi + logarithms + sum_of_squares
    } else {
        count * (two_pi + (sum_of_squares / count).ln() + 1.0) + logarithms
    };
    let r_squared = observed.and_then(|y| {
        let total_weight = sum(&|_| 1.0);
        let mean = (0..y.len()).map(|row| square(row, 1.0) * y[row]).sum::<f64>() / total_weight;
        let total = sum(&|row| y[row] - mean);
        (total > 0.0).then(|| 1.0 - sum_of_squares / total)
    });
    Goodness { sum_of_squares, deviance, r_squared }
}
