//! The same values for less work: identities from a table, products of sums reordered by cost.

mod contraction;
mod fold;
mod places;
pub mod rules;
mod share;

use std::sync::LazyLock;

use crate::functions::scalar::MUL;
use crate::ir::{Graph, Kind, NodeId};
use crate::rewrite::{self, Rebuilt, Rules};

/// Rebuilds what the roots depend on until nothing changes.
pub fn simplify(graph: &Graph, roots: &[NodeId]) -> Result<(Graph, Vec<NodeId>), String> {
    static RULES: LazyLock<Result<Rules, String>> = LazyLock::new(|| Rules::parse(rules::RULES));
    let rules = RULES.as_ref().map_err(Clone::clone)?;
    let joined = fold::join(graph, roots);
    let (graph, roots) =
        joined.as_ref().map_or((graph, roots), |(graph, roots)| (graph, roots.as_slice()));
    rewrite::until_settled(graph, roots, |graph, roots| round(graph, roots, rules))
}

fn round(graph: &Graph, roots: &[NodeId], rules: &Rules) -> Result<Rebuilt, String> {
    let uses = count_uses(graph, roots);
    let shared = |id: NodeId| uses[id.0 as usize] > 1;
    let mut folds = fold::Folds::new(graph, roots);
    rewrite::rebuild(graph, roots, &mut |rebuilt, id, kind| match &kind {
        Kind::Contraction { operands, summed } => {
            let originals = graph.node(id).kind.operands();
            let absorbable: Vec<bool> =
                originals.iter().map(|operand| !shared(operand.node)).collect();
            Ok(contraction::simplify(rebuilt, operands, &absorbable, graph.shape(id), summed))
        }
        Kind::Map { function, operands } if function.0 == MUL.name => {
            let originals = graph.node(id).kind.operands();
            let free: Vec<bool> = originals.iter().map(|operand| !shared(operand.node)).collect();
            match share::gathered(rebuilt, operands, &free, graph.shape(id)) {
                Some(product) => Ok(product),
                None => rewrite::keep(rebuilt, rules, &kind, graph.shape(id)),
            }
        }
        Kind::Fold { operands, result, .. } => folds.result(rebuilt, rules, id, operands, *result),
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
