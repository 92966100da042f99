//! The documentation of generated items, line by line: Markdown with MathML.

use super::Document;
use crate::derivation::Equation;
use crate::lower::Target;
use crate::mathematics::{Math, mathml};
use crate::tree::{Argument, Reduction, ResultKind, Role, SymbolSource};

const ROW_RULE: &str = "Slices hold one example after the other, each row-major.";

impl Document<'_> {
    /// The struct, below the user's own lines.
    pub fn of_model(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        lines.extend([String::new(), "# The model".into(), String::new()]);
        lines.push(table(&self.derivation.forward));
        lines.extend([String::new(), "# The gradient".into(), String::new()]);
        lines.push(table(&self.derivation.backward));
        lines.extend([String::new(), escape(&self.notation().join(" "))]);
        lines.extend([String::new(), "# Shapes".into(), String::new()]);
        lines.extend(["| value | shape | meaning |".into(), "|---|---|---|".into()]);
        for line in self.shapes() {
            lines.push(format!("| `{}` | {} | {} |", line.name, line.shape, line.meaning));
        }
        lines.extend([String::new(), "# Cost".into(), String::new()]);
        let examples = &self.derivation.names.examples;
        lines.extend([format!("| for `{examples}` examples | operations |"), "|---|---|".into()]);
        for (what, count) in self.costs() {
            lines.push(format!("| {what} | `{count}` |"));
        }
        lines.extend([String::new(), Self::OPERATION.into()]);
        lines.push(format!("The workspace takes {}.", self.memory()));
        lines.extend(self.example());
        lines
    }

    /// The use of the model in a few lines.
    fn example(&self) -> Vec<String> {
        let generics: Vec<&str> = self
            .compiled
            .model
            .symbols
            .iter()
            .filter(|symbol| symbol.source == SymbolSource::ConstGeneric)
            .map(|symbol| symbol.name.text.as_str())
            .collect();
        let name = &self.type_name;
        let path = if generics.is_empty() {
            name.clone()
        } else {
            format!("{name}::<{}>", generics.join(", "))
        };
        let is_dynamic = self.is_dynamic();
        let (dims, question) = if is_dynamic { ("dims, ", "?") } else { ("", "") };
        let slices = |target| {
            let names = self.given(target);
            names.iter().map(|name| format!("&{name}")).collect::<Vec<_>>().join(", ")
        };
        let mut lines: Vec<String> = vec![String::new(), "# Examples".into(), "```text".into()];
        lines.push(format!("let mut model = {path}::seeded({dims}42){question};"));
        lines.push(format!("let batch = {path}::batch({dims}{})?;", slices(true)));
        lines.push("let (loss, gradient) = model.loss_and_gradient(&batch);".into());
        if let Some(parameter) = self.parameters().next() {
            let getter = parameter.name.text.to_lowercase();
            lines.push(format!("println!(\"{{loss}} {{:?}}\", gradient.{getter}());"));
        }
        if self.predicts() {
            lines.push(format!("let prediction = model.predict({})?;", slices(false)));
        }
        lines.push("```".into());
        lines
    }

    /// `batch`.
    pub fn of_batch(&self) -> Vec<String> {
        let mut lines: Vec<String> =
            vec!["Checks examples, once, for this model.".into(), String::new()];
        if self.is_dynamic() {
            lines.push("- `dims`: the dimensions of the model the batch is for".into());
        }
        lines.extend(self.arguments(true));
        lines.extend([String::new(), ROW_RULE.into(), String::new(), "# Errors".into()]);
        lines.push(self.errors());
        lines
    }

    /// `predict`.
    pub fn of_predict(&self) -> Vec<String> {
        let ResultKind::Prediction { shape, .. } = &self.compiled.model.result else {
            return Vec::new();
        };
        let mut lines: Vec<String> = vec![
            format!("The predictions, in rows: {} for each example.", self.declared(shape)),
            String::new(),
        ];
        lines.extend(self.arguments(false));
        lines.extend([String::new(), ROW_RULE.into(), String::new(), "# Errors".into()]);
        lines.push(self.errors());
        lines
    }

    /// `loss`.
    pub fn of_loss(&self) -> Vec<String> {
        let what = match self.compiled.model.reduction {
            Reduction::Mean => "the mean of its examples' losses",
            Reduction::Sum => "the sum of its examples' losses",
        };
        vec![
            format!("The loss of a batch: {what}."),
            String::new(),
            "Allocates a workspace; in a loop, [`Model::loss_into`] reuses one.".into(),
        ]
    }

    /// `loss_and_gradient`.
    pub fn of_loss_and_gradient(&self) -> Vec<String> {
        vec![
            "The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.".into(),
            String::new(),
            "Both come from one pass over the examples, forwards and backwards; the equations are in the documentation of the type."
                .into(),
            String::new(),
            "Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.".into(),
        ]
    }

    /// `w1`.
    pub fn of_view(&self, parameter: &Argument) -> Vec<String> {
        vec![format!("{}.", self.about(parameter))]
    }

    /// `w1_mut`.
    pub fn of_view_mut(&self, parameter: &Argument) -> Vec<String> {
        vec![format!("{}, to be changed.", self.about(parameter))]
    }

    fn about(&self, parameter: &Argument) -> String {
        let order = if parameter.shape.len() > 1 { ", row-major" } else { "" };
        format!(
            "The parameter `{}`: {}{order}",
            parameter.name.text,
            self.declared(&parameter.shape)
        )
    }

    fn parameters(&self) -> impl Iterator<Item = &Argument> {
        let arguments = self.compiled.model.arguments.iter();
        arguments.filter(|argument| matches!(argument.role, Role::Param(_)))
    }

    fn is_dynamic(&self) -> bool {
        let symbols = &self.compiled.model.symbols;
        symbols.iter().any(|symbol| symbol.source == SymbolSource::RunTime)
    }

    /// One line for each slice.
    fn arguments(&self, target: bool) -> Vec<String> {
        let mut lines = Vec::new();
        for argument in &self.compiled.model.arguments {
            let name = &argument.name.text;
            let shape = self.declared(&argument.shape);
            match &argument.role {
                Role::Param(_) => {}
                Role::Input => lines.push(format!("- `{name}`: {shape} for each example")),
                Role::Data => lines.push(format!("- `{name}`: {shape}, shared by all examples")),
                Role::Index(bound) => lines.push(format!(
                    "- `{name}`: an index below {} for each example",
                    self.extent(bound)
                )),
            }
        }
        if !target {
            return lines;
        }
        match &self.compiled.target {
            Some(Target::Values(shape)) => {
                let extents: Vec<String> = shape.iter().map(|dim| self.extent(dim)).collect();
                let shape = if extents.is_empty() {
                    "a number".to_string()
                } else {
                    format!("shape [{}]", extents.join(", "))
                };
                lines.push(format!("- `target`: {shape} for each example"));
            }
            Some(Target::Class(bound)) => lines
                .push(format!("- `target`: a class below {} for each example", self.extent(bound))),
            None => {}
        }
        lines
    }

    fn errors(&self) -> String {
        let has_index = self
            .compiled
            .model
            .arguments
            .iter()
            .any(|argument| matches!(argument.role, Role::Index(_)))
            || matches!(self.compiled.target, Some(Target::Class(_)));
        let index = if has_index { " If an index is out of range." } else { "" };
        format!(
            "If a slice is empty, does not hold whole examples, or not as many as the others; if a value is NaN or infinite.{index}"
        )
    }
}

/// The equations with their last signs of equality below one another, in one line of markup.
///
/// A line that begins with `<div` is HTML up to the next empty line, so Markdown reads nothing inside.
fn table(equations: &[Equation]) -> String {
    let mut rows = String::new();
    for equation in equations {
        let left = mathml(&Math::Equation(equation.left.clone()));
        let right = mathml(&equation.right);
        rows.push_str(&format!(
            "<mtr><mtd style=\"text-align:right\">{left}</mtd><mtd><mo>=</mo></mtd><mtd style=\"text-align:left\">{right}</mtd></mtr>"
        ));
    }
    format!(
        "<div style=\"overflow-x:auto\"><math display=\"block\"><mtable displaystyle=\"true\">{rows}</mtable></math></div>"
    )
}

/// A sentence with what Markdown would read as markup escaped.
fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        if matches!(letter, '[' | ']' | '*' | '_' | '<' | '>' | '`' | '\\' | '|') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}
