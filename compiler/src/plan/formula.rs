//! The line of mathematics for each step.

use std::cell::Cell;
use std::collections::BTreeMap;

use super::{BufferId, Effect, Guard, Loop, MatrixStep, Plan, Product, Update, Value, ValueId};
use crate::ir::{Dim, FIXED, Label, Leaf, Polynomial, Position};
use crate::mathematics::{self, Math, Sign, Symbol, Times};

/// Longer formulas are cut.
const LONGEST: usize = 160;
/// No formula has more parts than this: a value used twice is written twice.
const MOST_PARTS: usize = 80;

/// What a loop computes, line by line: `hidden[i,n] = σ(a[i,n] + b1[i])`.
pub fn of_loop(plan: &Plan, nest: &Loop) -> Vec<String> {
    let mut named = BTreeMap::new();
    let mut lines = Vec::new();
    for local in &nest.locals {
        let name = element(&local.name, &local.axes, &nest.domain);
        named.entry(local.value).or_insert(name);
    }
    for effect in nest.effects.iter().filter(|effect| effect.update == Update::Set) {
        if effect.places.is_empty() && effect.guards.is_empty() {
            let name = element(&plan.buffers[effect.buffer].name, &effect.axes, &nest.domain);
            named.entry(effect.value).or_insert(name);
        }
    }
    let writer = |value: ValueId| Writer {
        plan,
        values: &nest.values,
        domain: &nest.domain,
        named: Some((&named, value)),
        parts: Cell::new(0),
    };
    for local in &nest.locals {
        let left = element(&local.name, &local.axes, &nest.domain);
        lines.push((local.value, line(left, writer(local.value).value(local.value))));
    }
    for effect in &nest.effects {
        let own = if effect.update == Update::Set { effect.value } else { nest.values.len() };
        lines.push((effect.value, of_effect(&writer(own), nest, effect)));
    }
    lines.sort_by_key(|(value, _)| *value);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn of_effect(writer: &Writer, nest: &Loop, effect: &Effect) -> String {
    let left = writer.target(effect);
    let value = writer.guarded(&effect.guards, writer.value(effect.value));
    let reduced: Vec<Math> = (0..nest.domain.len() as Label)
        .filter(|label| !effect.axes.contains(label))
        .map(|label| Math::symbol(&letter(label, &nest.domain)))
        .collect();
    let right = match effect.update {
        Update::Set => value,
        Update::Add | Update::Accumulate => Math::Big("Σ", reduced, Box::new(value)),
        Update::Continue if reduced.is_empty() => more(left.clone(), value),
        Update::Continue => more(left.clone(), Math::Big("Σ", reduced, Box::new(value))),
        Update::Max => Math::Big("max", reduced, Box::new(value)),
        Update::Min => Math::Big("min", reduced, Box::new(value)),
    };
    line(left, right)
}

/// What a local number is.
pub fn of_number(plan: &Plan, buffer: BufferId, values: &[Value]) -> String {
    let right = value(plan, values, &[], values.len() - 1);
    line(Math::symbol(&plan.buffers[buffer].name), right)
}

/// What a kernel computes: `w1_bar[i,j] = Σₙ x[i,n]·a_bar[j,n]`.
pub fn of_product(plan: &Plan, product: &Product) -> String {
    let (out, scope) = (&plan.buffers[product.out], &product.scope);
    let own: Vec<Label> = (0..out.shape.len() as Label).collect();
    let summed = (own.len() as Label..scope.len() as Label)
        .map(|label| Math::symbol(&letter(label, scope)))
        .collect();
    let factor =
        |(buffer, axes): &(BufferId, Vec<Label>)| element(&plan.buffers[*buffer].name, axes, scope);
    let factors: Vec<Math> = product.read.iter().map(factor).collect();
    let sum = Math::Big("Σ", summed, Box::new(Math::product(Times::Number, factors)));
    let left = element(&out.name, &own, scope);
    match product.update {
        Update::Continue => line(left.clone(), more(left, sum)),
        _ => line(left, sum),
    }
}

/// What is there with something added.
fn more(present: Math, addend: Math) -> Math {
    Math::Sum(vec![(Sign::Plus, present), (Sign::Plus, addend)])
}

/// What a function of matrices computes: `l = chol(k)`.
pub fn of_matrices(plan: &Plan, step: &MatrixStep) -> String {
    let name = |buffer: BufferId| Math::symbol(&plan.buffers[buffer].name);
    let given = step.function.given().len();
    let operands = step.operands[..given].iter().zip(&step.exchanged);
    let operands = operands.map(|(&buffer, &exchanged)| {
        let whole = name(buffer);
        if exchanged { Math::Transpose(Box::new(whole)) } else { whole }
    });
    let right = mathematics::applied_to_matrices(step.function, operands.collect());
    line(name(step.out), right)
}

fn line(left: Math, right: Math) -> String {
    let text = mathematics::text(&Math::Equation(vec![left, right]));
    if text.chars().count() <= LONGEST {
        return text;
    }
    let mut short: String = text.chars().take(LONGEST - 1).collect();
    short.push('…');
    short
}

fn value(plan: &Plan, values: &[Value], domain: &[Dim], id: ValueId) -> Math {
    Writer { plan, values, domain, named: None, parts: Cell::new(0) }.value(id)
}

struct Writer<'a> {
    plan: &'a Plan,
    values: &'a [Value],
    domain: &'a [Dim],
    /// Values that are written by name, as far as they come before this one.
    named: Option<(&'a BTreeMap<ValueId, Math>, ValueId)>,
    /// Parts written so far.
    parts: Cell<usize>,
}

impl Writer<'_> {
    fn value(&self, id: ValueId) -> Math {
        let known = self.named.filter(|(_, end)| id < *end).and_then(|(named, _)| named.get(&id));
        if let Some(name) = known {
            return name.clone();
        }
        self.parts.set(self.parts.get() + 1);
        if self.parts.get() > MOST_PARTS {
            return Math::symbol("…");
        }
        match &self.values[id] {
            Value::Constant(number) => Math::Number(*number),
            Value::Extent(dim) => Math::symbol(&dim.to_string()),
            Value::Named(path) => Math::symbol(Leaf::last_segment(path)),
            Value::Counter(label) => Math::symbol(&letter(*label, self.domain)),
            Value::Read(buffer, axes) => {
                element(&self.plan.buffers[*buffer].name, axes, self.domain)
            }
            Value::Apply(row, operands) => {
                let operands = operands.iter().map(|&operand| self.value(operand)).collect();
                mathematics::applied(row, operands)
            }
            Value::Place(place) => self.place(place),
            Value::Gather(buffer, along, guards) => {
                let indices = along.iter().map(|place| self.place(place)).collect();
                let symbol = Symbol::new(&self.plan.buffers[*buffer].name).at(indices);
                self.guarded(guards, Math::Symbol(symbol))
            }
            Value::Where(guards, value) => self.guarded(guards, self.value(*value)),
        }
    }
}

