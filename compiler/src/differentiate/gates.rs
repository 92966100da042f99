//! Gates: what a condition guards stays guarded on the way down.
//!
//! The adjoint of a branch that is not taken is exactly 0. A map keeps the factor it adds inside the gate, `pick(c, ȳ·f)`, and so does a
//! contraction whose factors have no other labels than the adjoint. Any other contraction, a matrix product, would turn `0·f` into NaN
//! where `f` is not finite. There `f` itself is gated, so that the contraction stays one:
//!
//! ```text
//! Σₙ select(c[n], ȳ[n,o], 0)·f[n,d]  =  Σₙ select(c[n], ȳ[n,o], 0)·select(c[n], f[n,d], 0)
//! ```
//!
//! Where the condition has labels that `f` lacks, `f` is kept where the condition holds for any of them: an infinite `f` that one open
//! gate needs makes the loss infinite, whatever the others do. The result of a contraction is gated again for what lies further down.
//!
//! All this costs something, so it is done only for the choices of the user, whose gates are written `select(c, ȳ, 0)` where those of
//! other functions are `pick(c, ȳ)`; only for a value that may not be finite while the arguments are (a quotient, a logarithm); and only
//! by a condition that does not depend on it: one that does is spoilt along with it.

use std::collections::BTreeMap;

use crate::construct;
use crate::formula::Formula;
use crate::functions::scalar::{
    self, Derivative, EQUAL, MAX, MUL, NEG, Notation, PICK, SELECT, SUB, Scalar,
};
use crate::ir::{Access, Dim, Graph, Kind, Label, Leaf, NodeId};

/// What functions are tried at, to see whether they stay finite.
const PROBES: &[f64] = &[-1000.0, -1.0, -0.5, 0.0, 0.5, 1.0, 1000.0];

/// How many guards may lie around each other: beyond, two become one, so that the size of a program grows linearly.
const MOST_GUARDS: usize = 16;

/// What each value of a graph depends on, as far as gates ask.
pub(super) struct Gates {
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
    /// Everything the graph has so far may be guarded.
    pub fn new(graph: &Graph) -> Result<Gates, String> {
        let mut gates = Gates {
            hazards: Vec::new(),
            fixed: Vec::new(),
            of: Vec::new(),
            functions: BTreeMap::new(),
        };
        for id in graph.ids() {
            gates.add(graph, id);
            if gates.may_be_infinite(graph, id)? {
                gates.of[id.0 as usize].hazards.insert(gates.hazards.len());
                gates.hazards.push(id);
            }
        }
        Ok(gates)
    }

    /// The conditions of `access` that guard one of `values`.
    pub fn guarding(&mut self, graph: &Graph, access: &Access, values: &[NodeId]) -> Vec<Access> {
        let mut conditions = conditions(graph, access);
        if conditions.is_empty() || self.hazards.is_empty() {
            return Vec::new();
        }
        let known = self.of.len() as u32;
        (known..graph.len() as u32).for_each(|id| self.add(graph, NodeId(id)));
        conditions
            .retain(|condition| values.iter().any(|&value| self.guards(condition.node, value)));
        conditions
    }

    /// Whether something `value` is made of may be infinite where the condition does not hold.
    fn guards(&self, condition: NodeId, value: NodeId) -> bool {
        let [condition, value] = [condition, value].map(|id| &self.of[id.0 as usize]);
        value.hazards.iter().filter(|&hazard| !condition.hazards.contains(hazard)).any(|hazard| {
            let hazard = &self.of[self.hazards[hazard].0 as usize];
            condition.has_arguments || hazard.fixed.meets(&condition.fixed)
        })
    }

    fn add(&mut self, graph: &Graph, id: NodeId) {
        let mut sources = Sources::default();
        let kind = &graph.node(id).kind;
        for operand in kind.operands() {
            let operand = &self.of[operand.node.0 as usize];
            sources.hazards.extend(&operand.hazards);
            sources.fixed.extend(&operand.fixed);
            sources.has_arguments |= operand.has_arguments;
        }
        match kind {
            Kind::Leaf(Leaf::Constant(_) | Leaf::Extent(_)) => {}
            Kind::Leaf(Leaf::Counter(_) | Leaf::Random(..) | Leaf::Step) => {
                sources.fixed.insert(self.fixed.len());
                self.fixed.push(id);
            }
            Kind::Leaf(_) => sources.has_arguments = true,
            _ => {}
        }
        self.of.push(sources);
    }

    fn may_be_infinite(&mut self, graph: &Graph, id: NodeId) -> Result<bool, String> {
        match &graph.node(id).kind {
            Kind::Map { function, operands } => {
                let row = scalar::row(*function)?;
                let constants: Vec<Option<u64>> = operands
                    .iter()
                    .map(|operand| graph.as_constant(operand.node).map(f64::to_bits))
                    .collect();
                let key = (row.name, constants);
                if let Some(&known) = self.functions.get(&key) {
                    return Ok(known);
                }
                let answer = leaves_the_numbers(row, &key.1)?;
                self.functions.insert(key, answer);
                Ok(answer)
            }
            Kind::Leaf(Leaf::State(_) | Leaf::Captured(_))
            | Kind::Fold { .. }
            | Kind::Matrix { .. } => Ok(true),
            Kind::Leaf(_)
            | Kind::Contraction { .. }
            | Kind::Extremum { .. }
            | Kind::Index { .. } => Ok(false),
        }
    }
}

