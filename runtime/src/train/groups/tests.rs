use std::ops::Range;

use crate::axes::{Data, Index, Input, Output, Param};
use crate::error::Error;
use crate::model;
use crate::model::Model;
use crate::optimizer::{
    AdaDelta, AdaGrad, Adam, AdamW, GradientDescent, Lion, NAdam, Optimizer, Part, RmsProp,
};
use crate::train::{Group, Trainer};

#[model(loss = squared_error)]
fn lookup(word: Index<40>, x: Input, table: Param<40, 3>, w: Param<3>, b: Param) -> Output {
    table[word].dot(w) * x + b
}

/// The same with the table as data.
#[model(loss = squared_error)]
fn shared(word: Index<40>, x: Input, table: Data<40, 3>, w: Param<3>, b: Param) -> Output {
    table[word].dot(w) * x + b
}

/// Words of which many never occur, and numbers.
fn rows() -> (Vec<u32>, Vec<f32>, Vec<f32>) {
    let words: Vec<u32> = (0..24).map(|i| (i * i + 3) % 17).collect();
    let x: Vec<f32> = (0..24_u8).map(|i| f32::from(i) / 12.0 - 1.0).collect();
    let y = words.iter().zip(&x).map(|(&word, x)| x * (word as f32 / 8.0 - 1.0) + 0.5).collect();
    (words, x, y)
}

type Plain<O> = Trainer<'static, Lookup, O>;

fn trainer<O: Optimizer<f32>>(optimizer: O) -> Plain<O> {
    Trainer::new(optimizer).epochs(5).batch_size(4).seed(3)
}

/// θ after training.
fn theta<O: Optimizer<f32>>(trainer: Plain<O>) -> Vec<f32> {
    let (words, x, y) = rows();
    let batch = Lookup::batch(&words, &x, &y).unwrap();
    let mut model = Lookup::seeded(5);
    trainer.fit(&mut model, &batch).unwrap();
    model.parameters().to_vec()
}

fn message<O: Optimizer<f32>>(trainer: Plain<O>) -> String {
    let (words, x, y) = rows();
    let batch = Lookup::batch(&words, &x, &y).unwrap();
    let mut model = Lookup::seeded(5);
    let start = model.clone();
    let error = trainer.fit(&mut model, &batch).unwrap_err();
    assert_eq!(model.parameters(), start.parameters());
    error.to_string()
}

fn optimizers() -> Vec<Box<dyn Optimizer<f32>>> {
    vec![
        Box::new(GradientDescent::new(0.1)),
        Box::new(GradientDescent::new(0.1).momentum(0.9)),
        Box::new(GradientDescent::new(0.1).momentum(0.9).nesterov()),
        Box::new(Adam::new(0.01)),
        Box::new(AdamW::new(0.01).weight_decay(0.2)),
        Box::new(RmsProp::new(0.01)),
        Box::new(AdaGrad::new(0.1)),
        Box::new(AdaDelta::new(1.0)),
        Box::new(NAdam::new(0.01)),
        Box::new(Lion::new(0.01).weight_decay(0.2)),
    ]
}

/// A rule that is said not to be local, so that its steps are over all of θ.
struct Everywhere<O>(O);

impl<O: Optimizer<f32>> Optimizer<f32> for Everywhere<O> {
    fn check(&self) -> Result<(), Error> {
        self.0.check()
    }

    fn learning_rate(&self) -> f64 {
        self.0.learning_rate()
    }

    fn prepare(&mut self, length: usize) {
        self.0.prepare(length);
    }

    fn step(&mut self, factor: f64, theta: &mut [f32], gradient: &[f32]) {
        self.0.step(factor, theta, gradient);
    }

    fn takes_parts(&self) -> bool {
        true
    }

    fn step_parts(&mut self, factor: f64, theta: &mut [f32], gradient: &[f32], parts: &[Part]) {
        self.0.step_parts(factor, theta, gradient, parts);
    }
}

const TABLE: Range<usize> = 0..120;
const W: Range<usize> = 120..123;

#[test]
fn groups_without_settings_change_no_bit() {
    for (plain, grouped) in optimizers().into_iter().zip(optimizers()) {
        let grouped = trainer(grouped).clip_norm(1.0).group(["w", "b"], Group::new());
        assert_eq!(theta(grouped), theta(trainer(plain).clip_norm(1.0)));
    }
}

#[test]
fn frozen_parameters_keep_their_bits_and_the_others_do_not() {
    let start = Lookup::seeded(5).parameters().to_vec();
    for (first, second) in optimizers().into_iter().zip(optimizers()) {
        let end = theta(trainer(first).weight_decay(0.1).freeze(["w"]));
        assert_eq!(end[W], start[W]);
        assert!(end[TABLE] != start[TABLE] && end[123] != start[123]);
        let end = theta(trainer(second).clip_norm(0.5).freeze(["table", "b"]));
        assert_eq!((&end[TABLE], end[123]), (&start[TABLE], start[123]));
        assert!(end[W] != start[W]);
    }
}

