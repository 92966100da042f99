//! Levenberg and Marquardt's method.
//!
//! It sees the problem after its reduction to a triangle: as many residuals as free parameters and one more, whatever the number of
//! observations. The residuals `Qᵀf` and the matrix `QᵀJ = R` have the norm, the gradient and the products of the whole problem, so that
//! every step is the same, and its cost no longer grows with the number of observations.

use std::cell::RefCell;

use basin::{
    ConvergenceTest, Executor, LevenbergMarquardt, LevenbergMarquardtQr, PointState, Residual,
    Termination,
};

use crate::derivatives::Jacobian;

use super::bounded::solve_within;
use super::evaluation::Evaluation;
use super::linear::Linear;
use super::statistics::relative_offset;
use super::stop::FitStop;

/// When a solver stops.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limits {
    pub max_iterations: usize,
    /// Of the sum of squares, relative, that a step brings and that it promises.
    pub reduction: f64,
    /// Of the parameters, relative, each in its own scale.
    pub step: f64,
}

impl Limits {
    /// What is left of them after so many iterations.
    pub fn without(self, iterations: usize) -> Limits {
        Limits { max_iterations: self.max_iterations.saturating_sub(iterations), ..self }
    }
}

/// What a solver did.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub stop: FitStop,
    pub iterations: usize,
}

/// A step beyond a bound came to a smaller sum of squares on it, where the model stands now.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnBound;

/// The reduced problem, in variables `u = θ/s` that each move the residuals about as much as the others.
struct Reduced<'e, 'a, M: Jacobian<Scalar = f64>> {
    evaluation: RefCell<&'e mut Evaluation<'a, M>>,
    scales: Vec<f64>,
}

impl<M: Jacobian<Scalar = f64>> Reduced<'_, '_, M> {
    /// Evaluates at `u`; whether all is finite.
    fn evaluate(&self, u: &[f64]) -> Result<bool, OnBound> {
        let mut evaluation = self.evaluation.borrow_mut();
        let before = evaluation.best().map(|(cost, _)| cost);
        let theta = u.iter().zip(&self.scales).map(|(u, scale)| u * scale);
        let is_inside = evaluation.are_inside(theta.clone());
        let cost = evaluation.evaluate_at(theta);
        match (cost, before) {
            (Some(cost), Some(before)) if !is_inside && cost < before => Err(OnBound),
            _ => Ok(cost.is_some()),
        }
    }
}

impl<M: Jacobian<Scalar = f64>> Residual for Reduced<'_, '_, M> {
    type Param = Vec<f64>;
    type Output = Vec<f64>;
    type Error = OnBound;

    /// `Qᵀf`; infinite where the model is not finite, so that the step there is rejected.
    fn residual(&self, u: &Vec<f64>) -> Result<Vec<f64>, OnBound> {
        let last = self.scales.len();
        if !self.evaluate(u)? {
            return Ok(vec![f64::INFINITY; last + 1]);
        }
        let evaluation = self.evaluation.borrow();
        Ok((0..=last).map(|row| evaluation.triangle().get(row, last)).collect())
    }
}

impl<M: Jacobian<Scalar = f64>> basin::Jacobian for Reduced<'_, '_, M> {
    type Jacobian = Linear;

    /// `R·diag(s)`.
    fn jacobian(&self, u: &Vec<f64>) -> Result<Linear, OnBound> {
        self.evaluate(u)?;
        Ok(Linear::of(self.evaluation.borrow().triangle(), &self.scales))
    }
}

/// Fits the free parameters from where the model stands.
pub(super) fn solve<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    limits: Limits,
    first_step: f64,
) -> Run {
    let is_open = evaluation.free().iter().all(|&position| evaluation.bounds.is_open(position));
    if !is_open {
        return solve_within(evaluation, limits, first_step);
    }
    levenberg_marquardt(evaluation, limits, first_step)
        .unwrap_or(Run { stop: FitStop::NoStep, iterations: 0 })
}

/// Levenberg and Marquardt's method with Moré's scaling and trust region, whose first radius is `first_step` times the scaled length of
/// the start.
///
/// Once steps bring little, those of Gauss and Newton take over. Where these do not find the minimum, in a bend of a valley, the method
/// goes on to its own limits.
pub(super) fn levenberg_marquardt<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    limits: Limits,
    first_step: f64,
) -> Result<Run, OnBound> {
    /// The part of the sum of squares that is little.
    const LITTLE: f64 = 1e-6;
    let early = Limits { reduction: limits.reduction.max(LITTLE), ..limits };
    let first = damped(evaluation, early, first_step)?;
    let is_early = early != limits && first.stop == FitStop::SmallReduction;
    let rest = limits.without(first.iterations);
    if finish(evaluation) || !is_early || rest.max_iterations == 0 {
        return Ok(first);
    }
    if let Some(theta) = evaluation.best().map(|(_, theta)| theta.to_vec()) {
        evaluation.move_to(&theta);
    }
    let last = damped(evaluation, rest, first_step)?;
    finish(evaluation);
    Ok(Run { iterations: first.iterations + last.iterations, ..last })
}

