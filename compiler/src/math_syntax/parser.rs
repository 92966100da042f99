//! Tokens of the blackboard notation to the tree: precedence climbing.

use std::ops::Range;

use super::lexer::{Token, TokenKind};
use crate::diagnostic::{Diagnostic, syntax::notation};
use crate::tree::{
    Binding, Block, CallArgument, Expr, ExprKind, MAX_DEPTH, Name, Position, Statement,
    is_integer_literal, negated_literal,
};

/// The infix signs from loose to tight, with the function each calls. All are left associative, but comparisons do not associate.
///
/// Above them bind, in this order: unary minus; then powers (`^`, right associative, and raised integers), the transpose, places in
/// brackets and the root. `not` stands between `and` and the comparisons.
const PRECEDENCE: &[(&str, &str, u8)] = &[
    ("or", "or", 1),
    ("and", "and", 2),
    ("<", "less", COMPARISON),
    (">", "less", COMPARISON),
    ("<=", "at_most", COMPARISON),
    (">=", "at_most", COMPARISON),
    ("==", "equal", COMPARISON),
    ("!=", "not_equal", COMPARISON),
    ("+", "add", 4),
    ("-", "sub", 4),
    ("*", "mul", 5),
    ("/", "div", 5),
    ("·", "dot", 5),
];
const COMPARISON: u8 = 3;

/// How deep signs and brackets may nest in the text: less than a tree, whose chains of sums take no stack to parse.
const MAX_NESTING: usize = 100;

pub(super) type Parsed<T> = Result<T, Diagnostic>;

/// An expression with the bytes it covers, parentheses included, and the height of its tree.
pub(super) struct Operand {
    pub expr: Expr,
    pub range: Range<usize>,
    pub depth: usize,
}

