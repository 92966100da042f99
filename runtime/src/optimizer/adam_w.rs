//! Adam with decoupled weight decay.

use crate::error::Error;
use crate::kernel::real::Real;

use super::update::{decay_weights, require_length};
use super::{Adam, Optimizer, OptimizerState, Part, require_not_negative};

/// Adam with decoupled weight decay: `θ ← θ − α·(m̂ / (√v̂ + ε) + λ·θ)`.
///
/// The decay is not a part of the gradient, so it is not divided by `√v̂` as an L2 term in the loss would be. All parameters decay.
/// Defaults: those of [`Adam`], λ = 0.01.
///
/// # Examples
/// ```
/// use chainrule::optimizer::{AdamW, Optimizer};
///
/// let mut theta = [2.0_f64];
/// AdamW::new(0.1).weight_decay(0.5).step(1.0, &mut theta, &[0.0]);
/// assert_eq!(theta, [1.9]);
/// ```
///
/// # References
/// Loshchilov & Hutter (2019), *Decoupled Weight Decay Regularization*, Algorithm 2.
#[derive(Clone, Debug, PartialEq)]
pub struct AdamW<T> {
    adam: Adam<T>,
    weight_decay: f64,
}

impl<T> AdamW<T> {
    /// `AdamW` with the learning rate α; 0.001 is usual.
    pub fn new(learning_rate: f64) -> Self {
        AdamW { adam: Adam::new(learning_rate), weight_decay: 0.01 }
    }

    /// Sets the shares of the past in the running means of `g` and `g²`, from 0 to below 1.
    pub fn betas(self, beta_1: f64, beta_2: f64) -> Self {
        AdamW { adam: self.adam.betas(beta_1, beta_2), ..self }
    }

    /// Sets ε, which bounds the step where gradients vanish.
    pub fn epsilon(self, epsilon: f64) -> Self {
        AdamW { adam: self.adam.epsilon(epsilon), ..self }
    }

    /// Sets the weight decay λ.
    pub fn weight_decay(self, weight_decay: f64) -> Self {
        AdamW { weight_decay, ..self }
    }
}

impl<T: Real> Optimizer<T> for AdamW<T> {
    fn check(&self) -> Result<(), Error> {
        self.adam.check()?;
        require_not_negative("weight_decay", self.weight_decay)
    }

    fn learning_rate(&self) -> f64 {
        self.adam.learning_rate()
    }

    fn prepare(&mut self, length: usize) {
        self.adam.prepare(length);
    }

    fn step(&mut self, factor: f64, parameters: &mut [T], gradient: &[T]) {
        self.step_parts(factor, parameters, gradient, &[Part::new(0..parameters.len())]);
    }

    fn takes_parts(&self) -> bool {
        true
    }

    fn step_parts(&mut self, factor: f64, parameters: &mut [T], gradient: &[T], parts: &[Part]) {
        require_length(parameters, gradient);
        let rate = Optimizer::<T>::learning_rate(&self.adam) * factor;
        decay_weights(rate, self.weight_decay, parameters, gradient, parts);
        self.adam.step_parts(factor, parameters, gradient, parts);
    }

    fn own_weight_decay(&self) -> Option<f64> {
        Some(self.weight_decay)
    }

    fn state(&self) -> OptimizerState<T> {
        self.adam.state_as("adam_w").with_number("weight_decay", self.weight_decay)
    }

    fn restore(&mut self, state: &OptimizerState<T>) -> Result<(), Error> {
        state.require_rule("adam_w")?;
        state.require_setting("weight_decay", self.weight_decay)?;
        self.adam.restore_as("adam_w", state)
    }
}
