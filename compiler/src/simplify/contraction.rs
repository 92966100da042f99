//! Products of sums: absorbed into one another, then multiplied in the cheapest order.

use super::{places, share};
use crate::construct;
use crate::functions::scalar::{DIV, EQUAL, MUL, NEG, PICK};
use crate::ir::{Access, Dim, Graph, Kind, Label, Leaf};

/// Above this many factors the order is chosen greedily instead of from all orders.
const MOST_FACTORS_TO_SEARCH: usize = 6;

/// The sum over `summed` of the product of `factors`, in the labels of a node of shape `shape`.
///
/// A factor that is itself a product or a sum of products joins this one where nobody else needs it (`absorbable`), or where as a whole
/// it would be larger than each of its parts. Then the factors are multiplied two at a time, in the order with the fewest multiplications:
/// Laue, Mitterreiter & Giesen (2020) for the representation, dynamic programming over subsets for the order.
pub fn simplify(
    graph: &mut Graph,
    factors: &[Access],
    absorbable: &[bool],
    shape: &[Dim],
    summed: &[Dim],
) -> Access {
    let mut scope: Vec<Dim> = shape.iter().chain(summed).cloned().collect();
    let mut over: Vec<Label> = (shape.len() as Label..scope.len() as Label).collect();
    if over.is_empty() {
        return construct::contract(graph, factors, &over, &scope);
    }
    if let [factor] = factors
        && let Some((picked, label)) = the_one_picked(graph, &factor.resolved(graph))
        && over.contains(&label)
    {
        over.retain(|&summed| summed != label);
        return construct::contract(graph, &[picked], &over, &scope);
    }
    let mut flat = Vec::new();
    for (factor, &free) in factors.iter().zip(absorbable) {
        absorb(graph, &factor.resolved(graph), free, &mut scope, &mut over, &mut flat);
    }
    multiply(graph, &flat, &over, &scope)
}

/// Appends the factors that `factor` consists of.
fn absorb(
    graph: &mut Graph,
    factor: &Access,
    free: bool,
    scope: &mut Vec<Dim>,
    over: &mut Vec<Label>,
    flat: &mut Vec<Access>,
) {
    let node = graph.node(factor.node).clone();
    match &node.kind {
        Kind::Map { function, operands } if function.0 == MUL.name => {
            let outgrown =
                operands.iter().all(|operand| graph.shape(operand.node).len() < node.shape.len());
            if free || outgrown {
                for operand in operands {
                    let operand = operand.relabelled(&factor.axes).resolved(graph);
                    absorb(graph, &operand, false, scope, over, flat);
                }
                return;
            }
        }
        Kind::Map { function, operands } if function.0 == NEG.name && free => {
            flat.push(Access::scalar(graph.constant(-1.0)));
            let operand = operands[0].relabelled(&factor.axes).resolved(graph);
            absorb(graph, &operand, false, scope, over, flat);
            return;
        }
        Kind::Map { function, operands } if function.0 == DIV.name && free => {
            let parts = [0, 1].map(|k| operands[k].relabelled(&factor.axes).resolved(graph));
            if let Some(parts) = share::by_share(graph, parts, scope) {
                for part in parts {
                    absorb(graph, &part, false, scope, over, flat);
                }
                return;
            }
        }
        Kind::Contraction { operands, summed } if free && operands.len() > 1 => {
            let mut names = factor.axes.clone();
            for dim in summed {
                names.push(scope.len() as Label);
                over.push(scope.len() as Label);
                scope.push(dim.clone());
            }
            flat.extend(operands.iter().map(|operand| operand.relabelled(&names).resolved(graph)));
            return;
        }
        _ => {}
    }
    flat.push(factor.clone());
}

/// The `v` and `j` of `pick([j = class], v)`, where `v` does not depend on `j`: the sum over all `j` is `v`.
fn the_one_picked(graph: &Graph, factor: &Access) -> Option<(Access, Label)> {
    let Kind::Map { function, operands } = &graph.node(factor.node).kind else { return None };
    if function.0 != PICK.name {
        return None;
    }
    let [condition, picked] = [0, 1].map(|k| operands[k].relabelled(&factor.axes).resolved(graph));
    let label = class_label(graph, &condition)?;
    (!picked.reads(label)).then_some((picked, label))
}

/// The label `j` of a condition `[j = class]`: over all classes exactly one of them is true, since an index is checked against its bound.
fn class_label(graph: &Graph, condition: &Access) -> Option<Label> {
    let Kind::Map { function, operands } = &graph.node(condition.node).kind else { return None };
    if function.0 != EQUAL.name {
        return None;
    }
    let [a, b] = [0, 1].map(|k| operands[k].relabelled(&condition.axes).resolved(graph));
    let is_class = |access: &Access| {
        matches!(graph.node(access.node).kind, Kind::Leaf(Leaf::Argument(_) | Leaf::Target))
    };
    let counted = |access: &Access| match &graph.node(access.node).kind {
        Kind::Leaf(Leaf::Counter(_)) => access.axes.first().copied(),
        _ => None,
    };
    match (counted(&a), counted(&b)) {
        (Some(label), None) if is_class(&b) => Some(label),
        (None, Some(label)) if is_class(&a) => Some(label),
        _ => None,
    }
}

