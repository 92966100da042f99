//! What a step of a loop adds up, term by term.

use super::{places, scattered};
use crate::functions::scalar::ADD;
use crate::ir::{Access, Body, Graph, Kind, NodeId};

/// The body with a sum for each term that is put at a place, or that is a sum over labels as all others are, and for each sum the one it
/// was a term of.
///
/// A step that reads an array at several places adds to its adjoint at each of them; the sum of the terms is 0 nearly everywhere, while a
/// term by itself is added where it belongs. Products of matrices add to what there is for nothing.
pub fn apart(body: &Body) -> (Body, Vec<usize>) {
    let (mut sums, mut places) = (Vec::new(), Vec::new());
    let uses = scattered::uses(&body.graph, &body.roots());
    for (place, &sum) in body.sums.iter().enumerate() {
        let mut terms = Vec::new();
        collect(&body.graph, &uses, sum, &mut terms);
        let is_added_at_places = |&term: &NodeId| {
            let node = body.graph.node(term);
            places::is_put(node) || places::is_scatter(node)
        };
        let is_product = |&term: &NodeId| {
            let is_sum = !body.graph.node(term).kind.reduced().is_empty();
            is_sum && matches!(body.graph.node(term).kind, Kind::Contraction { .. })
        };
        if !terms.iter().any(is_added_at_places) && !terms.iter().all(is_product) {
            terms = vec![sum];
        }
        places.extend(terms.iter().map(|_| place));
        sums.extend(terms);
    }
    (Body { sums, ..body.clone() }, places)
}

/// Appends the terms of a value that nothing else is made of.
fn collect(graph: &Graph, uses: &[usize], sum: NodeId, terms: &mut Vec<NodeId>) {
    match &graph.node(sum).kind {
        Kind::Map { function, operands }
            if function.0 == ADD.name
                && uses[sum.0 as usize] == 1
                && operands.iter().all(|operand| is_whole(graph, operand, sum)) =>
        {
            for operand in operands {
                collect(graph, uses, operand.node, terms);
            }
        }
        _ => terms.push(sum),
    }
}

/// Whether an operand has the axes of the value, in their order.
fn is_whole(graph: &Graph, operand: &Access, of: NodeId) -> bool {
    *operand == Access::whole(graph, operand.node) && graph.shape(operand.node) == graph.shape(of)
}