/// `access` where the condition holds, else 0; the condition is the user's.
pub(super) fn guarded(
    graph: &mut Graph,
    condition: &Access,
    access: &Access,
    scope: &[Dim],
) -> Access {
    let condition = condition.resolved(graph);
    let known = conditions(graph, access);
    if known.contains(&condition) {
        return access.clone();
    }
    if known.len() >= MOST_GUARDS
        && let Some((Layer::Guard(other), inside)) = layer(graph, access)
    {
        let both = [&condition, &other].map(|one| indicator(graph, one, scope));
        let both = construct::product(graph, &both, scope);
        return guarded(graph, &both, &inside, scope);
    }
    let zero = Access::scalar(graph.constant(0.0));
    construct::map(graph, SELECT, &[condition, access.clone(), zero], scope)
}

/// What lies between a value and the gates around it.
enum Layer {
    /// `select(c, x, 0)`.
    Guard(Access),
    /// `pick(c, x)`.
    Gate(Access),
    /// The product with a number.
    Number(Access),
    /// `-x`.
    Sign,
}

/// The outermost layer of a value, and what is inside.
fn layer(graph: &Graph, access: &Access) -> Option<(Layer, Access)> {
    let Kind::Map { function, operands } = &graph.node(access.node).kind else { return None };
    let operands: Vec<Access> =
        operands.iter().map(|operand| operand.relabelled(&access.axes).resolved(graph)).collect();
    let number = |place: usize| graph.as_constant(operands[place].node);
    Some(match function.0 {
        name if name == PICK.name => (Layer::Gate(operands[0].clone()), operands[1].clone()),
        name if name == SELECT.name && number(2) == Some(0.0) => {
            (Layer::Guard(operands[0].clone()), operands[1].clone())
        }
        name if name == MUL.name && number(0).is_some() => {
            (Layer::Number(operands[0].clone()), operands[1].clone())
        }
        name if name == NEG.name => (Layer::Sign, operands[0].clone()),
        _ => return None,
    })
}

/// The conditions of the user outside of which a value is exactly 0.
fn conditions(graph: &Graph, access: &Access) -> Vec<Access> {
    let mut found = Vec::new();
    let mut access = access.resolved(graph);
    while let Some((layer, inside)) = layer(graph, &access) {
        if let Layer::Guard(condition) = layer {
            found.push(condition);
        }
        access = inside;
    }
    found
}

/// Whether there is a gate around a value.
fn is_gated(graph: &Graph, access: &Access) -> bool {
    let Some((layer, inside)) = layer(graph, access) else { return false };
    matches!(layer, Layer::Guard(_) | Layer::Gate(_)) || is_gated(graph, &inside)
}

/// `adjoint·derivative`, inside the gates around the adjoint, because `0·inf` would be NaN where a gate is closed.
pub(super) fn multiply_inside(
    graph: &mut Graph,
    adjoint: &Access,
    derivative: &Access,
    scope: &[Dim],
) -> Access {
    let adjoint = adjoint.resolved(graph);
    let is_number = graph.as_constant(derivative.node).is_some();
    let outermost =
        if is_number || !is_gated(graph, &adjoint) { None } else { layer(graph, &adjoint) };
    let Some((layer, inside)) = outermost else {
        return construct::product(graph, &[adjoint, derivative.clone()], scope);
    };
    match layer {
        Layer::Guard(condition) => {
            let product = multiply_inside(graph, &inside, derivative, scope);
            guarded(graph, &condition, &product, scope)
        }
        Layer::Gate(condition) => {
            let product = multiply_inside(graph, &inside, derivative, scope);
            construct::map(graph, PICK, &[condition, product], scope)
        }
        Layer::Number(number) => {
            let derivative = construct::product(graph, &[number, derivative.clone()], scope);
            multiply_inside(graph, &inside, &derivative, scope)
        }
        Layer::Sign => {
            let derivative = construct::map(graph, NEG, std::slice::from_ref(derivative), scope);
            multiply_inside(graph, &inside, &derivative, scope)
        }
    }
}

