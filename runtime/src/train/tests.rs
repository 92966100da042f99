use std::cell::RefCell;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use crate::error::Error;
use crate::generator::Generator;
use crate::kernel::real::Real;
use crate::least_squares::{LeastSquares, LeastSquaresBatch};
use crate::model::Model;
use crate::optimizer::{Adam, GradientDescent, Optimizer};

use super::{Divergence, History, Kept, Plateau, Quantity, Schedule, StopReason, Trainer};

/// Rows of `y = 2·x₀ − 3·x₁ + 0.5`, with noise of the given size.
fn rows<T: Real>(count: usize, noise: f64) -> (Vec<T>, Vec<T>) {
    let mut generator = Generator::new(9);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (x0, x1) = (generator.normal(), generator.normal());
        x.extend([T::from_f64(x0), T::from_f64(x1)]);
        y.push(T::from_f64(2.0 * x0 - 3.0 * x1 + 0.5 + noise * generator.normal()));
    }
    (x, y)
}

type Plain<'t, T> = Trainer<'t, LeastSquares<T>, GradientDescent<T>>;

fn trainer<'t, T: Real>() -> Plain<'t, T> {
    Trainer::new(GradientDescent::new(0.1)).epochs(40).batch_size(16).seed(7)
}

#[test]
fn training_finds_the_exact_solution_in_both_scalar_types() {
    fn check<T: Real>(tolerance: f64) {
        let (x, y) = rows::<T>(100, 0.0);
        let batch = LeastSquares::batch(&x, &y).unwrap();
        let mut model = LeastSquares::zeros();
        let history = trainer().fit(&mut model, &batch).unwrap();
        for (found, expected) in model.theta.iter().zip([2.0, -3.0, 0.5]) {
            assert!((found.to_f64() - expected).abs() < tolerance, "{model:?}");
        }
        assert_eq!(history.epochs().len(), 40);
        assert_eq!(history.epochs()[0].steps, 7);
        assert_eq!(history.stop_reason(), StopReason::EpochsDone);
        assert_eq!(history.final_loss(), model.loss_into(&batch, &mut ()).to_f64());
        assert!(history.last_loss() < 1e-6 * history.first_loss(), "{history}");
    }
    // 280 steps that contract the error by about 0.8 each reach rounding, some ε of numbers near 3.
    check::<f32>(1e-5);
    check::<f64>(1e-13);
}

#[test]
fn same_seed_same_bits_and_another_seed_others() {
    let (x, y) = rows::<f32>(100, 0.1);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let fit = |seed| {
        let mut model = LeastSquares::zeros();
        let trainer = trainer().epochs(3).seed(seed).validation_split(0.2);
        let history = trainer.fit(&mut model, &batch).unwrap();
        (model.theta.map(f32::to_bits), history)
    };
    assert_eq!(fit(1), fit(1));
    assert_ne!(fit(1).0, fit(2).0);
}

#[test]
fn a_whole_batch_a_step_is_plain_gradient_descent() {
    let (x, y) = rows::<f64>(10, 0.1);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let mut model = LeastSquares::zeros();
    trainer().epochs(5).batch_size(10).fit(&mut model, &batch).unwrap();

    let mut expected = LeastSquares::zeros();
    let mut gradient = [0.0; 3];
    for _ in 0..5 {
        expected.loss_and_gradient_into(&batch, &mut gradient, &mut ());
        for (theta, g) in expected.theta.iter_mut().zip(gradient) {
            *theta -= 0.1 * g;
        }
    }
    assert_eq!(model, expected);
}

/// An optimizer that changes nothing and counts its steps and factors.
#[derive(Default)]
struct Still<'t> {
    factors: Option<&'t RefCell<Vec<f64>>>,
}

impl<T: Real> Optimizer<T> for Still<'_> {
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    fn learning_rate(&self) -> f64 {
        2.0
    }

    fn prepare(&mut self, _: usize) {}

    fn step(&mut self, factor: f64, _: &mut [T], _: &[T]) {
        if let Some(factors) = self.factors {
            factors.borrow_mut().push(factor);
        }
    }
}

