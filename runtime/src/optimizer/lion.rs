//! Lion.

use alloc::vec::Vec;

use crate::error::Error;
use crate::kernel::real::Real;

use super::update::{decay_weights, require_length, update};
use super::{
    Optimizer, OptimizerState, Part, require_not_negative, require_positive, require_share,
};

/// Lion: `θ ← θ − α·(sign(β₁·m + (1 − β₁)·g) + λ·θ)`, then `m ← β₂·m + (1 − β₂)·g`.
///
/// Every element moves by α or not at all, so α is three to ten times smaller than that of [`AdamW`](super::AdamW), and λ as much larger.
/// `sign(0) = 0`. Defaults: β₁ = 0.9, β₂ = 0.99, λ = 0.
///
/// # Examples
/// ```
/// use chainrule::optimizer::{Lion, Optimizer};
///
/// let mut theta = [1.0_f64, 1.0, 1.0];
/// Lion::new(0.25).step(1.0, &mut theta, &[1000.0, -0.001, 0.0]);
/// assert_eq!(theta, [0.75, 1.25, 1.0]);
/// ```
///
/// # References
/// Chen, Liang, Huang et al. (2023), *Symbolic Discovery of Optimization Algorithms*, Algorithm 2.
#[derive(Clone, Debug, PartialEq)]
pub struct Lion<T> {
    learning_rate: f64,
    betas: [f64; 2],
    weight_decay: f64,
    mean: Vec<T>,
}

impl<T> Lion<T> {
    /// Lion with the learning rate α; 0.0001 is usual.
    pub fn new(learning_rate: f64) -> Self {
        Lion { learning_rate, betas: [0.9, 0.99], weight_decay: 0.0, mean: Vec::new() }
    }

    /// Sets the shares of the past in the direction and in the running mean of `g`, from 0 to below 1.
    pub fn betas(self, beta_1: f64, beta_2: f64) -> Self {
        Lion { betas: [beta_1, beta_2], ..self }
    }

    /// Sets the weight decay λ, which is apart from the gradient.
    pub fn weight_decay(self, weight_decay: f64) -> Self {
        Lion { weight_decay, ..self }
    }
}

impl<T: Real> Optimizer<T> for Lion<T> {
    fn check(&self) -> Result<(), Error> {
        require_positive("learning_rate", self.learning_rate)?;
        require_share("beta_1", self.betas[0])?;
        require_share("beta_2", self.betas[1])?;
        require_not_negative("weight_decay", self.weight_decay)
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn prepare(&mut self, length: usize) {
        self.mean.clear();
        self.mean.resize(length, T::ZERO);
    }

    fn step(&mut self, factor: f64, parameters: &mut [T], gradient: &[T]) {
        self.step_parts(factor, parameters, gradient, &[Part::new(0..parameters.len())]);
    }

    fn takes_parts(&self) -> bool {
        true
    }

    fn step_parts(&mut self, factor: f64, parameters: &mut [T], gradient: &[T], parts: &[Part]) {
        require_length(parameters, gradient);
        if self.mean.len() != parameters.len() {
            self.prepare(parameters.len());
        }
        let rate = self.learning_rate * factor;
        decay_weights(rate, self.weight_decay, parameters, gradient, parts);
        let [beta_1, beta_2] = self.betas.map(T::from_f64);
        let [rest_1, rest_2] = self.betas.map(|beta| T::from_f64(1.0 - beta));
        for Part { range, learning_rate_factor, .. } in parts {
            let rate = T::from_f64(rate * learning_rate_factor);
            let (theta, gradient) = (&mut parameters[range.clone()], &gradient[range.clone()]);
            update(theta, gradient, [&mut self.mean[range.clone()]], |theta, g, [m]| {
                let direction = sign(beta_1 * m + rest_1 * g);
                (theta - rate * direction, [beta_2 * m + rest_2 * g])
            });
        }
    }

    fn own_weight_decay(&self) -> Option<f64> {
        Some(self.weight_decay)
    }

    fn state(&self) -> OptimizerState<T> {
        OptimizerState::new("lion")
            .with_number("learning_rate", self.learning_rate)
            .with_number("beta_1", self.betas[0])
            .with_number("beta_2", self.betas[1])
            .with_number("weight_decay", self.weight_decay)
            .with_vector("m", &self.mean)
    }

    fn restore(&mut self, state: &OptimizerState<T>) -> Result<(), Error> {
        state.require_rule("lion")?;
        state.require_setting("learning_rate", self.learning_rate)?;
        state.require_setting("beta_1", self.betas[0])?;
        state.require_setting("beta_2", self.betas[1])?;
        state.require_setting("weight_decay", self.weight_decay)?;
        let [mean] = state.vectors(["m"], self.mean.len())?;
        self.mean = mean.to_vec();
        Ok(())
    }
}

/// −1, 0 or 1; NaN stays NaN.
#[inline]
fn sign<T: Real>(x: T) -> T {
    if x > T::ZERO {
        T::ONE
    } else if x < T::ZERO {
        -T::ONE
    } else {
        x
    }
}
