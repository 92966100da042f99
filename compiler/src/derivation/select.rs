//! Which values get an equation.

use super::names::{names_of_user, values_of_adjoints};
use crate::functions::matrix;
use crate::functions::scalar::{self, Notation};
use crate::ir::{Graph, Kind, Leaf, NodeId};
use crate::schedule::Root;
use crate::tree::Model;

/// An equation has no more names and numbers than this on its right side.
const LONGEST: usize = 14;

/// For each node, whether it has an equation.
pub fn select(model: &Model, graph: &Graph, roots: &[Root]) -> Result<Vec<bool>, String> {
    let root_ids: Vec<NodeId> = roots.iter().map(|root| root.node).collect();
    select_nodes(&names_of_user(model), graph, &root_ids)
}

/// For each node a root depends on, whether it has an equation; `written` are the names of the user.
pub fn select_nodes(
    written: &[String],
    graph: &Graph,
    root_ids: &[NodeId],
) -> Result<Vec<bool>, String> {
    let reachable = graph.reachable(root_ids);
    let consumers = count_consumers(graph, &reachable);
    let is_named = |id: NodeId| {
        graph.name(id).is_some_and(|name| {
            &**name == "prediction" || written.iter().any(|known| **known == **name)
        })
    };
    let mut selected = vec![false; graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        let place = id.0 as usize;
        let is_shared = consumers[place] > 1 && !is_trivial(graph, id, &selected)?;
        selected[place] = !matches!(graph.node(id).kind, Kind::Leaf(_))
            && (root_ids.contains(&id) || is_named(id) || is_shared);
    }
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        let node = graph.node(id);
        if let Kind::Index { operands, .. } = &node.kind {
            let array = operands[0].resolved(graph);
            let is_leaf = matches!(graph.node(array.node).kind, Kind::Leaf(_));
            let is_placed = array.axes.iter().any(|&label| label as usize >= node.shape.len());
            selected[array.node.0 as usize] |= is_placed && !is_leaf;
        }
    }
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        let Kind::Fold { body, operands, .. } = &graph.node(id).kind else { continue };
        selected[id.0 as usize] = true;
        for operand in &operands[body.next.len()..] {
            let is_leaf = matches!(graph.node(operand.node).kind, Kind::Leaf(_));
            selected[operand.node.0 as usize] |= !is_leaf;
        }
    }
    for (adjoint, value) in values_of_adjoints(graph) {
        let is_leaf = matches!(graph.node(value).kind, Kind::Leaf(_));
        if selected[adjoint.0 as usize] && !is_leaf {
            selected[value.0 as usize] = true;
        }
    }
    select_matrices(graph, &reachable, &mut selected)?;
    cut_long(graph, &reachable, &mut selected);
    for id in graph.ids() {
        if let Kind::Matrix { function, .. } = &graph.node(id).kind {
            selected[id.0 as usize] &= matrix::row(*function)?.public;
        }
    }
    Ok(selected)
}

/// A function of matrices reads values that have names, and has one.
fn select_matrices(graph: &Graph, reachable: &[bool], selected: &mut [bool]) -> Result<(), String> {
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        let Kind::Matrix { function, operands, .. } = &graph.node(id).kind else { continue };
        selected[id.0 as usize] = true;
        for operand in &operands[..matrix::row(*function)?.given().len()] {
            let is_leaf = matches!(graph.node(operand.node).kind, Kind::Leaf(_));
            selected[operand.node.0 as usize] |= !is_leaf;
        }
    }
    Ok(())
}

/// How many different nodes read each node.
fn count_consumers(graph: &Graph, reachable: &[bool]) -> Vec<u32> {
    let mut consumers = vec![0; graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        let mut read: Vec<NodeId> = graph
            .node(id)
            .kind
            .operands()
            .iter()
            .map(|operand| operand.resolved(graph).node)
            .collect();
        read.sort_unstable();
        read.dedup();
        for node in read {
            consumers[node.0 as usize] += 1;
        }
    }
    consumers
}

/// What a reader would not call a value of its own: a sign before a name, a number made of numbers and extents.
fn is_trivial(graph: &Graph, id: NodeId, selected: &[bool]) -> Result<bool, String> {
    let node = graph.node(id);
    let is_number = |id: NodeId| {
        matches!(
            graph.node(id).kind,
            Kind::Leaf(Leaf::Constant(_) | Leaf::Extent(_) | Leaf::Named(_))
        )
    };
    let Kind::Map { function, operands } = &node.kind else {
        return Ok(
            matches!(&node.kind, Kind::Contraction { summed, operands } if summed.is_empty() && operands.len() == 1),
        );
    };
    let row = scalar::row(*function)?;
    if matches!(row.notation, Notation::Prefix(_)) || row.name == "stop" {
        let operand = operands[0].node;
        let is_leaf = matches!(graph.node(operand).kind, Kind::Leaf(_));
        return Ok(is_leaf || selected[operand.0 as usize] || row.name == "stop");
    }
    if !node.shape.is_empty() {
        return Ok(false);
    }
    let mut trivial = true;
    for operand in operands {
        trivial &= is_number(operand.node) || is_constant(graph, operand.node);
    }
    Ok(trivial)
}

/// Whether a scalar is made of numbers and extents alone.
fn is_constant(graph: &Graph, id: NodeId) -> bool {
    match &graph.node(id).kind {
        Kind::Leaf(Leaf::Constant(_) | Leaf::Extent(_) | Leaf::Named(_)) => true,
        Kind::Map { operands, .. } => {
            operands.iter().all(|operand| is_constant(graph, operand.node))
        }
        _ => false,
    }
}

/// Cuts what would make an equation too long, so that the text grows linearly with the model.
fn cut_long(graph: &Graph, reachable: &[bool], selected: &mut [bool]) {
    let mut size = vec![1usize; graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        let operands = graph.node(id).kind.operands();
        if operands.is_empty() || matches!(graph.node(id).kind, Kind::Fold { .. }) {
            continue;
        }
        let written_out = |node: NodeId, selected: &[bool]| {
            if selected[node.0 as usize] { 1 } else { size[node.0 as usize] }
        };
        let mut total: usize = operands.iter().map(|op| written_out(op.node, selected)).sum();
        while total > LONGEST {
            let largest = operands
                .iter()
                .map(|operand| operand.node)
                .filter(|node| !selected[node.0 as usize] && size[node.0 as usize] > 1)
                .max_by_key(|node| size[node.0 as usize]);
            let Some(largest) = largest else { break };
            selected[largest.0 as usize] = true;
            total = operands.iter().map(|op| written_out(op.node, selected)).sum();
        }
        size[id.0 as usize] = total;
    }
}
