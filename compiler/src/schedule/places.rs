//! Index nodes in a plan: which lie in the memory of their array, and what the others read and write where.

use super::storage::{Implementation, Storage};
use crate::ir::{
    Access, Equation, FIXED, Graph, Kind, Label, Leaf, Node, NodeId, Polynomial, Position,
};
use crate::plan::{Guard, Plan, View};

/// Whether an index node adds at places, rather than reads from them: something is reduced that no equation says.
pub fn is_scatter(node: &Node) -> bool {
    let Kind::Index { over, equations, .. } = &node.kind else { return false };
    let solved = equations.iter().filter(|one| one.label as usize >= node.shape.len()).count();
    solved < over.len()
}

/// Whether an index node puts a value at places, and 0 elsewhere, which are the same along the axes they are on.
pub fn is_put(node: &Node) -> bool {
    let Kind::Index { operands, over, equations } = &node.kind else { return false };
    let is_free = |label| operands.iter().all(|operand| !operand.reads(label));
    over.is_empty() && equations.iter().all(|equation| is_free(equation.label))
}

/// Whether the node reads its operand from places of its own, which must therefore be in memory.
pub fn reads_places(node: &Node, operand: NodeId) -> bool {
    let Kind::Index { operands, .. } = &node.kind else { return false };
    let rank = node.shape.len() as Label;
    operands[0].node == operand
        && !is_scatter(node)
        && operands[0].axes.iter().any(|&label| label != FIXED && label >= rank)
}

/// How an index node lies in the memory of its array, whose strides these are; integers are its operands. `None` if it does not.
pub fn view(
    graph: &Graph,
    id: NodeId,
    strides: &[Polynomial],
) -> Option<(Position, Vec<Polynomial>)> {
    let node = graph.node(id);
    let Kind::Index { operands, equations, .. } = &node.kind else { return None };
    let is_single = |(operand, _): &(usize, Polynomial)| operands[*operand].axes.is_empty();
    let is_plain = |one: &Equation| one.inside && one.position.integers.iter().all(is_single);
    let is_stored = !matches!(graph.node(operands[0].node).kind, Kind::Leaf(Leaf::Counter(_)));
    if !is_stored || !equations.iter().all(is_plain) {
        return None;
    }
    if is_scatter(node) { merged(graph, node, strides) } else { selected(node, strides) }
}

/// A gather whose places are affine in its axes.
fn selected(node: &Node, strides: &[Polynomial]) -> Option<(Position, Vec<Polynomial>)> {
    let Kind::Index { operands, equations, .. } = &node.kind else { return None };
    let rank = node.shape.len() as Label;
    if equations.iter().any(|equation| equation.label < rank) {
        return None;
    }
    let mut address = Position::default();
    for (&label, stride) in operands[0].axes.iter().zip(strides) {
        address = address.plus(&position_along(label, equations).times(stride));
    }
    let own: Vec<Polynomial> = (0..rank).map(|label| address.factor(label)).collect();
    let is_forward = own.iter().all(Polynomial::is_nonnegative)
        && (0..rank).all(|label| operands[0].reads(label) || address.mentions(label));
    let offset = Position { labels: Vec::new(), ..address };
    is_forward.then_some((offset, own))
}

/// Axes laid out as one, in the order they have in memory.
fn merged(
    graph: &Graph,
    node: &Node,
    strides: &[Polynomial],
) -> Option<(Position, Vec<Polynomial>)> {
    let Kind::Index { operands, equations, .. } = &node.kind else { return None };
    let array = &operands[0];
    let own: Vec<Polynomial> = row_major(&node.shape);
    let mut there = Position::default();
    for (&label, stride) in array.axes.iter().zip(strides) {
        there = there.plus(&position_along(label, &[]).times(stride));
    }
    let mut here = Position::default();
    for (label, stride) in (0..).zip(&own) {
        here = here.plus(&position_along(label, equations).times(stride));
    }
    let mut labels = array.axes.clone();
    labels.sort_unstable();
    labels.dedup();
    let is_whole = labels.len() == array.axes.len()
        && node.scope().len() == labels.len() + equations.len()
        && Polynomial::product(&node.shape) == Polynomial::product(graph.shape(array.node));
    (is_whole && here == there).then(|| (Position::default(), own))
}

/// The place along an axis read at `label`, in the labels without equations.
fn position_along(label: Label, equations: &[Equation]) -> Position {
    match equations.iter().find(|equation| equation.label == label) {
        Some(equation) => equation.position.clone(),
        None if label == FIXED => Position::default(),
        None => Position::label(label),
    }
}

