//! The same values for less work: identities from a table, products of sums reordered by cost.

mod contraction;
pub mod rules;

use std::sync::LazyLock;

use crate::construct;
use crate::functions::scalar::{DIV, MUL};
use crate::ir::{Access, Dim, Graph, Kind, NodeId};
use crate::rewrite::{self, Rebuilt, Rules};

/// Rebuilds what the roots depend on until nothing changes.
pub fn simplify(graph: &Graph, roots: &[NodeId]) -> Result<(Graph, Vec<NodeId>), String> {
    static RULES: LazyLock<Result<Rules, String>> = LazyLock::new(|| Rules::parse(rules::RULES));
    let rules = RULES.as_ref().map_err(Clone::clone)?;
    rewrite::until_settled(graph, roots, |graph, roots| round(graph, roots, rules))
}

fn round(graph: &Graph, roots: &[NodeId], rules: &Rules) -> Result<Rebuilt, String> {
    let uses = count_uses(graph, roots);
    let shared = |id: NodeId| uses[id.0 as usize] > 1;
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
            match reordered_product(rebuilt, operands, &free, graph.shape(id)) {
                Some(product) => Ok(product),
                None => rewrite::keep(rebuilt, rules, &kind, graph.shape(id)),
            }
        }
        _ => rewrite::keep(rebuilt, rules, &kind, graph.shape(id)),
    })
}

/// `a·(b·x)` as `(a·b)·x` where `a` and `b` have fewer axes than `x`: what has few axes is multiplied first, and often once for all.
fn reordered_product(
    graph: &mut Graph,
    operands: &[Access],
    free: &[bool],
    shape: &[Dim],
) -> Option<Access> {
    let rank = |factor: &Access| factor.labels(shape).len();
    let mut factors: Vec<Access> = Vec::new();
    for (operand, &free) in operands.iter().zip(free) {
        let operand = operand.resolved(graph);
        match &graph.node(operand.node).kind.clone() {
            Kind::Map { function, operands } if function.0 == MUL.name && free => {
                factors.extend(operands.iter().map(|inner| inner.relabelled(&operand.axes)));
            }
            Kind::Map { function, operands } if function.0 == DIV.name && free => {
                let [numerator, denominator] =
                    [0, 1].map(|k| operands[k].relabelled(&operand.axes));
                if rank(&denominator) < rank(&operand) {
                    let one = Access::scalar(graph.constant(1.0));
                    let reciprocal = construct::map(graph, DIV, &[one, denominator], shape);
                    factors.extend([numerator, reciprocal]);
                } else {
                    factors.push(operand);
                }
            }
            _ => factors.push(operand),
        }
    }
    let most = factors.iter().map(rank).max()?;
    let fewer = factors.iter().filter(|factor| rank(factor) < most).count();
    if factors.len() < 3 || fewer < 2 {
        return None;
    }
    factors.sort_by_key(|factor| (rank(factor), factor.clone()));
    Some(construct::product(graph, &factors, shape))
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
