//! A step on a table that is read at some rows costs those rows, and gives the bits that a step over all of it gives.

mod dense;
mod models;

use std::cell::Cell;
use std::fmt::Debug;
use std::ops::Range;
use std::rc::Rc;

use chainrule::Error;
use chainrule::check::check_gradient;
use chainrule::derivatives::{HessianVectorProduct, VectorJacobianProduct};
use chainrule::kernel::real::Real;
use chainrule::prelude::*;
use chainrule::train::{History, Trainer};

use dense::Dense;
use models::{Bag, Decayed, Embedding, Letters, LettersDims, Sums, Translation};

const V: usize = 60;
const ROWS: usize = 24;

/// Integers below `bound`, some of them often.
fn indices(count: usize, bound: u32, factor: u32) -> Vec<u32> {
    (0..count as u32).map(|i| (i * i * factor + i) % 31 % bound).collect()
}

fn numbers<T: Real>(count: usize) -> Vec<T> {
    (0..count).map(|i| T::from_f64((i as f64 * 0.7).sin())).collect()
}

/// What is asked of every model here, on a batch.
fn check<M: Model + PartialEq + Debug>(model: &M, batch: &M::Batch<'_>) {
    the_gradient_is_what_the_definition_says(model, batch);
    nothing_is_read_or_written_outside(model, batch);
    training_gives_the_same_bits(model, batch, 0.05, 0.5, Result::is_ok);
    let is_wide = M::Scalar::from_f64(1e300).to_f64().is_finite();
    let rate = if is_wide { 1e300 } else { 1e37 };
    training_gives_the_same_bits(model, batch, rate, f64::MAX, Result::is_err);
}

fn the_gradient_is_what_the_definition_says<M: Model>(model: &M, batch: &M::Batch<'_>) {
    let report = check_gradient(model, batch).expect("the batch fits");
    assert!(report.passes(), "{report}");
}

fn touched<M: Model>(model: &M, batch: &M::Batch<'_>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    model.touched(batch, &mut |part| parts.push(part));
    parts
}

fn nothing_is_read_or_written_outside<M: Model>(model: &M, batch: &M::Batch<'_>) {
    let parts = touched(model, batch);
    let nan = M::Scalar::from_f64(f64::NAN);
    let mut workspace = model.workspace();
    let mut whole = vec![nan; model.parameters().len()];
    let mut some = whole.clone();
    let loss = model.loss_and_gradient_into(batch, &mut whole, &mut workspace);
    for _ in 0..2 {
        let same = model.loss_and_touched_gradient_into(batch, &mut some, &mut workspace);
        assert_eq!(same.to_f64().to_bits(), loss.to_f64().to_bits());
        for (place, (some, whole)) in some.iter().zip(&whole).enumerate() {
            if parts.iter().any(|part| part.contains(&place)) {
                assert_eq!(some.to_f64().to_bits(), whole.to_f64().to_bits(), "{place}");
            } else {
                assert!(some.to_f64().is_nan() && whole.to_f64().to_bits() == 0, "{place}");
            }
        }
    }
}

/// Where the run diverges, what is left of it and what is said of it must be the same too.
fn training_gives_the_same_bits<M: Model + PartialEq + Debug>(
    model: &M,
    batch: &M::Batch<'_>,
    rate: f64,
    limit: f64,
    is_expected: fn(&Result<History, Error>) -> bool,
) {
    let (mut one, mut other) = (model.clone(), Dense(model.clone()));
    macro_rules! fit {
        ($model:expr) => {
            Trainer::new(GradientDescent::new(rate))
                .epochs(6)
                .batch_size(5)
                .seed(3)
                .validation_split(0.2)
                .clip_value(limit)
                .clip_norm(limit)
                .fit($model, batch)
        };
    }
    let results = [fit!(&mut one), fit!(&mut other)];
    assert_eq!(format!("{:?}", results[0]), format!("{:?}", results[1]));
    assert!(is_expected(&results[0]), "{:?}", results[0]);
    let bits = |model: &M| -> Vec<u64> {
        model.parameters().iter().map(|theta| theta.to_f64().to_bits()).collect()
    };
    assert_eq!(bits(&one), bits(&other.0));
}

#[test]
fn a_table_read_at_one_row() {
    let (words, targets) = (indices(ROWS, V as u32, 7), numbers::<f32>(ROWS));
    let batch = Embedding::<V>::batch(&words, &targets).expect("the rows fit");
    check(&Embedding::<V>::seeded(5), &batch);
}

#[test]
fn a_table_read_at_several_rows() {
    let [head, tail] = [3, 5].map(|factor| indices(ROWS, V as u32, factor));
    let kind = indices(ROWS, 4, 1);
    let batch = Translation::<V, 4>::batch(&head, &tail, &kind).expect("the rows fit");
    check(&Translation::<V, 4>::seeded(5), &batch);
}

#[test]
fn a_table_read_in_a_loop() {
    let dims = LettersDims { t: 5, v: V };
    let (text, targets) = (indices(5 * ROWS, 9, 2), indices(ROWS, 4, 1));
    let batch = Letters::<6>::batch(dims, &text, &targets).expect("the rows fit");
    check(&Letters::<6>::seeded(dims, 5).expect("the dimensions are small"), &batch);
}

