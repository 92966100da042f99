//! The same values for less work: identities from a table, products of sums reordered by cost.

mod contraction;
pub mod rules;

pub use self::contraction::estimate;

use crate::ir::{Graph, Kind, NodeId};
use crate::rewrite::{self, Rules};

/// More rounds than any model needs; each round only makes the graph cheaper.
const MOST_ROUNDS: usize = 12;

/// Rebuilds what the roots depend on until nothing changes.
pub fn simplify(graph: &Graph, roots: &[NodeId]) -> Result<(Graph, Vec<NodeId>), String> {
    let rules = Rules::parse(rules::RULES)?;
    let (mut graph, mut roots) = round(graph, roots, &rules)?;
    for _ in 1..MOST_ROUNDS {
        let (next, next_roots) = round(&graph, &roots, &rules)?;
        let settled = next.len() == graph.len() && next.ids().all(|id| next.node(id) == graph.node(id));
        (graph, roots) = (next, next_roots);
        if settled {
            break;
        }
    }
    Ok((graph, roots))
}

fn round(graph: &Graph, roots: &[NodeId], rules: &Rules) -> Result<(Graph, Vec<NodeId>), String> {
    let uses = count_uses(graph, roots);
    let shared = |id: NodeId| uses[id.0 as usize] > 1;
    rewrite::rebuild(graph, roots, &mut |rebuilt, id, kind| match &kind {
        Kind::Contraction { operands, summed } => {
            let originals = graph.node(id).kind.operands();
            let absorbable: Vec<bool> = originals.iter().map(|operand| !shared(operand.node)).collect();
            Ok(contraction::simplify(rebuilt, operands, &absorbable, graph.shape(id), summed))
        }
        _ => rewrite::keep(rebuilt, rules, &kind, graph.shape(id)),
    })
}

/// How many operands (and roots) refer to each node.
fn count_uses(graph: &Graph, roots: &[NodeId]) -> Vec<u32> {
    let reachable = graph.reachable(roots);
    let mut uses = vec![0; graph.len()];
    for root in roots {
        uses[root.0 as usize] += 1;
    }
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        for operand in graph.node(id).kind.operands() {
            uses[operand.node.0 as usize] += 1;
        }
    }
    uses
}
