//! The line of mathematics above each step.

use std::cell::Cell;

use super::Planned;
use crate::ir::{Dim, FIXED, Label};
use crate::mathematics::{self, Math, Symbol};
use crate::plan::{Effect, Loop, Update, Value, ValueId};

/// Longer formulas are cut.
const LONGEST: usize = 160;
/// No formula has more parts than this: a value used twice is written twice.
const MOST_PARTS: usize = 80;

/// What an effect computes: `hidden[i,n] = σ(a[i,n] + b1[i])`.
pub fn of_effect(planned: &Planned, nest: &Loop, effect: &Effect) -> String {
    let buffer = &planned.plan.buffers[effect.buffer];
    let left = element(&buffer.name, &effect.axes, nest);
    let writer = Writer { planned, nest, parts: Cell::new(0) };
    let value = writer.value(effect.value);
    let reduced: Vec<Symbol> = (0..nest.domain.len() as Label)
        .filter(|label| !effect.axes.contains(label))
        .map(|label| Symbol::new(&letter(label, nest)))
        .collect();
    let right = match effect.update {
        Update::Set => value,
        Update::Add => Math::Big("Σ", reduced, Box::new(value)),
        Update::Max => Math::Big("max", reduced, Box::new(value)),
        Update::Min => Math::Big("min", reduced, Box::new(value)),
    };
    let text = mathematics::text(&Math::Equation(vec![left, right]));
    if text.chars().count() <= LONGEST {
        return text;
    }
    let mut short: String = text.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}

struct Writer<'a> {
    planned: &'a Planned,
    nest: &'a Loop,
    /// Parts written so far.
    parts: Cell<usize>,
}

impl Writer<'_> {
    fn value(&self, id: ValueId) -> Math {
        self.parts.set(self.parts.get() + 1);
        if self.parts.get() > MOST_PARTS {
            return Math::symbol("…");
        }
        match &self.nest.values[id] {
            Value::Constant(number) => Math::Number(*number),
            Value::Extent(dim) => Math::symbol(&dim.to_string()),
            Value::Counter(label) => Math::symbol(&letter(*label, self.nest)),
            Value::Read(buffer, axes) => {
                element(&self.planned.plan.buffers[*buffer].name, axes, self.nest)
            }
            Value::Apply(row, operands) => {
                let operands = operands.iter().map(|&operand| self.value(operand)).collect();
                mathematics::applied(row, operands)
            }
        }
    }
}

fn element(name: &str, axes: &[Label], nest: &Loop) -> Math {
    let indices = axes.iter().map(|&label| match label {
        FIXED => Math::Number(0.0),
        label => Math::symbol(&letter(label, nest)),
    });
    Math::Symbol(Symbol::new(name).at(indices.collect()))
}

fn letter(label: Label, nest: &Loop) -> String {
    if nest.domain[label as usize] == Dim::Batch {
        return "n".into();
    }
    ["i", "j", "k", "l", "m", "p", "q"]
        .get(label as usize)
        .map_or_else(|| format!("i{label}"), |letter| (*letter).into())
}