/// The strides of a buffer of its own.
pub fn row_major(shape: &[crate::ir::Dim]) -> Vec<Polynomial> {
    (0..shape.len()).map(|axis| Polynomial::product(&shape[axis + 1..])).collect()
}

/// The view of a node in a plan, where its array and its integers have the given buffers.
pub fn plan_view(
    graph: &Graph,
    plan: &Plan,
    id: NodeId,
    buffers: &[crate::plan::BufferId],
) -> Result<View, String> {
    let strides = plan.buffers[buffers[0]].strides();
    let (offset, strides) =
        view(graph, id, &strides).ok_or_else(|| format!("node {} is no view", id.0))?;
    Ok(View { of: buffers[0], offset: offset.with_integers_at(buffers), strides })
}

/// The labels a loop over a node runs over, the batch not yet last: where it adds at places, those without an equation.
pub fn is_looped(node: &Node, adds: bool, label: Label) -> bool {
    match &node.kind {
        Kind::Index { equations, .. } if adds => {
            equations.iter().all(|equation| equation.label != label)
        }
        Kind::Index { .. } => (label as usize) < node.shape.len(),
        _ => true,
    }
}

/// Where an index node reads or writes, once its labels have names in a domain and its integers are values.
pub struct Located {
    /// The place along each label of the node.
    pub places: Vec<Position>,
    /// What must hold.
    pub guards: Vec<Guard>,
}

/// Names labels and integers: label `l` is `names[l]` in the domain, operand `k` is `values[k]`; `adds` says that the node adds at places.
pub fn locate(node: &Node, adds: bool, names: &[Label], values: &[usize]) -> Located {
    let equations = match &node.kind {
        Kind::Index { equations, .. } => equations.as_slice(),
        _ => &[],
    };
    let rank = node.shape.len() as Label;
    let scope = node.scope();
    let named = |position: &Position| position.with_integers_at(values).relabelled(names);
    let own = |label: Label| match names[label as usize] {
        FIXED => Position::default(),
        name => Position::label(name),
    };
    let mut guards = Vec::new();
    let mut places: Vec<Position> = (0..scope.len() as Label).map(own).collect();
    for Equation { label, position, inside } in equations {
        let position = named(position);
        if *label < rank && !adds {
            guards.push(Guard::Equal(own(*label), position));
            continue;
        }
        if !inside {
            guards.push(Guard::Inside(position.clone(), scope[*label as usize].clone()));
        }
        places[*label as usize] = position;
    }
    Located { places, guards }
}

/// The places along the axes of an access.
pub fn along(access: &Access, places: &[Position]) -> Vec<Position> {
    let place = |&label: &Label| match label {
        FIXED => Position::default(),
        label => places[label as usize].clone(),
    };
    access.axes.iter().map(place).collect()
}

/// The axes of a node that its loop does not run over, with their places.
pub fn apart(axes: &[Label], located: &Located) -> Vec<(usize, Position)> {
    let fixed = axes.iter().enumerate().filter(|(_, label)| **label == FIXED);
    fixed.map(|(axis, _)| (axis, located.places[axis].clone())).collect()
}

/// The strides each node has in memory, and which nodes lie in the memory of another.
pub fn views(graph: &Graph, reachable: &[bool], is_free: impl Fn(NodeId) -> bool) -> Vec<bool> {
    let mut strides: Vec<Vec<Polynomial>> = Vec::new();
    let mut is_view = vec![false; graph.len()];
    let mut is_captured = vec![false; graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        if let Kind::Fold { operands, .. } = &graph.node(id).kind {
            for operand in operands {
                is_captured[operand.node.0 as usize] = true;
            }
        }
    }
    for id in graph.ids() {
        let node = graph.node(id);
        let found = match &node.kind {
            Kind::Index { operands, .. } if reachable[id.0 as usize] && is_free(id) => {
                view(graph, id, &strides[operands[0].node.0 as usize])
            }
            _ => None,
        };
        // A loop reads what it captures as an array of its own.
        let found = found.filter(|(_, strides)| {
            !is_captured[id.0 as usize] || *strides == row_major(&node.shape)
        });
        is_view[id.0 as usize] = found.is_some();
        strides.push(found.map_or_else(|| row_major(&node.shape), |(_, strides)| strides));
    }
    is_view
}

/// What lies in the memory of another, and what it takes from where: the array first.
pub fn sources_of_view(graph: &Graph, storage: &Storage, id: NodeId) -> Vec<NodeId> {
    let is_view = storage.implementation[id.0 as usize] == Implementation::View;
    let operands = graph.node(id).kind.operands();
    operands.iter().filter(|_| is_view).map(|operand| operand.node).collect()
}
