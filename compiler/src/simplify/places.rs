//! Sums over values that are put at places.

use crate::construct;
use crate::ir::{Access, Dim, Equation, FIXED, Graph, Kind, Label};

/// The sum over the labels `summed` of an array put at places, `Σₙ [i = p(n)]·a[n]`, as additions at the places: of the zeros around them
/// none is stored or added. `None` for other factors.
pub fn summed(
    graph: &mut Graph,
    factor: &Access,
    summed: &[Label],
    scope: &[Dim],
) -> Option<Access> {
    let node = graph.node(factor.node).clone();
    let Kind::Index { operands, over, equations } = &node.kind else { return None };
    let puts = |equation: &Equation| (equation.label as usize) < node.shape.len();
    if !equations.iter().any(puts) {
        return None;
    }
    let (mut scope, mut summed) = (scope.to_vec(), summed.to_vec());
    let mut names = factor.axes.clone();
    for dim in over {
        names.push(scope.len() as Label);
        summed.push(scope.len() as Label);
        scope.push(dim.clone());
    }
    let named = |equation: &Equation| match names[equation.label as usize] {
        FIXED => None,
        label => Some(Equation {
            label,
            position: equation.position.relabelled(&names),
            ..equation.clone()
        }),
    };
    let equations: Option<Vec<Equation>> = equations.iter().map(named).collect();
    let operands: Vec<Access> = operands.iter().map(|operand| operand.relabelled(&names)).collect();
    let (array, integers) = operands.split_first()?;
    Some(construct::index(graph, array, integers, &equations?, &summed, &scope))
}
