//! The definitions against values computed elsewhere, differences, and the corners where NaN lurks.

use super::{DefaultAxes, Definition, DefinitionKind, ParameterKind, definition, definitions};
use crate::functions::dual::{Dual, call, constants, difference};

const INFINITY: f64 = f64::INFINITY;

fn value(name: &str, given: &[&[f64]]) -> Vec<f64> {
    let given: Vec<Vec<Dual>> = given.iter().map(|one| constants(one)).collect();
    call(name, &given).iter().map(|one| one.value).collect()
}

/// The gradient of a number for each entry of the first operand.
fn gradient(name: &str, given: &[&[f64]]) -> Vec<f64> {
    let slope = |i: usize| {
        let mut duals: Vec<Vec<Dual>> = given.iter().map(|one| constants(one)).collect();
        duals[0][i] = Dual::seeded(duals[0][i].value);
        call(name, &duals)[0].tangent.unwrap_or(0.0)
    };
    (0..given[0].len()).map(slope).collect()
}

#[test]
fn values_agree_with_values_of_forty_digits() {
    for (name, given, expected) in VALUES {
        let found = value(name, given);
        assert_eq!(found.len(), expected.len(), "`{name}`");
        for (one, other) in found.iter().zip(*expected) {
            assert!((one - other).abs() <= 4e-15 * other.abs(), "`{name}`: {found:?}");
        }
    }
    // Functions of matrices are compared in `tests/matrices.rs`, on the graph: here a value is one axis of numbers.
    let is_of_matrices = |one: &&Definition| {
        one.parameters.iter().any(|parameter| parameter.kind == ParameterKind::Matrix)
    };
    for one in definitions().filter(|one| !is_of_matrices(one)) {
        assert!(VALUES.iter().any(|(name, ..)| *name == one.name), "`{}` is untested", one.name);
    }
}

#[test]
fn gradients_agree_with_differences() {
    for (name, given, _) in VALUES {
        for (i, found) in gradient(name, given).into_iter().enumerate() {
            let expected = difference(given[0][i], |x| {
                let mut first = given[0].to_vec();
                first[i] = x;
                let mut changed = given.to_vec();
                changed[0] = &first;
                value(name, &changed)[0]
            });
            let close = (found - expected).abs() <= 1e-7 * expected.abs().max(1e-2);
            assert!(close, "`{name}` for entry {i}: {found}, by differences {expected}");
        }
    }
}

#[test]
fn tips_of_cones_have_derivative_zero() {
    for (name, given) in [
        ("norm", &[&[0.0, 0.0][..]][..]),
        ("std", &[&[2.5, 2.5]]),
        ("cosine_similarity", &[&[0.0, 0.0], &[1.0, 2.0]]),
        ("cosine_similarity", &[&[1.0, 2.0], &[0.0, 0.0]]),
        ("absolute_error", &[&[1.0], &[1.0]]),
        ("hinge", &[&[1.0], &[1.0]]),
    ] {
        assert_eq!(value(name, given), [0.0], "`{name}`");
        assert!(gradient(name, given).iter().all(|slope| *slope == 0.0), "`{name}`");
    }
}

#[test]
fn infinite_logits_make_no_nan() {
    assert_eq!(value("logsumexp", &[&[INFINITY, 1.0]]), [INFINITY]);
    assert_eq!(value("logsumexp", &[&[-INFINITY, -INFINITY]]), [-INFINITY]);
    assert_eq!(value("logsumexp", &[&[-INFINITY, 3.0]]), [3.0]);
    assert_eq!(gradient("logsumexp", &[&[-INFINITY, 3.0]]), [0.0, 1.0]);
    assert_eq!(value("softmax", &[&[-INFINITY, 3.0]]), [0.0, 1.0]);
    assert_eq!(value("log_softmax", &[&[-INFINITY, 3.0]]), [-INFINITY, 0.0]);
    assert_eq!(value("cross_entropy", &[&[-INFINITY, 3.0], &[1.0]]), [0.0]);
    assert_eq!(gradient("cross_entropy", &[&[-INFINITY, 3.0], &[1.0]]), [0.0, 0.0]);
    assert_eq!(value("cross_entropy", &[&[-INFINITY, 3.0], &[0.0]]), [INFINITY]);
    assert_eq!(value("soft_cross_entropy", &[&[-INFINITY, 3.0], &[0.0, 1.0]]), [0.0]);
    assert_eq!(value("kl_divergence", &[&[-INFINITY, 3.0], &[0.0, 1.0]]), [0.0]);
    assert!(value("soft_cross_entropy", &[&[f64::NAN, 3.0], &[0.0, 0.0]])[0].is_nan());
    assert!(value("logsumexp", &[&[f64::NAN, 3.0]])[0].is_nan());
}

