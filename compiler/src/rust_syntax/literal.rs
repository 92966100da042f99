//! Numbers, texts, and the notation inside `math!`.

use std::ops::Range;
use std::rc::Rc;

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Expr, Lit, LitStr, Token, UnOp};

use super::body::Body;
use super::expression::Operand;
use super::{Reader, written};
use crate::diagnostic::syntax::body as messages;
use crate::math_syntax;
use crate::tree::{self, ExprKind};

/// A literal as a number or a text.
pub(super) fn number_or_text(reader: &mut Reader, literal: &Lit) -> Option<ExprKind> {
    let (digits, suffix) = match literal {
        Lit::Str(text) if text.suffix().is_empty() => return Some(ExprKind::Text(text.value())),
        Lit::Int(integer) => (integer.base10_digits(), integer.suffix()),
        Lit::Float(float) => (float.base10_digits(), float.suffix()),
        _ => {
            let at = reader.at(literal);
            reader.add(messages::literal(at, &written(literal)));
            return None;
        }
    };
    let at = reader.at(literal);
    if !suffix.is_empty() {
        reader.add(messages::literal_suffix(at, digits, suffix));
        return None;
    }
    if matches!(literal, Lit::Int(_))
        && let Ok(integer) = digits.parse()
    {
        return Some(ExprKind::Integer(integer));
    }
    let number: Option<f64> = digits.parse().ok();
    let represented = number.filter(|number| math_syntax::is_represented(*number, digits));
    if represented.is_none() {
        reader.add(messages::literal_range(at, &written(literal)));
    }
    represented.map(ExprKind::Number)
}

/// Whether an expression is a number, possibly negated.
pub(super) fn is_number(expr: &Expr) -> bool {
    let inner = match expr {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => &*unary.expr,
        _ => expr,
    };
    matches!(inner, Expr::Lit(literal) if matches!(literal.lit, Lit::Int(_) | Lit::Float(_)))
}

/// A number, possibly negated; `None` for anything else, and after an error.
pub(super) fn number(reader: &mut Reader, expr: &Expr) -> Option<tree::Expr> {
    let (inner, is_negative) = match expr {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => (&*unary.expr, true),
        _ => (expr, false),
    };
    let at = reader.at(expr);
    let Expr::Lit(inner) = inner else { return None };
    let kind = number_or_text(reader, &inner.lit)?;
    let negated = if is_negative { tree::negated_literal(&kind) } else { None };
    Some(tree::Expr { kind: negated.unwrap_or(kind), at })
}

impl Body<'_> {
    /// The text of `math!("..")`, read with the names of the model in view.
    pub fn math(&mut self, invocation: &syn::Macro) -> Option<Operand> {
        let tokens = invocation.to_token_stream();
        let first = tokens.clone().into_iter().next().map(|token| token.span());
        let last = tokens.into_iter().last().map(|token| token.span());
        let strings = invocation
            .parse_body_with(Punctuated::<LitStr, Token![,]>::parse_terminated)
            .ok()
            .filter(|strings| strings.len() == 1);
        let Some(string) = strings.as_ref().and_then(|strings| strings.first()) else {
            let at = self.reader.at(invocation);
            self.reader.add(messages::math_argument(at));
            return None;
        };
        let block = self.notation(string)?;
        let depth = tree::height(&block);
        self.scope(block, first?, last?, depth)
    }

    fn notation(&mut self, string: &LitStr) -> Option<tree::Block> {
        let text: Rc<str> = string.value().into();
        let source = &mut self.reader.source;
        let mut position = |range: Range<usize>| source.notation(string.span(), &text, range);
        let names = &self.names;
        match math_syntax::parse(&text, &mut position, &|name| names.has(name)) {
            Ok(block) => {
                self.constants_of(&block, string);
                Some(block)
            }
            Err(diagnostic) => {
                self.reader.add(diagnostic);
                None
            }
        }
    }
}
