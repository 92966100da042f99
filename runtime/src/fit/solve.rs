//! The solvers: Levenberg–Marquardt, and trust-region-reflective steps where there are bounds.
//!
//! Both see the problem after its reduction to a triangle: as many residuals as free parameters and one more, whatever the number of
//! observations. The residuals `Qᵀf` and the matrix `QᵀJ = R` have the norm, the gradient and the products of the whole problem, so that
//! every step is the same, and its cost no longer grows with the number of observations.

use std::cell::RefCell;
use std::convert::Infallible;

use basin::{
    BoxBounds, Constrained, ConstraintSet, ConvergenceTest, DenseMatrix, Executor,
    LevenbergMarquardt, LevenbergMarquardtQr, PointState, Residual, Termination,
    TrustRegionReflective,
};

use crate::derivatives::Jacobian;

use super::evaluation::Evaluation;
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

/// What a solver did.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub stop: FitStop,
    pub iterations: usize,
}

/// The reduced problem, in variables `u = θ/s` that each move the residuals about as much as the others.
struct Reduced<'e, 'a, M: Jacobian<Scalar = f64>> {
    evaluation: RefCell<&'e mut Evaluation<'a, M>>,
    scales: Vec<f64>,
}

impl<M: Jacobian<Scalar = f64>> Reduced<'_, '_, M> {
    /// Evaluates at `u`; whether all is finite.
    fn evaluate(&self, u: &[f64]) -> bool {
        let theta = u.iter().zip(&self.scales).map(|(u, scale)| u * scale);
        self.evaluation.borrow_mut().evaluate_at(theta).is_some()
    }
}

impl<M: Jacobian<Scalar = f64>> Residual for Reduced<'_, '_, M> {
    type Param = Vec<f64>;
    type Output = Vec<f64>;
    type Error = Infallible;

    /// `Qᵀf`; infinite where the model is not finite, so that the step there is rejected.
    fn residual(&self, u: &Vec<f64>) -> Result<Vec<f64>, Infallible> {
        let last = self.scales.len();
        if !self.evaluate(u) {
            return Ok(vec![f64::INFINITY; last + 1]);
        }
        let evaluation = self.evaluation.borrow();
        Ok((0..=last).map(|row| evaluation.triangle().get(row, last)).collect())
    }
}

impl<M: Jacobian<Scalar = f64>> basin::Jacobian for Reduced<'_, '_, M> {
    type Jacobian = DenseMatrix;

    /// `R·diag(s)`.
    fn jacobian(&self, u: &Vec<f64>) -> Result<DenseMatrix, Infallible> {
        self.evaluate(u);
        let evaluation = self.evaluation.borrow();
        let columns = self.scales.len();
        Ok(DenseMatrix::from_fn(columns + 1, columns, |row, column| {
            evaluation.triangle().get(row, column) * self.scales[column]
        }))
    }
}

/// Fits the free parameters from where the model stands.
///
/// Without bounds this is Levenberg and Marquardt's method in Moré's form. With bounds, trust-region-reflective steps find which of them
/// hold, from the inside; then those parameters are put on their bounds, and Levenberg and Marquardt's method finishes the others.
pub(super) fn solve<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    limits: Limits,
    first_step: f64,
) -> Run {
    let free = evaluation.free().to_vec();
    if free.iter().all(|&position| evaluation.bounds.is_open(position)) {
        return levenberg_marquardt(evaluation, limits, first_step);
    }
    let reflective = trust_region_reflective(evaluation, limits);
    let inner = off_bounds(evaluation, &free);
    let rest = Limits {
        max_iterations: limits.max_iterations.saturating_sub(reflective.iterations),
        ..limits
    };
    evaluation.set_free(inner);
    let polish = match evaluation.free() {
        [] => Run { stop: FitStop::SmallStep, iterations: 0 },
        _ if rest.max_iterations == 0 => reflective,
        _ => levenberg_marquardt(evaluation, rest, first_step),
    };
    evaluation.set_free(free);
    Run { iterations: reflective.iterations + polish.iterations, ..polish }
}

