//! A sum of twelve pseudo-Voigt peaks: 48 parameters, 2,000 points.

use chainrule::prelude::*;

use crate::problem::{Array, Problem};
use crate::race::numbers;

/// Peaks, each `a·(η/(1 + u²) + (1 − η)·2^(−u²))` with `u = (x − c)/w` (Wertheim et al. 1974).
#[model(loss = squared_error, reduction = sum, scalar = f64, derivatives(jacobian, hvp))]
pub fn voigt<const K: usize>(
    x: Input,
    a: Param<K>,
    c: Param<K>,
    w: Param<K>,
    eta: Param<K>,
) -> Output {
    let u = (x - c) / w;
    let square = u * u;
    sum(a * (eta / (1.0 + square) + (1.0 - eta) * exp(-(0.693_147_180_559_945_3 * square))))
}

pub const PEAKS: usize = 12;
pub const PARAMETERS: usize = 4 * PEAKS;
pub const POINTS: usize = 2000;

/// The parameters the data is made with.
pub fn truth() -> Vec<f64> {
    let spread = numbers(PARAMETERS, 5);
    let peak = |k: usize| 8.0 * (k as f64 + 0.5);
    let a = (0..PEAKS).map(|k| 1.0 + 2.0 * spread[k]);
    let c = (0..PEAKS).map(|k| peak(k) + 2.0 * (spread[PEAKS + k] - 0.5));
    let w = (0..PEAKS).map(|k| 1.2 + 1.5 * spread[2 * PEAKS + k]);
    let eta = (0..PEAKS).map(|k| 0.2 + 0.6 * spread[3 * PEAKS + k]);
    a.chain(c).chain(w).chain(eta).collect()
}

/// Where a fit starts.
pub fn start() -> Vec<f64> {
    let theta = truth();
    let push = numbers(PARAMETERS, 6);
    let moved = |i: usize| match i / PEAKS {
        0 => theta[i] * (0.8 + 0.4 * push[i]),
        1 => theta[i] + 0.8 * (push[i] - 0.5),
        2 => theta[i] * (0.8 + 0.4 * push[i]),
        _ => 0.5,
    };
    (0..PARAMETERS).map(moved).collect()
}

/// The points and what is observed there.
pub fn observations() -> (Vec<f64>, Vec<f64>) {
    let x: Vec<f64> = (0..POINTS).map(|i| 96.0 * (i as f64 + 0.5) / POINTS as f64).collect();
    let model = Voigt::<PEAKS>::from_parameters(truth()).expect("four a peak");
    let noise = numbers(POINTS, 7);
    let mut y = model.predict(&x).expect("the lengths fit");
    y.iter_mut().zip(noise).for_each(|(y, noise)| *y += 0.05 * (noise - 0.5));
    (x, y)
}

/// What is observed, and where a fit starts.
pub fn problem() -> Problem<f64> {
    let (x, y) = observations();
    Problem {
        x: Array::new("x", &[POINTS], x),
        y: Array::new("y", &[POINTS], y),
        parameters: vec![Array::new("theta", &[PARAMETERS], start())],
    }
}
