//! Gradients whose rows have the same number everywhere: each row is added as it lies, not copied from a narrower table when all is done.

use std::collections::BTreeSet;

use crate::functions::scalar::ADD;
use crate::ir::{Access, Dim, Equation, FIXED, FoldResult, Graph, Kind, Label, NodeId};
use crate::plan::Purpose;

use super::Root;
use super::scattered::naming_operand;

/// The same graph and roots where gradients are sums of whole rows that were copies of narrower ones, which would cost the size of the
/// table. `None` where nothing changes.
pub fn widen(graph: &Graph, roots: &[Root]) -> Option<(Graph, Vec<Root>)> {
    let may_be_sum = |root: &Root| match &graph.node(root.node).kind {
        Kind::Contraction { operands, summed } => summed.is_empty() && operands.len() == 1,
        Kind::Map { function, .. } => function.0 == ADD.name,
        _ => false,
    };
    let is_gradient = |root: &&Root| matches!(root.purpose, Purpose::Gradient(_));
    if !roots.iter().filter(is_gradient).any(may_be_sum) {
        return None;
    }
    let mut wide = graph.clone();
    let mut changed = roots.to_vec();
    for root in &mut changed {
        let Purpose::Gradient(_) = root.purpose else { continue };
        let (whole, shape) = (Access::whole(graph, root.node), graph.shape(root.node));
        if let Some(node) = wide_sum(&mut wide, &whole, shape, &mut BTreeSet::new()) {
            if let Some(name) = graph.name(root.node) {
                wide.set_name(node, name);
            }
            root.node = node;
        }
    }
    let is_same = changed.iter().zip(roots).all(|(one, other)| one.node == other.node);
    (!is_same).then_some((wide, changed))
}

/// A sum of rows as a node of this shape, whose axes an access names; a value that is part of it twice is none of rows alone.
fn wide_sum(
    graph: &mut Graph,
    access: &Access,
    shape: &[Dim],
    seen: &mut BTreeSet<NodeId>,
) -> Option<NodeId> {
    if !seen.insert(access.node) {
        return None;
    }
    let node = graph.node(access.node).clone();
    let is_whole = *access == Access::whole(graph, access.node) && node.shape == shape;
    match &node.kind {
        Kind::Contraction { operands, summed } if summed.is_empty() && operands.len() == 1 => {
            wide_sum(graph, &operands[0].relabelled(&access.axes), shape, seen)
        }
        Kind::Map { function, operands } if function.0 == ADD.name => {
            let mut terms = Vec::new();
            for operand in operands {
                let term = wide_sum(graph, &operand.relabelled(&access.axes), shape, seen)?;
                terms.push(Access::whole(graph, term));
            }
            let kind = Kind::Map { function: *function, operands: terms };
            Some(graph.intern(kind, shape.to_vec()))
        }
        Kind::Fold { result: FoldResult::Sum(_), .. } => is_whole.then_some(access.node),
        Kind::Index { operands, over, equations } => {
            naming_operand(graph, access.node)?;
            let mut apart = access.axes.clone();
            apart.sort_unstable();
            apart.dedup();
            if access.axes.first() != Some(&0)
                || apart.len() < access.axes.len()
                || apart.contains(&FIXED)
            {
                return None;
            }
            let mut names = access.axes.clone();
            names.extend((shape.len()..).take(over.len()).map(|label| label as Label));
            let operands = operands.iter().map(|one| one.relabelled(&names)).collect();
            let named = |one: &Equation| Equation {
                label: names[one.label as usize],
                position: one.position.relabelled(&names),
                inside: one.inside,
            };
            let mut equations: Vec<Equation> = equations.iter().map(named).collect();
            equations.sort();
            let kind = Kind::Index { operands, over: over.clone(), equations };
            Some(graph.intern(kind, shape.to_vec()))
        }
        _ => None,
    }
}
