//! The reference interpreter: a graph's values in f64, one element at a time.
//!
//! It is slow and obvious on purpose: tests hold every stage, and the generated code, against it.

mod fold;
mod random;

use std::collections::BTreeMap;

use crate::functions::matrix::{self, MatrixFunction};
use crate::functions::scalar;
use crate::ir::{
    Access, Dim, Equation, Extremum, FIXED, Graph, Kind, Label, Leaf, NodeId, Polynomial,
};

pub use self::random::{Randomness, random_values};

/// What a graph's leaves and symbolic extents are.
#[derive(Clone, Debug, Default)]
pub struct Environment {
    /// The value of each symbolic extent, the batch included.
    pub extents: BTreeMap<Dim, u64>,
    /// The values of arguments and of the target: row-major over the leaf's axes, so the example varies fastest.
    pub leaves: BTreeMap<Leaf, Vec<f64>>,
    /// What random leaves are drawn by; without it, each number is its mean.
    pub randomness: Option<Randomness>,
}

impl Environment {
    /// The number an extent stands for.
    pub fn extent(&self, dim: &Dim) -> usize {
        let number = dim.evaluate(&|symbol| self.extents.get(symbol).copied().unwrap_or(0));
        usize::try_from(number).unwrap_or(0)
    }
}

/// The values of the roots, row-major.
pub fn evaluate(
    graph: &Graph,
    roots: &[NodeId],
    environment: &Environment,
) -> Result<Vec<Vec<f64>>, String> {
    let reachable = graph.reachable(roots);
    let mut values: Vec<Vec<f64>> = vec![Vec::new(); graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        values[id.0 as usize] = node_values(graph, id, &values, environment)?;
    }
    Ok(roots.iter().map(|root| values[root.0 as usize].clone()).collect())
}

fn node_values(
    graph: &Graph,
    id: NodeId,
    values: &[Vec<f64>],
    environment: &Environment,
) -> Result<Vec<f64>, String> {
    let node = graph.node(id);
    let extents =
        |dims: &[Dim]| -> Vec<usize> { dims.iter().map(|dim| environment.extent(dim)).collect() };
    let outer = extents(&node.shape);
    let inner = extents(node.kind.reduced());
    let operands: Vec<Operand> = node
        .kind
        .operands()
        .iter()
        .map(|access| {
            let shape = extents(graph.shape(access.node));
            Operand::new(access, &shape, &values[access.node.0 as usize])
        })
        .collect();
    match &node.kind {
        Kind::Leaf(leaf) => leaf_values(leaf, &node.shape, environment),
        Kind::Map { function, .. } => {
            let row = scalar::row(*function)?;
            Ok(indices(&outer)
                .map(|index| {
                    let arguments: Vec<f64> =
                        operands.iter().map(|operand| operand.at(&index)).collect();
                    (row.value)(&arguments)
                })
                .collect())
        }
        Kind::Contraction { .. } => Ok(reduce(&outer, &inner, 0.0, |sum, index| {
            sum + operands.iter().map(|operand| operand.at(index)).product::<f64>()
        })),
        Kind::Fold { body, operands, result } => {
            let read: Vec<Vec<f64>> =
                operands.iter().map(|operand| values[operand.node.0 as usize].clone()).collect();
            fold::values(body, &read, *result, environment)
        }
        Kind::Index { equations, .. } => {
            Ok(Places { equations, environment, operands: &operands }.add(&outer, &inner))
        }
        Kind::Matrix { function, .. } => {
            let row = matrix::row(*function)?;
            Ok(matrix_values(row, [&outer, &inner], &operands[..row.given().len()]))
        }
        Kind::Extremum { extremum, .. } => {
            let (start, wins): (f64, fn(f64, f64) -> bool) = match extremum {
                Extremum::Max => (f64::NEG_INFINITY, |new, old| new > old),
                Extremum::Min => (f64::INFINITY, |new, old| new < old),
            };
            Ok(reduce(&outer, &inner, start, |best, index| {
                let value = operands[0].at(index);
                if value.is_nan() || wins(value, best) { value } else { best }
            }))
        }
    }
}

/// One matrix after the other, for each place along the labels that are no letters of the function.
fn matrix_values(
    row: &MatrixFunction,
    [outer, inner]: [&[usize]; 2],
    operands: &[Operand],
) -> Vec<f64> {
    let rank = outer.len();
    let scope = [outer, inner].concat();
    let letters: Vec<char> = row.result.chars().collect();
    let known = row.letters(rank);
    let label = |letter: char| {
        known.iter().find(|(name, _)| *name == letter).map_or(0, |(_, label)| *label as usize)
    };
    let labels_of = |letters: &str| -> Vec<usize> { letters.chars().map(label).collect() };
    let extents_of =
        |labels: &[usize]| -> Vec<usize> { labels.iter().map(|&label| scope[label]).collect() };
    let n = scope[label(row.operands[0].letters.chars().next().unwrap_or('i'))];
    let mut result = vec![f64::NAN; outer.iter().product()];
    let own = labels_of(row.result);
    for beside in indices(&outer[letters.len()..]) {
        let at = |labels: &[usize], places: &[usize]| {
            let mut index = vec![0; scope.len()];
            index[letters.len()..rank].copy_from_slice(&beside);
            labels.iter().zip(places).for_each(|(&label, &place)| index[label] = place);
            index
        };
        let gathered: Vec<Vec<f64>> = operands
            .iter()
            .zip(row.operands)
            .map(|(operand, declared)| {
                let labels = labels_of(declared.letters);
                let extents = extents_of(&labels);
                indices(&extents).map(|places| operand.at(&at(&labels, &places))).collect()
            })
            .collect();
        let values = (row.value)(n, &gathered);
        for (places, value) in indices(&extents_of(&own)).zip(values) {
            let index = at(&own, &places);
            let place = index[..rank].iter().zip(outer).fold(0, |sum, (i, size)| sum * size + i);
            result[place] = value;
        }
    }
    result
}

