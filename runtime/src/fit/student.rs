//! Quantiles of Student's t distribution.
//!
//! Two short functions rather than a crate: those of the registry bring a linear-algebra library or complex numbers along for them.

/// The `t` with `P(|T| ≤ t) = confidence` for so many degrees of freedom, or of the normal distribution without a number of them.
///
/// `confidence` lies in (0, 1). `P(|T| ≤ t)` is concave in `t > 0`, so that Newton's steps from 0 only ever come closer from below.
pub(super) fn two_sided_quantile(confidence: f64, degrees: Option<usize>) -> f64 {
    /// From here on the two differ by less than 1e-8 of the quantile.
    const ALMOST_NORMAL: usize = 100_000_000;
    let tail = 1.0 - confidence;
    let mut t = 0.0_f64;
    for _ in 0..200 {
        let (outside, density) = match degrees {
            Some(degrees) if degrees < ALMOST_NORMAL => two_sided_tail(t, degrees),
            _ => two_sided_normal_tail(t),
        };
        let step = (outside - tail) / density;
        t += step;
        if step.abs() <= 4.0 * f64::EPSILON * t {
            break;
        }
    }
    t
}

/// `erfc(t/√2)`, and the density of the absolute value of a normal number at `t`.
fn two_sided_normal_tail(t: f64) -> (f64, f64) {
    let density = (2.0 / std::f64::consts::PI).sqrt() * (-0.5 * t * t).exp();
    (libm::erfc(t * std::f64::consts::FRAC_1_SQRT_2), density)
}

/// `P(|T| > t) = I_x(ν/2, ½)` with `x = ν/(ν + t²)`, and the density of `|T|` at `t`.
fn two_sided_tail(t: f64, degrees: usize) -> (f64, f64) {
    let nu = degrees as f64;
    let ratio = t * t / nu;
    // Γ((ν+1)/2)/(Γ(ν/2)·√(νπ))·(1 + t²/ν)^(−(ν+1)/2), twice.
    let constant = gamma_ratio(nu / 2.0) / (nu * std::f64::consts::PI).sqrt();
    let density = 2.0 * constant * (-0.5 * (nu + 1.0) * ratio.ln_1p()).exp();
    (incomplete_beta(nu, t, density), density)
}

/// `Γ(a + ½)/Γ(a)`.
///
/// For large `a` its series in `1/a` (Tricomi & Erdélyi 1951), where a difference of logarithms would lose what they share.
fn gamma_ratio(a: f64) -> f64 {
    if a < 40.0 {
        return (libm::lgamma(a + 0.5) - libm::lgamma(a)).exp();
    }
    let x = 1.0 / (8.0 * a);
    a.sqrt()
        * (1.0 + x * (-1.0 + x * (0.5 + x * (2.5 + x * (-2.625 + x * (-49.875 + x * 54.3125))))))
}

/// `P(|T| > t)` from the density by the continued fraction of the incomplete beta function.
///
/// It converges fast above the mean of the distribution and is replaced by that of the complement below.
///
/// # References
/// Press et al. (2007), *Numerical Recipes*, §6.4; Lentz (1976) for the evaluation.
fn incomplete_beta(nu: f64, t: f64, density: f64) -> f64 {
    let (a, b, x) = (nu / 2.0, 0.5, nu / (nu + t * t));
    let y = t * t / (nu + t * t);
    // x^a·y^b/B(a, b) = t·density/2 in both forms.
    let front = 0.5 * t * density;
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(a, b, x) / a
    } else {
        1.0 - front * fraction(b, a, y) / b
    }
}

fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut result = d;
    for m in 1..100_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut factor = 1.0;
        for term in [even, odd] {
            d = 1.0 / away(1.0 + term * d);
            c = away(1.0 + term / c);
            factor = c * d;
            result *= factor;
        }
        if (factor - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    result
}

#[cfg(test)]
mod tests;
