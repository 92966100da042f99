//! The tangents of a loop's results: a loop that carries the tangents of the states beside the states.
//!
//! A tangent is an array of its own here, with the axes of its value, then the extra ones, then the examples.

use std::rc::Rc;

use super::{Diagonal, Tangents, Terms, sweep, total};
use crate::construct;
use crate::differentiate::depends_on;
use crate::ir::{Access, Body, Dim, Fold, FoldResult, Graph, Label, Leaf, NodeId};

impl Tangents<'_> {
    /// The tangents of all results of a loop.
    pub(super) fn visit_fold(&mut self, graph: &mut Graph, fold: &Fold) -> Result<(), String> {
        let nodes: Vec<NodeId> = fold.operands.iter().map(|operand| operand.node).collect();
        let has_tangent = |node: &NodeId| self.of[node.0 as usize].is_some();
        let active = active_operands(&fold.body, nodes.iter().map(has_tangent).collect());
        if !active.contains(&true) {
            return Ok(());
        }
        let step = Step::of(fold, &active, self.extra)?;
        let states = fold.body.next.len();
        let (initial, captured) = nodes.split_at(states);
        let mut operands = initial.to_vec();
        for state in step.states.iter().copied() {
            let shape = fold.body.graph.shape(fold.body.next[state]).to_vec();
            operands.push(self.array(graph, initial[state], &shape));
        }
        operands.extend(captured);
        for place in step.captured.iter().copied() {
            let shape = graph.shape(captured[place]).to_vec();
            operands.push(self.array(graph, captured[place], &shape));
        }
        for &(id, result) in &fold.results {
            let Some(found) = step.result(result, states) else { continue };
            let node = construct::fold_result(graph, &step.body, &operands, found);
            let value = as_tangent(node, graph.shape(id), self.extra);
            self.of[id.0 as usize] = Some(Terms::from([(Diagonal::new(), value)]));
        }
        Ok(())
    }

    /// The tangent of a node of this shape as an array; zeros where it has none.
    fn array(&self, graph: &mut Graph, node: NodeId, shape: &[Dim]) -> NodeId {
        let terms = self.of[node.0 as usize].clone().unwrap_or_default();
        let own = graph.shape(node).to_vec();
        let access = total(graph, &terms, &[&own, self.extra].concat());
        // An initial state may be the same for all examples where the states are not.
        let names: Vec<Label> = (0..own.len())
            .chain(shape.len()..shape.len() + self.extra.len())
            .map(|label| label as Label)
            .collect();
        as_array(graph, &access.relabelled(&names), shape, self.extra)
    }
}

/// A step that computes tangents beside its values.
struct Step {
    body: Rc<Body>,
    /// The states with tangents, which are carried after all states.
    states: Vec<usize>,
    /// The captured values with tangents, which are captured after all others.
    captured: Vec<usize>,
    /// The collected values and sums whose tangents take their places.
    results: Vec<FoldResult>,
}