/// The sum over `summed` of the product of the adjoint, the first of `factors`, with the others; a contribution to `operand`.
pub(super) fn contract(
    gates: &mut Gates,
    graph: &mut Graph,
    factors: &[Access],
    summed: &[Label],
    operand: &Access,
    scope: &[Dim],
) -> Access {
    let Some((adjoint, others)) = factors.split_first() else {
        return construct::contract_in_order(graph, factors, summed, &operand.axes, scope);
    };
    let further = gates.guarding(graph, adjoint, &[operand.node]);
    let is_elementwise =
        others.iter().all(|other| other.labels(scope).iter().all(|&label| adjoint.reads(label)));
    let product = if is_elementwise {
        let nodes: Vec<NodeId> = others.iter().map(|other| other.node).collect();
        let guards = gates.guarding(graph, adjoint, &nodes);
        let mut factors = factors.to_vec();
        if !guards.is_empty() {
            let product = construct::product(graph, others, scope);
            factors = vec![multiply_inside(graph, adjoint, &product, scope)];
        }
        construct::contract_in_order(graph, &factors, summed, &operand.axes, scope)
    } else {
        let mut factors = vec![adjoint.clone()];
        for other in others {
            let guards = gates.guarding(graph, adjoint, &[other.node]);
            factors.push(guards.iter().fold(other.clone(), |value, condition| {
                let missing: Vec<Label> = condition
                    .labels(scope)
                    .into_iter()
                    .filter(|&label| !other.reads(label))
                    .collect();
                let condition = holds_for_any(graph, condition, &missing, scope);
                guarded(graph, &condition, &value, scope)
            }));
        }
        construct::contract_in_order(graph, &factors, summed, &operand.axes, scope)
    };
    further.iter().fold(product, |product, condition| {
        let condition = holds_for_any(graph, condition, summed, scope);
        guarded(graph, &condition, &product, scope)
    })
}

/// The sum of two contributions to the adjoint of `node`: 0 where both are.
pub(super) fn add(
    gates: &mut Gates,
    graph: &mut Graph,
    node: NodeId,
    contributions: [&Access; 2],
    scope: &[Dim],
) -> Access {
    let [first, second] = contributions;
    let sum = construct::add(graph, first, second, scope);
    let [mut first, mut second] = contributions.map(|one| gates.guarding(graph, one, &[node]));
    let common: Vec<Access> = first.iter().filter(|one| second.contains(one)).cloned().collect();
    first.retain(|one| !common.contains(one));
    second.retain(|one| !common.contains(one));
    let sum = common.iter().fold(sum, |sum, condition| guarded(graph, condition, &sum, scope));
    if first.is_empty() || second.is_empty() {
        return sum;
    }
    let [first, second] = [first, second].map(|conditions| {
        let hold: Vec<Access> = conditions.iter().map(|one| indicator(graph, one, scope)).collect();
        construct::product(graph, &hold, scope)
    });
    let either = construct::map(graph, MAX, &[first, second], scope);
    guarded(graph, &either, &sum, scope)
}

/// A number that is not 0 where the condition holds for any of the labels.
fn holds_for_any(graph: &mut Graph, condition: &Access, labels: &[Label], scope: &[Dim]) -> Access {
    let over: Vec<Label> = labels.iter().copied().filter(|&label| condition.reads(label)).collect();
    let indicator = indicator(graph, condition, scope);
    construct::contract(graph, &[indicator], &over, scope)
}

/// 1 where a number is not 0, else 0.
fn indicator(graph: &mut Graph, number: &Access, scope: &[Dim]) -> Access {
    if is_indicator(graph, number.node) {
        return number.clone();
    }
    let [zero, one] = [0.0, 1.0].map(|number| Access::scalar(graph.constant(number)));
    let is_zero = construct::map(graph, EQUAL, &[number.clone(), zero], scope);
    construct::map(graph, SUB, &[one, is_zero], scope)
}

fn is_indicator(graph: &Graph, id: NodeId) -> bool {
    let Kind::Map { function, .. } = &graph.node(id).kind else { return false };
    scalar::row(*function).is_ok_and(|row| matches!(row.notation, Notation::Indicator(_)))
}

/// Whether the value or a derivative of a function is not finite at some finite operands.
fn leaves_the_numbers(row: &'static Scalar, constants: &[Option<u64>]) -> Result<bool, String> {
    let mut derivatives = Vec::new();
    for operand in row.operands {
        if let Derivative::Formula(text) = operand.derivative {
            derivatives.push(Formula::parse(text)?);
        }
    }
    let mut at = vec![0.0; row.operands.len()];
    Ok(is_infinite_at(row, &derivatives, constants, &mut at, 0))
}

/// Tries all probes for the operands from `place` on.
fn is_infinite_at(
    row: &Scalar,
    derivatives: &[Formula],
    constants: &[Option<u64>],
    at: &mut [f64],
    place: usize,
) -> bool {
    if place == at.len() {
        let y = (row.value)(at);
        let bind = |name: &str| {
            let operand = row.operands.iter().position(|operand| operand.name == name);
            operand.map_or(y, |operand| at[operand])
        };
        return !y.is_finite() || derivatives.iter().any(|one| !one.value(&bind).is_finite());
    }
    let constant = constants[place].map(f64::from_bits);
    let probes = constant.as_ref().map_or(PROBES, std::slice::from_ref);
    probes.iter().any(|&probe| {
        at[place] = probe;
        is_infinite_at(row, derivatives, constants, at, place + 1)
    })
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
