//! The user's expression in its numerically stable form, before the chain rule is applied.

pub mod rules;

use std::rc::Rc;
use std::sync::LazyLock;

use crate::construct;
use crate::functions::scalar::{self, ADD};
use crate::ir::{Access, Body, Extremum, Function, Graph, Kind, Label, NodeId};
use crate::rewrite::{self, Rebuilt, Rules};

/// Rebuilds what the roots depend on with the stabilizing rules, until none applies. What was held as a variable is one no longer.
pub fn stabilize(graph: &Graph, roots: &[NodeId]) -> Result<(Graph, Vec<NodeId>), String> {
    static RULES: LazyLock<Result<Rules, String>> =
        LazyLock::new(|| Rules::parse(rules::RULES.iter().chain(rules::RELEASE)));
    let rules = RULES.as_ref().map_err(Clone::clone)?;
    rewrite::until_settled(graph, roots, |graph, roots| round(graph, roots, rules))
}

/// The same for a part of a model that derivatives are taken of: variables stay apart.
pub fn stabilize_part(graph: &Graph, roots: &[NodeId]) -> Result<(Graph, Vec<NodeId>), String> {
    static RULES: LazyLock<Result<Rules, String>> = LazyLock::new(|| Rules::parse(rules::RULES));
    let rules = RULES.as_ref().map_err(Clone::clone)?;
    rewrite::until_settled(graph, roots, |graph, roots| round(graph, roots, rules))
}

fn round(graph: &Graph, roots: &[NodeId], rules: &Rules) -> Result<Rebuilt, String> {
    let mut bodies: Vec<(Rc<Body>, Rc<Body>)> = Vec::new();
    rewrite::rebuild(graph, roots, &mut |rebuilt, id, mut kind| {
        if let Kind::Fold { body, .. } = &mut kind {
            *body = stable_body(body, &mut bodies)?;
        }
        if let Some(shifted) = log_of_sum_of_exponentials(rebuilt, &kind)? {
            return Ok(shifted);
        }
        rewrite::keep(rebuilt, rules, &kind, graph.shape(id))
    })
}

/// The body of a loop in its stable form; results of one loop keep one body.
fn stable_body(body: &Rc<Body>, known: &mut Vec<(Rc<Body>, Rc<Body>)>) -> Result<Rc<Body>, String> {
    if let Some((_, stable)) = known.iter().find(|(before, _)| before == body) {
        return Ok(stable.clone());
    }
    let (graph, roots) = stabilize(&body.graph, &body.roots())?;
    let stable = Rc::new(body.with_roots(graph, &roots));
    known.push((body.clone(), stable.clone()));
    Ok(stable)
}

/// `ln(Σ exp(x)) → m + ln(Σ exp(x − m))` with `m = max x`, which no exponential overflows in (Blanchard, Higham & Higham 2021).
///
/// The maximum is a constant to the chain rule, since the value does not depend on it. An infinite maximum would make `x − m` NaN; there
/// nothing is shifted.
fn log_of_sum_of_exponentials(graph: &mut Graph, kind: &Kind) -> Result<Option<Access>, String> {
    let Kind::Map { function: Function("ln"), operands } = kind else { return Ok(None) };
    let [sum] = operands.as_slice() else { return Ok(None) };
    let sum = sum.resolved(graph);
    let Kind::Contraction { operands, summed } = graph.node(sum.node).kind.clone() else {
        return Ok(None);
    };
    let [exponential] = operands.as_slice() else { return Ok(None) };
    let Kind::Map { function: Function("exp"), operands } =
        graph.node(exponential.node).kind.clone()
    else {
        return Ok(None);
    };
    let exponent = operands[0].relabelled(&exponential.axes);
    if summed.is_empty() || is_shifted(graph, &exponent) {
        return Ok(None);
    }
    let scope = graph.node(sum.node).scope();
    let rank = graph.shape(sum.node).len() as Label;
    let over: Vec<Label> = (rank..scope.len() as Label).collect();
    let apply =
        |graph: &mut Graph, name: &'static str, operands: &[Access]| -> Result<Access, String> {
            Ok(construct::map(graph, scalar::row(Function(name))?, operands, &scope))
        };
    let largest = construct::extremum(graph, Extremum::Max, &exponent, &over, &scope);
    let magnitude = apply(graph, "abs", std::slice::from_ref(&largest))?;
    let infinity = Access::scalar(graph.constant(f64::INFINITY));
    let is_finite = apply(graph, "less", &[magnitude, infinity])?;
    let finite = apply(graph, "pick", &[is_finite, largest])?;
    let shift = apply(graph, "stop", &[finite])?;
    let difference = apply(graph, "sub", &[exponent, shift.clone()])?;
    let exponential = apply(graph, "exp", &[difference])?;
    let total = construct::contract(graph, &[exponential], &over, &scope);
    let logarithm = apply(graph, "ln", &[total])?;
    let result = construct::map(graph, ADD, &[shift, logarithm], &scope);
    Ok(Some(result.relabelled(&sum.axes)))
}

/// Whether the exponent already has a maximum subtracted, as the library's own definitions have.
fn is_shifted(graph: &Graph, exponent: &Access) -> bool {
    let Kind::Map { function: Function("sub"), operands } = &graph.node(exponent.node).kind else {
        return false;
    };
    let subtracted = operands[1].resolved(graph);
    matches!(graph.node(subtracted.node).kind, Kind::Map { function: Function("stop"), .. })
}