#[test]
fn every_row_is_used_once_an_epoch_even_in_a_short_last_mini_batch() {
    let (x, y) = rows::<f64>(23, 0.5);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let mut model = LeastSquares { theta: [0.25, -0.5, 1.0] };
    let expected = model.loss_into(&batch, &mut ());
    let history =
        Trainer::new(Still::default()).epochs(3).batch_size(5).fit(&mut model, &batch).unwrap();
    for epoch in history.epochs() {
        assert_eq!(epoch.steps, 5);
        // The same 23 terms in another order.
        assert!((epoch.loss - expected).abs() < 1e-14 * expected, "{} {expected}", epoch.loss);
    }
}

#[test]
fn schedules_act_at_the_middle_of_each_step() {
    let (x, y) = rows::<f64>(4, 0.5);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let factors = RefCell::new(Vec::new());
    let schedule = Schedule::step(1, 0.5).warm_up(1);
    let history = Trainer::new(Still { factors: Some(&factors) })
        .epochs(3)
        .batch_size(2)
        .schedule(schedule)
        .fit(&mut LeastSquares::zeros(), &batch)
        .unwrap();
    assert_eq!(factors.into_inner(), [0.25, 0.75, 1.0, 1.0, 0.5, 0.5]);
    assert_eq!(history.epochs()[2].learning_rate, 1.0);
}

#[test]
fn split_rows_are_not_trained_on() {
    let (x, mut y) = rows::<f64>(20, 0.0);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let mut model = LeastSquares { theta: [2.0, -3.0, 0.5] };
    let fit = |model: &mut LeastSquares<f64>, batch: &LeastSquaresBatch<'_, f64>| {
        Trainer::new(Still::default())
            .epochs(1)
            .seed(3)
            .validation_split(0.25)
            .fit(model, batch)
            .unwrap()
    };
    let history = fit(&mut model, &batch);
    assert!(history.final_loss() < 1e-30 && history.epochs()[0].validation_loss.unwrap() < 1e-30);

    // Each row spoiled in turn shows in exactly one of the two losses; five of twenty in the validation loss.
    let mut in_validation = 0;
    for row in 0..20 {
        y[row] += 1.0;
        let history = fit(&mut model, &LeastSquares::batch(&x, &y).unwrap());
        let validation_loss = history.epochs()[0].validation_loss.unwrap();
        assert!((validation_loss > 0.1) != (history.final_loss() > 0.05));
        in_validation += usize::from(validation_loss > 0.1);
        y[row] -= 1.0;
    }
    assert_eq!(in_validation, 5);
}

#[test]
fn early_stopping_keeps_the_best_parameters() {
    let (x, y) = rows::<f64>(30, 0.5);
    let (x_other, y_other) = (vec![0.0; 20], vec![0.25; 10]);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let validation = LeastSquares::batch(&x_other, &y_other).unwrap();
    let mut seen = Vec::new();
    let mut model = LeastSquares::zeros();
    let history = trainer()
        .epochs(500)
        .validation(&validation)
        .early_stopping(3)
        .observe(|epoch| seen.push(epoch.validation_loss))
        .fit(&mut model, &batch)
        .unwrap();
    // The bias passes 0.25 on its way to 0.5, so the validation loss falls and rises again.
    assert_eq!(history.stop_reason(), StopReason::NoImprovement { patience: 3 });
    assert_eq!(history.epochs().len(), history.best_epoch() + 3);
    assert_eq!(history.kept(), Kept::Best);
    let best = seen.iter().flatten().fold(f64::INFINITY, |best, &loss| best.min(loss));
    assert_eq!(model.loss_into(&validation, &mut ()), best);
    assert_eq!(seen.len(), history.epochs().len());
}

