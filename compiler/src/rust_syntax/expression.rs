//! Expressions of the body: operators, calls and literals.

use proc_macro2::Span;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{
    BinOp, Expr, ExprArray, ExprCall, ExprLit, ExprMethodCall, ExprParen, ExprReference, ExprUnary,
    Token, UnOp,
};

use super::assign::compound;
use super::body::Body;
use super::literal::number_or_text;
use super::{constants, refuse, written};
use crate::diagnostic::syntax::{body as messages, notation};
use crate::tree::{self, CallArgument, ExprKind, MAX_DEPTH, Name, Position, negated_literal};

/// An expression with its first and last token and the height of its tree.
pub(super) struct Operand {
    pub expr: tree::Expr,
    pub first: Span,
    pub last: Span,
    pub depth: usize,
    /// Rust would compute it in integers.
    pub is_integer: bool,
}

/// Arguments and the height of the highest.
type Arguments = (Vec<CallArgument>, usize);

impl Body<'_> {
    /// An expression; `None` after an error, which has been reported.
    pub fn expr(&mut self, expr: &Expr) -> Option<Operand> {
        if self.level >= MAX_DEPTH {
            let at = self.reader.at(expr);
            self.too_deep(at);
            return None;
        }
        self.level += 1;
        let operand = self.form(expr);
        self.level -= 1;
        operand
    }

    fn too_deep(&mut self, at: Position) {
        if !self.is_too_deep {
            self.is_too_deep = true;
            self.reader.add(notation::too_deep(at, MAX_DEPTH));
        }
    }

    /// Each form has a function of its own, which keeps this frame small: it is on the stack once for every level.
    fn form(&mut self, expr: &Expr) -> Option<Operand> {
        self.refuse_attributes(refuse::attributes(expr));
        match expr {
            Expr::Binary(binary) if operation(&binary.op).is_some() => self.chain(expr),
            Expr::Unary(unary) if !matches!(unary.op, UnOp::Deref(_)) => self.signed(unary),
            Expr::Paren(paren) => self.parenthesized(paren),
            Expr::Group(group) => self.expr(&group.expr),
            Expr::Reference(reference) if reference.mutability.is_none() => {
                self.reference(reference)
            }
            Expr::Call(call) => self.call(call),
            Expr::MethodCall(call) => self.method(call),
            Expr::Array(array) => self.list(array),
            Expr::Block(block) if block.label.is_none() => self.nested(&block.block, "the block"),
            Expr::If(choice) => self.choice(choice),
            Expr::ForLoop(inner) => self.nested_loop(inner, expr),
            Expr::Index(index) => self.index(index),
            Expr::Assign(assign) => self.misplaced_assignment(expr, &assign.left),
            Expr::Macro(expr) if refuse::is_math(&expr.mac.path) => self.math(&expr.mac),
            Expr::Lit(literal) => self.literal(literal),
            Expr::Path(_) if refuse::ident(expr).is_some() => self.variable(expr),
            Expr::Path(path) if constants::is_constant(path) => self.constant(path),
            _ => self.refuse(expr),
        }
    }

    fn refuse(&mut self, expr: &Expr) -> Option<Operand> {
        refuse::refuse(self.reader, expr);
        None
    }

    fn parenthesized(&mut self, paren: &ExprParen) -> Option<Operand> {
        let span = paren.paren_token.span;
        let inside = self.expr(&paren.expr)?;
        Some(Operand { first: span.open(), last: span.close(), ..inside })
    }

    fn reference(&mut self, reference: &ExprReference) -> Option<Operand> {
        let inside = self.expr(&reference.expr)?;
        Some(Operand { first: reference.and_token.span, ..inside })
    }

    fn list(&mut self, array: &ExprArray) -> Option<Operand> {
        let span = array.bracket_token.span;
        let (elements, depth) = self.elements(&array.elems)?;
        self.operand(ExprKind::List(elements), span.open(), span.close(), depth)
    }

    fn literal(&mut self, literal: &ExprLit) -> Option<Operand> {
        let kind = number_or_text(self.reader, &literal.lit)?;
        self.leaf(kind, literal.lit.span())
    }

    /// A node over children of height `inner`.
    pub fn operand(
        &mut self,
        kind: ExprKind,
        first: Span,
        last: Span,
        inner: usize,
    ) -> Option<Operand> {
        let at = self.reader.source.tokens(first, last);
        if inner >= MAX_DEPTH {
            self.too_deep(at);
            return None;
        }
        let expr = tree::Expr { kind, at };
        Some(Operand { expr, first, last, depth: inner + 1, is_integer: false })
    }

    /// A block as a value; one that binds nothing is its value.
    pub fn scope(
        &mut self,
        block: tree::Block,
        first: Span,
        last: Span,
        depth: usize,
    ) -> Option<Operand> {
        if block.statements.is_empty() {
            return Some(Operand { expr: block.value, first, last, depth, is_integer: false });
        }
        self.operand(ExprKind::Block(Box::new(block)), first, last, depth)
    }

    pub fn leaf(&mut self, kind: ExprKind, span: Span) -> Option<Operand> {
        let is_integer = matches!(kind, ExprKind::Integer(_));
        let operand = self.operand(kind, span, span, 0)?;
        Some(Operand { is_integer, ..operand })
    }

    fn variable(&mut self, path: &Expr) -> Option<Operand> {
        let ident = refuse::ident(path)?;
        let name = ident.to_string();
        if let Expr::Path(path) = path
            && !self.names.has(&name)
            && constants::is_constant(path)
        {
            return self.constant(path);
        }
        let is_integer = self.names.is_integer(&name);
        let operand = self.leaf(ExprKind::Name(name), ident.span())?;
        Some(Operand { is_integer, ..operand })
    }

    /// `a + b - c ..`: operators that lean to the left are read in a row, so that a long sum takes no stack.
    fn chain(&mut self, expr: &Expr) -> Option<Operand> {
        let mut operators = Vec::new();
        let mut leftmost = expr;
        while let Expr::Binary(binary) = leftmost
            && operation(&binary.op).is_some()
        {
            operators.push((leftmost, &binary.right));
            leftmost = &binary.left;
        }
        let mut left = self.expr(leftmost);
        for (whole, right) in operators.into_iter().rev() {
            let right = self.expr(right);
            left = left.zip(right).and_then(|(left, right)| self.combine(whole, left, right));
        }
        left
    }

    fn combine(&mut self, whole: &Expr, left: Operand, right: Operand) -> Option<Operand> {
        let Expr::Binary(binary) = whole else { return None };
        let Operation { function, sign, order } = operation(&binary.op)?;
        match order {
            Order::AsWritten => self.binary(function, sign, left, right, whole),
            Order::Exchanged => {
                let (first, last) = (left.first, right.last);
                self.apply(function, sign, first, last, vec![right, left])
            }
        }
    }

    /// `function` of two operands, written as `whole`; integers are divided only where integers are wanted.
    pub fn binary(
        &mut self,
        function: &str,
        sign: Span,
        left: Operand,
        right: Operand,
        whole: &Expr,
    ) -> Option<Operand> {
        let are_integers = left.is_integer && right.is_integer;
        if function == "div" && are_integers && !self.wants_integers {
            let at = self.reader.at(whole);
            let real = with_decimal_point(whole);
            self.reader.add(messages::integer_division(at, &written(whole), &real));
            return None;
        }
        let is_integer = are_integers && matches!(function, "add" | "sub" | "mul" | "div");
        let (first, last) = (left.first, right.last);
        let operand = self.apply(function, sign, first, last, vec![left, right])?;
        Some(Operand { is_integer, ..operand })
    }

    /// `-x` or `!c`.
    fn signed(&mut self, unary: &ExprUnary) -> Option<Operand> {
        let sign = unary.op.span();
        let inside = self.expr(&unary.expr)?;
        if matches!(unary.op, UnOp::Not(_)) {
            let last = inside.last;
            return self.apply("not", sign, sign, last, vec![inside]);
        }
        self.negate(sign, inside)
    }

    fn negate(&mut self, sign: Span, inside: Operand) -> Option<Operand> {
        let (last, is_integer) = (inside.last, inside.is_integer);
        let operand = match negated_literal(&inside.expr.kind) {
            Some(kind) => self.operand(kind, sign, last, 0)?,
            None => self.apply("neg", sign, sign, last, vec![inside])?,
        };
        Some(Operand { is_integer, ..operand })
    }

    /// A call that a sign stands for.
    pub fn apply(
        &mut self,
        function: &str,
        sign: Span,
        first: Span,
        last: Span,
        operands: Vec<Operand>,
    ) -> Option<Operand> {
        let depth = operands.iter().map(|operand| operand.depth).max().unwrap_or(0);
        let at = self.reader.source.tokens(sign, sign);
        let function = Name { text: function.to_owned(), at };
        let arguments = operands
            .into_iter()
            .map(|operand| CallArgument { label: None, value: operand.expr })
            .collect();
        self.operand(ExprKind::Call { function, arguments }, first, last, depth)
    }

    fn call(&mut self, call: &ExprCall) -> Option<Operand> {
        let function = self.function(&call.func);
        let (arguments, depth) = self.arguments(&call.args)?;
        let (function, first) = function?;
        let last = call.paren_token.span.close();
        self.operand(ExprKind::Call { function, arguments }, first, last, depth)
    }

    fn function(&mut self, function: &Expr) -> Option<(Name, Span)> {
        let Expr::Path(path) = function else {
            let at = self.reader.at(function);
            self.reader.add(messages::called_value(at));
            return None;
        };
        self.refuse_attributes(&path.attrs);
        if let Some(ident) = path.path.get_ident()
            && path.qself.is_none()
        {
            return Some((self.reader.name(ident), ident.span()));
        }
        let at = self.reader.at(path);
        let last = path.path.segments.last().map(|segment| segment.ident.to_string());
        let name = last.unwrap_or_default();
        let has_generics = path.path.segments.len() == 1;
        self.reader.add(if has_generics {
            messages::turbofish(at, &name)
        } else {
            messages::path_call(at, &written(path), &name)
        });
        None
    }

    fn method(&mut self, call: &ExprMethodCall) -> Option<Operand> {
        let receiver = self.expr(&call.receiver);
        let arguments = self.arguments(&call.args);
        self.receive(call, receiver?, arguments?)
    }

    fn receive(
        &mut self,
        call: &ExprMethodCall,
        receiver: Operand,
        (rest, depth): Arguments,
    ) -> Option<Operand> {
        if let Some(turbofish) = &call.turbofish {
            let at = self.reader.at(turbofish);
            self.reader.add(messages::turbofish(at, &call.method.to_string()));
            return None;
        }
        let (first, depth) = (receiver.first, depth.max(receiver.depth));
        let mut arguments = vec![CallArgument { label: None, value: receiver.expr }];
        arguments.extend(rest);
        let function = self.reader.name(&call.method);
        let last = call.paren_token.span.close();
        self.operand(ExprKind::Call { function, arguments }, first, last, depth)
    }

    fn arguments(&mut self, list: &Punctuated<Expr, Token![,]>) -> Option<Arguments> {
        let arguments: Vec<Option<(CallArgument, usize)>> =
            list.iter().map(|argument| self.argument(argument)).collect();
        let arguments: Option<Vec<(CallArgument, usize)>> = arguments.into_iter().collect();
        let (arguments, depths): (Vec<_>, Vec<_>) = arguments?.into_iter().unzip();
        Some((arguments, depths.into_iter().max().unwrap_or(0)))
    }

    /// A value, or `axis = value`.
    fn argument(&mut self, argument: &Expr) -> Option<(CallArgument, usize)> {
        let (label, value) = match argument {
            Expr::Assign(assign) => match refuse::ident(&assign.left) {
                Some(ident) => {
                    self.refuse_attributes(&assign.attrs);
                    (Some(self.reader.name(ident)), &*assign.right)
                }
                None => (None, argument),
            },
            _ => (None, argument),
        };
        let value = self.expr(value)?;
        Some((CallArgument { label, value: value.expr }, value.depth))
    }

    /// Axes or extents: integers.
    fn elements(&mut self, list: &Punctuated<Expr, Token![,]>) -> Option<(Vec<tree::Expr>, usize)> {
        let elements: Vec<Option<Operand>> =
            list.iter().map(|element| self.integer(element)).collect();
        let elements: Vec<Operand> = elements.into_iter().collect::<Option<_>>()?;
        let depth = elements.iter().map(|element| element.depth).max().unwrap_or(0);
        Some((elements.into_iter().map(|element| element.expr).collect(), depth))
    }
}

