//! `NAdam`.

use alloc::vec::Vec;

use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::float::{Double, Float};
use crate::kernel::real::Real;

use super::update::{require_length, square_root, update};
use super::{
    Optimizer, OptimizerState, Part, require_not_negative, require_positive, require_share,
};

/// `NAdam`, Adam with Nesterov's momentum: `θ ← θ − α·(μₜ₊₁·m / (1 − Πₜ₊₁) + (1 − μₜ)·g / (1 − Πₜ)) / (√v̂ + ε)`.
///
/// `m ← β₁·m + (1 − β₁)·g`, `v ← β₂·v + (1 − β₂)·g²` and `v̂ = v / (1 − β₂ᵗ)` are those of [`Adam`](super::Adam); the momentum grows to β₁
/// as `μₜ = β₁·(1 − ½·0.96^(t·ψ))`, and `Πₜ` is the product of `μ₁` to `μₜ`. Defaults: β₁ = 0.9, β₂ = 0.999, ε = 1e-8, ψ = 0.004.
///
/// # Examples
/// ```
/// use chainrule::optimizer::{NAdam, Optimizer};
///
/// let mut theta = [0.0_f64];
/// let mut optimizer = NAdam::new(0.1);
/// for _ in 0..500 {
///     let gradient = [2.0 * (theta[0] - 3.0)];
///     optimizer.step(1.0, &mut theta, &gradient);
/// }
/// assert!((theta[0] - 3.0).abs() < 1e-3);
/// ```
///
/// # References
/// Dozat (2016), *Incorporating Nesterov Momentum into Adam*, Algorithm 2, with the schedule of μ of its section 3, in the form that
/// `PyTorch` has.
#[derive(Clone, Debug, PartialEq)]
pub struct NAdam<T> {
    learning_rate: f64,
    betas: [f64; 2],
    epsilon: f64,
    momentum_decay: f64,
    steps: f64,
    /// `Πₜ` and `β₂ᵗ` after `t` steps.
    powers: [f64; 2],
    moments: [Vec<T>; 2],
}

impl<T> NAdam<T> {
    /// `NAdam` with the learning rate α; 0.002 is usual.
    pub fn new(learning_rate: f64) -> Self {
        NAdam {
            learning_rate,
            betas: [0.9, 0.999],
            epsilon: 1e-8,
            momentum_decay: 0.004,
            steps: 0.0,
            powers: [1.0; 2],
            moments: [Vec::new(), Vec::new()],
        }
    }

    /// Sets the shares of the past in the running means of `g` and `g²`, from 0 to below 1.
    pub fn betas(self, beta_1: f64, beta_2: f64) -> Self {
        NAdam { betas: [beta_1, beta_2], ..self }
    }

    /// Sets ε, which bounds the step where gradients vanish.
    pub fn epsilon(self, epsilon: f64) -> Self {
        NAdam { epsilon, ..self }
    }

    /// Sets ψ, how fast the momentum grows to β₁.
    pub fn momentum_decay(self, momentum_decay: f64) -> Self {
        NAdam { momentum_decay, ..self }
    }

    /// `μₜ`.
    fn momentum(&self, step: f64) -> f64 {
        self.betas[0] * (1.0 - 0.5 * 0.96_f64.powf(step * self.momentum_decay))
    }
}

impl<T: Real> Optimizer<T> for NAdam<T> {
    fn check(&self) -> Result<(), Error> {
        require_positive("learning_rate", self.learning_rate)?;
        require_share("beta_1", self.betas[0])?;
        require_share("beta_2", self.betas[1])?;
        require_not_negative("momentum_decay", self.momentum_decay)?;
        require_positive("epsilon", self.epsilon)
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn prepare(&mut self, length: usize) {
        self.steps = 0.0;
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
        self.steps += 1.0;
        let [now, next] = [self.steps, self.steps + 1.0].map(|step| self.momentum(step));
        self.powers = [self.powers[0] * now, self.powers[1] * self.betas[1]];
        let [product, power] = self.powers;
        let scale = T::from_f64((1.0 - power).sqrt().recip());
        let epsilon = T::from_f64(self.epsilon);
        let [beta_1, beta_2] = self.betas.map(T::from_f64);
        let [rest_1, rest_2] = self.betas.map(|beta| T::from_f64(1.0 - beta));
        for Part { range, learning_rate_factor, .. } in parts {
            let rate = self.learning_rate * factor * learning_rate_factor;
            let of_gradient = T::from_f64(rate * (1.0 - now) / (1.0 - product));
            let of_mean = T::from_f64(rate * next / (1.0 - product * next));
            let (theta, gradient) = (&mut parameters[range.clone()], &gradient[range.clone()]);
            let moments = self.moments.each_mut().map(|moment| &mut moment[range.clone()]);
            update(theta, gradient, moments, |theta, g, [m, v]| {
                let m = beta_1 * m + rest_1 * g;
                let v = beta_2 * v + rest_2 * (g * g);
                let direction = of_mean * m + of_gradient * g;
                (theta - direction / (square_root(v) * scale + epsilon), [m, v])
            });
        }
    }

    fn state(&self) -> OptimizerState<T> {
        OptimizerState::new("n_adam")
            .with_number("learning_rate", self.learning_rate)
            .with_number("beta_1", self.betas[0])
            .with_number("beta_2", self.betas[1])
            .with_number("epsilon", self.epsilon)
            .with_number("momentum_decay", self.momentum_decay)
            .with_number("steps", self.steps)
            .with_number("power_1", self.powers[0])
            .with_number("power_2", self.powers[1])
            .with_vector("m", &self.moments[0])
            .with_vector("v", &self.moments[1])
    }

    fn restore(&mut self, state: &OptimizerState<T>) -> Result<(), Error> {
        state.require_rule("n_adam")?;
        state.require_setting("learning_rate", self.learning_rate)?;
        state.require_setting("beta_1", self.betas[0])?;
        state.require_setting("beta_2", self.betas[1])?;
        state.require_setting("epsilon", self.epsilon)?;
        state.require_setting("momentum_decay", self.momentum_decay)?;
        let steps = state.number("steps")?;
        let powers = [state.number("power_1")?, state.number("power_2")?];
        let moments = state.vectors(["m", "v"], self.moments[0].len())?;
        (self.steps, self.powers, self.moments) = (steps, powers, moments.map(<[T]>::to_vec));
        Ok(())
    }
}
