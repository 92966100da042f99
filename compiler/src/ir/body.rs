//! One step of a loop: a graph of its own, over the states, what it captures, and the number of the step.

use std::rc::Rc;

use super::{Access, Dim, FoldResult, Graph, Kind, Leaf, NodeId};

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

    /// The value of a step that a result is made of.
    pub fn root(&self, result: FoldResult) -> NodeId {
        match result {
            FoldResult::State(place) => self.next[place],
            FoldResult::Collected(place) => self.collected[place],
            FoldResult::Sum(place) => self.sums[place],
        }
    }

    /// The shape of a result: what is collected has the steps as its first axis.
    pub fn shape(&self, result: FoldResult) -> Vec<Dim> {
        let shape = self.graph.shape(self.root(result)).iter().cloned();
        match result {
            FoldResult::Collected(_) => std::iter::once(self.steps.clone()).chain(shape).collect(),
            FoldResult::State(_) | FoldResult::Sum(_) => shape.collect(),
        }
    }

    /// The leaf, where the body reads it.
    pub fn leaf(&self, leaf: &Leaf) -> Option<NodeId> {
        self.graph
            .ids()
            .find(|&id| matches!(&self.graph.node(id).kind, Kind::Leaf(known) if known == leaf))
    }

    /// Which operands of the loop, the initial states and what is captured, a result depends on.
    pub fn operands_of(&self, result: FoldResult) -> Vec<bool> {
        let states = self.next.len();
        let mut roots = vec![self.root(result)];
        let mut read: Vec<bool> = Vec::new();
        let mut mark = |place: usize| {
            read.resize(read.len().max(place + 1), false);
            !std::mem::replace(&mut read[place], true)
        };
        if let FoldResult::State(state) = result {
            mark(state);
        }
        while let Some(root) = roots.pop() {
            let reachable = self.graph.reachable(&[root]);
            for id in self.graph.ids().filter(|id| reachable[id.0 as usize]) {
                match self.graph.node(id).kind {
                    Kind::Leaf(Leaf::State(state)) if mark(state) => roots.push(self.next[state]),
                    Kind::Leaf(Leaf::Captured(place)) => _ = mark(states + place),
                    _ => {}
                }
            }
        }
        read
    }

    /// Whether the values of a step differ from example to example.
    pub fn is_batched(&self) -> bool {
        self.graph.ids().any(|id| self.graph.node(id).scope().contains(&Dim::Batch))
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

    /// The same body without the nodes that no root depends on; and which of the captured values are left, in their new order.
    pub fn compacted(&self) -> (Body, Vec<usize>) {
        let roots = self.roots();
        let reachable = self.graph.reachable(&roots);
        let mut graph = Graph::default();
        let mut captured = Vec::new();
        let mut places = vec![NodeId(0); self.graph.len()];
        for id in self.graph.ids().filter(|id| reachable[id.0 as usize]) {
            let node = self.graph.node(id);
            let moved = |operand: &Access| Access {
                node: places[operand.node.0 as usize],
                axes: operand.axes.clone(),
            };
            let kind = match &node.kind {
                Kind::Leaf(Leaf::Captured(place)) => {
                    captured.push(*place);
                    Kind::Leaf(Leaf::Captured(captured.len() - 1))
                }
                kind => kind.with_operands(kind.operands().iter().map(moved).collect()),
            };
            let place = graph.intern(kind, node.shape.clone());
            if let Some(name) = self.graph.name(id) {
                graph.set_name(place, name);
            }
            places[id.0 as usize] = place;
        }
        let roots: Vec<NodeId> = roots.iter().map(|root| places[root.0 as usize]).collect();
        (self.with_roots(graph, &roots), captured)
    }
}

/// One loop of a graph.
#[derive(Clone, Debug)]
pub struct Fold {
    /// One step.
    pub body: Rc<Body>,
    /// The initial states, then what the body captures.
    pub operands: Vec<Access>,
    /// The nodes that are its results, ascending.
    pub results: Vec<(NodeId, FoldResult)>,
}

impl Fold {
    /// The loops of a graph, by their first results; of the nodes that `is_wanted` wants.
    pub fn all(graph: &Graph, is_wanted: impl Fn(NodeId) -> bool) -> Vec<Fold> {
        let mut folds: Vec<Fold> = Vec::new();
        for id in graph.ids().filter(|&id| is_wanted(id)) {
            let Kind::Fold { body, operands, result } = &graph.node(id).kind else { continue };
            let is_same = |fold: &&mut Fold| fold.body == *body && fold.operands == *operands;
            match folds.iter_mut().find(is_same) {
                Some(fold) => fold.results.push((id, *result)),
                None => folds.push(Fold {
                    body: body.clone(),
                    operands: operands.clone(),
                    results: vec![(id, *result)],
                }),
            }
        }
        folds
    }
}
