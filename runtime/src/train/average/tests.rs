use std::cell::RefCell;
use std::ops::ControlFlow;

use crate::error::Error;
use crate::kernel::real::Real;
use crate::least_squares::LeastSquares;
use crate::model::Model;
use crate::optimizer::{Adam, GradientDescent};
use crate::train::{Average, Kept, Observer, Step, Trainer};

use super::Mean;

const X: [f64; 14] =
    [0.5, -1.0, 2.0, 0.25, -0.5, 1.5, 1.0, 1.0, -2.0, 0.5, 0.125, -1.5, 0.75, -0.25];
const Y: [f64; 7] = [1.0, -2.0, 0.5, 3.0, -1.0, 0.25, 2.0];

/// Notes the parameters after every step.
#[derive(Default)]
struct Trace(RefCell<Vec<[f64; 3]>>);

impl Observer<LeastSquares<f64>> for &Trace {
    fn step(&mut self, step: &Step<'_, LeastSquares<f64>>) -> Result<ControlFlow<()>, Error> {
        self.0.borrow_mut().push(step.model.theta);
        Ok(ControlFlow::Continue(()))
    }
}

type Plain<'t> = Trainer<'t, LeastSquares<f64>, GradientDescent<f64>>;

/// Six epochs of four steps.
fn trainer<'t>() -> Plain<'t> {
    Trainer::new(GradientDescent::new(0.2)).epochs(6).batch_size(2).seed(4)
}

/// The parameters after each step, and the model after training.
fn run(average: Option<Average>) -> (Vec<[f64; 3]>, [f64; 3]) {
    let (trace, mut model) = (Trace::default(), LeastSquares::zeros());
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let trainer = match average {
        Some(average) => trainer().average(average),
        None => trainer(),
    };
    trainer.observer(&trace).fit(&mut model, &batch).unwrap();
    (trace.0.into_inner(), model.theta)
}

/// The mean of vectors with weights.
fn weighted(terms: impl Iterator<Item = (f64, [f64; 3])>) -> [f64; 3] {
    let terms: Vec<_> = terms.collect();
    let total: f64 = terms.iter().map(|(weight, _)| weight).sum();
    [0, 1, 2].map(|i| terms.iter().map(|(weight, theta)| weight * theta[i]).sum::<f64>() / total)
}

fn assert_close(found: [f64; 3], expected: [f64; 3]) {
    for (found, expected) in found.iter().zip(expected) {
        // Some roundings of numbers near 1 in each of 24 terms.
        assert!((found - expected).abs() < 1e-14, "{found} {expected}");
    }
}

#[test]
fn the_exponential_average_has_the_weights_of_its_formula() {
    let (plain, _) = run(None);
    let (steps, end) = run(Some(Average::exponential(0.9)));
    assert_eq!(steps, plain);
    let weight = |i: usize| 0.9_f64.powi(23 - i32::try_from(i).unwrap());
    assert_close(end, weighted(steps.iter().enumerate().map(|(i, &theta)| (weight(i), theta))));
}

#[test]
fn the_uniform_average_is_the_mean_of_the_ends_of_epochs() {
    let (steps, end) = run(Some(Average::uniform_from(4)));
    assert_close(end, weighted([15, 19, 23].map(|i| (1.0, steps[i])).into_iter()));
}

#[test]
fn the_uniform_average_may_count_within_epochs() {
    let (steps, end) = run(Some(Average::uniform_from(5).every_steps(3)));
    assert_close(end, weighted([18, 21].map(|i| (1.0, steps[i])).into_iter()));
}

#[test]
fn what_does_not_move_keeps_its_bits() {
    fn check<T: Real>() {
        let theta = [0.1, -2.3, 1e-30].map(T::from_f64);
        for average in [Average::exponential(0.999), Average::uniform_from(1)] {
            let mut mean = Mean::new(3);
            for _ in 0..1000 {
                mean.add(&average, &theta);
            }
            let mut found = [T::ZERO; 3];
            mean.write_to(&mut found);
            assert_eq!(found, theta);
        }
    }
    check::<f32>();
    check::<f64>();
}

#[test]
fn the_average_is_judged_and_kept() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let validation = LeastSquares::batch(&X[..4], &Y[..2]).unwrap();
    let mut model = LeastSquares::zeros();
    let trainer = trainer().average(Average::uniform_from(3)).validation(&validation);
    let history = trainer.fit(&mut model, &batch).unwrap();
    assert_eq!(history.kept(), Kept::Average);
    let last = history.epochs().last().unwrap().validation_loss;
    assert_eq!(last, Some(model.loss_into(&validation, &mut ())));
    assert_eq!(history.final_loss(), model.loss_into(&batch, &mut ()));
    assert!(history.to_string().ends_with("all were run; the average of the parameters is kept"));
}

#[test]
fn early_stopping_keeps_the_best_average() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let validation = LeastSquares::batch(&[0.0; 8], &[0.1; 4]).unwrap();
    let mut model = LeastSquares::zeros();
    let history = Trainer::new(Adam::new(0.02))
        .epochs(500)
        .batch_size(7)
        .average(Average::exponential(0.8))
        .validation(&validation)
        .early_stopping(4)
        .fit(&mut model, &batch)
        .unwrap();
    assert_eq!(history.kept(), Kept::Best);
    let losses = history.epochs().iter().filter_map(|epoch| epoch.validation_loss);
    let best = losses.fold(f64::INFINITY, f64::min);
    assert_eq!(model.loss_into(&validation, &mut ()), best);
    assert!(history.best_epoch() > 5, "{history}");
}

#[test]
fn an_average_that_has_not_begun_is_not_kept() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let mut model = LeastSquares::zeros();
    let trainer = trainer().average(Average::uniform_from(6).every_steps(5));
    let history = trainer.fit(&mut model, &batch).unwrap();
    assert_eq!((history.kept(), model.theta), (Kept::Last, run(None).1));
}

#[test]
fn settings_out_of_range_are_named() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let message = |average: Average| {
        let result = trainer().average(average).fit(&mut LeastSquares::zeros(), &batch);
        result.unwrap_err().to_string()
    };
    assert_eq!(
        message(Average::exponential(1.0)),
        "`average decay` is 1, expected at least 0 and below 1"
    );
    assert_eq!(message(Average::uniform_from(0)), "`average from epoch` is 0, expected at least 1");
    assert_eq!(
        message(Average::uniform_from(7)),
        "`average from epoch` is 7, after the last of 6 epochs, expected an epoch that is run"
    );
    assert_eq!(
        message(Average::uniform_from(1).every_steps(0)),
        "`average every_steps` is 0, expected at least 1"
    );
}
