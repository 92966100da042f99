//! Random numbers in generated models: the interpreter's, the same however a batch is cut, none in predictions, right derivatives.

use std::collections::BTreeMap;

use chainrule::prelude::*;
use chainrule_compiler::diagnostic::Errors;
use chainrule_compiler::evaluate::{Environment, Randomness, evaluate};
use chainrule_compiler::ir::{Dim, Leaf, NodeId};
use chainrule_compiler::{differentiate, lower, pipeline, rust_syntax};

/// A model, and its text.
macro_rules! model {
    ([$($attribute:tt)*] $constant:ident: $($item:tt)*) => {
        #[model($($attribute)*)]
        $($item)*

        const $constant: [&str; 2] = [stringify!($($attribute)*), stringify!($($item)*)];
    };
}

model! {
    [loss = mean_squared_error, scalar = f64] EVERY:
    /// Every distribution, of examples and of parameters, of scalars and of arrays that do not fill their last block of four.
    fn every(x: Input<3>, w: Param<3, 5>, b: Param<5>, v: Param<5, 2>, s: Param) -> Output<2> {
        let noisy = x + 0.3 * normal_like(x);
        let loose = w + 0.1 * normal_like(w);
        let hidden = dropout(tanh(noisy.dot(loose) + b), 0.25);
        let scale = 1.0 + 0.1 * s * uniform_like(s) + 0.2 * bernoulli_like(sum(x), 0.5);
        hidden.dot(v.dropout(0.5)) * scale
    }
}

/// Numbers without a pattern, of both signs.
fn wave(count: usize, speed: f64) -> Vec<f64> {
    (0..count).map(|i| (0.3 + i as f64 * speed).sin()).collect()
}

fn moved(mut model: Every) -> Every {
    for (theta, value) in model.parameters_mut().iter_mut().zip(wave(100, 0.77)) {
        *theta += 0.5 * value;
    }
    model
}

/// Rows to the interpreter's order, in which the example varies fastest.
fn example_fastest(rows: &[f64], width: usize) -> Vec<f64> {
    let count = rows.len() / width;
    (0..rows.len()).map(|place| rows[place % count * width + place / count]).collect()
}

/// Loss and gradient as the interpreter computes them.
fn expected(model: &Every, x: &[f64], y: &[f64], randomness: Option<Randomness>) -> Vec<f64> {
    let [attribute, item] = EVERY.map(|text| text.parse().expect("the text is Rust"));
    let parsed = rust_syntax::parse(attribute, item);
    let tree = parsed.errors.check(parsed.model).expect("no errors").expect("a model");
    let mut errors = Errors::new();
    let program = lower::lower(&tree, &mut errors).expect("the model has a meaning");
    let loss = program.loss();
    let mut graph = program.graph;
    let parameters = pipeline::parameters(&tree);
    let leaves: Vec<NodeId> = parameters.iter().map(|&index| program.arguments[index]).collect();
    let gradients = differentiate::differentiate(&mut graph, loss, &leaves);
    let gradients = gradients.expect("the model has derivatives").into_iter().flatten();
    let roots: Vec<NodeId> = std::iter::once(loss).chain(gradients).collect();
    let mut values = BTreeMap::from([
        (Leaf::Argument(0), example_fastest(x, 3)),
        (Leaf::Target, example_fastest(y, 2)),
    ]);
    for (&index, part) in parameters.iter().zip(model.layout()) {
        let part = model.parameters()[part.offset..][..part.count()].to_vec();
        values.insert(Leaf::Argument(index), part);
    }
    let extents = BTreeMap::from([(Dim::Batch, y.len() as u64 / 2)]);
    let environment = Environment { extents, leaves: values, randomness };
    evaluate(&graph, &roots, &environment).expect("every leaf has a value").concat()
}

