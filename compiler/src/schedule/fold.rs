//! A loop: its states, where its results go, and its steps.
//!
//! A step is planned by the same functions as the whole, over its own graph and the same buffers. What it collects is written where it is
//! to be found, at the step's place in the array; what it adds up is added there at once; a next state is copied when the step is done.

use super::fuse::{self, Expression};
use super::storage::{self, Implementation, Storage};
use super::{Buffers, Destination, parts, places, sums};
use crate::ir::{Access, Body, Dim, Fold, FoldResult, Graph, Kind, Label, Leaf, NodeId, Position};
use crate::plan::{self, Buffer, BufferId, Phase, Place, Plan, Update, View, Work};

/// The loop with what must be done before it.
pub fn works(
    graph: &Graph,
    storage: &Storage,
    plan: &mut Plan,
    buffers: &mut Buffers,
    fold: &Fold,
) -> Result<Vec<Work>, String> {
    parts::check(&fold.body)?;
    let body = &fold.body;
    let phase = storage.phase[fold.results[0].0.0 as usize];
    let mut outside = Outside { graph, storage, plan, buffers, fold, works: Vec::new() };
    let states = outside.states()?;
    let captured = outside.captured()?;
    let sums: Vec<BufferId> = (0..body.sums.len()).map(|place| outside.sum(place, phase)).collect();
    let collected: Vec<BufferId> = (0..body.collected.len())
        .map(|place| outside.result(FoldResult::Collected(place)).0)
        .collect();
    let counter = outside.own("step", Vec::new(), Place::Counter);
    let mut works = outside.works;
    let first = plan.buffers.len();
    let (body, of) = sums::apart(body);
    let body = &body;
    let sums: Vec<BufferId> = of.iter().map(|&place| sums[place]).collect();
    let storage = storage::decide_step(body, &of, phase, &mut buffers.taken)?;
    let mut inside = Inside {
        body,
        buffers: Buffers::of_step(&body.graph, &storage, std::mem::take(&mut buffers.taken)),
        storage: &storage,
        plan,
        counter,
        works: Vec::new(),
    };
    inside.leaves(&states, &captured);
    let copies = inside.destinations(&collected, &sums);
    inside.groups()?;
    for (node, buffer, update) in copies {
        inside.copy(node, buffer, update)?;
    }
    inside.advance(&states)?;
    buffers.taken = inside.buffers.taken;
    let steps = inside.works;
    works.push(Work::Fold(plan::Fold {
        counter,
        steps: body.steps.clone(),
        order: body.order,
        body: steps,
        locals: first..plan.buffers.len(),
    }));
    Ok(works)
}

/// The graph around a loop.
struct Outside<'a> {
    graph: &'a Graph,
    storage: &'a Storage,
    plan: &'a mut Plan,
    buffers: &'a mut Buffers,
    fold: &'a Fold,
    works: Vec<Work>,
}

