use std::cell::Cell;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use crate::error::Error;
use crate::generator::Generator;
use crate::kernel::real::Real;
use crate::least_squares::LeastSquares;
use crate::model::Model;
use crate::optimizer::Adam;
use crate::train::{self, Average, Epoch, History, Observer, Quantity, Step, StopReason, Trainer};

use super::{DistributedError, Group, InProcess, Numbers, NumbersMut, agree, broadcast};

/// Runs the same on all members of a group, by rank.
fn on_all<R: Send>(size: usize, run: impl Fn(InProcess) -> R + Sync) -> Vec<R> {
    thread::scope(|scope| {
        let members = InProcess::group(size).into_iter();
        let threads: Vec<_> = members.map(|member| scope.spawn(|| run(member))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no member panics")).collect()
    })
}

fn rows(count: usize) -> (Vec<f64>, Vec<f64>) {
    let mut generator = Generator::new(1);
    let x: Vec<f64> = (0..2 * count).map(|_| generator.normal()).collect();
    let y = x.chunks_exact(2).map(|x| 2.0 * x[0] - 3.0 * x[1] + 0.5 + 0.1 * generator.normal());
    let y = y.collect();
    (x, y)
}

type Plain<'t> = Trainer<'t, LeastSquares<f64>, Adam<f64>>;

fn trainer<'t>() -> Plain<'t> {
    Trainer::new(Adam::new(0.05)).epochs(6).batch_size(5).seed(3)
}

/// Trains on the first `count` rows, as `with` says.
fn fit<'t>(
    count: usize,
    with: impl FnOnce(Plain<'t>) -> Plain<'t>,
) -> (Result<History, Error>, [f64; 3]) {
    let (x, y) = rows(count);
    let mut model = LeastSquares::zeros();
    let batch = LeastSquares::batch(&x, &y).expect("the rows fit");
    let history = with(trainer()).fit(&mut model, &batch);
    (history, model.theta)
}

#[test]
fn members_have_the_same_bits_and_those_of_one_process_up_to_rounding() {
    for size in [1, 2, 3, 4, 7] {
        let ways: [for<'t> fn(Plain<'t>) -> Plain<'t>; 6] = [
            |trainer| trainer,
            |trainer| trainer.validation_split(0.3).early_stopping(2),
            |trainer| trainer.batch_size(100).early_stopping(50),
            |trainer| trainer.clip_norm(0.1).weight_decay(0.01),
            |trainer| trainer.accumulate(2),
            |trainer| {
                let slow = train::Group::new().learning_rate_factor(0.5);
                trainer.average(Average::exponential(0.9)).group(["b"], slow)
            },
        ];
        for with in ways {
            let (history, theta) = fit(23, with);
            let history = history.expect("training is finite");
            let run =
                || on_all(size, |member| fit(23, |trainer| with(trainer.distributed(&member))));
            let members = run();
            assert_eq!(members, run());
            for (found, found_theta) in members {
                let found = found.expect("training is finite");
                // Six epochs of five steps, each some roundings of 2⁻⁵³.
                let near = |a: f64, b: f64| (a - b).abs() <= 1e-13 * (1.0 + b.abs());
                assert!(near(found.final_loss(), history.final_loss()), "{found} {history}");
                assert_eq!(found.epochs().len(), history.epochs().len());
                assert!(theta.iter().zip(&found_theta).all(|(&a, &b)| near(a, b)));
                assert!(size > 1 || (&found, found_theta) == (&history, theta));
            }
        }
    }
}

/// Counts the sums, and hands them on.
struct Counting<'g>(&'g InProcess, Cell<usize>);

impl Group for Counting<'_> {
    fn rank(&self) -> usize {
        self.0.rank()
    }

    fn size(&self) -> usize {
        self.0.size()
    }

    fn sum_into(&self, own: Numbers<'_>, total: NumbersMut<'_>) -> Result<(), Error> {
        self.1.set(self.1.get() + 1);
        self.0.sum_into(own, total)
    }

    fn broadcast(&self, numbers: NumbersMut<'_>) -> Result<(), Error> {
        self.0.broadcast(numbers)
    }
}

