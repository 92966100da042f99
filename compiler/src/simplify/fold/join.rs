//! Loops that repeat each other: what computes all that another loop does gives its results as well.
//!
//! The tangents of a loop are carried beside its states, so the loop that computes them takes every step of the first one again. Of
//! second derivatives both are needed, the values for the adjoints and the tangents for theirs.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::ir::{Access, Body, Fold, FoldResult, Graph, Kind, Leaf, NodeId};

/// The graph with such loops as one; `None` where there are none.
pub fn join(graph: &Graph, roots: &[NodeId]) -> Option<(Graph, Vec<NodeId>)> {
    let mut joined = join_two(graph, roots)?;
    while let Some(further) = join_two(&joined.0, &joined.1) {
        joined = further;
    }
    Some(joined)
}

fn join_two(graph: &Graph, roots: &[NodeId]) -> Option<(Graph, Vec<NodeId>)> {
    let reachable = graph.reachable(roots);
    let folds = Fold::all(graph, |id| reachable[id.0 as usize]);
    let pairs = folds.iter().flat_map(|one| folds.iter().map(move |other| (one, other)));
    let are_apart = |(one, other): &(&Fold, &Fold)| {
        one.results != other.results && !needs(graph, one, other) && !needs(graph, other, one)
    };
    let mut pairs = pairs.filter(|pair| may_repeat(pair.0, pair.1) && are_apart(pair));
    let (union, one, other) =
        pairs.find_map(|(one, other)| Some((Union::of(one, other)?, one, other)))?;
    Some(rebuilt(graph, roots, [one, other], &union))
}

/// A glance, which is enough to refuse most.
fn may_repeat(one: &Fold, other: &Fold) -> bool {
    let (a, b) = (&one.body, &other.body);
    let states = |fold: &Fold| fold.body.next.len();
    (1..=states(other)).contains(&states(one))
        && (&a.steps, a.order, a.recomputed) == (&b.steps, b.order, b.recomputed)
        && a.is_batched() == b.is_batched()
}

/// Whether a loop begins with results of another.
fn needs(graph: &Graph, fold: &Fold, of: &Fold) -> bool {
    let operands: Vec<NodeId> = fold.operands.iter().map(|operand| operand.node).collect();
    let reachable = graph.reachable(&operands);
    of.results.iter().any(|(id, _)| reachable[id.0 as usize])
}

/// A loop that gives the results of two.
struct Union {
    body: Rc<Body>,
    operands: Vec<Access>,
    /// What the results of the repeated loop are, in their order.
    results: Vec<FoldResult>,
}

impl Union {
    /// The second loop with the results of the first, if each state of the first is one of the second.
    fn of(repeated: &Fold, by: &Fold) -> Option<Union> {
        let states = by.body.next.len();
        let mut operands = by.operands.clone();
        let captured: Vec<usize> = repeated.operands[repeated.body.next.len()..]
            .iter()
            .map(|read| {
                let known = operands[states..].iter().position(|known| known == read);
                known.unwrap_or_else(|| {
                    operands.push(read.clone());
                    operands.len() - 1 - states
                })
            })
            .collect();
        let (graph, places, states) = matched(repeated, by, &captured)?;
        let mut body = Body { graph, ..(*by.body).clone() };
        let mut results = Vec::new();
        for &(_, result) in &repeated.results {
            let root = places[repeated.body.root(result).0 as usize];
            let place = |list: &mut Vec<NodeId>| {
                let known = list.iter().position(|known| *known == root);
                known.unwrap_or_else(|| {
                    list.push(root);
                    list.len() - 1
                })
            };
            results.push(match result {
                FoldResult::State(state) => FoldResult::State(states[state]),
                FoldResult::Collected(_) => FoldResult::Collected(place(&mut body.collected)),
                FoldResult::Sum(_) => FoldResult::Sum(place(&mut body.sums)),
            });
        }
        Some(Union { body: Rc::new(body), operands, results })
    }
}