#[test]
fn steps_draw_what_the_interpreter_draws() {
    let rows = 1100;
    let (x, y) = (wave(3 * rows, 0.9), wave(2 * rows, 1.7));
    let batch = Every::batch(&x, &y).expect("the rows fit");
    let model = moved(Every::seeded(1));
    for randomness in [None, Some((7, 0)), Some((7, 1)), Some((8, 1))] {
        let (batch, drawn) = match randomness {
            None => (batch, None),
            Some((seed, step)) => {
                (batch.with_randomness(seed, step), Some(Randomness { seed, step }))
            }
        };
        let (loss, gradient) = model.loss_and_gradient(&batch);
        let found: Vec<f64> =
            std::iter::once(loss).chain(gradient.parameters().iter().copied()).collect();
        let right = expected(&model, &x, &y, drawn);
        assert_eq!(found.len(), right.len());
        for (found, right) in found.iter().zip(&right) {
            let close = (found - right).abs() <= 1e-11 * right.abs().max(0.1);
            assert!(close, "{randomness:?}: {found} where {right} is right");
        }
        assert_eq!(model.loss(&batch).to_bits(), loss.to_bits());
    }
}

#[test]
fn gradients_are_right_with_and_without_randomness() {
    let (x, y) = (wave(3 * 20, 0.9), wave(2 * 20, 1.7));
    let batch = Every::batch(&x, &y).expect("the rows fit");
    let model = moved(Every::seeded(1));
    for batch in [batch, batch.with_randomness(3, 5), batch.with_randomness(3, 6)] {
        let check = check_gradient(&model, &batch).expect("the loss is finite");
        assert!(check.passes(), "{check}");
    }
}

#[model(loss = mean_squared_error)]
fn single(x: Input<4>, w: Param<4, 8>, b: Param<8>, v: Param<8>) -> Output {
    let noisy = x + 0.5 * normal_like(x) + uniform_like(x);
    dropout(tanh(noisy.dot(w) + b), 0.5).dot(v)
}

#[test]
fn both_scalar_types_draw_the_same_numbers() {
    let in_f32 = |numbers: Vec<f64>| numbers.into_iter().map(|x| x as f32).collect::<Vec<f32>>();
    let (x, y) = (in_f32(wave(4 * 600, 0.9)), in_f32(wave(600, 1.7)));
    let batch = Single::batch(&x, &y).expect("the rows fit").with_randomness(1, 1);
    let mut model = Single::seeded(1);
    for (theta, value) in model.parameters_mut().iter_mut().zip(wave(100, 0.77)) {
        *theta += value as f32;
    }
    // The check computes in `f64`, so another mask would be an error of the order of the loss.
    let check = check_gradient(&model, &batch).expect("the loss is finite");
    assert!(check.passes(), "{check}");
}

#[test]
fn an_example_keeps_its_numbers_however_the_batch_is_cut() {
    let rows = 700;
    let (x, y) = (wave(3 * rows, 0.9), wave(2 * rows, 1.7));
    let batch = Every::batch(&x, &y).expect("the rows fit").with_randomness(7, 2);
    let model = moved(Every::seeded(1));
    let whole = model.loss(&batch) * rows as f64;
    let cuts = [0, 1, 17, 512, 513, rows];
    let parts: f64 = cuts
        .windows(2)
        .map(|cut| model.loss(&batch.slice(cut[0]..cut[1])) * (cut[1] - cut[0]) as f64)
        .sum();
    assert!((whole - parts).abs() <= 1e-12 * whole, "{whole} and {parts}");
}

#[test]
fn predictions_draw_nothing() {
    #[model(loss = mean_squared_error, scalar = f64)]
    fn plain(x: Input<3>, w: Param<3, 5>, b: Param<5>, v: Param<5, 2>, s: Param) -> Output<2> {
        tanh(x.dot(w) + b).dot(v) * (1.0 + 0.1 * s * 0.5 + 0.2 * 0.5)
    }
    let x = wave(3 * 9, 0.9);
    let model = moved(Every::seeded(1));
    let same = Plain::from_parameters(model.parameters().to_vec()).expect("as many parameters");
    let predicted = model.predict(&x).expect("the rows fit");
    let expected = same.predict(&x).expect("the rows fit");
    for (predicted, expected) in predicted.iter().zip(&expected) {
        assert!((predicted - expected).abs() <= 1e-15, "{predicted} and {expected}");
    }
}

