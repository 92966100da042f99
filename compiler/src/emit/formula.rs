//! The line of mathematics above each step.

use super::Planned;
use crate::functions::scalar::Notation;
use crate::ir::{Dim, FIXED, Label};
use crate::plan::{Effect, Loop, Update, Value, ValueId};

/// Longer formulas are cut.
const LONGEST: usize = 160;

/// What an effect computes: `hidden[i,n] = sigmoid(a[i,n] + b1[i])`.
pub fn of_effect(planned: &Planned, nest: &Loop, effect: &Effect) -> String {
    let buffer = &planned.plan.buffers[effect.buffer];
    let left = indexed(&buffer.name, &effect.axes, nest);
    let right = value(planned, nest, effect.value, 0);
    let reduced: Vec<String> = (0..nest.domain.len() as Label)
        .filter(|label| !effect.axes.contains(label))
        .map(|label| letter(label, nest))
        .collect();
    let text = match effect.update {
        Update::Set => format!("{left} = {right}"),
        Update::Add => format!("{left} = Σ_{} {right}", reduced.join(",")),
        Update::Max => format!("{left} = max_{} {right}", reduced.join(",")),
        Update::Min => format!("{left} = min_{} {right}", reduced.join(",")),
    };
    if text.chars().count() <= LONGEST {
        return text;
    }
    let mut short: String = text.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}

fn value(planned: &Planned, nest: &Loop, id: ValueId, strength: u8) -> String {
    match &nest.values[id] {
        Value::Constant(number) => format!("{number}"),
        Value::Extent(Dim::Batch) => "N".into(),
        Value::Extent(dim) => format!("{dim}"),
        Value::Counter(label) => letter(*label, nest),
        Value::Read(buffer, axes) => indexed(&planned.plan.buffers[*buffer].name, axes, nest),
        Value::Apply(row, operands) => {
            let part = |index: usize, least: u8| value(planned, nest, operands[index], least);
            let (text, own) = match row.notation {
                Notation::Infix(sign, 1) => (format!("{} {sign} {}", part(0, 1), part(1, 2)), 1),
                Notation::Infix(sign, _) => {
                    let sign = if sign == "*" { "·" } else { sign };
                    (format!("{}{sign}{}", part(0, 2), part(1, 3)), 2)
                }
                Notation::Prefix(sign) => (format!("{sign}{}", part(0, 3)), 3),
                Notation::Superscript(exponent) => (format!("{}{exponent}", part(0, 4)), 4),
                _ => {
                    let operands: Vec<String> =
                        (0..operands.len()).map(|index| part(index, 0)).collect();
                    (format!("{}({})", row.name, operands.join(", ")), 4)
                }
            };
            if own < strength { format!("({text})") } else { text }
        }
    }
}

fn indexed(name: &str, axes: &[Label], nest: &Loop) -> String {
    if axes.is_empty() {
        return name.to_string();
    }
    let labels: Vec<String> = axes.iter().map(|&label| letter(label, nest)).collect();
    format!("{name}[{}]", labels.join(","))
}

fn letter(label: Label, nest: &Loop) -> String {
    match label {
        FIXED => "0".into(),
        _ if nest.domain[label as usize] == Dim::Batch => "n".into(),
        _ => ["i", "j", "k", "l", "m", "p", "q"]
            .get(label as usize)
            .map_or_else(|| format!("i{label}"), |l| (*l).into()),
    }
}