#[test]
fn early_stopping_without_validation_watches_the_loss_after_the_epoch() {
    let (x, y) = rows::<f64>(30, 0.5);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let mut model = LeastSquares::zeros();
    let history = trainer().epochs(500).early_stopping(4).fit(&mut model, &batch).unwrap();
    assert!(
        matches!(history.stop_reason(), StopReason::NoImprovement { patience: 4 }),
        "{history}"
    );
    assert_eq!(history.final_loss(), model.loss_into(&batch, &mut ()));
}

fn divergence<T: Real>(
    trainer: Plain<'_, T>,
    model: &mut LeastSquares<T>,
    rows: &(Vec<T>, Vec<T>),
) -> Divergence {
    let batch = LeastSquares::batch(&rows.0, &rows.1).unwrap();
    match trainer.fit(model, &batch) {
        Err(Error::Diverged(divergence)) => divergence,
        other => panic!("expected divergence, found {other:?}"),
    }
}

#[test]
fn divergence_keeps_the_last_finite_parameters() {
    fn check<T: Real>() {
        let rows = rows::<T>(50, 0.1);
        let mut model = LeastSquares::<T>::zeros();
        let trainer = Trainer::new(GradientDescent::new(50.0)).epochs(10_000).batch_size(10);
        let found = divergence(trainer, &mut model, &rows);
        assert!(model.theta.iter().all(|theta| theta.to_f64().is_finite()), "{model:?}");
        assert!(model.theta != [T::ZERO; 3] && found.last_finite_loss.unwrap() > 1e30, "{found:?}");
        assert!(found.epoch > 1 && (1..=5).contains(&found.step), "{found:?}");
        let text = Error::Diverged(found.clone()).to_string();
        assert!(text.contains(&format!("in epoch {}, step {}", found.epoch, found.step)), "{text}");
        assert!(text.contains("the last finite loss was"), "{text}");
    }
    check::<f32>();
    check::<f64>();
}

#[test]
fn the_first_parameter_concerned_is_named() {
    let rows = (vec![1e-200, 1e160, 0.0, 1.0], vec![0.0, 0.0]);
    let mut model = LeastSquares { theta: [0.0, 1e100, 0.0] };
    let found = divergence(trainer(), &mut model, &rows);
    assert_eq!((found.epoch, found.step, found.quantity), (1, 1, Quantity::Loss));
    assert_eq!((found.parameter.as_deref(), found.last_finite_loss), (Some("w[1]"), None));
    assert_eq!(model.theta, [0.0, 1e100, 0.0]);
    assert_eq!(
        Error::Diverged(found).to_string(),
        "the loss became inf in epoch 1, step 1, as did the gradient of `w[1]`; no loss was finite before; \
         the model keeps its last finite parameters"
    );
}

#[test]
fn a_step_to_infinity_is_taken_back() {
    let rows = (vec![0.0, 1e150], vec![1e10]);
    let mut model = LeastSquares::zeros();
    let trainer = Trainer::new(GradientDescent::new(1e200)).epochs(1);
    let found = divergence(trainer, &mut model, &rows);
    assert_eq!((found.quantity, found.parameter.as_deref()), (Quantity::Parameter, Some("w[1]")));
    assert_eq!((found.last_finite_loss, model.theta), (Some(1e20), [0.0; 3]));
}

#[test]
fn a_last_step_to_an_infinite_loss_is_taken_back() {
    let rows = (vec![0.0, 1.0], vec![1.0]);
    let mut model = LeastSquares::zeros();
    let trainer = Trainer::new(GradientDescent::new(1e200)).epochs(1);
    let found = divergence(trainer, &mut model, &rows);
    assert_eq!((found.quantity, found.last_finite_loss), (Quantity::Loss, Some(1.0)));
    assert_eq!(model.theta, [0.0; 3]);
}

#[test]
fn a_validation_loss_that_is_not_finite_stops_training() {
    let (x, y) = rows::<f64>(10, 0.1);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let validation = LeastSquares::batch(&[1e200, 0.0], &[0.0]).unwrap();
    let mut model = LeastSquares::zeros();
    let text = trainer().validation(&validation).fit(&mut model, &batch).unwrap_err().to_string();
    assert!(text.starts_with("the validation loss became inf in epoch 1, step 1; "), "{text}");
    assert_eq!(model.theta, [0.0; 3]);
}

