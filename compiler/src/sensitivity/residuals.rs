//! Derivatives of the residuals, which are rows: prediction minus target.

use super::{Leaves, Results, directions, labels, name, per_example};
use crate::construct;
use crate::derivative;
use crate::differentiate::{self, tangent};
use crate::functions::scalar::SUB;
use crate::ir::{Access, Dim, Graph, Leaf, NodeId};
use crate::plan::Purpose;

/// `prediction − target`, or the prediction where nothing is compared with it.
pub fn residuals(graph: &mut Graph, prediction: NodeId, has_target: bool) -> NodeId {
    if !has_target {
        return prediction;
    }
    let scope = graph.shape(prediction).to_vec();
    let target = graph.leaf(Leaf::Target, scope.clone());
    let operands = [prediction, target].map(|node| Access::whole(graph, node));
    let residuals = construct::map(graph, SUB, &operands, &scope);
    let all = labels(0, scope.len());
    construct::view(graph, &residuals, &all, &scope)
}

/// The residuals and, for each parameter that they depend on, a block of columns.
pub fn jacobian(
    graph: &mut Graph,
    residuals: NodeId,
    parameters: Leaves<'_>,
) -> Result<Results, String> {
    let mut results = vec![(Purpose::Residual, residuals)];
    for (argument, leaf) in parameters {
        let columns = columns(graph, residuals, *leaf)?;
        results.extend(columns.map(|node| (Purpose::Columns(*argument), node)));
    }
    Ok(results)
}

/// The derivatives of rows for an argument, the examples last.
pub(super) fn columns(
    graph: &mut Graph,
    rows: NodeId,
    leaf: NodeId,
) -> Result<Option<NodeId>, String> {
    let node = derivative::derivative(graph, rows, leaf, &[])?;
    let whole = Access::whole(graph, node).resolved(graph);
    if graph.as_constant(whole.node) == Some(0.0) {
        return Ok(None);
    }
    let extents = [per_example(graph, rows), per_example(graph, leaf), vec![Dim::Batch]].concat();
    let labels = labels(0, graph.shape(node).len());
    let node = construct::view(
        graph,
        &Access { node, axes: labels },
        &super::labels(0, extents.len()),
        &extents,
    );
    name(graph, node, leaf, "columns");
    Ok(Some(node))
}

/// `J·v`, in rows.
pub fn jacobian_vector_product(
    graph: &mut Graph,
    residuals: NodeId,
    parameters: Leaves<'_>,
) -> Result<Results, String> {
    let seeds = directions(graph, parameters);
    let product = tangent::tangents(graph, &[residuals], &seeds)?.pop().flatten();
    let shape = graph.shape(residuals).to_vec();
    let product = product.unwrap_or_else(|| Access::scalar(graph.constant(0.0)));
    let node = construct::view(graph, &product, &labels(0, shape.len()), &shape);
    Ok(vec![(Purpose::Residual, node)])
}

/// `Jᵀ·v`, in the shape of the gradient.
pub fn vector_jacobian_product(
    graph: &mut Graph,
    residuals: NodeId,
    parameters: Leaves<'_>,
) -> Result<Results, String> {
    let shape = graph.shape(residuals).to_vec();
    let weights = graph.leaf(Leaf::Weights, shape.clone());
    graph.set_name(weights, &"weights".into());
    let factors = [weights, residuals].map(|node| Access::whole(graph, node));
    let sum = construct::contract(graph, &factors, &labels(0, shape.len()), &shape);
    gradients(graph, sum.node, parameters)
}

/// The gradient of a number.
pub(super) fn gradients(
    graph: &mut Graph,
    root: NodeId,
    parameters: Leaves<'_>,
) -> Result<Results, String> {
    let leaves: Vec<NodeId> = parameters.iter().map(|(_, leaf)| *leaf).collect();
    let found = differentiate::differentiate(graph, root, &leaves)?;
    let named = parameters.iter().zip(found);
    Ok(named
        .filter_map(|((argument, _), node)| Some((Purpose::Gradient(*argument), node?)))
        .collect())
}

/// `rᵀr`, `Jᵀr` and the blocks of `JᵀJ` on and above the diagonal.
pub fn gauss_newton(
    graph: &mut Graph,
    residuals: NodeId,
    parameters: Leaves<'_>,
) -> Result<Results, String> {
    let shape = graph.shape(residuals).to_vec();
    let rank = shape.len() - 1;
    let whole = Access::whole(graph, residuals);
    let all = labels(0, shape.len());
    let squares = construct::contract(graph, &[whole.clone(), whole.clone()], &all, &shape);
    let mut results = vec![(Purpose::Loss, squares.node)];
    let mut blocks = Vec::new();
    for &(argument, leaf) in parameters {
        let Some(columns) = columns(graph, residuals, leaf)? else { continue };
        let extra = per_example(graph, leaf);
        // Residuals and examples first, then the argument.
        let names = [labels(0, rank), labels(rank + 1, extra.len()), labels(rank, 1)].concat();
        let columns = Access { node: columns, axes: names };
        let scope = [shape.clone(), extra.clone()].concat();
        let product = construct::contract(graph, &[whole.clone(), columns.clone()], &all, &scope);
        let node = construct::view(graph, &product, &labels(rank + 1, extra.len()), &scope);
        name(graph, node, leaf, "bar");
        results.push((Purpose::Gradient(argument), node));
        blocks.push((argument, columns, extra));
    }
    for (place, (argument, right, inner)) in blocks.iter().enumerate() {
        for (other, left, outer) in &blocks[..=place] {
            let scope = [shape.as_slice(), outer, inner].concat();
            let shifted = labels(shape.len() + outer.len(), inner.len());
            let factors = [left.clone(), right.relabelled(&[all.clone(), shifted].concat())];
            let product = construct::contract(graph, &factors, &all, &scope);
            let own = labels(shape.len(), outer.len() + inner.len());
            let node = construct::view(graph, &product, &own, &scope);
            results.push((Purpose::Block(*other, *argument), node));
        }
    }
    Ok(results)
}
