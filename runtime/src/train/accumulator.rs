//! The gradient of several mini-batches as one.

use alloc::vec;
use alloc::vec::Vec;

use crate::kernel::real::Real;
use crate::model::Reduction;

/// The gradients of the mini-batches of a step, reduced as the model reduces losses.
pub struct Accumulator<T> {
    sum: Vec<T>,
    reduction: Reduction,
    rows: usize,
}

impl<T: Real> Accumulator<T> {
    /// Of nothing yet, for gradients of so many numbers.
    pub fn new(length: usize, reduction: Reduction) -> Self {
        Accumulator { sum: vec![T::ZERO; length], reduction, rows: 0 }
    }

    /// Adds the gradient of so many rows: of means `G ← G + (g − G)·n/N`, where `N` are all rows so far.
    pub fn add(&mut self, gradient: &[T], rows: usize) {
        let is_first = self.rows == 0;
        self.rows += rows;
        let share = T::from_f64(rows as f64 / self.rows as f64);
        match self.reduction {
            _ if is_first => self.sum.copy_from_slice(gradient),
            Reduction::Sum => {
                for (sum, &g) in self.sum.iter_mut().zip(gradient) {
                    *sum += g;
                }
            }
            Reduction::Mean => {
                for (mean, &g) in self.sum.iter_mut().zip(gradient) {
                    *mean += (g - *mean) * share;
                }
            }
        }
    }

    /// Gives away what has come together.
    pub fn empty_into(&mut self, gradient: &mut [T]) {
        gradient.copy_from_slice(&self.sum);
        self.rows = 0;
    }
}