/// The values of the first loop's step in the graph of the second's, and which states its own are there.
///
/// States are the same if they begin the same and one step takes them to the same values, provided that they were the same before it.
fn matched(
    repeated: &Fold,
    by: &Fold,
    captured: &[usize],
) -> Option<(Graph, Vec<NodeId>, Vec<usize>)> {
    let candidates: Vec<Vec<usize>> = (0..repeated.body.next.len())
        .map(|state| {
            let begins_so = |other: &usize| by.operands[*other] == repeated.operands[state];
            let mut all: Vec<usize> = (0..by.body.next.len()).filter(begins_so).collect();
            all.sort_by_key(|&other| (other != state, other));
            all
        })
        .collect();
    let mut tried = vec![0; candidates.len()];
    loop {
        let states: Option<Vec<usize>> =
            candidates.iter().zip(&tried).map(|(all, &tried)| all.get(tried).copied()).collect();
        let states = states?;
        let (graph, places) = with_steps_of(&repeated.body, &by.body, &states, captured);
        let differs = |state: &usize| {
            places[repeated.body.next[*state].0 as usize] != by.body.next[states[*state]]
        };
        let wrong: Vec<usize> = (0..states.len()).filter(differs).collect();
        if wrong.is_empty() {
            return Some((graph, places, states));
        }
        wrong.into_iter().for_each(|state| tried[state] += 1);
    }
}

/// The graph of a step with the values of another, whose states and captured values are these of its own.
fn with_steps_of(
    from: &Body,
    to: &Body,
    states: &[usize],
    captured: &[usize],
) -> (Graph, Vec<NodeId>) {
    let mut graph = to.graph.clone();
    let mut places: Vec<NodeId> = Vec::new();
    for id in from.graph.ids() {
        let node = from.graph.node(id);
        let kind = match &node.kind {
            Kind::Leaf(Leaf::State(state)) => Kind::Leaf(Leaf::State(states[*state])),
            Kind::Leaf(Leaf::Captured(place)) => Kind::Leaf(Leaf::Captured(captured[*place])),
            kind => moved(kind, |id| places[id.0 as usize]),
        };
        let place = graph.intern(kind, node.shape.clone());
        if let Some(name) = from.graph.name(id) {
            graph.set_name(place, name);
        }
        places.push(place);
    }
    (graph, places)
}

fn moved(kind: &Kind, place: impl Fn(NodeId) -> NodeId) -> Kind {
    let moved = |operand: &Access| Access { node: place(operand.node), axes: operand.axes.clone() };
    kind.with_operands(kind.operands().iter().map(moved).collect())
}

/// The graph with the results of two loops as those of one.
fn rebuilt(
    graph: &Graph,
    roots: &[NodeId],
    [repeated, by]: [&Fold; 2],
    union: &Union,
) -> (Graph, Vec<NodeId>) {
    let own = repeated.results.iter().zip(&union.results).map(|((id, _), result)| (*id, *result));
    let results: BTreeMap<NodeId, FoldResult> = own.chain(by.results.iter().copied()).collect();
    let operands = |id: NodeId| match results.contains_key(&id) {
        true => union.operands.as_slice(),
        false => graph.node(id).kind.operands(),
    };
    let mut new = Graph::default();
    let mut places = vec![NodeId(0); graph.len()];
    for id in in_order(graph, roots, operands) {
        let node = graph.node(id);
        let kind = match results.get(&id) {
            Some(&result) => {
                Kind::Fold { body: union.body.clone(), operands: union.operands.clone(), result }
            }
            None => node.kind.clone(),
        };
        let place =
            new.intern(moved(&kind, |operand| places[operand.0 as usize]), node.shape.clone());
        if let Some(name) = graph.name(id) {
            new.set_name(place, name);
        }
        places[id.0 as usize] = place;
    }
    let roots = roots.iter().map(|root| places[root.0 as usize]).collect();
    (new, roots)
}

/// What the roots depend on, operands before consumers, where `operands` says what a node reads.
fn in_order<'a>(
    graph: &Graph,
    roots: &[NodeId],
    operands: impl Fn(NodeId) -> &'a [Access],
) -> Vec<NodeId> {
    let mut order = Vec::new();
    let mut is_known = vec![false; graph.len()];
    let mut open: Vec<(NodeId, bool)> = roots.iter().rev().map(|&root| (root, false)).collect();
    while let Some((id, is_ready)) = open.pop() {
        if is_ready {
            order.push(id);
        } else if !std::mem::replace(&mut is_known[id.0 as usize], true) {
            open.push((id, true));
            open.extend(operands(id).iter().rev().map(|operand| (operand.node, false)));
        }
    }
    order
}
