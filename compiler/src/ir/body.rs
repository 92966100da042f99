//! One step of a loop: a graph of its own, over the states, what it captures, and the number of the step.

use super::{Dim, Graph, NodeId};

/// The body of a fold.
///
/// Its leaves are [`State`](super::Leaf::State), [`Captured`](super::Leaf::Captured) and [`Step`](super::Leaf::Step), and those that need
/// nothing from outside. A state has the same shape in every step; where one state or captured value differs from example to example, all
/// states do. What is summed over the examples inside a body may only become a sum of the loop: of a tile of examples, it is a part.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Body {
    /// The values of a step.
    pub graph: Graph,
    /// How many steps there are.
    pub steps: Dim,
    /// In which order the steps run. The step number is that of the forward order: a backward loop begins with the last.
    pub order: Order,
    /// The states after the step, one for each state.
    pub next: Vec<NodeId>,
    /// What each step gives, to be laid side by side.
    pub collected: Vec<NodeId>,
    /// What each step gives, to be added up.
    pub sums: Vec<NodeId>,
    /// Whether the reversed loop computes a step's values again from its states, rather than keep them: the outer of two nested loops
    /// with checkpoints.
    pub recomputed: bool,
}

/// The order of a loop's steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// From the first to the last.
    Forward,
    /// From the last to the first.
    Backward,
}

impl Body {
    /// Everything a step is computed for: next states, collected values, sums.
    pub fn roots(&self) -> Vec<NodeId> {
        self.next.iter().chain(&self.collected).chain(&self.sums).copied().collect()
    }

    /// The body with another graph, whose roots stand in the order of [`roots`](Body::roots).
    pub fn with_roots(&self, graph: Graph, roots: &[NodeId]) -> Body {
        let (next, rest) = roots.split_at(self.next.len());
        let (collected, sums) = rest.split_at(self.collected.len());
        Body {
            graph,
            next: next.to_vec(),
            collected: collected.to_vec(),
            sums: sums.to_vec(),
            ..self.clone()
        }
    }
}