pub(super) struct Parser<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
    pub position: &'a mut dyn FnMut(Range<usize>) -> Position,
    pub is_declared: &'a dyn Fn(&str) -> bool,
    pub next: usize,
    nesting: usize,
    binds_t: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(
        text: &'a str,
        tokens: Vec<Token>,
        position: &'a mut dyn FnMut(Range<usize>) -> Position,
        is_declared: &'a dyn Fn(&str) -> bool,
    ) -> Parser<'a> {
        Parser { text, tokens, position, is_declared, next: 0, nesting: 0, binds_t: false }
    }

    /// `(let)? name = value; ... value`, up to the end of the text.
    pub(super) fn block(&mut self) -> Parsed<Block> {
        let mut statements = Vec::new();
        while let Some(binding) = self.binding()? {
            statements.push(Statement::Let(binding));
        }
        if self.peek().kind == TokenKind::End {
            let at = self.peek().range.clone();
            return Err(notation::missing_notation_value(self.at(at)));
        }
        let value = self.expression(0)?;
        if self.is_sign(";") {
            let at = self.peek().range.clone();
            return Err(notation::missing_notation_value(self.at(at)));
        }
        self.expect_end()?;
        Ok(Block { statements, value: value.expr })
    }

    pub(super) fn binding(&mut self) -> Parsed<Option<Binding>> {
        let has_let = self.peek().kind == TokenKind::Name("let".to_owned());
        if has_let {
            self.next += 1;
        } else if !self.is_definition() {
            return Ok(None);
        }
        let name = self.name()?;
        self.expect("=", "`=`")?;
        let value = self.expression(0)?.expr;
        self.expect(";", "`;`")?;
        self.binds_t |= name.text == "T";
        Ok(Some(Binding { name, value }))
    }

    /// Whether `name =` comes next.
    pub(super) fn is_definition(&self) -> bool {
        matches!(self.peek().kind, TokenKind::Name(_))
            && self
                .tokens
                .get(self.next + 1)
                .is_some_and(|token| token.kind == TokenKind::Sign("="))
    }

    pub(super) fn expression(&mut self, minimum: u8) -> Parsed<Operand> {
        let mut left = self.prefix()?;
        let mut is_compared = false;
        while let Some(&(spelling, function, precedence)) = self.infix() {
            if precedence < minimum {
                return Ok(left);
            }
            let sign = self.take().range;
            let right = self.expression(precedence + 1)?;
            let range = left.range.start..right.range.end;
            let is_comparison = precedence == COMPARISON;
            if is_comparison && std::mem::replace(&mut is_compared, true) {
                return Err(notation::chained_comparison(self.at(range)));
            }
            // `a > b` is `b < a`.
            let is_exchanged = matches!(spelling, ">" | ">=");
            let operands = if is_exchanged { vec![right, left] } else { vec![left, right] };
            left = self.call(function, sign, range, operands)?;
        }
        self.reject_juxtaposition(&left)?;
        Ok(left)
    }

    pub(super) fn infix(&self) -> Option<&'static (&'static str, &'static str, u8)> {
        let TokenKind::Sign(sign) = self.peek().kind else { return None };
        PRECEDENCE.iter().find(|(spelling, ..)| *spelling == sign)
    }

    /// Unary minus, or what binds tighter. Everything that nests comes through here, so the depth is limited here.
    ///
    /// The functions on the way down are split so that their frames stay small in an unoptimized compiler.
    pub(super) fn prefix(&mut self) -> Parsed<Operand> {
        self.limit_nesting()?;
        self.nesting += 1;
        let operand = if self.is_sign("-") {
            self.minus()
        } else if self.is_sign("not") {
            self.not()
        } else {
            self.power()
        };
        self.nesting -= 1;
        operand
    }

    pub(super) fn limit_nesting(&mut self) -> Parsed<()> {
        if self.nesting < MAX_NESTING {
            return Ok(());
        }
        let at = self.peek().range.clone();
        Err(notation::too_deep(self.at(at), MAX_NESTING))
    }

    pub(super) fn minus(&mut self) -> Parsed<Operand> {
        let sign = self.take().range;
        let operand = self.prefix()?;
        self.negate(sign, operand)
    }

    /// `not a < b` is `not (a < b)`.
    fn not(&mut self) -> Parsed<Operand> {
        let sign = self.take().range;
        let operand = self.expression(COMPARISON)?;
        let range = sign.start..operand.range.end;
        self.call("not", sign, range, vec![operand])
    }

    /// A negated number is a number; zero keeps its sign by staying a call.
    pub(super) fn negate(&mut self, sign: Range<usize>, operand: Operand) -> Parsed<Operand> {
        let range = sign.start..operand.range.end;
        match negated_literal(&operand.expr.kind) {
            Some(kind) => Ok(self.leaf(kind, range)),
            None => self.call("neg", sign, range, vec![operand]),
        }
    }

    /// A root, or a primary with the exponents and transposes after it.
    pub(super) fn power(&mut self) -> Parsed<Operand> {
        if self.is_sign("√") {
            return self.root();
        }
        let base = self.primary()?;
        self.raised(base)
    }

    pub(super) fn raised(&mut self, mut base: Operand) -> Parsed<Operand> {
        let mut exponent: Option<Range<usize>> = None;
        loop {
            if self.is_transpose() {
                base = self.transpose(base)?;
                exponent = None;
                continue;
            }
            if self.is_sign("[") {
                base = self.index(base)?;
                exponent = None;
                continue;
            }
            let Token { kind, range } = self.peek().clone();
            match (kind, exponent) {
                (TokenKind::Exponent(_) | TokenKind::Sign("^"), Some(first)) => {
                    let at = self.at(first.start..range.end);
                    return Err(notation::ambiguous_power(
                        at,
                        &self.text[first],
                        &self.text[range],
                    ));
                }
                (TokenKind::Exponent(integer), None) => {
                    base = self.integer_power(base, integer)?;
                    exponent = Some(range);
                }
                (TokenKind::Sign("^"), None) => return self.caret(base),
                _ => return Ok(base),
            }
        }
    }

    pub(super) fn integer_power(&mut self, base: Operand, exponent: i64) -> Parsed<Operand> {
        let sign = self.take().range;
        let range = base.range.start..sign.end;
        let power = self.leaf(ExprKind::Integer(exponent), sign.clone());
        self.call("powi", sign, range, vec![base, power])
    }

    /// `base ^ exponent`, after a base that carries no exponent yet.
    pub(super) fn caret(&mut self, base: Operand) -> Parsed<Operand> {
        let sign = self.take().range;
        let exponent_start = self.next;
        let exponent = self.prefix()?;
        let ends_in_transpose = self.tokens[exponent_start..self.next].last().is_some_and(|last| {
            last.kind == TokenKind::Sign("ᵀ")
                || (last.kind == TokenKind::Name("T".to_owned())
                    && self.next >= exponent_start + 2
                    && self.tokens[self.next - 2].kind == TokenKind::Sign("^"))
        });
        if ends_in_transpose || self.is_transpose() {
            let at = base.range.start..self.tokens[self.next - 1].range.end;
            return Err(notation::ambiguous_transpose(self.at(at)));
        }
        let range = base.range.start..exponent.range.end;
        let function = if is_integer_literal(&exponent.expr) { "powi" } else { "powf" };
        self.call(function, sign, range, vec![base, exponent])
    }

    /// Whether `ᵀ` or `^T` comes next; `^T(x)` is a power.
    pub(super) fn is_transpose(&self) -> bool {
        let kind = |offset: usize| self.tokens.get(self.next + offset).map(|token| &token.kind);
        self.is_sign("ᵀ")
            || self.is_sign("^")
                && kind(1) == Some(&TokenKind::Name("T".to_owned()))
                && kind(2) != Some(&TokenKind::Sign("("))
    }

    pub(super) fn transpose(&mut self, base: Operand) -> Parsed<Operand> {
        let mut sign = self.take().range;
        if &self.text[sign.clone()] == "^" {
            sign.end = self.take().range.end;
            if self.binds_t || (self.is_declared)("T") {
                return Err(notation::power_or_transpose(self.at(sign)));
            }
        }
        let range = base.range.start..sign.end;
        self.call("transpose", sign, range, vec![base])
    }

    pub(super) fn root(&mut self) -> Parsed<Operand> {
        let sign = self.take().range;
        let mut operand = if self.is_sign("√") { self.prefix()? } else { self.primary()? };
        while self.is_sign("[") {
            operand = self.index(operand)?;
        }
        let after = self.peek().clone();
        if matches!(after.kind, TokenKind::Exponent(_) | TokenKind::Sign("^" | "ᵀ")) {
            let at = self.at(sign.start..after.range.end);
            return Err(notation::ambiguous_root(at, &self.text[after.range]));
        }
        let range = sign.start..operand.range.end;
        self.call("sqrt", sign, range, vec![operand])
    }

    /// An operand that stands where a sign should is a product without its sign, or a line without its `;`.
    pub(super) fn reject_juxtaposition(&mut self, left: &Operand) -> Parsed<()> {
        let token = self.peek().clone();
        let starts_a_value = match token.kind {
            TokenKind::Sign(sign) => matches!(sign, "(" | "[" | "√" | "not"),
            TokenKind::Exponent(_) | TokenKind::End => false,
            _ => true,
        };
        if !starts_a_value {
            return Ok(());
        }
        let written = &self.text[left.range.clone()];
        let between = &self.text[left.range.end..token.range.start];
        if between.contains('\n') {
            let at = self.at(left.range.clone());
            return Err(notation::missing_semicolon(at, written.lines().last().unwrap_or(written)));
        }
        let at = self.at(left.range.start..token.range.end);
        Err(notation::missing_sign(at, written, &self.text[token.range]))
    }

    pub(super) fn reject_reserved(&mut self, name: &str, range: &Range<usize>) -> Parsed<()> {
        if name == "let" {
            return Err(notation::reserved_name(self.at(range.clone()), name));
        }
        Ok(())
    }

    pub(super) fn call(
        &mut self,
        function: &str,
        sign: Range<usize>,
        range: Range<usize>,
        operands: Vec<Operand>,
    ) -> Parsed<Operand> {
        let depth = operands.iter().map(|operand| operand.depth).max().unwrap_or(0);
        let arguments = operands
            .into_iter()
            .map(|operand| CallArgument { label: None, value: operand.expr })
            .collect();
        let function = Name { text: function.to_owned(), at: self.at(sign) };
        self.node(ExprKind::Call { function, arguments }, range, depth)
    }

    pub(super) fn node(
        &mut self,
        kind: ExprKind,
        range: Range<usize>,
        inner: usize,
    ) -> Parsed<Operand> {
        let at = self.at(range.clone());
        if inner >= MAX_DEPTH {
            return Err(notation::too_deep(at, MAX_DEPTH));
        }
        Ok(Operand { expr: Expr { kind, at }, range, depth: inner + 1 })
    }

    pub(super) fn leaf(&mut self, kind: ExprKind, range: Range<usize>) -> Operand {
        Operand { expr: Expr { kind, at: self.at(range.clone()) }, range, depth: 1 }
    }

    pub(super) fn at(&mut self, range: Range<usize>) -> Position {
        (self.position)(range)
    }

    pub(super) fn peek(&self) -> &Token {
        &self.tokens[self.next]
    }

    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(self.peek().kind, TokenKind::Sign(found) if found == sign)
    }

    /// The next token; the end of the text is never passed.
    pub(super) fn take(&mut self) -> Token {
        let token = self.peek().clone();
        if token.kind != TokenKind::End {
            self.next += 1;
        }
        token
    }

    pub(super) fn expect(&mut self, sign: &str, expected: &str) -> Parsed<()> {
        let token = self.take();
        if matches!(token.kind, TokenKind::Sign(found) if found == sign) {
            return Ok(());
        }
        Err(self.unexpected(&token, expected))
    }

    pub(super) fn close(&mut self, open: &Token, sign: &str) -> Parsed<Range<usize>> {
        let token = self.take();
        if matches!(token.kind, TokenKind::Sign(found) if found == sign) {
            return Ok(token.range);
        }
        let at = self.at(open.range.clone());
        let opening = &self.text[open.range.clone()];
        Err(notation::unclosed_bracket(at, opening, sign, &self.found(&token)))
    }

    pub(super) fn expect_end(&mut self) -> Parsed<()> {
        let token = self.take();
        if token.kind == TokenKind::End {
            return Ok(());
        }
        Err(self.unexpected(&token, "a sign such as `+` or `·`, or the end of the text,"))
    }

    pub(super) fn unexpected(&mut self, token: &Token, expected: &str) -> Diagnostic {
        let at = self.at(token.range.clone());
        notation::unexpected_token(at, &self.found(token), expected)
    }

    pub(super) fn found(&self, token: &Token) -> String {
        match token.kind {
            TokenKind::End => "the end of the text".to_owned(),
            _ => format!("`{}`", &self.text[token.range.clone()]),
        }
    }
}
