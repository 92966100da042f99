//! Logistic regression: 1,000 examples of 50 features, in double and single precision.

use chainrule::prelude::*;

use crate::problem::{Array, Problem, Scalar};
use crate::race::numbers;

macro_rules! regression {
    ($module:ident, $scalar:ident) => {
        pub mod $module {
            use super::*;

            /// Logistic regression (Cox 1958).
            #[model(loss = binary_cross_entropy, scalar = $scalar, derivatives(hessian, hvp))]
            pub fn logistic<const D: usize>(x: Input<D>, w: Param<D>, b: Param) -> Output {
                x.dot(w) + b
            }
        }
    };
}

regression!(double, f64);
regression!(single, f32);

pub const EXAMPLES: usize = 1000;
pub const FEATURES: usize = 50;

/// The features, the classes as 0 and 1, and the weights with the constant.
pub fn problem<T: Scalar>() -> Problem<T> {
    let from = |values: Vec<f64>, change: fn(f64) -> f64| {
        values.into_iter().map(|value| T::from_f64(change(value))).collect()
    };
    let x = from(numbers(EXAMPLES * FEATURES, 11), |x| 2.0 * x - 1.0);
    let y = from(numbers(EXAMPLES, 12), f64::round);
    let theta = from(numbers(FEATURES + 1, 13), |w| w - 0.5);
    Problem {
        x: Array::new("x", &[EXAMPLES, FEATURES], x),
        y: Array::new("y", &[EXAMPLES], y),
        parameters: vec![Array::new("theta", &[FEATURES + 1], theta)],
    }
}
