//! What the functions give at zeros, infinities, NaN and the ends of their domains.

use super::rows::{EXACT, ROWS, Row};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// Whether two results are the same: the sign of zero counts, the payload of NaN does not.
fn same(got: f64, expected: f64) -> bool {
    got.to_bits() == expected.to_bits() || (got.is_nan() && expected.is_nan())
}

/// The value of `row` at `operands` in both formats, on every instruction set.
fn everywhere(row: &Row, operands: [f64; 2]) -> Vec<(String, f64)> {
    let f32 = (row.f32)(&[operands.map(|x| x as f32)]);
    let f64 = (row.f64)(&[operands]);
    let f32 = f32.into_iter().map(|(isa, got)| (format!("f32 {isa}"), f64::from(got[0])));
    f32.chain(f64.into_iter().map(|(isa, got)| (format!("f64 {isa}"), got[0]))).collect()
}

/// Values that are the same in both formats: name, operands, value.
const VALUES: &[(&str, [f64; 2], f64)] = &[
    ("exp", [-INF, 0.0], 0.0),
    ("exp", [INF, 0.0], INF),
    ("exp", [0.0, 0.0], 1.0),
    ("exp", [-0.0, 0.0], 1.0),
    ("exp", [1000.0, 0.0], INF),
    ("exp", [-1000.0, 0.0], 0.0),
    ("exp2", [-INF, 0.0], 0.0),
    ("exp2", [INF, 0.0], INF),
    ("exp2", [10.0, 0.0], 1024.0),
    ("exp2", [-20.0, 0.0], 9.536_743_164_062_5e-7),
    ("exp2", [1024.0, 0.0], INF),
    ("exp_m1", [-INF, 0.0], -1.0),
    ("exp_m1", [INF, 0.0], INF),
    ("exp_m1", [-0.0, 0.0], -0.0),
    ("exp_m1", [-1000.0, 0.0], -1.0),
    ("ln", [0.0, 0.0], -INF),
    ("ln", [-0.0, 0.0], -INF),
    ("ln", [1.0, 0.0], 0.0),
    ("ln", [-1.0, 0.0], NAN),
    ("ln", [-INF, 0.0], NAN),
    ("ln", [INF, 0.0], INF),
    ("ln_1p", [-1.0, 0.0], -INF),
    ("ln_1p", [-2.0, 0.0], NAN),
    ("ln_1p", [-0.0, 0.0], -0.0),
    ("ln_1p", [INF, 0.0], INF),
    ("log2", [8.0, 0.0], 3.0),
    ("log2", [0.0, 0.0], -INF),
    ("log2", [-1.0, 0.0], NAN),
    ("log10", [1.0, 0.0], 0.0),
    ("log10", [0.0, 0.0], -INF),
    ("log10", [INF, 0.0], INF),
    ("sin", [-0.0, 0.0], -0.0),
    ("sin", [INF, 0.0], NAN),
    ("cos", [0.0, 0.0], 1.0),
    ("cos", [-INF, 0.0], NAN),
    ("tan", [-0.0, 0.0], -0.0),
    ("tan", [INF, 0.0], NAN),
    ("asin", [-0.0, 0.0], -0.0),
    ("asin", [1.5, 0.0], NAN),
    ("acos", [1.0, 0.0], 0.0),
    ("acos", [-1.5, 0.0], NAN),
    ("atan", [-0.0, 0.0], -0.0),
    ("atan2", [0.0, 0.0], 0.0),
    ("atan2", [-0.0, 0.0], -0.0),
    ("atan2", [0.0, 1.0], 0.0),
    ("atan2", [1.0, INF], 0.0),
    ("atan2", [-1.0, INF], -0.0),
    ("atan2", [1.0, NAN], NAN),
    ("sinh", [-0.0, 0.0], -0.0),
    ("sinh", [1000.0, 0.0], INF),
    ("sinh", [-INF, 0.0], -INF),
    ("cosh", [0.0, 0.0], 1.0),
    ("cosh", [-1000.0, 0.0], INF),
    ("cosh", [INF, 0.0], INF),
    ("tanh", [INF, 0.0], 1.0),
    ("tanh", [-INF, 0.0], -1.0),
    ("tanh", [-0.0, 0.0], -0.0),
    ("tanh", [1000.0, 0.0], 1.0),
    ("asinh", [-INF, 0.0], -INF),
    ("asinh", [-0.0, 0.0], -0.0),
    ("acosh", [1.0, 0.0], 0.0),
    ("acosh", [0.5, 0.0], NAN),
    ("acosh", [-1e30, 0.0], NAN),
    ("acosh", [-INF, 0.0], NAN),
    ("acosh", [INF, 0.0], INF),
    ("atanh", [1.0, 0.0], INF),
    ("atanh", [-1.0, 0.0], -INF),
    ("atanh", [1.5, 0.0], NAN),
    ("atanh", [-0.0, 0.0], -0.0),
    ("sqrt", [-1.0, 0.0], NAN),
    ("cbrt", [-0.0, 0.0], -0.0),
    ("cbrt", [-INF, 0.0], -INF),
    ("cbrt", [27.0, 0.0], 3.0),
    ("erf", [INF, 0.0], 1.0),
    ("erf", [-INF, 0.0], -1.0),
    ("erf", [-0.0, 0.0], -0.0),
    ("erfc", [INF, 0.0], 0.0),
    ("erfc", [-INF, 0.0], 2.0),
    ("erfc", [0.0, 0.0], 1.0),
    ("lgamma", [1.0, 0.0], 0.0),
    ("lgamma", [2.0, 0.0], 0.0),
    ("lgamma", [0.0, 0.0], INF),
    ("lgamma", [-3.0, 0.0], INF),
    ("digamma", [0.0, 0.0], -INF),
    ("digamma", [-0.0, 0.0], INF),
    ("digamma", [-2.0, 0.0], NAN),
    ("digamma", [-INF, 0.0], NAN),
    ("digamma", [INF, 0.0], INF),
    ("trigamma", [0.0, 0.0], INF),
    ("trigamma", [-2.0, 0.0], INF),
    ("trigamma", [INF, 0.0], 0.0),
    ("polygamma_2", [-2.0, 0.0], NAN),
    ("sigmoid", [1000.0, 0.0], 1.0),
    ("sigmoid", [-1000.0, 0.0], 0.0),
    ("sigmoid", [INF, 0.0], 1.0),
    ("sigmoid", [-INF, 0.0], 0.0),
    ("sigmoid", [0.0, 0.0], 0.5),
    ("gelu", [INF, 0.0], INF),
    ("gelu", [-INF, 0.0], -0.0),
    ("silu", [INF, 0.0], INF),
    ("silu", [-INF, 0.0], -0.0),
    ("silu", [1000.0, 0.0], 1000.0),
    ("mish", [INF, 0.0], INF),
    ("mish", [-INF, 0.0], -0.0),
    ("softplus", [1000.0, 0.0], 1000.0),
    ("softplus", [-1000.0, 0.0], 0.0),
    ("softplus", [INF, 0.0], INF),
    ("softplus", [-INF, 0.0], 0.0),
    ("log_sigmoid", [-1000.0, 0.0], -1000.0),
    ("log_sigmoid", [1000.0, 0.0], -0.0),
    ("log_cosh", [INF, 0.0], INF),
    ("log_cosh", [-INF, 0.0], INF),
    ("log_cosh", [0.0, 0.0], 0.0),
    ("softsign", [INF, 0.0], 1.0),
    ("softsign", [-INF, 0.0], -1.0),
    ("elu", [-INF, 0.0], -1.0),
    ("elu", [INF, 0.0], INF),
    ("powf", [2.0, 10.0], 1024.0),
    ("powf", [2.0, -10.0], 9.765_625e-4),
    ("powf", [-2.0, 3.0], -8.0),
    ("powf", [-2.0, 2.0], 4.0),
    ("powf", [-2.0, 0.5], NAN),
    ("powf", [0.0, 0.0], 1.0),
    ("powf", [NAN, 0.0], 1.0),
    ("powf", [1.0, NAN], 1.0),
    ("powf", [1.0, INF], 1.0),
    ("powf", [-1.0, INF], 1.0),
    ("powf", [NAN, 1.0], NAN),
    ("powf", [2.0, NAN], NAN),
    ("powf", [0.0, 2.0], 0.0),
    ("powf", [0.0, -2.0], INF),
    ("powf", [-0.0, 3.0], -0.0),
    ("powf", [-0.0, -3.0], -INF),
    ("powf", [-0.0, 0.5], 0.0),
    ("powf", [-INF, 0.5], INF),
    ("powf", [-INF, 3.0], -INF),
    ("powf", [0.5, INF], 0.0),
    ("powf", [0.5, -INF], INF),
    ("powf", [-2.0, INF], INF),
    ("powf", [-0.5, INF], 0.0),
    ("powf", [4.0, 0.5], 2.0),
    ("hypot", [3.0, -4.0], 5.0),
    ("hypot", [INF, 1.0], INF),
    ("hypot", [0.0, -INF], INF),
    ("hypot", [0.0, -0.0], 0.0),
    ("hypot", [INF, NAN], NAN),
    ("xlogy", [0.0, 0.0], 0.0),
    ("xlogy", [0.0, INF], 0.0),
    ("xlogy", [0.0, NAN], NAN),
    ("xlogy", [2.0, 0.0], -INF),
];

