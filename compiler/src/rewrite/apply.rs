//! Rebuilding a graph node by node, with a table of identities applied on the way.
//!
//! A rule is two formulas over scalar functions. The left one is matched against the operands of a map, looking through broadcasts and
//! views: a variable stands for any access, in the labels of the root of the match; `c` and `d` stand for constants only; a variable
//! that occurs twice must be the same access. The right one is added in the same scope, so it broadcasts exactly as far as it must.

use std::collections::BTreeMap;

use crate::construct;
use crate::formula::Formula;
use crate::functions::scalar::Scalar;
use crate::ir::{Access, Dim, Graph, Kind, Label, NodeId};

use super::Rule;

/// A table of rules, parsed.
#[derive(Debug, Default)]
pub struct Rules {
    by_function: BTreeMap<&'static str, Vec<(Vec<Formula>, Formula)>>,
}

impl Rules {
    /// Parses a table. The tables are ours and tested, so a failure is a bug of this crate.
    pub fn parse<'a>(table: impl IntoIterator<Item = &'a Rule>) -> Result<Rules, String> {
        let mut rules = Rules::default();
        for rule in table {
            let Formula::Apply(row, operands) = Formula::parse(rule.from)? else {
                return Err(format!("rule `{}` does not begin with a function", rule.name));
            };
            rules
                .by_function
                .entry(row.name)
                .or_default()
                .push((operands, Formula::parse(rule.to)?));
        }
        Ok(rules)
    }

    /// `function(operands)` by the first rule that matches; as it stands if none does.
    pub fn map(
        &self,
        graph: &mut Graph,
        function: &'static Scalar,
        operands: &[Access],
        scope: &[Dim],
    ) -> Result<Access, String> {
        let operands: Vec<Access> =
            operands.iter().map(|operand| operand.resolved(graph)).collect();
        for (patterns, result) in self.by_function.get(function.name).into_iter().flatten() {
            if let Some(bindings) = match_operands(graph, function, patterns, &operands) {
                return result.add(graph, scope, &|name| bindings.get(name).cloned());
            }
        }
        Ok(construct::map(graph, function, &operands, scope))
    }
}

type Bindings<'a> = BTreeMap<&'a str, Access>;

fn match_operands<'a>(
    graph: &Graph,
    function: &Scalar,
    patterns: &'a [Formula],
    operands: &[Access],
) -> Option<Bindings<'a>> {
    let exchanged: Vec<Access> = operands.iter().rev().cloned().collect();
    let orders = if function.commutative { vec![operands, &exchanged] } else { vec![operands] };
    orders.into_iter().find_map(|order| {
        let may_match =
            patterns.iter().zip(order).all(|(pattern, operand)| may_match(graph, pattern, operand));
        let mut bindings = Bindings::new();
        (may_match && match_in_order(graph, patterns, order, &mut bindings)).then_some(bindings)
    })
}

/// A glance at the root of an operand, which is enough to refuse most.
fn may_match(graph: &Graph, pattern: &Formula, operand: &Access) -> bool {
    match (pattern, &graph.node(operand.node).kind) {
        (Formula::Variable(_), _) => true,
        (Formula::Number(number), _) => graph.as_constant(operand.node) == Some(*number),
        (Formula::Apply(row, _), Kind::Map { function, .. }) => function.0 == row.name,
        (Formula::Apply(..), _) => false,
    }
}

fn match_in_order<'a>(
    graph: &Graph,
    patterns: &'a [Formula],
    operands: &[Access],
    bindings: &mut Bindings<'a>,
) -> bool {
    patterns
        .iter()
        .zip(operands)
        .all(|(pattern, operand)| match_one(graph, pattern, operand, bindings))
}

fn match_one<'a>(
    graph: &Graph,
    pattern: &'a Formula,
    access: &Access,
    bindings: &mut Bindings<'a>,
) -> bool {
    match pattern {
        Formula::Number(number) => graph.as_constant(access.node) == Some(*number),
        Formula::Variable(name) => {
            let constant_only = matches!(name.as_str(), "c" | "d");
            if constant_only && graph.as_constant(access.node).is_none() {
                return false;
            }
            bindings.entry(name).or_insert_with(|| access.clone()) == access
        }
        Formula::Apply(row, patterns) => {
            let Kind::Map { function, operands } = &graph.node(access.node).kind else {
                return false;
            };
            if function.0 != row.name {
                return false;
            }
            let read = |operand: &Access| operand.relabelled(&access.axes).resolved(graph);
            let operands: Vec<Access> = operands.iter().map(read).collect();
            let mut attempt = bindings.clone();
            if match_in_order(graph, patterns, &operands, &mut attempt) {
                *bindings = attempt;
                return true;
            }
            let exchanged: Vec<Access> = operands.into_iter().rev().collect();
            let mut attempt = bindings.clone();
            let matched =
                row.commutative && match_in_order(graph, patterns, &exchanged, &mut attempt);
            if matched {
                *bindings = attempt;
            }
            matched
        }
    }
}

