//! Assignments: `name = value;` and `name += value;`.

use proc_macro2::Span;
use syn::{BinOp, Expr};

use super::body::Body;
use super::expression::Operand;
use super::names::{Assignable, Holds};
use super::{refuse, written};
use crate::diagnostic::syntax::{body as messages, control};
use crate::tree::{Binding, ExprKind};

impl Body<'_> {
    /// An assignment with the height of its tree; of an expression that [`is_assignment`].
    pub fn assignment(&mut self, expr: &Expr) -> Option<(Binding, usize)> {
        let (target, value) = match expr {
            Expr::Assign(assign) => {
                self.refuse_attributes(&assign.attrs);
                (&*assign.left, self.bound_value(&assign.right, &[]))
            }
            Expr::Binary(binary) => {
                self.refuse_attributes(&binary.attrs);
                (&*binary.left, self.expr(&binary.right))
            }
            _ => return None,
        };
        let is_assignable = self.check_target(target);
        let (mut value, name) = (value?, refuse::ident(target).filter(|_| is_assignable)?);
        if let Expr::Binary(binary) = expr {
            let (function, sign) = compound(&binary.op)?;
            let present = self.expr(target)?;
            value = self.binary(function, sign, present, value, expr)?;
        }
        self.names.assign(&name.to_string(), Holds::integer_if(value.is_integer));
        let name = self.reader.name(name);
        Some((Binding { name, value: value.expr }, value.depth))
    }

    fn check_target(&mut self, target: &Expr) -> bool {
        let at = self.reader.at(target);
        let text = written(target);
        let diagnostic = match refuse::ident(target) {
            None if matches!(target, Expr::Index(_)) => control::assigned_element(at, &text),
            None => control::assigned_expression(at, &text),
            Some(name) => match self.names.assignable(&name.to_string()) {
                Assignable::Yes => return true,
                Assignable::Unknown => control::assigned_unknown(at, &text),
                Assignable::Constant => control::assigned_constant(at, &text),
                Assignable::Counter => control::assigned_counter(at, &text),
                Assignable::Surrounding => control::assigned_surrounding(at, &text),
            },
        };
        self.reader.add(diagnostic);
        false
    }

    /// An assignment where a value is expected.
    pub fn misplaced_assignment(&mut self, expr: &Expr, target: &Expr) -> Option<Operand> {
        let at = self.reader.at(expr);
        self.reader.add(messages::assignment(at, &written(target)));
        None
    }

    /// An integer literal that stands for something not written.
    pub fn one(&mut self, place: Span) -> Option<Operand> {
        let operand = self.operand(ExprKind::Integer(1), place, place, 0)?;
        Some(Operand { is_integer: true, ..operand })
    }
}

/// Whether an expression assigns: `name = value`, `name += value`.
pub(super) fn is_assignment(expr: &Expr) -> bool {
    match expr {
        Expr::Assign(_) => true,
        Expr::Binary(binary) => compound(&binary.op).is_some(),
        _ => false,
    }
}

/// The function behind `+=` and its like.
pub(super) fn compound(sign: &BinOp) -> Option<(&'static str, Span)> {
    match sign {
        BinOp::AddAssign(token) => Some(("add", token.spans[0])),
        BinOp::SubAssign(token) => Some(("sub", token.spans[0])),
        BinOp::MulAssign(token) => Some(("mul", token.spans[0])),
        BinOp::DivAssign(token) => Some(("div", token.spans[0])),
        _ => None,
    }
}