#[test]
fn settings_out_of_range_are_named() {
    let (x, y) = rows::<f64>(10, 0.0);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let message = |trainer: Plain<'_, f64>| {
        trainer.fit(&mut LeastSquares::zeros(), &batch).unwrap_err().to_string()
    };
    let split = "`validation_split` is";
    let cases = [
        (trainer().epochs(0), "`epochs` is 0, expected at least 1".to_owned()),
        (trainer().batch_size(0), "`batch_size` is 0, expected at least 1".to_owned()),
        (trainer().accumulate(0), "`accumulate` is 0, expected at least 1".to_owned()),
        (
            trainer().min_delta(-0.5),
            "`min_delta` is -0.5, expected a finite number, at least 0".to_owned(),
        ),
        (trainer().early_stopping(0), "`early_stopping` is 0, expected at least 1".to_owned()),
        (trainer().validation_split(0.0), format!("{split} 0, expected above 0 and below 1")),
        (trainer().validation_split(1.0), format!("{split} 1, expected above 0 and below 1")),
        (
            trainer().validation_split(f64::NAN),
            format!("{split} NaN, expected above 0 and below 1"),
        ),
        (
            trainer().validation_split(0.01),
            format!(
                "{split} 0.01, which is 0 of 10 rows, expected a share that leaves rows on both sides"
            ),
        ),
        (
            trainer().clip_norm(-1.0),
            "`clip_norm` is -1, expected a positive finite number".to_owned(),
        ),
        (
            Trainer::new(GradientDescent::new(f64::NAN)),
            "`learning_rate` is NaN, expected a positive finite number".to_owned(),
        ),
    ];
    for (trainer, expected) in cases {
        assert_eq!(message(trainer), expected);
    }
}

#[test]
fn a_model_that_is_not_finite_is_refused() {
    let (x, y) = rows::<f64>(10, 0.0);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let mut model = LeastSquares { theta: [0.0, f64::NAN, 0.0] };
    assert_eq!(
        trainer().fit(&mut model, &batch).unwrap_err().to_string(),
        "the parameter `w[1]` is NaN, expected a finite number"
    );
}

#[test]
fn limits_and_decay_reach_the_optimizer() {
    let batch_rows = (vec![3.0, 4.0], vec![100.0]);
    let batch = LeastSquares::batch(&batch_rows.0, &batch_rows.1).unwrap();
    let mut model = LeastSquares { theta: [1.0, 1.0, 1.0] };
    let trainer =
        Trainer::new(GradientDescent::new(1.0)).epochs(1).clip_value(2.0).weight_decay(0.5);
    trainer.fit(&mut model, &batch).unwrap();
    // Every element of the gradient is below −2, clipped to it, and 0.5·θ is added.
    assert_eq!(model.theta, [2.5; 3]);
}

#[test]
fn optimizers_may_be_chosen_at_run_time() {
    let (x, y) = rows::<f32>(50, 0.0);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let choices: [Box<dyn Optimizer<f32>>; 2] =
        [Box::new(Adam::new(0.1)), Box::new(GradientDescent::new(0.1))];
    for optimizer in choices {
        let history =
            Trainer::new(optimizer).epochs(50).fit(&mut LeastSquares::zeros(), &batch).unwrap();
        assert!(history.final_loss() < 0.01 * history.first_loss(), "{history}");
    }
}

#[test]
fn the_flag_ends_training_after_the_step_with_the_epoch_in_the_history() {
    let (x, y) = rows::<f64>(50, 0.1);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let flag = AtomicBool::new(true);
    let mut model = LeastSquares::zeros();
    let trainer = trainer().batch_size(10).validation_split(0.2).stop_when(&flag);
    let history = trainer.fit(&mut model, &batch).unwrap();
    assert_eq!(history.stop_reason(), StopReason::Asked);
    assert_eq!((history.epochs().len(), history.epochs()[0].steps), (1, 1));
    assert!(history.epochs()[0].validation_loss.is_some() && model.theta != [0.0; 3]);
    assert!(history.to_string().contains("stopped after 1 of 40 epochs: it was asked to stop"));
}

