//! Building blocks of graphs: each function adds what it names in its smallest form.
//!
//! Everything here works in a *scope*, the extents of the labels of some consumer, and gives an [`Access`] in that scope. A result has no
//! axis it does not depend on, so nothing is ever copied along an axis before it must be.

mod fold;
mod index;
mod matrix;

pub use self::fold::{at_step, fold_of_accesses, fold_result};

use crate::functions::scalar::{ADD, HOLD, MUL, NEG, PICK, SUB, Scalar};
use crate::ir::{
    Access, Dim, Extremum, FIXED, Function, Graph, Kind, Label, Leaf, NodeId, union_of_labels,
};

pub use self::index::{index, index_in_order, number_at};
pub use self::matrix::matrix;

/// `function(operands)`, elementwise over the labels the operands read.
///
/// Constants are folded, except where the result leaves the range of a single-precision number: that is left to the program, which may
/// never get there.
pub fn map(
    graph: &mut Graph,
    function: &'static Scalar,
    operands: &[Access],
    scope: &[Dim],
) -> Access {
    let mut operands: Vec<Access> =
        operands.iter().map(|operand| operand.resolved(graph)).collect();
    if let Some(value) = fold(graph, function, &operands) {
        return Access::scalar(graph.constant(value));
    }
    if let Some(simple) = unit_product(graph, function, &operands, scope) {
        return simple;
    }
    if let Some(known) = known_choice(graph, function, &operands) {
        return known;
    }
    if function.commutative {
        operands
            .sort_by_key(|operand| (graph.as_constant(operand.node).is_none(), operand.clone()));
    }
    let labels = union_of_labels(&operands, scope);
    let operands = own_labels(&operands, &labels, scope.len());
    let node = graph
        .intern(Kind::Map { function: Function(function.name), operands }, extents(&labels, scope));
    Access { node, axes: labels }
}

/// A product with 1 or −1.
fn unit_product(
    graph: &mut Graph,
    function: &Scalar,
    operands: &[Access],
    scope: &[Dim],
) -> Option<Access> {
    let [a, b] = operands else { return None };
    if function.name != MUL.name {
        return None;
    }
    for (unit, other) in [(a, b), (b, a)] {
        match graph.as_constant(unit.node) {
            Some(1.0) => return Some(other.clone()),
            Some(-1.0) => return Some(map(graph, NEG, std::slice::from_ref(other), scope)),
            _ => {}
        }
    }
    None
}

/// What a gate gives whose condition is a number.
fn known_choice(graph: &mut Graph, function: &Scalar, operands: &[Access]) -> Option<Access> {
    let [condition, chosen] = operands else { return None };
    if function.name != PICK.name {
        return None;
    }
    match graph.as_constant(condition.node)? {
        0.0 => Some(Access::scalar(graph.constant(0.0))),
        _ => Some(chosen.clone()),
    }
}

fn fold(graph: &Graph, function: &Scalar, operands: &[Access]) -> Option<f64> {
    if function.name == HOLD.name {
        return None;
    }
    let values: Option<Vec<f64>> =
        operands.iter().map(|operand| graph.as_constant(operand.node)).collect();
    let values = values?;
    let value = (function.value)(&values);
    let in_range = value.is_finite()
        && (value == 0.0
            || (f64::from(f32::MIN_POSITIVE)..=f64::from(f32::MAX)).contains(&value.abs()));
    // A sum of numbers is 0 only if they cancel exactly; whatever else is 0 may have underflowed.
    let is_sum = [ADD.name, SUB.name].contains(&function.name);
    let vanished = value == 0.0 && !is_sum && !values.contains(&0.0);
    (in_range && !vanished).then_some(value)
}

/// The product of the factors: 1 without any.
pub fn product(graph: &mut Graph, factors: &[Access], scope: &[Dim]) -> Access {
    let one = Access::scalar(graph.constant(1.0));
    factors.iter().fold(one, |product, factor| map(graph, MUL, &[product, factor.clone()], scope))
}

/// `a + b`.
pub fn add(graph: &mut Graph, a: &Access, b: &Access, scope: &[Dim]) -> Access {
    map(graph, ADD, &[a.clone(), b.clone()], scope)
}

/// The sum of the product of the factors over the labels `summed`.
///
/// Factors that read no summed label stand outside the sum; a summed label that no factor reads is a factor, its extent.
pub fn contract(graph: &mut Graph, factors: &[Access], summed: &[Label], scope: &[Dim]) -> Access {
    contract_in_order(graph, factors, summed, &[], scope)
}

