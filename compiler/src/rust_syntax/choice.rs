//! Choices: `if condition { a } else { b }`, which means `select(condition, a, b)`.

use syn::{Expr, ExprIf, Stmt};

use super::assign::is_assignment;
use super::body::Body;
use super::expression::Operand;
use super::written;
use crate::diagnostic::syntax::control as messages;

impl Body<'_> {
    pub fn choice(&mut self, choice: &ExprIf) -> Option<Operand> {
        let keyword = choice.if_token.span;
        if let Some(target) = assigned_in(&choice.then_branch) {
            let at = self.reader.source.tokens(keyword, keyword);
            self.reader.add(messages::if_assigns(at, &written(target)));
            return None;
        }
        let condition = self.condition(&choice.cond);
        let then = self.nested(&choice.then_branch, "this branch");
        let otherwise = match &choice.else_branch {
            Some((_, otherwise)) => match &**otherwise {
                Expr::Block(block) => self.nested(&block.block, "this branch"),
                otherwise => self.expr(otherwise),
            },
            None => {
                let at = self.reader.source.tokens(keyword, keyword);
                self.reader.add(messages::if_without_else(at));
                None
            }
        };
        let (condition, then, otherwise) = (condition?, then?, otherwise?);
        let (last, is_integer) = (otherwise.last, then.is_integer && otherwise.is_integer);
        let parts = vec![condition, then, otherwise];
        let operand = self.apply("select", keyword, keyword, last, parts)?;
        Some(Operand { is_integer, ..operand })
    }

    fn condition(&mut self, condition: &Expr) -> Option<Operand> {
        if let Expr::Let(_) = condition {
            let at = self.reader.at(condition);
            self.reader.add(messages::if_let(at));
            return None;
        }
        self.expr(condition)
    }
}

/// What a branch assigns instead of having a value.
fn assigned_in(block: &syn::Block) -> Option<&Expr> {
    match block.stmts.last() {
        Some(Stmt::Expr(Expr::Assign(assign), _)) => Some(&assign.left),
        Some(Stmt::Expr(expr @ Expr::Binary(binary), _)) if is_assignment(expr) => {
            Some(&binary.left)
        }
        _ => None,
    }
}
