//! Products and running sums: loops along an axis.

use std::rc::Rc;

use super::Lowering;
use super::call::Call;
use crate::construct;
use crate::diagnostic::meaning;
use crate::functions::scalar::{ADD, MUL, Scalar};
use crate::ir::{
    Access, Body, Dim, Equation, FoldResult, Graph, Label, Leaf, NodeId, Order, Position,
};

impl Lowering<'_> {
    /// The product over the axes of the call, all by default.
    pub(super) fn product_over(&mut self, call: &Call, node: NodeId) -> Option<NodeId> {
        let shape = self.example_shape(node);
        let mut axes = match call.axes {
            Some(axes) => self.axes(axes, &shape, &call.name.text)?,
            None => (0..shape.len()).collect(),
        };
        axes.sort_unstable();
        let over = |node, &axis: &usize| self.along(node, axis, MUL, 1.0, FoldResult::State(0));
        Some(axes.iter().rev().fold(node, over))
    }

    /// Sums or products that run along the axis of the call.
    pub(super) fn running(
        &mut self,
        call: &Call,
        node: NodeId,
        function: &'static Scalar,
    ) -> Option<NodeId> {
        let shape = self.example_shape(node);
        let axes = match call.axes {
            Some(axes) => self.axes(axes, &shape, &call.name.text)?,
            None => (0..shape.len()).collect(),
        };
        let [axis] = axes[..] else {
            let (name, needs) = (&call.name.text, "one axis to run along, as in `axis = 0`");
            self.report(meaning::wrong_rank(call.at, name, "its argument", &shape, needs));
            return None;
        };
        let start = if function.name == ADD.name { 0.0 } else { 1.0 };
        let collected = self.along(node, axis, function, start, FoldResult::Collected(0));
        let scope = self.graph.shape(node).to_vec();
        let rank = scope.len() as Label;
        let others = (0..rank).filter(|&label| label != axis as Label);
        let axes = std::iter::once(axis as Label).chain(others).collect();
        let access = Access { node: collected, axes };
        let labels: Vec<Label> = (0..rank).collect();
        Some(construct::view(&mut self.graph, &access, &labels, &scope))
    }

    /// A loop that goes along an axis: the state begins with `start`, and each step applies `function` to it and the part there.
    fn along(
        &mut self,
        node: NodeId,
        axis: usize,
        function: &'static Scalar,
        start: f64,
        result: FoldResult,
    ) -> NodeId {
        let mut rest = self.graph.shape(node).to_vec();
        let array = rest.clone();
        let steps = rest.remove(axis);
        let mut graph = Graph::default();
        let part = part_at_step(&mut graph, &array, axis);
        let state = graph.leaf(Leaf::State(0), rest.clone());
        let before = Access::whole(&graph, state);
        let after = construct::map(&mut graph, function, &[before, part], &rest);
        let labels: Vec<Label> = (0..rest.len() as Label).collect();
        let next = construct::view(&mut graph, &after, &labels, &rest);
        let body = Body {
            graph,
            steps,
            order: Order::Forward,
            next: vec![next],
            collected: vec![next],
            sums: Vec::new(),
            recomputed: false,
        };
        let start = Access::scalar(self.graph.constant(start));
        let initial = construct::view(&mut self.graph, &start, &labels, &rest);
        construct::fold_result(&mut self.graph, &Rc::new(body), &[initial, node], result)
    }
}

/// In a body: the part of the first captured array along an axis that belongs to the step.
fn part_at_step(graph: &mut Graph, array: &[Dim], axis: usize) -> Access {
    let leaf = graph.leaf(Leaf::Captured(0), array.to_vec());
    let mut scope = array.to_vec();
    let steps = scope.remove(axis);
    let along = scope.len() as Label;
    scope.push(steps);
    let label = |place: usize| match place.cmp(&axis) {
        std::cmp::Ordering::Less => place as Label,
        std::cmp::Ordering::Equal => along,
        std::cmp::Ordering::Greater => place as Label - 1,
    };
    let access = Access { node: leaf, axes: (0..array.len()).map(label).collect() };
    let step = Access::scalar(graph.leaf(Leaf::Step, Vec::new()));
    let equation = Equation { label: along, position: Position::integer(1), inside: true };
    construct::index(graph, &access, &[step], &[equation], &[along], &scope)
}
