//! Random values become their means: what a prediction computes.

use crate::ir::{Access, Graph, Kind, Leaf, NodeId};
use crate::rewrite::{self, Rules};

/// The graph of what the roots depend on, without randomness.
pub fn average(graph: &Graph, roots: &[NodeId]) -> Result<(Graph, Vec<NodeId>), String> {
    let rules = Rules::default();
    let rebuilt = rewrite::rebuild(graph, roots, &mut |rebuilt, id, kind| match &kind {
        Kind::Leaf(Leaf::Random(distribution, _)) => {
            Ok(Access::scalar(rebuilt.constant(distribution.mean())))
        }
        _ => rewrite::keep(rebuilt, &rules, &kind, graph.shape(id)),
    })?;
    Ok((rebuilt.graph, rebuilt.roots))
}
