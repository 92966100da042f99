//! `lse`: the logarithm of a sum of exponentials.
//!
//! `y(x) = ln Σᵢ exp xᵢ`. The text says just that: the compiler finds the form that does not overflow, `a + ln Σᵢ exp(xᵢ − a)` with
//! `a = max x`, and that the derivative needs no maximum. Functions: `primal`, `y`, and `gradient`, `∂y/∂x`, of as many elements as `x`.

use chainrule::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::protocol::Outcome;
use super::runs::loss_or_gradient;

#[derive(Deserialize)]
struct Given {
    x: Vec<f64>,
}

#[model(scalar = f64, dims(N))]
fn log_sum(x: Param<N>) -> Loss {
    ln(sum(exp(x)))
}

/// `primal` and `gradient`, of `x`.
pub fn evaluate(function: &str, input: &RawValue) -> Outcome {
    let Given { x } = serde_json::from_str(input.get())?;
    let dims = LogSumDims { n: x.len() };
    let model = LogSum::from_parameters(dims, x)?;
    loss_or_gradient(function, ["primal", "gradient"], input, &model, &LogSum::batch(dims)?)
}
