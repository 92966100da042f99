//! From a prediction to the loss of one example, and from the losses of the examples to the loss of a batch.

use super::{Lowering, Target, Value};
use crate::construct;
use crate::diagnostic::{did_you_mean, meaning};
use crate::functions::library::{self, Definition, DefinitionKind};
use crate::functions::scalar::{ADD, DIV, SUB, Scalar};
use crate::ir::{Access, Dim, Function, Kind, Leaf, NodeId};
use crate::tree::{Expr, Loss, Name, Position, Reduction};

impl Lowering<'_> {
    /// The loss of one example, and what the prediction is compared with.
    pub(super) fn loss_of_prediction(
        &mut self,
        loss: &Loss,
        prediction: NodeId,
        at: Position,
    ) -> Option<(NodeId, Target)> {
        match loss {
            Loss::Named { name, settings } => {
                let (value, target) = self.named_loss(name, settings, prediction)?;
                Some((self.example_loss(&value, name.at)?, target))
            }
            Loss::Closure { prediction: prediction_name, target: target_name, body } => {
                let shape = self.example_shape(prediction);
                let target = self.target_values(&shape);
                let value = self.bound(&prediction_name.text, Value::Array(prediction));
                self.names.push((prediction_name.text.clone(), value));
                self.names.push((target_name.text.clone(), Value::Array(target)));
                let value = self.block(body);
                let at = if body.value.at == Position::BUILT_IN { at } else { body.value.at };
                Some((self.example_loss(&value, at)?, Target::Values(shape)))
            }
        }
    }

    fn named_loss(
        &mut self,
        name: &Name,
        settings: &[Expr],
        prediction: NodeId,
    ) -> Option<(Value, Target)> {
        let definition = self.find_loss(name)?;
        let DefinitionKind::Loss(wants) = definition.kind else { return None };
        let shape = self.example_shape(prediction);
        let target = match wants {
            library::Target::Same => Target::Values(shape),
            library::Target::Slice(_) => {
                Target::Values(shape.get(1..).unwrap_or_default().to_vec())
            }
            library::Target::Class => match shape.split_last() {
                Some((classes, places)) => Target::Class(classes.clone(), places.to_vec()),
                None => {
                    self.report(meaning::loss_needs_shape(
                        name.at,
                        definition.name,
                        "a vector of logits",
                        &shape,
                    ));
                    return None;
                }
            },
        };
        let target_value = match &target {
            Target::Values(shape) => Value::Array(self.target_values(shape)),
            Target::Class(bound, shape) => Value::Class(self.target_values(shape), bound.clone()),
        };
        let mut names = vec![
            ("prediction".to_string(), Value::Array(prediction)),
            ("target".to_string(), target_value),
        ];
        self.settings(definition, settings, name.at, &mut names)?;
        let value = self.inline(definition, names, None, name.at)?;
        Some((value, target))
    }

    fn find_loss(&mut self, name: &Name) -> Option<&'static Definition> {
        let losses: Vec<&'static Definition> = library::definitions()
            .filter(|one| matches!(one.kind, DefinitionKind::Loss(_)))
            .collect();
        let found = losses.iter().find(|one| one.names().any(|known| known == name.text));
        if found.is_none() {
            let known: Vec<&str> = losses.iter().map(|one| one.name).collect();
            let all_names = losses.iter().flat_map(|one| one.names());
            let meant = crate::functions::foreign::our_name(&name.text)
                .filter(|ours| known.contains(ours))
                .or_else(|| did_you_mean(&name.text, all_names));
            self.report(meaning::unknown_loss(name.at, &name.text, meant, &known));
        }
        found.copied()
    }

    /// Binds the settings of a loss: numbers in order, defaults for the rest.
    fn settings(
        &mut self,
        definition: &'static Definition,
        given: &[Expr],
        at: Position,
        names: &mut Vec<(String, Value)>,
    ) -> Option<()> {
        let known: Vec<_> = definition.settings().collect();
        if given.len() > known.len() {
            self.report(meaning::loss_settings(at, definition.name, known.len(), given.len()));
            return None;
        }
        for (index, parameter) in known.iter().enumerate() {
            let value = match given.get(index) {
                Some(source) => {
                    self.argument_of(definition, parameter.name, parameter.kind, source)?
                }
                None => self.default_of(parameter, names)?,
            };
            names.push((parameter.name.to_string(), value));
        }
        Some(())
    }

    fn target_values(&mut self, shape: &[Dim]) -> NodeId {
        let mut shape = shape.to_vec();
        shape.push(Dim::Batch);
        let node = self.graph.leaf(Leaf::Target, shape);
        self.name_node(node, "target");
        node
    }

    /// A value as the loss of one example: a single number.
    pub(super) fn example_loss(&mut self, value: &Value, at: Position) -> Option<NodeId> {
        let node = self.array(value, at)?;
        let shape = self.example_shape(node);
        if shape.is_empty() {
            return Some(node);
        }
        self.report(meaning::loss_is_not_scalar(at, &shape));
        None
    }

    /// The loss of a batch: the mean or the sum of the examples' losses.
    ///
    /// What does not depend on the example, such as a regularizer, is taken out of the sum: it is computed once, and has no weight.
    pub(super) fn batch_loss(
        &mut self,
        example_loss: NodeId,
        reduction: Reduction,
        weights: Option<NodeId>,
    ) -> NodeId {
        let access = self.read(example_loss, &[], 0);
        let weights = weights.map(|weights| self.read(weights, &[], 0));
        let loss = self.over_examples(&access, reduction, weights.as_ref());
        construct::view(&mut self.graph, &loss, &[], &[Dim::Batch])
    }

    /// The loss of one example, whose label is the only one, over all of them.
    fn over_examples(
        &mut self,
        loss: &Access,
        reduction: Reduction,
        weights: Option<&Access>,
    ) -> Access {
        let scope = [Dim::Batch];
        if let Kind::Map { function: Function(name), operands } =
            self.graph.node(loss.node).kind.clone()
            && let Some(sum) = sum_of(name).filter(|sum| sum.name == ADD.name || weights.is_some())
            && operands.iter().any(|operand| !self.graph.is_batched(operand.node))
        {
            let parts: Vec<Access> = operands
                .iter()
                .map(|operand| {
                    self.over_examples(&operand.relabelled(&loss.axes), reduction, weights)
                })
                .collect();
            return construct::map(&mut self.graph, sum, &parts, &scope);
        }
        let graph = &mut self.graph;
        let weighted = weights.filter(|_| loss.reads(0)).into_iter().chain([loss]).cloned();
        match (reduction, loss.reads(0)) {
            (Reduction::Mean, false) => loss.clone(),
            (Reduction::Sum, _) => {
                construct::contract(graph, &weighted.collect::<Vec<_>>(), &[0], &scope)
            }
            (Reduction::Mean, true) => {
                let count = Access::scalar(construct::extent(graph, &Dim::Batch));
                let one = Access::scalar(graph.constant(1.0));
                let share = construct::map(graph, DIV, &[one, count], &scope);
                let factors: Vec<Access> = [share].into_iter().chain(weighted).collect();
                construct::contract(graph, &factors, &[0], &scope)
            }
        }
    }
}

/// The function of this name, if it adds or subtracts.
fn sum_of(name: &str) -> Option<&'static Scalar> {
    [ADD, SUB].into_iter().find(|sum| sum.name == name)
}
