//! Digamma and polygamma, scalar and in `f64`.

#[cfg(not(feature = "std"))]
use crate::float::Float;

use super::coefficients::{DIGAMMA, DIGAMMA_ROOT};

/// `ψ(x)`: reflection below zero, recurrence into `[1, 2]`, a polynomial around the root there, Stirling's series from ten on.
pub(super) fn digamma(x: f64) -> f64 {
    if x == 0.0 {
        return -1.0 / x;
    }
    if x < 0.0 {
        let offset = x - x.round();
        if offset == 0.0 || x.is_infinite() {
            return f64::NAN;
        }
        return digamma(1.0 - x)
            - core::f64::consts::PI / libm::tan(core::f64::consts::PI * offset);
    }
    if x < 1.0 {
        return digamma_between_1_and_2(x + 1.0) - 1.0 / x;
    }
    if x >= 10.0 {
        return digamma_series(x);
    }
    let mut argument = x;
    let mut sum = 0.0;
    while argument > 2.0 {
        argument -= 1.0;
        sum += 1.0 / argument;
    }
    sum + digamma_between_1_and_2(argument)
}

/// `(x − r)·P(x − r)` with the root `r` in two parts, so that digits survive around it.
fn digamma_between_1_and_2(x: f64) -> f64 {
    let distance = (x - DIGAMMA_ROOT.0) - DIGAMMA_ROOT.1;
    distance * DIGAMMA.iter().rev().fold(0.0, |sum, &c| sum * distance + c)
}

/// `ln x − 1/(2x) − Σ B₂ₖ/(2k·x²ᵏ)`, exact to the last digits from `x = 10` on (Abramowitz & Stegun 1964, 6.3.18).
fn digamma_series(x: f64) -> f64 {
    if x.is_infinite() || x.is_nan() {
        return x;
    }
    let square = 1.0 / (x * x);
    let terms = BERNOULLI.iter().enumerate().rev();
    let series = terms.fold(0.0, |sum, (k, &b)| (sum + b / (2.0 * k as f64 + 2.0)) * square);
    libm::log(x) - 0.5 / x - series
}

/// `ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹·n!·ζ(n + 1, x)`; `ψ` itself for `n = 0`.
pub(super) fn polygamma(n: i32, x: f64) -> f64 {
    if n < 0 || x.is_nan() || x == f64::NEG_INFINITY {
        return f64::NAN;
    }
    if n == 0 {
        return digamma(x);
    }
    let sign = if n % 2 == 0 { -1.0 } else { 1.0 };
    if x > 0.0 {
        return sign * scaled_zeta(n, x);
    }
    let nearest = x.round();
    let offset = x - nearest;
    if offset == 0.0 {
        let odd_pole = n % 2 == 0;
        return match (odd_pole, nearest == 0.0) {
            (true, true) => sign / x,
            (true, false) => f64::NAN,
            (false, _) => f64::INFINITY,
        };
    }
    // The sum over all integers has period one, so it is known from the offset to the nearest pole; what is not part of the sum over
    // the non-negative ones is a zeta function of a positive argument again.
    let pole = sign_of_power(n, offset) * scaled_power(n, offset.abs());
    let period = pole + scaled_zeta(n, 1.0 + offset) + sign * scaled_zeta(n, 1.0 - offset);
    sign * (period - sign * scaled_zeta(n, 1.0 - x))
}

/// The sign of `x⁻⁽ⁿ⁺¹⁾`.
fn sign_of_power(n: i32, x: f64) -> f64 {
    if n % 2 == 0 && x < 0.0 { -1.0 } else { 1.0 }
}

/// `n!·x⁻⁽ⁿ⁺¹⁾` for positive `x`; through logarithms, with an error of some `1e-13`, where `n!` is near overflow.
fn scaled_power(n: i32, x: f64) -> f64 {
    if n > 100 {
        let n = f64::from(n);
        return libm::exp(libm::lgamma(n + 1.0) - (n + 1.0) * libm::log(x));
    }
    (1..=n).fold(1.0 / x, |product, k| product * (f64::from(k) / x))
}

/// `n!·ζ(n + 1, x)` for positive `x`: the first terms one by one, the rest by the Euler–Maclaurin formula.
fn scaled_zeta(n: i32, x: f64) -> f64 {
    if x.is_infinite() {
        return 0.0;
    }
    let power = f64::from(n) + 1.0;
    let mut last = x;
    let mut sum = 0.0;
    while last < 10.0 + f64::from(n) {
        let term = libm::pow(x / last, power);
        sum += term;
        last += 1.0;
        if term < 1e-20 {
            return scaled_power(n, x) * sum;
        }
    }
    let mut coefficient = 0.5 * power / last;
    let mut tail = 1.0 / f64::from(n) * last + 0.5;
    for (k, &b) in BERNOULLI.iter().enumerate() {
        let k = 2.0 * k as f64 + 2.0;
        tail += b * coefficient;
        coefficient *= (power + k - 1.0) * (power + k) / ((k + 1.0) * (k + 2.0) * last * last);
    }
    scaled_power(n, x) * (sum + tail * libm::pow(x / last, power))
}

/// The Bernoulli numbers `B₂, B₄, …, B₂₀`.
const BERNOULLI: [f64; 10] = [
    1.0 / 6.0,
    -1.0 / 30.0,
    1.0 / 42.0,
    -1.0 / 30.0,
    5.0 / 66.0,
    -691.0 / 2730.0,
    7.0 / 6.0,
    -3617.0 / 510.0,
    43867.0 / 798.0,
    -174_611.0 / 330.0,
];
