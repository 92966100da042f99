//! A contraction as a kernel: which label is which axis of a matrix product.

use super::storage::Storage;
use super::{Buffers, fuse};
use crate::ir::{Access, Dim, FIXED, Graph, Label, NodeId, Polynomial};
use crate::plan::{Axis, BufferId, Plan, Product, Update};

/// The kernel call that computes the contraction `id`.
///
/// A label of the result and one factor is a row or a column, a label of both factors that is summed is the inner one, and every label the
/// kernel has no room for is a loop around it. Where both factors differ from example to example, the examples are such a loop, and the
/// columns of the result are as far apart as a tile has examples.
pub fn plan(
    graph: &Graph,
    storage: &Storage,
    plan: &mut Plan,
    buffers: &mut Buffers,
    id: NodeId,
) -> Result<Product, String> {
    let node = graph.node(id);
    let scope = node.scope();
    let rank = node.shape.len();
    let mut operands = node.kind.operands().to_vec();
    let last = (rank as Label).checked_sub(1);
    if let (Some(last), [first, second]) = (last, operands.as_slice())
        && first.reads(last)
        && !second.reads(last)
    {
        operands.swap(0, 1);
    }
    let mut factors = Vec::new();
    for operand in &operands {
        factors.push(buffers.read(graph, plan, operand.node)?);
    }
    let (out, out_update) = buffers.destination(graph, plan, id, fuse::place(graph, storage, id));
    let mut axes = Labels { plan, operands: &operands, factors: &factors, out, rank };
    let reads = |label: Label| -> Vec<bool> {
        operands.iter().map(|operand| operand.reads(label)).collect()
    };
    let read = node.kind.operands().iter().map(|operand| {
        let place = operands.iter().position(|known| known == operand).unwrap_or_default();
        (factors[place], operand.axes.clone())
    });
    let read = read.collect();
    let mut product = Product {
        factors: factors.clone(),
        out,
        loops: vec![],
        m: None,
        k: None,
        n: None,
        update: Update::Set,
        clears: false,
        scope: scope.clone(),
        read,
    };
    let mut labels: Vec<Label> = (0..scope.len() as Label).collect();
    labels.sort_by(|a, b| scope[*b as usize].estimate().total_cmp(&scope[*a as usize].estimate()));
    let is_column = |label: Label| (label as usize) < rank && reads(label) == [false, true];
    let is_each = |label: Label| scope[label as usize] == Dim::Batch && reads(label) == [true; 2];
    let column = match last {
        Some(last) if is_each(last) => labels.iter().copied().find(|&label| is_column(label)),
        _ => last.filter(|&last| is_column(last)),
    };
    for &label in &labels {
        let axis = axes.axis(label, &scope[label as usize]);
        let is_summed = label as usize >= rank;
        match reads(label).as_slice() {
            _ if Some(label) == column => product.n = Some(axis),
            [true, false] | [true] if !is_summed && product.m.is_none() => product.m = Some(axis),
            [true, true] | [true] if is_summed && product.k.is_none() => product.k = Some(axis),
            _ => {
                product.clears |= is_summed;
                product.loops.push(axis);
            }
        }
    }
    collapse(&mut product);
    product.update = match out_update {
        Some(update) => {
            product.clears = false;
            update
        }
        None if scope[rank..].contains(&Dim::Batch) && !buffers.is_step => Update::Accumulate,
        None if product.clears => Update::Add,
        None => Update::Set,
    };
    Ok(product)
}

/// Strides of labels in the buffers of a product.
struct Labels<'a> {
    plan: &'a Plan,
    operands: &'a [Access],
    factors: &'a [BufferId],
    out: BufferId,
    rank: usize,
}

impl Labels<'_> {
    fn axis(&mut self, label: Label, dim: &Dim) -> Axis {
        let in_factor = |(operand, &buffer): (&Access, &BufferId)| -> Polynomial {
            let strides = self.plan.buffers[buffer].strides();
            let read = operand
                .axes
                .iter()
                .zip(strides)
                .filter(|(axis, _)| **axis == label && label != FIXED);
            read.fold(Polynomial::default(), |sum, (_, stride)| sum.plus(&stride))
        };
        let factors = self.operands.iter().zip(self.factors).map(in_factor).collect();
        let out = if (label as usize) < self.rank {
            self.plan.buffers[self.out].strides()[label as usize].clone()
        } else {
            Polynomial::default()
        };
        Axis { dim: dim.clone(), factors, out }
    }
}

/// Merges loops into the kernel's axes where both run through memory as one: `Σ_d Σ_h w[d,h]²` is one sum over `d·h`.
fn collapse(product: &mut Product) {
    for slot in [&mut product.k, &mut product.m] {
        let Some(axis) = slot else { continue };
        while let Some(place) = product.loops.iter().position(|outer| merged(outer, axis).is_some())
        {
            let outer = product.loops.remove(place);
            if let Some(whole) = merged(&outer, axis) {
                *axis = whole;
            }
        }
    }
    let is_summed = |axis: &Axis| axis.out == Polynomial::default();
    product.clears = product.loops.iter().any(is_summed);
}

/// Two axes as one, where one step of the slower is as far as all steps of the faster.
fn merged(a: &Axis, b: &Axis) -> Option<Axis> {
    let follows = |outer: &Axis, inner: &Axis| {
        let extent = Polynomial::from(&inner.dim);
        let whole = |stride: &Polynomial| stride.times(&extent);
        outer.out == whole(&inner.out)
            && outer.factors.iter().zip(&inner.factors).all(|(o, i)| *o == whole(i))
    };
    let inner = match () {
        () if follows(a, b) => b,
        () if follows(b, a) => a,
        () => return None,
    };
    let dim = Dim::from_polynomial(&Polynomial::from(&a.dim).times(&Polynomial::from(&b.dim)))?;
    Some(Axis { dim, factors: inner.factors.clone(), out: inner.out.clone() })
}
