//! The formula of Adam, wherever its moments are.

#[cfg(not(feature = "std"))]
use crate::float::Float;
use crate::kernel::real::Real;

use super::update::{square_root, update};

/// The settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rates {
    pub(super) learning_rate: f64,
    pub(super) betas: [f64; 2],
    pub(super) epsilon: f64,
}

/// One step.
pub(super) struct Formula<T> {
    rates: Rates,
    /// `1 − β₁ᵗ`.
    correction_1: f64,
    /// `1 / √(1 − β₂ᵗ)`.
    scale: T,
}

impl Rates {
    /// The next step, after which `powers` are `β₁ᵗ` and `β₂ᵗ`.
    pub(super) fn advance<T: Real>(self, powers: &mut [f64; 2]) -> Formula<T> {
        for (power, beta) in powers.iter_mut().zip(self.betas) {
            *power *= beta;
        }
        let [correction_1, correction_2] = powers.map(|power| 1.0 - power);
        let scale = T::from_f64(correction_2.sqrt().recip());
        Formula { rates: self, correction_1, scale }
    }
}

impl<T: Real> Formula<T> {
    /// The step at the learning rate `rate` on these parameters, whose moments are `m` and `v`.
    pub(super) fn step(
        &self,
        rate: f64,
        moments: [&mut [T]; 2],
        parameters: &mut [T],
        gradient: &[T],
    ) {
        let Formula { rates, correction_1, scale } = *self;
        let rate = T::from_f64(rate / correction_1);
        let epsilon = T::from_f64(rates.epsilon);
        let [beta_1, beta_2] = rates.betas.map(T::from_f64);
        let [rest_1, rest_2] = rates.betas.map(|beta| T::from_f64(1.0 - beta));
        update(parameters, gradient, moments, |theta, g, [m, v]| {
            let m = beta_1 * m + rest_1 * g;
            let v = beta_2 * v + rest_2 * (g * g);
            (theta - rate * m / (square_root(v) * scale + epsilon), [m, v])
        });
    }
}
