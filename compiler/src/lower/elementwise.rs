//! Elementwise functions with NumPy's broadcasting.

use super::{Lowering, undecidable};
use crate::construct;
use crate::diagnostic::meaning;
use crate::functions::scalar::{Notation, Scalar};
use crate::ir::{Access, Dim, FIXED, Kind, Label, Leaf, NodeId};
use crate::tree::{Expr, Position};

impl Lowering<'_> {
    /// `function` of the operands, elementwise. Shapes are aligned at their last axis; an extent of 1 meets any other.
    pub(super) fn elementwise(
        &mut self,
        function: &'static Scalar,
        operands: &[NodeId],
        sources: &[&Expr],
        at: Position,
    ) -> Option<NodeId> {
        self.elementwise_to(verb(function), function, operands, sources, at)
    }

    /// The same, with what messages say cannot be done.
    pub(super) fn elementwise_to(
        &mut self,
        verb: &'static str,
        function: &'static Scalar,
        operands: &[NodeId],
        sources: &[&Expr],
        at: Position,
    ) -> Option<NodeId> {
        let shapes: Vec<Vec<Dim>> =
            operands.iter().map(|&operand| self.example_shape(operand)).collect();
        let mut scope = self.broadcast(verb, operands, &shapes, sources, at)?;
        let rank = scope.len();
        let batch = rank as Label;
        let batched = operands.iter().any(|&operand| self.graph.is_batched(operand));
        scope.push(Dim::Batch);
        let accesses: Vec<Access> = operands
            .iter()
            .zip(&shapes)
            .map(|(&operand, shape)| {
                self.read(operand, &broadcast_labels(shape, &scope[..rank]), batch)
            })
            .collect();
        let access = construct::map(&mut self.graph, function, &accesses, &scope);
        let labels: Vec<Label> = (0..rank as Label + Label::from(batched)).collect();
        Some(construct::view(&mut self.graph, &access, &labels, &scope))
    }

    /// The shape all shapes broadcast to.
    fn broadcast(
        &mut self,
        verb: &'static str,
        operands: &[NodeId],
        shapes: &[Vec<Dim>],
        sources: &[&Expr],
        at: Position,
    ) -> Option<Vec<Dim>> {
        let rank = shapes.iter().map(Vec::len).max().unwrap_or(0);
        let mut result = vec![Dim::Fixed(1); rank];
        let mut owner = vec![0; rank];
        for (operand, shape) in shapes.iter().enumerate() {
            let first = rank - shape.len();
            for (axis, dim) in shape.iter().enumerate() {
                let place = first + axis;
                if dim.is_one() || result[place] == *dim {
                    continue;
                }
                if result[place].is_one() {
                    result[place] = dim.clone();
                    owner[place] = operand;
                    continue;
                }
                let other = owner[place];
                let diagnostic = if undecidable(&result[place], dim) {
                    meaning::undecidable_extents(at, &result[place], dim)
                } else {
                    let names = [other, operand].map(|k| {
                        sources.get(k).map_or(String::new(), |e| super::describe::describe(e))
                    });
                    meaning::cannot_broadcast(
                        at,
                        verb,
                        [&names[0], &names[1]],
                        [&shapes[other], shape],
                        [&result[place], dim],
                        place,
                        self.declaration(
                            [operand, other].map(|k| (operands[k], &*shapes[k])),
                            place,
                            rank,
                        ),
                    )
                };
                self.report(diagnostic);
                return None;
            }
        }
        Some(result)
    }

    /// How the first of two operands that is an argument could be declared, so that it meets the other in an axis of the result.
    fn declaration(
        &self,
        operands: [(NodeId, &[Dim]); 2],
        axis: usize,
        rank: usize,
    ) -> Option<String> {
        let is_argument =
            |node| matches!(self.graph.node(node).kind, Kind::Leaf(Leaf::Argument(_)));
        let [first, second] = operands;
        let ((node, shape), (_, other)) =
            if is_argument(first.0) { (first, second) } else { (second, first) };
        let name = self.graph.name(node).filter(|_| is_argument(node))?;
        let place = |shape: &[Dim]| (axis + shape.len()).checked_sub(rank);
        let mut wanted = shape.to_vec();
        wanted[place(shape)?] = other[place(other)?].clone();
        Some(format!(
            "declare `{name}` as {}, or with extent 1 there",
            meaning::shape_text(&wanted)
        ))
    }
}

/// The labels of an operand of `shape` in a result of shape `result`.
fn broadcast_labels(shape: &[Dim], result: &[Dim]) -> Vec<Label> {
    let first = result.len() - shape.len();
    let label = |axis: usize| {
        let stretched = shape[axis].is_one() && !result[first + axis].is_one();
        if stretched { FIXED } else { (first + axis) as Label }
    };
    (0..shape.len()).map(label).collect()
}

/// What a message says cannot be done.
fn verb(function: &Scalar) -> &'static str {
    match function.notation {
        Notation::Infix("+", _) => "add",
        Notation::Infix("-" | "−", _) => "subtract",
        Notation::Infix("/", _) => "divide",
        Notation::Infix(..) => "multiply",
        _ => "combine",
    }
}
