//! The model's own functions of numbers: their derivatives checked, and rows made of them.

use std::collections::BTreeMap;

use super::Lowering;
use crate::diagnostic::{did_you_mean, meaning};
use crate::functions::resolve;
use crate::functions::scalar::declared::{self, Declaration};
use crate::functions::scalar::{Scalar, scalar};
use crate::tree::{CallArgument, Expr, ExprKind, Model, Name, ScalarFunction};

impl Lowering<'_> {
    /// The rows of a model's functions of numbers, by their names in the model.
    pub(super) fn declared_rows(&mut self, model: &Model) -> BTreeMap<String, &'static Scalar> {
        for function in &model.scalars {
            for derivative in function.operands.iter().filter_map(|one| one.derivative.as_ref()) {
                self.check_formula(model, function, derivative);
            }
        }
        let mut scalars = model.scalars.clone();
        if !self.errors.is_empty() {
            // What is wrong is left out, so that calls are no further mistakes.
            let operands = scalars.iter_mut().flat_map(|function| &mut function.operands);
            operands.for_each(|operand| operand.derivative = None);
        }
        let declarations: Vec<Declaration> = scalars.iter().map(declaration).collect();
        let row_name = |name: &str| {
            let is_own = declarations.iter().any(|known| known.name == name);
            if is_own { declared::row_name(&declarations, name) } else { name.to_owned() }
        };
        let functions = scalars.iter().zip(&declarations);
        functions
            .map(|(function, declaration)| {
                let formulas = formulas(function, &row_name);
                let row = declared::declare(&declarations, declaration, formulas);
                (function.name.text.clone(), row)
            })
            .collect()
    }

    /// A formula has numbers, the operands, the value `y`, and functions of numbers.
    fn check_formula(&mut self, model: &Model, function: &ScalarFunction, formula: &Expr) {
        match &formula.kind {
            ExprKind::Number(_) | ExprKind::Integer(_) => {}
            ExprKind::Name(name) => {
                let operands = function.operands.iter().map(|operand| operand.name.text.as_str());
                let known: Vec<&str> = operands.chain(["y"]).collect();
                if !known.contains(&name.as_str()) {
                    let own = &function.name.text;
                    self.report(meaning::derivative_name(formula.at, name, own, &known));
                }
            }
            ExprKind::Call { function: called, arguments } => {
                for CallArgument { value, .. } in arguments {
                    self.check_formula(model, function, value);
                }
                self.check_function(model, called, arguments, formula);
            }
            _ => self.report(meaning::derivative_form(formula.at, &function.name.text)),
        }
    }

    fn check_function(
        &mut self,
        model: &Model,
        called: &Name,
        arguments: &[CallArgument],
        formula: &Expr,
    ) {
        let name = called.text.as_str();
        let own = model.scalars.iter().find(|function| function.name.text == name);
        let operands: Option<Vec<&str>> = match (own, scalar(our_sign(name))) {
            (Some(own), _) => Some(own.operands.iter().map(|one| one.name.text.as_str()).collect()),
            (None, Some(row)) => Some(row.operands.iter().map(|operand| operand.name).collect()),
            (None, None) => None,
        };
        let Some(operands) = operands else {
            let own = model.scalars.iter().map(|function| function.name.text.as_str());
            let mut known: Vec<&str> = own.collect();
            let rows = resolve::public_names().filter(|name| scalar(name).is_some());
            rows.for_each(|name| known.push(name));
            let meant = did_you_mean(name, known);
            self.report(meaning::derivative_function(called.at, name, meant));
            return;
        };
        if let Some(label) = arguments.iter().find_map(|argument| argument.label.as_ref()) {
            self.report(meaning::unknown_named_argument(label.at, name, &label.text, &[]));
        } else if operands.len() != arguments.len() {
            let (expected, form) =
                (operands.len().to_string(), format!("{name}({})", operands.join(", ")));
            let (at, found) = (formula.at, arguments.len());
            self.report(meaning::wrong_number_of_arguments(at, name, &expected, found, &[form]));
        }
    }
}

fn declaration(function: &ScalarFunction) -> Declaration {
    let as_written = |name: &str| name.to_owned();
    let operands = function.operands.iter().zip(formulas(function, &as_written));
    Declaration {
        name: function.name.text.clone(),
        operands: operands.map(|(operand, text)| (operand.name.text.clone(), text)).collect(),
    }
}

/// The derivatives as text of ours, with `row_name` giving the name of each function.
fn formulas(function: &ScalarFunction, row_name: &dyn Fn(&str) -> String) -> Vec<Option<String>> {
    let derivatives = function.operands.iter().map(|operand| operand.derivative.as_ref());
    derivatives.map(|one| one.map(|formula| text(formula, row_name))).collect()
}

fn text(formula: &Expr, row_name: &dyn Fn(&str) -> String) -> String {
    match &formula.kind {
        ExprKind::Number(number) => format!("{number:?}"),
        ExprKind::Integer(number) => number.to_string(),
        ExprKind::Name(name) => name.clone(),
        ExprKind::Call { function, arguments } => {
            let arguments: Vec<String> =
                arguments.iter().map(|argument| text(&argument.value, row_name)).collect();
            format!("{}({})", row_name(our_sign(&function.text)), arguments.join(", "))
        }
        _ => String::new(),
    }
}

/// Between numbers, `a·b` is the product.
fn our_sign(function: &str) -> &str {
    if function == "dot" { "mul" } else { function }
}
