//! The documentation of the generated methods.

use super::{Document, lines};
use crate::ir::Dim;
use crate::lower::Target;
use crate::tree::{Argument, Entry, Reduction, ResultKind, Role};

impl Document<'_> {
    /// `batch`.
    pub fn of_batch(&self) -> Vec<String> {
        let dims = if self.is_dynamic() {
            "- `dims`: the dimensions of the model the batch is for\n"
        } else {
            ""
        };
        let arguments = self.arguments(None);
        let errors = self.errors();
        if !self.takes_examples() {
            return lines(&format!(
                "Checks the data, once, for this model.\n\n{dims}{arguments}\n{ROW_MAJOR}\n\n# Errors\n{errors}"
            ));
        }
        lines(&format!(
            "Checks examples, once, for this model.\n\n{dims}{arguments}\n{ROWS}\n\n# Errors\n{errors}"
        ))
    }

    /// The method of an entry that predicts.
    pub fn of_output(&self, entry: &Entry) -> Vec<String> {
        let ResultKind::Prediction { shape, .. } = &entry.result else {
            return Vec::new();
        };
        let shape = self.declared(shape.iter().map(|extent| &extent.dim));
        let arguments = self.arguments(Some(entry));
        let errors = self.errors();
        let prediction = self.compiled.model.prediction().map(|entry| &entry.name.text);
        let what = if Some(&entry.name.text) == prediction {
            "The predictions".to_string()
        } else {
            format!("The outputs `{}`", entry.name.text)
        };
        let draws = if self.draws_numbers() {
            " Nothing is drawn: random numbers are their means."
        } else {
            ""
        };
        let memory = if Some(&entry.name.text) == prediction {
            "Allocates; in a loop over checked batches, [`Predict::predict_into`] reuses its memory.\n\n"
        } else {
            ""
        };
        lines(&format!(
            "{what}, in rows: {shape} for each example.{draws}\n\n{memory}{arguments}\n{ROWS}\n\n# Errors\n{errors}"
        ))
    }

    /// `loss`.
    pub fn of_loss(&self) -> Vec<String> {
        let what = match self.compiled.model.reduction {
            _ if !self.has_examples() => "The loss.",
            Reduction::Mean => "The loss of a batch: the mean of its examples' losses.",
            Reduction::Sum => "The loss of a batch: the sum of its examples' losses.",
        };
        let draws = if self.draws_numbers() {
            "Random numbers are drawn for a batch with [`Batch::with_randomness`], and are their means for \
             others.\n\n"
        } else {
            ""
        };
        lines(&format!(
            "{what}\n\n{draws}Allocates a workspace; in a loop, [`Model::loss_into`] reuses one."
        ))
    }

    /// `loss_and_gradient`.
    pub fn of_loss_and_gradient(&self) -> Vec<String> {
        let loss = &self.derivation.names.loss;
        let (of, pass) =
            if self.has_examples() { (" of a batch", " over the examples") } else { ("", "") };
        lines(&format!(
            "The loss{of} and its gradient `∂{loss}/∂θ`, which has the model's own shape.\n\n\
             One pass{pass} gives both, by the equations in the documentation of the type.\n\n\
             Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory."
        ))
    }

    /// The method of another loss than the main one.
    pub fn of_other_loss(&self, entry: &Entry) -> Vec<String> {
        let name = &entry.name.text;
        let what = match self.compiled.model.reduction {
            _ if !self.compiled.model.has_examples(entry) => "",
            Reduction::Mean => " of a batch: the mean of its examples'",
            Reduction::Sum => " of a batch: the sum of its examples'",
        };
        lines(&format!(
            "The loss `{name}`{what}.\n\n\
             Allocates a workspace; in a loop, `{name}_into` reuses one."
        ))
    }

    /// The same with its gradient.
    pub fn of_other_gradient(&self, name: &str) -> Vec<String> {
        lines(&format!(
            "The loss `{name}` and its gradient `∂{name}/∂θ`, which has the model's own shape.\n\n\
             Allocates; in a loop, `{name}_and_gradient_into` reuses its memory."
        ))
    }

    /// `w1`.
    pub fn of_view(&self, parameter: &Argument) -> Vec<String> {
        lines(&format!("{}.", self.about(parameter)))
    }

    /// `w1_mut`.
    pub fn of_view_mut(&self, parameter: &Argument) -> Vec<String> {
        lines(&format!("{}; to be changed.", self.about(parameter)))
    }

    fn about(&self, parameter: &Argument) -> String {
        let order = if parameter.shape.len() > 1 { ", row-major" } else { "" };
        let shape = self.declared(parameter.shape.iter().map(|extent| &extent.dim));
        format!("The parameter `{}`: {shape}{order}", parameter.name.text)
    }

    /// One line for each slice that an entry takes, or `batch`.
    fn arguments(&self, entry: Option<&Entry>) -> String {
        let mut list = String::new();
        for argument in self.arguments_of(entry) {
            let shape = self.declared(argument.shape.iter().map(|extent| &extent.dim));
            let what = match &argument.role {
                Role::Param(_) => continue,
                Role::Input => format!("{shape} for each example"),
                Role::Data if !self.takes_examples() => shape,
                Role::Data => format!("{shape}, shared by all examples"),
                Role::Index(bound) => {
                    let shape = argument.shape.iter().map(|extent| &extent.dim);
                    let what = self.integers(["an index", "indices"], bound, shape);
                    format!("{what} for each example")
                }
            };
            list.extend(["- `", &argument.name.text, "`: ", &what, "\n"]);
        }
        let target = self.compiled.target.as_ref().filter(|_| entry.is_none());
        let target = target.map_or(String::new(), |target| self.target(target));
        let weights = self.weights().filter(|_| entry.is_none());
        let weights = weights.map_or(String::new(), |weights| {
            let name = &weights.name.text;
            format!("- `{name}`: a number for each example, which its loss is multiplied with; a mean is over their number\n")
        });
        list + &target + &weights
    }

    fn target(&self, target: &Target) -> String {
        let what = match target {
            Target::Values(shape) => self.declared(shape.iter()),
            Target::Class(bound, shape) => {
                self.integers(["a class", "classes"], bound, shape.iter())
            }
        };
        format!("- `target`: {what} for each example\n")
    }

    /// `an index below V`, `indices below V of shape [T]`.
    fn integers<'d>(
        &self,
        [one, several]: [&str; 2],
        bound: &Dim,
        shape: impl Iterator<Item = &'d Dim>,
    ) -> String {
        let bound = self.extent(bound);
        let mut shape = shape.peekable();
        if shape.peek().is_none() {
            format!("{one} below {bound}")
        } else {
            format!("{several} below {bound} of {}", self.declared(shape))
        }
    }

    fn errors(&self) -> String {
        let is_index = |argument: &Argument| matches!(argument.role, Role::Index(_));
        let has_index = self.compiled.model.arguments.iter().any(is_index)
            || matches!(self.compiled.target, Some(Target::Class(..)));
        if !self.takes_examples() {
            return "If a slice does not hold as many values as its shape says; if a value is NaN or infinite.".into();
        }
        let index = if has_index { ", or an index out of range" } else { "" };
        format!(
            "If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite{index}."
        )
    }
}

/// How slices are laid out.
const ROW_MAJOR: &str = "Slices are row-major.";
const ROWS: &str = "Slices hold one example after the other, each row-major.";
