//! A part of a graph in another graph.

use std::rc::Rc;

use crate::construct;
use crate::ir::{Access, Body, Dim, Equation, FIXED, FoldResult, Graph, Kind, Label, Leaf, NodeId};
use crate::rewrite::{self, Rules};

/// What `root` depends on, added to `into`; `replace` puts accesses in the place of nodes. Names are left behind.
///
/// An access that stands for a node is in the node's own labels and one more, the next, for the examples: what is the same for all
/// examples in one graph may differ in the other, and so does then whatever depends on it.
pub fn transfer(
    graph: &Graph,
    root: NodeId,
    into: &mut Graph,
    replace: Replace,
) -> Result<Access, String> {
    let mut accesses = transfer_all(graph, &[root], into, replace)?;
    accesses.pop().ok_or_else(|| "the root was not reached".into())
}

/// What may stand for a node.
type Replace<'a> = &'a mut dyn FnMut(&mut Graph, NodeId) -> Result<Option<Access>, String>;

/// The same for several roots.
fn transfer_all(
    graph: &Graph,
    roots: &[NodeId],
    into: &mut Graph,
    replace: Replace,
) -> Result<Vec<Access>, String> {
    let reachable = graph.reachable(roots);
    let mut moved: Vec<Option<Access>> = vec![None; graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        let access = match replace(into, id)? {
            Some(access) => access,
            None => {
                let (kind, shape) = match &graph.node(id).kind {
                    Kind::Fold { body, operands, result } => {
                        (loop_over_moved(body, operands, *result, &moved)?, Vec::new())
                    }
                    _ => over_moved(graph, id, &moved)?,
                };
                rewrite::keep(into, &Rules::default(), &kind, &shape)?
            }
        };
        moved[id.0 as usize] = Some(access);
    }
    let found = roots.iter().map(|root| moved[root.0 as usize].clone());
    found.collect::<Option<_>>().ok_or_else(|| "a root was not reached".into())
}

/// A node over what stands for its operands, with the examples as one more axis where one of them differs from example to example.
fn over_moved(
    graph: &Graph,
    id: NodeId,
    moved: &[Option<Access>],
) -> Result<(Kind, Vec<Dim>), String> {
    let node = graph.node(id);
    let operands = with_moved(node.kind.operands(), moved)?;
    let differs =
        operands.iter().any(|(operand, access)| access.reads(operand.axes.len() as Label));
    let is_wider = differs && !graph.is_batched(id);
    if is_wider && node.kind.reduced().contains(&Dim::Batch) {
        return Err("it is summed over examples".into());
    }
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

/// Operands, each with what stands for its node.
fn with_moved<'a>(
    operands: &'a [Access],
    moved: &'a [Option<Access>],
) -> Result<Vec<(&'a Access, &'a Access)>, String> {
    let found = operands.iter().map(|operand| {
        let access = moved[operand.node.0 as usize].as_ref();
        Ok((operand, access.ok_or("an operand comes after its consumer")?))
    });
    found.collect()
}

/// A loop over what stands for its operands. Where one of them differs from example to example that did not, all states do.
fn loop_over_moved(
    body: &Rc<Body>,
    operands: &[Access],
    result: FoldResult,
    moved: &[Option<Access>],
) -> Result<Kind, String> {
    let operands = with_moved(operands, moved)?;
    let differs: Vec<bool> = operands
        .iter()
        .map(|(operand, access)| access.reads(operand.axes.len() as Label))
        .collect();
    let read = operands.iter().map(|(_, access)| (*access).clone()).collect();
    if !differs.contains(&true) {
        return Ok(Kind::Fold { body: body.clone(), operands: read, result });
    }
    let states = body.next.len();
    let mut wider = Graph::default();
    let mut replace = |wider: &mut Graph, id: NodeId| {
        let node = body.graph.node(id);
        let is_wider = match node.kind {
            Kind::Leaf(Leaf::State(_)) => true,
            Kind::Leaf(Leaf::Captured(place)) => differs[states + place],
            _ => return Ok(None),
        };
        let mut shape = node.shape.clone();
        shape.extend((is_wider && !body.graph.is_batched(id)).then_some(Dim::Batch));
        let Kind::Leaf(leaf) = &node.kind else { return Ok(None) };
        let leaf = wider.leaf(leaf.clone(), shape);
        Ok(Some(Access::whole(wider, leaf)))
    };
    let accesses = transfer_all(&body.graph, &body.roots(), &mut wider, &mut replace)?;
    let mut roots = Vec::new();
    for (place, (root, access)) in body.roots().into_iter().zip(accesses).enumerate() {
        let mut shape = body.graph.shape(root).to_vec();
        if !body.graph.is_batched(root) && (place < states || access.reads(shape.len() as Label)) {
            shape.push(Dim::Batch);
        }
        let labels: Vec<Label> = (0..shape.len() as Label).collect();
        roots.push(construct::view(&mut wider, &access, &labels, &shape));
    }
    let body = Rc::new(body.with_roots(wider, &roots));
    Ok(Kind::Fold { body, operands: read, result })
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
