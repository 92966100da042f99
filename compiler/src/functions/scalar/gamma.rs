//! Digamma and polygamma in f64, by reflection, recurrence and asymptotic series.

use std::f64::consts::PI;

/// `B₂, B₄, ..., B₂₀`.
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

/// `ψ(x) = Γ′(x)/Γ(x)`: within 4e-15 of the larger of 1 and the result, away from the poles.
///
/// # References
/// Abramowitz & Stegun (1964), 6.3.5 (recurrence), 6.3.7 (reflection), 6.3.18 (series).
pub(super) fn digamma(x: f64) -> f64 {
    if x == 0.0 {
        return -f64::INFINITY.copysign(x);
    }
    if x < 0.0 {
        let fraction = x - x.round();
        return if fraction == 0.0 || x.is_infinite() {
            f64::NAN
        } else {
            digamma(1.0 - x) - PI / (PI * fraction).tan()
        };
    }
    if x.is_infinite() {
        return x;
    }
    let mut shifted = x;
    let mut sum = 0.0;
    while shifted < 12.0 {
        sum -= 1.0 / shifted;
        shifted += 1.0;
    }
    let inverse_square = 1.0 / (shifted * shifted);
    let mut series = 0.0;
    for (k, bernoulli) in BERNOULLI.iter().enumerate().take(8).rev() {
        series = (series + bernoulli / (2 * (k + 1)) as f64) * inverse_square;
    }
    sum + shifted.ln() - 0.5 / shifted - series
}

/// `ψ⁽ⁿ⁾(x)`, the `n`-th derivative of [`digamma`]: `(−1)ⁿ⁺¹·n!·ζ(n + 1, x)` for positive `x`, by reflection below 0.
///
/// At the poles `+inf` for odd `n` and NaN for even `n`, whose sign depends on the side; past `n = 170`, where `n!` overflows, not a finite number.
///
/// # References
/// Abramowitz & Stegun (1964), 6.4.6 (recurrence), 6.4.7 (reflection), 6.4.11 (series).
pub(super) fn polygamma(n: u32, x: f64) -> f64 {
    if n == 0 {
        return digamma(x);
    }
    let sign = if n.is_multiple_of(2) { -1.0 } else { 1.0 };
    if x <= 0.0 {
        let fraction = x - x.round();
        if x.is_infinite() || (fraction == 0.0 && n.is_multiple_of(2)) {
            return f64::NAN;
        }
        if fraction == 0.0 {
            return f64::INFINITY;
        }
        return -sign * polygamma(n, 1.0 - x) - cotangent_derivative(n, fraction);
    }
    let factorial: f64 = (1..=n).map(f64::from).product();
    sign * factorial * hurwitz_zeta(f64::from(n + 1), x)
}

/// `ζ(s, x) = Σₖ (x + k)⁻ˢ` for `s ≥ 2` and positive `x`, by the Euler–Maclaurin formula.
fn hurwitz_zeta(s: f64, x: f64) -> f64 {
    if x.is_infinite() {
        return 0.0;
    }
    let mut sum = 0.0;
    let mut shifted = x;
    while shifted < 12.0 + s {
        sum += shifted.powf(-s);
        shifted += 1.0;
    }
    let mut tail = shifted.powf(1.0 - s) / (s - 1.0) + 0.5 * shifted.powf(-s);
    let mut term = s * shifted.powf(-s - 1.0) / 2.0;
    for (k, bernoulli) in BERNOULLI.iter().enumerate() {
        tail += bernoulli * term;
        let even = 2.0 * (k as f64 + 1.0);
        term *= (s + even - 1.0) * (s + even) / ((even + 1.0) * (even + 2.0) * shifted * shifted);
    }
    sum + tail
}

/// The `n`-th derivative of `π·cot(πx)`, as a polynomial in `c = cot(πx)`: `c′ = −π·(1 + c²)`.
fn cotangent_derivative(n: u32, x: f64) -> f64 {
    let mut polynomial = vec![0.0, PI];
    for _ in 0..n {
        let mut next = vec![0.0; polynomial.len() + 1];
        for (power, coefficient) in polynomial.iter().enumerate().skip(1) {
            let factor = -PI * power as f64 * coefficient;
            next[power - 1] += factor;
            next[power + 1] += factor;
        }
        polynomial = next;
    }
    let cotangent = 1.0 / (PI * x).tan();
    polynomial.iter().rev().fold(0.0, |value, coefficient| value * cotangent + coefficient)
}
