//! The reversed loop: adjoints carried from the last step to the first.
//!
//! The states of the reversed loop are the adjoints of the states. What a captured value contributes to is summed over the steps, whichever
//! axes it has; the adjoint of what was collected is read at the step. A body is differentiated by the same sweep as the graph it is in, and
//! that sees the values of the step: those that the adjoints read are collected by the forward loop, one more result each, so that there is
//! one forward loop for value and derivative (Griewank & Walther 2008, §3.2; for what is kept and what is computed again, §12.2).

use std::collections::BTreeSet;
use std::rc::Rc;

use super::residuals::{self, Cut};
use super::{Adjoints, sweep};
use crate::construct;
use crate::ir::{Access, Body, Fold, FoldResult, Graph, Label, Leaf, NodeId};

/// Hands the adjoints of a loop's results on to its operands.
pub fn visit(
    adjoints: &mut Adjoints,
    graph: &mut Graph,
    fold: &Fold,
    active: &[bool],
) -> Result<(), String> {
    let adjoint_of = |&(id, result): &(NodeId, FoldResult)| {
        adjoints.of.get(id.0 as usize)?.clone().map(|adjoint| (result, adjoint))
    };
    let given: Vec<(FoldResult, Access)> = fold.results.iter().filter_map(adjoint_of).collect();
    if given.is_empty() {
        return Ok(());
    }
    let is_active: Vec<bool> =
        fold.operands.iter().map(|operand| active[operand.node.0 as usize]).collect();
    let step = Step::reversed(graph, &fold.body, &given, &is_active)?;
    let cut = residuals::cut(&step, &fold.body)?;
    let ids: Vec<NodeId> = fold.results.iter().map(|(id, _)| *id).collect();
    graph.replace_body(&ids, &cut.forward);
    let results = reversed_loop(graph, fold, &given, &step, &cut);
    for (operand, adjoint) in results {
        if is_active[operand] {
            adjoints.accumulate(graph, fold.operands[operand].node, &adjoint);
        }
    }
    Ok(())
}

/// The values and the adjoints of a step, in one graph.
pub struct Step {
    /// The body's graph with the adjoints. Leaves of adjoints are numbered after those of the body.
    pub graph: Graph,
    /// How many nodes are the body's own.
    pub own: usize,
    /// How many values the body captures.
    pub captures: usize,
    /// The states whose adjoints are carried, each with the adjoint before the step.
    pub carried: Vec<(usize, NodeId)>,
    /// The captured values with adjoints, each with the axes the adjoint has.
    pub captured: Vec<(usize, Vec<Label>, NodeId)>,
    /// What the adjoints read from outside.
    pub inputs: Vec<NodeId>,
}

impl Step {
    /// Differentiates a body. Which states have an adjoint at all turns out by trying.
    fn reversed(
        outer: &mut Graph,
        body: &Body,
        given: &[(FoldResult, Access)],
        is_active: &[bool],
    ) -> Result<Step, String> {
        let mut carried: BTreeSet<usize> = BTreeSet::new();
        for (result, _) in given {
            if let FoldResult::State(place) = result {
                carried.insert(*place);
            }
        }
        loop {
            let before = carried.len();
            let step = Step::attempt(outer, body, given, is_active, &mut carried)?;
            if carried.len() == before {
                return Ok(step);
            }
        }
    }

    /// One attempt; a state that turns out to have an adjoint joins `carried`.
    fn attempt(
        outer: &mut Graph,
        body: &Body,
        given: &[(FoldResult, Access)],
        is_active: &[bool],
        carried: &mut BTreeSet<usize>,
    ) -> Result<Step, String> {
        let mut graph = body.graph.clone();
        let own = graph.len();
        let captures = is_active.len() - body.next.len();
        let mut inputs = Vec::new();
        let mut seeds = Vec::new();
        for &place in carried.iter() {
            seeds.push((body.next[place], carried_adjoint(&mut graph, body, place)));
        }
        for (result, adjoint) in given {
            if !matches!(result, FoldResult::State(_)) {
                let inputs = (captures, &mut inputs);
                let adjoint = result_adjoint(outer, &mut graph, body, *result, adjoint, inputs);
                seeds.push((body.root(*result), adjoint));
            }
        }
        let leaves = active_leaves(body, is_active);
        let nodes: Vec<NodeId> = leaves.iter().map(|(_, node)| *node).collect();
        let active = super::depends_on(&graph, &nodes);
        let adjoints = sweep(&mut graph, &seeds, &active)?;
        let mut step = Step { graph, own, captures, carried: vec![], captured: vec![], inputs };
        for (leaf, node) in leaves {
            let Some(adjoint) = adjoints.of[node.0 as usize].clone() else { continue };
            match leaf {
                Leaf::State(place) => {
                    carried.insert(place);
                    let node = step.whole(body, node, &adjoint);
                    step.carried.push((place, node));
                }
                Leaf::Captured(place) => {
                    let scope = body.graph.shape(node).to_vec();
                    let labels = adjoint.labels(&scope);
                    let value = construct::view(&mut step.graph, &adjoint, &labels, &scope);
                    step.captured.push((place, labels, value));
                }
                _ => {}
            }
        }
        step.carry_zeros(body, carried);
        Ok(step)
    }

    /// The adjoint with the shape of the state.
    fn whole(&mut self, body: &Body, state: NodeId, adjoint: &Access) -> NodeId {
        let shape = body.graph.shape(state).to_vec();
        let labels: Vec<Label> = (0..shape.len() as Label).collect();
        construct::view(&mut self.graph, adjoint, &labels, &shape)
    }

