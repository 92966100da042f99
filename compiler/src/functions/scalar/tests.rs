//! The rows against differences, promised conventions and values computed elsewhere.

use super::{Derivative, Scalar, scalar, scalars};
use crate::functions::dual::{
    Dual, STEP, Samples, apply, constants, derivative, difference, formula,
};

/// Fewer samples than this per operand may fall so near a kink that the difference quotient reaches across it.
const NEAR_KINKS: usize = 10;

fn sample(row: &Scalar, samples: &mut Samples) -> Vec<f64> {
    let draw = |operand: &super::Operand| {
        let number = samples.uniform(operand.samples.0, operand.samples.1);
        match operand.derivative {
            Derivative::Integer | Derivative::Condition => number.round(),
            _ => number,
        }
    };
    row.operands.iter().map(draw).collect()
}

/// The operands with operand `i` replaced.
fn with(operands: &[f64], i: usize, x: f64) -> Vec<f64> {
    let mut changed = operands.to_vec();
    changed[i] = x;
    changed
}

/// The promised derivative for operand `i`.
fn promised(row: &Scalar, i: usize, operands: &[f64]) -> f64 {
    let duals: Vec<Dual> = operands
        .iter()
        .enumerate()
        .map(|(k, x)| if k == i { Dual::seeded(*x) } else { Dual::constant(*x) })
        .collect();
    apply(row, &duals).tangent.unwrap_or(0.0)
}

fn is_close(left: f64, right: f64, tolerance: f64) -> bool {
    left == right || (left - right).abs() <= tolerance * left.abs().max(right.abs()).max(1e-3)
}

/// Checks `claimed(x)` against differences of `function`, at samples of operand `i`, those across a kink left out.
fn check_slopes(
    row: &Scalar,
    i: usize,
    function: impl Fn(&[f64]) -> f64,
    claimed: impl Fn(&[f64]) -> f64,
) {
    let mut samples = Samples::seeded(7);
    let mut skipped = 0;
    for _ in 0..200 {
        let at = sample(row, &mut samples);
        let along = |x: f64| function(&with(&at, i, x));
        let slopes = [-2.0, 2.0].map(|k| claimed(&with(&at, i, at[i] + k * STEP)));
        let rises = [-2.0, 0.0].map(|k| along(at[i] + (k + 2.0) * STEP) - along(at[i] + k * STEP));
        let jumps = |pair: [f64; 2], scale: f64| {
            (pair[0] - pair[1]).abs() > 0.05 * (pair[0].abs() + pair[1].abs()) + scale
        };
        if jumps(slopes, 0.01) || jumps(rises, 1e-4) {
            skipped += 1;
            continue;
        }
        let expected = difference(at[i], along);
        let found = claimed(&at);
        assert!(
            is_close(found, expected, 1e-7),
            "`{}` for `{}` at {at:?}: {found}, by differences {expected}",
            row.name,
            row.operands[i].name
        );
    }
    assert!(skipped < NEAR_KINKS, "`{}`: {skipped} samples skipped", row.name);
}

#[test]
fn derivatives_agree_with_differences_of_the_value() {
    for row in scalars().filter(|row| row.name != "stop") {
        for (i, operand) in row.operands.iter().enumerate() {
            if !matches!(operand.derivative, Derivative::Integer | Derivative::Condition) {
                check_slopes(row, i, row.value, |at| promised(row, i, at));
            }
        }
    }
}

#[test]
fn second_derivatives_agree_with_differences_of_the_first() {
    for row in scalars() {
        for operand in row.operands {
            let Derivative::Formula(text) = operand.derivative else { continue };
            for (j, _) in row.operands.iter().enumerate().filter(|(_, other)| {
                matches!(
                    other.derivative,
                    Derivative::Formula(_) | Derivative::Gate(_) | Derivative::Guard(_)
                )
            }) {
                let dual = |at: &[f64]| {
                    let mut operands = constants(at);
                    operands[j] = Dual::seeded(at[j]);
                    derivative(row, text, &operands, apply(row, &operands))
                };
                check_slopes(row, j, |at| dual(at).value, |at| dual(at).tangent.unwrap_or(0.0));
            }
        }
    }
}

#[test]
fn kinks_have_the_promised_derivatives() {
    for row in scalars() {
        for kink in row.kinks {
            assert_eq!(kink.at.len(), row.operands.len(), "`{}`", row.name);
            for (i, expected) in kink.derivative.iter().enumerate() {
                let found = promised(row, i, kink.at);
                assert!(
                    is_close(found, *expected, 1e-15),
                    "`{}` for operand {i} at {:?}: {found}, promised {expected}",
                    row.name,
                    kink.at
                );
            }
        }
    }
}

