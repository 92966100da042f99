use super::two_sided_quantile;

/// `P(|T| ≤ t)` as a finite sum (Abramowitz & Stegun 1964, 26.7.3 and 26.7.4).
fn coverage(t: f64, degrees: usize) -> f64 {
    let angle = (t / (degrees as f64).sqrt()).atan();
    let square = angle.cos().powi(2);
    let sum = |first: f64, factors: &dyn Fn(f64) -> f64, terms: usize| {
        let mut term = first;
        (1..=terms).fold(first, |sum, k| {
            term *= factors(k as f64) * square;
            sum + term
        })
    };
    if degrees.is_multiple_of(2) {
        return angle.sin() * sum(1.0, &|k| (2.0 * k - 1.0) / (2.0 * k), degrees / 2 - 1);
    }
    let rest = match degrees {
        1 => 0.0,
        _ => sum(angle.cos(), &|k| 2.0 * k / (2.0 * k + 1.0), (degrees - 3) / 2),
    };
    std::f64::consts::FRAC_2_PI * (angle + angle.sin() * rest)
}

#[test]
fn quantiles_cover_what_they_should() {
    for degrees in [1, 2, 3, 4, 5, 7, 10, 11, 30, 79, 80, 81, 120, 1001, 20_000] {
        for confidence in [0.01, 0.5, 0.683, 0.9, 0.95, 0.99, 0.999_9] {
            let t = two_sided_quantile(confidence, Some(degrees));
            let found = coverage(t, degrees);
            assert!((found - confidence).abs() < 2e-13, "ν = {degrees}: {found} of {confidence}");
        }
    }
}

/// Abramowitz & Stegun (1964), table 26.10, and the quantile of 3 degrees of freedom to more digits.
#[test]
fn quantiles_are_those_of_the_tables() {
    let table = [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (120, 1.980)];
    for (degrees, right) in table {
        let found = two_sided_quantile(0.95, Some(degrees));
        assert!((found - right).abs() <= 0.5e-3, "ν = {degrees}: {found}, {right} is right");
    }
    let found = two_sided_quantile(0.95, Some(3));
    assert!((found / 3.182_446_305_283_71 - 1.0).abs() < 1e-13, "{found}");
}

#[test]
fn without_degrees_of_freedom_it_is_the_normal_distribution() {
    let table = [
        (0.5, 0.674_489_750_196_081_7),
        (0.95, 1.959_963_984_540_054),
        (0.99, 2.575_829_303_548_901),
    ];
    for (confidence, right) in table {
        let found = two_sided_quantile(confidence, None);
        assert!((found / right - 1.0).abs() < 1e-13, "{found}, {right} is right");
        // t = z + (z³ + z)/(4ν) + O(ν⁻²).
        let many = two_sided_quantile(confidence, Some(1_000_000));
        let expansion = right + (right.powi(3) + right) / 4e6;
        assert!((many / expansion - 1.0).abs() < 1e-10, "{many}, {expansion} is right");
    }
}

/// The two forms of `Γ(a + ½)/Γ(a)` meet where one gives way to the other.
#[test]
fn the_series_of_the_gamma_function_fits_its_logarithm() {
    for a in [40.0_f64, 40.5, 55.0, 80.0] {
        let found = super::gamma_ratio(a);
        let right = (libm::lgamma(a + 0.5) - libm::lgamma(a)).exp();
        assert!((found / right - 1.0).abs() < 2e-13, "{found}, {right}");
    }
}
