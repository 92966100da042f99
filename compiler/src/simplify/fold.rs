//! Loops: results nobody reads, states that never change, what is the same in every step, outside; loops that repeat each other, as one.

mod join;
mod late;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::construct;
use crate::functions::scalar::MUL;
use crate::ir::{Access, Body, Dim, Fold, FoldResult, Graph, Kind, Label, Leaf, NodeId};
use crate::rewrite::{self, Rules};

pub use self::join::join;

/// The loops of a graph while it is rebuilt: each is simplified once, for all its results.
pub struct Folds {
    folds: Vec<Fold>,
    simplified: Vec<Option<BTreeMap<FoldResult, Access>>>,
}

impl Folds {
    /// The loops the roots depend on.
    pub fn new(graph: &Graph, roots: &[NodeId]) -> Folds {
        let reachable = graph.reachable(roots);
        let folds = late::split(graph, Fold::all(graph, |id| reachable[id.0 as usize]));
        Folds { simplified: vec![None; folds.len()], folds }
    }

    /// A result of a loop whose operands have been rebuilt as `operands`.
    pub fn result(
        &mut self,
        graph: &mut Graph,
        rules: &Rules,
        id: NodeId,
        operands: &[Access],
        result: FoldResult,
    ) -> Result<Access, String> {
        let has = |fold: &Fold| fold.results.iter().any(|(known, _)| *known == id);
        let index = self.folds.iter().position(has).ok_or("a loop that nobody knows of")?;
        if self.simplified[index].is_none() {
            let simple = Simplifier { graph, rules, fold: &self.folds[index], operands }.run()?;
            self.simplified[index] = Some(simple);
        }
        let results = self.simplified[index].as_ref();
        let found = results.and_then(|results| results.get(&result)).cloned();
        found.ok_or_else(|| "a result of a loop was lost".into())
    }
}

/// One loop.
struct Simplifier<'a> {
    /// The graph the loop is to stand in.
    graph: &'a mut Graph,
    rules: &'a Rules,
    fold: &'a Fold,
    operands: &'a [Access],
}