impl Writer<'_> {
    /// `[0 ≤ i − 1 < D]·value`.
    fn guarded(&self, guards: &[Guard], value: Math) -> Math {
        let condition = |guard: &Guard| match guard {
            Guard::Equal(left, right) => {
                Math::Relation(Box::new(self.place(left)), "=", Box::new(self.place(right)))
            }
            Guard::Inside(place, dim) => {
                let range = format!("0 … {dim} − 1");
                Math::Relation(Box::new(self.place(place)), "in", Box::new(Math::symbol(&range)))
            }
        };
        let fenced = |guard| Math::Fence("[", Box::new(condition(guard)), "]");
        let factors = guards.iter().map(fenced).chain([value]).collect();
        Math::product(Times::Number, factors)
    }

    /// The element an effect writes.
    fn target(&self, effect: &Effect) -> Math {
        let name = &self.plan.buffers[effect.buffer].name;
        if effect.places.is_empty() {
            return element(name, &effect.axes, self.domain);
        }
        let index = |(axis, &label): (usize, &Label)| {
            let place = effect.places.iter().find(|(known, _)| *known == axis);
            match (place, label) {
                (Some((_, place)), _) => self.place(place),
                (None, FIXED) => Math::Number(0.0),
                (None, label) => Math::symbol(&letter(label, self.domain)),
            }
        };
        let indices = effect.axes.iter().enumerate().map(index).collect();
        Math::Symbol(Symbol::new(name).at(indices))
    }

    fn place(&self, place: &Position) -> Math {
        let labels = place
            .labels
            .iter()
            .map(|(label, factor)| (factor, Math::symbol(&letter(*label, self.domain))));
        let integers = place.integers.iter().map(|(value, factor)| (factor, self.value(*value)));
        affine(labels.chain(integers), &place.offset)
    }
}

/// `2·i + token[n] − 1`.
fn affine<'a>(terms: impl Iterator<Item = (&'a Polynomial, Math)>, offset: &Polynomial) -> Math {
    let mut sum = Vec::new();
    for (factor, value) in terms {
        let is_negative = factor.scaled(-1).is_positive();
        let (sign, size) = if is_negative {
            (Sign::Minus, factor.scaled(-1))
        } else {
            (Sign::Plus, factor.clone())
        };
        let value = match size.as_constant() {
            Some(1) => value,
            Some(number) => Math::Product(Times::Number, vec![Math::Number(number as f64), value]),
            None => Math::Product(Times::Number, vec![Math::symbol(&format!("({size})")), value]),
        };
        sum.push((sign, value));
    }
    match offset.as_constant() {
        Some(0) if !sum.is_empty() => {}
        Some(number) if number < 0 => sum.push((Sign::Minus, Math::Number(-number as f64))),
        Some(number) => sum.push((Sign::Plus, Math::Number(number as f64))),
        None => sum.push((Sign::Plus, Math::symbol(&offset.to_string()))),
    }
    match sum.as_slice() {
        [(Sign::Plus, _)] => sum.remove(0).1,
        _ => Math::Sum(sum),
    }
}

fn element(name: &str, axes: &[Label], domain: &[Dim]) -> Math {
    let indices = axes.iter().map(|&label| match label {
        FIXED => Math::Number(0.0),
        label => Math::symbol(&letter(label, domain)),
    });
    Math::Symbol(Symbol::new(name).at(indices.collect()))
}

fn letter(label: Label, domain: &[Dim]) -> String {
    if domain[label as usize] == Dim::Batch {
        return "n".into();
    }
    ["i", "j", "k", "l", "m", "p", "q"]
        .get(label as usize)
        .map_or_else(|| format!("i{label}"), |letter| (*letter).into())
}