impl Step {
    fn of(fold: &Fold, active: &[bool], extra: &[Dim]) -> Result<Step, String> {
        let body = &fold.body;
        let states = body.next.len();
        let captures = active.len() - states;
        let active_of = |range: std::ops::Range<usize>| -> Vec<usize> {
            let first = range.start;
            range.filter(|&place| active[place]).map(|place| place - first).collect()
        };
        let (carried, captured) = (active_of(0..states), active_of(states..active.len()));
        let mut graph = body.graph.clone();
        let mut seeds = Vec::new();
        let leaves = carried
            .iter()
            .enumerate()
            .map(|(place, &state)| (Leaf::State(state), Leaf::State(states + place)));
        let others = captured
            .iter()
            .enumerate()
            .map(|(place, &other)| (Leaf::Captured(other), Leaf::Captured(captures + place)));
        for (leaf, tangent) in leaves.chain(others) {
            let Some(own) = body.leaf(&leaf) else { continue };
            let shape = body.graph.shape(own);
            let node = graph.leaf(tangent, shape_of_array(shape, extra));
            let seed = as_tangent(node, shape, extra);
            seeds.push((own, Terms::from([(Diagonal::new(), seed)])));
        }
        let is_state = |result: &FoldResult| matches!(result, FoldResult::State(_));
        let results = fold.results.iter().map(|(_, result)| *result);
        let mut results: Vec<FoldResult> = results.filter(|result| !is_state(result)).collect();
        // Collected values first, then sums: each in the order of its number among the new results.
        results.sort_unstable();
        let mut roots: Vec<NodeId> = carried.iter().map(|&state| body.next[state]).collect();
        roots.extend(results.iter().map(|&result| body.root(result)));
        let found = sweep(&mut graph, &roots, seeds, extra)?;
        let mut arrays = Vec::new();
        for (root, found) in roots.iter().zip(found) {
            let found = found.unwrap_or_else(|| Access::scalar(graph.constant(0.0)));
            let shape = body.graph.shape(*root).to_vec();
            arrays.push(as_array(&mut graph, &found, &shape, extra));
        }
        let (next, others) = arrays.split_at(carried.len());
        let collected =
            results.iter().filter(|one| matches!(one, FoldResult::Collected(_))).count();
        let body = Body {
            graph,
            next: [&body.next, next].concat(),
            collected: others[..collected].to_vec(),
            sums: others[collected..].to_vec(),
            ..(**body).clone()
        };
        Ok(Step { body: Rc::new(body), states: carried, captured, results })
    }

    /// Which result is the tangent of a result of a loop with so many states.
    fn result(&self, result: FoldResult, states: usize) -> Option<FoldResult> {
        if let FoldResult::State(state) = result {
            let place = self.states.iter().position(|known| *known == state)?;
            return Some(FoldResult::State(states + place));
        }
        let place = self.results.iter().position(|known| *known == result)?;
        let collected = self.body.collected.len();
        Some(match place.checked_sub(collected) {
            None => FoldResult::Collected(place),
            Some(sum) => FoldResult::Sum(sum),
        })
    }
}

/// The operands of a loop that have tangents: a state does where its next value has.
fn active_operands(body: &Body, mut active: Vec<bool>) -> Vec<bool> {
    let states = body.next.len();
    loop {
        let leaf = |place: usize| match place.checked_sub(states) {
            None => body.leaf(&Leaf::State(place)),
            Some(captured) => body.leaf(&Leaf::Captured(captured)),
        };
        let leaves: Vec<NodeId> =
            (0..active.len()).filter(|&place| active[place]).filter_map(leaf).collect();
        let depends = depends_on(&body.graph, &leaves);
        let joins = |&state: &usize| !active[state] && depends[body.next[state].0 as usize];
        match (0..states).find(joins) {
            Some(state) => active[state] = true,
            None => return active,
        }
    }
}

/// The axes of a tangent that is an array.
fn shape_of_array(own: &[Dim], extra: &[Dim]) -> Vec<Dim> {
    let (per_example, batch) = own.split_at(examples_at(own));
    [per_example, extra, batch].concat()
}

/// Where the axis of the examples is, or would be.
fn examples_at(own: &[Dim]) -> usize {
    own.len() - usize::from(own.last() == Some(&Dim::Batch))
}

/// The labels of an array's axes: those of the value, the extra ones after them.
fn labels_of_array(own: &[Dim], extra: &[Dim]) -> Vec<Label> {
    let (rank, examples) = (own.len(), examples_at(own));
    let labels = (0..examples).chain(rank..rank + extra.len()).chain(examples..rank);
    labels.map(|label| label as Label).collect()
}

/// An array as the tangent of a value of this shape.
fn as_tangent(node: NodeId, own: &[Dim], extra: &[Dim]) -> Access {
    Access { node, axes: labels_of_array(own, extra) }
}

/// The tangent of a value of this shape as an array.
fn as_array(graph: &mut Graph, tangent: &Access, own: &[Dim], extra: &[Dim]) -> NodeId {
    let scope = [own, extra].concat();
    construct::view(graph, tangent, &labels_of_array(own, extra), &scope)
}
