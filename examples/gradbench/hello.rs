//! `hello`: `y = x²` and `dy/dx = 2x`, to see that the protocol works.

use chainrule::prelude::*;
use serde_json::value::RawValue;

use super::protocol::{Outcome, unknown};
use super::runs::evaluated;

#[model(scalar = f64)]
fn parabola(x: Param) -> Loss {
    x * x
}

/// `square` and its derivative `double`, of a number.
pub fn evaluate(function: &str, input: &RawValue) -> Outcome {
    let x: f64 = serde_json::from_str(input.get())?;
    let model = Parabola::from_parameters(vec![x])?;
    let batch = Parabola::batch()?;
    match function {
        "square" => Ok(evaluated(model.loss(&batch), Vec::new())),
        "double" => Ok(evaluated(model.loss_and_gradient(&batch).1.x(), Vec::new())),
        _ => unknown(function),
    }
}
