use crate::error::Error;
use crate::kernel::real::Real;

use super::{Adam, AdamW, GradientDescent, Optimizer, RmsProp};

/// A name, an optimizer, and θ after its three steps.
type Case<T> = (&'static str, Box<dyn Optimizer<T>>, [f64; 2]);

/// θ after three steps from (1, −2), with the gradients and factors of `steps`.
///
/// The expected values come from the papers' formulas in 50-digit decimal arithmetic (Python's `decimal`).
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
        for (name, mut optimizer, expected) in optimizers::<T>() {
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
    for (name, mut optimizer, _) in optimizers::<f64>() {
        let first = steps(&mut optimizer);
        optimizer.prepare(42);
        assert_eq!(steps(&mut optimizer), first, "{name}");
    }
}

#[test]
fn vanishing_gradients_move_nothing() {
    for (name, mut optimizer, _) in optimizers::<f32>() {
        if name != "adamw" {
            let mut theta = [0.25_f32; 5];
            optimizer.step(1.0, &mut theta, &[0.0; 5]);
            assert_eq!(theta, [0.25; 5], "{name}");
        }
    }
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
    }
    let share = "expected at least 0 and below 1";
    assert_eq!(
        message(&GradientDescent::new(1.0).momentum(1.0)),
        format!("`momentum` is 1, {share}")
    );
    assert_eq!(message(&Adam::new(1.0).betas(-0.1, 0.9)), format!("`beta_1` is -0.1, {share}"));
    assert_eq!(message(&Adam::new(1.0).betas(0.9, 1.5)), format!("`beta_2` is 1.5, {share}"));
    assert_eq!(message(&RmsProp::new(1.0).decay(f64::NAN)), format!("`decay` is NaN, {share}"));
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
        optimizers::<f32>().into_iter().zip(optimizers::<f32>())
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
