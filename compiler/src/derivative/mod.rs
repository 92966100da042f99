//! Derivatives inside a model: of one value for another, as one more value of the same graph.
//!
//! The part of the graph that the value depends on is copied with the variable as a leaf, brought into its stable form and differentiated;
//! what comes out is added to the graph, where it can be differentiated again.
//!
//! Everything is of one example. The derivative of a value that differs from example to example differs as well, also for a variable that
//! all examples share: nothing is summed over examples, so while the derivative is formed such a variable is taken for one that differs.

mod transfer;

use std::collections::BTreeMap;

use self::transfer::transfer;
use crate::construct;
use crate::differentiate::{self, tangent};
use crate::functions::scalar::HOLD;
use crate::ir::{Access, Dim, Graph, Kind, Label, Leaf, NodeId};
use crate::stabilize;

/// A variable of its own with the value of `node`, under a number that no other has; `None` for a copy along an axis, whose elements do
/// not vary each for itself.
pub fn hold(graph: &mut Graph, node: NodeId, number: usize) -> Option<NodeId> {
    let scope = graph.shape(node).to_vec();
    let access = Access::whole(graph, node);
    let number = Access::scalar(graph.constant(number as f64));
    let held = construct::map(graph, HOLD, &[access, number], &scope);
    let rank = per_example(&scope).len() as Label;
    (0..rank).all(|label| held.reads(label)).then_some(held.node)
}

/// The derivative of `value` for every element of `variable`: its axes are those of the value, then those of the variable.
///
/// `held` are the variables that are held apart, by their numbers. A number is differentiated backwards, an array forwards. Where there is
/// no derivative but zero, it is zero.
pub fn derivative(
    graph: &mut Graph,
    value: NodeId,
    variable: NodeId,
    held: &[NodeId],
) -> Result<NodeId, String> {
    let [outer, inner] = [value, variable].map(|node| per_example(graph.shape(node)));
    let mut part = Part::of(graph, value, variable, &inner)?;
    let mut scope = [outer.clone(), inner].concat();
    let batch = scope.len() as Label;
    scope.push(Dim::Batch);
    let found = match outer.len() as Label {
        0 => part.backwards()?,
        rank => part.forwards(rank, batch)?,
    };
    let access = match found {
        None => Access::scalar(graph.constant(0.0)),
        Some(found) => part.into(graph, &found, &scope, variable, held)?,
    };
    let labels: Vec<Label> = (0..batch).chain(access.reads(batch).then_some(batch)).collect();
    Ok(construct::view(graph, &access, &labels, &scope))
}

/// What a value depends on, with the variable as a leaf.
struct Part {
    graph: Graph,
    value: NodeId,
    variable: NodeId,
}

impl Part {
    /// The stable form of the part of a graph that `value` depends on.
    fn of(graph: &Graph, value: NodeId, variable: NodeId, shape: &[Dim]) -> Result<Part, String> {
        let mut leaf_shape = shape.to_vec();
        leaf_shape.extend(graph.is_batched(value).then_some(Dim::Batch));
        let mut part = Graph::default();
        let leaf = part.leaf(Leaf::Variable(0), leaf_shape.clone());
        let leaf = Access::whole(&part, leaf);
        let replace = &mut |_: &mut Graph, id| Ok((id == variable).then(|| leaf.clone()));
        let access = transfer(graph, value, &mut part, replace)?;
        let own = graph.shape(value);
        let labels: Vec<Label> = (0..own.len() as Label).collect();
        let root = construct::view(&mut part, &access, &labels, own);
        let (mut graph, roots) = stabilize::stabilize_part(&part, &[root])?;
        let variable = graph.leaf(Leaf::Variable(0), leaf_shape);
        Ok(Part { graph, value: roots[0], variable })
    }

    /// The derivative of a number, in the labels of the variable.
    fn backwards(&mut self) -> Result<Option<Access>, String> {
        let variable = self.variable;
        let found = differentiate::differentiate(&mut self.graph, self.value, &[variable])?;
        Ok(found.into_iter().flatten().next().map(|node| Access::whole(&self.graph, node)))
    }

    /// The derivative of an array of `rank` axes, in its labels, those of the variable, and `batch` for the examples.
    fn forwards(&mut self, rank: Label, batch: Label) -> Result<Option<Access>, String> {
        let found = tangent::jacobian(&mut self.graph, self.value, self.variable)?;
        let examples = self.graph.is_batched(self.value).then_some(batch);
        let names: Vec<Label> = (0..rank).chain(examples).chain(rank..batch).collect();
        Ok(found.map(|access| access.relabelled(&names)))
    }

    /// What was found, added to the graph that the part was taken from.
    fn into(
        mut self,
        graph: &mut Graph,
        found: &Access,
        scope: &[Dim],
        variable: NodeId,
        held: &[NodeId],
    ) -> Result<Access, String> {
        let batch = scope.len() as Label - 1;
        let labels: Vec<Label> = (0..batch).chain(found.reads(batch).then_some(batch)).collect();
        let root = construct::view(&mut self.graph, found, &labels, scope);
        let part = &self.graph;
        let variable = Access::whole(graph, variable);
        let mut known = BTreeMap::new();
        for (id, node) in held_in(part).filter_map(|(id, number)| Some((id, *held.get(number)?))) {
            known.insert(id, Access::whole(graph, node));
        }
        transfer(part, root, graph, &mut |_, id| match &part.node(id).kind {
            Kind::Leaf(Leaf::Variable(_)) => Ok(Some(variable.clone())),
            _ => match known.get(&id) {
                Some(access) if access.axes.len() > part.shape(id).len() => {
                    Err("a variable has lost an axis".into())
                }
                access => Ok(access.cloned()),
            },
        })
    }
}

/// The variables that are held apart in a graph, with their numbers.
fn held_in(graph: &Graph) -> impl Iterator<Item = (NodeId, usize)> {
    graph.ids().filter_map(|id| match &graph.node(id).kind {
        Kind::Map { function, operands } if function.0 == HOLD.name => {
            Some((id, graph.as_constant(operands.get(1)?.node)? as usize))
        }
        _ => None,
    })
}

fn per_example(shape: &[Dim]) -> Vec<Dim> {
    shape.iter().filter(|dim| **dim != Dim::Batch).cloned().collect()
}