#[test]
fn ends_of_domains_have_their_limits() {
    let mut failures = Vec::new();
    for &(name, operands, expected) in VALUES {
        let row = ROWS.iter().find(|row| row.name == name).expect("the name of a row");
        for (place, got) in everywhere(row, operands) {
            if !same(got, expected) {
                failures.push(format!("{name}{operands:?} in {place}: {got:?}, not {expected:?}"));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn nan_gives_nan() {
    for row in ROWS {
        for (place, got) in everywhere(row, [NAN, 1.5]) {
            assert!(got.is_nan(), "{} of NaN is {got} in {place}", row.name);
        }
    }
}

#[test]
fn sine_of_a_huge_f64_is_nan_and_of_a_huge_f32_is_right() {
    for row in ROWS.iter().filter(|row| ["sin", "cos", "tan"].contains(&row.name)) {
        for (isa, got) in (row.f64)(&[[1e15, 0.0], [-1e300, 0.0]]) {
            assert!(got.iter().all(|y| y.is_nan()), "{} in {isa}: {got:?}", row.name);
        }
        let x = 3.0e38_f32;
        for (isa, got) in (row.f32)(&[[x, 0.0]]) {
            let expected = (row.reference)(f64::from(x), 0.0);
            assert!((f64::from(got[0]) - expected).abs() < 1e-6, "{} in {isa}", row.name);
        }
    }
}

#[test]
fn rounding_and_selection_are_exact() {
    let corners = [
        0.0,
        -0.0,
        0.25,
        0.5,
        -0.5,
        1.0,
        -1.0,
        1.5,
        -1.5,
        2.5,
        -2.5,
        3.0,
        -7.0,
        8_388_607.5,
        -4.5e15,
        1e30,
        -1e-30,
        INF,
        -INF,
        NAN,
    ];
    let operands: Vec<[f64; 2]> = corners.iter().flat_map(|&a| corners.map(|b| [a, b])).collect();
    let narrow: Vec<[f32; 2]> = operands.iter().map(|pair| pair.map(|x| x as f32)).collect();
    let mut failures = Vec::new();
    for row in EXACT {
        for (isa, got) in (row.f64)(&operands) {
            for (&[a, b], got) in operands.iter().zip(got) {
                if !same(got, (row.reference)(a, b)) {
                    failures.push(format!("{}({a}, {b}) in f64 {isa}: {got}", row.name));
                }
            }
        }
        for (isa, got) in (row.f32)(&narrow) {
            for (&[a, b], got) in narrow.iter().zip(got) {
                if !same(
                    f64::from(got),
                    f64::from((row.reference)(f64::from(a), f64::from(b)) as f32),
                ) {
                    failures.push(format!("{}({a}, {b}) in f32 {isa}: {got}", row.name));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn powers_in_f32_are_those_of_f64() {
    let row = ROWS.iter().find(|row| row.name == "powf").expect("the name of a row");
    let bases = (1..60).map(|i| 0.07_f32 * i as f32 * i as f32);
    let operands: Vec<[f32; 2]> =
        bases.flat_map(|a| (-40..40).map(move |k| [a, 0.37 * k as f32])).collect();
    for (isa, got) in (row.f32)(&operands) {
        for (&[a, b], got) in operands.iter().zip(got) {
            let exact = f64::from(a).powf(f64::from(b));
            let error = (f64::from(got) - exact).abs();
            assert!(
                error <= 0.51 * f64::from(f32::EPSILON) * exact,
                "powf({a}, {b}) in {isa}: {got}"
            );
        }
    }
}

#[test]
fn angles_of_axes_and_diagonals_are_those_of_std() {
    let row = ROWS.iter().find(|row| row.name == "atan2").expect("the name of a row");
    let coordinates = [0.0, -0.0, 1.0, -1.0, 5e-324, 1.7e308, -1.7e308, INF, -INF];
    let points: Vec<[f64; 2]> =
        coordinates.iter().flat_map(|&a| coordinates.map(|b| [a, b])).collect();
    for (isa, got) in (row.f64)(&points) {
        for (&[a, b], got) in points.iter().zip(got) {
            let expected = a.atan2(b);
            let error = (got - expected).abs();
            let signs_agree = got.is_sign_negative() == expected.is_sign_negative();
            assert!(error <= 4.0 * f64::EPSILON && signs_agree, "atan2({a}, {b}) in {isa}: {got}");
        }
    }
    let narrow: Vec<[f32; 2]> = points.iter().map(|point| point.map(|x| x as f32)).collect();
    for (isa, got) in (row.f32)(&narrow) {
        for (&[a, b], got) in narrow.iter().zip(got) {
            let error = (got - a.atan2(b)).abs();
            assert!(error <= 4.0 * f32::EPSILON, "atan2({a}, {b}) in f32 {isa}: {got}");
        }
    }
}

#[test]
fn integer_powers_multiply() {
    for (name, exponent) in [("cube", 3), ("powi_negative", -2)] {
        let row = EXACT.iter().find(|row| row.name == name).expect("the name of a row");
        for (isa, got) in (row.f64)(&[[1.1, 0.0], [-7.3, 0.0]]) {
            for (got, x) in got.into_iter().zip([1.1_f64, -7.3]) {
                let expected = x.powi(exponent);
                assert!(
                    (got - expected).abs() <= 2.0 * f64::EPSILON * expected.abs(),
                    "{name} in {isa}: {got}"
                );
            }
        }
    }
}
