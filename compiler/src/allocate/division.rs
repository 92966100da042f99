//! Whether the tiles can be divided into parts that run apart: what each part then has to itself, and what is added up.
//!
//! Parts share what is written before the tiles, which they only read. What they add to, each needs for itself, beginning with nothing, so
//! that the sums of the parts can be added up. A plan that does anything else with what outlives a tile runs as a whole, among them one
//! that adds to rows of a table: each part would cost the size of the table.

use std::collections::{BTreeMap, BTreeSet};

use super::{buffers_of, reads, written_by};
use crate::plan::{BufferId, Division, Phase, Place, Plan, Update, Work};

/// How the tiles of a plan can be divided; `None` if they cannot.
pub fn divide(plan: &Plan) -> Option<Division> {
    let tiled = plan.works_of(Phase::Tile);
    if tiled.is_empty() || !plan.scattered.is_empty() {
        return None;
    }
    let mut division = Division::default();
    for (buffer, uses) in uses(plan, &tiled) {
        let place = &plan.buffers[buffer].place;
        let has = |one: Use| uses.contains(&one);
        let is_sum = has(Use::Adds) && has(Use::Begins) && !has(Use::Sets) && !has(Use::Reads);
        let is_of_tile = !has(Use::Adds) && !has(Use::Begins) && !has(Use::Outside);
        match place {
            _ if is_sum => division.sums.push(buffer),
            Place::Number | Place::Counter if is_of_tile => {}
            Place::Cell | Place::Persistent(_) if is_of_tile => division.own.push(buffer),
            _ => return None,
        }
    }
    Some(division)
}

/// What is done with a buffer that outlives a tile.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Use {
    /// Something is added to what is there.
    Adds,
    /// It begins with nothing before the first tile.
    Begins,
    /// It is written in any other way.
    Sets,
    /// A tile reads it.
    Reads,
    /// It is touched before the tiles, or after them.
    Outside,
}

/// What is done with each buffer that a tile writes and that outlives it.
fn uses(plan: &Plan, tiled: &[&Work]) -> BTreeMap<BufferId, BTreeSet<Use>> {
    let mut uses: BTreeMap<BufferId, BTreeSet<Use>> = BTreeMap::new();
    for (buffer, one) in tiled.iter().flat_map(|work| writes(work)) {
        let root = plan.root(buffer);
        if !matches!(plan.buffers[root].place, Place::Tile(_)) {
            uses.entry(root).or_default().extend(one);
        }
    }
    let outside = [Phase::Before, Phase::After].map(|phase| plan.works_of(phase)).concat();
    let outside = outside.into_iter().flat_map(|work| buffers_of(plan, work)).chain(plan.loss);
    let read = tiled.iter().flat_map(|work| read_by(work)).map(|buffer| (buffer, Use::Reads));
    for (buffer, one) in read.chain(outside.map(|buffer| (buffer, Use::Outside))) {
        if let Some(found) = uses.get_mut(&plan.root(buffer)) {
            found.insert(one);
        }
    }
    uses
}

/// The buffers that a step of a tile writes, and how.
fn writes(work: &Work) -> Vec<(BufferId, Vec<Use>)> {
    let by_update = |update: Update| match update {
        Update::Accumulate => vec![Use::Adds, Use::Begins],
        Update::Continue => vec![Use::Adds],
        Update::Set | Update::Add | Update::Max | Update::Min => vec![Use::Sets],
    };
    match work {
        Work::Product(product) => vec![(product.out, by_update(product.update))],
        Work::Loop(nest) => {
            let effects = nest.effects.iter();
            effects.map(|effect| (effect.buffer, by_update(effect.update))).collect()
        }
        Work::Clear { buffer, once: true } => vec![(*buffer, vec![Use::Begins])],
        _ => written_by(work).into_iter().map(|buffer| (buffer, vec![Use::Sets])).collect(),
    }
}

/// The buffers a step reads.
fn read_by(work: &Work) -> Vec<BufferId> {
    match work {
        Work::Number { values, .. } => reads(values).collect(),
        Work::Loop(nest) => reads(&nest.values).collect(),
        Work::Product(product) => product.factors.clone(),
        Work::Matrix(step) => step.operands.clone(),
        Work::StoreRows { buffer }
        | Work::StoreColumns { buffer, .. }
        | Work::StoreEntries { buffer, .. }
        | Work::StoreBlock { buffer, .. } => vec![*buffer],
        Work::Load { .. } | Work::Draw { .. } | Work::Clear { .. } | Work::Fold(_) => vec![],
    }
}