/// One run of the solver.
fn damped<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    limits: Limits,
    first_step: f64,
) -> Result<Run, OnBound> {
    let (problem, start) = reduced(evaluation);
    let solver: LevenbergMarquardtQr<Vec<f64>, Linear> = LevenbergMarquardt::new()
        .with_absolute_gradient_tolerance(0.0)
        .with_relative_model_reduction_tolerance(limits.reduction)
        .with_relative_trust_radius_tolerance(limits.step)
        .with_initial_step_bound(first_step)
        .with_pivoted_qr();
    let run = Executor::new(problem, solver, PointState::new(start))
        .max_iter(limits.max_iterations as u64)
        .run();
    let result = run?;
    Ok(Run { stop: reason(&result.report.termination), iterations: result.iter() as usize })
}

/// Steps of Gauss and Newton from the best found, as long as they come closer to where the gradient is zero; whether they came there.
///
/// A solver that compares sums of squares finds the parameters to half of the digits that these have; the gradient shows the rest.
fn finish<M: Jacobian<Scalar = f64>>(evaluation: &mut Evaluation<'_, M>) -> bool {
    /// Steps, the offset that a step must leave of the last, that which is small enough, and the part of the cost that is rounding.
    const STEPS: usize = 30;
    const GAIN: f64 = 0.9;
    const ENOUGH: f64 = 3e-9;
    const ROUNDING: f64 = 1e-11;
    let Some((best, theta)) = evaluation.best().map(|(cost, theta)| (cost, theta.to_vec())) else {
        return false;
    };
    evaluation.move_to(&theta);
    let offset = |evaluation: &Evaluation<'_, M>| {
        relative_offset(evaluation.triangle(), evaluation.count(), evaluation.free().len())
    };
    let mut least = offset(evaluation);
    for _ in 0..STEPS {
        if least < ENOUGH {
            return true;
        }
        let Some(step) = evaluation.triangle().step() else { return false };
        let free = evaluation.free().iter();
        let values: Vec<f64> = free
            .zip(step)
            .map(|(&position, step)| evaluation.model.parameters()[position] + step)
            .collect();
        let Some(cost) = evaluation.evaluate_at(values.into_iter()) else { return false };
        let found = offset(evaluation);
        if !(found < GAIN * least && cost <= best * (1.0 + ROUNDING)) {
            return false;
        }
        evaluation.keep();
        least = found;
    }
    least < ENOUGH
}

/// The problem from where the model stands, and there.
///
/// A scale is the power of two next to what moves the residuals by one: multiplying by it is exact, so that a bound stays where it is.
fn reduced<'e, 'a, M: Jacobian<Scalar = f64>>(
    evaluation: &'e mut Evaluation<'a, M>,
) -> (Reduced<'e, 'a, M>, Vec<f64>) {
    let theta: Vec<f64> =
        evaluation.free().iter().map(|&position| evaluation.model.parameters()[position]).collect();
    evaluation.evaluate();
    let scales: Vec<f64> =
        (0..theta.len()).map(|column| scale(evaluation.triangle().column_norm(column))).collect();
    let start = theta.iter().zip(&scales).map(|(theta, scale)| theta / scale).collect();
    (Reduced { evaluation: RefCell::new(evaluation), scales }, start)
}

fn scale(norm: f64) -> f64 {
    if norm.is_normal() { norm.log2().round().clamp(-900.0, 900.0).exp2().recip() } else { 1.0 }
}

/// Our word for the way a run of the solver ended.
fn reason(termination: &Termination) -> FitStop {
    match termination {
        Termination::Converged(tests) => match tests.criteria().first().map(|test| &test.test) {
            Some(ConvergenceTest::RelativeModelReduction) => FitStop::SmallReduction,
            Some(ConvergenceTest::AbsoluteGradientInfinity) => FitStop::ZeroGradient,
            _ => FitStop::SmallStep,
        },
        Termination::Limit(_) => FitStop::MaxIterations,
        Termination::Stalled(_) => FitStop::RoundingLimit,
        _ => FitStop::NoStep,
    }
}
