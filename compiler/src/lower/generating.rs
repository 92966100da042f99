//! Arrays made from places: triangles, diagonals, indicators, the place of the largest value.

use super::call::Call;
use super::integer::Affine;
use super::shaping::Array;
use super::{Lowering, Value};
use crate::construct;
use crate::diagnostic::meaning;
use crate::functions::scalar::{EQUAL, LESS, MIN, PICK, SELECT};
use crate::ir::{Access, Dim, Equation, Extremum, Label, Leaf, NodeId, Polynomial, Position};

impl Lowering<'_> {
    /// The lower triangle, or the upper one where `side` is −1.
    pub(super) fn triangle(&mut self, call: &Call, array: &Array, side: i64) -> Option<NodeId> {
        let rank = array.shape.len() as Label;
        if rank < 2 {
            let message = meaning::wrong_rank;
            self.report(message(
                call.at,
                &call.name.text,
                "its argument",
                &array.shape,
                "a matrix",
            ));
            return None;
        }
        let offset = self.named_integer(call, "offset", 0)?;
        let scope = [array.shape.clone(), vec![Dim::Batch]].concat();
        let access = self.read(array.node, &(0..rank).collect::<Vec<_>>(), rank);
        let offset = Access::scalar(self.number(&offset));
        let graph = &mut self.graph;
        let [row, column] =
            [rank - 2, rank - 1].map(|axis| construct::counter(graph, axis, &scope));
        let diagonal = construct::add(graph, &row, &offset, &scope);
        let (left, right) = if side > 0 { (diagonal, column) } else { (column, diagonal) };
        let outside = construct::map(graph, LESS, &[left, right], &scope);
        let zero = Access::scalar(graph.constant(0.0));
        let kept = construct::map(graph, EQUAL, &[outside, zero], &scope);
        let triangle = construct::map(graph, PICK, &[kept, access], &scope);
        Some(self.in_axes_of_places(&triangle, rank, rank, &scope))
    }

    /// A vector on the diagonal of a matrix, or the diagonal of one.
    pub(super) fn diag(&mut self, call: &Call, array: &Array) -> Option<NodeId> {
        match array.shape.as_slice() {
            [dim] => {
                let scope = [dim.clone(), dim.clone(), Dim::Batch];
                let access = self.read(array.node, &[0], 2);
                let equation = Equation { label: 1, position: Position::label(0), inside: true };
                let matrix =
                    construct::index(&mut self.graph, &access, &[], &[equation], &[], &scope);
                Some(self.in_axes_of_places(&matrix, 2, 2, &scope))
            }
            [rows, columns] if rows == columns => {
                let scope = [rows.clone(), Dim::Batch];
                Some(self.contraction([(array.node, vec![0, 0])], &[0], &scope))
            }
            shape => {
                let wanted = "a vector or a square matrix";
                self.report(meaning::wrong_rank(call.at, "diag", "its argument", shape, wanted));
                None
            }
        }
    }

    /// 1 at a place, 0 elsewhere, along a new last axis.
    pub(super) fn one_hot_call(&mut self, call: &Call) -> Option<Value> {
        let place = self.integer(call.operands[0])?;
        self.check_integer_shapes(&place, call.operands[0].at)?;
        let extent = self.extent_argument(call.operands[1])?;
        let shape = self.integer_shape(&place);
        let rank = shape.len() as Label;
        let scope = [shape, vec![extent, Dim::Batch]].concat();
        let labels: Vec<Label> = (0..rank).collect();
        let mut position = Position::constant(place.offset.clone());
        let mut integers = Vec::new();
        for term in &place.terms {
            integers.push(self.read_integer(term.node, &labels, rank + 1));
            position = position.plus(&Position::integer(integers.len()).times(&term.factor));
        }
        let one = Access::scalar(self.graph.constant(1.0));
        let equation = Equation { label: rank, position, inside: true };
        let hot = construct::index(&mut self.graph, &one, &integers, &[equation], &[], &scope);
        Some(Value::Array(self.in_axes_of_places(&hot, rank + 1, rank + 1, &scope)))
    }

    /// The identity matrix.
    pub(super) fn eye(&mut self, call: &Call) -> Option<NodeId> {
        let extent = self.extent_argument(call.operands[0])?;
        let scope = [extent.clone(), extent, Dim::Batch];
        let one = Access::scalar(self.graph.constant(1.0));
        let equation = Equation { label: 1, position: Position::label(0), inside: true };
        let matrix = construct::index(&mut self.graph, &one, &[], &[equation], &[], &scope);
        Some(self.in_axes_of_places(&matrix, 2, 2, &scope))
    }

    /// 0, 1, 2, …
    pub(super) fn iota(&mut self, call: &Call) -> Option<NodeId> {
        let extent = self.extent_argument(call.operands[0])?;
        Some(self.graph.leaf(Leaf::Counter(extent.clone()), vec![extent]))
    }

    /// One number everywhere.
    pub(super) fn filled(&mut self, call: &Call, number: f64) -> Option<NodeId> {
        let wanted = self.extents(call)?;
        let number = self.graph.constant(number);
        Some(self.copied(number, &[], wanted))
    }

    /// The first place of the largest value along an axis; of the smallest, where `sign` is −1.
    pub(super) fn place_of_largest(&mut self, call: &Call, sign: f64) -> Option<Value> {
        let array = self.first_array(call)?;
        let axis = self.one_axis(call, &array.shape, -1)?;
        let rank = array.shape.len() as Label;
        let scope = [array.shape.clone(), vec![Dim::Batch]].concat();
        let access = self.read(array.node, &(0..rank).collect::<Vec<_>>(), rank);
        let over = [axis as Label];
        let searched = if sign > 0.0 { Extremum::Max } else { Extremum::Min };
        let graph = &mut self.graph;
        let best = construct::extremum(graph, searched, &access, &over, &scope);
        let attained = construct::map(graph, EQUAL, &[access, best], &scope);
        let extent = Access::scalar(construct::extent(graph, &array.shape[axis]));
        let counter = construct::counter(graph, axis as Label, &scope);
        let candidates = construct::map(graph, SELECT, &[attained, counter, extent], &scope);
        let first = construct::extremum(graph, Extremum::Min, &candidates, &over, &scope);
        let last = Polynomial::from(&array.shape[axis]).plus(&Polynomial::constant(-1));
        let last_place = Position::constant(last.clone());
        let last_number = construct::number_at(graph, &last_place, &[], &scope);
        let place = construct::map(graph, MIN, &[first, last_number], &scope);
        let mut labels: Vec<Label> = (0..rank).filter(|&label| label != axis as Label).collect();
        labels.extend(place.reads(rank).then_some(rank));
        let node = construct::view(graph, &place, &labels, &scope);
        Some(Value::Integer(Affine::integer(node, Polynomial::default(), last)))
    }
}
