//! What each value of a graph depends on, as far as gates ask.

use std::collections::BTreeMap;

use super::conditions;
use super::finite::leaves_the_numbers;
use crate::functions::scalar;
use crate::ir::{Access, Graph, Kind, Leaf, NodeId};

/// What each value of a graph depends on.
pub struct Gates {
    /// How many values are the model's own.
    values: usize,
    /// The captured values that are finite where the arguments are.
    finite: Vec<NodeId>,
    /// The values of the model that may not be finite.
    hazards: Vec<NodeId>,
    /// The leaves that are the same for all arguments: counters and random numbers.
    fixed: Vec<NodeId>,
    of: Vec<Sources>,
    /// Whether each function with these constants may leave the finite numbers.
    functions: BTreeMap<(&'static str, Vec<Option<u64>>), bool>,
}

#[derive(Clone, Default)]
struct Sources {
    hazards: Bits,
    fixed: Bits,
    has_arguments: bool,
}

impl Gates {
    /// Of the first so many values of a graph, those that may not be finite are guarded. What a step captures may not be, but for some.
    pub fn of_the_first(values: usize, finite: &[NodeId]) -> Gates {
        Gates {
            values,
            finite: finite.to_vec(),
            hazards: Vec::new(),
            fixed: Vec::new(),
            of: Vec::new(),
            functions: BTreeMap::new(),
        }
    }

    /// The conditions of `access` that guard one of `values`.
    pub fn guarding(&mut self, graph: &Graph, access: &Access, values: &[NodeId]) -> Vec<Access> {
        let mut conditions = conditions(graph, access);
        if conditions.is_empty() {
            return conditions;
        }
        self.catch_up(graph);
        let is_needed = |condition: &Access| {
            values.iter().any(|&value| self.guards(graph, condition.node, value))
        };
        conditions.retain(is_needed);
        conditions
    }

    /// Whether something `value` is made of may be infinite.
    pub fn is_hazard(&mut self, graph: &Graph, value: NodeId) -> bool {
        self.catch_up(graph);
        self.of[value.0 as usize].hazards.iter().next().is_some()
    }

    /// Whether any of the conditions guards `value`.
    pub fn needs(&mut self, graph: &Graph, conditions: &[Access], value: NodeId) -> bool {
        self.catch_up(graph);
        conditions.iter().any(|condition| self.guards(graph, condition.node, value))
    }

    /// Whether something `value` is made of may be infinite where the condition does not hold.
    fn guards(&self, graph: &Graph, condition: NodeId, value: NodeId) -> bool {
        let [condition, value] = [condition, value].map(|id| &self.of[id.0 as usize]);
        value.hazards.iter().any(|hazard| {
            let id = self.hazards[hazard];
            let is_loop = matches!(graph.node(id).kind, Kind::Fold { .. });
            (is_loop || !condition.hazards.contains(hazard))
                && (condition.has_arguments || self.of[id.0 as usize].fixed.meets(&condition.fixed))
        })
    }

    fn catch_up(&mut self, graph: &Graph) {
        for id in (self.of.len() as u32..graph.len() as u32).map(NodeId) {
            self.add(graph, id);
        }
    }

    fn add(&mut self, graph: &Graph, id: NodeId) {
        let mut sources = Sources::default();
        let kind = &graph.node(id).kind;
        let read = match kind {
            Kind::Fold { body, result, .. } => body.operands_of(*result),
            kind => vec![true; kind.operands().len()],
        };
        for (operand, _) in kind.operands().iter().zip(read).filter(|(_, is_read)| *is_read) {
            let operand = &self.of[operand.node.0 as usize];
            sources.hazards.extend(&operand.hazards);
            sources.fixed.extend(&operand.fixed);
            sources.has_arguments |= operand.has_arguments;
        }
        match kind {
            Kind::Leaf(Leaf::Constant(_) | Leaf::Extent(_) | Leaf::Named(_)) => {}
            Kind::Leaf(Leaf::Counter(_) | Leaf::Random(..) | Leaf::Step) => {
                sources.fixed.insert(self.fixed.len());
                self.fixed.push(id);
            }
            Kind::Leaf(_) => sources.has_arguments = true,
            _ => {}
        }
        if (id.0 as usize) < self.values && self.may_be_infinite(graph, id) {
            sources.hazards.insert(self.hazards.len());
            self.hazards.push(id);
        }
        self.of.push(sources);
    }

    fn may_be_infinite(&mut self, graph: &Graph, id: NodeId) -> bool {
        match &graph.node(id).kind {
            Kind::Map { function, operands } => {
                let Ok(row) = scalar::row(*function) else { return true };
                let constants: Vec<Option<u64>> = operands
                    .iter()
                    .map(|operand| graph.as_constant(operand.node).map(f64::to_bits))
                    .collect();
                let key = (row.name, constants);
                if let Some(&known) = self.functions.get(&key) {
                    return known;
                }
                let answer = leaves_the_numbers(row, &key.1);
                self.functions.insert(key, answer);
                answer
            }
            Kind::Leaf(Leaf::Captured(_)) => !self.finite.contains(&id),
            Kind::Leaf(Leaf::State(_)) | Kind::Fold { .. } | Kind::Matrix { .. } => true,
            Kind::Leaf(_)
            | Kind::Contraction { .. }
            | Kind::Extremum { .. }
            | Kind::Index { .. } => false,
        }
    }
}

/// A set of small numbers.
#[derive(Clone, Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn insert(&mut self, number: usize) {
        let word = number / 64;
        self.0.resize(self.0.len().max(word + 1), 0);
        self.0[word] |= 1 << (number % 64);
    }

    fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    fn extend(&mut self, other: &Bits) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(word, more)| *word |= more);
    }

    fn meets(&self, other: &Bits) -> bool {
        self.0.iter().zip(&other.0).any(|(word, other)| word & other != 0)
    }

    fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.0.len() * 64).filter(|&number| self.contains(number))
    }
}
