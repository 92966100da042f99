//! From the best outcome to its report.

use crate::derivatives::Jacobian;
use crate::parameters::element_name;

use super::evaluation::Evaluation;
use super::loss::RobustLoss;
use super::report::{Estimate, EstimateState, FitReport};
use super::run::{Outcome, Plan, is_stationary};
use super::statistics::{Curvature, goodness};
use super::warning::FitWarning;

/// The report of the best outcome.
pub(super) fn summarize<M: Jacobian<Scalar = f64>>(
    plan: Plan<'_, M>,
    outcome: &Outcome,
) -> FitReport<M> {
    let mut evaluation = plan.evaluation;
    evaluation.move_to(&outcome.theta);
    let (count, free) = (evaluation.count(), evaluation.free().len());
    let mut curvature = Curvature::of(evaluation.triangle(), count, free);
    let relative_offset = curvature.relative_offset;
    let is_stationary = is_stationary(&evaluation, &curvature);
    if evaluation.loss != RobustLoss::LeastSquares {
        evaluation.reweigh();
        curvature = Curvature::of(evaluation.triangle(), count, free);
    }
    let has_degrees = plan.is_sigma_absolute || curvature.rank < count;
    let variance = match (plan.is_sigma_absolute, has_degrees) {
        (true, _) => 1.0,
        (false, false) => f64::INFINITY,
        // The last column of the triangle is as long as the residuals, reweighted where the loss asks for it.
        _ => evaluation.triangle().column_norm(free).powi(2) / (count - curvature.rank) as f64,
    };
    let covariance = covariance(&curvature, variance, evaluation.free(), outcome.theta.len());
    let estimates = estimates(&evaluation, &outcome.theta, &covariance);
    let goodness = goodness(
        evaluation.residuals(),
        |row| evaluation.weight(row),
        plan.target,
        plan.is_sigma_absolute,
    );
    let mut warnings = Vec::new();
    if !outcome.stop.is_converged() {
        warnings.push(FitWarning::NotConverged { stop: outcome.stop });
    } else if !is_stationary {
        warnings.push(FitWarning::NotStationary { relative_offset });
    }
    warnings.extend(rank_warning(&curvature, evaluation.free(), &estimates));
    warnings.extend(estimates.iter().filter_map(bound_warning));
    if !has_degrees {
        warnings.push(FitWarning::NoDegreesOfFreedom);
    }
    FitReport {
        residuals: evaluation.residuals().to_vec(),
        observed: observed(&plan.inputs, plan.target, evaluation.rows()),
        estimates,
        covariance,
        goodness,
        rank: curvature.rank,
        is_sigma_absolute: plan.is_sigma_absolute,
        condition: curvature.condition,
        scaled_condition: curvature.scaled_condition,
        relative_offset,
        iterations: outcome.iterations,
        evaluations: evaluation.evaluations,
        stop: outcome.stop,
        warnings,
        model: evaluation.model,
    }
}

/// The covariance of all of θ from that of its free elements.
fn covariance(curvature: &Curvature, variance: f64, free: &[usize], n: usize) -> Vec<f64> {
    let mut covariance = vec![0.0; n * n];
    for (i, &row) in free.iter().enumerate() {
        for (j, &column) in free.iter().enumerate() {
            covariance[row * n + column] = variance * curvature.inverse[i * free.len() + j];
        }
    }
    covariance
}

fn estimates<M: Jacobian<Scalar = f64>>(
    evaluation: &Evaluation<'_, M>,
    theta: &[f64],
    covariance: &[f64],
) -> Vec<Estimate> {
    let layout = evaluation.model.layout();
    let estimate = |(position, &value): (usize, &f64)| Estimate {
        name: element_name(&layout, position),
        value,
        standard_error: covariance[position * theta.len() + position].sqrt(),
        state: if !evaluation.free().contains(&position) {
            EstimateState::Fixed
        } else if value == evaluation.bounds.low[position]
            || value == evaluation.bounds.high[position]
        {
            EstimateState::AtBound
        } else {
            EstimateState::Fitted
        },
    };
    theta.iter().enumerate().map(estimate).collect()
}

fn rank_warning(
    curvature: &Curvature,
    free: &[usize],
    estimates: &[Estimate],
) -> Option<FitWarning> {
    let name = |&column: &usize| estimates[free[column]].name.clone();
    (curvature.rank < free.len()).then(|| FitWarning::RankDeficient {
        rank: curvature.rank,
        parameters: free.len(),
        undetermined: curvature.undetermined.iter().map(name).collect(),
    })
}

fn bound_warning(estimate: &Estimate) -> Option<FitWarning> {
    (estimate.state == EstimateState::AtBound)
        .then(|| FitWarning::AtBound { parameter: estimate.name.clone(), bound: estimate.value })
}

/// What a picture in the plane shows: one number in and one out of every observation.
fn observed(
    inputs: &[&[f64]],
    target: Option<&[f64]>,
    rows: usize,
) -> Option<(Vec<f64>, Vec<f64>)> {
    match (inputs, target) {
        ([x], Some(y)) if x.len() == rows && y.len() == rows => Some((x.to_vec(), y.to_vec())),
        _ => None,
    }
}
