//! One step of a loop, differentiated: its values and its adjoints in one graph.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::{depends_on, gates, sweep};
use crate::construct;
use crate::ir::{Access, Body, Dim, FoldResult, Graph, Label, Leaf, NodeId};

/// What is given of a result of a loop.
pub struct Given {
    /// Which result.
    pub result: FoldResult,
    /// Its adjoint, in the labels of the result.
    pub adjoint: Access,
    /// Not 0 where the adjoint may differ from 0; `None` where nothing guards it.
    pub open: Option<Access>,
    /// The conditions that guard it.
    pub conditions: Vec<Access>,
}

/// A state of the reversed loop.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carried {
    /// The adjoint of this state.
    Adjoint(usize),
    /// Where the adjoint of this state may differ from 0, with the axes it has of those of the state.
    Open(usize, Vec<Label>),
}

impl Carried {
    /// The leaf that has it in the step of a loop with so many states.
    pub fn leaf(&self, states: usize) -> Leaf {
        match self {
            Carried::Adjoint(place) => Leaf::State(states + place),
            Carried::Open(place, _) => Leaf::State(2 * states + place),
        }
    }
}

/// The values and the adjoints of a step, in one graph.
pub struct Step {
    /// The body's graph with the adjoints. Leaves of adjoints are numbered after those of the body.
    pub graph: Graph,
    /// How many nodes are the body's own.
    pub own: usize,
    /// How many values the body captures.
    pub captures: usize,
    /// What is carried, each with its value before the step.
    pub carried: Vec<(Carried, NodeId)>,
    /// The captured values with adjoints, each with the axes the adjoint has.
    pub captured: Vec<(usize, Vec<Label>, NodeId)>,
    /// Where the adjoints of captured values may differ from 0, of those that are guarded; each with the axes it has.
    pub opened: Vec<(usize, Vec<Label>, NodeId)>,
    /// What the adjoints read from outside.
    pub inputs: Vec<NodeId>,
}

/// What turns out by trying.
#[derive(Clone, PartialEq)]
struct Findings {
    /// The states whose adjoints are carried.
    carried: BTreeSet<usize>,
    /// Of those that conditions guard, around the loop or in it, the axes along which it differs whether they are open.
    guards: BTreeMap<usize, BTreeSet<Label>>,
}

impl Step {
    /// Differentiates a body, of which it is known which operands are active and which are finite. Which states have an adjoint at all
    /// turns out by trying.
    pub fn reversed(
        outer: &mut Graph,
        body: &Body,
        given: &[Given],
        known: [&[bool]; 2],
    ) -> Result<Step, String> {
        let mut findings = Findings { carried: BTreeSet::new(), guards: BTreeMap::new() };
        for one in given {
            let FoldResult::State(place) = one.result else { continue };
            findings.carried.insert(place);
            if let Some(open) = &one.open {
                let labels = open.labels(&body.shape(one.result));
                findings.guards.insert(place, labels.into_iter().collect());
            }
        }
        let is_guarded = given.iter().all(|one| one.open.is_some());
        loop {
            let before = findings.clone();
            for place in &findings.carried {
                if is_guarded {
                    let axes = findings.guards.entry(*place).or_default();
                    axes.extend(examples(body, *place));
                }
            }
            let step = Step::attempt(outer, body, given, known, &mut findings)?;
            if findings == before {
                return Ok(step);
            }
        }
    }

    /// One attempt; a state that turns out to have an adjoint joins the findings.
    fn attempt(
        outer: &mut Graph,
        body: &Body,
        given: &[Given],
        [is_active, is_finite]: [&[bool]; 2],
        findings: &mut Findings,
    ) -> Result<Step, String> {
        let mut graph = body.graph.clone();
        let own = graph.len();
        let captures = is_active.len() - body.next.len();
        let mut inputs = Vec::new();
        let mut seeds = Vec::new();
        for &place in &findings.carried {
            let mut adjoint = carried_adjoint(&mut graph, body, place);
            if let Some(labels) = findings.guards.get(&place) {
                let open = carried_opening(&mut graph, body, place, labels);
                let shape = body.graph.shape(body.next[place]);
                adjoint = gates::guarded(&mut graph, &open, &adjoint, shape);
            }
            seeds.push((body.next[place], adjoint));
        }
        for one in given.iter().filter(|one| !matches!(one.result, FoldResult::State(_))) {
            let mut read = |access| {
                let inputs = (captures, &mut inputs);
                result_adjoint(outer, &mut graph, body, one.result, access, inputs)
            };
            let mut adjoint = read(&one.adjoint);
            if let Some(open) = one.open.as_ref().map(read) {
                let shape = body.graph.shape(body.root(one.result));
                adjoint = gates::guarded(&mut graph, &open, &adjoint, shape);
            }
            seeds.push((body.root(one.result), adjoint));
        }
        let leaves = active_leaves(body, is_active);
        let nodes: Vec<NodeId> = leaves.iter().map(|(_, node)| *node).collect();
        let active = depends_on(&graph, &nodes);
        let states = body.next.len();
        let finite = (states..is_finite.len()).filter(|&operand| is_finite[operand]);
        let finite = finite.filter_map(|operand| body.leaf(&Leaf::Captured(operand - states)));
        let adjoints = sweep(&mut graph, &seeds, &active, &finite.collect::<Vec<_>>())?;
        let (carried, captured, opened) = (Vec::new(), Vec::new(), Vec::new());
        let mut step = Step { graph, own, captures, carried, captured, opened, inputs };
        for (leaf, node) in leaves {
            let Some(adjoint) = adjoints.of[node.0 as usize].clone() else { continue };
            match leaf {
                Leaf::State(place) => step.carry(body, (place, node), &adjoint, findings),
                Leaf::Captured(place) => {
                    let scope = body.graph.shape(node).to_vec();
                    let labels = adjoint.labels(&scope);
                    let value = construct::view(&mut step.graph, &adjoint, &labels, &scope);
                    step.captured.push((place, labels, value));
                    step.open(body, (place, node), &adjoint);
                }
                _ => {}
            }
        }
        step.carry_zeros(body, findings);
        Ok(step)
    }

