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
use crate::sensitivity::Quantity;
use crate::tree::{Argument, Entry, Model, Role, SymbolSource};

/// A model with its equations and counts, ready to be written down.
#[derive(Debug)]
pub struct Document<'a> {
    compiled: &'a Compiled,
    /// The name of the generated struct.
    type_name: String,
    /// The main loss and its gradient.
    derivation: Derivation,
    /// The other losses with their gradients, by name.
    losses: Vec<(String, Derivation)>,
    /// The predictions that the main loss is not made from by the attribute, by name.
    outputs: Vec<(String, Derivation)>,
    /// The derivatives that the attribute asks for and that have equations of their own, by title.
    matrices: Vec<(&'static str, Derivation)>,
    cost: Cost,
}

impl<'a> Document<'a> {
    /// Derives and counts; `type_name` is that of the generated struct.
    pub fn new(compiled: &'a Compiled, type_name: &str) -> Result<Document<'a>, String> {
        let main = &compiled.model.main_entry().name.text;
        let losses = compiled.losses[1..].iter().map(|loss| {
            let derivation = derivation::derive(compiled, &loss.gradient, Some(&loss.name))?;
            Ok((loss.name.clone(), derivation))
        });
        let outputs = compiled.outputs.iter().filter(|(name, _)| name != main);
        let outputs = outputs.map(|(name, planned)| {
            Ok((name.clone(), derivation::derive(compiled, planned, None)?))
        });
        let matrices = compiled.sensitivities.iter().filter_map(|found| {
            let title = match found.quantity {
                Quantity::Jacobian => "The Jacobian",
                Quantity::Hessian => "The Hessian",
                Quantity::InputJacobian => "The Jacobian for the inputs",
                _ => return None,
            };
            let derivation = derivation::derive(compiled, &found.planned, None);
            Some(derivation.map(|derivation| (title, derivation)))
        });
        Ok(Document {
            compiled,
            type_name: type_name.to_string(),
            derivation: derivation::derive(compiled, compiled.gradient(), None)?,
            losses: losses.collect::<Result<_, String>>()?,
            outputs: outputs.collect::<Result<_, String>>()?,
            matrices: matrices.collect::<Result<_, String>>()?,
            cost: cost::cost(compiled),
        })
    }

    /// Every derivation: of the main loss, the other losses, the predictions.
    fn derivations(&self) -> impl Iterator<Item = &Derivation> {
        let others = self.losses.iter().chain(&self.outputs).map(|(_, derivation)| derivation);
        let matrices = self.matrices.iter().map(|(_, derivation)| derivation);
        std::iter::once(&self.derivation).chain(others).chain(matrices)
    }

    /// Whether a step draws random numbers.
    fn draws_numbers(&self) -> bool {
        self.compiled.losses.iter().any(|loss| {
            let graph = &loss.gradient.graph;
            graph.ids().any(|id| matches!(graph.node(id).kind, Kind::Leaf(Leaf::Random(..))))
        })
    }

    /// Whether a batch has examples: some entry takes what differs from one to the next.
    fn takes_examples(&self) -> bool {
        self.compiled.model.arguments.iter().any(|argument| argument.role.is_of_example())
    }

    /// Whether there are examples; without, the main loss is an objective of parameters and data.
    fn has_examples(&self) -> bool {
        self.compiled.model.has_examples(self.compiled.model.main_entry())
    }

    /// Whether dimensions are chosen when the program runs.
    fn is_dynamic(&self) -> bool {
        let symbols = &self.compiled.model.symbols;
        symbols.iter().any(|symbol| symbol.source == SymbolSource::RunTime)
    }

    /// The arguments of `batch`, the target and the weights last, or of the method of an entry.
    fn given(&self, entry: Option<&Entry>) -> Vec<&str> {
        let arguments = self.arguments_of(entry);
        let given = arguments.filter(|argument| !matches!(argument.role, Role::Param(_)));
        let target = (entry.is_none() && self.compiled.target.is_some()).then_some("target");
        let weights = self.weights().filter(|_| entry.is_none());
        let weights = weights.map(|argument| argument.name.text.as_str());
        let given = given.map(|argument| argument.name.text.as_str());
        given.chain(target).chain(weights).collect()
    }

    /// The weight of each example, if there is one.
    fn weights(&self) -> Option<&Argument> {
        let model = &self.compiled.model;
        model.weights.map(|place| &model.arguments[place])
    }

    /// The arguments of an entry, or of all.
    fn arguments_of(&self, entry: Option<&Entry>) -> impl Iterator<Item = &Argument> {
        let Model { arguments, weights, .. } = &self.compiled.model;
        let all = || (0..arguments.len()).filter(|place| Some(*place) != *weights).collect();
        let places: Vec<usize> = entry.map_or_else(all, |entry| entry.arguments.clone());
        places.into_iter().map(|place| &arguments[place])
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(String::from).collect()
}