#[test]
fn a_step_is_one_message_however_many_mini_batches_it_has() {
    let sums = |epochs, batches| {
        let counts = on_all(2, |member| {
            let counting = Counting(&member, Cell::new(0));
            let (end, _) = fit(40, |trainer| {
                trainer.epochs(epochs).accumulate(batches).distributed(&counting)
            });
            end.expect("training is finite");
            counting.1.get()
        });
        assert_eq!(counts[0], counts[1]);
        counts[0]
    };
    // Eight mini-batches, and what is agreed on after an epoch.
    assert_eq!(sums(3, 1) - sums(2, 1), 8 + 1);
    assert_eq!(sums(3, 4) - sums(2, 4), 2 + 1);
}

#[test]
fn anyone_may_ask_all_to_stop() {
    let found = on_all(3, |member| {
        let flag = AtomicBool::new(member.rank() == 2);
        fit(20, |trainer| trainer.stop_when(&flag).distributed(&member))
    });
    assert!(found.iter().all(|member| *member == found[0]));
    let history = found[0].0.as_ref().expect("stopping is no error");
    assert_eq!((history.stop_reason(), history.epochs()[0].steps), (StopReason::Asked, 1));
}

#[test]
fn a_member_may_have_no_rows_of_a_short_mini_batch() {
    // Mini-batches of 5 and 1 rows for 4 members.
    let (history, _) = fit(6, |trainer| trainer);
    let expected = history.expect("training is finite").final_loss();
    for (history, _) in on_all(4, |member| fit(6, |trainer| trainer.distributed(&member))) {
        let found = history.expect("training is finite").final_loss();
        assert!((found - expected).abs() <= 1e-13 * expected, "{found} {expected}");
    }
}

#[test]
fn random_numbers_are_those_of_one_process() {
    use crate::prelude::*;

    #[model(loss = squared_error, scalar = f64)]
    fn noisy(x: Input, #[init(ones)] w: Param) -> Output {
        w * (x + 0.5 * normal_like(x))
    }

    let (x, y) = rows(12);
    let run = |group: Option<&dyn Group>, rows: usize| {
        let batch = Noisy::batch(&x[..12], &y).expect("the rows fit");
        let mut model = Noisy::seeded(1);
        let mut trainer = Trainer::new(GradientDescent::new(0.01)).epochs(4).batch_size(rows);
        if let Some(group) = group {
            trainer = trainer.distributed(group);
        }
        trainer.fit(&mut model, &batch).expect("training is finite");
        model.w()
    };
    for rows in [5, 12] {
        let expected = run(None, rows);
        for found in on_all(3, |member| run(Some(&member), rows)) {
            assert!((found - expected).abs() < 1e-14, "{found} {expected}");
        }
    }
}

#[test]
fn a_number_that_is_not_finite_is_the_same_error_on_all_members() {
    let (mut x, y) = rows(20);
    // Only the member whose part has the last row meets an infinite residual.
    x[39] = 1e200;
    let found = on_all(2, |member| {
        let mut model = LeastSquares { theta: [0.0, 1e-3, 0.0] };
        let batch = LeastSquares::batch(&x, &y).expect("the rows fit");
        let trainer = trainer().batch_size(20).distributed(&member);
        (trainer.fit(&mut model, &batch), model.theta)
    });
    assert_eq!(found[0], found[1]);
    let (Err(Error::Diverged(divergence)), theta) = &found[0] else { panic!("{found:?}") };
    assert_eq!((divergence.epoch, divergence.step), (1, 1));
    assert_eq!((divergence.quantity, theta[1]), (Quantity::Loss, 1e-3));
}

/// Breaks or fails at a step of the second epoch, and counts its calls.
struct Ends<'a> {
    calls: &'a AtomicUsize,
    step: usize,
    with: Result<ControlFlow<()>, Error>,
}

impl<M: Model> Observer<M> for Ends<'_> {
    fn step(&mut self, step: &Step<'_, M>) -> Result<ControlFlow<()>, Error> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let is_due = (step.epoch, step.step) == (2, self.step);
        if is_due { self.with.clone() } else { Ok(ControlFlow::Continue(())) }
    }

    fn epoch(&mut self, epoch: &Epoch, _: &M) -> Result<ControlFlow<()>, Error> {
        let is_due = epoch.epoch == 2 && self.step == 0;
        if is_due { self.with.clone() } else { Ok(ControlFlow::Continue(())) }
    }
}

