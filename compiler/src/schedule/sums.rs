//! What a step of a loop adds up, term by term.

use super::places;
use crate::functions::scalar::ADD;
use crate::ir::{Access, Body, Graph, Kind, NodeId};

/// The body with a sum for each term that is put at a place, and for each sum the one it was a term of.
///
/// A step that reads an array at several places adds to its adjoint at each of them; the sum of the terms is 0 nearly everywhere, while a
/// term by itself is added where it belongs.
pub fn apart(body: &Body) -> (Body, Vec<usize>) {
    let (mut sums, mut places) = (Vec::new(), Vec::new());
    for (place, &sum) in body.sums.iter().enumerate() {
        let mut terms = Vec::new();
        collect(body, sum, &mut terms);
        if !terms.iter().any(|&term| places::is_put(body.graph.node(term))) {
            terms = vec![sum];
        }
        places.extend(terms.iter().map(|_| place));
        sums.extend(terms);
    }
    (Body { sums, ..body.clone() }, places)
}

/// Appends the terms of a value that nothing else is made of.
fn collect(body: &Body, sum: NodeId, terms: &mut Vec<NodeId>) {
    match &body.graph.node(sum).kind {
        Kind::Map { function, operands }
            if function.0 == ADD.name
                && uses(body, sum) == 1
                && operands.iter().all(|operand| is_whole(&body.graph, operand, sum)) =>
        {
            for operand in operands {
                collect(body, operand.node, terms);
            }
        }
        _ => terms.push(sum),
    }
}

/// Whether an operand has the axes of the value, in their order.
fn is_whole(graph: &Graph, operand: &Access, of: NodeId) -> bool {
    *operand == Access::whole(graph, operand.node) && graph.shape(operand.node) == graph.shape(of)
}

/// How often a value is read or is a result.
fn uses(body: &Body, node: NodeId) -> usize {
    let roots = body.roots();
    let reachable = body.graph.reachable(&roots);
    let read = body.graph.ids().filter(|id| reachable[id.0 as usize]);
    let read = read.flat_map(|id| body.graph.node(id).kind.operands()).map(|operand| operand.node);
    read.chain(roots).filter(|&one| one == node).count()
}
