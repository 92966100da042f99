//! What must hold of every graph between passes.

use super::{Access, Dim, Equation, FIXED, Graph, Kind, Leaf, NodeId};

/// Checks the invariants of the representation; the error names the node and what is wrong with it.
///
/// Operands come before consumers; every axis of an operand has a label of the same extent; a view or reduction reads each label it
/// reduces over; the batch is the last axis or none; a map reads all of its axes.
pub fn verify(graph: &Graph) -> Result<(), String> {
    graph.ids().try_for_each(|id| {
        verify_node(graph, id).map_err(|problem| format!("node {}: {problem}", id.0))
    })
}

fn verify_node(graph: &Graph, id: NodeId) -> Result<(), String> {
    let node = graph.node(id);
    let scope = node.scope();
    if scope.iter().filter(|dim| **dim == Dim::Batch).count() > 1 {
        return Err("two axes are the batch".into());
    }
    if node.shape.iter().rev().skip(1).any(|dim| *dim == Dim::Batch) {
        return Err("the batch is not the last axis".into());
    }
    if let Kind::Fold { body, .. } = &node.kind {
        let is_drawn = |id| matches!(body.graph.node(id).kind, Kind::Leaf(Leaf::Random(..)));
        if body.graph.ids().any(is_drawn) {
            return Err("a loop draws the same numbers in every step".into());
        }
        return verify(&body.graph);
    }
    for operand in node.kind.operands() {
        verify_access(graph, id, operand, &scope)?;
    }
    match &node.kind {
        Kind::Leaf(Leaf::Constant(_) | Leaf::Extent(_) | Leaf::Named(_))
            if !node.shape.is_empty() =>
        {
            Err("a number has axes".into())
        }
        Kind::Leaf(Leaf::Counter(dim)) if node.shape != [dim.clone()] => {
            Err("a counter has one axis".into())
        }
        Kind::Map { operands, .. } => {
            let unread = (0..node.shape.len() as u32)
                .find(|&label| !operands.iter().any(|operand| operand.reads(label)));
            unread.map_or(Ok(()), |label| Err(format!("no operand reads axis {label}")))
        }
        Kind::Contraction { operands, .. } if operands.is_empty() => {
            Err("nothing is multiplied".into())
        }
        Kind::Index { equations, operands, .. } => verify_index(operands, equations, &scope),
        Kind::Matrix { .. } | Kind::Fold { .. } => Ok(()),
        Kind::Contraction { .. } | Kind::Extremum { .. } => {
            let first = node.shape.len() as u32;
            let unread = (first..scope.len() as u32)
                .find(|&label| !node.kind.operands().iter().any(|operand| operand.reads(label)));
            unread.map_or(Ok(()), |label| Err(format!("no operand reads reduced label {label}")))
        }
        Kind::Leaf(_) => Ok(()),
    }
}

/// Positions speak of labels without an equation and of integers that are there; each label has one equation at most.
fn verify_index(operands: &[Access], equations: &[Equation], scope: &[Dim]) -> Result<(), String> {
    for (place, Equation { label, position, .. }) in equations.iter().enumerate() {
        if *label as usize >= scope.len() {
            return Err(format!("an equation for label {label}, which it does not have"));
        }
        for other in equations {
            if position.mentions(other.label) {
                return Err(format!("a position speaks of label {}, which has one", other.label));
            }
            for (integer, _) in &position.integers {
                let Some(access) = operands.get(*integer).filter(|_| *integer > 0) else {
                    return Err(format!("a position speaks of integer {integer}"));
                };
                if access.reads(other.label) {
                    return Err(format!("an integer is read at label {}", other.label));
                }
            }
        }
        if equations[..place].iter().any(|other| other.label == *label) {
            return Err(format!("two equations for label {label}"));
        }
    }
    Ok(())
}

fn verify_access(
    graph: &Graph,
    consumer: NodeId,
    access: &Access,
    scope: &[Dim],
) -> Result<(), String> {
    if access.node >= consumer {
        return Err(format!("operand {} does not come before it", access.node.0));
    }
    let shape = graph.shape(access.node);
    if access.axes.len() != shape.len() {
        return Err(format!(
            "operand {} has {} axes, read with {}",
            access.node.0,
            shape.len(),
            access.axes.len()
        ));
    }
    for (&label, dim) in access.axes.iter().zip(shape) {
        let extent = if label == FIXED { Some(&Dim::Fixed(1)) } else { scope.get(label as usize) };
        if extent != Some(dim) {
            return Err(format!(
                "operand {} has extent {dim} where label {label} has {extent:?}",
                access.node.0
            ));
        }
    }
    Ok(())
}