impl Outside<'_> {
    /// The states, which begin as copies.
    fn states(&mut self) -> Result<Vec<BufferId>, String> {
        let mut states = Vec::new();
        for place in 0..self.fold.body.next.len() {
            let (state, _) = self.result(FoldResult::State(place));
            let initial = &self.fold.operands[place];
            let scope = self.graph.shape(initial.node).to_vec();
            let mut copy = Expression::new(self.graph, self.storage);
            let value = copy.value(self.plan, self.buffers, initial)?;
            self.works.push(Work::Loop(copy.into_loop(value, scope, state, Update::Set)));
            states.push(state);
        }
        Ok(states)
    }

    fn captured(&mut self) -> Result<Vec<BufferId>, String> {
        let states = self.fold.body.next.len();
        let mut captured = Vec::new();
        for operand in &self.fold.operands[states..] {
            captured.push(self.buffers.read(self.graph, self.plan, operand.node)?);
        }
        Ok(captured)
    }

    /// A sum, which begins with 0, but for one that is added to what the steps of the loop around this one add up.
    fn sum(&mut self, place: usize, phase: Phase) -> BufferId {
        let (buffer, update) = self.result(FoldResult::Sum(place));
        let is_of_tile = self.plan.buffers[buffer].shape.last() == Some(&Dim::Batch);
        if update.is_none() {
            let once = phase == Phase::Tile && !is_of_tile && !self.buffers.is_step;
            self.works.push(Work::Clear { buffer, once });
        }
        buffer
    }

    /// The buffer of a result, whether or not anybody reads it.
    fn result(&mut self, result: FoldResult) -> (BufferId, Option<Update>) {
        let found = self.fold.results.iter().find(|(_, known)| *known == result);
        if let Some(&(node, _)) = found {
            let place = fuse::place(self.graph, self.storage, node);
            return self.buffers.destination(self.graph, self.plan, node, place);
        }
        let body = &self.fold.body;
        let shape = body.shape(result);
        let name = body.graph.name(body.root(result)).map_or("state", |name| name);
        let place = match shape.last() {
            Some(Dim::Batch) => Place::Tile(0),
            Some(_) => Place::Persistent(0),
            None => Place::Cell,
        };
        (self.own(&storage::identifier(name), shape, place), None)
    }

    fn own(&mut self, name: &str, shape: Vec<Dim>, place: Place) -> BufferId {
        let name = self.buffers.fresh(name);
        self.plan.buffers.push(Buffer { name, shape, place });
        self.plan.buffers.len() - 1
    }
}

/// The steps of a loop.
struct Inside<'a> {
    body: &'a Body,
    storage: &'a Storage,
    plan: &'a mut Plan,
    buffers: Buffers,
    counter: BufferId,
    works: Vec<Work>,
}