/// Levenberg and Marquardt's method with Moré's scaling and trust region, whose first radius is `first_step` times the scaled length of
/// the start.
///
/// Once steps bring little, those of Gauss and Newton take over. Where these do not find the minimum, in a bend of a valley, the method
/// goes on to its own limits.
fn levenberg_marquardt<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    limits: Limits,
    first_step: f64,
) -> Run {
    /// The part of the sum of squares that is little.
    const LITTLE: f64 = 1e-6;
    let early = Limits { reduction: limits.reduction.max(LITTLE), ..limits };
    let first = damped(evaluation, early, first_step);
    let is_early = early != limits && first.stop == FitStop::SmallReduction;
    let left = limits.max_iterations.saturating_sub(first.iterations);
    if finish(evaluation) || !is_early || left == 0 {
        return first;
    }
    if let Some(theta) = evaluation.best().map(|(_, theta)| theta.to_vec()) {
        evaluation.move_to(&theta);
    }
    let rest = damped(evaluation, Limits { max_iterations: left, ..limits }, first_step);
    finish(evaluation);
    Run { iterations: first.iterations + rest.iterations, ..rest }
}

/// One run of the solver.
fn damped<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    limits: Limits,
    first_step: f64,
) -> Run {
    let (problem, start) = reduced(evaluation);
    let solver: LevenbergMarquardtQr<Vec<f64>, DenseMatrix> = LevenbergMarquardt::new()
        .with_absolute_gradient_tolerance(0.0)
        .with_relative_model_reduction_tolerance(limits.reduction)
        .with_relative_trust_radius_tolerance(limits.step)
        .with_initial_step_bound(first_step)
        .with_pivoted_qr();
    let run = Executor::new(problem, solver, PointState::new(start))
        .max_iter(limits.max_iterations as u64)
        .run();
    let Ok(result) = run;
    Run { stop: reason(&result.report.termination), iterations: result.iter() as usize }
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

/// Steps that are reflected at the bounds and never reach them.
fn trust_region_reflective<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    limits: Limits,
) -> Run {
    let bounds = evaluation.bounds.clone();
    let free = evaluation.free().to_vec();
    let (problem, start) = reduced(evaluation);
    let scaled = |values: &[f64]| {
        free.iter()
            .zip(&problem.scales)
            .map(|(&position, scale)| values[position] / scale)
            .collect()
    };
    let set = BoxBounds::new(Some(scaled(&bounds.low)), Some(scaled(&bounds.high)));
    let problem = Constrained::new(problem, ConstraintSet::new().with_bounds(set));
    let solver = TrustRegionReflective::new()
        .with_absolute_scaled_gradient_tolerance(0.0)
        .with_relative_cost_change_tolerance(limits.reduction)
        .with_relative_step_tolerance(limits.step);
    let run = Executor::new(problem, solver, PointState::new(start))
        .max_iter(limits.max_iterations as u64)
        .run();
    match run {
        Ok(result) => {
            Run { stop: reason(&result.report.termination), iterations: result.iter() as usize }
        }
        Err(_) => Run { stop: FitStop::NoStep, iterations: 0 },
    }
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

/// Puts the free parameters that bounds hold on these bounds, and returns the others.
///
/// A bound holds a parameter that is nearer to it than the step that the gradient asks for, along which the sum of squares falls beyond
/// the bound.
fn off_bounds<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    free: &[usize],
) -> Vec<usize> {
    let Some((_, theta)) = evaluation.best().map(|(cost, theta)| (cost, theta.to_vec())) else {
        return free.to_vec();
    };
    evaluation.move_to(&theta);
    let mut inner = Vec::new();
    for (column, &position) in free.iter().enumerate() {
        let (value, norm) = (theta[position], evaluation.triangle().column_norm(column));
        let step = -evaluation.triangle().gradient(column) / (norm * norm);
        let bound = if step > 0.0 {
            evaluation.bounds.high[position]
        } else {
            evaluation.bounds.low[position]
        };
        if step != 0.0 && (bound - value).abs() < step.abs() {
            evaluation.model.parameters_mut()[position] = bound;
        } else {
            inner.push(position);
        }
    }
    inner
}

/// Our word for the way a run of the solver ended.
fn reason(termination: &Termination) -> FitStop {
    match termination {
        Termination::Converged(tests) => match tests.criteria().first().map(|test| &test.test) {
            Some(ConvergenceTest::RelativeModelReduction | ConvergenceTest::RelativeCostChange) => {
                FitStop::SmallReduction
            }
            Some(
                ConvergenceTest::AbsoluteGradientInfinity | ConvergenceTest::AbsoluteScaledGradient,
            ) => FitStop::ZeroGradient,
            _ => FitStop::SmallStep,
        },
        Termination::Limit(_) => FitStop::MaxIterations,
        Termination::Stalled(_) => FitStop::RoundingLimit,
        _ => FitStop::NoStep,
    }
}
