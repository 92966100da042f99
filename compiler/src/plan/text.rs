//! A plan as text: what `dump = "schedule"` and the generated `plan()` show.

use std::fmt::Write;

use super::formula;
use super::{BufferId, Layout, Phase, Place, Plan, Product, Work};
use crate::ir::{Order, Polynomial};

/// Every step with its formula, by phase; then the memory.
pub fn text(plan: &Plan, layout: &Layout) -> String {
    let mut text = String::new();
    let has_tiles = plan.steps.iter().any(|step| step.phase != Phase::Before);
    let before = if has_tiles { "Once, before the examples" } else { "Once" };
    let phases = [
        (Phase::Before, before),
        (Phase::Tile, "For each tile of examples"),
        (Phase::After, "Once, after the examples"),
    ];
    for (phase, title) in phases {
        let steps: Vec<&Work> =
            plan.steps.iter().filter(|step| step.phase == phase).map(|step| &step.work).collect();
        if steps.is_empty() {
            continue;
        }
        let _ = writeln!(text, "{title}");
        for step in steps {
            write_work(&mut text, plan, step, 1);
        }
    }
    let _ = writeln!(text, "Memory");
    for (slot, size) in layout.tile.iter().enumerate() {
        write_region(&mut text, plan, &Place::Tile(slot), size, " per example");
    }
    for (slot, size) in layout.persistent.iter().enumerate() {
        write_region(&mut text, plan, &Place::Persistent(slot), size, "");
    }
    text
}

/// One thing that is done; the steps of a loop stand below it, further in.
fn write_work(text: &mut String, plan: &Plan, work: &Work, depth: usize) {
    let margin = "  ".repeat(depth);
    for (place, line) in lines(plan, work).iter().enumerate() {
        let kind = if place == 0 { kind(work) } else { "" };
        let _ = writeln!(text, "{margin}{kind:<8} {line}");
    }
    if let Work::Fold(fold) = work {
        for step in &fold.body {
            write_work(text, plan, step, depth + 1);
        }
    }
}

fn kind(step: &Work) -> &'static str {
    match step {
        Work::Load { .. } => "load",
        Work::Draw { .. } => "draw",
        Work::Number { .. } => "number",
        Work::Loop(_) => "loop",
        Work::Product(Product { factors, .. }) if factors.len() == 1 => "sum",
        Work::Product(_) => "product",
        Work::Clear { .. } => "clear",
        Work::Fold(_) => "steps",
        Work::Matrix(_) => "matrix",
        Work::StoreRows { .. }
        | Work::StoreColumns { .. }
        | Work::StoreEntries { .. }
        | Work::StoreBlock { .. } => "store",
    }
}

fn lines(plan: &Plan, step: &Work) -> Vec<String> {
    let name = |buffer: &BufferId| plan.buffers[*buffer].name.clone();
    match step {
        Work::Load { buffer, .. }
        | Work::StoreRows { buffer }
        | Work::StoreColumns { buffer, .. }
        | Work::StoreEntries { buffer, .. }
        | Work::StoreBlock { buffer, .. }
        | Work::Clear { buffer, .. } => vec![name(buffer)],
        Work::Draw { distribution, buffer, .. } => {
            vec![format!("{} ~ {distribution}", name(buffer))]
        }
        Work::Fold(fold) => {
            let last = Polynomial::from(&fold.steps).plus(&Polynomial::constant(-1));
            let (first, last) = match fold.order {
                Order::Forward => ("0".to_owned(), last.to_string()),
                Order::Backward => (last.to_string(), "0".to_owned()),
            };
            vec![format!("{} = {first}, …, {last}", name(&fold.counter))]
        }
        Work::Number { buffer, values } => vec![formula::of_number(plan, *buffer, values)],
        Work::Loop(nest) => formula::of_loop(plan, nest),
        Work::Product(product) => vec![formula::of_product(plan, product)],
        Work::Matrix(step) => vec![formula::of_matrices(plan, step)],
    }
}

/// One region: its size, and the buffers that share it.
fn write_region(text: &mut String, plan: &Plan, place: &Place, size: &Polynomial, unit: &str) {
    let sharing = plan.buffers.iter().filter(|buffer| buffer.place == *place);
    let names: Vec<&str> = sharing.map(|buffer| buffer.name.as_str()).collect();
    let _ = writeln!(text, "  {size}{unit}: {}", names.join(", then "));
}