/// The same, with the result's axes in the order of `order` as far as that says: a gradient is to have its parameter's layout.
pub fn contract_in_order(
    graph: &mut Graph,
    factors: &[Access],
    summed: &[Label],
    order: &[Label],
    scope: &[Dim],
) -> Access {
    let factors: Vec<Access> = factors.iter().map(|factor| factor.resolved(graph)).collect();
    let (mut inside, mut outside): (Vec<Access>, Vec<Access>) =
        factors.into_iter().partition(|factor| summed.iter().any(|&label| factor.reads(label)));
    let mut over = Vec::new();
    for &label in summed {
        if inside.iter().any(|factor| factor.reads(label)) {
            over.push(label);
        } else {
            let extent = extent(graph, &scope[label as usize]);
            outside.push(Access::scalar(extent));
        }
    }
    if !inside.is_empty() {
        inside.sort();
        outside.push(sum_of_products(graph, &inside, &over, order, scope));
    }
    product(graph, &outside, scope)
}

fn sum_of_products(
    graph: &mut Graph,
    factors: &[Access],
    over: &[Label],
    order: &[Label],
    scope: &[Dim],
) -> Access {
    let mut kept: Vec<Label> =
        union_of_labels(factors, scope).into_iter().filter(|label| !over.contains(label)).collect();
    kept.sort_by_key(|&label| {
        let place = order.iter().position(|&wanted| wanted == label).unwrap_or(order.len());
        (scope[label as usize] == Dim::Batch, place, label)
    });
    let mut over_in_order: Vec<Label> =
        factors.iter().flat_map(|factor| factor.axes.iter().copied()).collect();
    over_in_order.retain(|label| over.contains(label));
    let mut seen = Vec::new();
    over_in_order.retain(|label| !seen.contains(label) && (seen.push(*label), true).1);
    let labels: Vec<Label> = kept.iter().chain(&over_in_order).copied().collect();
    let operands = own_labels(factors, &labels, scope.len());
    let kind = Kind::Contraction { operands, summed: extents(&over_in_order, scope) };
    let node = graph.intern(kind, extents(&kept, scope));
    Access { node, axes: kept }
}

/// The largest or smallest value of `operand` over the labels `over`.
pub fn extremum(
    graph: &mut Graph,
    extremum: Extremum,
    operand: &Access,
    over: &[Label],
    scope: &[Dim],
) -> Access {
    let operand = operand.resolved(graph);
    let over: Vec<Label> = over.iter().copied().filter(|&label| operand.reads(label)).collect();
    if over.is_empty() {
        return operand;
    }
    let kept: Vec<Label> =
        operand.labels(scope).into_iter().filter(|label| !over.contains(label)).collect();
    let labels: Vec<Label> = kept.iter().chain(&over).copied().collect();
    let operand = operand.relabelled(&own_names(&labels, scope.len()));
    let kind = Kind::Extremum { extremum, operand, over: extents(&over, scope) };
    let node = graph.intern(kind, extents(&kept, scope));
    Access { node, axes: kept }
}

/// A node whose axes are exactly `labels` in this order: `access` itself where it already is that, a view otherwise.
pub fn view(graph: &mut Graph, access: &Access, labels: &[Label], scope: &[Dim]) -> NodeId {
    let access = access.resolved(graph);
    if access.axes == labels {
        return access.node;
    }
    let operands = own_labels(&[access], labels, scope.len());
    graph.intern(Kind::Contraction { operands, summed: Vec::new() }, extents(labels, scope))
}

/// An extent as a number.
pub fn extent(graph: &mut Graph, dim: &Dim) -> NodeId {
    match dim {
        Dim::Fixed(number) => graph.constant(*number as f64),
        _ => graph.leaf(Leaf::Extent(dim.clone()), Vec::new()),
    }
}

/// The index along `label`, as a number.
pub fn counter(graph: &mut Graph, label: Label, scope: &[Dim]) -> Access {
    let dim = scope[label as usize].clone();
    let node = graph.leaf(Leaf::Counter(dim.clone()), vec![dim]);
    Access { node, axes: vec![label] }
}

/// The accesses with label `labels[k]` called `k`.
fn own_labels(accesses: &[Access], labels: &[Label], scope: usize) -> Vec<Access> {
    let names = own_names(labels, scope);
    accesses.iter().map(|access| access.relabelled(&names)).collect()
}

fn own_names(labels: &[Label], scope: usize) -> Vec<Label> {
    let mut names = vec![FIXED; scope];
    for (own, &label) in labels.iter().enumerate() {
        names[label as usize] = own as Label;
    }
    names
}

fn extents(labels: &[Label], scope: &[Dim]) -> Vec<Dim> {
    labels.iter().map(|&label| scope[label as usize].clone()).collect()
}
