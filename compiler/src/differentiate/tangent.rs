//! The chain rule, forwards: from a variable to the tangent of every value that depends on it.
//!
//! The sweep visits operands before consumers (Griewank & Walther 2008, §3.1). The tangent of `v` is `v̇ = Σ ∂v/∂x·ẋ` with labels of its own
//! besides those of `v`: for a Jacobian those of the variable, where `ẋ[i,j] = [i = j]`; for one direction none. Each kind has one rule:
//!
//! * a map `y = f(…, x, …)` gives `ẏ += ∂f/∂x · ẋ`, with the derivative from the function's row;
//! * a contraction `Y = Σ A·B` gives `Ẏ += Σ Ȧ·B`;
//! * an index is linear in its array, so `Ẏ` is the same index of `Ȧ`;
//! * a function of matrices has what the statements of its row say;
//! * an extremum has the tangent of the places where it is attained, in equal parts;
//! * a loop carries the tangents of its states beside them.
//!
//! A tangent is a sum of terms, and a term may stand on a diagonal: the equality of two labels is carried along rather than multiplied, so
//! that `Σᵢ w[i,k]·[i = j]` is `w[j,k]` without a product, and elementwise functions keep their Jacobians diagonal.

mod fold;

use std::collections::BTreeMap;

use super::{Adjoints, gates, matrix as of_matrices, missing, share_of_extremum};
use crate::construct;
use crate::functions::matrix::{self, MatrixFunction};
use crate::functions::scalar::{self, Derivative, EQUAL, PICK};
use crate::ir::{Access, Dim, Equation, FIXED, Fold, Graph, Kind, Label, NodeId};

/// `∂root/∂variable`, in the labels of the root and, after them, of the variable's axes without the examples; `None` where the root does
/// not depend on the variable in a way that has a derivative.
pub fn jacobian(
    graph: &mut Graph,
    root: NodeId,
    variable: NodeId,
) -> Result<Option<Access>, String> {
    let shape = graph.shape(variable).to_vec();
    let extra: Vec<Dim> = shape.iter().filter(|dim| **dim != Dim::Batch).cloned().collect();
    let rank = shape.len() as Label;
    let is_diagonal = |axis: &Label| !shape[*axis as usize].is_one();
    let equal = (0..extra.len() as Label).filter(is_diagonal).map(|axis| (axis, rank + axis));
    let one = Access::scalar(graph.constant(1.0));
    let seed = BTreeMap::from([(equal.collect(), one)]);
    let mut found = sweep(graph, &[root], vec![(variable, seed)], &extra)?;
    Ok(found.pop().flatten())
}

/// The tangents of the roots in their own labels, given those of some leaves: the derivative in one direction.
pub fn tangents(
    graph: &mut Graph,
    roots: &[NodeId],
    seeds: &[(NodeId, Access)],
) -> Result<Vec<Option<Access>>, String> {
    let seeds =
        seeds.iter().map(|(leaf, seed)| (*leaf, BTreeMap::from([(Vec::new(), seed.clone())])));
    sweep(graph, roots, seeds.collect(), &[])
}

/// Equal labels, the later one not of the node; ascending.
type Diagonal = Vec<(Label, Label)>;

/// A sum of terms, each on its diagonal.
type Terms = BTreeMap<Diagonal, Access>;

fn sweep(
    graph: &mut Graph,
    roots: &[NodeId],
    seeds: Vec<(NodeId, Terms)>,
    extra: &[Dim],
) -> Result<Vec<Option<Access>>, String> {
    let reachable = graph.reachable(roots);
    let mut tangents =
        Tangents { of: vec![None; graph.len()], extra, rules: Adjoints::new(Vec::new(), &[]) };
    for (leaf, seed) in seeds {
        tangents.of[leaf.0 as usize] = Some(seed);
    }
    let folds = Fold::all(graph, |id| reachable[id.0 as usize]);
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        if tangents.of[id.0 as usize].is_some() {
            continue;
        }
        if matches!(graph.node(id).kind, Kind::Fold { .. }) {
            let first = folds.iter().find(|fold| fold.results[0].0 == id);
            first.map_or(Ok(()), |fold| tangents.visit_fold(graph, fold))?;
            continue;
        }
        let terms = tangents.visit(graph, id)?;
        tangents.of[id.0 as usize] = (!terms.is_empty()).then_some(terms);
    }
    let results = roots.iter().map(|root| {
        let terms = tangents.of[root.0 as usize].clone()?;
        let scope = [graph.shape(*root), extra].concat();
        Some(total(graph, &terms, &scope))
    });
    Ok(results.collect())
}