/// The product of the factors, summed over `over`, two factors at a time.
fn multiply(graph: &mut Graph, factors: &[Access], over: &[Label], scope: &[Dim]) -> Access {
    let only_reader = |factors: &[Access], k: usize, label: Label| {
        factors.iter().enumerate().all(|(j, factor)| (j == k) == factor.reads(label))
    };
    if let [factor] = factors {
        return sum(graph, factor, over, scope);
    }
    let mut over = over.to_vec();
    let mut reduced = factors.to_vec();
    if factors.len() > 1 {
        for (k, factor) in factors.iter().enumerate() {
            let own: Vec<Label> =
                over.iter().copied().filter(|&label| only_reader(factors, k, label)).collect();
            if !own.is_empty() {
                reduced[k] = sum(graph, factor, &own, scope);
                over.retain(|label| !own.contains(label));
            }
        }
    }
    let moving =
        reduced.iter().filter(|factor| over.iter().any(|&label| factor.reads(label))).count();
    if moving <= 2 {
        return construct::contract(graph, &reduced, &over, scope);
    }
    let (left, right) = cheapest_split(&reduced, &over, scope);
    let needed_elsewhere = |label: Label, part: &[usize]| {
        !over.contains(&label)
            || (0..reduced.len()).any(|k| !part.contains(&k) && reduced[k].reads(label))
    };
    let mut parts = Vec::new();
    for part in [&left, &right] {
        let part_factors: Vec<Access> = part.iter().map(|&k| reduced[k].clone()).collect();
        let inner: Vec<Label> =
            over.iter().copied().filter(|&label| !needed_elsewhere(label, part)).collect();
        let value = if part.len() == 1 {
            part_factors[0].clone()
        } else {
            multiply(graph, &part_factors, &inner, scope)
        };
        parts.push(value);
    }
    let rest: Vec<Label> = over
        .iter()
        .copied()
        .filter(|&label| needed_elsewhere(label, &left) && needed_elsewhere(label, &right))
        .collect();
    construct::contract(graph, &parts, &rest, scope)
}

/// The sum of one factor.
fn sum(graph: &mut Graph, factor: &Access, over: &[Label], scope: &[Dim]) -> Access {
    places::summed(graph, factor, over, scope)
        .unwrap_or_else(|| construct::contract(graph, std::slice::from_ref(factor), over, scope))
}

/// The two groups whose product is the last multiplication of the cheapest order.
fn cheapest_split(factors: &[Access], over: &[Label], scope: &[Dim]) -> (Vec<usize>, Vec<usize>) {
    let count = factors.len();
    if count > MOST_FACTORS_TO_SEARCH {
        return greedy_split(factors, scope);
    }
    let all = (1usize << count) - 1;
    let labels_of = |set: usize| -> Vec<Label> {
        let inside =
            |label: Label| (0..count).any(|k| set >> k & 1 == 1 && factors[k].reads(label));
        let outside =
            |label: Label| (0..count).any(|k| set >> k & 1 == 0 && factors[k].reads(label));
        (0..scope.len() as Label)
            .filter(|&l| inside(l) && (!over.contains(&l) || outside(l)))
            .collect()
    };
    let mut best = vec![(0.0f64, 0usize); all + 1];
    for set in 1..=all {
        if set.count_ones() < 2 {
            continue;
        }
        best[set] = (f64::INFINITY, 0);
        let mut part = (set - 1) & set;
        while part > 0 {
            let other = set ^ part;
            if part > other {
                let mut labels = labels_of(part);
                labels.extend(labels_of(other));
                labels.sort_unstable();
                labels.dedup();
                let cost = best[part].0
                    + best[other].0
                    + labels.iter().map(|&l| scope[l as usize].estimate()).product::<f64>();
                if cost < best[set].0 {
                    best[set] = (cost, part);
                }
            }
            part = (part - 1) & set;
        }
    }
    let left = best[all].1;
    let members = |set: usize| (0..count).filter(|k| set >> k & 1 == 1).collect();
    (members(left), members(all ^ left))
}

/// All but the factor with the most elements, and that one.
fn greedy_split(factors: &[Access], scope: &[Dim]) -> (Vec<usize>, Vec<usize>) {
    let size = |k: &usize| -> f64 {
        factors[*k].labels(scope).iter().map(|&l| scope[l as usize].estimate()).product()
    };
    let largest = (0..factors.len()).max_by(|a, b| size(a).total_cmp(&size(b))).unwrap_or(0);
    ((0..factors.len()).filter(|&k| k != largest).collect(), vec![largest])
}
