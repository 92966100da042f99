//! The Jacobian without its zeros: derivatives for what an example reads of a parameter, and where that is.
//!
//! A parameter that is only read at places an example chooses, `table[token]`, has as many columns in a row as are read there. Each such
//! reading is a block: its derivatives are those of the residuals for the value read, and the place of every element in θ is an affine
//! function of integers and labels, as the reading itself. Every other parameter is one block, with all its columns.

use super::residuals::columns;
use super::{Leaves, Results, labels, per_example};
use crate::construct;
use crate::ir::{Access, Dim, Graph, Kind, Label, NodeId, Polynomial, Position};
use crate::plan::Purpose;

/// What a row has of a parameter.
struct Block {
    /// The value read: the parameter itself, or a part of it.
    node: NodeId,
    /// Where each of its elements is in θ, in the labels and with the integers of the reading.
    place: Position,
    /// The integers.
    integers: Vec<Access>,
    /// The extents of the labels.
    scope: Vec<Dim>,
}

/// The columns of each block, in rows.
pub fn pattern(
    graph: &mut Graph,
    residuals: NodeId,
    parameters: Leaves<'_>,
) -> Result<Results, String> {
    let mut results = Results::new();
    for block in blocks(graph, residuals, parameters) {
        if columns(graph, residuals, block.node)?.is_none() {
            continue;
        }
        let place = construct::number_at(graph, &block.place, &block.integers, &block.scope);
        let own = graph.shape(block.node).to_vec();
        let extents = [per_example(graph, block.node), vec![Dim::Batch]].concat();
        // The labels of the value read, with the examples last.
        let mut names = vec![0; block.scope.len()];
        let mut next: Label = 0;
        for (label, dim) in own.iter().enumerate() {
            names[label] = if *dim == Dim::Batch { extents.len() as Label - 1 } else { next };
            next += Label::from(*dim != Dim::Batch);
        }
        let place = place.relabelled(&names);
        let node = construct::view(graph, &place, &labels(0, extents.len()), &extents);
        results.push((Purpose::Entries(results.len()), node));
    }
    Ok(results)
}

/// The residuals, and the derivatives of each block.
pub fn jacobian(
    graph: &mut Graph,
    residuals: NodeId,
    parameters: Leaves<'_>,
) -> Result<Results, String> {
    let mut results = vec![(Purpose::Residual, residuals)];
    for block in blocks(graph, residuals, parameters) {
        if let Some(node) = columns(graph, residuals, block.node)? {
            results.push((Purpose::Entries(results.len() - 1), node));
        }
    }
    Ok(results)
}

/// The blocks of all parameters that the residuals depend on, in the order of θ.
fn blocks(graph: &Graph, residuals: NodeId, parameters: Leaves<'_>) -> Vec<Block> {
    let reachable = graph.reachable(&[residuals]);
    let mut offset = Polynomial::default();
    let mut blocks = Vec::new();
    for &(_, leaf) in parameters {
        let readers: Vec<NodeId> = graph
            .ids()
            .filter(|id| reachable[id.0 as usize])
            .filter(|id| graph.node(*id).kind.operands().iter().any(|read| read.node == leaf))
            .collect();
        let read: Option<Vec<Block>> =
            readers.iter().map(|&reader| part(graph, reader, leaf, &offset)).collect();
        match read {
            Some(mut parts) if !parts.is_empty() => {
                // In the order of their columns, where that is the same for all examples.
                parts.sort_by(|a, b| (&a.integers, &a.place).cmp(&(&b.integers, &b.place)));
                blocks.extend(parts);
            }
            _ if reachable[leaf.0 as usize] => blocks.push(whole(graph, leaf, &offset)),
            _ => {}
        }
        offset = offset.plus(&Polynomial::product(graph.shape(leaf)));
    }
    blocks
}

/// All of a parameter.
fn whole(graph: &Graph, leaf: NodeId, offset: &Polynomial) -> Block {
    let shape = graph.shape(leaf).to_vec();
    let own = (0..shape.len() as Label).map(Position::label);
    let place = flat(&shape, own, offset);
    Block { node: leaf, place, integers: Vec::new(), scope: shape }
}

/// What an index reads of a parameter, if it certainly reads inside and an example chooses where.
fn part(graph: &Graph, reader: NodeId, leaf: NodeId, offset: &Polynomial) -> Option<Block> {
    let node = graph.node(reader);
    let Kind::Index { operands, equations, .. } = &node.kind else { return None };
    let rank = node.shape.len() as Label;
    let is_reading = equations.iter().all(|equation| equation.label >= rank && equation.inside);
    let chooses = equations.iter().any(|equation| !equation.position.integers.is_empty());
    let others = operands[1..].iter().any(|operand| operand.node == leaf);
    if !is_reading || !chooses || others {
        return None;
    }
    let along = operands[0].axes.iter().map(|&label| {
        let equation = equations.iter().find(|equation| equation.label == label);
        equation.map_or_else(|| Position::label(label), |equation| equation.position.clone())
    });
    let place = flat(graph.shape(leaf), along, offset);
    // A label that is summed without an equation would be read whole and added up.
    let is_own = place.labels.iter().all(|(label, _)| *label < rank);
    is_own.then(|| Block {
        node: reader,
        place,
        integers: operands[1..].to_vec(),
        scope: node.scope(),
    })
}

/// The place in θ of an element whose places along the axes these are.
fn flat(shape: &[Dim], along: impl Iterator<Item = Position>, offset: &Polynomial) -> Position {
    let mut place = Position::constant(offset.clone());
    for (axis, position) in along.enumerate() {
        let stride = Polynomial::product(&shape[axis + 1..]);
        place = place.plus(&position.times(&stride));
    }
    place
}
