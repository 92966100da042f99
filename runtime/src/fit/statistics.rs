//! What the Jacobian at the solution says of the parameters.

use super::directions::Directions;
use super::extremes::extremes;
use super::reduce::Triangle;
use super::singular::Singular;

/// `(JᵀJ)⁻¹` and what belongs to it, of the free parameters.
///
/// From the triangle with columns of length one, `T = R·D⁻¹`, so that the units of the parameters do not matter: `(JᵀJ)⁻¹ = W·Wᵀ` with
/// `W = D⁻¹·T⁻¹`, or, where the data do not determine all, `W = D⁻¹·V·S⁻¹` of the singular value decomposition `T = U·S·Vᵀ` without the
/// directions that they do not. `JᵀJ` is not formed.
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
        let norms: Vec<f64> = (0..free)
            .map(|column| match triangle.column_norm(column) {
                0.0 => 1.0,
                norm => norm,
            })
            .collect();
        let largest = norms.iter().copied().fold(0.0, f64::max);
        let at = |i: usize, j: usize| if i <= j { triangle.get(i, j) } else { 0.0 };
        let plain = |i: usize, j: usize| at(i, j) / largest;
        let scaled = |i: usize, j: usize| at(i, j) / norms[j];
        let extent = extremes(free, scaled);
        let negligible = 4.0 * f64::EPSILON * observations.max(free) as f64 * extent[1];
        let (directions, relative_offset) = if extent[0] > negligible || free == 0 {
            (Directions::all(free, scaled), relative_offset(triangle, observations, free))
        } else {
            let directions = Directions::determined(free, scaled, negligible);
            let gradient: Vec<f64> = (0..free).map(|i| triangle.gradient(i) / norms[i]).collect();
            let tangent = directions.tangent(&gradient);
            let rest = triangle.column_norm(free).powi(2) - tangent;
            let offset = offset(tangent, rest, observations, directions.columns.len());
            (directions, offset)
        };
        Curvature {
            inverse: directions.inverse(&norms),
            relative_offset,
            rank: directions.columns.len(),
            undetermined: directions.undetermined,
            condition: condition(free, plain, extremes(free, plain)).powi(2),
            scaled_condition: condition(free, scaled, extent).powi(2),
        }
    }
}

/// The 2-norm condition of a matrix, from its extreme singular values, or, where the least one is near to rounding, from all of them.
fn condition(n: usize, element: impl Fn(usize, usize) -> f64, [least, largest]: [f64; 2]) -> f64 {
    /// Above this part of the largest one, the least one has four digits.
    const SMALL: f64 = 1e-10;
    match n {
        0 => 1.0,
        _ if least > SMALL * largest => largest / least,
        _ => Singular::of(n, element).condition(),
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
