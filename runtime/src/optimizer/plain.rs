//! Plain gradient descent, where there is no memory for a velocity.

use core::marker::PhantomData;

use crate::error::Error;
use crate::kernel::real::Real;

use super::update::update;
use super::{Optimizer, require_positive};

/// Gradient descent: `θ ← θ − α·g`. With the feature `alloc` it has momentum too.
#[derive(Clone, Debug, PartialEq)]
pub struct GradientDescent<T> {
    learning_rate: f64,
    parameters: PhantomData<T>,
}

impl<T> GradientDescent<T> {
    /// Plain gradient descent with the learning rate α.
    pub const fn new(learning_rate: f64) -> Self {
        GradientDescent { learning_rate, parameters: PhantomData }
    }
}

impl<T: Real> Optimizer<T> for GradientDescent<T> {
    fn check(&self) -> Result<(), Error> {
        require_positive("learning_rate", self.learning_rate)
    }

    fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    fn prepare(&mut self, _length: usize) {}

    fn is_local(&self) -> bool {
        true
    }

    fn step(&mut self, factor: f64, parameters: &mut [T], gradient: &[T]) {
        let rate = T::from_f64(self.learning_rate * factor);
        update(parameters, gradient, [], |theta, g, []| (theta - rate * g, []));
    }
}
