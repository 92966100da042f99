//! Parts of θ that one step treats each in its own way.

use core::ops::Range;

/// A part of θ, and what one step does there otherwise than elsewhere.
///
/// # Examples
/// One step at a tenth of the learning rate on the first half, leaving the second half as it is:
/// ```
/// use chainrule::optimizer::{GradientDescent, Optimizer, Part};
///
/// let mut theta = [1.0_f64; 4];
/// let slow = Part { learning_rate_factor: 0.1, ..Part::new(0..2) };
/// GradientDescent::new(0.5).step_parts(1.0, &mut theta, &[1.0; 4], &[slow]);
/// assert_eq!(theta, [0.95, 0.95, 1.0, 1.0]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The elements of θ.
    pub range: Range<usize>,
    /// What the learning rate is multiplied by.
    pub learning_rate_factor: f64,
    /// The decay λ in place of that of a rule that has one of its own, as [`AdamW`](super::AdamW) has.
    pub weight_decay: Option<f64>,
}

impl Part {
    /// A part that is treated as the rule treats all of θ.
    pub fn new(range: Range<usize>) -> Self {
        Part { range, learning_rate_factor: 1.0, weight_decay: None }
    }
}
