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
//! gate needs makes the loss infinite, whatever the others do. A condition that has none of the labels summed over gates the sum instead.
//! The result of a contraction is gated again for what lies further down.
//!
//! A loop is gated step by step: the reversed loop carries, beside the adjoint of each state, where that may differ from 0.
//!
//! All this costs something, so it is done only for the choices of the user, whose gates are written `select(c, ȳ, 0)` where those of
//! other functions are `pick(c, ȳ)`; only for a value that may not be finite while the arguments are (a quotient, a logarithm, a loop);
//! and only by a condition that does not depend on it: one that does is spoilt along with it. A loop may grow beyond all bounds, and
//! whether it does may be just what the condition asks; it is gated in any case.

mod finite;
mod sources;

use crate::construct;
use crate::functions::scalar::{self, EQUAL, MAX, MUL, NEG, Notation, PICK, SELECT, SUB};
use crate::ir::{Access, Dim, Equation, Graph, Kind, Label, NodeId};

pub(super) use self::sources::Gates;

/// How many guards may lie around each other: beyond, two become one, so that the size of a program grows linearly.
const MOST_GUARDS: usize = 16;

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
pub(super) fn conditions(graph: &Graph, access: &Access) -> Vec<Access> {
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
        let mut around: Vec<Access> = Vec::new();
        for other in others {
            let guards = gates.guarding(graph, adjoint, &[other.node]);
            let is_of_sum = |guard: &Access| !summed.iter().any(|&label| guard.reads(label));
            let (outer, inner): (Vec<Access>, Vec<Access>) =
                guards.into_iter().partition(is_of_sum);
            around.extend(outer);
            factors.push(inner.iter().fold(other.clone(), |value, condition| {
                let missing: Vec<Label> = condition
                    .labels(scope)
                    .into_iter()
                    .filter(|&label| !other.reads(label))
                    .collect();
                let condition = holds_for_any(graph, condition, &missing, scope);
                guarded(graph, &condition, &value, scope)
            }));
        }
        let sum = construct::contract_in_order(graph, &factors, summed, &operand.axes, scope);
        around.iter().fold(sum, |sum, condition| guarded(graph, condition, &sum, scope))
    };
    further.iter().fold(product, |product, condition| {
        let condition = holds_for_any(graph, condition, summed, scope);
        guarded(graph, &condition, &product, scope)
    })
}

/// An index of the adjoint, a contribution to `operand`.
pub(super) fn index(
    gates: &mut Gates,
    graph: &mut Graph,
    (adjoint, integers): (&Access, &[Access]),
    equations: &[Equation],
    summed: &[Label],
    operand: &Access,
    scope: &[Dim],
) -> Access {
    let further = gates.guarding(graph, adjoint, &[operand.node]);
    let read = |graph: &mut Graph, array: &Access| {
        construct::index_in_order(graph, array, integers, equations, summed, &operand.axes, scope)
    };
    let contribution = read(graph, adjoint);
    further.iter().fold(contribution, |contribution, condition| {
        let holds = indicator(graph, condition, scope);
        let holds = read(graph, &holds);
        guarded(graph, &holds, &contribution, scope)
    })
}

/// A contribution that the function of matrices `id` makes of the adjoint: 0 for examples whose conditions hold nowhere.
pub(super) fn around(
    gates: &mut Gates,
    graph: &mut Graph,
    (id, adjoint): (NodeId, &Access),
    contribution: &Access,
    scope: &[Dim],
) -> Access {
    let guards = gates.guarding(graph, adjoint, &[id]);
    guards.iter().fold(contribution.clone(), |contribution, condition| {
        let of_matrices: Vec<Label> = (0..scope.len() as Label)
            .filter(|&label| scope[label as usize] != Dim::Batch)
            .collect();
        let condition = holds_for_any(graph, condition, &of_matrices, scope);
        guarded(graph, &condition, &contribution, scope)
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
    if first.is_empty() || second.is_empty() || are_opposite(graph, &first, &second) {
        return sum;
    }
    let [first, second] = [first, second].map(|conditions| all(graph, &conditions, scope));
    let both: Vec<Access> = [first, second].into_iter().flatten().collect();
    let either = any(graph, &both, scope);
    either.map_or(sum.clone(), |either| guarded(graph, &either, &sum, scope))
}

/// Whether one condition is that the other does not hold.
fn are_opposite(graph: &Graph, first: &[Access], second: &[Access]) -> bool {
    let ([first], [second]) = (first, second) else { return false };
    let denies = |one: &Access, other: &Access| {
        let Kind::Map { function, operands } = &graph.node(one.node).kind else { return false };
        function.0 == EQUAL.name
            && operands
                .iter()
                .any(|operand| operand.relabelled(&one.axes).resolved(graph) == *other)
            && operands.iter().any(|operand| graph.as_constant(operand.node) == Some(0.0))
    };
    denies(first, second) || denies(second, first)
}

/// Whether all conditions hold, as a number that is not 0; `None` where there are none.
pub(super) fn all(graph: &mut Graph, conditions: &[Access], scope: &[Dim]) -> Option<Access> {
    match conditions {
        [] => None,
        [one] => Some(one.clone()),
        several => {
            let hold: Vec<Access> =
                several.iter().map(|one| indicator(graph, one, scope)).collect();
            Some(construct::product(graph, &hold, scope))
        }
    }
}

/// Whether any of the conditions holds, as a number that is not 0.
pub(super) fn any(graph: &mut Graph, conditions: &[Access], scope: &[Dim]) -> Option<Access> {
    let hold: Vec<Access> = conditions.iter().map(|one| indicator(graph, one, scope)).collect();
    hold.into_iter().reduce(|first, second| construct::map(graph, MAX, &[first, second], scope))
}

/// A number that is not 0 where the condition holds for any of the labels.
pub(super) fn holds_for_any(
    graph: &mut Graph,
    condition: &Access,
    labels: &[Label],
    scope: &[Dim],
) -> Access {
    let over: Vec<Label> = labels.iter().copied().filter(|&label| condition.reads(label)).collect();
    if over.is_empty() {
        return condition.clone();
    }
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

/// Whether a value is seen to be 0 or 1: a relation, or logic of a few.
fn is_indicator(graph: &Graph, id: NodeId) -> bool {
    is_logic(graph, id, 4)
}

/// The same, no deeper than so many operations.
fn is_logic(graph: &Graph, id: NodeId, depth: u32) -> bool {
    let are_indicators = |operands: &[Access]| {
        depth > 0
            && operands.iter().all(|operand| {
                let operand = operand.resolved(graph);
                graph.as_constant(operand.node) == Some(1.0)
                    || is_logic(graph, operand.node, depth - 1)
            })
    };
    let Kind::Map { function, operands } = &graph.node(id).kind else { return false };
    match function.0 {
        name if name == MUL.name || name == MAX.name => are_indicators(operands),
        name if name == SUB.name => {
            graph.as_constant(operands[0].node) == Some(1.0) && are_indicators(&operands[1..])
        }
        _ => {
            let row = scalar::row(*function);
            row.is_ok_and(|row| matches!(row.notation, Notation::Indicator(_)))
        }
    }
}
