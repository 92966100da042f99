//! `gmm`: the logarithm of the posterior density of a mixture of normal distributions.
//!
//! For `N` points `x` of `D` coordinates and `K` components of weights `softmax α`, means `μ` and precision matrices `QᵀQ`, where `Q` is
//! lower triangular with diagonal `exp q` and `l` below it, with Wishart's prior of `n = D + m + 1` degrees of freedom:
//!
//! `F = Σᵢ ln Σₖ exp βᵢₖ − N·(D/2·ln 2π + ln Σₖ exp αₖ) + ln p`, with `βᵢₖ = αₖ + Σⱼ qₖⱼ − ½·|Qₖ·(xᵢ − μₖ)|²` and
//! `ln p = K·(n·D·ln(γ/√2) − ln Γ_D(n/2)) − γ²/2·Σₖ |Qₖ|² + m·Σ q`, `Γ_D` the multivariate gamma function.
//!
//! Functions: `objective`, `F`, and `jacobian`, its derivatives for `alpha` `[K]`, `mu` `[K, D]`, `q` `[K, D]` and `l`, `K` rows of the
//! triangle column by column.

use chainrule::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::protocol::{Outcome, unknown};
use super::runs::{evaluated, time};

#[derive(Deserialize)]
struct Given {
    d: usize,
    k: usize,
    n: usize,
    x: Vec<Vec<f64>>,
    m: f64,
    gamma: f64,
    alpha: Vec<f64>,
    mu: Vec<Vec<f64>>,
    q: Vec<Vec<f64>>,
    l: Vec<Vec<f64>>,
}

/// What a point adds to the logarithm of the posterior density; of `l` only what is below the diagonal counts.
#[model(scalar = f64, reduction = sum, dims(K, D))]
mod mixture {
    use chainrule::prelude::*;

    /// The logarithm of Wishart's density of the matrices `QᵀQ`.
    fn prior(roots: Tensor<K, D, D>, q: Tensor<K, D>, m: Tensor, gamma: Tensor) -> Tensor {
        let n = D + m + 1.0;
        let ln_pi = 1.1447298858494002;
        let ln_gamma = 0.25 * D * (D - 1.0) * ln_pi + sum(lgamma(0.5 * (n - iota(D))));
        K * (n * D * ln(gamma / sqrt(2.0)) - ln_gamma) - 0.5 * square(gamma) * sum(square(roots))
            + m * sum(q)
    }

    pub fn log_posterior(
        x: Input<D>,
        points: Data,
        m: Data,
        gamma: Data,
        alpha: Param<K>,
        mu: Param<K, D>,
        q: Param<K, D>,
        l: Param<K, D, D>,
    ) -> Loss {
        let roots = tril(l, offset = -1) + reshape(exp(q), [K, D, 1]) * eye(D);
        let shifts = einsum("kij,kj->ki", roots, mu);
        let beta = for k in 0..K {
            alpha[k] + sum(q[k]) - 0.5 * sum(square(roots[k].dot(x) - shifts[k]))
        };
        let ln_two_pi = 1.8378770664093453;
        logsumexp(beta) - logsumexp(alpha) - 0.5 * D * ln_two_pi
            + prior(roots, q, m, gamma) / points
    }
}

/// Where the elements of `l` stand in a matrix of `d` rows.
struct Triangle {
    d: usize,
    places: Vec<usize>,
}

impl Triangle {
    fn new(d: usize) -> Triangle {
        let below = |column: usize| (column + 1..d).map(move |row| row * d + column);
        Triangle { d, places: (0..d).flat_map(below).collect() }
    }

    fn unpack(&self, rows: &[Vec<f64>], matrices: &mut [f64]) {
        for (row, matrix) in rows.iter().zip(matrices.chunks_mut(self.d * self.d)) {
            for (&place, &element) in self.places.iter().zip(row) {
                matrix[place] = element;
            }
        }
    }

    fn pack(&self, matrices: &[f64], rows: &mut [Vec<f64>]) {
        for (row, matrix) in rows.iter_mut().zip(matrices.chunks(self.d * self.d)) {
            for (&place, element) in self.places.iter().zip(row) {
                *element = matrix[place];
            }
        }
    }
}

/// `objective` and `jacobian`, of the points, the prior and the parameters.
pub fn evaluate(function: &str, input: &RawValue) -> Outcome {
    let Given { d, k, n, x, m, gamma, alpha, mu, q, l } = serde_json::from_str(input.get())?;
    let (dims, triangle) = (MixtureDims { k, d }, Triangle::new(d));
    let triangles = k + 2 * k * d;
    let mut theta = [alpha, mu.concat(), q.concat()].concat();
    theta.resize(triangles + k * d * d, 0.0);
    let mut gradient = vec![0.0; theta.len()];
    let mut model = Mixture::from_parameters(dims, theta)?;
    let (x, n, m, gamma) = (x.concat(), [n as f64], [m], [gamma]);
    let batch = Mixture::batch(dims, &x, &n, &m, &gamma)?;
    let mut workspace = model.workspace();
    match function {
        "objective" => {
            let mut value = 0.0;
            let runs = time(input, || {
                triangle.unpack(&l, model.l_mut());
                value = model.loss_into(&batch, &mut workspace);
            })?;
            Ok(evaluated(value, runs))
        }
        "jacobian" => {
            let mut l_bar = l.clone();
            let runs = time(input, || {
                triangle.unpack(&l, model.l_mut());
                model.loss_and_gradient_into(&batch, &mut gradient, &mut workspace);
                triangle.pack(&gradient[triangles..], &mut l_bar);
            })?;
            let rows = |from: usize| gradient[from..][..k * d].chunks(d).collect::<Vec<_>>();
            let output: Value =
                json!({ "alpha": gradient[..k], "mu": rows(k), "q": rows(k + k * d), "l": l_bar });
            Ok(evaluated(output, runs))
        }
        _ => unknown(function),
    }
}
