//! Regions of the workspace: large enough, and never two live buffers in one.

use chainrule_compiler::evaluate::Environment;
use chainrule_compiler::ir::{Dim, Polynomial};
use chainrule_compiler::pipeline::Planned;
use chainrule_compiler::plan::{BufferId, Place, Plan, Value, Work};

/// Checks the regions of the plans.
pub fn check_memory<'a>(
    plans: impl Iterator<Item = &'a Planned>,
    values: &Environment,
) -> Result<(), String> {
    for planned in plans {
        check_sizes(planned, values)?;
        check_lives(&planned.plan)?;
    }
    Ok(())
}

fn check_sizes(planned: &Planned, values: &Environment) -> Result<(), String> {
    let number = |size: &Polynomial| {
        size.evaluate(&|symbol| match symbol {
            Dim::Batch => 1,
            _ => values.extents[symbol],
        })
    };
    for buffer in &planned.plan.buffers {
        let region = match &buffer.place {
            Place::Tile(slot) => planned.layout.tile.get(*slot),
            Place::Persistent(slot) => planned.layout.persistent.get(*slot),
            Place::Caller(_)
            | Place::Number
            | Place::Counter
            | Place::Cell
            | Place::Gradient(_)
            | Place::View(_) => continue,
        };
        let fits = region.is_some_and(|region| number(&buffer.elements()) <= number(region));
        if !fits {
            return Err(format!("`{}` does not fit its region {region:?}", buffer.name));
        }
    }
    Ok(())
}

/// From the first step that mentions a buffer to the last, nobody else has its region; what a loop mentions from outside lives as long.
fn check_lives(plan: &Plan) -> Result<(), String> {
    let mut lives: Vec<Option<(usize, usize)>> = vec![None; plan.buffers.len()];
    let mut moment = 0;
    for step in &plan.steps {
        live(plan, &step.work, &mut moment, &mut lives);
    }
    for (a, one) in plan.buffers.iter().enumerate() {
        for (b, other) in plan.buffers.iter().enumerate().skip(a + 1) {
            let in_region = matches!(one.place, Place::Tile(_) | Place::Persistent(_));
            let (true, Some((first, last)), Some((start, end))) =
                (in_region && one.place == other.place, lives[a], lives[b])
            else {
                continue;
            };
            if first <= end && start <= last {
                return Err(format!("`{}` and `{}` live in one region", one.name, other.name));
            }
        }
    }
    Ok(())
}

type Lives = Vec<Option<(usize, usize)>>;

/// The buffers mentioned by a step, and their lives so far.
fn live(plan: &Plan, work: &Work, moment: &mut usize, lives: &mut Lives) -> Vec<BufferId> {
    let start = *moment;
    *moment += 1;
    let mut found = mentioned(work);
    if let Work::Fold(fold) = work {
        for step in &fold.body {
            found.extend(live(plan, step, moment, lives));
        }
        found.retain(|buffer| !fold.locals.contains(buffer));
    }
    let roots: Vec<BufferId> = found.iter().map(|&buffer| plan.root(buffer)).collect();
    found.extend(roots);
    for &buffer in &found {
        let (first, _) = lives[buffer].unwrap_or((start, start));
        lives[buffer] = Some((first.min(start), *moment));
    }
    *moment += 1;
    found
}

fn mentioned(work: &Work) -> Vec<BufferId> {
    let read = |values: &[Value]| -> Vec<BufferId> {
        let read = values.iter().filter_map(|value| match value {
            Value::Read(buffer, _) | Value::Gather(buffer, ..) => Some(*buffer),
            _ => None,
        });
        read.collect()
    };
    match work {
        Work::Fold(_) => Vec::new(),
        Work::Load { buffer, .. }
        | Work::Draw { buffer, .. }
        | Work::StoreRows { buffer }
        | Work::StoreColumns { buffer, .. }
        | Work::StoreEntries { buffer, .. }
        | Work::StoreBlock { buffer, .. }
        | Work::Clear { buffer, .. } => {
            vec![*buffer]
        }
        Work::Number { buffer, values } => [read(values), vec![*buffer]].concat(),
        Work::Loop(nest) => {
            let written: Vec<BufferId> = nest.effects.iter().map(|effect| effect.buffer).collect();
            [read(&nest.values), written].concat()
        }
        Work::Product(product) => [product.factors.clone(), vec![product.out]].concat(),
        Work::Matrix(step) => [step.operands.clone(), vec![step.out]].concat(),
    }
}
