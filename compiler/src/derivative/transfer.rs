//! A part of a graph in another graph.

use crate::ir::{Access, Dim, Equation, FIXED, Graph, Kind, Label, NodeId};
use crate::rewrite::{self, Rules};

/// What `root` depends on, added to `into`; `replace` puts accesses in the place of nodes. Names are left behind.
///
/// An access that stands for a node is in the node's own labels and one more, the next, for the examples: what is the same for all
/// examples in one graph may differ in the other, and so does then whatever depends on it.
pub fn transfer(
    graph: &Graph,
    root: NodeId,
    into: &mut Graph,
    replace: &dyn Fn(NodeId) -> Result<Option<Access>, String>,
) -> Result<Access, String> {
    let reachable = graph.reachable(&[root]);
    let mut moved: Vec<Option<Access>> = vec![None; graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        let access = match replace(id)? {
            Some(access) => access,
            None => {
                let (kind, shape) = over_moved(graph, id, &moved)?;
                rewrite::keep(into, &Rules::default(), &kind, &shape)?
            }
        };
        moved[id.0 as usize] = Some(access);
    }
    moved[root.0 as usize].take().ok_or_else(|| "the root was not reached".into())
}

/// A node over what stands for its operands, with the examples as one more axis where one of them differs from example to example.
fn over_moved(
    graph: &Graph,
    id: NodeId,
    moved: &[Option<Access>],
) -> Result<(Kind, Vec<Dim>), String> {
    let node = graph.node(id);
    let mut operands = Vec::new();
    for operand in node.kind.operands() {
        let access = moved[operand.node.0 as usize].as_ref();
        operands.push((operand, access.ok_or("an operand comes after its consumer")?));
    }
    let differs =
        operands.iter().any(|(operand, access)| access.reads(operand.axes.len() as Label));
    let is_wider = differs && !graph.is_batched(id);
    check_widened(&node.kind, is_wider)?;
    let mut shape = node.shape.clone();
    shape.extend(is_wider.then_some(Dim::Batch));
    let batch = match shape.last() {
        Some(Dim::Batch) => shape.len() as Label - 1,
        _ => FIXED,
    };
    let reduced = shape.len()..shape.len() + node.kind.reduced().len();
    let names: Vec<Label> =
        (0..node.shape.len()).chain(reduced).map(|label| label as Label).collect();
    let read = |(operand, access): (&Access, &Access)| {
        let mut labels = operand.relabelled(&names).axes;
        labels.push(batch);
        access.relabelled(&labels)
    };
    let operands = operands.into_iter().map(read).collect();
    Ok((relabelled(&node.kind, &names).with_operands(operands), shape))
}

/// What cannot differ from example to example.
fn check_widened(kind: &Kind, is_wider: bool) -> Result<(), String> {
    match kind {
        _ if !is_wider => Ok(()),
        Kind::Fold { .. } => {
            Err("it is the result of a loop over values that all examples share".into())
        }
        _ if kind.reduced().contains(&Dim::Batch) => Err("it is summed over examples".into()),
        _ => Ok(()),
    }
}

/// The equations of an index in other labels.
fn relabelled(kind: &Kind, names: &[Label]) -> Kind {
    let mut kind = kind.clone();
    if let Kind::Index { equations, .. } = &mut kind {
        for Equation { label, position, .. } in equations {
            *label = names[*label as usize];
            *position = position.relabelled(names);
        }
    }
    kind
}
