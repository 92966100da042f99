//! Runs of the solver, begun again with shorter steps where one does not get on.

use std::cell::RefCell;

use basin::{
    BoxBounds, Constrained, ConstraintSet, ConstraintSolveError, ConvergenceTest, Executor,
    FirstOrderState, Lbfgsb, Termination,
};

use crate::error::Error;
use crate::model::Model;
use crate::parameters::element_name;

use super::error::MinimizeError;
use super::problem::{NotFinite, Problem, Scaled};
use super::report::{MinimizeReport, MinimizeStop};

/// When the solver stops.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub max_iterations: usize,
    pub memory: usize,
    pub gradient: f64,
    pub reduction: f64,
}

/// How one run of the solver ended.
enum End {
    Done(MinimizeStop),
    /// The line search found nothing better.
    NoStep,
    /// It led to where the loss is not finite.
    NotFinite,
}

/// Minimizes from where the model is, and leaves it at the best that was found.
///
/// A run that ends without a step it can take begins again there, without what it has learnt of the curvature, and with a first step that
/// is 16 times as short: near a pole of the loss, or where rounding has spoilt the curvature, that gets on.
pub fn solve<M: Model>(
    mut problem: Problem<'_, '_, M>,
    bounds: &[[f64; 2]],
    limits: Limits,
) -> Result<MinimizeReport, Error> {
    /// How often it may begin again without getting on, and by what first steps become shorter.
    const RESTARTS: usize = 8;
    const SHORTER: f64 = 1.0 / 16.0;
    let first_loss = require_finite_start(&mut problem)?;
    let (mut iterations, mut scale, mut without_gain) = (0, 1.0, 0);
    let stop = loop {
        let before = best_loss(&problem);
        let left = Limits { max_iterations: limits.max_iterations - iterations, ..limits };
        let (done, end) = run(&mut problem, bounds, left, scale)?;
        iterations += done;
        without_gain = if best_loss(&problem) < before { 0 } else { without_gain + 1 };
        match end {
            End::Done(stop) => break stop,
            _ if iterations >= limits.max_iterations => break MinimizeStop::MaxIterations,
            End::NoStep if without_gain >= RESTARTS => break MinimizeStop::RoundingLimit,
            End::NotFinite if without_gain >= RESTARTS => break MinimizeStop::NotFinite,
            End::NoStep | End::NotFinite => scale *= SHORTER,
        }
        let best = problem.best.as_ref().map(|best| best.theta.clone()).unwrap_or_default();
        problem.move_to(best.into_iter());
    };
    Ok(report(problem, bounds, first_loss, iterations, stop))
}

/// The loss at the start, where it and the gradient must be finite.
fn require_finite_start<M: Model>(problem: &mut Problem<'_, '_, M>) -> Result<f64, MinimizeError> {
    let (value, gradient) = problem.evaluate();
    if !value.is_finite() {
        return Err(MinimizeError::StartLoss { value });
    }
    if let Some(place) = gradient.iter().position(|g| !g.is_finite()) {
        let parameter = element_name(&problem.model.layout(), problem.free[place]);
        return Err(MinimizeError::StartGradient { parameter, value: gradient[place] });
    }
    Ok(value)
}

fn best_loss<M: Model>(problem: &Problem<'_, '_, M>) -> f64 {
    problem.best.as_ref().map_or(f64::INFINITY, |best| best.loss)
}

/// One run from where the model is, with a first step of at most this length; how many steps it took and how it ended.
fn run<M: Model>(
    problem: &mut Problem<'_, '_, M>,
    bounds: &[[f64; 2]],
    limits: Limits,
    scale: f64,
) -> Result<(usize, End), MinimizeError> {
    let start: Vec<f64> = problem.theta().into_iter().map(|theta| theta / scale).collect();
    let [low, high] = [0, 1].map(|side| bounds.iter().map(|bound| bound[side] / scale).collect());
    let set = ConstraintSet::new().with_bounds(BoxBounds::new(Some(low), Some(high)));
    let solver = Lbfgsb::<Vec<f64>>::new()
        .with_m_capacity(limits.memory)
        .with_absolute_projected_gradient_tolerance(limits.gradient * scale)
        .with_relative_cost_reduction_tolerance(None)
        .with_relative_cost_change_tolerance(limits.reduction);
    let before = problem.evaluations;
    let scaled = Scaled { problem: RefCell::new(&mut *problem), scale };
    let result = Executor::new(Constrained::new(scaled, set), solver, FirstOrderState::new(start))
        .max_iter(limits.max_iterations as u64)
        .run();
    match result {
        Ok(result) => Ok((result.iter() as usize, end_of(&result.report.termination))),
        Err(ConstraintSolveError::Evaluation(NotFinite)) => {
            Ok(((problem.evaluations - before).min(limits.max_iterations), End::NotFinite))
        }
        Err(error) => Err(MinimizeError::Solver { reason: format!("{error:?}") }),
    }
}

/// Our word for the way a run ended.
fn end_of(termination: &Termination) -> End {
    match termination {
        Termination::Converged(tests) => {
            let is_gradient = tests
                .criteria()
                .iter()
                .any(|criterion| criterion.test == ConvergenceTest::BoundClippedGradient);
            End::Done(if is_gradient {
                MinimizeStop::SmallGradient
            } else {
                MinimizeStop::SmallReduction
            })
        }
        Termination::Limit(_) => End::Done(MinimizeStop::MaxIterations),
        _ => End::NoStep,
    }
}

/// Leaves the model at the best and says how good it is.
fn report<M: Model>(
    mut problem: Problem<'_, '_, M>,
    bounds: &[[f64; 2]],
    first_loss: f64,
    iterations: usize,
    stop: MinimizeStop,
) -> MinimizeReport {
    let evaluations = problem.evaluations;
    let Some(best) = problem.best.take() else {
        // The start itself is finite, so that something was found.
        let gradient_norm = f64::NAN;
        return MinimizeReport {
            first_loss,
            loss: first_loss,
            gradient_norm,
            iterations,
            evaluations,
            stop,
        };
    };
    let elements = best.theta.iter().zip(&best.gradient).zip(bounds);
    let gradient_norm = elements
        .map(|((&theta, &g), &[low, high])| match () {
            () if g > 0.0 && theta <= low => 0.0,
            () if g < 0.0 && theta >= high => 0.0,
            () => g.abs(),
        })
        .fold(0.0, f64::max);
    problem.move_to(best.theta.iter().copied());
    MinimizeReport { first_loss, loss: best.loss, gradient_norm, iterations, evaluations, stop }
}
