//! Why a minimization cannot begin.

use std::fmt::{self, Display, Formatter};

/// Why a minimization cannot begin: what was expected, and what was found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MinimizeError {
    /// A lower bound is above the upper one, or not a number.
    Bounds {
        /// The parameter.
        parameter: String,
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// A parameter of the model is outside its bounds.
    StartOutside {
        /// The element of θ.
        parameter: String,
        /// Its value.
        value: f64,
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// The loss at the model's parameters is NaN or infinite.
    StartLoss {
        /// Its value.
        value: f64,
    },
    /// The gradient at the model's parameters is NaN or infinite.
    StartGradient {
        /// The element of θ.
        parameter: String,
        /// Its value.
        value: f64,
    },
    /// All parameters are fixed.
    NothingFree,
    /// The solver refuses the problem.
    Solver {
        /// Why.
        reason: String,
    },
}

impl Display for MinimizeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            MinimizeError::Bounds { parameter, low, high } => write!(
                f,
                "the bounds of `{parameter}` are {low} and {high}, expected the lower one not above the upper one"
            ),
            MinimizeError::StartOutside { parameter, value, low, high } => write!(
                f,
                "`{parameter}` starts at {value}, expected a start within its bounds, {low} to {high}"
            ),
            MinimizeError::StartLoss { value } => write!(
                f,
                "the loss is {value} at the start, expected a finite number; start from other parameters"
            ),
            MinimizeError::StartGradient { parameter, value } => write!(
                f,
                "the gradient of `{parameter}` is {value} at the start, expected a finite number; start from other parameters"
            ),
            MinimizeError::NothingFree => {
                write!(f, "all parameters are fixed, expected one at least to vary")
            }
            MinimizeError::Solver { reason } => {
                write!(f, "the solver refuses the problem: {reason}")
            }
        }
    }
}
