//! The documentation of the struct: Markdown with mathematics as markup.

use super::{Document, lines};
use crate::derivation::Equation;
use crate::mathematics::{Math, mathml};
use crate::tree::{Argument, Role, SymbolSource};

impl Document<'_> {
    /// The struct, below the user's own lines.
    pub fn of_model(&self) -> Vec<String> {
        let (model, gradient) = (table(&self.derivation.forward), table(&self.derivation.backward));
        let others = self.others();
        let notation = escape(&self.notation().join(" "));
        let row = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
        let shapes = self.shapes();
        let shapes: String = shapes
            .iter()
            .map(|line| row(&[&format!("`{}`", line.name), &line.shape, &line.meaning]))
            .collect();
        let costs = self.costs();
        let costs: String =
            costs.iter().map(|(what, count)| row(&[what, &format!("`{count}`")])).collect();
        let memory = self.memory();
        let what = if self.has_examples() {
            format!("for `{}` examples", self.derivation.names.examples)
        } else {
            "what".into()
        };
        let (operation, example) = (Self::OPERATION, self.example());
        lines(&format!(
            "\n# The model\n\n{model}\n\n# The gradient\n\n{gradient}\n\n{others}{notation}\n\n\
             # Shapes\n\n| value | shape | meaning |\n|---|---|---|\n{shapes}\n\
             # Cost\n\n| {what} | operations |\n|---|---|\n{costs}\n\
             {operation} The workspace takes {memory}.\n\n\
             # Examples\n```text\n{example}\n```"
        ))
    }

    /// The other losses and the outputs.
    fn others(&self) -> String {
        let losses = self.losses.iter().map(|(name, derivation)| {
            let (loss, gradient) = (table(&derivation.forward), table(&derivation.backward));
            format!("# The loss `{name}`\n\n{loss}\n\n# The gradient of `{name}`\n\n{gradient}\n\n")
        });
        let outputs = self.outputs.iter().map(|(name, derivation)| {
            format!("# The output `{name}`\n\n{}\n\n", table(&derivation.forward))
        });
        let matrices = self
            .matrices
            .iter()
            .map(|(title, derivation)| format!("# {title}\n\n{}\n\n", table(&derivation.all())));
        losses.chain(outputs).chain(matrices).collect()
    }

    /// The use of the model in a few lines.
    fn example(&self) -> String {
        let symbols = &self.compiled.model.symbols;
        let generics: Vec<&str> = symbols
            .iter()
            .filter(|symbol| symbol.source == SymbolSource::ConstGeneric)
            .map(|symbol| symbol.name.text.as_str())
            .collect();
        let name = &self.type_name;
        let path = match generics.as_slice() {
            [] => name.clone(),
            generics => format!("{name}::<{}>", generics.join(", ")),
        };
        let (dims, question) = if self.is_dynamic() { ("dims, ", "?") } else { ("", "") };
        let slices = |names: Vec<&str>| {
            names.iter().map(|name| format!("&{name}")).collect::<Vec<_>>().join(", ")
        };
        let given = slices(self.given(None));
        let mut example = vec![
            format!("let mut model = {path}::seeded({dims}42){question};"),
            format!("let batch = {path}::batch({dims}{given})?;"),
            "let (loss, gradient) = model.loss_and_gradient(&batch);".to_string(),
        ];
        if let Some(parameter) = self.parameters().next() {
            let getter = parameter.name.text.to_lowercase();
            example.push(format!("println!(\"{{loss}} {{:?}}\", gradient.{getter}());"));
        }
        for entry in self.compiled.model.outputs() {
            let (name, inputs) = (&entry.name.text, slices(self.given(Some(entry))));
            let value = if name == "predict" { "prediction" } else { name };
            example.push(format!("let {value} = model.{name}({inputs})?;"));
        }
        example.join("\n")
    }

    fn parameters(&self) -> impl Iterator<Item = &Argument> {
        let arguments = self.compiled.model.arguments.iter();
        arguments.filter(|argument| matches!(argument.role, Role::Param(_)))
    }
}

/// The equations with their last signs of equality below one another, in one line of markup.
///
/// A line that begins with `<div` is HTML up to the next empty line, so Markdown reads nothing inside.
fn table(equations: &[Equation]) -> String {
    let row = |equation: &Equation| {
        let left = mathml(&Math::Equation(equation.left.clone()));
        let right = mathml(&equation.right);
        // A line down the left side holds the steps of a loop together.
        let border = match equation.depth {
            0 => String::new(),
            depth => format!(";border-left:{}px solid", 2 * depth),
        };
        format!(
            "<mtr><mtd style=\"text-align:right{border}\">{left}</mtd><mtd><mo>=</mo></mtd>\
             <mtd style=\"text-align:left\">{right}</mtd></mtr>"
        )
    };
    let rows: String = equations.iter().map(row).collect();
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
