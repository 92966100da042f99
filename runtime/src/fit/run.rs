//! From the starts to the report.

use crate::derivatives::Jacobian;
use crate::error::Error;
use crate::finite::first_non_finite;
use crate::generator::Generator;
use crate::parameters::element_name;

use super::error::FitError;
use super::evaluation::Evaluation;
use super::report::FitReport;
use super::solve::{Limits, Run, solve};
use super::starts::draw;
use super::statistics::Curvature;
use super::stop::FitStop;
use super::summary::summarize;

/// A fit, checked and ready.
pub(super) struct Plan<'a, M: Jacobian<Scalar = f64>> {
    pub evaluation: Evaluation<'a, M>,
    pub limits: Limits,
    pub starts: usize,
    pub seed: u64,
    pub is_sigma_absolute: bool,
    pub inputs: Vec<&'a [f64]>,
    pub target: Option<&'a [f64]>,
}

/// The best of all starts: where it is, and how it was found.
pub(super) struct Outcome {
    pub theta: Vec<f64>,
    cost: f64,
    pub stop: FitStop,
    pub iterations: usize,
    pub curvature: Curvature,
    pub is_stationary: bool,
}

impl Outcome {
    /// Whether nothing speaks against it.
    fn is_sound(&self, free: usize) -> bool {
        self.stop.is_converged() && self.is_stationary && self.curvature.rank == free
    }
}

/// Fits from every start and reports the best.
pub(super) fn run<M: Jacobian<Scalar = f64>>(mut plan: Plan<'_, M>) -> Result<FitReport<M>, Error> {
    require_finite_start(&mut plan.evaluation)?;
    let first = plan.evaluation.model.parameters().to_vec();
    let mut generator = Generator::new(plan.seed);
    let mut best = attempt(&mut plan.evaluation, &first, plan.limits);
    for _ in 1..plan.starts {
        let start = draw(&plan.evaluation, &first, &mut generator);
        let outcome = attempt(&mut plan.evaluation, &start, plan.limits);
        best = better(best, outcome);
    }
    // The start itself is finite, so that something was found.
    let outcome = best.ok_or(FitError::StartTooLarge)?;
    Ok(summarize(plan, outcome))
}

/// A fit from one start, tried again with a shorter first step where the first try ended badly; none where the start is not finite.
///
/// A first step that is as long as the model's own scale may leap to where the residuals do not depend on a parameter any more; a
/// shorter one often stays in the valley.
fn attempt<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    start: &[f64],
    limits: Limits,
) -> Option<Outcome> {
    const FIRST_STEPS: [f64; 3] = [100.0, 1.0, 0.1];
    let mut best = None;
    for first_step in FIRST_STEPS {
        evaluation.take_best();
        evaluation.move_to(start)?;
        let run = if evaluation.free().is_empty() {
            Run { stop: FitStop::NothingToFit, iterations: 0 }
        } else {
            solve(evaluation, limits, first_step)
        };
        best = better(best, outcome(evaluation, run));
        if best.as_ref().is_some_and(|best| best.is_sound(evaluation.free().len())) {
            break;
        }
    }
    best
}

/// What a run has led to.
fn outcome<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    run: Run,
) -> Option<Outcome> {
    let (cost, theta) = evaluation.take_best()?;
    evaluation.move_to(&theta);
    let curvature = curvature(evaluation);
    let is_stationary = is_stationary(evaluation, curvature.relative_offset);
    let Run { stop, iterations } = run;
    Some(Outcome { theta, cost, stop, iterations, curvature, is_stationary })
}

/// What the Jacobian says of the parameters, where the model stands: from the triangle of the last step where it is good enough for
/// uncertainties.
fn curvature<M: Jacobian<Scalar = f64>>(evaluation: &mut Evaluation<'_, M>) -> Curvature {
    /// The condition of `JᵀJ` from which on its rounding leaves fewer than nine digits of its inverse.
    const LARGE: f64 = 1e6;
    let (count, free) = (evaluation.count(), evaluation.free().len());
    let curvature = Curvature::of(evaluation.triangle(), count, free);
    if curvature.scaled_condition < LARGE || evaluation.triangle().is_accurate() {
        return curvature;
    }
    evaluation.refine();
    Curvature::of(evaluation.triangle(), count, free)
}

/// Whether the solution is near in comparison with the uncertainty of the parameters that no bound holds, or the residuals are rounding
/// only.
fn is_stationary<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    relative_offset: f64,
) -> bool {
    /// The criterion of Bates & Watts, and a part of the largest term below which residuals are rounding.
    const OFFSET: f64 = 1e-3;
    const ROUNDING: f64 = 1e-11;
    if relative_offset < OFFSET || offset_within_bounds(evaluation) < OFFSET {
        return true;
    }
    let (triangle, free) = (evaluation.triangle(), evaluation.free());
    let theta = evaluation.model.parameters();
    let terms = free.iter().enumerate();
    let largest = terms
        .map(|(column, &position)| theta[position].abs() * triangle.column_norm(column))
        .fold(0.0, f64::max);
    triangle.column_norm(free.len()) <= ROUNDING * largest
}

/// The relative offset in the parameters that are on no bound; 0 where there are none.
fn offset_within_bounds<M: Jacobian<Scalar = f64>>(evaluation: &mut Evaluation<'_, M>) -> f64 {
    let free = evaluation.free().to_vec();
    let inner = free.iter().copied().filter(|&position| !evaluation.is_on_bound(position));
    evaluation.set_free(inner.collect());
    let offset = curvature(evaluation).relative_offset;
    evaluation.set_free(free);
    offset
}

/// The better of two outcomes: the least cost, and of equal ones the first.
fn better(a: Option<Outcome>, b: Option<Outcome>) -> Option<Outcome> {
    match (a, b) {
        (Some(a), Some(b)) => {
            let iterations = a.iterations + b.iterations;
            let best = if b.cost < a.cost { b } else { a };
            Some(Outcome { iterations, ..best })
        }
        (a, b) => a.or(b),
    }
}

/// Refuses a start where a residual or a derivative is not finite.
fn require_finite_start<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
) -> Result<(), FitError> {
    if evaluation.evaluate().is_some() {
        return Ok(());
    }
    if let Some(row) = first_non_finite(evaluation.residuals()) {
        return Err(FitError::StartResidual { row, value: evaluation.residuals()[row] });
    }
    for &position in evaluation.free() {
        if let Some(row) = first_non_finite(evaluation.column(position)) {
            let parameter = element_name(&evaluation.model.layout(), position);
            let value = evaluation.column(position)[row];
            return Err(FitError::StartDerivative { row, parameter, value });
        }
    }
    Err(FitError::StartTooLarge)
}
