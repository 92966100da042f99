//! What a model costs: operations and memory as polynomials in its dimensions.
//!
//! An operation is one addition, one multiplication or one application of a function, for one element. A contraction of `f` factors is
//! `f − 1` multiplications and, where it sums, one addition for each point it runs over. A random number is one operation. Sums of rows
//! that examples name cost what is added to the rows, whatever the size of the table.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use crate::functions::{matrix, scalar};
use crate::ir::{
    Dim, Equation, Fold, Function, Graph, Kind, Leaf, Monomial, Node, NodeId, Polynomial,
};
use crate::pipeline::Compiled;
use crate::plan::Purpose;
use crate::schedule;
use crate::tree::ScalarType;

/// The counts of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Cost {
    /// Operations of the loss alone.
    pub loss: Polynomial,
    /// Operations of the loss and every gradient together.
    pub loss_and_gradient: Polynomial,
    /// Operations of the loss and one gradient, summed over the parameters: differentiation of each for itself.
    pub separate: Polynomial,
    /// Bytes of workspace, whatever the number of examples.
    pub workspace: Polynomial,
    /// Bytes of workspace for each example of a tile.
    pub workspace_per_example: Polynomial,
}

/// Counts what the plans of a model do for its main loss.
pub fn cost(compiled: &Compiled) -> Cost {
    let (loss_alone, gradient) = (compiled.loss(), compiled.gradient());
    let graph = &gradient.graph;
    let roots = &gradient.roots;
    let all: Vec<NodeId> = roots.iter().map(|root| root.node).collect();
    let loss: Vec<NodeId> = loss_alone.roots.iter().map(|root| root.node).collect();
    let is_loss = |purpose: Purpose| purpose == Purpose::Loss;
    let of_loss = roots.iter().find(|root| is_loss(root.purpose)).map(|root| root.node);
    let gradients: Vec<NodeId> =
        roots.iter().filter(|root| !is_loss(root.purpose)).map(|root| root.node).collect();
    let of_rows = |purpose: Purpose| {
        let mut scattered = gradient.plan.scattered.iter();
        scattered.any(|one| purpose == Purpose::Gradient(one.argument))
    };
    let tables = roots.iter().filter(|root| of_rows(root.purpose)).map(|root| root.node);
    let free = additions_in(graph, tables);
    let bytes = match compiled.model.scalar {
        ScalarType::F32 => 4,
        ScalarType::F64 => 8,
    };
    let sum = |sizes: &[Polynomial]| {
        sizes.iter().fold(Polynomial::default(), |sum, size| sum.plus(size)).scaled(bytes)
    };
    Cost {
        loss: operations(&loss_alone.graph, &loss, &BTreeSet::new()),
        loss_and_gradient: operations(graph, &all, &free),
        separate: separate(graph, of_loss, &gradients, &free),
        workspace: sum(&gradient.layout.persistent),
        workspace_per_example: sum(&gradient.layout.tile),
    }
}

impl Cost {
    /// Operations of loss and gradient per operation of the loss, for many examples where there are any; `None` while extents are symbols.
    pub fn ratio(&self) -> Option<f64> {
        quotient_per_example(&self.loss_and_gradient, &self.loss)
    }

    /// Operations of separate differentiation per operation of loss and gradient together, for many examples where there are any.
    pub fn saving(&self) -> Option<f64> {
        quotient_per_example(&self.separate, &self.loss_and_gradient)
    }
}

/// Operations of everything the roots depend on, but for what is `free`.
fn operations(graph: &Graph, roots: &[NodeId], free: &BTreeSet<NodeId>) -> Polynomial {
    let reachable = graph.reachable(roots);
    let ids = graph.ids().filter(|id| reachable[id.0 as usize] && !free.contains(id));
    let nodes = ids.fold(Polynomial::default(), |sum, id| sum.plus(&operations_of_node(graph, id)));
    let folds = Fold::all(graph, |id| reachable[id.0 as usize]);
    folds.iter().fold(nodes, |sum, fold| sum.plus(&operations_of_fold(fold)))
}

/// The additions that sums of rows are written as, which are done where the rows are added.
fn additions_in(graph: &Graph, sums: impl Iterator<Item = NodeId>) -> BTreeSet<NodeId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<NodeId> = sums.collect();
    while let Some(id) = open.pop() {
        let operands = match &graph.node(id).kind {
            Kind::Map { function, operands }
                if function.0 == scalar::ADD.name && found.insert(id) =>
            {
                operands
            }
            Kind::Contraction { operands, summed } if summed.is_empty() => operands,
            _ => continue,
        };
        open.extend(operands.iter().map(|operand| operand.node));
    }
    found
}

