//! Central differences, one parameter at a time.

use crate::model::Model;
use crate::parameters::ParameterLayout;

use super::{Comparison, ELEMENTS_PER_PARAMETER, relative};

/// What the differences of one model on one batch are taken with.
pub struct Differences<'c, 'a, M: Model> {
    /// The model.
    pub model: &'c M,
    /// The batch.
    pub batch: &'c M::Batch<'a>,
    /// The loss in `f64`, for the rounding of a difference.
    pub loss: f64,
    /// The error from which smaller steps are tried.
    pub tolerance: f64,
}

impl<M: Model> Differences<'_, '_, M> {
    /// Compares the gradient of one parameter; `theta` is as before afterwards.
    pub fn compare(
        &self,
        parameter: &ParameterLayout,
        theta: &mut [f64],
        gradient: &[f64],
    ) -> Vec<Comparison> {
        let range = parameter.range();
        let count = range.len().min(ELEMENTS_PER_PARAMETER);
        let positions = (0..count).map(|i| range.start + i * range.len() / count);
        let pairs: Vec<(usize, f64)> =
            positions.map(|at| (at, self.difference(theta, at, 1.0))).collect();
        let magnitudes = pairs.iter().flat_map(|&(at, difference)| [gradient[at], difference]);
        let scale = magnitudes.filter(|value| value.is_finite()).map(f64::abs).fold(0.0, f64::max);
        pairs
            .into_iter()
            .map(|(at, first)| {
                let (difference, error) = self.best(theta, at, first, gradient[at], scale);
                let (name, index) = (parameter.name, parameter.index(at));
                Comparison { parameter: name, index, gradient: gradient[at], difference, error }
            })
            .collect()
    }

    /// The difference that agrees best with the gradient, and its error; smaller steps only where the first disagrees.
    fn best(
        &self,
        theta: &mut [f64],
        at: usize,
        first: f64,
        gradient: f64,
        scale: f64,
    ) -> (f64, f64) {
        let mut best = (first, self.error(theta[at], 1.0, gradient - first, scale));
        for shrink in [1.0 / 16.0, 1.0 / 256.0] {
            if best.1 <= self.tolerance {
                break;
            }
            let difference = self.difference(theta, at, shrink);
            let error = self.error(theta[at], shrink, gradient - difference, scale);
            if error < best.1 {
                best = (difference, error);
            }
        }
        best
    }

    /// `(L(θ + h·e) − L(θ − h·e)) / 2h`, with the `h` that the two rounded points really are apart.
    fn difference(&self, theta: &mut [f64], at: usize, shrink: f64) -> f64 {
        let center = theta[at];
        let (below, above) = (center - step(center, shrink), center + step(center, shrink));
        theta[at] = above;
        let loss_above = self.model.loss_in_f64(theta, self.batch);
        theta[at] = below;
        let loss_below = self.model.loss_in_f64(theta, self.batch);
        theta[at] = center;
        (loss_above - loss_below) / (above - below)
    }

    /// The relative error of a deviation, after what rounding of the two losses may explain: `8·ε·|L| / h`.
    fn error(&self, center: f64, shrink: f64, deviation: f64, scale: f64) -> f64 {
        let rounding = 8.0 * f64::EPSILON * self.loss.abs() / step(center, shrink);
        if deviation.abs() <= rounding {
            return 0.0;
        }
        relative(deviation.abs() - rounding, scale)
    }
}

/// `h = ∛ε·max(1, |θ|)`, where truncation and rounding of a central difference balance, times `shrink`.
fn step(center: f64, shrink: f64) -> f64 {
    f64::EPSILON.cbrt() * center.abs().max(1.0) * shrink
}
