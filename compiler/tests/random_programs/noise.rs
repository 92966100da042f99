//! What rounding does to a value, and whether a sample is fit for a comparison.

use chainrule_compiler::evaluate::{Environment, evaluate};
use chainrule_compiler::ir::{Graph, NodeId};

use super::random::Random;

/// So many numbers may cancel.
const CANCELLED: f64 = 250.0;

/// Whether tiny changes of all reals change the values little, and all values are finite.
///
/// Near a jump, and where digits cancel, rounding decides, and two right answers may differ.
pub fn is_well_conditioned(
    graph: &Graph,
    roots: &[NodeId],
    values: &Environment,
    expected: &[Vec<f64>],
    random: &mut Random,
) -> Result<bool, String> {
    if expected.iter().flatten().any(|number| !number.is_finite()) {
        return Ok(false);
    }
    let moves = moves(graph, roots, values, expected, 1e-12, random)?;
    let steady = |(x, moved): (&f64, &f64)| *moved <= 1e-8 * x.abs().max(*moved);
    Ok(expected.iter().flatten().zip(moves.iter().flatten()).all(steady))
}

/// What rounding may do to each value: a hundred times what changing the last bits of all reals does, and what they are in
/// the largest of them, or in 1, where such numbers cancel.
pub fn noise(
    graph: &Graph,
    nodes: &[NodeId],
    values: &Environment,
    expected: &[Vec<f64>],
    last_bits: f64,
    random: &mut Random,
) -> Result<Vec<Vec<f64>>, String> {
    let mut noise = moves(graph, nodes, values, expected, last_bits, random)?;
    let largest = expected.iter().flatten().fold(1.0, |most: f64, value| most.max(value.abs()));
    let cancelled = CANCELLED * last_bits * largest;
    noise.iter_mut().flatten().for_each(|moved| *moved = (100.0 * *moved).max(cancelled));
    Ok(noise)
}

/// How far each value moves when all reals change by a random part of `relative`.
fn moves(
    graph: &Graph,
    nodes: &[NodeId],
    values: &Environment,
    expected: &[Vec<f64>],
    relative: f64,
    random: &mut Random,
) -> Result<Vec<Vec<f64>>, String> {
    let mut moves: Vec<Vec<f64>> = expected.iter().map(|one| vec![0.0; one.len()]).collect();
    for _ in 0..2 {
        let mut changed = values.clone();
        for numbers in changed.leaves.values_mut() {
            let is_index = numbers.iter().all(|number| *number == number.trunc());
            for number in numbers.iter_mut().filter(|_| !is_index) {
                *number *= 1.0 + random.uniform(-relative, relative);
            }
        }
        let found = evaluate(graph, nodes, &changed)?;
        let pairs = found.iter().flatten().zip(expected.iter().flatten());
        for (moved, (x, y)) in moves.iter_mut().flatten().zip(pairs) {
            *moved = moved.max((x - y).abs());
        }
    }
    Ok(moves)
}