/// Operations of the loss and one gradient, summed over the gradients: a node counts once for each that needs it.
///
/// Each node has a set of the gradients that need it, a bit for each, handed on from consumers to operands; what the loss needs, all need.
fn separate(
    graph: &Graph,
    loss: Option<NodeId>,
    gradients: &[NodeId],
    free: &BTreeSet<NodeId>,
) -> Polynomial {
    let words = gradients.len().div_ceil(64);
    let mut needed_by = vec![vec![0_u64; words]; graph.len()];
    for (gradient, node) in gradients.iter().enumerate() {
        needed_by[node.0 as usize][gradient / 64] |= 1 << (gradient % 64);
    }
    let by_all = graph.reachable(&loss.into_iter().collect::<Vec<_>>());
    let mut sum = Polynomial::default();
    let folds = Fold::all(graph, |_| true);
    for id in graph.ids().rev() {
        let needed = std::mem::take(&mut needed_by[id.0 as usize]);
        let place = |fold: &Fold| fold.results.iter().position(|(known, _)| *known == id);
        let fold = folds.iter().find_map(|fold| Some((fold, place(fold)?)));
        // All results of a loop come from one run of it, which counts with the first.
        if let Some((fold, place)) = fold.filter(|(_, place)| *place > 0) {
            let before = fold.results[place - 1].0.0 as usize;
            for (word, more) in needed_by[before].iter_mut().zip(&needed) {
                *word |= more;
            }
            continue;
        }
        for operand in graph.node(id).kind.operands() {
            for (word, more) in needed_by[operand.node.0 as usize].iter_mut().zip(&needed) {
                *word |= more;
            }
        }
        let uses = if by_all[id.0 as usize] {
            gradients.len() as i64
        } else {
            needed.iter().map(|word| i64::from(word.count_ones())).sum()
        };
        if uses > 0 && !free.contains(&id) {
            let own = match fold {
                Some((fold, _)) => operations_of_fold(fold),
                None => operations_of_node(graph, id),
            };
            sum = sum.plus(&own.scaled(uses));
        }
    }
    sum
}

/// What a step costs, as often as there are steps.
fn operations_of_fold(fold: &Fold) -> Polynomial {
    let body = &fold.body;
    let (of_rows, others): (Vec<_>, Vec<_>) =
        body.sums.iter().zip(schedule::are_of_rows(body)).partition(|(_, is_of_rows)| *is_of_rows);
    let adding = others.iter().fold(Polynomial::default(), |sum, (id, _)| {
        sum.plus(&Polynomial::product(body.graph.shape(**id)))
    });
    let free = additions_in(&body.graph, of_rows.into_iter().map(|(&id, _)| id));
    let step = operations(&body.graph, &body.roots(), &free).plus(&adding);
    step.times(&Polynomial::from(&body.steps))
}

fn operations_of_node(graph: &Graph, id: NodeId) -> Polynomial {
    let node = graph.node(id);
    let per_point = match &node.kind {
        Kind::Leaf(Leaf::Random(..)) => 1,
        Kind::Leaf(_) => 0,
        Kind::Map { function, .. } => {
            i64::from(scalar::row(*function).is_ok_and(|row| row.cost > 0))
        }
        Kind::Contraction { operands, summed } => {
            operands.len() as i64 - 1 + i64::from(!summed.is_empty())
        }
        Kind::Fold { .. } => 0,
        Kind::Matrix { function, .. } => return matrix_operations(node, *function),
        Kind::Index { over, equations, .. } => return additions(node, over, equations),
        Kind::Extremum { .. } => 1,
    };
    Polynomial::product(&node.scope()).scaled(per_point)
}

/// What an index adds up: nothing where each element is read from one place.
fn additions(node: &Node, over: &[Dim], equations: &[Equation]) -> Polynomial {
    let has_none = |label: usize| equations.iter().all(|one| one.label as usize != label);
    let rank = node.shape.len();
    if !(rank..rank + over.len()).any(has_none) {
        return Polynomial::default();
    }
    let scope = node.scope();
    let free = (0..scope.len()).filter(|&label| has_none(label)).map(|label| &scope[label]);
    Polynomial::product(free)
}

/// What one matrix or right-hand side costs, as often as there are such.
fn matrix_operations(node: &Node, function: Function) -> Polynomial {
    let Ok(row) = matrix::row(function) else { return Polynomial::default() };
    let letters = row.letters(node.shape.len());
    let row_letter = row.operands[0].letters.chars().next();
    let row_label = letters.iter().find(|(letter, _)| Some(*letter) == row_letter);
    let scope = node.scope();
    let rows = row_label.map_or(&Dim::Fixed(1), |(_, label)| &scope[*label as usize]);
    let beside = Polynomial::product(&node.shape[row.result.len()..]);
    row.operations(rows).times(&beside)
}

fn quotient_per_example(above: &Polynomial, below: &Polynomial) -> Option<f64> {
    let [above, below] = [above, below].map(|count| {
        let (with, without) = by_example(count);
        if with == Polynomial::default() { without } else { with }.as_constant()
    });
    let (above, below) = (above?, below?);
    (below > 0).then(|| above as f64 / below as f64)
}

/// The factor of `N`, and the rest.
pub fn by_example(count: &Polynomial) -> (Polynomial, Polynomial) {
    let (mut with, mut without) = (Polynomial::default(), Polynomial::default());
    for (monomial, coefficient) in count.terms() {
        let mut others: Monomial = monomial.clone();
        match others.iter().position(|dim| *dim == Dim::Batch) {
            Some(place) => {
                others.remove(place);
                with = with.plus(&Polynomial::product(&others).scaled(coefficient));
            }
            None => without = without.plus(&Polynomial::product(&others).scaled(coefficient)),
        }
    }
    (with, without)
}