#[test]
fn mixed_second_derivatives_of_powers_are_right_on_the_boundary() {
    let power = scalar("powf").unwrap();
    let Derivative::Formula(for_base) = power.operands[0].derivative else { panic!() };
    let second = |a: Dual, b: Dual| {
        derivative(power, for_base, &[a, b], apply(power, &[a, b])).tangent.unwrap()
    };
    // ∂/∂b (b·aᵇ⁻¹) = aᵇ⁻¹·(1 + b·ln a), which is 1/a at b = 0; ∂/∂a is b·(b − 1)·aᵇ⁻².
    assert!(is_close(second(Dual::constant(2.0), Dual::seeded(0.0)), 0.5, 1e-15));
    assert_eq!(second(Dual::seeded(0.0), Dual::constant(2.0)), 2.0);
    assert_eq!(second(Dual::seeded(0.0), Dual::constant(3.0)), 0.0);
    let entropy = formula("xlogy(a, a)", &[("a", Dual::seeded(0.25))]);
    assert!(is_close(entropy.tangent.unwrap(), 1.0 + 0.25_f64.ln(), 1e-15));
}

#[test]
fn derivatives_are_finite_where_the_mathematics_is() {
    let cases: [(&str, &[f64], usize, f64); 20] = [
        ("sigmoid", &[1000.0], 0, 0.0),
        ("sigmoid", &[-1000.0], 0, 0.0),
        ("softplus", &[1000.0], 0, 1.0),
        ("softplus", &[-1000.0], 0, 0.0),
        ("log_sigmoid", &[-1000.0], 0, 1.0),
        ("log_cosh", &[-1000.0], 0, -1.0),
        ("gelu", &[-1e200], 0, 0.0),
        ("gelu", &[1e200], 0, 1.0),
        ("silu", &[-1000.0], 0, 0.0),
        ("mish", &[1e10], 0, 1.0),
        ("mish", &[-1000.0], 0, 0.0),
        ("elu", &[1000.0, 1.0], 1, 0.0),
        ("selu", &[-1000.0], 0, 0.0),
        ("asinh", &[1e200], 0, 1e-200),
        ("acosh", &[1e200], 0, 1e-200),
        ("atan2", &[1e-200, 1e-200], 0, 5e199),
        ("hypot", &[1e200, 0.0], 0, 1.0),
        ("powf", &[-2.0, 3.0], 0, 12.0),
        ("powi", &[0.0, 1.0], 0, 1.0),
        ("powi", &[-2.0, -1.0], 0, -0.25),
    ];
    for (name, at, i, expected) in cases {
        let found = promised(scalar(name).unwrap(), i, at);
        assert!((found - expected).abs() <= 1e-14 * expected.abs(), "`{name}` at {at:?}: {found}");
    }
}

/// Comparisons answer, choices may not look, and bounds and slopes count only where they act.
#[test]
fn nan_is_lost_only_where_the_operand_does_not_matter() {
    let indifferent = ["at_most", "equal", "less", "pick", "select"];
    for row in scalars().filter(|row| !indifferent.contains(&row.name)) {
        for (i, operand) in row.operands.iter().enumerate() {
            if operand.derivative == Derivative::Integer || ["lo", "hi"].contains(&operand.name) {
                continue;
            }
            let mut at: Vec<f64> = row.operands.iter().map(|one| one.samples.0).collect();
            at[i] = f64::NAN;
            assert!((row.value)(&at).is_nan(), "`{}` for `{}`", row.name, operand.name);
        }
    }
}

#[test]
fn values_agree_with_values_of_forty_digits() {
    for (name, at, expected) in VALUES {
        let found = (scalar(name).unwrap().value)(at);
        let error = (found - expected).abs() / expected.abs();
        assert!(error <= 1e-14, "`{name}` at {at:?}: {found}, relative error {error:e}");
    }
}

#[test]
fn poles_are_infinite_or_nan() {
    let value = |name: &str, at: &[f64]| (scalar(name).unwrap().value)(at);
    assert_eq!(value("lgamma", &[-2.0]), f64::INFINITY);
    assert_eq!(value("digamma", &[0.0]), f64::NEG_INFINITY);
    assert!(value("digamma", &[-3.0]).is_nan());
    assert_eq!(value("polygamma", &[1.0, -3.0]), f64::INFINITY);
    assert!(value("polygamma", &[2.0, -3.0]).is_nan());
    assert_eq!(value("digamma", &[f64::INFINITY]), f64::INFINITY);
}

#[test]
fn aliases_lead_to_their_row_and_log_to_none() {
    assert_eq!(scalar("σ").unwrap().name, "sigmoid");
    assert_eq!(scalar("swish").unwrap().name, "silu");
    assert!(scalar("log").is_none());
}

