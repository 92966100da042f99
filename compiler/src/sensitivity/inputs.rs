//! Derivatives for what differs from example to example.

use super::residuals::columns;
use super::{Leaves, Results, labels};
use crate::construct;
use crate::differentiate;
use crate::functions::scalar::MUL;
use crate::ir::{Access, Dim, Graph, NodeId};
use crate::plan::Purpose;

/// The derivatives of each example's own loss for its inputs; `is_mean` says that the loss of the batch is the mean of them.
pub fn input_gradient(
    graph: &mut Graph,
    loss: NodeId,
    inputs: Leaves<'_>,
    is_mean: bool,
) -> Result<Results, String> {
    let leaves: Vec<NodeId> = inputs.iter().map(|(_, leaf)| *leaf).collect();
    let found = differentiate::differentiate(graph, loss, &leaves)?;
    let mut results = Results::new();
    for ((argument, _), adjoint) in inputs.iter().zip(found) {
        let Some(adjoint) = adjoint else { continue };
        let shape = graph.shape(adjoint).to_vec();
        let mut own = Access::whole(graph, adjoint);
        if is_mean {
            let count = Access::scalar(construct::extent(graph, &Dim::Batch));
            own = construct::map(graph, MUL, &[count, own], &shape);
        }
        let node = construct::view(graph, &own, &labels(0, shape.len()), &shape);
        results.push((Purpose::Columns(*argument), node));
    }
    Ok(results)
}

/// The derivatives of the prediction for the inputs, a block of columns for each.
pub fn input_jacobian(
    graph: &mut Graph,
    prediction: NodeId,
    inputs: Leaves<'_>,
) -> Result<Results, String> {
    let mut results = Results::new();
    for (argument, leaf) in inputs {
        let columns = columns(graph, prediction, *leaf)?;
        results.extend(columns.map(|node| (Purpose::Columns(*argument), node)));
    }
    Ok(results)
}
