//! What a careful person writes: backpropagation on paper, its products with ndarray, all memory kept between calls.

use crate::serve::{Mode, Task};

mod perceptron;
mod points;
mod regression;

/// What a name and a mode stand for.
pub fn prepare(problem: &str, mode: Mode) -> Option<Box<dyn Task>> {
    perceptron::prepare(problem, mode)
        .or_else(|| regression::prepare(problem, mode))
        .or_else(|| points::prepare(problem, mode))
}
