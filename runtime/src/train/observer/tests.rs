use std::ops::ControlFlow;

use crate::error::Error;
use crate::least_squares::LeastSquares;
use crate::metrics::Evaluation;
use crate::model::Model;
use crate::optimizer::GradientDescent;
use crate::train::{Epoch, History, StopReason, Trainer};

use super::{Observer, Start, Step};

const X: [f64; 10] = [1.0, 0.0, 0.0, 1.0, 1.0, 1.0, -1.0, 2.0, 0.5, -0.5];
const Y: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];

/// Writes down what it sees, and ends or fails where it is told to.
#[derive(Default)]
struct Notes {
    lines: Vec<String>,
    break_at: Option<&'static str>,
    fail_at: Option<&'static str>,
    norms: Vec<f64>,
    theta: [f64; 3],
}

impl Notes {
    fn note(&mut self, line: String) -> Result<ControlFlow<()>, Error> {
        let [ends, fails] = [self.break_at, self.fail_at].map(|at| at == Some(line.as_str()));
        self.lines.push(line);
        if fails {
            return Err(Error::EmptyBatch { input: "notes" });
        }
        Ok(if ends { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }
}

impl Observer<LeastSquares<f64>> for Notes {
    fn start(&mut self, start: &Start<'_, LeastSquares<f64>>) -> Result<(), Error> {
        let Start { epochs, steps, rows, validation_rows, .. } = start;
        let line = format!("start {epochs} {steps} {rows} {validation_rows:?}");
        self.note(line).map(|_| ())
    }

    fn step(&mut self, step: &Step<'_, LeastSquares<f64>>) -> Result<ControlFlow<()>, Error> {
        self.norms.push(step.gradient_norm());
        self.theta = step.model.theta;
        self.note(format!("step {} {}/{} {}", step.epoch, step.step, step.steps, step.rows))
    }

    fn epoch(
        &mut self,
        epoch: &Epoch,
        model: &LeastSquares<f64>,
    ) -> Result<ControlFlow<()>, Error> {
        assert_eq!(model.theta, self.theta);
        self.note(format!("epoch {} {}", epoch.epoch, epoch.steps))
    }

    fn end(&mut self, history: &History, _: &LeastSquares<f64>) -> Result<(), Error> {
        let line = format!("end {} {:?}", history.epochs().len(), history.stop_reason());
        self.note(line).map(|_| ())
    }
}

fn run(notes: &mut Notes) -> (LeastSquares<f64>, Result<History, Error>) {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let mut model = LeastSquares::zeros();
    let trainer = Trainer::new(GradientDescent::new(0.1)).epochs(2).batch_size(3).observer(notes);
    let history = trainer.fit(&mut model, &batch);
    (model, history)
}

#[test]
fn all_is_seen_in_order() {
    let mut notes = Notes::default();
    run(&mut notes).1.unwrap();
    let expected = [
        "start 2 2 5 None",
        "step 1 1/2 3",
        "step 1 2/2 2",
        "epoch 1 2",
        "step 2 1/2 3",
        "step 2 2/2 2",
        "epoch 2 2",
        "end 2 EpochsDone",
    ];
    assert_eq!(notes.lines, expected);
}

#[test]
fn a_break_ends_the_run_after_the_step_or_epoch() {
    let cases = [
        ("step 1 1/2 3", "epoch 1 1", 1),
        ("step 1 2/2 2", "epoch 1 2", 1),
        ("epoch 1 2", "epoch 1 2", 1),
        ("step 2 1/2 3", "epoch 2 1", 2),
    ];
    for (break_at, last, epochs) in cases {
        let mut notes = Notes { break_at: Some(break_at), ..Notes::default() };
        let (model, history) = run(&mut notes);
        let history = history.unwrap();
        assert_eq!(history.stop_reason(), StopReason::Observer);
        let end = format!("end {epochs} Observer");
        assert_eq!(notes.lines[notes.lines.len() - 2..], [last.to_owned(), end]);
        assert_eq!(model.theta, notes.theta);
        assert!(history.to_string().ends_with("an observer ended it"), "{history}");
    }
}

#[test]
fn an_error_ends_the_run_with_the_parameters_of_the_last_step() {
    for fail_at in ["start 2 2 5 None", "step 1 2/2 2", "epoch 1 2", "end 2 EpochsDone"] {
        let mut notes = Notes { fail_at: Some(fail_at), ..Notes::default() };
        let (model, result) = run(&mut notes);
        assert_eq!(result.unwrap_err(), Error::EmptyBatch { input: "notes" });
        assert_eq!(
            (notes.lines.last().map(String::as_str), model.theta),
            (Some(fail_at), notes.theta)
        );
    }
}

#[test]
fn the_others_see_what_the_one_that_breaks_saw() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let mut first = Notes { break_at: Some("step 1 1/2 3"), ..Notes::default() };
    let (mut second, mut epochs) = (Notes::default(), 0);
    let history = Trainer::new(GradientDescent::new(0.1))
        .batch_size(3)
        .observer(&mut first)
        .observe(|_| epochs += 1)
        .observer(Box::new(&mut second))
        .fit(&mut LeastSquares::zeros(), &batch);
    assert_eq!((history.unwrap().epochs().len(), epochs), (1, 1));
    assert_eq!(first.lines, second.lines);
}

#[test]
fn metrics_are_measured_on_the_validation_rows_after_every_epoch() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let mut model = LeastSquares::zeros();
    let mut seen = Vec::new();
    let history = Trainer::new(GradientDescent::new(0.1))
        .epochs(3)
        .validation(&batch)
        .metric("loss again", |evaluation: &Evaluation<'_, LeastSquares<f64>>| {
            Ok(evaluation.model().loss_into(evaluation.batch(), &mut ()))
        })
        .metric(String::from("one"), |_| Ok(1.0))
        .observe(|epoch| seen.push(epoch.metric("loss again")))
        .fit(&mut model, &batch)
        .unwrap();
    let losses: Vec<_> = history.epochs().iter().map(|epoch| epoch.validation_loss).collect();
    assert_eq!((seen.len(), &seen), (3, &losses));
    assert_eq!(history.epochs()[2].metrics[1], ("one".into(), 1.0));
    assert_eq!(history.epochs()[2].metric("two"), None);
}

