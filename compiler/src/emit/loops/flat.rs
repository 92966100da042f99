//! Loops over axes that follow each other in memory everywhere, as loops over one: no row begins or ends inside it.

use crate::ir::{Dim, FIXED, Label, Polynomial};
use crate::plan::{BufferId, Effect, Guard, Loop, Plan, Value};

/// The loop over as few axes as it needs.
pub fn flat(plan: &Plan, nest: &Loop) -> Loop {
    let mut nest = nest.clone();
    while let Some(flatter) = flatter(plan, &nest) {
        nest = flatter;
    }
    nest
}

/// The loop with its last two axes as one.
fn flatter(plan: &Plan, nest: &Loop) -> Option<Loop> {
    let [.., first, second] = nest.domain.as_slice() else { return None };
    let pair = [nest.domain.len() - 2, nest.domain.len() - 1].map(|axis| axis as Label);
    let extent = Polynomial::from(second);
    let whole = Dim::from_polynomial(&Polynomial::from(first).times(&extent))?;
    let values = nest.values.iter().map(|value| flat_value(plan, value, pair, &extent));
    let effects = nest.effects.iter().map(|effect| flat_effect(plan, effect, pair, &extent));
    let (values, effects) = (values.collect::<Option<_>>()?, effects.collect::<Option<_>>()?);
    let mut domain = nest.domain[..nest.domain.len() - 2].to_vec();
    domain.push(whole);
    Some(Loop { domain, values, effects, ..nest.clone() })
}

fn flat_value(plan: &Plan, value: &Value, pair: [Label; 2], extent: &Polynomial) -> Option<Value> {
    let is_outside = |guards: &[Guard]| {
        let mut places = guards.iter().flat_map(Guard::places);
        places.all(|place| !pair.iter().any(|&label| place.mentions(label)))
    };
    let is_same = match value {
        Value::Constant(_) | Value::Extent(_) | Value::Named(_) | Value::Apply(..) => true,
        Value::Counter(label) => !pair.contains(label),
        Value::Place(place) => !pair.iter().any(|&label| place.mentions(label)),
        Value::Gather(_, along, guards) => {
            let mut places = along.iter();
            is_outside(guards)
                && places.all(|place| !pair.iter().any(|&label| place.mentions(label)))
        }
        Value::Where(guards, _) => is_outside(guards),
        Value::Read(buffer, axes) => {
            let axes = flat_axes(plan, (*buffer, axes), pair, extent)?;
            return Some(Value::Read(*buffer, axes));
        }
    };
    is_same.then(|| value.clone())
}

/// An effect at every point of both axes; a sum over one of them stays as it is.
fn flat_effect(
    plan: &Plan,
    effect: &Effect,
    pair: [Label; 2],
    extent: &Polynomial,
) -> Option<Effect> {
    let is_plain = effect.places.is_empty() && effect.guards.is_empty();
    let is_everywhere = pair.iter().all(|label| effect.axes.contains(label));
    if !is_plain || !is_everywhere {
        return None;
    }
    let axes = flat_axes(plan, (effect.buffer, &effect.axes), pair, extent)?;
    Some(Effect { axes, ..effect.clone() })
}

/// The axes of an element, read along both labels as along the first alone, where one step of the first is as far as all of the second.
fn flat_axes(
    plan: &Plan,
    (buffer, axes): (BufferId, &[Label]),
    [first, second]: [Label; 2],
    extent: &Polynomial,
) -> Option<Vec<Label>> {
    let strides = plan.buffers[buffer].strides();
    let stride = |label: Label| {
        let mut found = axes.iter().zip(&strides).filter(|(axis, _)| **axis == label);
        let stride = found.next().map(|(_, stride)| stride.clone()).unwrap_or_default();
        found.next().is_none().then_some(stride)
    };
    if stride(first)? != stride(second)?.times(extent) {
        return None;
    }
    let renamed = |&axis: &Label| match axis {
        axis if axis == first => FIXED,
        axis if axis == second => first,
        axis => axis,
    };
    Some(axes.iter().map(renamed).collect())
}
