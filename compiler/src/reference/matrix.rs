//! An entry for a function of matrices.

use super::heading;
use crate::functions::matrix::{Derivative, MatrixFunction, Role, matrix_function};
use crate::ir::{Dim, Polynomial};

/// What the row says, as Markdown.
pub fn entry(row: &MatrixFunction) -> String {
    let operands: Vec<&str> = row.given().iter().map(|operand| operand.name).collect();
    let mut entry = heading(&format!("{}({})", row.name, operands.join(", ")), row.aliases);
    entry += &format!("{}\n\nCost: `{}` for `n` rows.\n", row.doc, cost(row));
    let derivatives: Vec<String> = row
        .given()
        .iter()
        .filter_map(|operand| match operand.derivative {
            Derivative::Statements(text) => Some(lines(text)),
            Derivative::Zero(_) => None,
        })
        .collect();
    if !derivatives.is_empty() {
        entry += &format!("\n```text\n{}\n```\n", derivatives.join("\n"));
    }
    entry
}

/// With the factors of the operand, in the number of rows.
fn cost(row: &MatrixFunction) -> Polynomial {
    let rows = Dim::named("n");
    let factors = row.operands.iter().filter_map(|operand| match operand.role {
        Role::Factors(function) => matrix_function(function),
        Role::Square | Role::RightSide => None,
    });
    factors.fold(row.operations(&rows), |cost, one| cost.plus(&one.operations(&rows)))
}

/// One statement a line.
fn lines(statements: &str) -> String {
    statements.split(';').map(str::trim).collect::<Vec<_>>().join("\n")
}
