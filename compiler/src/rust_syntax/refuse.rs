//! Rust that is not part of the language of models: which message it gets.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Attribute, BinOp, Expr, ExprBinary, Path};

use super::assign::compound;
use super::{Reader, written};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::syntax::{body as messages, control};
use crate::tree::Position;

/// Whether a macro is `math!`, possibly by path.
pub(super) fn is_math(path: &Path) -> bool {
    path.segments.last().is_some_and(|segment| segment.ident == "math")
}

/// The name an expression is, if it is one.
pub(super) fn ident(expr: &Expr) -> Option<&syn::Ident> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}

/// Reports an expression that has no meaning in a model.
pub(super) fn refuse(reader: &mut Reader, expr: &Expr) {
    let diagnostic = control(reader, expr)
        .or_else(|| value(reader, expr))
        .unwrap_or_else(|| messages::unsupported(reader.at(expr), &written(expr)));
    reader.add(diagnostic);
}

/// Loops, choices, jumps and blocks: underlined at their keyword, for their bodies are long.
fn control(reader: &mut Reader, expr: &Expr) -> Option<Diagnostic> {
    let mut keyword = |span: Span| reader.source.tokens(span, span);
    Some(match expr {
        Expr::While(inner) => control::endless_loop(keyword(inner.while_token.span), "while"),
        Expr::Loop(inner) => control::endless_loop(keyword(inner.loop_token.span), "loop"),
        Expr::Match(inner) => control::match_in_body(keyword(inner.match_token.span)),
        Expr::Return(inner) => control::jump(keyword(inner.return_token.span), "return"),
        Expr::Break(inner) => control::jump(keyword(inner.break_token.span), "break"),
        Expr::Continue(inner) => control::jump(keyword(inner.continue_token.span), "continue"),
        Expr::Unsafe(inner) => messages::special_block(keyword(inner.unsafe_token.span), "unsafe"),
        Expr::Async(inner) => messages::special_block(keyword(inner.async_token.span), "async"),
        Expr::Const(inner) => messages::special_block(keyword(inner.const_token.span), "const"),
        Expr::Block(inner) => {
            let label = inner.label.as_ref().map(|label| written(&label.name));
            let span = inner.block.brace_token.span;
            let at = reader.source.tokens(span.open(), span.close());
            messages::special_block(at, &label.unwrap_or_default())
        }
        _ => return None,
    })
}

/// Everything else, underlined whole.
fn value(reader: &mut Reader, expr: &Expr) -> Option<Diagnostic> {
    let at = reader.at(expr);
    Some(match expr {
        Expr::Try(_) => messages::question_mark(at),
        Expr::Closure(_) => messages::closure_in_body(at),
        Expr::Macro(inner) => messages::macro_in_body(at, &written(&inner.mac.path)),
        Expr::Binary(inner) => binary(inner, at),
        Expr::Unary(_) => messages::prefix_sign(at, "*"),
        Expr::Reference(_) => messages::prefix_sign(at, "&mut"),
        Expr::RawAddr(_) => messages::prefix_sign(at, "&raw"),
        Expr::Field(inner) => messages::field_access(at, &written(&inner.member)),
        Expr::Struct(inner) => messages::struct_literal(at, &written(&inner.path)),
        Expr::Cast(_) => messages::cast(at),
        Expr::Tuple(_) => messages::tuple(at),
        Expr::Range(_) => messages::range(at),
        Expr::Path(_) => messages::path(at, &written(expr)),
        Expr::Repeat(_) => messages::repeated_list(at),
        Expr::Let(_) => control::if_let(at),
        _ => return None,
    })
}

fn binary(binary: &ExprBinary, at: Position) -> Diagnostic {
    match binary.op {
        BinOp::BitXor(_) => messages::power_sign(at, &power(binary)),
        BinOp::Rem(_) | BinOp::RemAssign(_) => messages::remainder(at),
        _ if compound(&binary.op).is_some() => messages::assignment(at, &written(&binary.left)),
        _ => messages::bit_sign(at, &sign(binary)),
    }
}

/// What was meant by `base ^ exponent`.
fn power(binary: &ExprBinary) -> String {
    let bare = |mut expr: &Expr| {
        while let Expr::Paren(paren) = expr {
            expr = &paren.expr;
        }
        written(expr)
    };
    let (base, exponent) = (bare(&binary.left), bare(&binary.right));
    let function = if exponent.parse::<i64>().is_ok() { "powi" } else { "powf" };
    format!("{function}({base}, {exponent})")
}

fn sign(binary: &ExprBinary) -> String {
    let tokens: TokenStream = binary.op.to_token_stream();
    tokens.to_string().replace(' ', "")
}

/// The attributes of the forms that are part of the language.
pub(super) fn attributes(expr: &Expr) -> &[Attribute] {
    match expr {
        Expr::Array(inner) => &inner.attrs,
        Expr::Binary(inner) => &inner.attrs,
        Expr::Block(inner) => &inner.attrs,
        Expr::Assign(inner) => &inner.attrs,
        Expr::Call(inner) => &inner.attrs,
        Expr::If(inner) => &inner.attrs,
        Expr::Index(inner) => &inner.attrs,
        Expr::Lit(inner) => &inner.attrs,
        Expr::Macro(inner) => &inner.attrs,
        Expr::MethodCall(inner) => &inner.attrs,
        Expr::Paren(inner) => &inner.attrs,
        Expr::Path(inner) => &inner.attrs,
        Expr::Reference(inner) => &inner.attrs,
        Expr::Unary(inner) => &inner.attrs,
        _ => &[],
    }
}
