//! The derivation of a gradient as a person would write it: named values, one equation each, forward, loss, backward.
//!
//! What is written down is the simplified graph that the code is made from, so equations and code agree. A value has an equation when the
//! user named it, when it is shared, when it is a result, or when its adjoint has one; everything else is written out where it is used.

mod array;
mod counts;
mod fold;
mod names;
mod place;
mod select;
mod term;
mod write;

use crate::ir::{Fold, Graph, Kind, Leaf, NodeId};
use crate::mathematics::Math;
use crate::pipeline::{Compiled, Planned};
use crate::plan::Purpose;
use crate::schedule::Root;

pub use self::counts::mathematics;
use self::fold::Scope;
pub use self::names::Names;
use self::term::Builder;
use self::write::{Writer, free_labels};

/// The equations of a loss and its gradient, or of a prediction.
#[derive(Debug)]
pub struct Derivation {
    /// From the arguments to the loss, which is the last.
    pub forward: Vec<Equation>,
    /// From the loss to the gradients.
    pub backward: Vec<Equation>,
    /// What values are called.
    pub names: Names,
}

impl Derivation {
    /// All equations, in order.
    pub fn all(&self) -> Vec<Equation> {
        self.forward.iter().chain(&self.backward).cloned().collect()
    }
}

/// One equation.
#[derive(Clone, Debug)]
pub struct Equation {
    /// The node whose value it gives.
    pub node: NodeId,
    /// What is defined; for a gradient, `∂L/∂w` before its name.
    pub left: Vec<Math>,
    /// What it is.
    pub right: Math,
    /// How many loops it stands in.
    pub depth: usize,
}

impl Equation {
    /// The whole equation.
    pub fn math(&self) -> Math {
        Math::Equation(self.left.iter().chain([&self.right]).cloned().collect())
    }
}

/// Writes down a plan's results: a loss and how its gradient follows, or a prediction.
///
/// `result` is what the loss or the prediction is called; the main loss and the prediction have their own letters.
pub fn derive(
    compiled: &Compiled,
    planned: &Planned,
    result: Option<&str>,
) -> Result<Derivation, String> {
    let graph = &planned.graph;
    let roots = &planned.roots;
    let has_equation = select::select(&compiled.model, graph, roots)?;
    let names = Names::new(compiled, planned, result, &has_equation);
    let ids: Vec<NodeId> = roots.iter().map(|root| root.node).collect();
    let reachable = graph.reachable(&ids);
    let is_gradient = |root: &&Root| is_derivative(root.purpose);
    let results = roots.iter().filter(|root| !is_gradient(root));
    let is_forward = graph.reachable(&results.map(|root| root.node).collect::<Vec<NodeId>>());
    let is_read = read_by_others(graph, &reachable);
    let mut derivation = Derivation { forward: Vec::new(), backward: Vec::new(), names };
    let folds = Fold::all(graph, |id| reachable[id.0 as usize]);
    let written = names::names_of_user(&compiled.model);
    for id in graph.ids() {
        let place = id.0 as usize;
        let is_leaf = matches!(graph.node(id).kind, Kind::Leaf(_));
        if let Some(fold) = folds.iter().find(|fold| fold.results[0].0 == id) {
            let (has_equation, names) = (&has_equation, &derivation.names);
            let scope = Scope { graph, has_equation, names, written: &written, depth: 0 };
            let equations = scope.fold(fold)?;
            let is_forward = fold.results.iter().any(|(id, _)| is_forward[id.0 as usize]);
            if is_forward {
                derivation.forward.extend(equations);
            } else {
                derivation.backward.extend(equations);
                derivation.backward.extend(gradients_of_loop(compiled, planned, fold, names));
            }
        }
        if matches!(graph.node(id).kind, Kind::Fold { .. }) {
            continue;
        }
        if reachable[place] && has_equation[place] && !is_leaf {
            let mut equation = equation(graph, &has_equation, &derivation.names, id)?;
            if is_forward[place] {
                derivation.forward.push(equation);
                continue;
            }
            if let Some(purpose) = derivative_of(planned, id) {
                let needs_name = is_read[place] || has_indices(&equation.left[0]);
                if !needs_name && derivation.names.symbol(id).bars == 0 {
                    equation.left.clear();
                }
                equation.left.insert(0, partial(compiled, &derivation.names, purpose));
            }
            derivation.backward.push(equation);
        }
    }
    let repeated = repeated_gradients(compiled, planned, &is_forward, &derivation.names);
    derivation.backward.extend(repeated);
    Ok(derivation)
}

