//! Tree to graph: names, shapes, the batch label, and the loss of a batch.
//!
//! The body of a model is written for one example. Lowering gives every value its per-example shape and, where it depends on an input, the
//! label of the batch as one more axis, the last; nothing else about batches has to be done anywhere. Every mistake in names or shapes is
//! found here, at the user's sub-expression; what comes after cannot fail.

mod arranging;
mod binding;
mod call;
mod condition;
mod definition;
mod derivative;
mod describe;
mod elementwise;
mod entry;
mod expression;
mod function;
mod generating;
mod indexing;
mod integer;
mod joining;
mod loops;
mod loss;
mod matrix;
mod products;
mod random;
mod reduction;
mod running;
mod scalar;
mod shaping;

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::diagnostic::{Diagnostic, Errors, meaning};
use crate::functions::scalar::Scalar;
use crate::ir::{Access, Dim, Graph, Label, Leaf, NodeId, Polynomial};
use crate::tree::{
    Argument, Binding, ExprKind, Extent, Function, Model, Name, Position, Role, ScalarType,
};

/// A model as a graph.
#[derive(Clone, Debug)]
pub struct Program {
    /// The graph.
    pub graph: Graph,
    /// The node of each argument, in the order of the model's.
    pub arguments: Vec<NodeId>,
    /// The predictions, each with the batch as its last axis.
    pub outputs: Vec<Lowered>,
    /// What the main loss compares the prediction with.
    pub target: Option<Target>,
    /// The losses of the batch, scalars; the main one is the first.
    pub losses: Vec<Lowered>,
    /// Extents that are at least 1 for some dimensions only: models with others do not exist.
    pub required: Vec<Dim>,
}

/// A result of a model.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// What it is called.
    pub name: Name,
    /// Its value.
    pub node: NodeId,
}

impl Program {
    /// The main loss.
    pub fn loss(&self) -> NodeId {
        self.losses[0].node
    }
}

/// What a loss compares a prediction with.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// Real values of this shape.
    Values(Vec<Dim>),
    /// Class indices below the bound, of this shape.
    Class(Dim, Vec<Dim>),
}

/// Lowers a model. `None` when errors were found.
pub fn lower(model: &Model, errors: &mut Errors) -> Option<Program> {
    let mut lowering = Lowering {
        graph: Graph::default(),
        errors,
        scalar: model.scalar,
        functions: &model.functions,
        rows: BTreeMap::new(),
        dimensions: dimensions(model),
        outer_constants: model.outer_constants.iter().map(|name| name.text.as_str()).collect(),
        names: Vec::new(),
        calls: Vec::new(),
        height: 0,
        inlined: 0,
        draws: 0,
        required: Vec::new(),
        variables: derivative::Variables::of(model),
        around: Vec::new(),
    };
    lowering.rows = lowering.declared_rows(model);
    lowering.constants(model);
    let arguments = lowering.arguments(model);
    lowering.check_roles(model);
    lowering.entries(model, arguments)
}

/// The names of dimensions, which are their extents in a body.
fn dimensions(model: &Model) -> Vec<(String, Value)> {
    let symbols = model.symbols.iter().map(|symbol| &symbol.name.text);
    let extent = |name: &String| Polynomial::from(&Dim::named(name));
    symbols
        .map(|name| (name.clone(), Value::Integer(integer::Affine::constant(extent(name)))))
        .collect()
}

/// What a name or an expression stands for.
#[derive(Clone, Debug)]
enum Value {
    /// Numbers.
    Array(NodeId),
    /// Class indices below the bound.
    Class(NodeId, Dim),
    /// An integer: a dimension, a loop counter, arithmetic of those.
    Integer(integer::Affine),
    /// A condition: 1 where it holds, 0 where it does not.
    Condition(NodeId),
    /// The axes a definition was called with, counted from 0.
    Axes(Vec<usize>),
    /// Nothing known: an error has been reported.
    Unknown,
}

