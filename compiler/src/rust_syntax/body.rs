//! Blocks of the body: their statements and the value after them.

use quote::ToTokens;
use syn::{Attribute, Expr, Local, Pat, Stmt};

use super::assign::is_assignment;
use super::expression::Operand;
use super::names::{Holds, Names};
use super::{Reader, refuse, written};
use crate::diagnostic::syntax::{body as messages, control};
use crate::tree::{self, Binding, Block, ExprKind, Name, Position, Statement};

/// Reads expressions; `names` are those of the model so far.
pub(super) struct Body<'a> {
    pub reader: &'a mut Reader,
    pub names: Names,
    pub level: usize,
    /// Of many expressions that are too deep, the first is reported.
    pub is_too_deep: bool,
    /// Whether integers are wanted, so that integers may be divided: a place in an array, a bound of a loop.
    pub wants_integers: bool,
}

/// What a block consists of.
pub(super) struct Parts {
    pub statements: Vec<Statement>,
    pub value: Option<Operand>,
    /// The height of the tree.
    pub depth: usize,
    /// Why there is no value, where the last statement has one that is thrown away.
    pub thrown_away: Option<Position>,
}

/// A statement as read, with the height of its tree.
enum Read {
    Statement(Statement, usize),
    Value { value: Operand, at: Position, has_semicolon: bool },
}

/// The body of a model; `None` after an error.
pub(super) fn body(
    reader: &mut Reader,
    block: &syn::Block,
    declared: Vec<(String, Holds)>,
) -> Option<Block> {
    let mut body = Body::new(reader);
    for (name, holds) in declared {
        body.names.bind(name, holds);
    }
    let read = body.block(block, "the body")?;
    Some(flat(read.0))
}