#[test]
fn one_observer_ends_the_run_on_all_members() {
    // Within the second epoch, at its last step, and after it.
    for (step, steps) in [(2, 2), (4, 4), (0, 4)] {
        let calls = AtomicUsize::new(0);
        let found = on_all(3, |member| {
            let with = Ok(ControlFlow::Break(()));
            let observer = Ends { calls: &calls, step, with };
            fit(20, |trainer| trainer.distributed(&member).observer(observer))
        });
        assert_eq!(calls.into_inner(), 4 + steps);
        assert!(found.iter().all(|member| *member == found[0]));
        let history = found[0].0.as_ref().expect("breaking is no error");
        assert_eq!(history.stop_reason(), StopReason::Observer);
        assert_eq!((history.epochs().len(), history.epochs()[1].steps), (2, steps));
    }
}

#[test]
fn one_failure_is_known_to_all_members() {
    for step in [0, 2, 4] {
        let calls = AtomicUsize::new(0);
        let error = Error::EmptyBatch { input: "x" };
        let found = on_all(3, |member| {
            let observer = Ends { calls: &calls, step, with: Err(error.clone()) };
            fit(20, |trainer| trainer.distributed(&member).observer(observer))
        });
        assert_eq!(found[0].0, Err(error));
        let other = DistributedError::OtherFailed { rank: Some(0) };
        assert!(found[1..].iter().all(|(end, _)| *end == Err(Error::Distributed(other.clone()))));
        assert!(found.iter().all(|(_, theta)| *theta == found[0].1));
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
fn message(error: Error) -> String {
    error.to_string()
}

#[test]
fn members_with_different_settings_do_not_begin() {
    let found = on_all(3, |member| {
        let seed = (member.rank() == 1).into();
        fit(20, |trainer| trainer.seed(seed).distributed(&member)).0.map_err(message)
    });
    let expected = "the settings differ between the ranks, expected the same on all of them";
    assert!(found.iter().all(|end| *end == Err(expected.to_owned())), "{found:?}");

    let found = on_all(2, |member| {
        fit(20 + member.rank(), |trainer| trainer.distributed(&member)).0.map_err(message)
    });
    let expected =
        "the rows of the batch differ between the ranks, expected the same on all of them";
    assert!(found.iter().all(|end| *end == Err(expected.to_owned())), "{found:?}");
}

#[test]
fn a_bad_setting_of_one_member_is_known_to_all() {
    let found = on_all(2, |member| {
        fit(20, |trainer| trainer.epochs(member.rank()).distributed(&member)).0.map_err(message)
    });
    assert_eq!(found[0], Err("`epochs` is 0, expected at least 1".to_owned()));
    let expected = "rank 0 failed, and training ends on all ranks; its own error says why";
    assert_eq!(found[1], Err(expected.to_owned()));
}

#[test]
fn a_member_that_leaves_is_missed() {
    let found = on_all(2, |member| {
        if member.rank() == 1 {
            return Ok(());
        }
        fit(20, |trainer| trainer.distributed(&member)).0.map(|_| ()).map_err(message)
    });
    let expected = "rank 1 ended before the others, expected it to take part in a sum";
    assert_eq!(found, [Err(expected.to_owned()), Ok(())]);
}

#[test]
fn results_and_numbers_are_shared() {
    let found = on_all(3, |member| {
        let own = if member.rank() == 2 {
            Err(Error::EmptyBatch { input: "x" })
        } else {
            Ok(member.rank())
        };
        assert_eq!(agree(&member, Ok(1)), Ok(1));
        let mut numbers = [member.rank() as f32, -0.0];
        broadcast(&member, &mut numbers).expect("all are here");
        assert_eq!(numbers.map(f32::to_bits), [0.0_f32.to_bits(), (-0.0_f32).to_bits()]);
        agree(&member, own).map_err(message)
    });
    let other = "rank 2 failed, and training ends on all ranks; its own error says why".to_owned();
    let own = Error::EmptyBatch { input: "x" }.to_string();
    assert_eq!(found, [Err(other.clone()), Err(other), Err(own)]);
}

#[test]
fn sums_need_messages_of_the_same_length() {
    let found = on_all(2, |member| {
        let own = vec![1.0; 1 + member.rank()];
        let mut total = own.clone();
        member.sum_into(f64::numbers(&own), f64::numbers_mut(&mut total)).map_err(message)
    });
    let expected = "the kinds or lengths of messages differ between the ranks, expected the same on all of them";
    assert!(found.iter().all(|end| *end == Err(expected.to_owned())), "{found:?}");
}