/// The sweep's state.
struct Tangents<'a> {
    /// The tangent of each node, in its own labels and the extra ones.
    of: Vec<Option<Terms>>,
    /// The extents of the labels that tangents have besides those of their nodes.
    extra: &'a [Dim],
    /// The derivatives of the tables.
    rules: Adjoints,
}

/// What a node does with the tangent of an operand.
enum Rule {
    /// Nothing comes of it.
    Zero,
    /// It passes where the condition holds.
    Gate(Access),
    /// The same, and what lies behind it stays guarded.
    Guard(Access),
    /// It is multiplied.
    Factor(Access),
    /// It is multiplied and summed.
    Contraction(Vec<Access>),
    /// A function of matrices has statements for the operand at this place.
    Matrix(NodeId, &'static MatrixFunction, usize),
    /// It is read at places.
    Index(Vec<Access>, Vec<Equation>),
}

impl Tangents<'_> {
    /// The tangent of a node from those of its operands.
    fn visit(&mut self, graph: &mut Graph, id: NodeId) -> Result<Terms, String> {
        let node = graph.node(id).clone();
        let own = node.scope();
        let scope = [own.as_slice(), self.extra].concat();
        let rank = node.shape.len();
        let summed: Vec<Label> = (rank as Label..own.len() as Label).collect();
        // The labels summed over are gone in the result.
        let mut names: Vec<Label> = (0..own.len() as Label).collect();
        names.extend(rank as Label..(rank + self.extra.len()) as Label);
        let result_scope = [node.shape.as_slice(), self.extra].concat();
        let mut result = Terms::new();
        for (place, operand) in node.kind.operands().iter().enumerate() {
            let Some(terms) = self.of[operand.node.0 as usize].clone() else { continue };
            let rule = self.rule(graph, id, place)?;
            for (diagonal, tangent) in seen_by(&terms, operand, own.len() as Label) {
                let Some((diagonal, value)) =
                    apply(graph, &rule, diagonal, &tangent, &summed, &scope)?
                else {
                    continue;
                };
                let pair = |(a, b): (Label, Label)| (names[a as usize], names[b as usize]);
                let diagonal = diagonal.into_iter().map(pair).collect();
                accumulate(graph, &mut result, diagonal, value.relabelled(&names), &result_scope);
            }
        }
        Ok(result)
    }

    /// What a node does with the tangent of the operand at `place`.
    fn rule(&mut self, graph: &mut Graph, id: NodeId, place: usize) -> Result<Rule, String> {
        let node = graph.node(id).clone();
        match &node.kind {
            Kind::Leaf(_) => Ok(Rule::Zero),
            Kind::Map { function, operands } => {
                let row = scalar::row(*function)?;
                let mut formula = |text| self.rules.formula(graph, id, row, operands, place, text);
                Ok(match row.operands[place].derivative {
                    Derivative::Zero(_) | Derivative::Integer | Derivative::Condition => Rule::Zero,
                    Derivative::Missing => return Err(missing(row, place)),
                    Derivative::Gate(text) => Rule::Gate(formula(text)?),
                    Derivative::Guard(text) => Rule::Guard(formula(text)?),
                    Derivative::Formula(text) => {
                        let factor = formula(text)?;
                        let is_zero = graph.as_constant(factor.node) == Some(0.0);
                        if is_zero { Rule::Zero } else { Rule::Factor(factor) }
                    }
                })
            }
            Kind::Contraction { operands, .. } => {
                let mut others = operands.clone();
                others.remove(place);
                Ok(Rule::Contraction(others))
            }
            Kind::Extremum { operand, .. } => {
                Ok(Rule::Contraction(vec![share_of_extremum(graph, id, operand)]))
            }
            // Integers have no derivative.
            Kind::Index { .. } if place > 0 => Ok(Rule::Zero),
            Kind::Index { operands, equations, .. } => {
                Ok(Rule::Index(operands[1..].to_vec(), equations.clone()))
            }
            Kind::Matrix { function, .. } => Ok(Rule::Matrix(id, matrix::row(*function)?, place)),
            Kind::Fold { .. } => Err("the tangents of a loop are those of all its results".into()),
        }
    }
}

