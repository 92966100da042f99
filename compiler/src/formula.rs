//! A formula of a table: our notation, parsed once, added to a graph for given operands.

use crate::construct;
use crate::functions::scalar::{self, Scalar};
use crate::ir::{Access, Dim, Graph};
use crate::math_syntax;
use crate::tree::{Expr, ExprKind};

/// A parsed formula over scalar functions, whose names are the operands of a table's row.
#[derive(Clone, Debug)]
pub enum Formula {
    /// A number.
    Number(f64),
    /// A name to be bound.
    Variable(String),
    /// An application of a scalar function.
    Apply(&'static Scalar, Vec<Formula>),
}

impl Formula {
    /// Parses a formula of ours. The tables are checked by tests, so a failure is a bug of this crate.
    pub fn parse(text: &'static str) -> Result<Formula, String> {
        let block =
            math_syntax::parse_built_in(text).map_err(|error| format!("`{text}`: {error}"))?;
        Formula::from_expression(&block.value).map_err(|error| format!("`{text}`: {error}"))
    }

    /// Its value in f64, with `bind` giving its variables.
    pub fn value(&self, bind: &dyn Fn(&str) -> f64) -> f64 {
        match self {
            Formula::Number(number) => *number,
            Formula::Variable(name) => bind(name),
            Formula::Apply(row, operands) => {
                let operands: Vec<f64> = operands.iter().map(|one| one.value(bind)).collect();
                (row.value)(&operands)
            }
        }
    }

    fn from_expression(expression: &Expr) -> Result<Formula, String> {
        match &expression.kind {
            ExprKind::Number(number) => Ok(Formula::Number(*number)),
            ExprKind::Integer(number) => Ok(Formula::Number(*number as f64)),
            ExprKind::Name(name) => Ok(Formula::Variable(name.clone())),
            ExprKind::Call { function, arguments } => {
                let row = scalar::scalar(&function.text)
                    .ok_or_else(|| format!("unknown function `{}`", function.text))?;
                let operands: Result<_, _> = arguments
                    .iter()
                    .map(|argument| Formula::from_expression(&argument.value))
                    .collect();
                Ok(Formula::Apply(row, operands?))
            }
            ExprKind::List(_)
            | ExprKind::Text(_)
            | ExprKind::Block(_)
            | ExprKind::Index { .. }
            | ExprKind::For(_) => Err("not a formula".into()),
        }
    }

    /// Adds the formula to the graph with `bind` giving its variables.
    pub fn add(
        &self,
        graph: &mut Graph,
        scope: &[Dim],
        bind: &dyn Fn(&str) -> Option<Access>,
    ) -> Result<Access, String> {
        match self {
            Formula::Number(number) => Ok(Access::scalar(graph.constant(*number))),
            Formula::Variable(name) => bind(name).ok_or_else(|| format!("`{name}` is not bound")),
            Formula::Apply(row, operands) => {
                let operands: Result<Vec<Access>, String> =
                    operands.iter().map(|operand| operand.add(graph, scope, bind)).collect();
                Ok(construct::map(graph, row, &operands?, scope))
            }
        }
    }
}