impl Value {
    /// The value with other nodes: what it is inside the body of a loop.
    fn map_nodes(&self, map: &mut dyn FnMut(NodeId) -> NodeId) -> Value {
        match self {
            Value::Array(node) => Value::Array(map(*node)),
            Value::Class(node, bound) => Value::Class(map(*node), bound.clone()),
            Value::Integer(affine) => {
                let terms = affine
                    .terms
                    .iter()
                    .map(|term| integer::Term { node: map(term.node), ..term.clone() });
                Value::Integer(integer::Affine { terms: terms.collect(), ..affine.clone() })
            }
            Value::Condition(node) => Value::Condition(map(*node)),
            Value::Axes(axes) => Value::Axes(axes.clone()),
            Value::Unknown => Value::Unknown,
        }
    }
}

/// The state of lowering.
struct Lowering<'a> {
    graph: Graph,
    errors: &'a mut Errors,
    /// What literals must be numbers of.
    scalar: ScalarType,
    /// The model's own functions.
    functions: &'a [Function],
    /// The rows of the model's own functions of numbers, by name.
    rows: BTreeMap<String, &'static Scalar>,
    /// The names of the model's dimensions and constants, which every body sees.
    dimensions: Vec<(String, Value)>,
    /// The constants of the scope, which every body sees.
    outer_constants: Vec<&'a str>,
    /// Names in scope; a later entry shadows an earlier one.
    names: Vec<(String, Value)>,
    /// Functions and definitions being inlined, outermost first.
    calls: Vec<Call>,
    /// The height of the trees of the functions being inlined.
    height: usize,
    /// How many calls of functions have been inlined.
    inlined: usize,
    /// How many random values there are so far: each has a number of its own.
    draws: usize,
    /// Extents of parts that are at least 1 for some dimensions only.
    required: Vec<Dim>,
    /// The names that derivatives are taken for, and the variables that are held apart for that.
    variables: derivative::Variables,
    /// What the loops around what is being lowered stand in, outermost first.
    around: Vec<Around>,
}

/// What a loop stands in while its body is being lowered.
struct Around {
    graph: Graph,
    /// What the body captures.
    captured: Vec<NodeId>,
}

/// A function or a definition that is being inlined.
#[derive(Clone, Debug)]
struct Call {
    /// Its name.
    name: String,
    /// Where it was called; `None` for an entry, which users call.
    at: Option<Position>,
    /// The call as written; `None` for a definition of ours and for an entry.
    text: Option<String>,
}

impl Call {
    /// Whether it is a definition of ours.
    fn is_built_in(&self) -> bool {
        self.at.is_some() && self.text.is_none()
    }
}

