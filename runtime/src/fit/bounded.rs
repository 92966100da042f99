//! Fits within bounds.

use crate::derivatives::Jacobian;

use super::evaluation::Evaluation;
use super::solve::{Limits, Run, levenberg_marquardt};
use super::stop::FitStop;

/// Fits the free parameters from where the model stands, within their bounds.
///
/// Levenberg and Marquardt's method goes on until a step leaves the box and comes to a smaller sum of squares where it is put back on it;
/// the parameters put back are held there, and the method goes on with the others. At its end, those that the gradient pulls inwards are
/// let go.
///
/// # References
/// Bertsekas (1982), *Projected Newton Methods for Optimization Problems with Simple Constraints*; Kanzow, Yamashita & Fukushima (2004),
/// *Levenberg–Marquardt Methods with Strong Local Convergence for Solving Nonlinear Equations with Convex Constraints*.
pub(super) fn solve_within<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    limits: Limits,
    first_step: f64,
) -> Run {
    let free = evaluation.free().to_vec();
    let run = holding(evaluation, &free, limits, first_step);
    evaluation.set_free(free);
    run
}

/// Levenberg and Marquardt's method with parameters held on bounds; [`FitStop::NoStep`] where it does not come to an end.
fn holding<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    free: &[usize],
    limits: Limits,
    first_step: f64,
) -> Run {
    /// What a parameter that is let go must bring of the sum of squares to go on.
    const GAIN: f64 = 1e-12;
    let mut held: Vec<usize> = Vec::new();
    let mut iterations = 0;
    let mut let_go_at = f64::INFINITY;
    for _ in 0..10 + 4 * free.len() {
        if iterations >= limits.max_iterations {
            return Run { stop: FitStop::MaxIterations, iterations };
        }
        evaluation.set_free(free.iter().copied().filter(|one| !held.contains(one)).collect());
        let before = evaluation.evaluations;
        let run = match evaluation.free() {
            [] => Ok(Run { stop: FitStop::SmallStep, iterations: 0 }),
            _ => levenberg_marquardt(evaluation, limits.without(iterations), first_step),
        };
        let Ok(run) = run else {
            iterations += (evaluation.evaluations - before).max(1);
            held = free.iter().copied().filter(|&one| evaluation.is_on_bound(one)).collect();
            continue;
        };
        iterations += run.iterations;
        let (still_held, cost) = pulled_outwards(evaluation, free, &held);
        let is_gain = cost < let_go_at * (1.0 - GAIN);
        if !run.stop.is_converged() || still_held.len() == held.len() || !is_gain {
            return Run { iterations, ..run };
        }
        let_go_at = cost;
        held = still_held;
    }
    Run { stop: FitStop::NoStep, iterations }
}

/// Those of the parameters on bounds for which the sum of squares falls, if at all, beyond the bound; and the cost, at the best found.
fn pulled_outwards<M: Jacobian<Scalar = f64>>(
    evaluation: &mut Evaluation<'_, M>,
    free: &[usize],
    held: &[usize],
) -> (Vec<usize>, f64) {
    /// A cosine of residuals and column that is rounding.
    const ROUNDING: f64 = 1e-12;
    evaluation.set_free(free.to_vec());
    let Some((cost, theta)) = evaluation.best().map(|(cost, theta)| (cost, theta.to_vec())) else {
        return (held.to_vec(), f64::INFINITY);
    };
    evaluation.move_to(&theta);
    let triangle = evaluation.triangle();
    let is_outwards = |position: usize, column: usize| {
        let gradient = triangle.gradient(column);
        let is_low = theta[position] == evaluation.bounds.low[position];
        let inwards = if is_low { -gradient } else { gradient };
        inwards <= ROUNDING * triangle.column_norm(column) * triangle.column_norm(free.len())
    };
    let columns = free.iter().enumerate().filter(|(_, position)| held.contains(position));
    let still_held = columns
        .filter(|&(column, &position)| is_outwards(position, column))
        .map(|(_, &position)| position);
    (still_held.collect(), cost)
}

#[cfg(test)]
mod tests;
