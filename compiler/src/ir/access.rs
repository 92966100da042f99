//! How a consumer reads a node: one label per axis.

use super::{Dim, Graph, Kind, NodeId};

/// A position in the scope (the list of extents) of a consumer.
pub type Label = u32;

/// The label of an axis of extent one that is read at index 0, whatever the consumer's labels are.
pub const FIXED: Label = Label::MAX;

/// A node as a consumer reads it: `w1[d,h]`.
///
/// `axes[k]` is the consumer's label for the node's axis `k`. A label twice reads a diagonal; a label of the consumer that does not occur
/// broadcasts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Access {
    /// The node read.
    pub node: NodeId,
    /// One label per axis of the node.
    pub axes: Vec<Label>,
}

impl Access {
    /// A scalar, which every scope can read.
    pub fn scalar(node: NodeId) -> Access {
        Access { node, axes: Vec::new() }
    }

    /// The node read with its own axes as labels.
    pub fn whole(graph: &Graph, node: NodeId) -> Access {
        Access { node, axes: (0..graph.shape(node).len() as Label).collect() }
    }

    /// The same access seen from a scope in which label `l` is called `names[l]`.
    pub fn relabelled(&self, names: &[Label]) -> Access {
        let axes = self
            .axes
            .iter()
            .map(|&label| if label == FIXED { FIXED } else { names[label as usize] })
            .collect();
        Access { node: self.node, axes }
    }

    /// Whether the access depends on `label`.
    pub fn reads(&self, label: Label) -> bool {
        self.axes.contains(&label)
    }

    /// The labels read, ascending, each once, the one of the batch last.
    pub fn labels(&self, scope: &[Dim]) -> Vec<Label> {
        union_of_labels(std::slice::from_ref(self), scope)
    }

    /// The same value, read past views: a chain of single-operand contractions that sum nothing is only a change of labels.
    pub fn resolved(&self, graph: &Graph) -> Access {
        let mut access = self.clone();
        while let Kind::Contraction { operands, summed } = &graph.node(access.node).kind {
            let [operand] = operands.as_slice() else { break };
            if !summed.is_empty() {
                break;
            }
            access = operand.relabelled(&access.axes);
        }
        access
    }
}

/// The labels any of the accesses read, ascending, each once, the one of the batch last.
pub fn union_of_labels(accesses: &[Access], scope: &[Dim]) -> Vec<Label> {
    let mut labels: Vec<Label> = accesses
        .iter()
        .flat_map(|access| access.axes.iter().copied())
        .filter(|&label| label != FIXED)
        .collect();
    labels.sort_by_key(|&label| (scope[label as usize] == Dim::Batch, label));
    labels.dedup();
    labels
}
