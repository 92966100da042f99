//! Live ranges to regions of one workspace.
//!
//! A buffer of the tile lives from the step that writes it first to the step that reads it last; buffers with disjoint lives share a
//! region. Sizes are symbolic, so a region is reused where it certainly fits: by a buffer of the same size, or of a smaller known one.
//! What must outlive a tile has a region to itself. `division` says whether parts of the tiles can run apart.

mod division;

use self::division::divide;
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
            | Place::Counter
            | Place::Cell
            | Place::Gradient(_)
            | Place::View(_) => {}
        }
    }
    layout.division = divide(plan);
    layout
}

/// Whether a region of size `region` certainly holds `size`.
fn holds(region: &Polynomial, size: &Polynomial) -> bool {
    region == size
        || matches!((region.as_constant(), size.as_constant()), (Some(region), Some(size)) if size <= region)
}

/// First and last moment of every buffer, in order of the first. Moments count everything that is done, loops before their steps.
///
/// What a loop reads from outside, or leaves for after, lives as long as the loop.
pub fn live_ranges(plan: &Plan) -> Vec<(usize, usize, BufferId)> {
    let mut lives = Lives { plan, of: vec![None; plan.buffers.len()], now: 0 };
    for step in &plan.steps {
        lives.visit(&step.work);
    }
    let mut ranges: Vec<(usize, usize, BufferId)> = lives
        .of
        .iter()
        .enumerate()
        .filter_map(|(buffer, life)| life.map(|(first, last)| (first, last, buffer)))
        .collect();
    ranges.sort_unstable();
    ranges
}

struct Lives<'a> {
    plan: &'a Plan,
    of: Vec<Option<(usize, usize)>>,
    now: usize,
}

impl Lives<'_> {
    fn visit(&mut self, work: &Work) {
        self.touch(work);
        if let Work::Fold(fold) = work {
            for step in &fold.body {
                self.now += 1;
                self.visit(step);
            }
            self.touch(work);
        }
        self.now += 1;
    }

    fn touch(&mut self, work: &Work) {
        let touched = buffers_of(self.plan, work);
        let roots: Vec<BufferId> = touched.iter().map(|&buffer| self.plan.root(buffer)).collect();
        for buffer in touched.into_iter().chain(roots) {
            let (first, _) = self.of[buffer].unwrap_or((self.now, self.now));
            self.of[buffer] = Some((first, self.now));
        }
    }
}

/// Every buffer a step touches; of a loop, those from outside it.
pub fn buffers_of(plan: &Plan, work: &Work) -> Vec<BufferId> {
    match work {
        Work::Load { buffer, .. }
        | Work::Draw { buffer, .. }
        | Work::StoreRows { buffer }
        | Work::StoreColumns { buffer, .. }
        | Work::StoreEntries { buffer, .. }
        | Work::StoreBlock { buffer, .. }
        | Work::Clear { buffer, .. } => {
            vec![*buffer]
        }
        Work::Number { buffer, values } => reads(values).chain([*buffer]).collect(),
        Work::Loop(Loop { values, effects, .. }) => {
            reads(values).chain(effects.iter().map(|effect| effect.buffer)).collect()
        }
        Work::Matrix(step) => step.operands.iter().copied().chain([step.out]).collect(),
        Work::Product(product) => product.factors.iter().copied().chain([product.out]).collect(),
        Work::Fold(fold) => {
            let mut found: Vec<BufferId> = Vec::new();
            let inside = fold.body.iter().flat_map(|step| buffers_of(plan, step));
            for buffer in inside.flat_map(|buffer| with_memory(plan, buffer)) {
                let is_outside = !fold.locals.contains(&buffer) && buffer != fold.counter;
                if is_outside && !found.contains(&buffer) {
                    found.push(buffer);
                }
            }
            found
        }
    }
}

/// A buffer, those in whose memory it is, and the integers that say where.
fn with_memory(plan: &Plan, buffer: BufferId) -> Vec<BufferId> {
    let mut found = vec![buffer];
    let mut next = 0;
    while let Some(&buffer) = found.get(next) {
        if let Place::View(view) = &plan.buffers[buffer].place {
            found.push(view.of);
            found.extend(view.offset.integers.iter().map(|(integer, _)| *integer));
        }
        next += 1;
    }
    found
}

/// The buffers a step writes.
pub fn written_by(work: &Work) -> Vec<BufferId> {
    match work {
        Work::Load { buffer, .. }
        | Work::Draw { buffer, .. }
        | Work::Number { buffer, .. }
        | Work::Clear { buffer, .. } => vec![*buffer],
        Work::Loop(nest) => nest.effects.iter().map(|effect| effect.buffer).collect(),
        Work::Product(product) => vec![product.out],
        Work::Matrix(step) => vec![step.out],
        Work::Fold(_)
        | Work::StoreRows { .. }
        | Work::StoreColumns { .. }
        | Work::StoreEntries { .. }
        | Work::StoreBlock { .. } => Vec::new(),
    }
}

/// The buffers the values read.
pub fn reads(values: &[Value]) -> impl Iterator<Item = BufferId> {
    values.iter().filter_map(|value| match value {
        Value::Read(buffer, _) | Value::Gather(buffer, ..) => Some(*buffer),
        _ => None,
    })
}
