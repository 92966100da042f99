use crate::error::Error;
use crate::kernel::real::Real;

use super::{
    AdaDelta, AdaGrad, Adam, AdamW, GradientDescent, Lion, NAdam, Optimizer, Part, RmsProp,
};

/// A name, an optimizer, and θ after its three steps.
type Case<T> = (&'static str, Box<dyn Optimizer<T>>, [f64; 2]);

/// θ after three steps from (1, −2), with the gradients and factors of `steps`.
///
/// The expected values come from the papers' formulas in 50-digit decimal arithmetic (Python's `decimal`); those of `AdaGrad`, `AdaDelta` and
/// `NAdam` from `PyTorch` 2.15 in `f64`.
fn optimizers<T: Real>() -> Vec<Case<T>> {
    let descent = || GradientDescent::<T>::new(0.1);
    vec![
        ("plain", Box::new(descent()), [0.725, -1.825]),
        ("momentum", Box::new(descent().momentum(0.9)), [0.797, -1.5955]),
        ("nesterov", Box::new(descent().momentum(0.9).nesterov()), [0.5423, -1.46095]),
        ("adam", Box::new(Adam::new(0.1)), [0.885_993_626_835_312_9, -1.831_159_286_347_702_4]),
        (
            "adam with its own settings",
            Box::new(Adam::new(0.1).betas(0.8, 0.95).epsilon(1e-3)),
            [0.883_718_988_580_256_9, -1.839_018_652_135_221_4],
        ),
        (
            "adamw",
            Box::new(AdamW::new(0.1).weight_decay(0.3)),
            [0.816_493_842_002_896_2, -1.690_046_088_182_993],
        ),
        (
            "rmsprop",
            Box::new(RmsProp::new(0.1)),
            [0.551_401_945_754_241_5, -1.726_147_709_237_550_8],
        ),
        (
            "rmsprop with its own settings",
            Box::new(RmsProp::new(0.1).decay(0.5).epsilon(1e-2)),
            [0.798_330_155_807_551_3, -1.888_802_559_587_538_2],
        ),
    ]
}

/// The same for the rules that came later.
fn further_optimizers<T: Real>() -> Vec<Case<T>> {
    vec![
        (
            "adagrad",
            Box::new(AdaGrad::new(0.1)),
            [0.858_968_991_229_196_1, -1.912_391_581_339_747_8],
        ),
        (
            "adagrad with its own settings",
            Box::new(AdaGrad::new(0.1).initial_accumulator(0.5).epsilon(1e-3)),
            [0.899_030_299_877_865_2, -1.917_452_171_539_048_7],
        ),
        (
            "adadelta",
            Box::new(AdaDelta::new(1.0)),
            [0.993_510_426_574_706_2, -1.997_431_903_922_789_5],
        ),
        (
            "adadelta with its own settings",
            Box::new(AdaDelta::new(0.5).decay(0.8).epsilon(1e-2)),
            [0.785_653_554_429_065_9, -1.911_265_002_233_001_3],
        ),
        ("nadam", Box::new(NAdam::new(0.1)), [0.845_340_898_344_031_3, -1.899_081_076_133_551_3]),
        (
            "nadam with its own settings",
            Box::new(NAdam::new(0.1).betas(0.8, 0.95).epsilon(1e-3).momentum_decay(0.1)),
            [0.837_504_212_850_023_6, -1.892_584_517_057_938],
        ),
        ("lion", Box::new(Lion::new(0.1)), [0.85, -1.85]),
        (
            "lion with its own settings",
            Box::new(Lion::new(0.1).betas(0.5, 0.9).weight_decay(0.3)),
            [0.779_741_5, -1.706_528],
        ),
    ]
}

fn all_optimizers<T: Real>() -> Vec<Case<T>> {
    let mut all = optimizers();
    all.extend(further_optimizers());
    all
}

/// Takes the three steps, on 21 copies of the two parameters so that whole vectors and a remainder occur.
fn steps<T: Real>(optimizer: &mut dyn Optimizer<T>) -> Vec<[f64; 2]> {
    let repeat = |pair: [f64; 2]| pair.repeat(21).into_iter().map(T::from_f64).collect::<Vec<T>>();
    let mut theta = repeat([1.0, -2.0]);
    for (gradient, factor) in [([0.5, -2.0], 1.0), ([-1.5, 0.25], 0.5), ([3.0, 0.125], 1.0)] {
        optimizer.step(factor, &mut theta, &repeat(gradient));
    }
    theta.chunks(2).map(|pair| [pair[0].to_f64(), pair[1].to_f64()]).collect()
}

#[test]
fn three_steps_follow_the_papers() {
    fn check<T: Real>(tolerance: f64) {
        for (name, mut optimizer, expected) in all_optimizers::<T>() {
            for found in steps(&mut optimizer) {
                for (found, expected) in found.iter().zip(expected) {
                    assert!((found - expected).abs() < tolerance, "{name}: {found} {expected}");
                }
            }
        }
    }
    // A few roundings of numbers near 2 in each of three steps.
    check::<f64>(2e-15);
    check::<f32>(1e-6);
}

#[test]
fn preparing_forgets_earlier_steps() {
    for (name, mut optimizer, _) in all_optimizers::<f64>() {
        let first = steps(&mut optimizer);
        optimizer.prepare(42);
        assert_eq!(steps(&mut optimizer), first, "{name}");
    }
}

#[test]
fn vanishing_gradients_move_nothing() {
    for (name, mut optimizer, _) in all_optimizers::<f32>() {
        if optimizer.own_weight_decay().unwrap_or(0.0) == 0.0 {
            let mut theta = [0.25_f32; 5];
            optimizer.step(1.0, &mut theta, &[0.0; 5]);
            assert_eq!(theta, [0.25; 5], "{name}");
        }
    }
}

/// θ after three steps with these parts, from 42 numbers.
fn steps_on(optimizer: &mut dyn Optimizer<f32>, parts: &[Part]) -> Vec<f32> {
    let mut theta: Vec<f32> = (0..42_u8).map(|i| f32::from(i) / 8.0 - 2.0).collect();
    optimizer.prepare(42);
    for turn in 0..3_u8 {
        let gradient: Vec<f32> = theta.iter().map(|x| x * x - f32::from(turn)).collect();
        optimizer.step_parts(1.0, &mut theta, &gradient, parts);
    }
    theta
}

#[test]
fn parts_without_settings_are_one_step() {
    for (name, mut optimizer, _) in all_optimizers::<f32>() {
        assert!(optimizer.takes_parts(), "{name}");
        let whole = steps_on(&mut optimizer, &[Part::new(0..42)]);
        let parts = [0..5, 5..6, 6..40, 40..42].map(Part::new);
        assert_eq!(steps_on(&mut optimizer, &parts), whole, "{name}");
    }
}

#[test]
fn what_is_in_no_part_keeps_its_bits() {
    for (name, mut optimizer, _) in all_optimizers::<f32>() {
        let start = steps_on(&mut optimizer, &[]);
        let whole = steps_on(&mut optimizer, &[Part::new(0..42)]);
        let theta = steps_on(&mut optimizer, &[Part::new(3..20)]);
        assert_eq!((&theta[..3], &theta[20..]), (&start[..3], &start[20..]), "{name}");
        assert_eq!(theta[3..20], whole[3..20], "{name}");
    }
}

#[test]
fn a_factor_of_a_part_is_that_of_the_learning_rate() {
    let slow = Part { learning_rate_factor: 0.25, ..Part::new(10..42) };
    for (name, mut optimizer, _) in all_optimizers::<f32>() {
        let mut theta = [vec![1.0_f32; 42], vec![1.0; 42]];
        let gradient: Vec<f32> = (0..42_u8).map(|i| f32::from(i) - 20.5).collect();
        optimizer.step(0.25, &mut theta[0], &gradient);
        optimizer.prepare(42);
        optimizer.step_parts(1.0, &mut theta[1], &gradient, std::slice::from_ref(&slow));
        assert_eq!(theta[0][10..], theta[1][10..], "{name}");
    }
}

#[test]
fn a_decay_of_a_part_replaces_that_of_the_rule() {
    let decays: [(Box<dyn Optimizer<f64>>, f64); 2] = [
        (Box::new(AdamW::new(0.1).weight_decay(0.5)), 0.5),
        (Box::new(Lion::new(0.1).weight_decay(0.25)), 0.25),
    ];
    for (mut optimizer, own) in decays {
        let parts = [Part::new(0..1), Part { weight_decay: Some(1.0), ..Part::new(1..2) }];
        let mut theta = [1.0; 2];
        optimizer.step_parts(1.0, &mut theta, &[0.0; 2], &parts);
        assert_eq!((theta, optimizer.own_weight_decay()), ([1.0 - 0.1 * own, 0.9], Some(own)));
    }
}

#[test]
fn adagrad_steps_within_the_parts_that_are_touched() {
    let mut gradient = [0.0_f32; 42];
    gradient[3..7].copy_from_slice(&[1.0, -2.0, 3.0, 0.5]);
    let mut thetas = [[0.5_f32; 42]; 2];
    let mut optimizers = [AdaGrad::new(0.1), AdaGrad::new(0.1)];
    for _ in 0..3 {
        optimizers[0].step(0.5, &mut thetas[0], &gradient);
        optimizers[1].step_within(0.5, &mut thetas[1], &gradient, &[3..4, 4..7]);
    }
    assert_eq!(thetas[0], thetas[1]);
    assert_eq!(optimizers[0], optimizers[1]);
}

#[test]
fn settings_out_of_range_are_named() {
    let message = |optimizer: &dyn Optimizer<f64>| match optimizer.check() {
        Err(error @ Error::Setting { .. }) => error.to_string(),
        other => format!("{other:?}"),
    };
    for rate in [0.0, -0.1, f64::NAN, f64::INFINITY] {
        let expected = format!("`learning_rate` is {rate}, expected a positive finite number");
        assert_eq!(message(&GradientDescent::new(rate)), expected);
        assert_eq!(message(&Adam::new(rate)), expected);
        assert_eq!(message(&AdamW::new(rate)), expected);
        assert_eq!(message(&RmsProp::new(rate)), expected);
        assert_eq!(message(&AdaGrad::new(rate)), expected);
        assert_eq!(message(&AdaDelta::new(rate)), expected);
        assert_eq!(message(&NAdam::new(rate)), expected);
        assert_eq!(message(&Lion::new(rate)), expected);
    }
    let share = "expected at least 0 and below 1";
    assert_eq!(
        message(&GradientDescent::new(1.0).momentum(1.0)),
        format!("`momentum` is 1, {share}")
    );
    assert_eq!(message(&Adam::new(1.0).betas(-0.1, 0.9)), format!("`beta_1` is -0.1, {share}"));
    assert_eq!(message(&Adam::new(1.0).betas(0.9, 1.5)), format!("`beta_2` is 1.5, {share}"));
    assert_eq!(message(&RmsProp::new(1.0).decay(f64::NAN)), format!("`decay` is NaN, {share}"));
    assert_eq!(message(&AdaDelta::new(1.0).decay(1.0)), format!("`decay` is 1, {share}"));
    assert_eq!(message(&Lion::new(1.0).betas(0.9, 1.0)), format!("`beta_2` is 1, {share}"));
    let not_negative = "expected a finite number, at least 0";
    assert_eq!(
        message(&AdaGrad::new(1.0).initial_accumulator(-1.0)),
        format!("`initial_accumulator` is -1, {not_negative}")
    );
    assert_eq!(
        message(&NAdam::new(1.0).momentum_decay(-1.0)),
        format!("`momentum_decay` is -1, {not_negative}")
    );
    assert_eq!(
        message(&AdamW::new(1.0).weight_decay(-1.0)),
        "`weight_decay` is -1, expected a finite number, at least 0"
    );
    assert_eq!(
        message(&GradientDescent::new(1.0).nesterov()),
        "`momentum` is 0, expected above 0 with `nesterov`"
    );
}

#[test]
fn a_restored_optimizer_steps_to_the_same_bits() {
    for ((name, mut first, _), (_, mut second, _)) in
        all_optimizers::<f32>().into_iter().zip(all_optimizers::<f32>())
    {
        steps(&mut first);
        second.prepare(42);
        second.restore(&first.state()).unwrap();
        assert_eq!(second.state(), first.state(), "{name}");
        assert_eq!(steps(&mut second), steps(&mut first), "{name}");
    }
}

#[test]
fn states_that_do_not_fit_are_refused_and_change_nothing() {
    let mut adam = Adam::<f64>::new(0.1);
    steps(&mut adam);
    let before = adam.clone();
    let mut refused = |state| {
        let text = adam.restore(&state).unwrap_err().to_string();
        assert_eq!(adam, before);
        text
    };
    let state = || before.state();
    assert_eq!(
        refused(RmsProp::new(0.1).state()),
        "the state is of the optimizer `rms_prop`, expected `adam`"
    );
    assert_eq!(
        refused(Adam::new(0.2).state()),
        "`learning_rate` of the optimizer `adam` is 0.1, but its state was made with 0.2"
    );
    let mut short = state();
    short.vectors[1].1.pop();
    assert_eq!(
        refused(short),
        "`v` of the optimizer `adam` has 41 values, expected one for each of 42 parameters"
    );
    let mut without = state();
    without.vectors.pop();
    assert_eq!(refused(without), "the state of the optimizer `adam` has no `v`");
}
