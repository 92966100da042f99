//! Entries: the functions whose results users ask for, and what follows from them.

use super::{Call, Lowered, Lowering, Program, Target, Value, undecidable};
use crate::diagnostic::meaning;
use crate::ir::{Dim, NodeId};
use crate::tree::{Entry, Extent, Model, Name, Objective, Position, ResultKind};

/// The results of a model so far.
#[derive(Default)]
struct Results {
    outputs: Vec<Lowered>,
    target: Option<Target>,
    losses: Vec<Lowered>,
}

impl Lowering<'_> {
    /// Lowers every entry; `None` when errors were found.
    pub(super) fn entries(
        mut self,
        model: &Model,
        arguments: Vec<(NodeId, Value)>,
    ) -> Option<Program> {
        let (nodes, values): (Vec<NodeId>, Vec<Value>) = arguments.into_iter().unzip();
        self.check_weights(model);
        let weights = model.weights.map(|place| nodes[place]);
        let mut results = Results::default();
        for (place, entry) in model.entries.iter().enumerate() {
            let named = |&argument: &usize| {
                (model.arguments[argument].name.text.clone(), values[argument].clone())
            };
            self.names = self.dimensions.clone();
            self.names.extend(entry.arguments.iter().map(named));
            let name = model.functions[entry.function].name.text.clone();
            self.calls = vec![Call { name, at: None, text: None }];
            self.height = crate::tree::height(model.body(entry));
            self.entry(model, place, entry, weights, &mut results);
        }
        let Results { outputs, target, losses } = results;
        self.errors.is_empty().then_some(Program {
            graph: self.graph,
            arguments: nodes,
            outputs,
            target,
            losses,
            required: self.required,
        })
    }

    fn entry(
        &mut self,
        model: &Model,
        place: usize,
        entry: &Entry,
        weights: Option<NodeId>,
        results: &mut Results,
    ) -> Option<()> {
        let body = model.body(entry);
        let at = body.value.at;
        let value = self.block(body);
        match (&entry.result, &model.objective) {
            (ResultKind::Loss { .. }, objective) => {
                let is_main = matches!(objective, Objective::Entry(main) if *main == place);
                let example_loss = self.example_loss(&value, at)?;
                self.name_example_loss(example_loss, &entry.name.text, is_main);
                let loss = if model.has_examples(entry) {
                    let weights = weights.filter(|_| is_main);
                    self.batch_loss(example_loss, model.reduction, weights)
                } else {
                    example_loss
                };
                results.add_loss(&entry.name, loss, is_main);
            }
            (ResultKind::Prediction { shape, .. }, objective) => {
                let prediction = self.prediction(&value, shape, at)?;
                let is_main =
                    model.prediction().is_some_and(|main| main.name.text == entry.name.text);
                let name = if is_main { "prediction" } else { &entry.name.text };
                self.name_node(prediction, name);
                results.outputs.push(Lowered { name: entry.name.clone(), node: prediction });
                if let Objective::OfPrediction(main, loss) = objective
                    && *main == place
                {
                    let (example_loss, target) = self.loss_of_prediction(loss, prediction, at)?;
                    self.name_example_loss(example_loss, "loss", true);
                    results.target = Some(target);
                    let name = Name { text: "loss".to_owned(), at: entry.name.at };
                    let loss = self.batch_loss(example_loss, model.reduction, weights);
                    results.add_loss(&name, loss, true);
                }
            }
        }
        Some(())
    }

    /// Weights are of the examples of the main loss.
    fn check_weights(&mut self, model: &Model) {
        if let Some(place) = model.weights
            && !model.has_examples(model.main_entry())
        {
            let at = model.arguments[place].name.at;
            self.report(meaning::nothing_to_weigh(at, &model.name.text));
        }
    }

    fn name_example_loss(&mut self, node: NodeId, entry: &str, is_main: bool) {
        let name = if is_main { "example_loss".to_owned() } else { format!("example_{entry}") };
        self.name_node(node, &name);
    }

    /// The declared prediction, with the batch as last axis.
    fn prediction(&mut self, value: &Value, declared: &[Extent], at: Position) -> Option<NodeId> {
        self.check_extents("Output", declared);
        let node = self.array(value, at)?;
        let declared: Vec<Dim> = declared.iter().map(|extent| extent.dim.clone()).collect();
        let found = self.example_shape(node);
        if found != declared {
            let undecided = (found.len() == declared.len())
                .then(|| found.iter().zip(&declared).find(|(a, b)| undecidable(a, b)))
                .flatten();
            let diagnostic = match undecided {
                Some((found, declared)) => meaning::undecidable_extents(at, found, declared),
                None => meaning::output_shape_differs(at, &declared, &found),
            };
            self.report(diagnostic);
            return None;
        }
        Some(self.with_batch(node))
    }
}

impl Results {
    fn add_loss(&mut self, name: &Name, node: NodeId, is_main: bool) {
        let place = if is_main { 0 } else { self.losses.len() };
        self.losses.insert(place, Lowered { name: name.clone(), node });
    }
}