    /// A state that does not influence its step has the adjoint 0 before it.
    fn carry_zeros(&mut self, body: &Body, carried: &BTreeSet<usize>) {
        for &place in carried {
            if self.carried.iter().all(|(known, _)| *known != place) {
                let zero = Access::scalar(self.graph.constant(0.0));
                let node = self.whole(body, body.next[place], &zero);
                self.carried.push((place, node));
            }
        }
        self.carried.sort_unstable();
    }
}

/// The leaf of the adjoint of a state after the step.
fn carried_adjoint(graph: &mut Graph, body: &Body, place: usize) -> Access {
    let shape = body.graph.shape(body.next[place]).to_vec();
    let leaf = graph.leaf(Leaf::State(body.next.len() + place), shape);
    if let Some(name) = body.graph.name(body.next[place]) {
        graph.set_name(leaf, &Rc::from(format!("{name}_bar")));
    }
    Access::whole(graph, leaf)
}

/// The adjoint of what a step collects or adds, as the body reads it: at the step where it differs from step to step.
fn result_adjoint(
    outer: &mut Graph,
    graph: &mut Graph,
    body: &Body,
    result: FoldResult,
    adjoint: &Access,
    (captures, inputs): (usize, &mut Vec<NodeId>),
) -> Access {
    let scope = body.shape(result);
    let labels = adjoint.labels(&scope);
    let array = construct::view(outer, adjoint, &labels, &scope);
    let shape = outer.shape(array).to_vec();
    let place = captures + inputs.len();
    let leaf = graph.leaf(Leaf::Captured(place), shape);
    inputs.push(array);
    match result {
        FoldResult::Collected(_) => {
            let own = labels.iter().filter(|&&label| label > 0).map(|label| label - 1).collect();
            let node = if labels.contains(&0) { construct::at_step(graph, leaf) } else { leaf };
            Access { node, axes: own }
        }
        FoldResult::State(_) | FoldResult::Sum(_) => Access { node: leaf, axes: labels },
    }
}

/// The leaves of a body that depend on something active: a state does where its next value may.
fn active_leaves(body: &Body, is_active: &[bool]) -> Vec<(Leaf, NodeId)> {
    let states = body.next.len();
    let captured = (states..is_active.len())
        .filter(|&operand| is_active[operand])
        .map(|operand| Leaf::Captured(operand - states));
    let found = |leaf: Leaf| body.leaf(&leaf).map(|node| (leaf, node));
    let mut leaves: Vec<(Leaf, NodeId)> = captured.filter_map(found).collect();
    let mut open: Vec<usize> = (0..states).collect();
    loop {
        let nodes: Vec<NodeId> = leaves.iter().map(|(_, node)| *node).collect();
        let depends = super::depends_on(&body.graph, &nodes);
        let joins = |&place: &usize| is_active[place] || depends[body.next[place].0 as usize];
        let Some(index) = open.iter().position(joins) else { return leaves };
        leaves.extend(found(Leaf::State(open.remove(index))));
    }
}

/// Adds the reversed loop; its results are the adjoints of the operands.
fn reversed_loop(
    graph: &mut Graph,
    fold: &Fold,
    given: &[(FoldResult, Access)],
    step: &Step,
    cut: &Cut,
) -> Vec<(usize, Access)> {
    let states = fold.body.next.len();
    let mut operands = Vec::new();
    for (place, _) in &step.carried {
        let shape = fold.body.shape(FoldResult::State(*place));
        let labels: Vec<Label> = (0..shape.len() as Label).collect();
        let last = given.iter().find(|(result, _)| *result == FoldResult::State(*place));
        let adjoint = match last {
            Some((_, adjoint)) => adjoint.clone(),
            None => Access::scalar(graph.constant(0.0)),
        };
        operands.push(construct::view(graph, &adjoint, &labels, &shape));
    }
    let forward: Vec<NodeId> = fold.operands.iter().map(|operand| operand.node).collect();
    for source in &cut.captured {
        operands.push(match source {
            residuals::Source::Captured(place) => forward[states + place],
            residuals::Source::Input(place) => step.inputs[*place],
            residuals::Source::Collected(place) => {
                let kept = FoldResult::Collected(*place);
                let node = construct::fold_result(graph, &cut.forward, &forward, kept);
                if let Some(name) = cut.forward.graph.name(cut.forward.collected[*place]) {
                    let name = format!("{}_kept", name.trim_end_matches("_next"));
                    graph.set_name(node, &Rc::from(name));
                }
                node
            }
        });
    }
    let mut result = |result| construct::fold_result(graph, &cut.reverse, &operands, result);
    let (mut adjoints, mut names) = (Vec::new(), Vec::new());
    for (index, (place, _)) in step.carried.iter().enumerate() {
        let node = result(FoldResult::State(index));
        names.push((node, fold.body.leaf(&Leaf::State(*place))));
        let rank = fold.body.shape(FoldResult::State(*place)).len() as Label;
        adjoints.push((*place, Access { node, axes: (0..rank).collect() }));
    }
    for (index, (place, labels, _)) in step.captured.iter().enumerate() {
        let node = result(FoldResult::Sum(index));
        adjoints.push((states + place, Access { node, axes: labels.clone() }));
    }
    for (node, leaf) in names {
        if let Some(name) = leaf.and_then(|leaf| fold.body.graph.name(leaf)) {
            graph.set_name(node, &Rc::from(format!("{name}_bar")));
        }
    }
    adjoints
}