/// Computed by mpmath 1.3 with 40 digits, at the f64 nearest to each operand.
const VALUES: &[(&str, &[f64], f64)] = &[
    ("erf", &[1e-8], 1.128_379_167_095_512_6e-08),
    ("erf", &[0.3], 0.328_626_759_459_127_4),
    ("erf", &[-1.7], -0.983_790_458_590_774_5),
    ("erf", &[4.0], 0.999_999_984_582_742_1),
    ("erfc", &[-0.5], 1.520_499_877_813_046_5),
    ("erfc", &[0.3], 0.671_373_240_540_872_6),
    ("erfc", &[2.5], 0.000_406_952_017_444_958_9),
    ("erfc", &[10.0], 2.088_487_583_762_545e-45),
    ("lgamma", &[0.01], 4.599_479_878_042_022),
    ("lgamma", &[0.5], 0.572_364_942_924_700_1),
    ("lgamma", &[3.7], 1.428_072_326_665_388),
    ("lgamma", &[100.25], 360.284_559_637_764_23),
    ("lgamma", &[-2.5], -0.056_243_716_497_674_054),
    ("digamma", &[0.001], -1_000.575_571_931_810_3),
    ("digamma", &[0.5], -1.963_510_026_021_423_5),
    ("digamma", &[1.0], -0.577_215_664_901_532_9),
    ("digamma", &[2.75], 0.818_901_024_975_432_6),
    ("digamma", &[30.0], 3.384_438_132_685_525),
    ("digamma", &[-0.25], 2.914_139_120_213_527_6),
    ("digamma", &[-3.6], 0.392_675_284_474_711_95),
    ("sigmoid", &[-40.0], 4.248_354_255_291_589e-18),
    ("sigmoid", &[-0.75], 0.320_821_300_824_607),
    ("sigmoid", &[2.0], 0.880_797_077_977_882_4),
    ("sigmoid", &[40.0], 1.0),
    ("softplus", &[-40.0], 4.248_354_255_291_589e-18),
    ("softplus", &[-0.3], 0.554_355_244_468_527_1),
    ("softplus", &[1.5], 1.701_413_277_982_752_4),
    ("softplus", &[500.0], 500.0),
    ("log_sigmoid", &[-500.0], -500.0),
    ("log_sigmoid", &[-1.5], -1.701_413_277_982_752_4),
    ("log_sigmoid", &[40.0], -4.248_354_255_291_589e-18),
    ("log_cosh", &[1e-6], 4.999_999_999_999_166e-13),
    ("log_cosh", &[0.4], 0.077_953_485_387_832_42),
    ("log_cosh", &[-1.5], 0.855_440_171_013_796_8),
    ("log_cosh", &[800.0], 799.306_852_819_440_1),
    ("gelu", &[-8.0], -4.976_768_459_417_427e-15),
    ("gelu", &[-1.0], -0.158_655_253_931_457_05),
    ("gelu", &[0.5], 0.345_731_230_637_006_56),
    ("gelu", &[6.0], 5.999_999_994_080_474),
    ("silu", &[-30.0], -2.807_286_890_651_789_6e-12),
    ("silu", &[-1.0], -0.268_941_421_369_995_1),
    ("silu", &[2.5], 2.310_354_549_946_891),
    ("mish", &[-20.0], -4.122_307_240_628_761e-8),
    ("mish", &[-1.0], -0.303_401_461_374_108_9),
    ("mish", &[2.5], 2.471_392_304_557_881),
    ("softsign", &[-3.0], -0.75),
    ("softsign", &[0.25], 0.2),
    ("elu", &[-2.0, 1.5], -1.296_997_075_145_081),
    ("elu", &[0.7, 1.5], 0.7),
    ("selu", &[-2.0], -1.520_166_468_595_695),
    ("selu", &[0.7], 0.735_490_691_148_836_3),
    ("asinh", &[-1e-5], -9.999_999_999_833_334e-06),
    ("asinh", &[1.5], 1.194_763_217_287_109_2),
    ("acosh", &[1.5], 0.962_423_650_119_206_9),
    ("atanh", &[0.3], 0.309_519_604_203_111_7),
    ("cbrt", &[2.0], 1.259_921_049_894_873_2),
    ("cbrt", &[1e-9], 0.001),
    ("exp_m1", &[1e-9], 1.000_000_000_500_000_1e-9),
    ("exp_m1", &[-3.0], -0.950_212_931_632_136),
    ("ln_1p", &[1e-9], 9.999_999_995e-10),
    ("ln_1p", &[-0.5], -std::f64::consts::LN_2),
    ("hypot", &[3e200, 4e200], 4.999_999_999_999_999_5e200),
    ("hypot", &[1.0, 2.0], 2.236_067_977_499_79),
    ("xlogy", &[2.0, 0.3], -2.407_945_608_651_872_2),
    ("atan2", &[1.0, -2.0], 2.677_945_044_588_987),
    ("atan2", &[-0.5, 3.0], -0.165_148_677_414_626_83),
    ("polygamma", &[1.0, 0.5], 4.934_802_200_544_679),
    ("polygamma", &[1.0, 7.25], 0.147_879_233_158_932_17),
    ("polygamma", &[2.0, 1.5], -0.828_796_644_234_32),
    ("polygamma", &[3.0, 0.75], 19.763_312_534_850_6),
    ("polygamma", &[5.0, 20.0], 8.484_266_206_158_23e-06),
    ("polygamma", &[1.0, -0.3], 13.945_160_267_805_722),
    ("polygamma", &[2.0, -1.4], 22.016_031_436_617_5),
    ("exp2", &[-3.5], 0.088_388_347_648_318_45),
    ("log2", &[10.0], std::f64::consts::LOG2_10),
    ("log10", &[2.0], std::f64::consts::LOG10_2),
];