impl Lowering<'_> {
    fn arguments(&mut self, model: &Model) -> Vec<(NodeId, Value)> {
        model
            .arguments
            .iter()
            .enumerate()
            .map(|(index, argument)| self.argument(index, argument))
            .collect()
    }

    fn argument(&mut self, index: usize, argument: &Argument) -> (NodeId, Value) {
        self.check_extents(&argument.name.text, &argument.shape);
        let mut shape: Vec<Dim> = argument.shape.iter().map(|extent| extent.dim.clone()).collect();
        if argument.role.is_of_example() {
            shape.push(Dim::Batch);
        }
        let node = self.graph.leaf(Leaf::Argument(index), shape);
        self.name_node(node, &argument.name.text);
        let value = match &argument.role {
            Role::Index(bound) => Value::Class(node, bound.clone()),
            Role::Input | Role::Param(_) | Role::Data => Value::Array(node),
        };
        (node, value)
    }

    /// No extent is zero, and the number of elements fits an address.
    fn check_extents(&mut self, name: &str, shape: &[Extent]) {
        let mut elements: u64 = 1;
        for extent in shape {
            let Dim::Fixed(number) = extent.dim else { continue };
            if number == 0 {
                self.report(meaning::impossible_extent(extent.at, name, "an extent is 0"));
                return;
            }
            match elements.checked_mul(number).filter(|&product| product <= isize::MAX as u64 / 8) {
                Some(product) => elements = product,
                None => {
                    self.report(meaning::impossible_extent(
                        extent.at,
                        name,
                        "it has more elements than fit in memory",
                    ));
                    return;
                }
            }
        }
    }

    /// The constants beside the functions, which every body sees; one that extents are made of is a dimension already.
    fn constants(&mut self, model: &Model) {
        for Binding { name, value } in &model.literals {
            if model.symbols.iter().any(|symbol| symbol.name.text == name.text) {
                continue;
            }
            let value = match value.kind {
                ExprKind::Integer(number) => {
                    Value::Integer(integer::Affine::constant(Polynomial::constant(number)))
                }
                _ => self.expression(value),
            };
            self.dimensions.push((name.text.clone(), value));
        }
    }

    fn check_roles(&mut self, model: &Model) {
        if !model.arguments.iter().any(|argument| matches!(argument.role, Role::Param(_))) {
            self.report(meaning::nothing_to_train(model.name.at, &model.name.text));
        }
    }

    /// The number survives in the scalar type of the model.
    fn check_number(&mut self, number: f64, at: Position) {
        if let Some(becomes) = self.scalar.turns_into(number).filter(|_| at != Position::BUILT_IN) {
            self.report(meaning::literal_out_of_range(at, &format!("{number:e}"), becomes));
        }
    }

    /// Whether the text being lowered is a definition of ours.
    fn is_in_library(&self) -> bool {
        self.calls.last().is_some_and(Call::is_built_in)
    }

    /// Reports at the user's source: a problem inside a definition is shown where the definition was called, one inside a function of the
    /// model in that function, with the calls that lead there.
    fn report(&mut self, mut diagnostic: Diagnostic) {
        let own =
            self.calls.iter().rposition(|call| !call.is_built_in()).map_or(0, |last| last + 1);
        if diagnostic.at == Position::BUILT_IN
            && let Some(Call { name, at: Some(at), .. }) = self.calls.get(own)
        {
            diagnostic.at = *at;
            diagnostic.message = format!("in `{name}`: {}", diagnostic.message);
        }
        for call in self.calls[..own].iter().rev() {
            if let Some(text) = &call.text {
                diagnostic.calls.push(meaning::call_note(&call.name, text));
            }
        }
        self.errors.add(diagnostic);
    }

    fn name_node(&mut self, node: NodeId, name: &str) {
        self.graph.set_name(node, &Rc::from(name));
    }

    /// The shape for one example.
    fn example_shape(&self, node: NodeId) -> Vec<Dim> {
        self.graph.shape(node).iter().filter(|dim| **dim != Dim::Batch).cloned().collect()
    }

    /// The value with the batch as its last axis, copied along it if need be.
    fn with_batch(&mut self, node: NodeId) -> NodeId {
        if self.graph.is_batched(node) {
            return node;
        }
        let mut scope = self.graph.shape(node).to_vec();
        scope.push(Dim::Batch);
        let access = Access::whole(&self.graph, node);
        let labels: Vec<Label> = (0..scope.len() as Label).collect();
        crate::construct::view(&mut self.graph, &access, &labels, &scope)
    }

    /// The node as a consumer with these labels for its per-example axes and `batch` for the examples reads it.
    fn read(&self, node: NodeId, labels: &[Label], batch: Label) -> Access {
        let mut axes = labels.to_vec();
        if self.graph.is_batched(node) {
            axes.push(batch);
        }
        Access { node, axes }
    }

    /// The numbers a value is, or an error.
    fn array(&mut self, value: &Value, at: Position) -> Option<NodeId> {
        match value {
            Value::Array(node) => Some(*node),
            Value::Class(node, _) => {
                let name = self.graph.name(*node).map_or("the class", |name| name).to_string();
                self.report(meaning::class_is_not_a_number(at, &name));
                None
            }
            Value::Integer(affine) => Some(self.number(affine)),
            // In definitions of ours a condition is also the number 0 or 1.
            Value::Condition(node) if at == Position::BUILT_IN => Some(*node),
            Value::Condition(_) => {
                self.report(meaning::condition_is_not_a_number(at));
                None
            }
            Value::Axes(_) => {
                self.report(meaning::not_a_value(at, "a list of axes"));
                None
            }
            Value::Unknown => None,
        }
    }
}

/// Whether it depends on values chosen later if two extents are equal.
fn undecidable(left: &Dim, right: &Dim) -> bool {
    let is_formula = |dim: &Dim| matches!(dim, Dim::Composite(_) | Dim::Quotient(..));
    let symbolic = is_formula(left) || is_formula(right);
    let difference = Polynomial::from(left).plus(&Polynomial::from(right).scaled(-1));
    symbolic && difference.as_constant().is_none()
}
