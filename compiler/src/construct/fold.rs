//! Results of loops.

use std::rc::Rc;

use crate::ir::{
    Access, Body, Dim, Equation, FoldResult, Graph, Kind, Label, Leaf, NodeId, Position,
};

/// The result of a loop over `operands`: the initial states, then what the body captures.
pub fn fold_result(
    graph: &mut Graph,
    body: &Rc<Body>,
    operands: &[NodeId],
    result: FoldResult,
) -> NodeId {
    let operands = operands.iter().map(|&operand| Access::whole(graph, operand)).collect();
    let shape = body.shape(result);
    graph.intern(Kind::Fold { body: body.clone(), operands, result }, shape)
}

/// The same over accesses, in the labels of the arrays that the body reads: each becomes an array of its own where it is not one.
pub fn fold_of_accesses(
    graph: &mut Graph,
    body: &Rc<Body>,
    operands: &[Access],
    result: FoldResult,
) -> Access {
    let states = body.next.len();
    let whole = |graph: &mut Graph, (place, operand): (usize, &Access)| {
        let leaf = match place.checked_sub(states) {
            None => Some(body.next[place]),
            Some(captured) => body.leaf(&Leaf::Captured(captured)),
        };
        // What the body does not read may have any shape.
        leaf.map_or(operand.node, |leaf| {
            let shape = body.graph.shape(leaf);
            let labels: Vec<Label> = (0..shape.len() as Label).collect();
            super::view(graph, operand, &labels, shape)
        })
    };
    let operands: Vec<NodeId> =
        operands.iter().enumerate().map(|operand| whole(graph, operand)).collect();
    let node = fold_result(graph, body, &operands, result);
    Access::whole(graph, node)
}

/// In a body: what stands in `array` along its first axis at the number of the step, of which there are as many as the axis is long.
pub fn at_step(graph: &mut Graph, array: NodeId) -> NodeId {
    let mut scope: Vec<Dim> = graph.shape(array).to_vec();
    scope.rotate_left(1);
    let rank = scope.len() as u32 - 1;
    let axes = std::iter::once(rank).chain(0..rank).collect();
    let step = Access::scalar(graph.leaf(Leaf::Step, Vec::new()));
    let equation = Equation { label: rank, position: Position::integer(1), inside: true };
    let array = Access { node: array, axes };
    let part = super::index(graph, &array, &[step], &[equation], &[rank], &scope);
    let labels: Vec<u32> = (0..rank).collect();
    super::view(graph, &part, &labels, &scope)
}
