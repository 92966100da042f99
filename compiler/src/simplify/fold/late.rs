//! Loops of which some results are known before the examples are, and others only after all of them: two loops.
//!
//! The second derivative of a loop over parameters has both: what examples need of it, and what needs the sum over all examples. As one
//! loop it would have to run at two times.

use crate::ir::{Dim, Fold, FoldResult, Graph, Kind, NodeId};

/// The loops, each with results that are known at the same time.
pub fn split(graph: &Graph, folds: Vec<Fold>) -> Vec<Fold> {
    if folds.is_empty() {
        return folds;
    }
    let is_late = late(graph);
    let mut parts = Vec::new();
    for fold in folds {
        let late = |(id, _): &(NodeId, FoldResult)| is_late[id.0 as usize];
        let (last, first): (Vec<_>, Vec<_>) = fold.results.iter().copied().partition(late);
        for results in [first, last].into_iter().filter(|results| !results.is_empty()) {
            parts.push(Fold { results, ..fold.clone() });
        }
    }
    parts
}

/// Which values need sums over all examples.
fn late(graph: &Graph) -> Vec<bool> {
    let mut late = vec![false; graph.len()];
    let mut sums = vec![false; graph.len()];
    for id in graph.ids() {
        let node = graph.node(id);
        let place = id.0 as usize;
        let waits = |operand: NodeId| late[operand.0 as usize] || sums[operand.0 as usize];
        let is_of_examples = match &node.kind {
            Kind::Fold { body, .. } => body.is_batched(),
            _ => node.scope().contains(&Dim::Batch),
        };
        if is_of_examples {
            sums[place] = !graph.is_batched(id);
            continue;
        }
        late[place] = match &node.kind {
            Kind::Fold { body, operands, result } => {
                let waiting: Vec<bool> = operands.iter().map(|one| waits(one.node)).collect();
                waiting.contains(&true)
                    && (!waiting.contains(&false)
                        || body.operands_of(*result).iter().zip(&waiting).any(|(a, b)| *a && *b))
            }
            kind => kind.operands().iter().any(|operand| waits(operand.node)),
        };
    }
    late
}
