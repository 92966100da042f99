//! Second derivatives of the loss.

use super::residuals::gradients;
use super::{Leaves, Results, directions, labels};
use crate::construct;
use crate::differentiate::tangent;
use crate::ir::{Graph, NodeId};
use crate::plan::Purpose;

/// `H·v`, in the shape of the gradient.
///
/// The tangent of the gradient.
pub fn hessian_vector_product(
    graph: &mut Graph,
    loss: NodeId,
    parameters: Leaves<'_>,
) -> Result<Results, String> {
    let first = gradients(graph, loss, parameters)?;
    let seeds = directions(graph, parameters);
    let roots: Vec<NodeId> = first.iter().map(|(_, node)| *node).collect();
    let found = tangent::tangents(graph, &roots, &seeds)?;
    let mut results = Results::new();
    for ((purpose, node), tangent) in first.iter().zip(found) {
        let shape = graph.shape(*node).to_vec();
        if let Some(tangent) = tangent {
            let node = construct::view(graph, &tangent, &labels(0, shape.len()), &shape);
            results.push((*purpose, node));
        }
    }
    Ok(results)
}

/// The loss, its gradient, and the blocks of its Hessian on and above the diagonal.
pub fn hessian(graph: &mut Graph, loss: NodeId, parameters: Leaves<'_>) -> Result<Results, String> {
    let first = gradients(graph, loss, parameters)?;
    let mut results = vec![(Purpose::Loss, loss)];
    results.extend(first.iter().copied());
    for (place, &(columns, leaf)) in parameters.iter().enumerate() {
        for &(rows, _) in &parameters[..=place] {
            let Some((_, gradient)) =
                first.iter().find(|(purpose, _)| *purpose == Purpose::Gradient(rows))
            else {
                continue;
            };
            let Some(found) = tangent::jacobian(graph, *gradient, leaf)? else { continue };
            let scope = [graph.shape(*gradient), graph.shape(leaf)].concat();
            let node = construct::view(graph, &found, &labels(0, scope.len()), &scope);
            results.push((Purpose::Block(rows, columns), node));
        }
    }
    Ok(results)
}
