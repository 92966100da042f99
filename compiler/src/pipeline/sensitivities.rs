//! The derivatives that the attribute asks for: whether the model has them, and their plans.

use super::{PlannedSensitivity, argument_leaf, parameters, plan};
use crate::average;
use crate::diagnostic::{Errors, meaning};
use crate::ir::{Dim, Graph, Leaf, NodeId};
use crate::lower::{Program, Target};
use crate::schedule::Root;
use crate::sensitivity::{self, Quantity};
use crate::tree::{Model, Reduction, Role, Sensitivity};

/// What is to be computed for the attribute; what the model does not have is reported.
pub fn check(model: &Model, program: &Program, errors: &mut Errors) -> Vec<Quantity> {
    let target = program.target.as_ref();
    let mut quantities = Vec::new();
    for &(wanted, at) in &model.sensitivities {
        let name = &model.name.text;
        if wanted.is_of_residuals() && model.prediction().is_none() {
            errors.add(meaning::no_residuals(at, wanted.name(), name));
        } else if wanted.is_of_residuals() && matches!(target, Some(Target::Class(..))) {
            errors.add(meaning::residuals_of_class(at, wanted.name(), name));
        } else if wanted.is_of_residuals() && !has_shape_of_target(model, program) {
            errors.add(meaning::residuals_of_shape(at, wanted.name(), name));
        } else if wanted.is_of_residuals() && model.weights.is_some() {
            errors.add(meaning::residuals_with_weights(at, wanted.name(), name));
        } else if wanted == Sensitivity::Inputs && inputs(model).is_empty() {
            errors.add(meaning::no_real_input(at, name));
        } else {
            quantities.extend(quantities_of(wanted, model.prediction().is_some()));
        }
    }
    if model.sensitivities.iter().any(|(wanted, _)| wanted.is_of_residuals()) {
        quantities.push(Quantity::Residuals);
    }
    quantities.sort_unstable();
    quantities
}

/// Whether the prediction has the shape of what the loss compares it with, if it compares it.
fn has_shape_of_target(model: &Model, program: &Program) -> bool {
    let name = model.prediction().map(|entry| &entry.name.text);
    let prediction = program.outputs.iter().find(|output| Some(&output.name.text) == name);
    match (prediction, &program.target) {
        (Some(prediction), Some(Target::Values(dims))) => {
            let shape = program.graph.shape(prediction.node);
            shape.iter().filter(|dim| **dim != Dim::Batch).eq(dims)
        }
        _ => true,
    }
}

fn quantities_of(wanted: Sensitivity, has_prediction: bool) -> Vec<Quantity> {
    match wanted {
        Sensitivity::Jacobian => vec![Quantity::Jacobian],
        Sensitivity::JacobianVectorProduct => vec![Quantity::JacobianVectorProduct],
        Sensitivity::VectorJacobianProduct => vec![Quantity::VectorJacobianProduct],
        Sensitivity::GaussNewton => vec![Quantity::NormalEquations],
        Sensitivity::SparseJacobian => {
            vec![Quantity::SparsePattern, Quantity::SparseJacobian]
        }
        Sensitivity::HessianVectorProduct => vec![Quantity::HessianVectorProduct],
        Sensitivity::Hessian => vec![Quantity::Hessian],
        Sensitivity::Inputs if has_prediction => {
            vec![Quantity::InputGradient, Quantity::InputJacobian]
        }
        Sensitivity::Inputs => vec![Quantity::InputGradient],
    }
}

/// The arguments that are real inputs, in order.
fn inputs(model: &Model) -> Vec<usize> {
    let is_input =
        |&index: &usize| model.arguments[index].role == Role::Input && model.weights != Some(index);
    (0..model.arguments.len()).filter(is_input).collect()
}

/// What derivatives are taken of: the results of a model in their stable form.
pub struct Sources<'a> {
    /// The model.
    pub model: &'a Model,
    /// The results before that.
    pub program: &'a Program,
    /// The losses, then the predictions.
    pub stable: &'a [Root],
}

impl Sources<'_> {
    /// Forms and plans a derivative.
    pub fn plan(
        &self,
        graph: &Graph,
        quantity: Quantity,
        classes: &[Leaf],
    ) -> Result<PlannedSensitivity, String> {
        let mut graph = graph.clone();
        let root = if quantity.is_of_prediction() {
            self.prediction(&mut graph, quantity)?
        } else {
            self.stable[0].node
        };
        let arguments =
            if quantity.is_for_inputs() { inputs(self.model) } else { parameters(self.model) };
        let leaves: Vec<(usize, NodeId)> = arguments
            .into_iter()
            .map(|index| {
                let leaf = self.leaf(&mut graph, index);
                (index, leaf)
            })
            .collect();
        let is_mean = self.model.reduction == Reduction::Mean;
        let results = sensitivity::derive(&mut graph, quantity, root, &leaves, is_mean)?;
        let roots: Vec<Root> =
            results.into_iter().map(|(purpose, node)| Root { node, purpose }).collect();
        let planned = plan(&graph, &roots, classes)?;
        Ok(PlannedSensitivity { quantity, planned })
    }

    /// The prediction, which draws nothing, or what it misses the target by.
    fn prediction(&self, graph: &mut Graph, quantity: Quantity) -> Result<NodeId, String> {
        let name = self.model.prediction().map(|entry| &entry.name.text);
        let place = self.program.outputs.iter().position(|output| Some(&output.name.text) == name);
        let place = place.ok_or("a model without a prediction has no residuals")?;
        let prediction = self.stable[self.program.losses.len() + place].node;
        let (average, roots) = average::average(graph, &[prediction])?;
        *graph = average;
        let has_target = quantity != Quantity::InputJacobian && self.program.target.is_some();
        Ok(sensitivity::residuals(graph, roots[0], has_target))
    }

    fn leaf(&self, graph: &mut Graph, index: usize) -> NodeId {
        let leaf = argument_leaf(graph, self.model, index);
        graph.set_name(leaf, &self.model.arguments[index].name.text.as_str().into());
        leaf
    }
}
