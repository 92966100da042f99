//! Central differences, one parameter at a time.

use alloc::vec::Vec;

#[cfg(not(feature = "std"))]
use crate::float::Double;
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
    /// How far rounding may have moved an element of the gradient.
    pub rounding: f64,
    /// The error from which smaller steps are tried.
    pub tolerance: f64,
}

/// A central difference and how far rounding may have moved it.
#[derive(Clone, Copy)]
struct Difference {
    slope: f64,
    rounding: f64,
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
        let pairs: Vec<(usize, Difference)> =
            positions.map(|at| (at, self.difference(theta, at, 1.0))).collect();
        let magnitudes =
            pairs.iter().flat_map(|&(at, difference)| [gradient[at], difference.slope]);
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
        first: Difference,
        gradient: f64,
        scale: f64,
    ) -> (f64, f64) {
        let mut best = (first.slope, first.error(gradient, scale));
        for shrink in [1.0 / 16.0, 1.0 / 256.0] {
            if best.1 <= self.tolerance {
                break;
            }
            let difference = self.difference(theta, at, shrink);
            let error = difference.error(gradient, scale);
            if error < best.1 {
                best = (difference.slope, error);
            }
        }
        best
    }

    /// `(L₊ − L₋) / 2h` with `L± = L(θ ± h·e)` and `h = ∛ε·max(1, |θ|)`, where truncation and rounding balance, times `shrink`.
    ///
    /// Rounding of the losses moves it by about `ε·|L| / h`, rounding of θ inside the model by about `ε·|θ|·|L″|`; eight times both are
    /// allowed for, beside the rounding of the gradient.
    fn difference(&self, theta: &mut [f64], at: usize, shrink: f64) -> Difference {
        let center = theta[at];
        let size = center.abs().max(1.0);
        let h = f64::EPSILON.cbrt() * size * shrink;
        let (below, above) = (center - h, center + h);
        theta[at] = above;
        let loss_above = self.model.loss_in_f64(theta, self.batch);
        theta[at] = below;
        let loss_below = self.model.loss_in_f64(theta, self.batch);
        theta[at] = center;
        let curvature = (loss_above - self.loss + (loss_below - self.loss)) / (h * h);
        Difference {
            slope: (loss_above - loss_below) / (above - below),
            rounding: self.rounding
                + 8.0 * f64::EPSILON * (self.loss.abs() / h + size * curvature.abs()),
        }
    }
}

impl Difference {
    /// The error of `gradient` relative to `scale`, after what rounding may explain; infinite where a number is not finite.
    fn error(self, gradient: f64, scale: f64) -> f64 {
        let deviation = (gradient - self.slope).abs();
        if !(deviation.is_finite() && self.rounding.is_finite()) {
            return f64::INFINITY;
        }
        relative((deviation - self.rounding).max(0.0), scale)
    }
}