/// One term of an operand's tangent, as a term of a node with so many axes; `None` where nothing comes of it.
fn apply(
    graph: &mut Graph,
    rule: &Rule,
    diagonal: Diagonal,
    tangent: &Access,
    summed: &[Label],
    scope: &[Dim],
) -> Result<Option<(Diagonal, Access)>, String> {
    Ok(Some(match rule {
        Rule::Zero => return Ok(None),
        Rule::Gate(condition) => {
            let operands = [condition.clone(), tangent.clone()];
            (diagonal, construct::map(graph, PICK, &operands, scope))
        }
        Rule::Guard(condition) => (diagonal, gates::guarded(graph, condition, tangent, scope)),
        Rule::Factor(factor) => (diagonal, gates::multiply_inside(graph, tangent, factor, scope)),
        Rule::Contraction(others) => {
            let mut factors = vec![tangent.clone()];
            factors.extend(others.iter().cloned());
            contracted(graph, factors, diagonal, summed, scope)
        }
        Rule::Matrix(id, row, place) => {
            let tangent = off_diagonal_zero(graph, &diagonal, tangent.clone(), scope);
            let found = of_matrices::tangent(graph, *id, row, *place, (&tangent, scope))?;
            return Ok(found.map(|tangent| (Diagonal::new(), tangent)));
        }
        Rule::Index(integers, equations) => {
            let array = off_diagonal_zero(graph, &diagonal, tangent.clone(), scope);
            let value = construct::index(graph, &array, integers, equations, summed, scope);
            (Diagonal::new(), value)
        }
    }))
}

/// Terms in the labels of a consumer whose own labels are so many.
fn seen_by(terms: &Terms, operand: &Access, own: Label) -> Vec<(Diagonal, Access)> {
    let rank = operand.axes.len() as Label;
    let name = |label: Label| match operand.axes.get(label as usize) {
        Some(&axis) => axis,
        None => own + label - rank,
    };
    let seen = terms.iter().map(|(diagonal, access)| {
        let diagonal = diagonal.iter().map(|&(a, b)| (name(a), name(b))).collect();
        let axes = access.axes.iter();
        let axes = axes.map(|&label| if label == FIXED { FIXED } else { name(label) }).collect();
        (diagonal, Access { node: access.node, axes })
    });
    seen.collect()
}

/// The sum of a product over labels: one that equals another takes its place, and nothing is summed.
fn contracted(
    graph: &mut Graph,
    mut factors: Vec<Access>,
    mut diagonal: Diagonal,
    summed: &[Label],
    scope: &[Dim],
) -> (Diagonal, Access) {
    let mut over = Vec::new();
    for &label in summed {
        let Some(place) = diagonal.iter().position(|&(a, b)| a == label || b == label) else {
            over.push(label);
            continue;
        };
        let (a, b) = diagonal.remove(place);
        let other = if a == label { b } else { a };
        let rename = |axis: &mut Label| {
            if *axis == label {
                *axis = other;
            }
        };
        factors.iter_mut().flat_map(|factor| &mut factor.axes).for_each(rename);
        for (a, b) in &mut diagonal {
            rename(a);
            rename(b);
        }
        diagonal.retain(|(a, b)| a != b);
    }
    (diagonal, construct::contract(graph, &factors, &over, scope))
}

/// Adds a term to those of the same diagonal.
fn accumulate(
    graph: &mut Graph,
    terms: &mut Terms,
    mut diagonal: Diagonal,
    value: Access,
    scope: &[Dim],
) {
    for pair in &mut diagonal {
        *pair = (pair.0.min(pair.1), pair.0.max(pair.1));
    }
    diagonal.sort_unstable();
    diagonal.dedup();
    let sum = match terms.get(&diagonal) {
        Some(present) => construct::add(graph, &present.clone(), &value, scope),
        None => value,
    };
    terms.insert(diagonal, sum);
}

/// A term without its diagonal: zero off it.
fn off_diagonal_zero(
    graph: &mut Graph,
    diagonal: &Diagonal,
    mut value: Access,
    scope: &[Dim],
) -> Access {
    for &(a, b) in diagonal {
        let [row, column] = [a, b].map(|label| construct::counter(graph, label, scope));
        let is_on = construct::map(graph, EQUAL, &[row, column], scope);
        value = construct::map(graph, PICK, &[is_on, value], scope);
    }
    value
}

/// The sum of all terms, each zero off its diagonal.
fn total(graph: &mut Graph, terms: &Terms, scope: &[Dim]) -> Access {
    let mut sum: Option<Access> = None;
    for (diagonal, value) in terms {
        let value = off_diagonal_zero(graph, diagonal, value.clone(), scope);
        sum = Some(match sum {
            Some(sum) => construct::add(graph, &sum, &value, scope),
            None => value,
        });
    }
    sum.unwrap_or_else(|| Access::scalar(graph.constant(0.0)))
}