    /// The adjoint of a state before the step, and where it is open.
    fn carry(
        &mut self,
        body: &Body,
        (place, leaf): (usize, NodeId),
        adjoint: &Access,
        findings: &mut Findings,
    ) {
        findings.carried.insert(place);
        let node = self.whole(body, leaf, adjoint);
        self.carried.push((Carried::Adjoint(place), node));
        let scope = body.graph.shape(leaf).to_vec();
        let conditions = gates::conditions(&self.graph, adjoint);
        if conditions.is_empty() && !findings.guards.contains_key(&place) {
            return;
        }
        let open = gates::all(&mut self.graph, &conditions, &scope)
            .unwrap_or_else(|| Access::scalar(self.graph.constant(1.0)));
        let axes = findings.guards.entry(place).or_default();
        let labels: Vec<Label> = in_order(axes, &scope);
        axes.extend(open.labels(&scope).into_iter().chain(examples(body, place)));
        if labels.len() == axes.len() {
            let node = construct::view(&mut self.graph, &open, &labels, &scope);
            self.carried.push((Carried::Open(place, labels), node));
        }
    }

    /// Where the adjoint of a captured value is open. Of one that all examples share, while the step is of one, nobody can say.
    fn open(&mut self, body: &Body, (place, leaf): (usize, NodeId), adjoint: &Access) {
        if body.is_batched() && !body.graph.is_batched(leaf) {
            return;
        }
        let scope = body.graph.shape(leaf).to_vec();
        let conditions = gates::conditions(&self.graph, adjoint);
        let Some(open) = gates::all(&mut self.graph, &conditions, &scope) else { return };
        let mut axes: BTreeSet<Label> = open.labels(&scope).into_iter().collect();
        axes.extend((0..scope.len()).filter(|&axis| scope[axis] == Dim::Batch).map(|k| k as Label));
        let labels = in_order(&axes, &scope);
        let node = construct::view(&mut self.graph, &open, &labels, &scope);
        self.opened.push((place, labels, node));
    }

    /// The adjoint with the shape of the state.
    fn whole(&mut self, body: &Body, state: NodeId, adjoint: &Access) -> NodeId {
        let shape = body.graph.shape(state).to_vec();
        let labels: Vec<Label> = (0..shape.len() as Label).collect();
        construct::view(&mut self.graph, adjoint, &labels, &shape)
    }

    /// A state that does not influence its step has the adjoint 0 before it.
    fn carry_zeros(&mut self, body: &Body, findings: &Findings) {
        for &place in &findings.carried {
            if self.carried.iter().any(|(known, _)| *known == Carried::Adjoint(place)) {
                continue;
            }
            let zero = Access::scalar(self.graph.constant(0.0));
            let node = self.whole(body, body.next[place], &zero);
            self.carried.push((Carried::Adjoint(place), node));
            if let Some(axes) = findings.guards.get(&place) {
                let scope = body.graph.shape(body.next[place]);
                let labels = in_order(axes, scope);
                let node = construct::view(&mut self.graph, &zero, &labels, scope);
                self.carried.push((Carried::Open(place, labels), node));
            }
        }
        self.carried.sort_unstable();
    }
}

/// Labels ascending, but that of the examples last.
fn in_order(labels: &BTreeSet<Label>, scope: &[Dim]) -> Vec<Label> {
    let mut labels: Vec<Label> = labels.iter().copied().collect();
    labels.sort_by_key(|&label| (scope[label as usize] == Dim::Batch, label));
    labels
}

/// The axis of the examples of a state, which everything beside it has as well.
fn examples(body: &Body, place: usize) -> Option<Label> {
    let shape = body.graph.shape(body.next[place]);
    (shape.last() == Some(&Dim::Batch)).then(|| shape.len() as Label - 1)
}

/// The leaf of the adjoint of a state after the step.
fn carried_adjoint(graph: &mut Graph, body: &Body, place: usize) -> Access {
    let shape = body.graph.shape(body.next[place]).to_vec();
    let leaf = graph.leaf(Carried::Adjoint(place).leaf(body.next.len()), shape);
    if let Some(name) = body.graph.name(body.next[place]) {
        graph.set_name(leaf, &Rc::from(format!("{name}_bar")));
    }
    Access::whole(graph, leaf)
}

/// The leaf of where that adjoint is open.
fn carried_opening(graph: &mut Graph, body: &Body, place: usize, axes: &BTreeSet<Label>) -> Access {
    let scope = body.graph.shape(body.next[place]);
    let labels = in_order(axes, scope);
    let shape = labels.iter().map(|&label| scope[label as usize].clone()).collect();
    let leaf = Carried::Open(place, Vec::new()).leaf(body.next.len());
    Access { node: graph.leaf(leaf, shape), axes: labels }
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
        let depends = depends_on(&body.graph, &nodes);
        let joins = |&place: &usize| is_active[place] || depends[body.next[place].0 as usize];
        let Some(index) = open.iter().position(joins) else { return leaves };
        leaves.extend(found(Leaf::State(open.remove(index))));
    }
}
