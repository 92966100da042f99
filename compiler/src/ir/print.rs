//! The textual form of a graph, for snapshots, `dump` and bug reports.

use std::fmt::Write;

use super::{
    Access, Dim, Equation, Extremum, FIXED, FoldResult, Graph, Kind, Label, Leaf, NodeId, Order,
    Polynomial,
};

/// One line per node the roots depend on: name, definition with labelled axes, shape; then the roots.
pub fn print(graph: &Graph, roots: &[(String, NodeId)]) -> String {
    let root_ids: Vec<NodeId> = roots.iter().map(|(_, id)| *id).collect();
    let reachable = graph.reachable(&root_ids);
    let mut text = String::new();
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        let node = graph.node(id);
        if matches!(node.kind, Kind::Leaf(Leaf::Constant(_) | Leaf::Extent(_) | Leaf::Named(_))) {
            continue;
        }
        let own = Access::whole(graph, id);
        let _ = writeln!(text, "{} = {}", access(graph, &own, &node.shape), definition(graph, id));
    }
    for (name, id) in roots {
        let _ = writeln!(text, "{name}: {}", node_name(graph, *id));
    }
    text
}

fn definition(graph: &Graph, id: NodeId) -> String {
    let node = graph.node(id);
    let scope = node.scope();
    let extents: Vec<String> = node.shape.iter().map(Dim::to_string).collect();
    let shape = format!("[{}]", extents.join(", "));
    match &node.kind {
        Kind::Leaf(leaf) => format!("{} : {shape}", leaf_text(leaf)),
        Kind::Map { function, operands } => {
            let operands: Vec<String> =
                operands.iter().map(|operand| access(graph, operand, &scope)).collect();
            format!("{}({}) : {shape}", function.0, operands.join(", "))
        }
        Kind::Contraction { operands, summed } => {
            let factors: Vec<String> =
                operands.iter().map(|operand| access(graph, operand, &scope)).collect();
            format!("{}{} : {shape}", range("Σ", node.shape.len(), summed), factors.join("·"))
        }
        Kind::Extremum { extremum, operand, over } => {
            let sign = match extremum {
                Extremum::Max => "max",
                Extremum::Min => "min",
            };
            format!(
                "{}{} : {shape}",
                range(sign, node.shape.len(), over),
                access(graph, operand, &scope)
            )
        }
        Kind::Index { operands, over, equations } => {
            let read: Vec<String> =
                operands.iter().map(|operand| access(graph, operand, &scope)).collect();
            let places: Vec<String> =
                equations.iter().map(|equation| equation_text(equation, &read, &scope)).collect();
            let sign = range("Σ", node.shape.len(), over);
            format!("{sign}{} where {} : {shape}", read[0], places.join(", "))
        }
        Kind::Matrix { function, operands, .. } => {
            let read: Vec<String> =
                operands.iter().map(|operand| access(graph, operand, &scope)).collect();
            format!("{}({}) : {shape}", function.0, read.join(", "))
        }
        Kind::Fold { body, operands, result } => {
            let read: Vec<String> =
                operands.iter().map(|operand| node_name(graph, operand.node)).collect();
            let order = match body.order {
                Order::Forward => "",
                Order::Backward => " backwards",
            };
            let result = match result {
                FoldResult::State(place) => format!("state {place}"),
                FoldResult::Collected(place) => format!("collected {place}"),
                FoldResult::Sum(place) => format!("sum {place}"),
            };
            let head =
                format!("{result} of {}{order} over ({}) : {shape}", body.steps, read.join(", "));
            let named = [("next", &body.next), ("collected", &body.collected), ("sum", &body.sums)];
            let roots: Vec<(String, NodeId)> = named
                .iter()
                .flat_map(|(name, nodes)| {
                    nodes.iter().enumerate().map(move |(k, &id)| (format!("{name} {k}"), id))
                })
                .collect();
            let steps = print(&body.graph, &roots);
            steps.lines().fold(head, |text, line| format!("{text}\n  | {line}"))
        }
    }
}

fn equation_text(equation: &Equation, operands: &[String], scope: &[Dim]) -> String {
    let term = |factor: &Polynomial, name: &str| match factor.as_constant() {
        Some(1) => name.to_string(),
        _ => format!("({factor})·{name}"),
    };
    let position = &equation.position;
    let labels =
        position.labels.iter().map(|(label, factor)| term(factor, &label_text(*label, scope)));
    let integers =
        position.integers.iter().map(|(operand, factor)| term(factor, &operands[*operand]));
    let mut terms: Vec<String> = labels.chain(integers).collect();
    if position.offset != Polynomial::default() || terms.is_empty() {
        terms.push(position.offset.to_string());
    }
    format!("{} = {}", label_text(equation.label, scope), terms.join(" + "))
}

fn leaf_text(leaf: &Leaf) -> String {
    match leaf {
        Leaf::Argument(index) => format!("argument {index}"),
        Leaf::Target => "target".into(),
        Leaf::Direction(index) => format!("direction {index}"),
        Leaf::Weights => "weights".into(),
        Leaf::Constant(bits) => format!("{}", f64::from_bits(*bits)),
        Leaf::Extent(dim) => format!("|{dim}|"),
        Leaf::Named(path) => path.to_string(),
        Leaf::Counter(dim) => format!("0..{dim}"),
        Leaf::Random(distribution, site) => {
            format!("random {site} {distribution}")
        }
        Leaf::Variable(order) => format!("variable {order}"),
        Leaf::State(place) => format!("state {place}"),
        Leaf::Captured(place) => format!("captured {place}"),
        Leaf::Step => "step".into(),
    }
}

fn range(sign: &str, first: usize, reduced: &[Dim]) -> String {
    if reduced.is_empty() {
        return String::new();
    }
    let labels: Vec<String> = reduced
        .iter()
        .enumerate()
        .map(|(k, dim)| {
            if *dim == Dim::Batch {
                "n".into()
            } else {
                format!("{}<{dim}", letter((first + k) as Label))
            }
        })
        .collect();
    format!("{sign}_{{{}}} ", labels.join(","))
}

fn access(graph: &Graph, access: &Access, scope: &[Dim]) -> String {
    let name = node_name(graph, access.node);
    if access.axes.is_empty() {
        return name;
    }
    let labels: Vec<String> = access.axes.iter().map(|&label| label_text(label, scope)).collect();
    format!("{name}[{}]", labels.join(","))
}

fn label_text(label: Label, scope: &[Dim]) -> String {
    match label {
        FIXED => "0".into(),
        _ if scope[label as usize] == Dim::Batch => "n".into(),
        _ => letter(label),
    }
}

/// `i`, `j`, `k`, `l`, `m`, `o`, ... : never `n`, which is the example.
fn letter(label: Label) -> String {
    const LETTERS: &[u8] = b"ijklmopqrstuvwxyz";
    match LETTERS.get(label as usize) {
        Some(&letter) => char::from(letter).to_string(),
        None => format!("i{label}"),
    }
}

fn node_name(graph: &Graph, id: NodeId) -> String {
    match &graph.node(id).kind {
        Kind::Leaf(leaf @ (Leaf::Constant(_) | Leaf::Extent(_) | Leaf::Named(_))) => {
            leaf_text(leaf)
        }
        _ => match graph.name(id) {
            Some(name) => format!("{name}%{}", id.0),
            None => format!("%{}", id.0),
        },
    }
}
