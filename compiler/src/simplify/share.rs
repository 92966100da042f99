//! Shares, such as the 1/N of a mean: numbers made of constants and extents alone.
//!
//! They are known before any data is, and of moderate size, so a product may be rearranged around them without a new overflow. What
//! depends on parameters or data stays where the user put it: `(a·b)·x` may overflow where `a·(b·x)` does not.

use crate::construct;
use crate::functions::scalar::{DIV, MUL};
use crate::ir::{Access, Dim, Graph, Kind, Leaf, NodeId};

/// Whether a node is made of constants and extents alone.
pub fn is_share(graph: &Graph, id: NodeId) -> bool {
    // A map of numbers is a number, so whatever has axes need not be searched.
    if !graph.shape(id).is_empty() {
        return false;
    }
    match &graph.node(id).kind {
        Kind::Leaf(Leaf::Constant(_) | Leaf::Extent(_) | Leaf::Named(_)) => true,
        Kind::Map { operands, .. } => operands.iter().all(|operand| is_share(graph, operand.node)),
        _ => false,
    }
}

/// `s/x` and `s·(t·x)` with the shares multiplied first, which is then done once for all elements; `None` where nothing is gained.
///
/// `free` says which operands nobody else needs.
pub fn gathered(
    graph: &mut Graph,
    operands: &[Access],
    free: &[bool],
    scope: &[Dim],
) -> Option<Access> {
    let mut factors: Vec<Access> = Vec::new();
    for (operand, &free) in operands.iter().zip(free) {
        let operand = operand.resolved(graph);
        let node = graph.node(operand.node).clone();
        match &node.kind {
            Kind::Map { function, operands } if function.0 == MUL.name && free => {
                factors.extend(operands.iter().map(|inner| inner.relabelled(&operand.axes)));
            }
            Kind::Map { function, operands } if function.0 == DIV.name && free => {
                let parts = [0, 1].map(|k| operands[k].relabelled(&operand.axes));
                factors.extend(by_share(graph, parts, scope).unwrap_or_else(|| vec![operand]));
            }
            _ => factors.push(operand),
        }
    }
    let (shares, mut rest): (Vec<Access>, Vec<Access>) =
        factors.into_iter().partition(|factor| is_share(graph, factor.node));
    if shares.len() < 2 || rest.is_empty() {
        return None;
    }
    let share = construct::product(graph, &shares, scope);
    rest.insert(0, share);
    Some(construct::product(graph, &rest, scope))
}

/// `x/s` as the factors `x` and `1/s`, where `s` is a share.
pub fn by_share(graph: &mut Graph, [x, s]: [Access; 2], scope: &[Dim]) -> Option<Vec<Access>> {
    if !is_share(graph, s.node) || is_share(graph, x.node) {
        return None;
    }
    let one = Access::scalar(graph.constant(1.0));
    let reciprocal = construct::map(graph, DIV, &[one, s], scope);
    Some(vec![x, reciprocal])
}
