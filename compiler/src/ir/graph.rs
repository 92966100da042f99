//! The graph: nodes in an arena, each built once.

use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter};
use std::rc::Rc;

use super::{Access, Body, Dim, Equation};

/// A node of a [`Graph`]. Operands always have smaller ids than their consumers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A scalar function, by its name in the table of functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Function(pub &'static str);

/// What the chain rule stops at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leaf {
    /// An argument of the model, by its place in the signature.
    Argument(usize),
    /// The target of the loss: real values, or class indices read as numbers.
    Target,
    /// A direction in which an argument changes, given by the caller.
    Direction(usize),
    /// Weights of what each example has, given by the caller in rows.
    Weights,
    /// A number, by its bits.
    Constant(u64),
    /// An extent, as a number.
    Extent(Dim),
    /// A constant in scope at the model, by its path.
    Named(Rc<str>),
    /// 0, 1, 2, … along an axis of the given extent.
    Counter(Dim),
    /// A random number for each element, drawn anew in each step of training; the place in the source keeps it apart from others.
    Random(Distribution, usize),
    /// In a derivative that is being taken inside a model: what it is taken for, by its order where there are several.
    Variable(usize),
    /// In the body of a fold: what the state of this number was before the step.
    State(usize),
    /// In the body of a fold: a value from outside, the same in every step, by its place after the initial states.
    Captured(usize),
    /// In the body of a fold: the number of the step, an integer.
    Step,
}

/// What a random number follows. Where nothing is drawn, in predictions, each is its mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Distribution {
    /// Uniform on the open interval from 0 to 1.
    Uniform,
    /// Normal with mean 0 and variance 1.
    Normal,
    /// 1 with the probability of these bits, else 0.
    Bernoulli(u64),
    /// 0 with the probability `p` of these bits, else `1/(1 − p)`.
    Dropout(u64),
}

impl Distribution {
    /// The mean.
    pub fn mean(self) -> f64 {
        match self {
            Distribution::Uniform => 0.5,
            Distribution::Normal => 0.0,
            Distribution::Bernoulli(probability) => f64::from_bits(probability),
            Distribution::Dropout(_) => 1.0,
        }
    }
}

impl Display for Distribution {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Distribution::Uniform => write!(f, "uniform(0, 1)"),
            Distribution::Normal => write!(f, "normal(0, 1)"),
            Distribution::Bernoulli(bits) => write!(f, "bernoulli({})", f64::from_bits(*bits)),
            Distribution::Dropout(bits) => write!(f, "dropout({})", f64::from_bits(*bits)),
        }
    }
}

/// Which extremum a reduction takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extremum {
    /// The largest value.
    Max,
    /// The smallest value.
    Min,
}

/// The structural kinds.
///
/// In all of them labels `0..rank` are the node's own axes; in a reduction, label `rank + k` runs over the `k`-th reduced extent.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Ends the chain.
    Leaf(Leaf),
    /// A scalar function applied elementwise, with broadcasting.
    Map {
        /// The function.
        function: Function,
        /// Its operands.
        operands: Vec<Access>,
    },
    /// A sum of products. With one operand and nothing summed it is a view.
    Contraction {
        /// The factors.
        operands: Vec<Access>,
        /// The extents summed over.
        summed: Vec<Dim>,
    },
    /// The largest or smallest value over axes.
    Extremum {
        /// Which.
        extremum: Extremum,
        /// Of what.
        operand: Access,
        /// The extents searched.
        over: Vec<Dim>,
    },
    /// The sum of an array's elements at the points where every equation `label = position` holds: a slice, a gather, a window, padding,
    /// and the transpose of each.
    ///
    /// An equation for a reduced label says where to read; one for an own label, where to add. A position outside its axis holds nowhere,
    /// so what is read from outside is 0.
    Index {
        /// The array, then the integers that positions speak of.
        operands: Vec<Access>,
        /// The extents of the reduced labels.
        over: Vec<Dim>,
        /// What must hold.
        equations: Vec<Equation>,
    },
    /// A function of matrices, such as a factorization, by its name in the table of matrix functions.
    ///
    /// Labels say which axes are rows and columns, and which stack matrices side by side; the table says how.
    Matrix {
        /// The function.
        function: Function,
        /// Its operands.
        operands: Vec<Access>,
        /// The extents of the operands' labels that the result does not have.
        over: Vec<Dim>,
    },
    /// One result of a loop over carried states. Results of one loop are nodes that differ in `result` alone.
    ///
    /// The operands are read whole: their labels are their own axes.
    Fold {
        /// One step.
        body: Rc<Body>,
        /// The initial states, then what the body captures.
        operands: Vec<Access>,
        /// Which result this is.
        result: FoldResult,
    },
}

/// A result of a fold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FoldResult {
    /// A state after the last step.
    State(usize),
    /// What each step gave, along a new first axis.
    Collected(usize),
    /// The sum of what the steps gave.
    Sum(usize),
}

/// A kind with the extents of its axes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The extents of its axes; [`Dim::Batch`] only as the last.
    pub shape: Vec<Dim>,
}

/// A hash-consed graph: equal nodes are one node.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Graph {
    nodes: Vec<Node>,
    names: Vec<Option<Rc<str>>>,
    known: BTreeMap<Node, NodeId>,
}

