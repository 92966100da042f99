//! A scalar formula over many points: concentrations after a dose by mouth.

use super::{Array, Problem, Scalar};
use crate::race::numbers;

pub const DOSE: f64 = 320.0;

/// How many observations a contest has.
pub const POINTS: usize = 1_000_000;

/// Times of a day, what is observed then, and rates of absorption, of elimination and a volume to start from.
pub fn points<T: Scalar>(count: usize) -> Problem<T> {
    let time = |n: usize| 24.0 * (n as f64 + 0.5) / count as f64;
    let concentration =
        |t: f64| DOSE * 1.5 / (32.0 * (1.5 - 0.08)) * ((-0.08 * t).exp() - (-1.5 * t).exp());
    let noise = numbers(count, 1).into_iter().enumerate();
    let observed = noise.map(|(n, noise)| T::from_f64(concentration(time(n)) + noise - 0.5));
    let parameter = |name, value| Array::new(name, &[], vec![T::from_f64(value)]);
    Problem {
        x: Array::new("t", &[count], (0..count).map(|n| T::from_f64(time(n))).collect()),
        y: Array::new("y", &[count], observed.collect()),
        parameters: vec![parameter("ka", 1.6), parameter("ke", 0.09), parameter("v", 31.0)],
    }
}