#[test]
fn metrics_that_cannot_be_measured_are_refused() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let trainer = || Trainer::new(GradientDescent::new(0.1)).epochs(1).metric("one", |_| Ok(1.0));
    let message = |trainer: Trainer<'_, _, GradientDescent<f64>>| {
        trainer.fit(&mut LeastSquares::zeros(), &batch).unwrap_err().to_string()
    };
    assert_eq!(
        message(trainer()),
        "`metric` is `one`, expected none without `validation` or `validation_split`"
    );
    assert_eq!(
        message(trainer().validation(&batch).metric("one", |_| Ok(2.0))),
        "`metric` is `one`, expected a name that no other metric has"
    );
    assert_eq!(
        message(trainer().validation(&batch).metric("", |_| Ok(2.0))),
        "`metric` is ``, expected some letters in one line"
    );
    let fails = |_: &Evaluation<'_, _>| Err(Error::EmptyBatch { input: "metric" });
    assert_eq!(
        message(trainer().validation(&batch).metric("two", fails)),
        "`metric` is empty, expected at least one row"
    );
}

#[test]
fn who_watches_changes_no_bit_and_the_norm_is_that_of_the_gradient() {
    let batch = LeastSquares::batch(&X, &Y).unwrap();
    let fit = |trainer: Trainer<'_, LeastSquares<f64>, GradientDescent<f64>>| {
        let mut model = LeastSquares::zeros();
        trainer.epochs(1).batch_size(5).fit(&mut model, &batch).unwrap();
        model
    };
    let mut notes = Notes::default();
    let watched = fit(Trainer::new(GradientDescent::new(0.1)).observer(&mut notes));
    assert_eq!(watched, fit(Trainer::new(GradientDescent::new(0.1))));
    let mut gradient = [0.0; 3];
    LeastSquares::zeros().loss_and_gradient_into(&batch, &mut gradient, &mut ());
    let norm = gradient.iter().map(|g| g * g).sum::<f64>().sqrt();
    // Three squares, added after a division by the greatest: some roundings.
    assert!((notes.norms[0] / norm - 1.0).abs() < 1e-15, "{} {norm}", notes.norms[0]);
}