impl Leaf {
    /// Whether the caller gives the numbers.
    pub fn is_given(&self) -> bool {
        matches!(self, Leaf::Argument(_) | Leaf::Target | Leaf::Direction(_) | Leaf::Weights)
    }

    /// What a constant of the scope is called where its path is known.
    pub fn last_segment(path: &str) -> &str {
        path.rsplit("::").next().unwrap_or(path).trim()
    }
}

impl Kind {
    /// The accesses this kind reads.
    pub fn operands(&self) -> &[Access] {
        match self {
            Kind::Leaf(_) => &[],
            Kind::Map { operands, .. }
            | Kind::Contraction { operands, .. }
            | Kind::Index { operands, .. }
            | Kind::Matrix { operands, .. }
            | Kind::Fold { operands, .. } => operands,
            Kind::Extremum { operand, .. } => std::slice::from_ref(operand),
        }
    }

    /// The extents a reduction runs over beyond the node's own axes.
    pub fn reduced(&self) -> &[Dim] {
        match self {
            Kind::Leaf(_) | Kind::Map { .. } | Kind::Fold { .. } => &[],
            Kind::Contraction { summed, .. } => summed,
            Kind::Extremum { over, .. } | Kind::Index { over, .. } | Kind::Matrix { over, .. } => {
                over
            }
        }
    }

    /// The same kind over other operands; as many as it has.
    pub fn with_operands(&self, operands: Vec<Access>) -> Kind {
        match self {
            Kind::Leaf(leaf) => Kind::Leaf(leaf.clone()),
            Kind::Map { function, .. } => Kind::Map { function: *function, operands },
            Kind::Contraction { summed, .. } => {
                Kind::Contraction { operands, summed: summed.clone() }
            }
            Kind::Extremum { extremum, operand, over } => Kind::Extremum {
                extremum: *extremum,
                operand: operands.into_iter().next().unwrap_or_else(|| operand.clone()),
                over: over.clone(),
            },
            Kind::Index { over, equations, .. } => {
                Kind::Index { operands, over: over.clone(), equations: equations.clone() }
            }
            Kind::Matrix { function, over, .. } => {
                Kind::Matrix { function: *function, operands, over: over.clone() }
            }
            Kind::Fold { body, result, .. } => {
                Kind::Fold { body: body.clone(), operands, result: *result }
            }
        }
    }
}

impl Node {
    /// The extents of all labels of this node: its axes, then what it reduces over.
    pub fn scope(&self) -> Vec<Dim> {
        self.shape.iter().chain(self.kind.reduced()).cloned().collect()
    }
}

impl Graph {
    /// The node of this kind and shape: the one there is, or a new one.
    pub fn intern(&mut self, kind: Kind, shape: Vec<Dim>) -> NodeId {
        let node = Node { kind, shape };
        if let Some(&id) = self.known.get(&node) {
            return id;
        }
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(node.clone());
        self.names.push(None);
        self.known.insert(node, id);
        id
    }

    /// A leaf with its shape.
    pub fn leaf(&mut self, leaf: Leaf, shape: Vec<Dim>) -> NodeId {
        self.intern(Kind::Leaf(leaf), shape)
    }

    /// A number.
    pub fn constant(&mut self, value: f64) -> NodeId {
        self.leaf(Leaf::Constant(value.to_bits()), Vec::new())
    }

    /// The number a node is, if it is one.
    pub fn as_constant(&self, id: NodeId) -> Option<f64> {
        match self.node(id).kind {
            Kind::Leaf(Leaf::Constant(bits)) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    /// The node.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// The extents of the node's axes.
    pub fn shape(&self, id: NodeId) -> &[Dim] {
        &self.node(id).shape
    }

    /// Whether the node differs from example to example.
    pub fn is_batched(&self, id: NodeId) -> bool {
        self.shape(id).last() == Some(&Dim::Batch)
    }

    /// All nodes, operands before consumers.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The name the model gives this value, if it gives one.
    pub fn name(&self, id: NodeId) -> Option<&Rc<str>> {
        self.names[id.0 as usize].as_ref()
    }

    /// Names a value; the first name stays.
    pub fn set_name(&mut self, id: NodeId, name: &Rc<str>) {
        self.names[id.0 as usize].get_or_insert_with(|| name.clone());
    }

    /// Gives the results of a loop another body, in which each of them means the same.
    pub fn replace_body(&mut self, results: &[NodeId], body: &Rc<Body>) {
        for &id in results {
            let node = &mut self.nodes[id.0 as usize];
            let Kind::Fold { body: present, .. } = &node.kind else { continue };
            if *present != *body {
                self.known.remove(node);
                if let Kind::Fold { body: present, .. } = &mut node.kind {
                    *present = body.clone();
                }
                self.known.insert(node.clone(), id);
            }
        }
    }

    /// Which nodes the roots depend on, indexed by id.
    pub fn reachable(&self, roots: &[NodeId]) -> Vec<bool> {
        let mut reachable = vec![false; self.nodes.len()];
        for root in roots {
            reachable[root.0 as usize] = true;
        }
        for id in self.ids().rev() {
            if reachable[id.0 as usize] {
                for operand in self.node(id).kind.operands() {
                    reachable[operand.node.0 as usize] = true;
                }
            }
        }
        reachable
    }
}
