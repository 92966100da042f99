//! Gradients that are 0 but for the rows of a table that the examples name.
//!
//! What reads a table at `table[token]` adds to the rows of the tokens when it is reversed, and so does a loop that reads it in its steps.
//! Where a gradient is a sum of such values alone, they are added to it where it lies, and no step costs the size of the table.

use crate::functions::scalar::ADD;
use crate::ir::{Access, Body, FoldResult, Graph, Kind, Leaf, NodeId, Position};
use crate::plan::Purpose;

use super::{Root, places};

/// A gradient that is a sum of rows.
pub struct SumOfRows {
    /// The parameter.
    pub argument: usize,
    /// The gradient.
    pub sum: NodeId,
    /// What it is the sum of.
    pub terms: Vec<NodeId>,
    /// The integers of the examples that name the rows: each of them at most these.
    pub rows: Vec<Leaf>,
}

/// The gradients of this kind among the roots; `classes` are the leaves the caller passes as integers.
pub fn find(graph: &Graph, roots: &[Root], classes: &[Leaf]) -> Vec<SumOfRows> {
    let nodes: Vec<NodeId> = roots.iter().map(|root| root.node).collect();
    let uses = uses(graph, &nodes);
    let outside = Outside { graph, captured: Vec::new(), classes };
    let scattered = roots.iter().filter_map(|root| {
        let Purpose::Gradient(argument) = root.purpose else { return None };
        let terms = terms(graph, root.node, &uses)?;
        let mut rows = outside.rows(&terms)?;
        rows.sort();
        rows.dedup();
        Some(SumOfRows { argument, sum: root.node, terms, rows })
    });
    scattered.collect()
}

/// The roots with what is added up in the place of the sums.
pub fn with_terms(roots: &[Root], scattered: &[SumOfRows]) -> Vec<Root> {
    let terms = roots.iter().flat_map(|root| {
        let sum = scattered.iter().find(|one| one.sum == root.node);
        let nodes = sum.map_or_else(|| vec![root.node], |sum| sum.terms.clone());
        nodes.into_iter().map(|node| Root { node, purpose: root.purpose })
    });
    terms.collect()
}

/// Which of the values a loop adds up are sums of rows.
pub fn are_of_rows(body: &Body) -> Vec<bool> {
    let uses = uses(&body.graph, &body.roots());
    body.sums.iter().map(|&sum| terms(&body.graph, sum, &uses).is_some()).collect()
}

/// How often each node is read or is a root.
pub fn uses(graph: &Graph, roots: &[NodeId]) -> Vec<usize> {
    let reachable = graph.reachable(roots);
    let read = graph.ids().filter(|id| reachable[id.0 as usize]);
    let read = read.flat_map(|id| graph.node(id).kind.operands()).map(|operand| operand.node);
    let mut uses = vec![0; graph.len()];
    for node in read.chain(roots.iter().copied()) {
        uses[node.0 as usize] += 1;
    }
    uses
}

/// The values that a value is the sum of, each of them added to rows and read nowhere else.
fn terms(graph: &Graph, id: NodeId, uses: &[usize]) -> Option<Vec<NodeId>> {
    if uses[id.0 as usize] != 1 {
        return None;
    }
    let node = graph.node(id);
    match &node.kind {
        Kind::Map { function, operands } if function.0 == ADD.name => {
            let mut terms = Vec::new();
            for operand in operands {
                if *operand != Access::whole(graph, operand.node)
                    || graph.shape(operand.node) != node.shape
                {
                    return None;
                }
                terms.extend(self::terms(graph, operand.node, uses)?);
            }
            Some(terms)
        }
        Kind::Fold { body, result: FoldResult::Sum(place), .. } => {
            let uses = self::uses(&body.graph, &body.roots());
            terms(&body.graph, body.sums[*place], &uses).map(|_| vec![id])
        }
        Kind::Index { .. } => naming_operand(graph, id).map(|_| vec![id]),
        _ => None,
    }
}

/// The operand whose integers are the rows that a node adds to.
pub fn naming_operand(graph: &Graph, id: NodeId) -> Option<NodeId> {
    let node = graph.node(id);
    let Kind::Index { operands, equations, .. } = &node.kind else { return None };
    let equation = equations.iter().find(|equation| equation.label == 0)?;
    let (operand, _) = equation.position.integers.first()?;
    let is_named = equation.inside && equation.position == Position::integer(*operand);
    (places::is_scatter(node) && is_named).then_some(operands[*operand].node)
}

/// A graph with what it knows of the graph around it.
struct Outside<'a> {
    graph: &'a Graph,
    /// The classes that captured values are made of.
    captured: Vec<Option<Leaf>>,
    classes: &'a [Leaf],
}

impl Outside<'_> {
    /// The classes that name the rows these terms are added to.
    fn rows(&self, terms: &[NodeId]) -> Option<Vec<Leaf>> {
        let mut rows = Vec::new();
        for &term in terms {
            match &self.graph.node(term).kind {
                Kind::Fold { body, operands, result: FoldResult::Sum(place) } => {
                    let captured = operands[body.next.len()..].iter();
                    let captured = captured.map(|operand| self.class(operand.node)).collect();
                    let step = Outside { graph: &body.graph, captured, classes: self.classes };
                    let uses = uses(&body.graph, &body.roots());
                    rows.extend(step.rows(&self::terms(&body.graph, body.sums[*place], &uses)?)?);
                }
                _ => rows.push(self.class(naming_operand(self.graph, term)?)?),
            }
        }
        Some(rows)
    }

    /// The class whose integers a value consists of, and of nothing else.
    fn class(&self, id: NodeId) -> Option<Leaf> {
        let node = self.graph.node(id);
        match &node.kind {
            Kind::Leaf(Leaf::Captured(place)) => self.captured.get(*place)?.clone(),
            Kind::Leaf(leaf) => self.classes.contains(leaf).then(|| leaf.clone()),
            Kind::Contraction { operands, summed } if summed.is_empty() => {
                match operands.as_slice() {
                    [operand] => self.class(operand.node),
                    _ => None,
                }
            }
            Kind::Index { operands, equations, .. } => {
                let is_read = |label: u32| label as usize >= node.shape.len();
                let is_element = equations.iter().all(|one| one.inside && is_read(one.label));
                (is_element && !places::is_scatter(node)).then(|| self.class(operands[0].node))?
            }
            _ => None,
        }
    }
}
