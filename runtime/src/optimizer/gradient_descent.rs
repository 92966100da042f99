//! Gradient descent, plain, with momentum, or with Nesterov's momentum.

use alloc::vec::Vec;
use core::ops::Range;

use crate::error::Error;
use crate::kernel::real::Real;
use crate::text::text;

use super::update::{require_length, update};
use super::{Optimizer, OptimizerState, Part, require_positive, require_share};

/// Gradient descent: `θ ← θ − α·g`.
///
/// With momentum μ: `v ← μ·v + g`, `θ ← θ − α·v`; in Nesterov's form `θ ← θ − α·(g + μ·v)`. The velocity `v` starts at zero and does not
/// contain α, so that a schedule acts at once.
///
/// Without momentum it [is local](Optimizer::is_local): training steps within the rows of a table that a mini-batch touches.
///
/// # Examples
/// ```
/// use chainrule::optimizer::{GradientDescent, Optimizer};
///
/// let mut theta = [1.0_f32, -2.0];
/// GradientDescent::new(0.5).step(1.0, &mut theta, &[2.0, -4.0]);
/// assert_eq!(theta, [0.0, 0.0]);
/// ```
///
/// # References
/// Polyak (1964), *Some Methods of Speeding up the Convergence of Iteration Methods*; Sutskever, Martens, Dahl & Hinton (2013), *On the
/// Importance of Initialization and Momentum in Deep Learning*, for Nesterov's form.
#[derive(Clone, Debug, PartialEq)]
pub struct GradientDescent<T> {
    learning_rate: f64,
    momentum: f64,
    lookahead: Lookahead,
    velocity: Vec<T>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lookahead {
    None,
    Nesterov,
}

impl<T> GradientDescent<T> {
    /// Plain gradient descent with the learning rate α.
    pub fn new(learning_rate: f64) -> Self {
        GradientDescent {
            learning_rate,
            momentum: 0.0,
            lookahead: Lookahead::None,
            velocity: Vec::new(),
        }
    }

    /// Sets the momentum μ, from 0 to below 1; 0.9 is usual.
    pub fn momentum(self, momentum: f64) -> Self {
        GradientDescent { momentum, ..self }
    }

    /// Takes Nesterov's form of momentum.
    pub fn nesterov(self) -> Self {
        GradientDescent { lookahead: Lookahead::Nesterov, ..self }
    }

    /// The name of its state.
    fn rule(&self) -> &'static str {
        match self.lookahead {
            Lookahead::None => "gradient_descent",
            Lookahead::Nesterov => "gradient_descent.nesterov",
        }
    }
}

impl<T: Real> GradientDescent<T> {
    /// Steps on some elements of θ.
    fn step_range(&mut self, rate: T, theta: &mut [T], gradient: &[T], range: Range<usize>) {
        let (gradient, momentum) = (&gradient[range.clone()], T::from_f64(self.momentum));
        if self.momentum == 0.0 {
            return update(theta, gradient, [], |theta, g, []| (theta - rate * g, []));
        }
        let velocity = [&mut self.velocity[range]];
        match self.lookahead {
            Lookahead::None => update(theta, gradient, velocity, |theta, g, [v]| {
                let v = momentum * v + g;
                (theta - rate * v, [v])
            }),
            Lookahead::Nesterov => update(theta, gradient, velocity, |theta, g, [v]| {
                let v = momentum * v + g;
                (theta - rate * (g + momentum * v), [v])
            }),
        }
    }
}

impl<T: Real> Optimizer<T> for GradientDescent<T> {
    fn check(&self) -> Result<(), Error> {
        require_positive("learning_rate", self.learning_rate)?;
        require_share("momentum", self.momentum)?;
        if self.lookahead == Lookahead::Nesterov && self.momentum == 0.0 {
            let requirement = "above 0 with `nesterov`";
            return Err(Error::Setting {
                name: "momentum",
                requirement,
                found: text(format_args!("0")),
            });
        }
        Ok(())
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn prepare(&mut self, length: usize) {
        self.velocity.clear();
        if self.momentum != 0.0 {
            self.velocity.resize(length, T::ZERO);
        }
    }

    fn is_local(&self) -> bool {
        self.momentum == 0.0
    }

    fn step(&mut self, factor: f64, parameters: &mut [T], gradient: &[T]) {
        self.step_parts(factor, parameters, gradient, &[Part::new(0..parameters.len())]);
    }

    fn takes_parts(&self) -> bool {
        true
    }

    fn step_parts(&mut self, factor: f64, parameters: &mut [T], gradient: &[T], parts: &[Part]) {
        require_length(parameters, gradient);
        if self.momentum != 0.0 && self.velocity.len() != parameters.len() {
            self.prepare(parameters.len());
        }
        for Part { range, learning_rate_factor, .. } in parts {
            let rate = T::from_f64(self.learning_rate * factor * learning_rate_factor);
            self.step_range(rate, &mut parameters[range.clone()], gradient, range.clone());
        }
    }

    fn state(&self) -> OptimizerState<T> {
        let state = OptimizerState::new(self.rule())
            .with_number("learning_rate", self.learning_rate)
            .with_number("momentum", self.momentum);
        if self.momentum == 0.0 { state } else { state.with_vector("velocity", &self.velocity) }
    }

    fn restore(&mut self, state: &OptimizerState<T>) -> Result<(), Error> {
        state.require_rule(self.rule())?;
        state.require_setting("learning_rate", self.learning_rate)?;
        state.require_setting("momentum", self.momentum)?;
        if self.momentum != 0.0 {
            let [velocity] = state.vectors(["velocity"], self.velocity.len())?;
            self.velocity = velocity.to_vec();
        }
        Ok(())
    }
}
