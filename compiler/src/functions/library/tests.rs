//! The definitions against values computed elsewhere, differences, and the corners where NaN lurks.

use super::{
    Default, DefaultAxes, Definition, DefinitionKind, Parameter, ParameterKind, definition,
    definitions,
};
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
    let is_elsewhere = |one: &&Definition| {
        let is_matrix = |parameter: &Parameter| parameter.kind == ParameterKind::Matrix;
        ELSEWHERE.contains(&one.name) || one.parameters.iter().any(is_matrix)
    };
    for one in definitions().filter(|one| !is_elsewhere(one)) {
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
            match (parameter.kind, parameter.default) {
                (ParameterKind::Number(low, high), Default::Number(value)) => {
                    assert!(low < value && value < high, "`{}`", one.name);
                }
                (ParameterKind::Integer(least), Default::Number(value)) => {
                    assert!(least as f64 <= value && value == value.trunc(), "`{}`", one.name);
                }
                (_, Default::Of(other)) => {
                    assert!(one.parameters.iter().any(|one| one.name == other), "`{}`", one.name);
                }
                (ParameterKind::Number(..), Default::None) => panic!("`{}`", one.name),
                (_, Default::None) => {}
                (_, Default::Number(_)) => panic!("`{}`", one.name),
            }
        }
        let is_loss = matches!(one.kind, DefinitionKind::Loss(_));
        let names: Vec<&str> = one.parameters.iter().map(|parameter| parameter.name).collect();
        assert_eq!(is_loss, names.starts_with(&["prediction", "target"]), "`{}`", one.name);
    }
    assert!(definition("tanh").is_none());
}

/// Definitions over arrays of more than one axis, which the oracle does not have: `tests/definitions` has their values.
const ELSEWHERE: &[&str] = &[
    "rnn_cell",
    "gru_cell",
    "lstm_memory",
    "lstm_hidden",
    "lstm_cell",
    "conv1d",
    "conv2d",
    "max_pool1d",
    "avg_pool1d",
    "max_pool2d",
    "avg_pool2d",
    "upsample1d",
    "upsample2d",
    "attention",
    "causal_attention",
    "multi_head_attention",
    "causal_multi_head_attention",
    "cross_attention",
    "positional_encoding",
    "rotary",
    "info_nce",
];

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
    (
        "normalize",
        &[&[0.5, -1.2, 2.0]],
        &[0.209_610_904_075_159_28, -0.503_066_169_780_382_2, 0.838_443_616_300_637_1],
    ),
    (
        "standardize",
        &[&[0.5, -1.2, 2.0]],
        &[0.050_997_696_173_740_74, -1.249_443_556_256_648_2, 1.198_445_860_082_907_3],
    ),
    (
        "standardize",
        &[&[0.5, -1.2, 2.0], &[0.25]],
        &[0.047_632_550_822_954_09, -1.166_997_495_162_375_2, 1.119_364_944_339_421_1],
    ),
    (
        "layer_norm",
        &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5], &[1.5, -0.4, 0.3]],
        &[1.512_749_424_043_435_2, -1.649_443_556_256_648, -0.299_222_930_041_453_67],
    ),
    (
        "rms_norm",
        &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]],
        &[0.090_763_944_647_709_1, -0.871_333_868_618_007_3, -0.726_111_557_181_672_8],
    ),
    (
        "batch_norm",
        &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5], &[1.5, -0.4, 0.3]],
        &[1.512_749_424_043_435_2, -1.649_443_556_256_648, -0.299_222_930_041_453_67],
    ),
    (
        "glu",
        &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]],
        &[0.281_088_250_442_899_03, -0.877_270_294_356_005_9, 0.755_081_337_596_290_9],
    ),
    ("reglu", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]], &[0.125, -1.2, 0.0]),
    (
        "geglu",
        &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]],
        &[0.074_838_290_710_365_46, -1.009_613_695_282_251_6, -0.308_537_538_725_986_9],
    ),
    (
        "swiglu",
        &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5]],
        &[0.070_272_062_610_724_76, -0.877_270_294_356_005_9, -0.377_540_668_798_145_46],
    ),
    (
        "gaussian_log_density",
        &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5], &[1.5, -0.4, 0.3]],
        &[-1.675_911_350_709_311, -4.329_154_301_496_547, -3.383_995_472_835_041],
    ),
    (
        "student_t_log_density",
        &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5], &[1.5, -0.4, 0.3], &[0.8, 2.5, 7.0]],
        &[-2.694_588_607_985_637, -3.537_979_422_693_883, -2.849_666_521_228_888_5],
    ),
    (
        "gaussian_mixture_log_density",
        &[&[0.7], &[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5], &[1.5, -0.4, 0.3]],
        &[-1.577_015_095_763_038],
    ),
    ("kl_standard_normal", &[&[0.5, -1.2, 2.0], &[1.5, -0.4, 0.3]], &[3.895_933_961_974_853_4]),
    (
        "kl_gaussian",
        &[&[0.5, -1.2, 2.0], &[1.5, -0.4, 0.3], &[0.25, 1.0, -0.5], &[-0.3, 0.2, 0.9]],
        &[5.067_677_065_175_338],
    ),
    ("triplet", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5], &[1.5, -0.4, 0.3]], &[7.622_5]),
    ("triplet", &[&[0.5, -1.2, 2.0], &[0.25, 1.0, -0.5], &[1.5, -0.4, 0.3], &[0.25]], &[6.872_5]),
    ("contrastive", &[&[0.5, -1.2, 2.0], &[1.5, -0.4, 0.3], &[1.0]], &[4.53]),
    (
        "contrastive",
        &[&[0.5, -1.2, 2.0], &[1.5, -0.4, 0.3], &[0.25], &[4.0]],
        &[3.759_722_007_724_342_5],
    ),
    ("laplace", &[&[0.5, -1.2, 0.3, -0.7], &[0.25, 1.0]], &[5.601_754_872_725_368]),
    ("student_t", &[&[0.5, -1.2, 0.3, -0.7], &[0.25, 1.0]], &[6.023_262_236_627_72]),
    ("student_t", &[&[0.5, -1.2, 0.3, -0.7], &[0.25, 1.0], &[1.5]], &[5.087_930_940_103_669]),
    ("negative_binomial", &[&[0.5, -1.2, 0.3, -0.7], &[0.0, 3.0]], &[5.408_674_898_867_579]),
    ("gamma", &[&[0.5, -1.2, 0.3, -0.7], &[0.25, 1.5]], &[3.852_441_905_112_67]),
    ("beta", &[&[0.5, -1.2, 0.3, -0.7], &[0.25, 0.7]], &[0.748_629_928_954_351_5]),
    ("dirichlet", &[&[0.5, -1.2, 2.0], &[0.2, 0.5, 0.3]], &[5.220_512_885_344_14]),
    ("smooth_cross_entropy", &[&[0.5, -1.2, 2.0], &[1.0]], &[3.270_862_803_802_464_7]),
    ("smooth_cross_entropy", &[&[0.5, -1.2, 2.0], &[2.0], &[0.25]], &[0.625_862_803_802_464_8]),
    ("focal", &[&[0.5, -1.2, 2.0], &[1.0, 0.0, 1.0]], &[0.083_483_932_221_517_65]),
    ("focal", &[&[0.5, -1.2, 2.0], &[1.0, 0.0, 1.0], &[0.5]], &[0.461_786_468_116_151_1]),
];
