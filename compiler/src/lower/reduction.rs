//! Sums, extrema and counts over axes; indicators, which are built from counters.

use super::call::Call;
use super::describe::describe;
use super::indexing::{Outside, Places};
use super::products::Factor;
use super::{Lowering, Value};
use crate::construct;
use crate::diagnostic::meaning;
use crate::functions::scalar::EQUAL;
use crate::ir::{Dim, Extremum, Label, NodeId, Polynomial, Position};
use crate::tree::{Expr, ExprKind, Position as Source};

/// What a reduction computes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reduced {
    Sum,
    Max,
    Min,
    Count,
}

/// What becomes of the axes reduced over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    Removed,
    AsOne,
}

impl Lowering<'_> {
    /// A reduction over the axes of the call, all by default.
    pub(super) fn reduce_call(
        &mut self,
        call: &Call,
        node: NodeId,
        reduced: Reduced,
    ) -> Option<NodeId> {
        let shape = self.example_shape(node);
        let axes = match call.axes {
            Some(axes) => self.axes(axes, &shape, &call.name.text)?,
            None => (0..shape.len()).collect(),
        };
        let keep = match call.keep.map(|keep| &keep.kind) {
            None | Some(ExprKind::Integer(0)) => Kept::Removed,
            Some(ExprKind::Integer(1)) => Kept::AsOne,
            Some(_) => {
                let at = call.keep.map_or(call.at, |keep| keep.at);
                let found = call.keep.map_or(String::new(), describe);
                self.report(meaning::not_a_literal(at, &call.name.text, "keep", "0 or 1", &found));
                return None;
            }
        };
        Some(self.reduce(node, &axes, keep, reduced))
    }

    /// The reduction of a node over some of its axes, which go, or stay with extent 1.
    fn reduce(&mut self, node: NodeId, axes: &[usize], kept_as: Kept, reduced: Reduced) -> NodeId {
        let shape = self.example_shape(node);
        let rank = shape.len() as Label;
        let mut scope = shape.clone();
        scope.push(Dim::Batch);
        let labels: Vec<Label> = (0..rank).collect();
        let access = self.read(node, &labels, rank);
        let over: Vec<Label> = axes.iter().map(|&axis| axis as Label).collect();
        let graph = &mut self.graph;
        let result = match reduced {
            Reduced::Sum => construct::contract(graph, &[access], &over, &scope),
            Reduced::Max => construct::extremum(graph, Extremum::Max, &access, &over, &scope),
            Reduced::Min => construct::extremum(graph, Extremum::Min, &access, &over, &scope),
            Reduced::Count => construct::contract(graph, &[], &over, &scope),
        };
        let batched = result.reads(rank);
        let mut kept: Vec<Label> = Vec::new();
        for label in 0..rank {
            if !over.contains(&label) {
                kept.push(label);
            } else if kept_as == Kept::AsOne {
                kept.push(scope.len() as Label);
                scope.push(Dim::Fixed(1));
            }
        }
        kept.extend(batched.then_some(rank));
        if reduced == Reduced::Count {
            result.node
        } else {
            construct::view(&mut self.graph, &result, &kept, &scope)
        }
    }

    /// The axes an expression lists, counted from 0; negative ones from the end.
    pub(super) fn axes(
        &mut self,
        expression: &Expr,
        shape: &[Dim],
        function: &str,
    ) -> Option<Vec<usize>> {
        let items: Vec<&Expr> = match &expression.kind {
            ExprKind::List(items) => items.iter().collect(),
            ExprKind::Name(name) => {
                if let Some((_, Value::Axes(axes))) =
                    self.names.iter().rev().find(|(known, _)| known == name)
                {
                    return Some(axes.clone());
                }
                vec![expression]
            }
            _ => vec![expression],
        };
        let mut axes = Vec::new();
        for item in items {
            let Some(number) = integer(item) else {
                self.report(meaning::not_axes(item.at, function));
                return None;
            };
            let axis = if number < 0 { number + shape.len() as i64 } else { number };
            let Some(axis) = usize::try_from(axis).ok().filter(|&axis| axis < shape.len()) else {
                self.report(meaning::axis_out_of_range(item.at, number, function, shape));
                return None;
            };
            if axes.contains(&axis) {
                self.report(meaning::axis_repeated(item.at, axis));
                return None;
            }
            axes.push(axis);
        }
        Some(axes)
    }

    /// `[class = j]` along one more axis, the last of `like`.
    pub(super) fn one_hot(
        &mut self,
        class: NodeId,
        bound: &Dim,
        like: NodeId,
        at: Source,
    ) -> Option<NodeId> {
        let shape = self.example_shape(like);
        if shape.last() != Some(bound) {
            self.report(meaning::class_bound_differs(at, bound, &shape));
            return None;
        }
        let mut scope = self.example_shape(class);
        let places: Vec<Label> = (0..scope.len() as Label).collect();
        let along = scope.len() as Label;
        scope.extend([bound.clone(), Dim::Batch]);
        let counter = construct::counter(&mut self.graph, along, &scope);
        let class = self.read(class, &places, along + 1);
        let hot = construct::map(&mut self.graph, EQUAL, &[counter, class], &scope);
        let labels: Vec<Label> =
            (0..=along).chain(hot.reads(along + 1).then_some(along + 1)).collect();
        Some(construct::view(&mut self.graph, &hot, &labels, &scope))
    }

    /// The slice of the first axis at an integer.
    pub(super) fn part(&mut self, whole: Factor, place: Factor, at: Source) -> Option<NodeId> {
        let shape = self.example_shape(whole.node);
        let index = self
            .graph
            .as_constant(place.node)
            .filter(|index| *index >= 0.0 && *index == index.trunc());
        let (Some(index), Some(first)) = (index, shape.first()) else {
            let found = describe(place.source);
            self.report(meaning::not_a_literal(at, "part", "i", "an integer", &found));
            return None;
        };
        if matches!(first, Dim::Fixed(extent) if index >= *extent as f64) {
            self.report(meaning::axis_out_of_range(at, index as i64, "part", &shape));
            return None;
        }
        let mut places = Places::default();
        places.positions.push(Position::constant(Polynomial::constant(index as i64)));
        for dim in &shape[1..] {
            places.whole(dim);
        }
        Some(self.gather(whole.node, &places, Outside::Never))
    }
}

/// The integer a literal is, with its sign.
fn integer(expression: &Expr) -> Option<i64> {
    match &expression.kind {
        ExprKind::Integer(number) => Some(*number),
        ExprKind::Call { function, arguments } if function.text == "neg" => {
            arguments.first().and_then(|argument| integer(&argument.value)).map(|number| -number)
        }
        _ => None,
    }
}
