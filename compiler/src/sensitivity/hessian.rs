//! Second derivatives of the loss.

use super::residuals::gradients;
use super::{Leaves, Results, direction, directions, labels};
use crate::construct;
use crate::derivative;
use crate::differentiate::tangent;
use crate::ir::{Access, Graph, NodeId};
use crate::plan::Purpose;

/// `H·v`, in the shape of the gradient.
///
/// The tangent of the gradient, or where a value has none forwards, the gradient of `∂L/∂θ·v`.
pub fn hessian_vector_product(
    graph: &mut Graph,
    loss: NodeId,
    parameters: Leaves<'_>,
) -> Result<Results, String> {
    let first = gradients(graph, loss, parameters)?;
    let seeds = directions(graph, parameters);
    let roots: Vec<NodeId> = first.iter().map(|(_, node)| *node).collect();
    let found = match tangent::tangents(graph, &roots, &seeds) {
        Err(problem) if problem == tangent::OF_MATRIX => {
            let slope = slope(graph, &first, parameters);
            return gradients(graph, slope, parameters);
        }
        found => found?,
    };
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

/// `∂L/∂θ·v`.
fn slope(graph: &mut Graph, first: &Results, parameters: Leaves<'_>) -> NodeId {
    let mut sum = Access::scalar(graph.constant(0.0));
    for (purpose, node) in first {
        let Some(&(argument, leaf)) =
            parameters.iter().find(|(argument, _)| *purpose == Purpose::Gradient(*argument))
        else {
            continue;
        };
        let shape = graph.shape(leaf).to_vec();
        let factors = [Access::whole(graph, *node), direction(graph, argument, leaf)];
        let part = construct::contract(graph, &factors, &labels(0, shape.len()), &shape);
        sum = construct::add(graph, &sum, &part, &[]);
    }
    sum.node
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
            let found = match tangent::jacobian(graph, *gradient, leaf) {
                Err(problem) if problem == tangent::OF_MATRIX => {
                    let node = derivative::derivative(graph, *gradient, leaf, &[])?;
                    Some(Access::whole(graph, node))
                }
                found => found?,
            };
            let Some(found) = found else { continue };
            let scope = [graph.shape(*gradient), graph.shape(leaf)].concat();
            let node = construct::view(graph, &found, &labels(0, scope.len()), &scope);
            results.push((Purpose::Block(rows, columns), node));
        }
    }
    Ok(results)
}
