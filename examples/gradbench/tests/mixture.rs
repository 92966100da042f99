//! `gmm`, against the definition of its densities.

use std::f64::consts::PI;

use serde_json::{Value, json};

use super::{assert_same, assert_slopes, number, numbers, output, slopes, wave};

const D: usize = 3;
const K: usize = 2;
const N: usize = 4;
const TRIANGLE: usize = D * (D - 1) / 2;

struct Prior {
    m: u32,
    gamma: f64,
}

/// The matrix of a component: `exp q` on the diagonal, `l` below it, column by column.
fn root(q: &[f64], l: &[f64]) -> [[f64; D]; D] {
    let mut root = [[0.0; D]; D];
    let mut below = l.iter();
    for column in 0..D {
        root[column][column] = q[column].exp();
        for row in &mut root[column + 1..] {
            row[column] = *below.next().expect("the triangle");
        }
    }
    root
}

/// The normal density of a point, with precision `QᵀQ`.
fn normal_density(x: &[f64], mu: &[f64], root: &[[f64; D]; D]) -> f64 {
    let squares: f64 =
        root.iter().map(|row| (0..D).map(|j| row[j] * (x[j] - mu[j])).sum::<f64>().powi(2)).sum();
    let determinant: f64 = (0..D).map(|j| root[j][j]).product();
    determinant * (-squares / 2.0).exp() / (2.0 * PI).powi(D as i32).sqrt()
}

/// The logarithm of Wishart's density of `QᵀQ`, of scale `1/γ²` and `n` degrees of freedom.
fn log_wishart_density(root: &[[f64; D]; D], prior: &Prior) -> f64 {
    let (d, gamma) = (D as f64, prior.gamma);
    let n = d + f64::from(prior.m) + 1.0;
    let log_determinant: f64 = (0..D).map(|j| 2.0 * root[j][j].ln()).sum();
    let trace: f64 =
        gamma * gamma * root.iter().flatten().map(|element| element * element).sum::<f64>();
    // Γ of n/2, (n − 1)/2 and (n − 2)/2, for which n = 4 or n = 6 are all that is needed.
    let gammas = match prior.m {
        0 => 1.0 * (PI.sqrt() / 2.0) * 1.0,
        _ => 2.0 * (3.0 * PI.sqrt() / 4.0) * 1.0,
    };
    let multivariate_gamma = PI.powf(d * (d - 1.0) / 4.0) * gammas;
    (n - d - 1.0) / 2.0 * log_determinant - trace / 2.0 - n * d / 2.0 * 2.0_f64.ln()
        + n * d * gamma.ln()
        - multivariate_gamma.ln()
}

fn log_posterior(theta: &[f64], x: &[f64], prior: &Prior) -> f64 {
    let (alpha, rest) = theta.split_at(K);
    let (mu, rest) = rest.split_at(K * D);
    let (q, l) = rest.split_at(K * D);
    let roots: Vec<[[f64; D]; D]> =
        q.chunks(D).zip(l.chunks(TRIANGLE)).map(|(q, l)| root(q, l)).collect();
    let total: f64 = alpha.iter().map(|alpha| alpha.exp()).sum();
    let density = |x: &[f64]| -> f64 {
        let components = alpha.iter().zip(mu.chunks(D)).zip(&roots);
        components
            .map(|((alpha, mu), root)| alpha.exp() / total * normal_density(x, mu, root))
            .sum()
    };
    let likelihood: f64 = x.chunks(D).map(|x| density(x).ln()).sum();
    likelihood + roots.iter().map(|root| log_wishart_density(root, prior)).sum::<f64>()
}

fn input(theta: &[f64], x: &[f64], prior: &Prior) -> Value {
    let rows =
        |from: usize, width: usize| theta[from..][..K * width].chunks(width).collect::<Vec<_>>();
    json!({
        "d": D, "k": K, "n": N, "m": prior.m, "gamma": prior.gamma,
        "x": x.chunks(D).collect::<Vec<_>>(),
        "alpha": theta[..K], "mu": rows(K, D), "q": rows(K + K * D, D), "l": rows(K + 2 * K * D, TRIANGLE),
    })
}

#[test]
fn gmm_is_the_logarithm_of_likelihood_and_prior() {
    let theta = wave(K + 2 * K * D + K * TRIANGLE, 0.9);
    let x = wave(N * D, 1.7);
    for prior in [Prior { m: 0, gamma: 1.0 }, Prior { m: 2, gamma: 0.7 }] {
        let input = input(&theta, &x, &prior);
        let value = |theta: &[f64]| log_posterior(theta, &x, &prior);
        assert_same(&[number(&output("gmm", "objective", &input))], &[value(&theta)]);
        let jacobian = output("gmm", "jacobian", &input);
        let found: Vec<f64> =
            ["alpha", "mu", "q", "l"].iter().flat_map(|name| numbers(&jacobian[*name])).collect();
        assert_slopes(&found, &slopes(&theta, value));
    }
}
