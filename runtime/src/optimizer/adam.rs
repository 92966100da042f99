//! Adam.

use alloc::vec::Vec;

use crate::error::Error;
use crate::kernel::real::Real;

use super::adam_rates::Rates;
use super::update::require_length;
use super::{Optimizer, OptimizerState, Part, require_positive, require_share};

/// Adam: `θ ← θ − α·m̂ / (√v̂ + ε)`.
///
/// `m ← β₁·m + (1 − β₁)·g` and `v ← β₂·v + (1 − β₂)·g²` are running means from zero; `m̂ = m / (1 − β₁ᵗ)` and `v̂ = v / (1 − β₂ᵗ)` undo
/// the bias of that start after `t` steps. Defaults: β₁ = 0.9, β₂ = 0.999, ε = 1e-8.
///
/// The means of all parameters decay in each step, and move them, those included that the gradient does not touch: a step costs the size of
/// θ, whatever rows of a table it reads.
///
/// # Examples
/// The first step moves every parameter by α, whatever the size of its gradient:
/// ```
/// use chainrule::optimizer::{Adam, Optimizer};
///
/// let mut theta = [1.0_f64, 1.0];
/// Adam::new(0.1).step(1.0, &mut theta, &[1000.0, -0.001]);
/// assert!((theta[0] - 0.9).abs() < 1e-5 && (theta[1] - 1.1).abs() < 1e-5);
/// ```
///
/// # References
/// Kingma & Ba (2015), *Adam: A Method for Stochastic Optimization*, Algorithm 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Adam<T> {
    learning_rate: f64,
    betas: [f64; 2],
    epsilon: f64,
    /// `β₁ᵗ` and `β₂ᵗ` after `t` steps.
    powers: [f64; 2],
    moments: [Vec<T>; 2],
}

impl<T> Adam<T> {
    /// Adam with the learning rate α; 0.001 is usual.
    pub fn new(learning_rate: f64) -> Self {
        Adam {
            learning_rate,
            betas: [0.9, 0.999],
            epsilon: 1e-8,
            powers: [1.0; 2],
            moments: [Vec::new(), Vec::new()],
        }
    }

    /// Sets the shares of the past in the running means of `g` and `g²`, from 0 to below 1.
    pub fn betas(self, beta_1: f64, beta_2: f64) -> Self {
        Adam { betas: [beta_1, beta_2], ..self }
    }

    /// Sets ε, which bounds the step where gradients vanish.
    pub fn epsilon(self, epsilon: f64) -> Self {
        Adam { epsilon, ..self }
    }
}

impl<T: Real> Adam<T> {
    /// Its state under the name of a rule that builds on it.
    pub(super) fn state_as(&self, rule: &str) -> OptimizerState<T> {
        OptimizerState::new(rule)
            .with_number("learning_rate", self.learning_rate)
            .with_number("beta_1", self.betas[0])
            .with_number("beta_2", self.betas[1])
            .with_number("epsilon", self.epsilon)
            .with_number("power_1", self.powers[0])
            .with_number("power_2", self.powers[1])
            .with_vector("m", &self.moments[0])
            .with_vector("v", &self.moments[1])
    }

    /// Takes a state of that name.
    pub(super) fn restore_as(
        &mut self,
        rule: &str,
        state: &OptimizerState<T>,
    ) -> Result<(), Error> {
        state.require_rule(rule)?;
        state.require_setting("learning_rate", self.learning_rate)?;
        state.require_setting("beta_1", self.betas[0])?;
        state.require_setting("beta_2", self.betas[1])?;
        state.require_setting("epsilon", self.epsilon)?;
        let powers = [state.number("power_1")?, state.number("power_2")?];
        let moments = state.vectors(["m", "v"], self.moments[0].len())?;
        (self.powers, self.moments) = (powers, moments.map(<[T]>::to_vec));
        Ok(())
    }
}

impl<T: Real> Optimizer<T> for Adam<T> {
    fn check(&self) -> Result<(), Error> {
        require_positive("learning_rate", self.learning_rate)?;
        require_share("beta_1", self.betas[0])?;
        require_share("beta_2", self.betas[1])?;
        require_positive("epsilon", self.epsilon)
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn prepare(&mut self, length: usize) {
        self.powers = [1.0; 2];
        for moment in &mut self.moments {
            moment.clear();
            moment.resize(length, T::ZERO);
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
        if self.moments[0].len() != parameters.len() {
            self.prepare(parameters.len());
        }
        let Adam { learning_rate, betas, epsilon, .. } = *self;
        let formula = Rates { learning_rate, betas, epsilon }.advance(&mut self.powers);
        for Part { range, learning_rate_factor, .. } in parts {
            let (theta, gradient) = (&mut parameters[range.clone()], &gradient[range.clone()]);
            let moments = self.moments.each_mut().map(|moment| &mut moment[range.clone()]);
            let rate = learning_rate * factor * learning_rate_factor;
            formula.step(rate, moments, theta, gradient);
        }
    }

    fn state(&self) -> OptimizerState<T> {
        self.state_as("adam")
    }

    fn restore(&mut self, state: &OptimizerState<T>) -> Result<(), Error> {
        self.restore_as("adam", state)
    }
}