#[test]
fn rows_that_are_matrices() {
    let (words, user) = (indices(3 * ROWS, 12, 2), indices(ROWS, V as u32, 3));
    let targets = numbers::<f64>(ROWS);
    let batch = Bag::<V>::batch(&words, &user, &targets).expect("the rows fit");
    check(&Bag::<V>::seeded(5), &batch);
}

#[test]
fn rows_whose_elements_share_their_gradient() {
    let [a, b] = [3, 5].map(|factor| indices(ROWS, V as u32, factor));
    let x = numbers::<f64>(2 * ROWS);
    let batch = Sums::<V>::batch(&a, &b, &x).expect("the rows fit");
    let model = Sums::<V>::seeded(5);
    let elements: usize = touched(&model, &batch).iter().map(ExactSizeIterator::len).sum();
    assert_eq!(elements, ROWS * (3 + 3 + 6));
    check(&model, &batch);
}

#[test]
fn a_table_that_decays_is_touched_whole() {
    let (rows, targets) = ([4, 7, 4], numbers::<f32>(3));
    let batch = Decayed::batch(&rows, &targets).expect("the rows fit");
    let model = Decayed::seeded(5);
    assert_eq!(touched(&model, &batch), [0..9, 13..14, 16..17, 13..14]);
    nothing_is_read_or_written_outside(&model, &batch);
}

#[test]
fn gradients_of_other_losses_are_written_whole() {
    let (rows, targets) = ([4, 7, 4], numbers::<f32>(3));
    let batch = Decayed::batch(&rows, &targets).expect("the rows fit");
    let model = Decayed::seeded(5);
    let mut gradient = vec![f32::NAN; 18];
    model.of_rows_and_gradient_into(&batch, &mut gradient, &mut model.workspace());
    for (place, g) in gradient.iter().enumerate() {
        assert_eq!(*g != 0.0, [4, 7].contains(&(place % 9)), "{place}: {g}");
    }
}

#[test]
fn other_derivatives_are_written_whole() {
    let (words, user) = (indices(3 * ROWS, 12, 2), indices(ROWS, V as u32, 3));
    let targets = numbers::<f64>(ROWS);
    let batch = Bag::<V>::batch(&words, &user, &targets).expect("the rows fit");
    let model = Bag::<V>::seeded(5);
    let length = model.parameters().len();
    let mut workspace = model.workspace();
    let direction = numbers::<f64>(length);
    let mut product = vec![f64::NAN; length];
    model.hessian_vector_product_into(&batch, &direction, &mut product, &mut workspace);
    // A central difference of the gradient: its error is of the order of h² = 1e-8.
    let gradient_at = |h: f64| {
        let mut there = model.clone();
        for (theta, d) in there.parameters_mut().iter_mut().zip(&direction) {
            *theta += h * d;
        }
        there.loss_and_gradient(&batch).1
    };
    let (above, below) = (gradient_at(1e-4), gradient_at(-1e-4));
    let differences = above.parameters().iter().zip(below.parameters());
    for (found, (above, below)) in product.iter().zip(differences) {
        let expected = (above - below) / 2e-4;
        assert!((found - expected).abs() < 1e-7 * (1.0 + expected.abs()), "{found} {expected}");
    }
    product.fill(f64::NAN);
    model.vector_jacobian_product_into(&batch, &numbers(ROWS), &mut product, &mut workspace);
    assert!(product.iter().all(|element| element.is_finite()));
}

/// Gradient descent that counts the numbers it goes over.
struct Counting {
    rule: GradientDescent<f32>,
    elements: Rc<Cell<usize>>,
}

impl Optimizer<f32> for Counting {
    fn check(&self) -> Result<(), Error> {
        Optimizer::<f32>::check(&self.rule)
    }

    fn learning_rate(&self) -> f64 {
        Optimizer::<f32>::learning_rate(&self.rule)
    }

    fn prepare(&mut self, length: usize) {
        self.rule.prepare(length);
    }

    fn is_local(&self) -> bool {
        self.rule.is_local()
    }

    fn step(&mut self, factor: f64, parameters: &mut [f32], gradient: &[f32]) {
        self.elements.set(self.elements.get() + parameters.len());
        self.rule.step(factor, parameters, gradient);
    }
}

#[test]
fn a_step_goes_over_the_rows_of_its_batch() {
    let count = |rule: GradientDescent<f32>, batch_size: usize, decay: f64| {
        let (words, targets) = (indices(ROWS, V as u32, 7), numbers::<f32>(ROWS));
        let batch = Embedding::<V>::batch(&words, &targets).expect("the rows fit");
        let elements = Rc::new(Cell::new(0));
        let optimizer = Counting { rule, elements: elements.clone() };
        let trainer = Trainer::new(optimizer).epochs(1).batch_size(batch_size).weight_decay(decay);
        trainer.fit(&mut Embedding::<V>::seeded(5), &batch).expect("training converges");
        elements.get()
    };
    let plain = GradientDescent::new(0.01);
    let whole = 2 + V * 8 + 8;
    let distinct = {
        let mut words = indices(ROWS, V as u32, 7);
        words.sort_unstable();
        words.dedup();
        words.len()
    };
    assert_eq!(count(plain.clone(), 1, 0.0), ROWS * (2 + 8 + 8));
    assert_eq!(count(plain.clone(), ROWS, 0.0), 2 + distinct * 8 + 8);
    assert_eq!(count(plain.clone(), 1, 0.1), ROWS * whole);
    assert_eq!(count(plain.momentum(0.9), 1, 0.0), ROWS * whole);
}