#[test]
fn a_time_limit_ends_training() {
    let (x, y) = rows::<f64>(50, 0.1);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let fit = |limit| {
        let trainer = trainer().epochs(3).batch_size(10).stop_after(limit);
        trainer.fit(&mut LeastSquares::zeros(), &batch).unwrap()
    };
    let history = fit(Duration::ZERO);
    assert_eq!(history.stop_reason(), StopReason::TimeLimit);
    assert_eq!(history.epochs()[0].steps, 1);
    assert_eq!(fit(Duration::from_hours(1)).stop_reason(), StopReason::EpochsDone);
}

#[test]
fn accumulated_mini_batches_are_one_of_all_their_rows() {
    let (x, y) = rows::<f64>(53, 0.3);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let fit = |rows, mini_batches| {
        let mut model = LeastSquares::zeros();
        let trainer = trainer().epochs(5).batch_size(rows).accumulate(mini_batches);
        let history = trainer.fit(&mut model, &batch).unwrap();
        (model.theta, history)
    };
    // 53 rows are steps of 20, 20 and 13, of mini-batches of 4 rows but for one of 1 at the end.
    let (expected, whole) = fit(20, 1);
    let (found, history) = fit(4, 5);
    assert_eq!(history.epochs()[0].steps, 3);
    for (found, expected) in found.iter().zip(expected) {
        // The same terms in another order, in 15 steps.
        assert!((found - expected).abs() < 1e-14, "{found} {expected}");
    }
    let losses = |history: &History| history.epochs().iter().map(|e| e.loss).collect::<Vec<_>>();
    for (found, expected) in losses(&history).iter().zip(losses(&whole)) {
        assert!((found - expected).abs() < 1e-13, "{found} {expected}");
    }
    assert_eq!(fit(20, 1), fit(20, 1));
    assert_ne!(fit(4, 1).0, found);
}

#[test]
fn one_accumulated_mini_batch_changes_no_bit() {
    let (x, y) = rows::<f32>(50, 0.3);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let fit = |mini_batches| {
        let mut model = LeastSquares::zeros();
        let trainer = trainer().epochs(3).batch_size(50).accumulate(mini_batches);
        trainer.fit(&mut model, &batch).unwrap();
        model.theta
    };
    assert_eq!(fit(7), fit(1));
}

#[test]
fn small_improvements_exhaust_the_patience() {
    let (x, y) = rows::<f64>(30, 0.5);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let fit = |min_delta| {
        let trainer = trainer().epochs(500).batch_size(30).early_stopping(4).min_delta(min_delta);
        trainer.fit(&mut LeastSquares::zeros(), &batch).unwrap()
    };
    let (all, few) = (fit(0.0), fit(0.01));
    assert!(few.epochs().len() < all.epochs().len());
    // The loss falls in every step, so that the last epoch is the best one.
    assert_eq!(few.best_epoch(), few.epochs().len());
    assert_eq!(few.stop_reason(), StopReason::NoImprovement { patience: 4 });
}

#[test]
fn plateaus_lower_the_learning_rate_beside_the_schedule() {
    let (x, y) = rows::<f64>(4, 0.5);
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let factors = RefCell::new(Vec::new());
    Trainer::new(Still { factors: Some(&factors) })
        .epochs(6)
        .batch_size(2)
        .schedule(Schedule::step(5, 0.1))
        .plateau(Plateau::new().factor(0.5).patience(2))
        .validation(&batch)
        .fit(&mut LeastSquares::zeros(), &batch)
        .unwrap();
    let expected = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25 * 0.1, 0.25 * 0.1];
    assert_eq!(factors.into_inner(), expected);
}