/// A graph made of another.
pub struct Rebuilt {
    /// The graph.
    pub graph: Graph,
    /// The roots in it.
    pub roots: Vec<NodeId>,
    /// Whether any node came out as another one than it was.
    pub is_changed: bool,
}

/// The graph `visit` makes of what the roots depend on.
///
/// `visit` gets each node with its operands already translated, and adds what is to stand for it, in the node's own labels. Names carry
/// over.
pub fn rebuild(
    graph: &Graph,
    roots: &[NodeId],
    visit: &mut dyn FnMut(&mut Graph, NodeId, Kind) -> Result<Access, String>,
) -> Result<Rebuilt, String> {
    let reachable = graph.reachable(roots);
    let mut rebuilt = Graph::default();
    let mut is_changed = false;
    let mut translated: Vec<Option<Access>> = vec![None; graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        let translate = |operand: &Access| -> Result<Access, String> {
            let access = translated[operand.node.0 as usize]
                .as_ref()
                .ok_or("an operand comes after its consumer")?;
            Ok(access.relabelled(&operand.axes))
        };
        let kind = &graph.node(id).kind;
        let operands = kind.operands().iter().map(translate).collect::<Result<_, _>>()?;
        let kind = kind.with_operands(operands);
        let access = visit(&mut rebuilt, id, kind.clone())?;
        is_changed |= access != Access::whole(&rebuilt, access.node)
            || rebuilt.node(access.node).kind != kind;
        if let Some(name) = graph.name(id)
            && access.axes.len() == graph.shape(id).len()
        {
            rebuilt.set_name(access.node, name);
        }
        translated[id.0 as usize] = Some(access);
    }
    let mut new_roots = Vec::new();
    for root in roots {
        let access = translated[root.0 as usize].clone().ok_or("a root was not rebuilt")?;
        let shape = graph.shape(*root).to_vec();
        let labels: Vec<Label> = (0..shape.len() as Label).collect();
        new_roots.push(construct::view(&mut rebuilt, &access, &labels, &shape));
    }
    Ok(Rebuilt { graph: rebuilt, roots: new_roots, is_changed })
}

/// Makes graphs of graphs until a round changes nothing.
///
/// Every rule makes the graph cheaper, so that comes soon; after many rounds the last graph is as good as it gets.
pub fn until_settled(
    graph: &Graph,
    roots: &[NodeId],
    mut round: impl FnMut(&Graph, &[NodeId]) -> Result<Rebuilt, String>,
) -> Result<(Graph, Vec<NodeId>), String> {
    const MOST_ROUNDS: usize = 12;
    let mut last = round(graph, roots)?;
    for _ in 1..MOST_ROUNDS {
        if !last.is_changed {
            break;
        }
        last = round(&last.graph, &last.roots)?;
    }
    Ok((last.graph, last.roots))
}

/// The kind added to the graph as it is, in the labels of a node with this shape.
pub fn keep(
    graph: &mut Graph,
    rules: &Rules,
    kind: &Kind,
    shape: &[Dim],
) -> Result<Access, String> {
    let scope: Vec<Dim> = shape.iter().chain(kind.reduced()).cloned().collect();
    let reduced: Vec<Label> = (shape.len() as Label..scope.len() as Label).collect();
    match kind {
        Kind::Leaf(leaf) => {
            let node = graph.leaf(leaf.clone(), shape.to_vec());
            Ok(Access::whole(graph, node))
        }
        Kind::Map { function, operands } => {
            rules.map(graph, crate::functions::scalar::row(*function)?, operands, &scope)
        }
        Kind::Contraction { operands, .. } => {
            Ok(construct::contract(graph, operands, &reduced, &scope))
        }
        Kind::Extremum { extremum, operand, .. } => {
            Ok(construct::extremum(graph, *extremum, operand, &reduced, &scope))
        }
        Kind::Fold { body, operands, result } => {
            Ok(construct::fold_of_accesses(graph, body, operands, *result))
        }
        Kind::Index { operands, equations, .. } => {
            let (array, integers) = operands.split_first().ok_or("nothing is indexed")?;
            Ok(construct::index(graph, array, integers, equations, &reduced, &scope))
        }
        Kind::Matrix { function, operands, .. } => {
            let row = crate::functions::matrix::row(*function)?;
            let letters = row.letters(shape.len());
            construct::matrix(graph, row, &operands[..row.given().len()], &letters, &scope)
        }
    }
}
