//! Loops: `for counter in first..end { .. }`.

use proc_macro2::Span;
use syn::{Attribute, Expr, ExprForLoop, ExprRange, Lit, LitInt, Pat, RangeLimits};

use super::body::{Body, Parts};
use super::expression::Operand;
use super::written;
use crate::diagnostic::syntax::control as messages;
use crate::tree::{self, ExprKind, Loop, Name, Position};

/// A range of integers as written, from its first to its last.
pub(super) struct Range {
    pub first: Option<Operand>,
    pub end: Option<Operand>,
}

/// The values a counter runs through.
struct Steps {
    first: tree::Expr,
    end: tree::Expr,
    reversed: bool,
    depth: usize,
}

impl Body<'_> {
    /// A loop with the height of its tree; `attributes` are those of the statement it is in.
    pub fn for_loop(
        &mut self,
        inner: &ExprForLoop,
        attributes: &[Attribute],
    ) -> Option<(Loop, usize)> {
        let keyword = inner.for_token.span;
        let at = self.reader.source.tokens(keyword, keyword);
        let checkpoint = self.checkpoint(attributes.iter().chain(&inner.attrs));
        if let Some(label) = &inner.label {
            let at = self.reader.at(label);
            self.reader.add(messages::loop_label(at, &written(&label.name)));
        }
        let steps = self.steps(&inner.expr);
        let counter = self.counter(&inner.pat);
        let outside = self.names.count();
        if let Some(counter) = &counter {
            self.names.bind_counter(counter.text.clone());
        }
        let parts = self.parts(&inner.body);
        self.names.forget(outside);
        let (steps, counter, checkpoint) = (steps?, counter?, checkpoint?);
        let Parts { statements, value, depth, thrown_away } = parts?;
        if let Some(at) = thrown_away {
            self.reader.add(crate::diagnostic::syntax::body::statement_without_effect(at));
            return None;
        }
        let Steps { first, end, reversed, depth: height } = steps;
        let value = value.map(|value| value.expr);
        let depth = 1 + depth.max(height);
        Some((Loop { counter, first, end, reversed, statements, value, checkpoint, at }, depth))
    }

    /// A loop as the value of its steps.
    pub fn collected(&mut self, inner: Loop, depth: usize, expr: &Expr) -> Option<Operand> {
        let Expr::ForLoop(written) = expr else { return None };
        let (first, last) = (written.for_token.span, written.body.brace_token.span.close());
        if inner.value.is_none() {
            self.reader.add(messages::loop_without_value(inner.at));
            return None;
        }
        self.operand(ExprKind::For(Box::new(inner)), first, last, depth)
    }

    /// A loop inside an expression; it cannot change the names around it.
    pub fn nested_loop(&mut self, inner: &ExprForLoop, expr: &Expr) -> Option<Operand> {
        let surrounding = self.names.enter();
        let read = self.for_loop(inner, &[]);
        self.names.leave(surrounding);
        let (inner, depth) = read?;
        self.collected(inner, depth, expr)
    }

    fn counter(&mut self, pattern: &Pat) -> Option<Name> {
        match pattern {
            Pat::Wild(_) => Some(Name { text: "_".to_owned(), at: self.reader.at(pattern) }),
            Pat::Ident(name)
                if name.by_ref.is_none() && name.subpat.is_none() && name.mutability.is_none() =>
            {
                self.refuse_attributes(&name.attrs);
                Some(self.reader.name(&name.ident))
            }
            _ => {
                let at = self.reader.at(pattern);
                self.reader.add(messages::loop_pattern(at, &written(pattern)));
                None
            }
        }
    }

    /// `first..end`, or `(first..end).rev()`.
    fn steps(&mut self, expr: &Expr) -> Option<Steps> {
        match bare(expr) {
            Expr::Range(range) => self.bounds(range),
            Expr::MethodCall(call) if matches!(bare(&call.receiver), Expr::Range(_)) => {
                if call.method != "rev" || !call.args.is_empty() || call.turbofish.is_some() {
                    let at = self.reader.at(&call.method);
                    self.reader.add(messages::loop_order(at, &call.method.to_string()));
                    return None;
                }
                let Expr::Range(range) = bare(&call.receiver) else { return None };
                Some(Steps { reversed: true, ..self.bounds(range)? })
            }
            other => {
                let at = self.reader.at(expr);
                self.reader.add(messages::loop_over_values(at, &written(other)));
                None
            }
        }
    }

    fn bounds(&mut self, range: &ExprRange) -> Option<Steps> {
        let Range { first, end } = self.range(range)?;
        let (Some(first), Some(end)) = (first, end) else {
            let at = self.reader.at(range);
            self.reader.add(messages::open_loop(at, &written(range)));
            return None;
        };
        let depth = first.depth.max(end.depth);
        Some(Steps { first: first.expr, end: end.expr, reversed: false, depth })
    }

    /// A range of integers; `a..=b` ends before `b + 1`.
    pub fn range(&mut self, range: &ExprRange) -> Option<Range> {
        self.refuse_attributes(&range.attrs);
        let mut bound = |bound: &Option<Box<Expr>>| match bound {
            Some(bound) => Ok(Some(self.integer(bound).ok_or(())?)),
            None => Ok::<_, ()>(None),
        };
        let (first, end) = (bound(&range.start), bound(&range.end));
        let (first, end) = (first.ok()?, end.ok()?);
        let end = match (&range.limits, end) {
            (RangeLimits::Closed(sign), Some(last)) => Some(self.after(last, sign.spans[0])?),
            (_, end) => end,
        };
        Some(Range { first, end })
    }

    fn after(&mut self, last: Operand, sign: Span) -> Option<Operand> {
        if let ExprKind::Integer(integer) = last.expr.kind
            && let Some(next) = integer.checked_add(1)
        {
            let expr = tree::Expr { kind: ExprKind::Integer(next), at: last.expr.at };
            return Some(Operand { expr, ..last });
        }
        let end = last.last;
        let one = self.one(end)?;
        let first = last.first;
        self.apply("add", sign, first, end, vec![last, one])
    }

    /// An expression where an integer is wanted.
    pub fn integer(&mut self, expr: &Expr) -> Option<Operand> {
        let outer = std::mem::replace(&mut self.wants_integers, true);
        let operand = self.expr(expr);
        self.wants_integers = outer;
        operand
    }

    /// `#[checkpoint(every = k)]`, at most once, and no other attribute.
    #[allow(clippy::option_option, reason = "an error differs from no attribute")]
    fn checkpoint<'a>(
        &mut self,
        attributes: impl Iterator<Item = &'a Attribute>,
    ) -> Option<Option<(u64, Position)>> {
        let mut found = None;
        for attribute in attributes {
            if !attribute.path().is_ident("checkpoint") {
                self.refuse_attributes(std::slice::from_ref(attribute));
                continue;
            }
            let at = self.reader.at(attribute);
            match every(attribute) {
                Some(every) if found.is_none() => found = Some((every, at)),
                _ => {
                    self.reader.add(messages::checkpoint(at, &written(&attribute.meta)));
                    return None;
                }
            }
        }
        Some(found)
    }
}

/// The `k` of `checkpoint(every = k)`.
fn every(attribute: &Attribute) -> Option<u64> {
    let value: syn::MetaNameValue = attribute.parse_args().ok()?;
    let Expr::Lit(literal) = &value.value else { return None };
    let Lit::Int(integer) = &literal.lit else { return None };
    let every = Some(integer).filter(|_| value.path.is_ident("every")).map(LitInt::base10_parse);
    every?.ok().filter(|&every| every > 0 && integer.suffix().is_empty())
}

/// Without parentheses.
pub(super) fn bare(mut expr: &Expr) -> &Expr {
    loop {
        expr = match expr {
            Expr::Paren(paren) if paren.attrs.is_empty() => &paren.expr,
            Expr::Group(group) => &group.expr,
            _ => return expr,
        };
    }
}
