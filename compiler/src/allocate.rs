//! Live ranges to regions of one workspace.
//!
//! A buffer of the tile lives from the step that writes it first to the step that reads it last; buffers with disjoint lives share a
//! region. Sizes are symbolic, so a region is reused where it certainly fits: by a buffer of the same size, or of a smaller known one.
//! What must outlive a tile has a region to itself.

use crate::ir::Polynomial;
use crate::plan::{BufferId, Layout, Loop, Place, Plan, Value, Work};

/// Gives every buffer of the workspace its region.
pub fn allocate(plan: &mut Plan) -> Layout {
    let lives = live_ranges(plan);
    let mut layout = Layout::default();
    let mut free_from: Vec<usize> = Vec::new();
    for (first, last, buffer) in lives {
        match plan.buffers[buffer].place {
            Place::Persistent(_) => {
                plan.buffers[buffer].place = Place::Persistent(layout.persistent.len());
                layout.persistent.push(plan.buffers[buffer].elements());
            }
            Place::Tile(_) => {
                let shape = &plan.buffers[buffer].shape;
                let size = Polynomial::product(&shape[..shape.len() - 1]);
                let fits =
                    |slot: &usize| free_from[*slot] <= first && holds(&layout.tile[*slot], &size);
                let slot = (0..free_from.len()).find(fits).unwrap_or(free_from.len());
                if slot == free_from.len() {
                    free_from.push(0);
                    layout.tile.push(size);
                }
                free_from[slot] = last + 1;
                plan.buffers[buffer].place = Place::Tile(slot);
            }
            Place::Caller(_)
            | Place::Number
            | Place::Cell
            | Place::Gradient(_)
            | Place::View(_) => {}
        }
    }
    layout
}

/// Whether a region of size `region` certainly holds `size`.
fn holds(region: &Polynomial, size: &Polynomial) -> bool {
    region == size
        || matches!((region.as_constant(), size.as_constant()), (Some(region), Some(size)) if size <= region)
}

/// First and last step of every buffer, in order of the first.
pub fn live_ranges(plan: &Plan) -> Vec<(usize, usize, BufferId)> {
    let mut lives: Vec<Option<(usize, usize)>> = vec![None; plan.buffers.len()];
    for (index, step) in plan.steps.iter().enumerate() {
        let touched = buffers_of(&step.work);
        let roots: Vec<BufferId> = touched.iter().map(|&buffer| plan.root(buffer)).collect();
        for buffer in touched.into_iter().chain(roots) {
            let (first, _) = lives[buffer].unwrap_or((index, index));
            lives[buffer] = Some((first, index));
        }
    }
    let mut ranges: Vec<(usize, usize, BufferId)> = lives
        .iter()
        .enumerate()
        .filter_map(|(buffer, life)| life.map(|(first, last)| (first, last, buffer)))
        .collect();
    ranges.sort_unstable();
    ranges
}

/// Every buffer a step touches.
pub fn buffers_of(work: &Work) -> Vec<BufferId> {
    match work {
        Work::Load { buffer, .. } | Work::Draw { buffer, .. } | Work::StoreRows { buffer } => {
            vec![*buffer]
        }
        Work::Number { buffer, values } => reads(values).chain([*buffer]).collect(),
        Work::Loop(Loop { values, effects, .. }) => {
            reads(values).chain(effects.iter().map(|effect| effect.buffer)).collect()
        }
        Work::Product(product) => product.factors.iter().copied().chain([product.out]).collect(),
    }
}

/// The buffers the values read.
pub fn reads(values: &[Value]) -> impl Iterator<Item = BufferId> {
    values.iter().filter_map(|value| match value {
        Value::Read(buffer, _) | Value::Gather(buffer, ..) => Some(*buffer),
        _ => None,
    })
}
