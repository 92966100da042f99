//! `ode`: the solution of an equation of motion, by the method of Runge and Kutta.
//!
//! `y₀′ = x₀` and `yᵢ′ = xᵢ·yᵢ₋₁` from `y(0) = 0` to `t = 2`, by the classical method in `s` steps. Functions: `primal`, `y(2)`, of as many
//! elements as `x`, and `gradient`, the derivative of its last element for `x`.

use chainrule::derivatives::{Residuals, VectorJacobianProduct};
use chainrule::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::protocol::{Outcome, unknown};
use super::runs::{evaluated, time};

#[derive(Deserialize)]
struct Given {
    x: Vec<f64>,
    s: usize,
}

/// The solution after `S` steps.
///
/// What stands before `y` continues the chain to the left, `yᵢ′ = xᵢ·yᵢ₋₁` with `y₋₁ = 1`, so that a stage is a product of two slices. It
/// reaches one element less far left than the one before it.
#[model(scalar = f64, dims(N, S), loss = squared_error, derivatives(vjp))]
fn chain(x: Param<N>) -> Output<N> {
    let h = 2.0 / S;
    let rates = pad(x, 4, 0);
    let front = one_hot(3, 4);
    let mut y = zeros([N]);
    for _step in 0..S {
        let y0 = concat(front, y);
        let k1 = rates[1..] * y0[..N + 3];
        let y1 = y0[1..] + 0.5 * h * k1;
        let k2 = rates[2..] * y1[..N + 2];
        let y2 = y0[2..] + 0.5 * h * k2;
        let k3 = rates[3..] * y2[..N + 1];
        let y3 = y0[3..] + h * k3;
        let k4 = rates[4..] * y3[..N];
        y += h / 6.0 * (k1[3..] + 2.0 * k2[2..] + 2.0 * k3[1..] + k4);
    }
    y
}

/// `primal` and `gradient`, of the factors and the number of steps.
///
/// A stage carries a change one element on, so the last element depends on the `4s` before it, and on no other: the derivative is that of
/// a chain of so many, and 0 for the rest.
pub fn evaluate(function: &str, input: &RawValue) -> Outcome {
    let Given { x, s } = serde_json::from_str(input.get())?;
    let first = match function {
        "primal" => 0,
        "gradient" => x.len().saturating_sub(4 * s + 1),
        _ => return unknown(function),
    };
    let n = x.len() - first;
    let dims = ChainDims { n, s };
    let model = Chain::from_parameters(dims, x[first..].to_vec())?;
    let (zeros, mut last) = (vec![0.0; n], vec![0.0; n]);
    *last.last_mut().ok_or("there is no factor")? = 1.0;
    let batch = Chain::batch(dims, &zeros)?;
    let mut workspace = model.workspace();
    let mut output = vec![0.0; x.len()];
    let runs = time(input, || {
        output[..first].fill(0.0);
        let found = &mut output[first..];
        match function {
            "primal" => model.residuals_into(&batch, found, &mut workspace),
            _ => model.vector_jacobian_product_into(&batch, &last, found, &mut workspace),
        }
    })?;
    Ok(evaluated(output, runs))
}
