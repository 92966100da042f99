//! Central differences of the lowered loss.

use chainrule_compiler::evaluate::{Environment, evaluate};
use chainrule_compiler::ir::{Graph, Leaf, NodeId};

use super::random::Random;

/// The longer of the two steps.
const STEP: f64 = 1e-4;

/// Compares gradients with differences along coordinates and random directions.
///
/// `false` where the sample lies near a kink: there two steps give different slopes.
pub fn check(
    graph: &Graph,
    loss: NodeId,
    parameters: &[usize],
    gradients: &[Vec<f64>],
    values: &Environment,
    tolerance: f64,
    random: &mut Random,
) -> Result<bool, String> {
    let sizes: Vec<usize> = gradients.iter().map(Vec::len).collect();
    let mut directions: Vec<Vec<Vec<f64>>> = Vec::new();
    for (place, &size) in sizes.iter().enumerate() {
        let mut direction = zeros(&sizes);
        direction[place][random.below(size)] = 1.0;
        directions.push(direction);
    }
    for _ in 0..2 {
        let draw = |&size: &usize| (0..size).map(|_| random.uniform(-1.0, 1.0)).collect();
        directions.push(sizes.iter().map(draw).collect());
    }
    let mut kept = true;
    for direction in &directions {
        let promised: f64 = gradients
            .iter()
            .flatten()
            .zip(direction.iter().flatten())
            .map(|(slope, step)| slope * step)
            .sum();
        let along = |step: f64| loss_along(graph, loss, parameters, direction, values, step);
        let Some((slope, noise)) = slope(along)? else {
            kept = false;
            continue;
        };
        let allowed = tolerance * promised.abs().max(slope.abs()) + noise;
        if (promised - slope).abs() > allowed {
            return Err(format!(
                "differentiate: the slope along {direction:?} is {promised}, by differences {slope}"
            ));
        }
    }
    Ok(kept)
}

/// Whether the differences along all parameters together are finite and agree with each other.
pub fn are_finite(
    graph: &Graph,
    loss: NodeId,
    parameters: &[usize],
    values: &Environment,
) -> Result<bool, String> {
    let sizes: Vec<usize> =
        parameters.iter().map(|index| values.leaves[&Leaf::Argument(*index)].len()).collect();
    let direction: Vec<Vec<f64>> = sizes.iter().map(|&size| vec![1.0; size]).collect();
    let along = |step: f64| loss_along(graph, loss, parameters, &direction, values, step);
    Ok(slope(along)?.is_some())
}

/// Where a function is evaluated for its slope at 0.
pub const POINTS: [f64; 5] = [-STEP, -0.5 * STEP, 0.0, 0.5 * STEP, STEP];

fn slope(along: impl Fn(f64) -> Result<f64, String>) -> Result<Option<(f64, f64)>, String> {
    let values: Vec<f64> = POINTS.into_iter().map(along).collect::<Result<_, _>>()?;
    Ok(slope_through(|point| values[point]))
}

/// The derivative at 0 by extrapolation, with what rounding may add, from the values at [`POINTS`]; `None` where two steps disagree.
pub fn slope_through(at: impl Fn(usize) -> f64) -> Option<(f64, f64)> {
    let (near, far) = (0.5 * STEP, STEP);
    let [a, b, here, c, d] = [0, 1, 2, 3, 4].map(at);
    let (long, short) = ((d - a) / (2.0 * far), (c - b) / (2.0 * near));
    let extrapolated = (4.0 * short - long) / 3.0;
    let noise = 1e-11 * [a, b, c, d].iter().fold(1.0, |most: f64, number| most.max(number.abs()));
    let agree = (long - short).abs() <= 1e-5 * long.abs().max(short.abs()) + noise;
    let bends = [(d, a, far), (c, b, near)].map(|(up, down, h)| (up - 2.0 * here + down) / (h * h));
    let smooth = (bends[0] - bends[1]).abs() <= 1e-3 * bends[0].abs() + 1e5 * noise;
    (agree && smooth && extrapolated.is_finite()).then_some((extrapolated, 100.0 * noise))
}

fn loss_along(
    graph: &Graph,
    loss: NodeId,
    parameters: &[usize],
    direction: &[Vec<f64>],
    values: &Environment,
    step: f64,
) -> Result<f64, String> {
    let mut moved = values.clone();
    for (index, direction) in parameters.iter().zip(direction) {
        let Some(numbers) = moved.leaves.get_mut(&Leaf::Argument(*index)) else { continue };
        for (number, along) in numbers.iter_mut().zip(direction) {
            *number += step * along;
        }
    }
    Ok(evaluate(graph, &[loss], &moved)?[0][0])
}

fn zeros(sizes: &[usize]) -> Vec<Vec<f64>> {
    sizes.iter().map(|&size| vec![0.0; size]).collect()
}
