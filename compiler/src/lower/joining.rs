//! Arrays one after the other, side by side, moved along an axis.

use super::call::Call;
use super::describe::describe;
use super::indexing::Outside;
use super::shaping::Array;
use super::{Lowering, undecidable};
use crate::construct;
use crate::diagnostic::meaning;
use crate::functions::scalar::ADD;
use crate::ir::{Dim, Equation, Label, NodeId, Polynomial, Position};

impl Lowering<'_> {
    /// The arrays one after the other along an axis.
    pub(super) fn concat(&mut self, call: &Call) -> Option<NodeId> {
        let arrays = self.all_arrays(call)?;
        let first = &arrays[0];
        let axis = self.one_axis(call, &first.shape, 0)?;
        for other in &arrays[1..] {
            let same = |axis: &usize| first.shape.get(*axis) == other.shape.get(*axis);
            let rank = first.shape.len();
            if other.shape.len() != rank || !(0..rank).filter(|k| *k != axis).all(|k| same(&k)) {
                self.report_joined(call, first, other);
                return None;
            }
        }
        let mut total = Polynomial::default();
        let mut offsets = Vec::new();
        for array in &arrays {
            offsets.push(total.clone());
            total = total.plus(&Polynomial::from(&array.shape[axis]));
        }
        let extent = self.extent_of_part(&total, call.at, &call.name.text)?;
        let mut parts = Vec::new();
        for (array, offset) in arrays.iter().zip(&offsets) {
            let back = Position::constant(offset.scaled(-1));
            parts.push(self.along_axis(array, axis, &extent, Outside::Zero, |at| at.plus(&back)));
        }
        self.sum_of_parts(&parts)
    }

    /// Arrays of one shape along a new axis.
    pub(super) fn stack(&mut self, call: &Call) -> Option<NodeId> {
        let arrays = self.all_arrays(call)?;
        let first = &arrays[0];
        let mut with_new = first.shape.clone();
        with_new.push(Dim::Fixed(1));
        let axis = self.one_axis(call, &with_new, 0)?;
        for other in &arrays[1..] {
            if other.shape != first.shape {
                self.report_joined(call, first, other);
                return None;
            }
        }
        let extent = Dim::Fixed(arrays.len() as u64);
        let mut parts = Vec::new();
        for (place, array) in arrays.iter().enumerate() {
            parts.push(self.layer(array, axis, &extent, place));
        }
        self.sum_of_parts(&parts)
    }

    /// The array at one place of a new axis, 0 at the others.
    fn layer(&mut self, array: &Array, axis: usize, extent: &Dim, place: usize) -> NodeId {
        let mut scope = array.shape.clone();
        scope.insert(axis, extent.clone());
        let batch = scope.len() as Label;
        scope.push(Dim::Batch);
        let labels: Vec<Label> = (0..batch).filter(|&label| label as usize != axis).collect();
        let access = self.read(array.node, &labels, batch);
        let position = Position::constant(Polynomial::constant(place as i64));
        let equation = Equation { label: axis as Label, position, inside: true };
        let part = construct::index(&mut self.graph, &access, &[], &[equation], &[], &scope);
        self.in_axes_of_places(&part, batch, batch, &scope)
    }

    fn sum_of_parts(&mut self, parts: &[NodeId]) -> Option<NodeId> {
        let (first, rest) = parts.split_first()?;
        let mut sum = *first;
        for part in rest {
            let shape = self.example_shape(sum);
            let rank = shape.len() as Label;
            let scope = [shape, vec![Dim::Batch]].concat();
            let labels: Vec<Label> = (0..rank).collect();
            let [a, b] = [sum, *part].map(|node| self.read(node, &labels, rank));
            let access = construct::map(&mut self.graph, ADD, &[a, b], &scope);
            sum = self.in_axes_of_places(&access, rank, rank, &scope);
        }
        Some(sum)
    }

    fn report_joined(&mut self, call: &Call, first: &Array, other: &Array) {
        let undecided = (first.shape.len() == other.shape.len())
            .then(|| first.shape.iter().zip(&other.shape).find(|(a, b)| undecidable(a, b)))
            .flatten();
        let names = [describe(first.source), describe(other.source)];
        let diagnostic = match undecided {
            Some((a, b)) => meaning::undecidable_extents(call.at, a, b),
            None => meaning::cannot_join(
                other.source.at,
                &call.name.text,
                [&names[0], &names[1]],
                [&first.shape, &other.shape],
            ),
        };
        self.report(diagnostic);
    }

    /// Zeros before and after.
    pub(super) fn pad(&mut self, call: &Call, array: &Array) -> Option<NodeId> {
        let axis = self.one_axis(call, &array.shape, 0)?;
        let mut sizes = Vec::new();
        for source in &call.operands[1..] {
            let size = self.polynomial_argument(source)?;
            if !size.is_nonnegative() {
                let found = describe(source);
                let name = if sizes.is_empty() { "before" } else { "after" };
                let message = meaning::not_a_literal;
                self.report(message(source.at, "pad", name, "a number from 0 up", &found));
                return None;
            }
            sizes.push(size);
        }
        let total = Polynomial::from(&array.shape[axis]).plus(&sizes[0]).plus(&sizes[1]);
        let extent = self.extent_of_part(&total, call.at, "pad")?;
        let back = Position::constant(sizes[0].scaled(-1));
        Some(self.along_axis(array, axis, &extent, Outside::Zero, |at| at.plus(&back)))
    }

    /// From the last to the first.
    pub(super) fn reverse(&mut self, call: &Call, array: &Array) -> Option<NodeId> {
        let axis = self.one_axis(call, &array.shape, 0)?;
        let extent = array.shape[axis].clone();
        let last = Position::constant(Polynomial::from(&extent).plus(&Polynomial::constant(-1)));
        let back = Polynomial::constant(-1);
        let place = |at: Position| last.plus(&at.times(&back));
        Some(self.along_axis(array, axis, &extent, Outside::Never, place))
    }

    /// So many places on, around the end.
    pub(super) fn roll(&mut self, call: &Call, array: &Array) -> Option<NodeId> {
        let axis = self.one_axis(call, &array.shape, 0)?;
        let extent = array.shape[axis].clone();
        let whole = Polynomial::from(&extent);
        let source = call.operands[1];
        let mut shift = self.polynomial_argument(source)?;
        if shift.scaled(-1).is_positive() {
            shift = shift.plus(&whole);
        }
        let rest = whole.plus(&shift.scaled(-1));
        if !shift.is_nonnegative() || !rest.is_nonnegative() {
            let place = describe(source);
            self.report(meaning::undecidable_place(source.at, &place, axis, &array.shape));
            return None;
        }
        let parts = [shift.scaled(-1), rest].map(|offset| {
            let offset = Position::constant(offset);
            self.along_axis(array, axis, &extent, Outside::Zero, |at| at.plus(&offset))
        });
        self.sum_of_parts(&parts)
    }
}