/// The body of a loss given as a closure, which sees nothing but its two arguments.
pub(super) fn closure_body(reader: &mut Reader, expr: &Expr) -> Option<Block> {
    let value = Body::new(reader).expr(expr)?.expr;
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

impl<'a> Body<'a> {
    fn new(reader: &'a mut Reader) -> Body<'a> {
        Body {
            reader,
            names: Names::default(),
            level: 0,
            is_too_deep: false,
            wants_integers: false,
        }
    }
}

impl Body<'_> {
    /// A block as a value, which must have one; the height of its tree, and whether Rust would compute it in integers.
    fn block(&mut self, block: &syn::Block, what: &str) -> Option<(Block, usize, bool)> {
        let Parts { statements, value, depth, thrown_away } = self.parts(block)?;
        let Some(value) = value else {
            let span = block.brace_token.span;
            let whole = self.reader.source.tokens(span.open(), span.close());
            self.reader.add(messages::missing_value(thrown_away.unwrap_or(whole), what));
            return None;
        };
        Some((Block { statements, value: value.expr }, depth, value.is_integer))
    }

    /// The statements and the value of a block; the names it binds are forgotten at its end.
    pub fn parts(&mut self, block: &syn::Block) -> Option<Parts> {
        let outside = self.names.count();
        let wants_integers = std::mem::replace(&mut self.wants_integers, false);
        let parts = self.statements(&block.stmts);
        self.wants_integers = wants_integers;
        self.names.forget(outside);
        parts
    }

    fn statements(&mut self, block: &[Stmt]) -> Option<Parts> {
        let mut parts = Parts { statements: Vec::new(), value: None, depth: 0, thrown_away: None };
        let mut is_whole = true;
        for (index, statement) in block.iter().enumerate() {
            let is_last = index + 1 == block.len();
            match self.statement(statement) {
                Some(Read::Statement(statement, depth)) => {
                    parts.statements.push(statement);
                    parts.depth = parts.depth.max(depth);
                }
                Some(Read::Value { value, has_semicolon, .. }) if is_last => {
                    parts.depth = parts.depth.max(value.depth);
                    if has_semicolon {
                        parts.thrown_away = Some(self.reader.at(statement));
                    } else {
                        parts.value = Some(value);
                    }
                }
                Some(Read::Value { at, .. }) => {
                    self.reader.add(messages::statement_without_effect(at));
                    is_whole = false;
                }
                None => is_whole = false,
            }
        }
        is_whole.then_some(parts)
    }

    fn statement(&mut self, statement: &Stmt) -> Option<Read> {
        match statement {
            Stmt::Local(local) => {
                let (binding, depth) = self.binding(local)?;
                Some(Read::Statement(Statement::Let(binding), depth))
            }
            Stmt::Item(item) => {
                let at = self.reader.at(item);
                self.reader.add(messages::item_in_body(at));
                None
            }
            Stmt::Expr(expr, semicolon) => self.effect(expr, semicolon.is_some()),
            Stmt::Macro(statement) if refuse::is_math(&statement.mac.path) => {
                let at = self.reader.at(&statement.mac);
                let value = self.math(&statement.mac)?;
                Some(Read::Value { value, at, has_semicolon: statement.semi_token.is_some() })
            }
            Stmt::Macro(statement) => {
                let at = self.reader.at(&statement.mac);
                self.reader.add(messages::macro_in_body(at, &written(&statement.mac.path)));
                None
            }
        }
    }

    /// An expression in the place of a statement: an assignment, a loop, or a value.
    fn effect(&mut self, expr: &Expr, has_semicolon: bool) -> Option<Read> {
        if is_assignment(expr) {
            let (binding, depth) = self.assignment(expr)?;
            return Some(Read::Statement(Statement::Assign(binding), depth));
        }
        let value = match expr {
            Expr::ForLoop(inner) => {
                let (inner, depth) = self.for_loop(inner, &[])?;
                if inner.value.is_none() {
                    return Some(Read::Statement(Statement::For(Box::new(inner)), depth));
                }
                self.collected(inner, depth, expr)?
            }
            _ => self.expr(expr)?,
        };
        let at = match expr {
            Expr::ForLoop(_) => value.expr.at,
            _ => self.reader.at(expr),
        };
        Some(Read::Value { value, at, has_semicolon })
    }

    fn binding(&mut self, local: &Local) -> Option<(Binding, usize)> {
        let pattern = self.pattern(&local.pat);
        let text = match &pattern {
            Some((name, _)) => name.text.clone(),
            None => written(&local.pat),
        };
        let Some(init) = &local.init else {
            let at = self.reader.at(local);
            self.reader.add(messages::let_without_value(at, &text));
            return None;
        };
        if let Some((_, otherwise)) = &init.diverge {
            let at = self.reader.at(otherwise);
            self.reader.add(messages::let_else(at, &text));
        }
        let value = self.bound_value(&init.expr, &local.attrs);
        let holds = Holds::integer_if(value.as_ref().is_some_and(|value| value.is_integer));
        match &pattern {
            Some((_, true)) => self.names.bind_mutable(text, holds),
            _ => self.names.bind(text, holds),
        }
        let value = value?;
        Some((Binding { name: pattern?.0, value: value.expr }, value.depth))
    }

    /// What a name is bound to: any value, or a loop, which may change the names around it.
    pub fn bound_value(&mut self, expr: &Expr, attributes: &[Attribute]) -> Option<Operand> {
        if let Expr::ForLoop(inner) = expr {
            let (inner, depth) = self.for_loop(inner, attributes)?;
            return self.collected(inner, depth, expr);
        }
        self.refuse_attributes(attributes);
        self.expr(expr)
    }

    /// The name a pattern binds, and whether it is `mut`.
    fn pattern(&mut self, pattern: &Pat) -> Option<(Name, bool)> {
        match pattern {
            Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
                self.refuse_attributes(&name.attrs);
                Some((self.reader.name(&name.ident), name.mutability.is_some()))
            }
            Pat::Type(typed) => {
                let name = self.pattern(&typed.pat)?;
                let at = self.reader.at(&typed.ty);
                self.reader.add(messages::let_type(at, &name.0.text));
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
            if attribute.path().is_ident("checkpoint") {
                self.reader.add(control::checkpoint_place(at));
                continue;
            }
            let found = written(attribute.meta.to_token_stream());
            self.reader.add(messages::attribute_in_body(at, &found));
        }
    }

    /// A block where an expression is expected; it cannot change the names around it.
    pub fn nested(&mut self, block: &syn::Block, what: &str) -> Option<Operand> {
        let span = block.brace_token.span;
        let surrounding = self.names.enter();
        let read = self.block(block, what);
        self.names.leave(surrounding);
        let (block, depth, is_integer) = read?;
        let operand = self.scope(block, span.open(), span.close(), depth)?;
        Some(Operand { is_integer, ..operand })
    }
}
