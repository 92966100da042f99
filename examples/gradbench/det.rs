//! `det`: a determinant and its derivative.
//!
//! `y(A) = det A` for a matrix of `ℓ` rows, in row-major order. Functions: `primal`, `y`, and `gradient`, the matrix of cofactors.
//!
//! The problem means the expansion by minors, of `ℓ!` products, as a source of operations. The language has no recursion, and a
//! determinant of its own, by elimination: the value is that of the problem, the work is `ℓ³`. Timings are not those of the expansion.

use chainrule::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::protocol::Outcome;
use super::runs::loss_or_gradient;

#[derive(Deserialize)]
struct Given {
    #[serde(rename = "A")]
    a: Vec<f64>,
    ell: usize,
}

#[model(scalar = f64, dims(L))]
fn determinant(a: Param<L, L>) -> Loss {
    det(a)
}

/// `primal` and `gradient`, of a matrix.
pub fn evaluate(function: &str, input: &RawValue) -> Outcome {
    let Given { a, ell } = serde_json::from_str(input.get())?;
    let dims = DeterminantDims { l: ell };
    let model = Determinant::from_parameters(dims, a)?;
    loss_or_gradient(function, ["primal", "gradient"], input, &model, &Determinant::batch(dims)?)
}