/// The equation of a node: in array form where it has one, in index form otherwise.
fn equation(
    graph: &Graph,
    has_equation: &[bool],
    names: &Names,
    id: NodeId,
) -> Result<Equation, String> {
    let mut builder = Builder::new(graph, has_equation);
    let term = builder.definition(id)?;
    let extents = builder.extents;
    let writer = Writer::new(names, &extents);
    let rank = graph.shape(id).len();
    let axes = writer.in_order(0..rank);
    let depends_on_all = free_labels(&term).len() == rank;
    let array = if depends_on_all { writer.array_form(&term, &axes) } else { None };
    let (left, right) = if let Some(right) = array {
        (Math::Symbol(names.symbol(id)), right)
    } else {
        let labels: Vec<Option<usize>> = (0..rank).map(Some).collect();
        (writer.element(id, &labels), writer.index_form(&term))
    };
    Ok(Equation { node: id, left: vec![left], right, depth: 0 })
}

/// The gradients that are results of a loop.
fn gradients_of_loop(
    compiled: &Compiled,
    planned: &Planned,
    fold: &Fold,
    names: &Names,
) -> Vec<Equation> {
    let gradients = fold.results.iter().filter_map(|&(node, _)| {
        let left = vec![partial(compiled, names, derivative_of(planned, node)?)];
        Some(Equation { node, left, right: Math::Symbol(names.symbol(node)), depth: 0 })
    });
    gradients.collect()
}

fn has_indices(math: &Math) -> bool {
    matches!(math, Math::Symbol(symbol) if !symbol.indices.is_empty())
}

/// For each node, whether another reads it.
fn read_by_others(graph: &Graph, reachable: &[bool]) -> Vec<bool> {
    let mut read = vec![false; graph.len()];
    for id in graph.ids().filter(|id| reachable[id.0 as usize]) {
        for operand in graph.node(id).kind.operands() {
            read[operand.resolved(graph).node.0 as usize] = true;
        }
    }
    read
}

/// The first derivative that the node is.
fn derivative_of(planned: &Planned, id: NodeId) -> Option<Purpose> {
    let mut roots = planned.roots.iter().filter(|root| root.node == id);
    roots.find(|root| is_derivative(root.purpose)).map(|root| root.purpose)
}

fn is_derivative(purpose: Purpose) -> bool {
    match purpose {
        Purpose::Gradient(_) | Purpose::Columns(_) | Purpose::Block(..) => true,
        Purpose::Loss | Purpose::Prediction | Purpose::Residual | Purpose::Entries(_) => false,
    }
}

/// `∂L/∂w`, `∂p/∂w` or `∂²L/∂v∂w`.
fn partial(compiled: &Compiled, names: &Names, purpose: Purpose) -> Math {
    let of = |name: &str| Math::Partial(Box::new(Math::symbol(name)));
    let parameter = |argument: usize| compiled.model.arguments[argument].name.text.as_str();
    let first = |result: &str, argument| Math::quotient(of(result), Some(of(parameter(argument))));
    match purpose {
        Purpose::Columns(argument) => first(&names.prediction, argument),
        Purpose::Block(rows, columns) => {
            let parts = [names.loss.as_str(), parameter(rows), parameter(columns)];
            Math::SecondPartial(Box::new(parts.map(Math::symbol)))
        }
        Purpose::Gradient(argument) => first(&names.loss, argument),
        Purpose::Loss | Purpose::Prediction | Purpose::Residual | Purpose::Entries(_) => {
            Math::symbol(&names.loss)
        }
    }
}

/// Gradients that are a value which has its equation already: an input, a constant, a value of the model, another gradient.
fn repeated_gradients(
    compiled: &Compiled,
    planned: &Planned,
    is_forward: &[bool],
    names: &Names,
) -> Vec<Equation> {
    let graph = &planned.graph;
    let mut equations = Vec::new();
    let mut seen: Vec<NodeId> = Vec::new();
    for root in &planned.roots {
        if !is_derivative(root.purpose) {
            continue;
        }
        let node = &graph.node(root.node).kind;
        let is_leaf = matches!(node, Kind::Leaf(_));
        if is_leaf || is_forward[root.node.0 as usize] || seen.contains(&root.node) {
            let right = match node {
                Kind::Leaf(Leaf::Constant(bits)) => Math::Number(f64::from_bits(*bits)),
                Kind::Leaf(Leaf::Extent(dim)) => names.extent(dim),
                _ => Math::Symbol(names.symbol(root.node)),
            };
            let left = vec![partial(compiled, names, root.purpose)];
            equations.push(Equation { node: root.node, left, right, depth: 0 });
        }
        seen.push(root.node);
    }
    equations
}
