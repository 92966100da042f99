//! `RMSProp`.

use alloc::vec::Vec;

use crate::error::Error;
use crate::kernel::real::Real;

use super::update::{require_length, square_root, update};
use super::{Optimizer, OptimizerState, Part, require_positive, require_share};

/// `RMSProp`: `θ ← θ − α·g / (√v + ε)`.
///
/// `v ← ρ·v + (1 − ρ)·g²` is a running mean from zero. Defaults: ρ = 0.9, ε = 1e-8.
///
/// # Examples
/// ```
/// use chainrule::optimizer::{Optimizer, RmsProp};
///
/// let mut theta = [1.0_f64];
/// RmsProp::new(0.1).decay(0.75).step(1.0, &mut theta, &[3.0]);
/// assert!((theta[0] - 0.8).abs() < 1e-8);
/// ```
///
/// # References
/// Tieleman & Hinton (2012), *Neural Networks for Machine Learning*, lecture 6.5.
#[derive(Clone, Debug, PartialEq)]
pub struct RmsProp<T> {
    learning_rate: f64,
    decay: f64,
    epsilon: f64,
    mean_square: Vec<T>,
}

impl<T> RmsProp<T> {
    /// `RMSProp` with the learning rate α; 0.001 is usual.
    pub fn new(learning_rate: f64) -> Self {
        RmsProp { learning_rate, decay: 0.9, epsilon: 1e-8, mean_square: Vec::new() }
    }

    /// Sets ρ, the share of the past in the running mean of `g²`, from 0 to below 1.
    pub fn decay(self, decay: f64) -> Self {
        RmsProp { decay, ..self }
    }

    /// Sets ε, which bounds the step where gradients vanish.
    pub fn epsilon(self, epsilon: f64) -> Self {
        RmsProp { epsilon, ..self }
    }
}

impl<T: Real> Optimizer<T> for RmsProp<T> {
    fn check(&self) -> Result<(), Error> {
        require_positive("learning_rate", self.learning_rate)?;
        require_share("decay", self.decay)?;
        require_positive("epsilon", self.epsilon)
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn prepare(&mut self, length: usize) {
        self.mean_square.clear();
        self.mean_square.resize(length, T::ZERO);
    }

    fn step(&mut self, factor: f64, parameters: &mut [T], gradient: &[T]) {
        self.step_parts(factor, parameters, gradient, &[Part::new(0..parameters.len())]);
    }

    fn takes_parts(&self) -> bool {
        true
    }

    fn step_parts(&mut self, factor: f64, parameters: &mut [T], gradient: &[T], parts: &[Part]) {
        require_length(parameters, gradient);
        if self.mean_square.len() != parameters.len() {
            self.prepare(parameters.len());
        }
        let epsilon = T::from_f64(self.epsilon);
        let (decay, rest) = (T::from_f64(self.decay), T::from_f64(1.0 - self.decay));
        for Part { range, learning_rate_factor, .. } in parts {
            let rate = T::from_f64(self.learning_rate * factor * learning_rate_factor);
            let (theta, gradient) = (&mut parameters[range.clone()], &gradient[range.clone()]);
            update(theta, gradient, [&mut self.mean_square[range.clone()]], |theta, g, [v]| {
                let v = decay * v + rest * (g * g);
                (theta - rate * g / (square_root(v) + epsilon), [v])
            });
        }
    }

    fn state(&self) -> OptimizerState<T> {
        OptimizerState::new("rms_prop")
            .with_number("learning_rate", self.learning_rate)
            .with_number("decay", self.decay)
            .with_number("epsilon", self.epsilon)
            .with_vector("v", &self.mean_square)
    }

    fn restore(&mut self, state: &OptimizerState<T>) -> Result<(), Error> {
        state.require_rule("rms_prop")?;
        state.require_setting("learning_rate", self.learning_rate)?;
        state.require_setting("decay", self.decay)?;
        state.require_setting("epsilon", self.epsilon)?;
        let [mean_square] = state.vectors(["v"], self.mean_square.len())?;
        self.mean_square = mean_square.to_vec();
        Ok(())
    }
}
