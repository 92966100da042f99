//! Sums over examples that a loop adds up as it computes what is summed, so that it need not be stored for a kernel.

use super::places;
use super::storage::{Implementation, consumers};
use crate::ir::{Access, Dim, FIXED, Graph, Kind, NodeId};

/// Makes reductions of loops out of the kernels that sum over examples what nothing else needs in memory.
///
/// A kernel is better where its operands are stored anyway, and where they are rows and columns of a matrix product. Elsewhere it costs
/// a store and a load of each operand, which for formulas of few operations is most of the work.
pub fn sum_in_loops(
    graph: &Graph,
    reachable: &[bool],
    kept: &[bool],
    implementation: &mut [Implementation],
) {
    let mut sums: Vec<NodeId> = graph
        .ids()
        .filter(|id| reachable[id.0 as usize])
        .filter(|id| implementation[id.0 as usize] == Implementation::Kernel)
        .filter(|&id| is_pointwise_sum(graph, id))
        .collect();
    let consumers = consumers(graph, reachable);
    loop {
        let is_sum = |id: NodeId| sums.binary_search(&id).is_ok();
        let needs_memory = |consumer: NodeId, id: NodeId| {
            let how = implementation[consumer.0 as usize];
            (how == Implementation::Kernel && !is_sum(consumer))
                || matches!(how, Implementation::View | Implementation::Fold)
                || places::reads_places(graph.node(consumer), id)
        };
        let is_passing = |operand: &Access| {
            let place = operand.node.0 as usize;
            implementation[place] == Implementation::Pointwise
                && !kept[place]
                && !consumers[place].iter().any(|&consumer| needs_memory(consumer, operand.node))
        };
        let stay: Vec<NodeId> = sums
            .iter()
            .copied()
            .filter(|&sum| graph.node(sum).kind.operands().iter().any(is_passing))
            .collect();
        if stay.len() == sums.len() {
            break;
        }
        sums = stay;
    }
    for sum in sums {
        implementation[sum.0 as usize] = Implementation::Reduction;
    }
}

/// Whether the node sums over examples what has a value for each of its labels: no sum of a product of different rows.
fn is_pointwise_sum(graph: &Graph, id: NodeId) -> bool {
    let node = graph.node(id);
    let Kind::Contraction { operands, summed } = &node.kind else { return false };
    let scope = node.scope().len();
    let has_every_label = |operand: &Access| {
        let mut labels: Vec<_> = operand.axes.iter().filter(|&&label| label != FIXED).collect();
        labels.sort_unstable();
        labels.dedup();
        labels.len() == scope && operand.axes.len() == scope
    };
    summed.contains(&Dim::Batch) && operands.iter().all(has_every_label)
}
