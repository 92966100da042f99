//! Sums over examples inside a loop: of a tile they are parts, and parts may only be scaled and added.
//!
//! A loop over examples runs once for each tile. What it adds up over its steps and over the examples is right if every part is counted in
//! exactly one tile: a value that all examples share would be counted in each.
//!
//! One thing may be made of parts in any way: a condition that keeps a value which is 0 wherever it does not hold. Such conditions say that a
//! gate is open for any of the examples; of a tile, for any of its examples.

use crate::functions::scalar::{ADD, DIV, MUL, NEG, PICK, SELECT, SUB};
use crate::ir::{Access, Body, Dim, Graph, Kind, NodeId};

/// What a value without an axis for the examples is in one tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Nothing to do with examples: the same in every tile.
    Whole,
    /// A sum over the examples of the tile.
    Sum,
    /// Made of such sums, and good for nothing but a condition.
    Condition,
    /// It has an axis for the examples.
    OfExample,
}

/// Checks a body, and those inside it.
pub fn check(body: &Body) -> Result<(), String> {
    if !body.is_batched() {
        return Ok(());
    }
    let graph = &body.graph;
    let mut parts: Vec<Part> = Vec::new();
    for id in graph.ids() {
        let part = part(graph, id, &parts)?;
        parts.push(part);
    }
    let is = |id: &NodeId, part: Part| parts[id.0 as usize] == part;
    if !body.next.iter().all(|id| is(id, Part::OfExample)) {
        return Err("a state of a loop over examples is shared by them".into());
    }
    if !body.collected.iter().all(|id| is(id, Part::OfExample)) {
        return Err("a loop over examples collects what they share".into());
    }
    if body.sums.iter().any(|id| is(id, Part::Whole) || is(id, Part::Condition)) {
        return Err("a loop over examples would add up what they share once for each tile".into());
    }
    Ok(())
}

fn part(graph: &Graph, id: NodeId, parts: &[Part]) -> Result<Part, String> {
    let node = graph.node(id);
    let of = |operand: &Access| parts[operand.node.0 as usize];
    let operands: Vec<Part> = node.kind.operands().iter().map(of).collect();
    let count = operands.iter().filter(|part| **part == Part::Sum).count();
    let has_condition = operands.contains(&Part::Condition);
    let is_batched = node.shape.last() == Some(&Dim::Batch);
    if let Some(part) = gated(graph, &node.kind, &operands) {
        return Ok(part);
    }
    if count == 0 && !has_condition {
        let sums = match &node.kind {
            Kind::Fold { body, .. } => body.is_batched(),
            kind => kind.reduced().contains(&Dim::Batch),
        };
        return Ok(match () {
            () if is_batched => Part::OfExample,
            () if sums => Part::Sum,
            () => Part::Whole,
        });
    }
    let is_linear = !has_condition
        && !is_batched
        && match &node.kind {
            Kind::Map { function, .. } => match function.0 {
                name if name == ADD.name || name == SUB.name => count == operands.len(),
                name if name == MUL.name => count == 1,
                name if name == NEG.name => true,
                name if name == DIV.name => operands[1] == Part::Whole,
                _ => false,
            },
            Kind::Contraction { .. } => count == 1 && !node.kind.reduced().contains(&Dim::Batch),
            Kind::Index { .. } => count == 1 && operands[0] == Part::Sum,
            Kind::Leaf(_) | Kind::Extremum { .. } | Kind::Matrix { .. } | Kind::Fold { .. } => {
                false
            }
        };
    let is_map = matches!(node.kind, Kind::Map { .. } | Kind::Contraction { .. });
    match () {
        () if is_linear => Ok(Part::Sum),
        () if is_map && !is_batched => Ok(Part::Condition),
        () => Err("a step needs a sum over all examples, but a tile has only some".into()),
    }
}

/// What a gate gives: `pick(c, x)`, `select(c, x, 0)`, whatever its condition is made of.
fn gated(graph: &Graph, kind: &Kind, operands: &[Part]) -> Option<Part> {
    let Kind::Map { function, operands: read } = kind else { return None };
    let is_gate = match function.0 {
        name if name == PICK.name => true,
        name if name == SELECT.name => graph.as_constant(read[2].node) == Some(0.0),
        _ => false,
    };
    if !is_gate {
        return None;
    }
    let is_of_parts = matches!(operands[0], Part::Sum | Part::Condition);
    let is_plain = operands[0] == Part::Whole && operands[1] == Part::Sum;
    (is_of_parts || is_plain).then_some(operands[1])
}
