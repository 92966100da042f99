//! `ode`: the solution of an equation of motion, by the method of Runge and Kutta.
//!
//! `y₀′ = x₀` and `yᵢ′ = xᵢ·yᵢ₋₁` from `y(0) = 0` to `t = 2`, by the classical method in `s` steps. Functions: `primal`, `y(2)`, of as many
//! elements as `x`, and `gradient`, the derivative of its last element for `x`.

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

/// The last element of the solution, and all of them: a model without examples has no prediction, so the vector is read off as a derivative,
/// that of `weight·y` for `weight`.
#[model(scalar = f64, dims(N, S), loss = last)]
mod chain {
    use chainrule::prelude::*;

    /// The solution after `S` steps.
    ///
    /// What stands before `y` continues the chain to the left, `yᵢ′ = xᵢ·yᵢ₋₁` with `y₋₁ = 1`, so that a stage is a product of two slices. It
    /// reaches one element less far left than the one before it.
    fn solution(x: Tensor<N>) -> Tensor<N> {
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

    pub fn last(x: Param<N>) -> Loss {
        solution(x)[N - 1]
    }

    pub fn all(factors: Data<N>, weight: Param<N>) -> Loss {
        sum(weight * solution(factors))
    }
}

/// `primal` and `gradient`, of the factors and the number of steps.
pub fn evaluate(function: &str, input: &RawValue) -> Outcome {
    let Given { x, s } = serde_json::from_str(input.get())?;
    let dims = ChainDims { n: x.len(), s };
    let model = Chain::from_parameters(dims, [x.as_slice(), &x].concat())?;
    let batch = Chain::batch(dims, &x)?;
    let mut workspace = model.workspace();
    let mut slopes = vec![0.0; 2 * x.len()];
    match function {
        "primal" => {
            let runs = time(input, || {
                model.all_and_gradient_into(&batch, &mut slopes, &mut workspace);
            })?;
            Ok(evaluated(&slopes[x.len()..], runs))
        }
        "gradient" => {
            let runs = time(input, || {
                model.loss_and_gradient_into(&batch, &mut slopes, &mut workspace);
            })?;
            Ok(evaluated(&slopes[..x.len()], runs))
        }
        _ => unknown(function),
    }
}