impl Inside<'_> {
    /// The leaves of the body are where the graph around it has them.
    fn leaves(&mut self, states: &[BufferId], captured: &[BufferId]) {
        for id in self.body.graph.ids() {
            let buffer = match self.body.graph.node(id).kind {
                Kind::Leaf(Leaf::State(place)) => states[place],
                Kind::Leaf(Leaf::Captured(place)) => captured[place],
                Kind::Leaf(Leaf::Step) => self.counter,
                _ => continue,
            };
            self.buffers.of[id.0 as usize] = Some(buffer);
        }
    }

    /// Says where results of the step go. What is computed anyway, or for several results, is copied when the step is done.
    fn destinations(
        &mut self,
        collected: &[BufferId],
        sums: &[BufferId],
    ) -> Vec<(NodeId, BufferId, Update)> {
        let mut copies = Vec::new();
        for (&node, &array) in self.body.collected.iter().zip(collected) {
            let place = self.part(node, array);
            if self.is_written_by_element(node) && !self.buffers.has_destination(node) {
                self.buffers.destinations[node.0 as usize] = Some(Destination::At(place));
            } else {
                let name = self.plan.buffers[array].name.clone();
                let name = self.buffers.fresh(&format!("{name}_here"));
                let shape = self.body.graph.shape(node).to_vec();
                self.plan.buffers.push(Buffer { name, shape, place });
                copies.push((node, self.plan.buffers.len() - 1, Update::Set));
            }
        }
        for (&node, &sum) in self.body.sums.iter().zip(sums) {
            let is_extremum = matches!(
                self.body.graph.node(node).kind,
                Kind::Extremum { .. } | Kind::Matrix { .. }
            );
            let is_free = self.is_written_by_element(node) && !is_extremum;
            if is_free && self.uses(node) == 1 && !self.buffers.has_destination(node) {
                self.buffers.destinations[node.0 as usize] = Some(Destination::Into(sum));
            } else {
                copies.push((node, sum, Update::Continue));
            }
        }
        copies
    }

    /// The part of an array that belongs to the step.
    fn part(&self, node: NodeId, array: BufferId) -> Place {
        let shape = self.body.graph.shape(node);
        let elements = crate::ir::Polynomial::product(shape);
        let offset = Position::integer(self.counter).times(&elements);
        Place::View(Box::new(View { of: array, offset, strides: places::row_major(shape) }))
    }

    /// Whether the value is written to memory, element by element or as a whole.
    fn is_written_by_element(&self, node: NodeId) -> bool {
        let is_sum_of_loop = match &self.body.graph.node(node).kind {
            Kind::Fold { result, .. } => !matches!(result, FoldResult::State(_)),
            _ => true,
        };
        is_sum_of_loop
            && match self.storage.implementation[node.0 as usize] {
                Implementation::Leaf | Implementation::View => false,
                Implementation::Pointwise => !self.body.graph.shape(node).is_empty(),
                Implementation::Reduction | Implementation::Kernel | Implementation::Fold => true,
            }
    }

    /// How often a value is read or is a result.
    fn uses(&self, node: NodeId) -> usize {
        let graph = &self.body.graph;
        let read = graph.ids().filter(|id| self.storage.reachable[id.0 as usize]);
        let read = read.flat_map(|id| graph.node(id).kind.operands()).map(|operand| operand.node);
        read.chain(self.body.roots()).filter(|&one| one == node).count()
    }

    fn groups(&mut self) -> Result<(), String> {
        let groups = fuse::group(&self.body.graph, self.storage);
        for group in &groups.groups {
            let graph = &self.body.graph;
            let (plan, buffers) = (&mut *self.plan, &mut self.buffers);
            self.works.extend(super::works(graph, self.storage, &groups, plan, buffers, group)?);
        }
        Ok(())
    }

    fn copy(&mut self, node: NodeId, to: BufferId, update: Update) -> Result<(), String> {
        let graph = &self.body.graph;
        let mut copy = Expression::new(graph, self.storage);
        let access = Access::whole(graph, node);
        let value = copy.value(self.plan, &mut self.buffers, &access)?;
        let nest = copy.into_loop(value, graph.shape(node).to_vec(), to, update);
        self.works.push(Work::Loop(nest));
        Ok(())
    }

    /// Makes the next states the states; a state that another one becomes is put aside first.
    fn advance(&mut self, states: &[BufferId]) -> Result<(), String> {
        let graph = &self.body.graph;
        let mut moves = Vec::new();
        for (place, &node) in self.body.next.iter().enumerate() {
            match graph.node(node).kind {
                Kind::Leaf(Leaf::State(from)) if from == place => {}
                Kind::Leaf(Leaf::State(from)) => {
                    let name = self
                        .buffers
                        .fresh(&format!("{}_before", self.plan.buffers[states[from]].name));
                    let buffer = &self.plan.buffers[states[from]];
                    let is_of_tile = buffer.shape.last() == Some(&Dim::Batch);
                    let kept = match () {
                        () if buffer.shape.is_empty() => Place::Cell,
                        () if is_of_tile => Place::Tile(0),
                        () => Place::Persistent(0),
                    };
                    let aside = Buffer { name, shape: buffer.shape.clone(), place: kept };
                    self.plan.buffers.push(aside);
                    let aside = self.plan.buffers.len() - 1;
                    self.copy(node, aside, Update::Set)?;
                    moves.push((aside, states[place]));
                }
                _ => {
                    let from = self.buffers.of[node.0 as usize];
                    match from {
                        Some(from) => moves.push((from, states[place])),
                        None => self.copy(node, states[place], Update::Set)?,
                    }
                }
            }
        }
        for (from, to) in moves {
            let shape = self.plan.buffers[to].shape.clone();
            let axes: Vec<Label> = (0..shape.len() as Label).collect();
            let mut copy = Expression::new(graph, self.storage);
            let value = copy.read(from, axes);
            self.works.push(Work::Loop(copy.into_loop(value, shape, to, Update::Set)));
        }
        Ok(())
    }
}
