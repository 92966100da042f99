//! `llsq`: the coefficients `x` of a polynomial near the sign function, by least squares.
//!
//! `y(x) = ½·Σᵢ (sᵢ − Σⱼ xⱼ·tᵢʲ)²`, with `tᵢ = −1 + 2i/(n − 1)` and `sᵢ = sign tᵢ` for `i` below `n` and `j` below `m`. Functions: `primal`,
//! `y`, and `gradient`, `∂y/∂x`, of `m` elements.

use chainrule::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::protocol::Outcome;
use super::runs::loss_or_gradient;

#[derive(Deserialize)]
struct Given {
    x: Vec<f64>,
    n: usize,
}

/// Half the square of an observation's error; the polynomial by Horner's rule.
#[model(scalar = f64, reduction = sum, dims(M))]
fn polynomial(t: Input, s: Input, x: Param<M>) -> Loss {
    let mut value = 0.0;
    for power in (0..M).rev() {
        value = value * t + x[power];
    }
    0.5 * square(s - value)
}

/// `primal` and `gradient`, of the coefficients and the number of observations.
pub fn evaluate(function: &str, input: &RawValue) -> Outcome {
    let Given { x, n } = serde_json::from_str(input.get())?;
    let t: Vec<f64> = (0..n).map(|i| -1.0 + 2.0 * i as f64 / (n as f64 - 1.0)).collect();
    let s: Vec<f64> = t.iter().map(|&t| if t == 0.0 { 0.0 } else { t.signum() }).collect();
    let dims = PolynomialDims { m: x.len() };
    let model = Polynomial::from_parameters(dims, x)?;
    let batch = Polynomial::batch(dims, &t, &s)?;
    loss_or_gradient(function, ["primal", "gradient"], input, &model, &batch)
}
