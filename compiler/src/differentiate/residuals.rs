//! Which values of a step the reversed loop reads, and which it computes again; the two bodies.

use std::rc::Rc;

use super::step::{Carried, Step};
use crate::construct;
use crate::functions::scalar;
use crate::ir::{Body, Dim, Graph, Kind, Leaf, NodeId, Order};

/// Values are computed again where that takes no more than so many operations.
const CHEAP: u32 = 4;

/// A step, cut into that of the forward loop and that of the reversed one.
pub struct Cut {
    /// The body of the forward loop, which collects what the reversed one reads as well.
    pub forward: Rc<Body>,
    /// The body of the reversed loop.
    pub reverse: Rc<Body>,
    /// Where what the reversed loop captures comes from.
    pub captured: Vec<Source>,
}

/// Where a captured value of a reversed loop comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The forward loop captures it too.
    Captured(usize),
    /// It is an adjoint that reaches the loop from outside.
    Input(usize),
    /// The forward loop collects it.
    Collected(usize),
}

/// What becomes of a node in the reversed loop.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// Nobody reads it.
    Unneeded,
    /// It is computed there.
    Computed,
    /// It is read where the forward loop collected it.
    Collected,
}

/// Cuts a step.
pub fn cut(step: &Step, body: &Body) -> Result<Cut, String> {
    let fates = fates(step, body)?;
    let mut collected = body.collected.clone();
    for id in step.graph.ids().filter(|id| fates[id.0 as usize] == Fate::Collected) {
        if !collected.contains(&id) {
            collected.push(id);
        }
    }
    let forward = Body { collected, ..body.clone() };
    let roots = forward.roots();
    let is_needed = step.graph.reachable(&roots);
    let (graph, roots) = copy(&step.graph, &roots, |id| is_needed[id.0 as usize], |_, _| None)?;
    let mut captured = Vec::new();
    let reverse = reverse(step, body, &forward.collected, &fates, &mut captured)?;
    Ok(Cut {
        forward: Rc::new(forward.with_roots(graph, &roots)),
        reverse: Rc::new(reverse),
        captured,
    })
}

/// The body of the reversed loop.
fn reverse(
    step: &Step,
    body: &Body,
    collected: &[NodeId],
    fates: &[Fate],
    captured: &mut Vec<Source>,
) -> Result<Body, String> {
    let states = body.next.len();
    let roots = roots(step);
    let mut place_of = |source: Source| {
        let known = captured.iter().position(|known| *known == source);
        known.unwrap_or_else(|| {
            captured.push(source);
            captured.len() - 1
        })
    };
    let is_needed = |id: NodeId| fates[id.0 as usize] != Fate::Unneeded;
    let (graph, roots) = copy(&step.graph, &roots, is_needed, |graph, id| {
        let node = step.graph.node(id);
        if fates[id.0 as usize] == Fate::Collected {
            let place = collected.iter().position(|known| *known == id)?;
            let place = place_of(Source::Collected(place));
            let shape = std::iter::once(&body.steps).chain(&node.shape).cloned().collect();
            let leaf = graph.leaf(Leaf::Captured(place), shape);
            return Some(construct::at_step(graph, leaf));
        }
        let leaf = match &node.kind {
            Kind::Leaf(Leaf::Captured(place)) if *place >= step.captures => {
                Leaf::Captured(place_of(Source::Input(place - step.captures)))
            }
            Kind::Leaf(Leaf::Captured(place)) => Leaf::Captured(place_of(Source::Captured(*place))),
            Kind::Leaf(leaf @ Leaf::State(_)) => {
                let is_it = |(carried, _): &(Carried, NodeId)| carried.leaf(states) == *leaf;
                Leaf::State(step.carried.iter().position(is_it)?)
            }
            _ => return None,
        };
        Some(graph.leaf(leaf, node.shape.clone()))
    })?;
    let (next, sums) = roots.split_at(step.carried.len());
    let order = match body.order {
        Order::Forward => Order::Backward,
        Order::Backward => Order::Forward,
    };
    Ok(Body {
        graph,
        steps: body.steps.clone(),
        order,
        next: next.to_vec(),
        collected: Vec::new(),
        sums: sums.to_vec(),
        recomputed: body.recomputed,
    })
}

/// What the reversed loop computes: the adjoints of states, then those of captured values, then where the latter are open.
fn roots(step: &Step) -> Vec<NodeId> {
    let carried = step.carried.iter().map(|(_, node)| *node);
    carried.chain(step.captured.iter().chain(&step.opened).map(|(_, _, node)| *node)).collect()
}

/// Decides from the adjoints down to what they read.
fn fates(step: &Step, body: &Body) -> Result<Vec<Fate>, String> {
    let graph = &step.graph;
    let known = Known::about(step, body)?;
    let mut fates = vec![Fate::Unneeded; graph.len()];
    for root in roots(step) {
        fates[root.0 as usize] = Fate::Computed;
    }
    for id in graph.ids().rev() {
        let place = id.0 as usize;
        if fates[place] == Fate::Unneeded {
            continue;
        }
        let kind = &graph.node(id).kind;
        let is_collected = match kind {
            Kind::Leaf(Leaf::State(state)) => *state < body.next.len(),
            Kind::Leaf(_) => false,
            _ if known.is_adjoint[place] || body.recomputed => false,
            // What is there for the sake of the adjoint alone is computed with it, but for the values of an inner loop.
            Kind::Fold { .. } => known.cost[place].is_none() && known.is_worth_it[place],
            _ => place < step.own && known.cost[place].is_none() && known.is_worth_it[place],
        };
        if is_collected {
            fates[place] = Fate::Collected;
            continue;
        }
        for operand in kind.operands() {
            fates[operand.node.0 as usize] = Fate::Computed;
        }
    }
    compute_cheap(graph, &mut fates)?;
    Ok(fates)
}

