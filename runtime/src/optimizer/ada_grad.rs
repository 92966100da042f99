//! `AdaGrad`.

use alloc::vec::Vec;
use core::ops::Range;

use crate::error::Error;
use crate::kernel::real::Real;

use super::update::{require_length, square_root, update};
use super::{Optimizer, OptimizerState, Part, require_not_negative, require_positive};

/// `AdaGrad`: `θ ← θ − α·g / (√s + ε)`.
///
/// `s ← s + g²` is the sum of all squares so far, from `s₀`: a parameter with rare gradients keeps a large step. Defaults: `s₀ = 0`,
/// ε = 1e-10.
///
/// It [is local](Optimizer::is_local): training steps within the rows of a table that a mini-batch touches.
///
/// # Examples
/// The first step moves every parameter by α, whatever the size of its gradient:
/// ```
/// use chainrule::optimizer::{AdaGrad, Optimizer};
///
/// let mut theta = [1.0_f64, 1.0];
/// AdaGrad::new(0.1).step(1.0, &mut theta, &[1000.0, -0.001]);
/// assert!((theta[0] - 0.9).abs() < 1e-6 && (theta[1] - 1.1).abs() < 1e-6);
/// ```
///
/// # References
/// Duchi, Hazan & Singer (2011), *Adaptive Subgradient Methods for Online Learning and Stochastic Optimization*, with the diagonal matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct AdaGrad<T> {
    learning_rate: f64,
    epsilon: f64,
    initial: f64,
    squares: Vec<T>,
}

impl<T> AdaGrad<T> {
    /// `AdaGrad` with the learning rate α; 0.01 is usual.
    pub fn new(learning_rate: f64) -> Self {
        AdaGrad { learning_rate, epsilon: 1e-10, initial: 0.0, squares: Vec::new() }
    }

    /// Sets `s₀`, what the sums of squares start from.
    pub fn initial_accumulator(self, initial: f64) -> Self {
        AdaGrad { initial, ..self }
    }

    /// Sets ε, which bounds the step where gradients vanish.
    pub fn epsilon(self, epsilon: f64) -> Self {
        AdaGrad { epsilon, ..self }
    }
}

impl<T: Real> Optimizer<T> for AdaGrad<T> {
    fn check(&self) -> Result<(), Error> {
        require_positive("learning_rate", self.learning_rate)?;
        require_not_negative("initial_accumulator", self.initial)?;
        require_positive("epsilon", self.epsilon)
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn prepare(&mut self, length: usize) {
        self.squares.clear();
        self.squares.resize(length, T::from_f64(self.initial));
    }

    fn is_local(&self) -> bool {
        true
    }

    fn step(&mut self, factor: f64, parameters: &mut [T], gradient: &[T]) {
        self.step_parts(factor, parameters, gradient, &[Part::new(0..parameters.len())]);
    }

    fn step_within(
        &mut self,
        factor: f64,
        parameters: &mut [T],
        gradient: &[T],
        parts: &[Range<usize>],
    ) {
        for part in parts {
            self.step_parts(factor, parameters, gradient, &[Part::new(part.clone())]);
        }
    }

    fn takes_parts(&self) -> bool {
        true
    }

    fn step_parts(&mut self, factor: f64, parameters: &mut [T], gradient: &[T], parts: &[Part]) {
        require_length(parameters, gradient);
        if self.squares.len() != parameters.len() {
            self.prepare(parameters.len());
        }
        let epsilon = T::from_f64(self.epsilon);
        for Part { range, learning_rate_factor, .. } in parts {
            let rate = T::from_f64(self.learning_rate * factor * learning_rate_factor);
            let (theta, gradient) = (&mut parameters[range.clone()], &gradient[range.clone()]);
            update(theta, gradient, [&mut self.squares[range.clone()]], |theta, g, [s]| {
                let s = s + g * g;
                (theta - rate * g / (square_root(s) + epsilon), [s])
            });
        }
    }

    fn state(&self) -> OptimizerState<T> {
        OptimizerState::new("ada_grad")
            .with_number("learning_rate", self.learning_rate)
            .with_number("initial_accumulator", self.initial)
            .with_number("epsilon", self.epsilon)
            .with_vector("s", &self.squares)
    }

    fn restore(&mut self, state: &OptimizerState<T>) -> Result<(), Error> {
        state.require_rule("ada_grad")?;
        state.require_setting("learning_rate", self.learning_rate)?;
        state.require_setting("initial_accumulator", self.initial)?;
        state.require_setting("epsilon", self.epsilon)?;
        let [squares] = state.vectors(["s"], self.squares.len())?;
        self.squares = squares.to_vec();
        Ok(())
    }
}
