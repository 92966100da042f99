//! What an expression begins with: numbers, names, calls, and everything between brackets or bars.

use super::lexer::{Token, TokenKind};
use super::parser::{Operand, Parsed, Parser};
use crate::diagnostic::syntax::{control, notation};
use crate::tree::{AxisPlace, CallArgument, ExprKind, Name};

impl Parser<'_> {
    pub(super) fn primary(&mut self) -> Parsed<Operand> {
        match self.peek().kind {
            TokenKind::Name(_) if self.tokens[self.next + 1].kind == TokenKind::Sign("(") => {
                self.function()
            }
            TokenKind::Sign("(") => self.parenthesized(),
            TokenKind::Sign("[") => self.list(),
            TokenKind::Sign("|" | "‖") => self.bars(),
            _ => self.word(),
        }
    }

    /// A number, a name or a text.
    fn word(&mut self) -> Parsed<Operand> {
        let token = self.take();
        let kind = match token.kind.clone() {
            TokenKind::Integer(integer) => ExprKind::Integer(integer),
            TokenKind::Number(number) => ExprKind::Number(number),
            TokenKind::Text(text) => ExprKind::Text(text),
            TokenKind::Name(name) => {
                self.reject_reserved(&name, &token.range)?;
                ExprKind::Name(name)
            }
            _ => return Err(self.unexpected(&token, "a value")),
        };
        Ok(self.leaf(kind, token.range))
    }

    /// `array[place, place]`.
    pub(super) fn index(&mut self, array: Operand) -> Parsed<Operand> {
        let open = self.take();
        let mut places = Vec::new();
        let mut depth = array.depth;
        while !self.is_sign("]") {
            let (place, height) = self.place()?;
            depth = depth.max(height);
            places.push(place);
            if !self.is_sign(",") {
                break;
            }
            self.next += 1;
        }
        let close = self.close(&open, "]")?;
        if places.is_empty() {
            let at = self.at(open.range.start..close.end);
            return Err(control::no_place(at));
        }
        let range = array.range.start..close.end;
        let kind = ExprKind::Index { array: Box::new(array.expr), places };
        self.node(kind, range, depth)
    }

    /// `i`, `a:b`, `a..b`, `a:b:step`, with the height of its tree.
    fn place(&mut self) -> Parsed<(AxisPlace, usize)> {
        let start = self.peek().range.start;
        let first = self.bound()?;
        if !self.is_range() {
            let Some(first) = first else {
                let token = self.take();
                return Err(self.unexpected(&token, "a value"));
            };
            return Ok((AxisPlace::At(first.expr), first.depth));
        }
        self.next += 1;
        let end = self.bound()?;
        let step = if self.is_sign(":") {
            self.next += 1;
            self.bound()?
        } else {
            None
        };
        let last = self.tokens[self.next - 1].range.end;
        let parts = [&first, &end, &step].into_iter().flatten();
        let depth = parts.map(|part| part.depth).max().unwrap_or(0);
        let [first, end, step] = [first, end, step].map(|part| part.map(|part| part.expr));
        Ok((AxisPlace::Range { first, end, step, at: self.at(start..last) }, depth))
    }

    fn is_range(&self) -> bool {
        self.is_sign(":") || self.is_sign("..")
    }

    fn bound(&mut self) -> Parsed<Option<Operand>> {
        let is_left_out = self.is_range() || self.is_sign(",") || self.is_sign("]");
        if is_left_out { Ok(None) } else { self.expression(0).map(Some) }
    }

    fn parenthesized(&mut self) -> Parsed<Operand> {
        let open = self.take();
        let inside = self.expression(0)?;
        let close = self.close(&open, ")")?;
        Ok(Operand { range: open.range.start..close.end, ..inside })
    }

    fn function(&mut self) -> Parsed<Operand> {
        let name = self.name()?;
        let start = self.tokens[self.next - 1].range.start;
        let open = self.take();
        let mut arguments = Vec::new();
        let mut depth = 0;
        while !self.is_sign(")") {
            let label = if self.is_definition() { Some(self.label()?) } else { None };
            let value = self.expression(0)?;
            depth = depth.max(value.depth);
            arguments.push(CallArgument { label, value: value.expr });
            if !self.is_sign(",") {
                break;
            }
            self.next += 1;
        }
        let close = self.close(&open, ")")?;
        let text = if name.text == "Σ" { "sum".to_owned() } else { name.text };
        let function = Name { text, at: name.at };
        self.node(ExprKind::Call { function, arguments }, start..close.end, depth)
    }

    /// The `axis =` of an argument.
    fn label(&mut self) -> Parsed<Name> {
        let name = self.name()?;
        self.next += 1;
        Ok(name)
    }

    pub(super) fn name(&mut self) -> Parsed<Name> {
        let token = self.take();
        let TokenKind::Name(text) = token.kind.clone() else {
            return Err(self.unexpected(&token, "a name"));
        };
        self.reject_reserved(&text, &token.range)?;
        Ok(Name { text, at: self.at(token.range) })
    }

    fn list(&mut self) -> Parsed<Operand> {
        let open = self.take();
        let mut elements = Vec::new();
        let mut depth = 0;
        while !self.is_sign("]") {
            let element = self.expression(0)?;
            depth = depth.max(element.depth);
            elements.push(element.expr);
            if !self.is_sign(",") {
                break;
            }
            self.next += 1;
        }
        let close = self.close(&open, "]")?;
        self.node(ExprKind::List(elements), open.range.start..close.end, depth)
    }

    /// `|x|`, `||x||` or `‖x‖`. Where a value is expected bars open; after a value they close.
    fn bars(&mut self) -> Parsed<Operand> {
        let open = self.take();
        let is_double = open.kind == TokenKind::Sign("|") && self.next_bar_touches(&open);
        let mut opening = open.range.clone();
        if is_double {
            opening.end = self.take().range.end;
        }
        let inside = self.expression(0)?;
        let first = self.take();
        let is_closed = first.kind == open.kind && (!is_double || self.next_bar_touches(&first));
        if !is_closed {
            let at = self.at(opening.clone());
            return Err(notation::unclosed_bars(at, &self.text[opening], &self.found(&first)));
        }
        let end = if is_double { self.take().range.end } else { first.range.end };
        let is_norm = is_double || open.kind == TokenKind::Sign("‖");
        let function = if is_norm { "norm" } else { "abs" };
        let range = opening.start..end;
        self.call(function, opening, range, vec![inside])
    }

    fn next_bar_touches(&self, bar: &Token) -> bool {
        self.is_sign("|") && self.peek().range.start == bar.range.end
    }
}
