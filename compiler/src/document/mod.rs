//! What a model's documentation says: as rustdoc of the generated items and as text for a terminal.

mod costs;
mod methods;
mod notation;
mod rustdoc;
mod shapes;
mod text;

use crate::cost::{self, Cost};
use crate::derivation::{self, Derivation};
use crate::ir::{Kind, Leaf};
use crate::pipeline::Compiled;
use crate::tree::{ResultKind, Role, SymbolSource};

/// A model with its equations and counts, ready to be written down.
#[derive(Debug)]
pub struct Document<'a> {
    compiled: &'a Compiled,
    /// The name of the generated struct.
    type_name: String,
    derivation: Derivation,
    cost: Cost,
}

impl<'a> Document<'a> {
    /// Derives and counts; `type_name` is that of the generated struct.
    pub fn new(compiled: &'a Compiled, type_name: &str) -> Result<Document<'a>, String> {
        Ok(Document {
            compiled,
            type_name: type_name.to_string(),
            derivation: derivation::derive(compiled)?,
            cost: cost::cost(compiled),
        })
    }

    /// Whether the model has a prediction.
    fn predicts(&self) -> bool {
        matches!(self.compiled.model.result, ResultKind::Prediction { .. })
    }

    /// Whether a step draws random numbers.
    fn draws_numbers(&self) -> bool {
        let graph = &self.compiled.gradient.graph;
        graph.ids().any(|id| matches!(graph.node(id).kind, Kind::Leaf(Leaf::Random(..))))
    }

    /// Whether there are examples; without, the loss is an objective of parameters and data.
    fn has_examples(&self) -> bool {
        self.compiled.model.has_examples()
    }

    /// Whether dimensions are chosen when the program runs.
    fn is_dynamic(&self) -> bool {
        let symbols = &self.compiled.model.symbols;
        symbols.iter().any(|symbol| symbol.source == SymbolSource::RunTime)
    }

    /// The arguments of `batch` or `predict`, by name, the target last where it is wanted.
    fn given(&self, target: bool) -> Vec<&str> {
        let arguments = self.compiled.model.arguments.iter();
        let given = arguments.filter(|argument| !matches!(argument.role, Role::Param(_)));
        let target = (target && self.compiled.target.is_some()).then_some("target");
        given.map(|argument| argument.name.text.as_str()).chain(target).collect()
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(String::from).collect()
}