impl Simplifier<'_> {
    fn run(mut self) -> Result<BTreeMap<FoldResult, Access>, String> {
        let body = &self.fold.body;
        let live = live_states(self.fold);
        let is_kept = |&state: &usize| body.leaf(&Leaf::State(state)) != Some(body.next[state]);
        let (carried, constant): (Vec<usize>, Vec<usize>) = live.into_iter().partition(is_kept);
        let mut results = BTreeMap::new();
        let mut wanted = Vec::new();
        for &(_, result) in &self.fold.results {
            match result {
                FoldResult::State(state) if constant.contains(&state) => {
                    results.insert(result, self.operands[state].clone());
                }
                FoldResult::State(_) => {}
                FoldResult::Collected(_) | FoldResult::Sum(_) => wanted.push(result),
            }
        }
        let next: Vec<FoldResult> = carried.iter().map(|&state| FoldResult::State(state)).collect();
        wanted.splice(0..0, next);
        let mut inputs = Inputs::default();
        let (graph, roots) = self.substituted(&wanted, &carried, &mut inputs)?;
        let (graph, roots) = super::simplify(&graph, &roots)?;
        let hoisted = self.hoist(&graph, &roots, &wanted, &mut inputs)?;
        results.extend(hoisted.results);
        let kept = |(_, result): &(&NodeId, &FoldResult)| !results.contains_key(result);
        let pairs: Vec<(NodeId, FoldResult)> = hoisted
            .roots
            .iter()
            .zip(&wanted)
            .filter(kept)
            .map(|(id, result)| (*id, *result))
            .collect();
        let (new_body, read) = body_of(body, hoisted.graph, &pairs);
        let captured: Vec<NodeId> = read.into_iter().map(|place| inputs.nodes[place]).collect();
        self.add(&Rc::new(new_body), &carried, &pairs, &captured, &mut results);
        Ok(results)
    }

    /// The body with only what is wanted of it, and with leaves for what it captures from `graph`.
    fn substituted(
        &mut self,
        wanted: &[FoldResult],
        carried: &[usize],
        inputs: &mut Inputs,
    ) -> Result<(Graph, Vec<NodeId>), String> {
        let body = &self.fold.body;
        let roots: Vec<NodeId> = wanted.iter().map(|result| body.root(*result)).collect();
        let states = body.next.len();
        let (outer, rules, operands) = (&mut *self.graph, self.rules, self.operands);
        let rebuilt = rewrite::rebuild(&body.graph, &roots, &mut |inner, id, kind| {
            let shape = body.graph.shape(id);
            let operand = match kind {
                Kind::Leaf(Leaf::State(state)) => match carried.iter().position(|&k| k == state) {
                    Some(place) => {
                        let leaf = inner.leaf(Leaf::State(place), shape.to_vec());
                        return Ok(Access::whole(inner, leaf));
                    }
                    None => state,
                },
                Kind::Leaf(Leaf::Captured(place)) => states + place,
                Kind::Fold { .. } => return rewrite::keep(inner, rules, &kind, shape),
                _ => return rewrite::keep(inner, rules, &kind, shape),
            };
            Ok(inputs.read(outer, inner, &operands[operand], shape))
        })?;
        Ok((rebuilt.graph, rebuilt.roots))
    }

    /// Moves what is the same in every step out of the body.
    fn hoist(
        &mut self,
        body: &Graph,
        roots: &[NodeId],
        wanted: &[FoldResult],
        inputs: &mut Inputs,
    ) -> Result<Hoisted, String> {
        let invariant = invariants(body, roots);
        let mut outside = Outside { graph: self.graph, rules: self.rules, known: BTreeMap::new() };
        let mut results = BTreeMap::new();
        for (&root, &result) in roots.iter().zip(wanted) {
            if invariant.everything[root.0 as usize] && !matches!(result, FoldResult::State(_)) {
                let value = outside.value(body, root, inputs)?;
                let each = (&self.fold.body.steps, body.shape(root));
                results.insert(result, of_equal_steps(outside.graph, each, result, &value));
            }
        }
        let left: Vec<NodeId> = roots
            .iter()
            .zip(wanted)
            .filter(|(_, result)| !results.contains_key(result))
            .map(|(root, _)| *root)
            .collect();
        let needed = body.reachable(&left);
        let mut moved = vec![false; body.len()];
        for id in body.ids().filter(|id| needed[id.0 as usize]) {
            let is_inside = !invariant.movable[id.0 as usize];
            for operand in body.node(id).kind.operands() {
                let place = operand.node.0 as usize;
                moved[place] |= is_inside && invariant.movable[place];
            }
        }
        for root in &left {
            moved[root.0 as usize] |= invariant.movable[root.0 as usize];
        }
        let rules = self.rules;
        let rebuilt = rewrite::rebuild(body, roots, &mut |inner, id, kind| {
            let shape = body.shape(id);
            if moved[id.0 as usize] {
                let value = outside.value(body, id, inputs)?;
                return Ok(inputs.read(outside.graph, inner, &value, shape));
            }
            rewrite::keep(inner, rules, &kind, shape)
        })?;
        Ok(Hoisted { graph: rebuilt.graph, roots: rebuilt.roots, results })
    }

    /// Adds the results of the new loop.
    fn add(
        &mut self,
        body: &Rc<Body>,
        carried: &[usize],
        pairs: &[(NodeId, FoldResult)],
        captured: &[NodeId],
        results: &mut BTreeMap<FoldResult, Access>,
    ) {
        let mut operands = Vec::new();
        for (place, &state) in carried.iter().enumerate() {
            let shape = body.graph.shape(body.next[place]);
            let labels: Vec<Label> = (0..shape.len() as Label).collect();
            operands.push(construct::view(self.graph, &self.operands[state], &labels, shape));
        }
        operands.extend(captured);
        let mut counts = [0; 3];
        for &(_, result) in pairs {
            let place = &mut counts[match result {
                FoldResult::State(_) => 0,
                FoldResult::Collected(_) => 1,
                FoldResult::Sum(_) => 2,
            }];
            let new = match result {
                FoldResult::State(_) => FoldResult::State(*place),
                FoldResult::Collected(_) => FoldResult::Collected(*place),
                FoldResult::Sum(_) => FoldResult::Sum(*place),
            };
            *place += 1;
            if self.fold.results.iter().any(|(_, known)| *known == result) {
                let node = construct::fold_result(self.graph, body, &operands, new);
                results.insert(result, Access::whole(self.graph, node));
            }
        }
    }
}

fn shifted(label: Label) -> Label {
    if label == crate::ir::FIXED { label } else { label + 1 }
}

/// What a loop gives whose every step gives the same.
fn of_equal_steps(
    graph: &mut Graph,
    (steps, shape): (&Dim, &[Dim]),
    result: FoldResult,
    value: &Access,
) -> Access {
    match result {
        FoldResult::Sum(_) => {
            let count = Access::scalar(construct::extent(graph, steps));
            construct::map(graph, MUL, &[count, value.clone()], shape)
        }
        FoldResult::State(_) | FoldResult::Collected(_) => {
            let axes = value.axes.iter().map(|&label| shifted(label)).collect();
            Access { node: value.node, axes }
        }
    }
}

/// A body with what can be outside.
struct Hoisted {
    graph: Graph,
    roots: Vec<NodeId>,
    /// The results that need no loop.
    results: BTreeMap<FoldResult, Access>,
}

/// What a body captures.
#[derive(Default)]
struct Inputs {
    nodes: Vec<NodeId>,
}

