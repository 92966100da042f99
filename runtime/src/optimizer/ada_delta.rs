//! `AdaDelta`.

use alloc::vec::Vec;

use crate::error::Error;
use crate::kernel::real::Real;

use super::update::{require_length, square_root, update};
use super::{Optimizer, OptimizerState, Part, require_positive, require_share};

/// `AdaDelta`: `θ ← θ − α·d` with `d = √(u + ε) / √(v + ε) · g`.
///
/// `v ← ρ·v + (1 − ρ)·g²` and then `u ← ρ·u + (1 − ρ)·d²` are running means from zero: the steps have the unit of the parameters, and set
/// their own size. Defaults: α = 1, ρ = 0.9, ε = 1e-6.
///
/// # Examples
/// ```
/// use chainrule::optimizer::{AdaDelta, Optimizer};
///
/// let mut theta = [1.0_f64];
/// AdaDelta::new(1.0).decay(0.75).epsilon(1.0).step(1.0, &mut theta, &[4.0]);
/// assert!((theta[0] - (1.0 - 4.0 / 5.0_f64.sqrt())).abs() < 1e-15);
/// ```
///
/// # References
/// Zeiler (2012), *ADADELTA: An Adaptive Learning Rate Method*, Algorithm 1, which has α = 1.
#[derive(Clone, Debug, PartialEq)]
pub struct AdaDelta<T> {
    learning_rate: f64,
    decay: f64,
    epsilon: f64,
    /// The means of `g²` and of `d²`.
    means: [Vec<T>; 2],
}

impl<T> AdaDelta<T> {
    /// `AdaDelta` with the learning rate α; 1 is usual.
    pub fn new(learning_rate: f64) -> Self {
        AdaDelta { learning_rate, decay: 0.9, epsilon: 1e-6, means: [Vec::new(), Vec::new()] }
    }

    /// Sets ρ, the share of the past in the running means, from 0 to below 1.
    pub fn decay(self, decay: f64) -> Self {
        AdaDelta { decay, ..self }
    }

    /// Sets ε, which the first steps are made of.
    pub fn epsilon(self, epsilon: f64) -> Self {
        AdaDelta { epsilon, ..self }
    }
}

impl<T: Real> Optimizer<T> for AdaDelta<T> {
    fn check(&self) -> Result<(), Error> {
        require_positive("learning_rate", self.learning_rate)?;
        require_share("decay", self.decay)?;
        require_positive("epsilon", self.epsilon)
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn prepare(&mut self, length: usize) {
        for mean in &mut self.means {
            mean.clear();
            mean.resize(length, T::ZERO);
        }
    }

    fn step(&mut self, factor: f64, parameters: &mut [T], gradient: &[T]) {
        self.step_parts(factor, parameters, gradient, &[Part::new(0..parameters.len())]);
    }

    fn takes_parts(&self) -> bool {
        true
    }

    fn step_parts(&mut self, factor: f64, parameters: &mut [T], gradient: &[T], parts: &[Part]) {
        require_length(parameters, gradient);
        if self.means[0].len() != parameters.len() {
            self.prepare(parameters.len());
        }
        let epsilon = T::from_f64(self.epsilon);
        let (decay, rest) = (T::from_f64(self.decay), T::from_f64(1.0 - self.decay));
        for Part { range, learning_rate_factor, .. } in parts {
            let rate = T::from_f64(self.learning_rate * factor * learning_rate_factor);
            let (theta, gradient) = (&mut parameters[range.clone()], &gradient[range.clone()]);
            let means = self.means.each_mut().map(|mean| &mut mean[range.clone()]);
            update(theta, gradient, means, |theta, g, [v, u]| {
                let v = decay * v + rest * (g * g);
                let d = square_root(u + epsilon) / square_root(v + epsilon) * g;
                (theta - rate * d, [v, decay * u + rest * (d * d)])
            });
        }
    }

    fn state(&self) -> OptimizerState<T> {
        OptimizerState::new("ada_delta")
            .with_number("learning_rate", self.learning_rate)
            .with_number("decay", self.decay)
            .with_number("epsilon", self.epsilon)
            .with_vector("v", &self.means[0])
            .with_vector("u", &self.means[1])
    }

    fn restore(&mut self, state: &OptimizerState<T>) -> Result<(), Error> {
        state.require_rule("ada_delta")?;
        state.require_setting("learning_rate", self.learning_rate)?;
        state.require_setting("decay", self.decay)?;
        state.require_setting("epsilon", self.epsilon)?;
        let means = state.vectors(["v", "u"], self.means[0].len())?;
        self.means = means.map(<[T]>::to_vec);
        Ok(())
    }
}
