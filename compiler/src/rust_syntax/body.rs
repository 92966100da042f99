//! Blocks of the body: `let`s and the value after them.

use proc_macro2::Span;
use quote::ToTokens;
use syn::{Attribute, Expr, Local, Pat, Stmt};

use super::expression::Operand;
use super::names::Names;
use super::{Reader, refuse, written};
use crate::diagnostic::syntax::body as messages;
use crate::tree::{self, Binding, Block, ExprKind, Name, Statement};

/// Reads expressions; `names` are those of the model so far.
pub(super) struct Body<'a> {
    pub reader: &'a mut Reader,
    pub names: Names,
    pub level: usize,
    /// Of many expressions that are too deep, the first is reported.
    pub is_too_deep: bool,
}

/// A block, the height of its tree, and whether Rust would compute it in integers.
struct ReadBlock {
    block: Block,
    depth: usize,
    is_integer: bool,
}

/// The body of a model; `None` after an error.
pub(super) fn body(
    reader: &mut Reader,
    block: &syn::Block,
    declared: Vec<String>,
) -> Option<Block> {
    let mut body = Body { reader, names: Names::new(declared), level: 0, is_too_deep: false };
    let read = body.block(block, "the body")?;
    Some(flat(read.block))
}

/// The body of a loss given as a closure, which sees nothing but its two arguments.
pub(super) fn closure_body(reader: &mut Reader, expr: &Expr) -> Option<Block> {
    let mut body = Body { reader, names: Names::default(), level: 0, is_too_deep: false };
    let value = body.expr(expr)?.expr;
    Some(flat(Block { statements: Vec::new(), value }))
}

/// A block that holds nothing but a block is that block: a body that is one `math!`, a closure with braces.
fn flat(mut block: Block) -> Block {
    while block.statements.is_empty() {
        match block.value.kind {
            ExprKind::Block(inside) => block = *inside,
            kind => {
                let value = tree::Expr { kind, at: block.value.at };
                return Block { statements: Vec::new(), value };
            }
        }
    }
    block
}

impl Body<'_> {
    /// The names a block binds are forgotten at its end.
    fn block(&mut self, block: &syn::Block, what: &str) -> Option<ReadBlock> {
        let outside = self.names.count();
        let read = self.statements(block, what);
        self.names.forget(outside);
        read
    }

    fn statements(&mut self, block: &syn::Block, what: &str) -> Option<ReadBlock> {
        let before = block.stmts.len().saturating_sub(1);
        let ends_in_binding = matches!(block.stmts.last(), Some(Stmt::Local(_) | Stmt::Item(_)));
        let before = if ends_in_binding { block.stmts.len() } else { before };
        let mut statements = Vec::new();
        let mut depth = 0;
        let mut is_whole = true;
        for statement in &block.stmts[..before] {
            match self.statement(statement) {
                Some((binding, height)) => {
                    depth = depth.max(height);
                    statements.push(Statement::Let(binding));
                }
                None => is_whole = false,
            }
        }
        let value = self.last(block, block.stmts.get(before), what)?;
        let block = Block { statements, value: value.expr };
        let depth = depth.max(value.depth);
        is_whole.then_some(ReadBlock { block, depth, is_integer: value.is_integer })
    }

    /// The value of a block. A `;` after it is reported there, unless the statement has a message of its own.
    fn last(&mut self, block: &syn::Block, last: Option<&Stmt>, what: &str) -> Option<Operand> {
        let (value, has_semicolon) = match last {
            Some(Stmt::Expr(expr, semicolon)) => (self.expr(expr)?, semicolon.is_some()),
            Some(Stmt::Macro(statement)) if refuse::is_math(&statement.mac.path) => {
                (self.math(&statement.mac)?, statement.semi_token.is_some())
            }
            Some(statement @ Stmt::Macro(_)) => {
                self.statement(statement);
                return None;
            }
            _ => {
                let span = block.brace_token.span;
                let at = self.reader.source.tokens(span.open(), span.close());
                self.reader.add(messages::missing_value(at, what));
                return None;
            }
        };
        if has_semicolon {
            let at = self.reader.at(last);
            self.reader.add(messages::missing_value(at, what));
            return None;
        }
        Some(value)
    }

    fn statement(&mut self, statement: &Stmt) -> Option<(Binding, usize)> {
        match statement {
            Stmt::Local(local) => return self.binding(local),
            Stmt::Item(item) => {
                let at = self.reader.at(item);
                self.reader.add(messages::item_in_body(at));
            }
            Stmt::Expr(expr, _) => {
                self.expr(expr)?;
                let at = self.reader.at(expr);
                self.reader.add(messages::statement_without_effect(at));
            }
            Stmt::Macro(statement) if refuse::is_math(&statement.mac.path) => {
                let at = self.reader.at(&statement.mac);
                self.reader.add(messages::statement_without_effect(at));
            }
            Stmt::Macro(statement) => {
                let at = self.reader.at(&statement.mac);
                self.reader.add(messages::macro_in_body(at, &written(&statement.mac.path)));
            }
        }
        None
    }

    fn binding(&mut self, local: &Local) -> Option<(Binding, usize)> {
        self.refuse_attributes(&local.attrs);
        let name = self.binding_name(&local.pat);
        let text = name.as_ref().map_or_else(|| written(&local.pat), |name| name.text.clone());
        let Some(init) = &local.init else {
            let at = self.reader.at(local);
            self.reader.add(messages::let_without_value(at, &text));
            return None;
        };
        if let Some((_, otherwise)) = &init.diverge {
            let at = self.reader.at(otherwise);
            self.reader.add(messages::let_else(at, &text));
        }
        let value = self.expr(&init.expr);
        let is_integer = value.as_ref().is_some_and(|value| value.is_integer);
        self.names.bind(text, is_integer);
        let value = value?;
        Some((Binding { name: name?, value: value.expr }, value.depth))
    }

    fn binding_name(&mut self, pattern: &Pat) -> Option<Name> {
        match pattern {
            Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
                self.refuse_attributes(&name.attrs);
                if name.mutability.is_some() {
                    let at = self.reader.at(pattern);
                    self.reader.add(messages::let_mut(at, &name.ident.to_string()));
                }
                Some(self.reader.name(&name.ident))
            }
            Pat::Type(typed) => {
                let name = self.binding_name(&typed.pat)?;
                let at = self.reader.at(&typed.ty);
                self.reader.add(messages::let_type(at, &name.text));
                Some(name)
            }
            _ => {
                let at = self.reader.at(pattern);
                self.reader.add(messages::let_pattern(at, &written(pattern)));
                None
            }
        }
    }

    /// An attribute such as `#[cfg(..)]` would change the meaning, so none is ignored.
    pub fn refuse_attributes(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            let at = self.reader.at(attribute);
            let found = written(attribute.meta.to_token_stream());
            self.reader.add(messages::attribute_in_body(at, &found));
        }
    }

    /// A block where an expression is expected.
    pub fn nested(&mut self, block: &syn::Block) -> Option<Operand> {
        let (first, last): (Span, Span) =
            (block.brace_token.span.open(), block.brace_token.span.close());
        let ReadBlock { block, depth, is_integer } = self.block(block, "the block")?;
        let operand = self.scope(block, first, last, depth)?;
        Some(Operand { is_integer, ..operand })
    }
}