#[test]
fn large_logits_neither_overflow_nor_cancel() {
    assert_eq!(value("logsumexp", &[&[1e4, 1e4]]), [1e4 + std::f64::consts::LN_2]);
    assert_eq!(value("softmax", &[&[1e4, -1e4]]), [1.0, 0.0]);
    assert_eq!(value("cross_entropy", &[&[1e9, 1e9], &[0.0]]), [std::f64::consts::LN_2]);
    assert_eq!(value("binary_cross_entropy", &[&[1e4, -1e4], &[1.0, 0.0]]), [0.0]);
    assert_eq!(value("binary_cross_entropy", &[&[1e4], &[0.0]]), [1e4]);
    assert_eq!(gradient("binary_cross_entropy", &[&[-1e4], &[1.0]]), [-1.0]);
}

#[test]
fn kinks_of_losses_have_the_promised_derivatives() {
    assert_eq!(gradient("huber", &[&[1.0, -1.0], &[0.0, 0.0]]), [1.0, -1.0]);
    assert_eq!(gradient("quantile", &[&[1.0], &[1.0], &[0.125]]), [0.375]);
    assert_eq!(gradient("max", &[&[2.0, 2.0]]), [0.5, 0.5]);
}

#[test]
fn declarations_agree_with_the_bodies() {
    for one in definitions() {
        let takes_axes = one.body.contains("axes");
        assert_eq!(takes_axes, one.axes != DefaultAxes::None, "`{}`", one.name);
        for parameter in one.parameters {
            assert!(one.body.contains(parameter.name), "`{}`, `{}`", one.name, parameter.name);
            let ParameterKind::Number(low, high) = parameter.kind else { continue };
            assert!(parameter.default.is_some_and(|value| low < value && value < high));
        }
        let is_loss = matches!(one.kind, DefinitionKind::Loss(_));
        let names: Vec<&str> = one.parameters.iter().map(|parameter| parameter.name).collect();
        assert_eq!(is_loss, names.starts_with(&["prediction", "target"]), "`{}`", one.name);
    }
    assert!(definition("tanh").is_none());
}

/// A definition, its operands and its value, computed by mpmath 1.3 with 40 digits from the textbook's formula.
type Case = (&'static str, &'static [&'static [f64]], &'static [f64]);

const VALUES: &[Case] = &[
    ("mean", &[&[0.5, -1.2, 2.0]], &[0.433_333_333_333_333_35]),
    ("var", &[&[0.5, -1.2, 2.0]], &[1.708_888_888_888_889]),
    ("std", &[&[0.5, -1.2, 2.0]], &[1.307_244_770_075_172]),
    ("norm", &[&[0.5, -1.2, 2.0]], &[2.385_372_088_375_312_7]),
    ("max", &[&[0.5, -1.2, 2.0]], &[2.0]),
    ("min", &[&[0.5, -1.2, 2.0]], &[-1.2]),
    ("logsumexp", &[&[0.5, -1.2, 2.0]], &[2.234_196_137_135_798]),
    (
        "softmax",
        &[&[0.5, -1.2, 2.0]],
        &[0.176_542_058_866_371_14, 0.032_251_325_457_234_01, 0.791_206_615_676_394_8],
    ),
    (
        "log_softmax",
        &[&[0.5, -1.2, 2.0]],
        &[-1.734_196_137_135_798_1, -3.434_196_137_135_798_3, -0.234_196_137_135_798_18],
    ),
    ("cosine_similarity", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]], &[-0.759_298_097_678_487_9]),
    ("squared_error", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]], &[11.1525]),
    ("mean_squared_error", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]], &[3.7175]),
    ("absolute_error", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]], &[4.95]),
    ("mean_absolute_error", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]], &[1.65]),
    ("huber", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]], &[3.731_25]),
    ("huber", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5], &[2.25]], &[5.545]),
    ("log_cosh", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]], &[3.363_553_375_597_085]),
    ("quantile", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]], &[2.475]),
    ("quantile", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5], &[0.125]], &[2.681_25]),
    ("poisson", &[&[0.5, -1.2, 2.0], &[0.0, 2.0, 1.0]], &[9.738_971_581_542_98]),
    ("gaussian", &[&[0.5, -1.2, 0.3, -0.7], &[0.25, 1.0]], &[6.534_309_187_884_202]),
    ("binary_cross_entropy", &[&[0.5, -1.2, 2.0], &[1.0, 0.0, 1.0]], &[0.864_287_462_561_110_3]),
    ("cross_entropy", &[&[0.5, -1.2, 2.0], &[1.0]], &[3.434_196_137_135_798_3]),
    ("soft_cross_entropy", &[&[0.5, -1.2, 2.0], &[0.2, 0.0, 0.8]], &[0.534_196_137_135_798_2]),
    ("kl_divergence", &[&[0.5, -1.2, 2.0], &[0.2, 0.0, 0.8]], &[0.033_793_713_597_610_346]),
    ("hinge", &[&[0.5, -1.2, 2.0], &[1.0, -1.0, 1.0]], &[0.5]),
];