#[test]
fn a_frozen_parameter_is_as_if_it_were_no_parameter() {
    let (words, x, y) = rows();
    let start = Lookup::seeded(5).parameters().to_vec();
    for (first, second) in optimizers().into_iter().zip(optimizers()) {
        let frozen = theta(trainer(first).clip_norm(0.5).weight_decay(0.01).freeze(["table"]));
        let batch = Shared::batch(&words, &x, &start[TABLE], &y).unwrap();
        let mut model = Shared::seeded(0);
        model.parameters_mut().copy_from_slice(&start[120..]);
        let trainer = Trainer::new(second).epochs(5).batch_size(4).seed(3);
        trainer.clip_norm(0.5).weight_decay(0.01).fit(&mut model, &batch).unwrap();
        for (found, expected) in frozen[120..].iter().zip(model.parameters()) {
            // The norm is summed in another order, and the kernels of the two models differ.
            assert!(
                (found - expected).abs() < 1e-5 * expected.abs().max(1.0),
                "{found} {expected}"
            );
        }
    }
}

#[test]
fn steps_within_touched_rows_are_those_over_all_of_them() {
    let grouped = |trainer: Trainer<'static, Lookup, Box<dyn Optimizer<f32>>>| {
        let slow = Group::new().learning_rate_factor(0.1);
        theta(trainer.clip_norm(0.5).clip_value(0.4).group(["table"], slow).freeze(["b"]))
    };
    let locals: [[Box<dyn Optimizer<f32>>; 2]; 2] = [
        [Box::new(GradientDescent::new(0.1)), Box::new(Everywhere(GradientDescent::new(0.1)))],
        [Box::new(AdaGrad::new(0.1)), Box::new(Everywhere(AdaGrad::new(0.1)))],
    ];
    for [local, everywhere] in locals {
        assert!(local.is_local() && !everywhere.is_local());
        assert_eq!(grouped(trainer(local)), grouped(trainer(everywhere)));
    }
}

#[test]
fn factors_and_decays_are_those_of_a_loop_by_hand() {
    let (words, x, y) = rows();
    let batch = Lookup::batch(&words, &x, &y).unwrap();
    let mut model = Lookup::seeded(5);
    Trainer::new(GradientDescent::new(0.1))
        .epochs(6)
        .batch_size(24)
        .weight_decay(0.5)
        .group(["w"], Group::new().learning_rate_factor(0.5))
        .group(["b"], Group::new().weight_decay(0.0))
        .fit(&mut model, &batch)
        .unwrap();

    let mut expected = Lookup::seeded(5);
    let (mut gradient, mut workspace) = (vec![0.0; 124], expected.workspace());
    for _ in 0..6 {
        expected.loss_and_gradient_into(&batch, &mut gradient, &mut workspace);
        for (i, (theta, g)) in expected.parameters_mut().iter_mut().zip(&gradient).enumerate() {
            let decay = if i == 123 { 0.0 } else { 0.5 };
            let rate = if W.contains(&i) { 0.1 * 0.5 } else { 0.1 };
            *theta -= rate * (g + decay * *theta);
        }
    }
    assert_eq!(model.parameters(), expected.parameters());
}

#[test]
fn a_decay_of_a_group_replaces_the_decoupled_one() {
    let decayed = |decay| trainer(AdamW::new(0.01).weight_decay(decay));
    let group = Group::new().weight_decay(0.3);
    let all = decayed(0.0).group(["table", "w", "b"], group);
    assert_eq!(theta(all), theta(decayed(0.3)));
    let others = theta(decayed(0.3).group(["w"], Group::new().weight_decay(0.0)));
    assert_ne!(others, theta(decayed(0.3)));
}

#[test]
fn what_does_not_fit_is_named() {
    let plain = || trainer(GradientDescent::new(0.1));
    let group = Group::new;
    assert_eq!(
        message(plain().freeze(["table", "v"])),
        "`v` is no parameter, expected one of table, w, b"
    );
    assert_eq!(
        message(plain().freeze(["w"]).group(["b", "w"], group())),
        "the parameter `w` is in two groups, expected one at most"
    );
    assert_eq!(
        message(plain().freeze(["table", "w", "b"])),
        "all parameters are frozen, expected one at least to train"
    );
    assert_eq!(
        message(plain().group(["w"], group().learning_rate_factor(0.0))),
        "`learning_rate_factor` is 0, expected a positive finite number"
    );
    assert_eq!(
        message(plain().group(["w"], group().weight_decay(f64::NAN))),
        "`weight_decay` is NaN, expected a finite number, at least 0"
    );
    let both = trainer(AdamW::new(0.1)).weight_decay(0.1);
    assert_eq!(
        message(both.group(["w"], group().weight_decay(0.1))),
        "the group of `w` has a weight decay, and so have the optimizer and the trainer, expected one of these two at most"
    );
}

#[test]
fn rules_that_take_no_parts_are_refused() {
    struct Own;
    impl Optimizer<f32> for Own {
        fn check(&self) -> Result<(), Error> {
            Ok(())
        }
        fn learning_rate(&self) -> f64 {
            1.0
        }
        fn prepare(&mut self, _: usize) {}
        fn step(&mut self, _: f64, _: &mut [f32], _: &[f32]) {}
    }
    assert!(
        message(trainer(Own).freeze(["w"])).starts_with("the optimizer does not step on parts")
    );
}
