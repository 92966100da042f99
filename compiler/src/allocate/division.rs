//! Whether the tiles can be divided into parts that run apart: what each part then has to itself, and what is added up.
//!
//! Parts share what is written before the tiles, which they only read. What they add to, each needs for itself, beginning with nothing, so
//! that the sums of the parts can be added up. A plan that does anything else with what outlives a tile runs as a whole, among them one
//! that adds to rows of a table: each part would cost the size of the table.

use std::collections::BTreeMap;

use super::{buffers_of, reads, written_by};
use crate::plan::{BufferId, Division, Phase, Place, Plan, Update, Work};

/// How the tiles of a plan can be divided; `None` if they cannot.
pub fn divide(plan: &Plan) -> Option<Division> {
    let tiled = plan.works_of(Phase::Tile);
    if tiled.is_empty() || !plan.scattered.is_empty() {
        return None;
    }
    let mut division = Division::default();
    for (buffer, found) in uses(plan, &tiled) {
        let place = &plan.buffers[buffer].place;
        let is_local = matches!(place, Place::Number | Place::Counter);
        match () {
            () if found.adds && found.begins && !found.sets && !found.is_read => {
                division.sums.push(buffer);
            }
            () if found.adds || found.begins || found.is_outside => return None,
            () if is_local => {}
            () if matches!(place, Place::Gradient(_)) => return None,
            () => division.own.push(buffer),
        }
    }
    Some(division)
}

/// What is done with a buffer that outlives a tile.
#[derive(Default)]
struct Uses {
    /// Something is added to what is there.
    adds: bool,
    /// It begins with nothing before the first tile.
    begins: bool,
    /// It is written in any other way.
    sets: bool,
    /// A tile reads it.
    is_read: bool,
    /// It is touched before the tiles, or after them.
    is_outside: bool,
}

/// What is done with each buffer that a tile writes and that outlives it.
fn uses(plan: &Plan, tiled: &[&Work]) -> BTreeMap<BufferId, Uses> {
    let mut uses: BTreeMap<BufferId, Uses> = BTreeMap::new();
    for work in tiled {
        note_writes(plan, work, &mut uses);
    }
    for buffer in tiled.iter().flat_map(|work| read_by(work)) {
        if let Some(found) = uses.get_mut(&plan.root(buffer)) {
            found.is_read = true;
        }
    }
    let outside = [Phase::Before, Phase::After].map(|phase| plan.works_of(phase)).concat();
    for buffer in outside.into_iter().flat_map(|work| buffers_of(plan, work)).chain(plan.loss) {
        if let Some(found) = uses.get_mut(&plan.root(buffer)) {
            found.is_outside = true;
        }
    }
    uses
}

/// Notes what a step writes that outlives a tile, and how.
fn note_writes(plan: &Plan, work: &Work, uses: &mut BTreeMap<BufferId, Uses>) {
    let mut note = |buffer: BufferId, what: fn(&mut Uses)| {
        let root = plan.root(buffer);
        if !matches!(plan.buffers[root].place, Place::Tile(_)) {
            what(uses.entry(root).or_default());
        }
    };
    let by_update = |update: Update| -> fn(&mut Uses) {
        match update {
            Update::Accumulate => |found| (found.adds, found.begins) = (true, true),
            Update::Continue => |found| found.adds = true,
            Update::Set | Update::Add | Update::Max | Update::Min => |found| found.sets = true,
        }
    };
    match work {
        Work::Product(product) => note(product.out, by_update(product.update)),
        Work::Loop(nest) => {
            nest.effects.iter().for_each(|effect| note(effect.buffer, by_update(effect.update)));
        }
        Work::Clear { buffer, once: true } => note(*buffer, |found| found.begins = true),
        _ => {
            written_by(work).into_iter().for_each(|buffer| note(buffer, |found| found.sets = true))
        }
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
