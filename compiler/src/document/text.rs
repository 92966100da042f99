//! The documentation of a model as text for a terminal.

use super::Document;
use crate::derivation::Equation;
use crate::mathematics::{Math, text, width};

impl Document<'_> {
    /// The equations, shapes and costs: what `Mlp::equations()` returns.
    pub fn equations(&self) -> String {
        let mut out = String::new();
        let mut section = |title: &str, lines: Vec<String>| {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(title);
            out.push('\n');
            for line in lines {
                out.push_str(format!("  {line}").trim_end());
                out.push('\n');
            }
        };
        section(&format!("{}: the model", self.type_name), aligned(&self.derivation.forward));
        section("The gradient", aligned(&self.derivation.backward));
        for (name, derivation) in &self.losses {
            section(&format!("The loss {name}"), aligned(&derivation.forward));
            section(&format!("The gradient of {name}"), aligned(&derivation.backward));
        }
        for (name, derivation) in &self.outputs {
            section(&format!("The output {name}"), aligned(&derivation.forward));
        }
        for (title, derivation) in &self.matrices {
            section(title, aligned(&derivation.all()));
        }
        let shapes = self.shapes().into_iter().map(|line| [line.name, line.shape, line.meaning]);
        section("Shapes", columns(&shapes.collect::<Vec<_>>()));
        section("Notation", self.notation());
        let mut costs = self.costs();
        costs.push(("workspace", self.memory()));
        let costs: Vec<[String; 2]> =
            costs.into_iter().map(|(what, count)| [what.to_string(), count]).collect();
        let title = if self.has_examples() {
            format!("Cost, in operations for {} examples", self.derivation.names.examples)
        } else {
            "Cost, in operations".into()
        };
        let mut lines = columns(&costs);
        lines.push(Self::OPERATION.into());
        section(&title, lines);
        out
    }
}

/// The equations with their last signs of equality below one another.
fn aligned(equations: &[Equation]) -> Vec<String> {
    let rows: Vec<[String; 2]> = equations
        .iter()
        .map(|equation| {
            let margin = "  ".repeat(equation.depth);
            let left = format!("{margin}{}", text(&Math::Equation(equation.left.clone())));
            [left, format!("= {}", text(&equation.right))]
        })
        .collect();
    let widest = rows.iter().map(|[left, _]| width(left)).max().unwrap_or(0);
    let line =
        |[left, right]: &[String; 2]| format!("{left}{} {right}", " ".repeat(widest - width(left)));
    rows.iter().map(line).collect()
}

/// Rows of cells, two spaces apart.
fn columns<const C: usize>(rows: &[[String; C]]) -> Vec<String> {
    let widest: Vec<usize> =
        (0..C).map(|cell| rows.iter().map(|row| width(&row[cell])).max().unwrap_or(0)).collect();
    let line = |row: &[String; C]| {
        let cells = row
            .iter()
            .zip(&widest)
            .map(|(cell, widest)| format!("{cell}{}", " ".repeat(widest - width(cell))));
        cells.collect::<Vec<String>>().join("  ").trim_end().to_string()
    };
    rows.iter().map(line).collect()
}