/// What is collected, but cheap to compute from the rest, is not collected.
fn compute_cheap(graph: &Graph, fates: &mut [Fate]) -> Result<(), String> {
    let mut cost = vec![0; graph.len()];
    for id in graph.ids() {
        let Kind::Map { function, operands } = &graph.node(id).kind else { continue };
        let (place, row) = (id.0 as usize, scalar::row(*function)?);
        let inner = operands.iter().map(|operand| cost[operand.node.0 as usize]);
        let total = inner.fold(row.cost, u32::saturating_add);
        let is_there = |node: NodeId| fates[node.0 as usize] != Fate::Unneeded;
        let is_cheap = total <= CHEAP && operands.iter().all(|operand| is_there(operand.node));
        match fates[place] {
            Fate::Collected if is_cheap => fates[place] = Fate::Computed,
            Fate::Collected => continue,
            _ => {}
        }
        cost[place] = total;
    }
    Ok(())
}

/// What is known about the nodes of a step.
struct Known {
    /// Whether a node depends on an adjoint.
    is_adjoint: Vec<bool>,
    /// What it costs to compute a node from captured values alone, where that is little.
    cost: Vec<Option<u32>>,
    /// Whether a node may be collected: what all examples share is computed again instead, once for all.
    is_worth_it: Vec<bool>,
}

impl Known {
    fn about(step: &Step, body: &Body) -> Result<Known, String> {
        let graph = &step.graph;
        let is_batched = body.is_batched();
        let count = graph.len();
        let mut known = Known {
            is_adjoint: vec![false; count],
            cost: vec![None; count],
            is_worth_it: vec![true; count],
        };
        let mut varies = vec![false; count];
        for id in graph.ids() {
            let (node, place) = (graph.node(id), id.0 as usize);
            let operands = node.kind.operands();
            let any = |of: &[bool]| operands.iter().any(|operand| of[operand.node.0 as usize]);
            let states = body.next.len();
            known.is_adjoint[place] = any(&known.is_adjoint)
                || matches!(node.kind, Kind::Leaf(Leaf::State(state)) if state >= states)
                || matches!(node.kind, Kind::Leaf(Leaf::Captured(one)) if one >= step.captures);
            let is_varying_leaf = matches!(node.kind, Kind::Leaf(Leaf::State(_) | Leaf::Step));
            varies[place] = is_varying_leaf || any(&varies);
            let is_shared = is_batched && node.shape.last() != Some(&Dim::Batch);
            known.is_worth_it[place] = !is_shared;
            let is_invariant = !varies[place] && !known.is_adjoint[place];
            known.cost[place] = if is_invariant { Some(0) } else { known.cost_of(graph, id)? };
        }
        Ok(known)
    }

    /// The cost of a node that differs from step to step.
    fn cost_of(&self, graph: &Graph, id: NodeId) -> Result<Option<u32>, String> {
        let node = graph.node(id);
        let inner = node.kind.operands().iter().try_fold(0_u32, |sum, operand| {
            Some(sum.saturating_add(self.cost[operand.node.0 as usize]?))
        });
        let own = match &node.kind {
            Kind::Leaf(leaf) => return Ok((*leaf == Leaf::Step).then_some(0)),
            Kind::Map { function, .. } => scalar::row(*function)?.cost,
            Kind::Contraction { operands, summed } if operands.len() == 1 && summed.is_empty() => 0,
            Kind::Index { .. } => 0,
            _ => return Ok(None),
        };
        Ok(inner.map(|inner| inner.saturating_add(own)).filter(|total| *total <= CHEAP))
    }
}

/// The nodes that are needed, in a graph of their own; `replace` may put others in their place.
fn copy(
    graph: &Graph,
    roots: &[NodeId],
    is_needed: impl Fn(NodeId) -> bool,
    mut replace: impl FnMut(&mut Graph, NodeId) -> Option<NodeId>,
) -> Result<(Graph, Vec<NodeId>), String> {
    let mut copied = Graph::default();
    let mut places: Vec<Option<NodeId>> = vec![None; graph.len()];
    for id in graph.ids().filter(|&id| is_needed(id)) {
        let node = graph.node(id);
        let new = match replace(&mut copied, id) {
            Some(new) => new,
            None => {
                let mut operands = node.kind.operands().to_vec();
                for operand in &mut operands {
                    operand.node = places[operand.node.0 as usize]
                        .ok_or("a value that a reversed loop reads is not there")?;
                }
                copied.intern(node.kind.with_operands(operands), node.shape.clone())
            }
        };
        if let Some(name) = graph.name(id) {
            copied.set_name(new, name);
        }
        places[id.0 as usize] = Some(new);
    }
    let new_roots: Option<Vec<NodeId>> = roots.iter().map(|root| places[root.0 as usize]).collect();
    Ok((copied, new_roots.ok_or("a result of a loop is not there")?))
}