impl Inputs {
    /// A value from outside as the body reads it: in its smallest form, but for the axis of the examples, along which a body must know
    /// that it sums.
    fn read(
        &mut self,
        outer: &mut Graph,
        inner: &mut Graph,
        value: &Access,
        shape: &[Dim],
    ) -> Access {
        let mut value = value.resolved(outer);
        let batch = shape.len().saturating_sub(1) as Label;
        if shape.last() == Some(&Dim::Batch) && !value.reads(batch) {
            let mut labels = value.labels(shape);
            labels.push(batch);
            value = Access { node: construct::view(outer, &value, &labels, shape), axes: labels };
        }
        let node = outer.node(value.node);
        if let Kind::Leaf(
            leaf @ (Leaf::Constant(_) | Leaf::Extent(_) | Leaf::Named(_) | Leaf::Counter(_)),
        ) = &node.kind
        {
            let node = inner.leaf(leaf.clone(), node.shape.clone());
            return Access { node, axes: value.axes };
        }
        let place = self.nodes.iter().position(|known| *known == value.node);
        let place = place.unwrap_or_else(|| {
            self.nodes.push(value.node);
            self.nodes.len() - 1
        });
        let leaf = inner.leaf(Leaf::Captured(place), node.shape.clone());
        if let Some(name) = outer.name(value.node) {
            inner.set_name(leaf, name);
        }
        Access { node: leaf, axes: value.axes }
    }
}

/// Values of a body computed outside of it.
struct Outside<'a> {
    graph: &'a mut Graph,
    rules: &'a Rules,
    known: BTreeMap<NodeId, Access>,
}

impl Outside<'_> {
    fn value(&mut self, body: &Graph, id: NodeId, inputs: &Inputs) -> Result<Access, String> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let node = body.node(id);
        let access = match &node.kind {
            Kind::Leaf(Leaf::Captured(place)) => Access::whole(self.graph, inputs.nodes[*place]),
            kind => {
                let mut operands = Vec::new();
                for operand in kind.operands() {
                    let value = self.value(body, operand.node, inputs)?;
                    operands.push(value.relabelled(&operand.axes));
                }
                rewrite::keep(self.graph, self.rules, &kind.with_operands(operands), &node.shape)?
            }
        };
        if let Some(name) = body.name(id)
            && access.axes.len() == node.shape.len()
        {
            self.graph.set_name(access.node, name);
        }
        self.known.insert(id, access.clone());
        Ok(access)
    }
}

/// The states that a wanted result depends on, ascending.
fn live_states(fold: &Fold) -> Vec<usize> {
    let body = &fold.body;
    let mut roots: Vec<NodeId> =
        fold.results.iter().map(|(_, result)| body.root(*result)).collect();
    let is_result =
        |&state: &usize| fold.results.iter().any(|(_, known)| *known == FoldResult::State(state));
    let mut live: Vec<usize> = (0..body.next.len()).filter(is_result).collect();
    loop {
        let reachable = body.graph.reachable(&roots);
        let is_read = |state: usize| {
            body.leaf(&Leaf::State(state)).is_some_and(|leaf| reachable[leaf.0 as usize])
        };
        let joins = |&state: &usize| !live.contains(&state) && is_read(state);
        let Some(state) = (0..body.next.len()).find(joins) else { break };
        live.push(state);
        roots.push(body.next[state]);
    }
    live.sort_unstable();
    live
}

/// Which nodes are the same in every step.
struct Invariants {
    /// All of them.
    everything: Vec<bool>,
    /// Those worth a place outside, and right there: sums over examples are parts inside a body, so what follows from them stays.
    movable: Vec<bool>,
}

fn invariants(body: &Graph, roots: &[NodeId]) -> Invariants {
    let reachable = body.reachable(roots);
    let mut found =
        Invariants { everything: vec![false; body.len()], movable: vec![false; body.len()] };
    let mut sums_examples = vec![false; body.len()];
    for id in body.ids().filter(|id| reachable[id.0 as usize]) {
        let (node, place) = (body.node(id), id.0 as usize);
        let operands = node.kind.operands();
        let any = |of: &[bool]| operands.iter().any(|operand| of[operand.node.0 as usize]);
        let all = |of: &[bool]| operands.iter().all(|operand| of[operand.node.0 as usize]);
        found.everything[place] = match &node.kind {
            Kind::Leaf(leaf) => !matches!(leaf, Leaf::State(_) | Leaf::Step),
            _ => all(&found.everything),
        };
        sums_examples[place] = node.kind.reduced().contains(&Dim::Batch) || any(&sums_examples);
        let is_view = matches!(&node.kind, Kind::Contraction { operands, summed } if operands.len() == 1 && summed.is_empty());
        found.movable[place] = found.everything[place]
            && !matches!(node.kind, Kind::Leaf(_))
            && !is_view
            && !sums_examples[place];
    }
    found
}

/// The body with these roots, and no nodes that none of them needs; and which inputs it reads.
fn body_of(body: &Body, graph: Graph, pairs: &[(NodeId, FoldResult)]) -> (Body, Vec<usize>) {
    let of = |is_it: fn(&FoldResult) -> bool| -> Vec<NodeId> {
        pairs.iter().filter(|(_, result)| is_it(result)).map(|(id, _)| *id).collect()
    };
    Body {
        graph,
        next: of(|result| matches!(result, FoldResult::State(_))),
        collected: of(|result| matches!(result, FoldResult::Collected(_))),
        sums: of(|result| matches!(result, FoldResult::Sum(_))),
        ..body.clone()
    }
    .compacted()
}