/// An operand's values with how far apart they lie along each of the consumer's labels.
struct Operand<'a> {
    values: &'a [f64],
    steps: Vec<(Label, usize)>,
}

impl<'a> Operand<'a> {
    fn new(access: &Access, shape: &[usize], values: &'a [f64]) -> Operand<'a> {
        let mut steps = Vec::new();
        let mut step = 1;
        for (&label, &extent) in access.axes.iter().zip(shape).rev() {
            if label != FIXED {
                steps.push((label, step));
            }
            step *= extent;
        }
        Operand { values, steps }
    }

    fn at(&self, index: &[usize]) -> f64 {
        self.values
            [self.steps.iter().map(|&(label, step)| step * index[label as usize]).sum::<usize>()]
    }
}

/// What an index node adds up where.
struct Places<'a> {
    equations: &'a [Equation],
    environment: &'a Environment,
    operands: &'a [Operand<'a>],
}

impl Places<'_> {
    /// Runs over the labels without equations; the others follow.
    fn add(&self, outer: &[usize], inner: &[usize]) -> Vec<f64> {
        let extents = [outer, inner].concat();
        let mut free = extents.clone();
        for equation in self.equations {
            free[equation.label as usize] = 1;
        }
        let mut sums = vec![0.0; outer.iter().product()];
        for mut point in indices(&free) {
            if self.complete(&mut point, &extents) {
                let place =
                    outer.iter().zip(&point).fold(0, |place, (extent, at)| place * extent + at);
                sums[place] += self.operands[0].at(&point);
            }
        }
        sums
    }

    /// Puts the labels with equations where they must be; `false` where one is outside.
    fn complete(&self, point: &mut [usize], extents: &[usize]) -> bool {
        let number = |polynomial: &Polynomial| {
            polynomial.evaluate(&|symbol| self.environment.extent(symbol) as u64)
        };
        for Equation { label, position, .. } in self.equations {
            let mut place = number(&position.offset);
            for (other, factor) in &position.labels {
                place += number(factor) * point[*other as usize] as i64;
            }
            for (operand, factor) in &position.integers {
                place += number(factor) * self.operands[*operand].at(point) as i64;
            }
            match usize::try_from(place) {
                Ok(place) if place < extents[*label as usize] => point[*label as usize] = place,
                _ => return false,
            }
        }
        true
    }
}

fn leaf_values(leaf: &Leaf, shape: &[Dim], environment: &Environment) -> Result<Vec<f64>, String> {
    match leaf {
        Leaf::Constant(bits) => Ok(vec![f64::from_bits(*bits)]),
        Leaf::Extent(dim) => Ok(vec![environment.extent(dim) as f64]),
        Leaf::Counter(dim) => Ok((0..environment.extent(dim)).map(|index| index as f64).collect()),
        Leaf::Random(distribution, site) => {
            Ok(random_values(*distribution, *site, shape, environment))
        }
        Leaf::Argument(_)
        | Leaf::Target
        | Leaf::Direction(_)
        | Leaf::Weights
        | Leaf::Named(_)
        | Leaf::Variable(_)
        | Leaf::State(_)
        | Leaf::Captured(_)
        | Leaf::Step => {
            environment.leaves.get(leaf).cloned().ok_or_else(|| format!("no value for {leaf:?}"))
        }
    }
}

/// Folds over the inner indices for each outer index.
fn reduce(
    outer: &[usize],
    inner: &[usize],
    start: f64,
    fold: impl Fn(f64, &[usize]) -> f64,
) -> Vec<f64> {
    let [count, terms]: [usize; 2] = [outer, inner].map(|extents| extents.iter().product());
    let extents = [outer, inner].concat();
    let mut all = indices(&extents);
    (0..count)
        .map(|_| all.by_ref().take(terms).fold(start, |value, index| fold(value, &index)))
        .collect()
}

/// All index vectors below the extents, the last one fastest.
fn indices(extents: &[usize]) -> impl Iterator<Item = Vec<usize>> {
    let count: usize = extents.iter().product();
    (0..count).map(move |mut place| {
        let mut index = vec![0; extents.len()];
        for (axis, &extent) in extents.iter().enumerate().rev() {
            index[axis] = place % extent;
            place /= extent;
        }
        index
    })
}