#[test]
fn dropout_of_probability_zero_draws_nothing() {
    #[model(loss = squared_error)]
    fn kept(x: Input, w: Param) -> Output {
        dropout(x, 0) * w
    }
    assert!(!Kept::plan().contains("draw"), "{}", Kept::plan());
    assert!(Every::plan().contains("dropout ~ dropout(0.25)"), "{}", Every::plan());
}

#[test]
fn training_repeats_with_its_seed_and_draws_anew_in_every_step() {
    let (x, y) = (wave(3 * 64, 0.9), wave(2 * 64, 1.7));
    let batch = Every::batch(&x, &y).expect("the rows fit");
    let train = |seed: u64, rows: usize| {
        let mut model = Every::seeded(1);
        let trainer = Trainer::new(GradientDescent::new(0.01)).epochs(3).batch_size(rows);
        let history = trainer.seed(seed).fit(&mut model, &batch).expect("training converges");
        (model, history)
    };
    assert_eq!(train(1, 10), train(1, 10));
    assert_ne!(train(1, 10).0, train(2, 10).0);
    let first = train(1, 64).1.epochs()[0].loss;
    let losses = [0, 1, 2].map(|step| Every::seeded(1).loss(&batch.with_randomness(1, step)));
    assert_eq!(first.to_bits(), losses[0].to_bits());
    assert!(losses[0] != losses[1] && losses[1] != losses[2]);
}

#[test]
fn loops_draw_anew_in_every_step() {
    #[model(loss = mean_squared_error, scalar = f64)]
    fn recurrent(x: Input<4, 3>, w: Param<3, 2>, u: Param<2, 2>, v: Param<2>) -> Output {
        let mut h = tanh(x[0].dot(w));
        for t in 0..4 {
            h = dropout(tanh(x[t].dot(w) + h.dot(u)), 0.25) + 0.1 * normal_like(h);
        }
        h.dot(v)
    }
    let (x, y) = (wave(4 * 3 * 30, 0.9), wave(30, 1.7));
    let batch = Recurrent::batch(&x, &y).expect("the rows fit");
    let mut model = Recurrent::seeded(1);
    for (theta, value) in model.parameters_mut().iter_mut().zip(wave(20, 0.77)) {
        *theta += 0.5 * value;
    }
    for batch in [batch, batch.with_randomness(3, 5)] {
        let check = check_gradient(&model, &batch).expect("the loss is finite");
        assert!(check.passes(), "{check}");
    }
    assert_ne!(model.loss(&batch), model.loss(&batch.with_randomness(3, 5)));
}

#[test]
fn a_variational_autoencoder_learns() {
    #[model(scalar = f64)]
    fn vae(
        x: Input<6>,
        encode_mean: Param<6, 1>,
        encode_log_variance: Param<6, 1>,
        #[init(zeros)] log_variance_bias: Param<1>,
        decode: Param<1, 6>,
    ) -> Loss {
        let mean = x.dot(encode_mean);
        let log_variance = x.dot(encode_log_variance) + log_variance_bias;
        let z = mean + exp(0.5 * log_variance) * normal_like(mean);
        let error = z.dot(decode) - x;
        let divergence = 0.5 * sum(exp(log_variance) + mean * mean - 1.0 - log_variance);
        50.0 * sum(error * error) + divergence
    }
    let direction = [0.5, -0.4, 0.3, 0.6, -0.2, 0.1];
    let x: Vec<f64> =
        wave(200, 0.61).iter().flat_map(|t| direction.map(|part| 1.4 * t * part)).collect();
    let batch = Vae::batch(&x).expect("the rows fit");
    let mut model = Vae::seeded(1);
    let check = check_gradient(&model, &batch.with_randomness(1, 0)).expect("the loss is finite");
    assert!(check.passes(), "{check}");
    let before = model.loss(&batch.with_randomness(9, 0));
    let trainer = Trainer::new(Adam::new(0.01)).epochs(150).batch_size(50).seed(3);
    trainer.fit(&mut model, &batch).expect("training converges");
    let after = model.loss(&batch.with_randomness(9, 0));
    assert!(after < 0.2 * before, "{before} became {after}");
    assert!(model.log_variance_bias()[0] < -1.0, "the posterior is narrower than the prior");
}