/// The function a sign of Rust stands for.
struct Operation {
    function: &'static str,
    sign: Span,
    order: Order,
}

/// How the operands of a sign become those of its function.
enum Order {
    AsWritten,
    /// `a > b` is `b < a`.
    Exchanged,
}

/// The quotient of integers as one of numbers.
fn with_decimal_point(quotient: &Expr) -> String {
    let Expr::Binary(binary) = quotient else { return "1.0 / 2.0".to_owned() };
    let (left, right) = (written(&binary.left), written(&binary.right));
    let is_literal = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match (is_literal(&left), is_literal(&right)) {
        _ if compound(&binary.op).is_some() && is_literal(&right) => format!("{left} /= {right}.0"),
        (true, true) => format!("{left}.0 / {right}.0"),
        (true, false) => format!("{left}.0 / {right}"),
        (false, true) => format!("{left} / {right}.0"),
        (false, false) => format!("1.0 * {left} / {right}"),
    }
}

fn operation(sign: &BinOp) -> Option<Operation> {
    let (function, sign) = match sign {
        BinOp::Add(token) => ("add", token.spans[0]),
        BinOp::Sub(token) => ("sub", token.spans[0]),
        BinOp::Mul(token) => ("mul", token.spans[0]),
        BinOp::Div(token) => ("div", token.spans[0]),
        BinOp::Lt(token) => ("less", token.spans[0]),
        BinOp::Le(token) => ("at_most", token.spans[0]),
        BinOp::Eq(token) => ("equal", token.spans[0]),
        BinOp::Ne(token) => ("not_equal", token.spans[0]),
        BinOp::And(token) => ("and", token.spans[0]),
        BinOp::Or(token) => ("or", token.spans[0]),
        BinOp::Gt(token) => {
            let sign = token.spans[0];
            return Some(Operation { function: "less", sign, order: Order::Exchanged });
        }
        BinOp::Ge(token) => {
            let sign = token.spans[0];
            return Some(Operation { function: "at_most", sign, order: Order::Exchanged });
        }
        _ => return None,
    };
    Some(Operation { function, sign, order: Order::AsWritten })
}
