//! Integer expressions: literals, dimensions, counters and indices, as affine forms with a known range.

use super::call::Call;
use super::describe::describe;
use super::{Lowering, Value};
use crate::construct;
use crate::diagnostic::meaning;
use crate::functions::scalar::MUL;
use crate::ir::{Access, Dim, Label, NodeId, Polynomial, Position};
use crate::tree::{CallArgument, Expr, ExprKind, Name, Position as Source};

/// Integers up to here are exact as numbers.
const LARGEST: f64 = (1_i64 << 52) as f64;

/// `offset + Σ factor·integer`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Affine {
    /// Integers known when the program runs; each node once.
    pub terms: Vec<Term>,
    /// What is added: a polynomial of dimensions.
    pub offset: Polynomial,
}

/// A multiple of an integer that is known when the program runs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    /// The integer, or an array of them.
    pub node: NodeId,
    /// What it is multiplied by.
    pub factor: Polynomial,
    /// The least it can be.
    pub least: Polynomial,
    /// The largest it can be.
    pub most: Polynomial,
}

impl Affine {
    /// A polynomial of dimensions.
    pub fn constant(offset: Polynomial) -> Affine {
        Affine { terms: Vec::new(), offset }
    }

    /// An integer between two bounds, both included.
    pub fn integer(node: NodeId, least: Polynomial, most: Polynomial) -> Affine {
        let factor = Polynomial::constant(1);
        Affine { terms: vec![Term { node, factor, least, most }], offset: Polynomial::default() }
    }

    /// An index below a bound.
    pub fn below(node: NodeId, bound: &Dim) -> Affine {
        let most = Polynomial::from(bound).plus(&Polynomial::constant(-1));
        Affine::integer(node, Polynomial::default(), most)
    }

    /// The polynomial this is, if it depends on nothing else.
    pub fn as_polynomial(&self) -> Option<&Polynomial> {
        self.terms.is_empty().then_some(&self.offset)
    }

    /// The sum of two.
    pub fn plus(&self, other: &Affine) -> Affine {
        let mut sum = Affine { offset: self.offset.plus(&other.offset), ..self.clone() };
        for term in &other.terms {
            match sum.terms.iter_mut().find(|known| known.node == term.node) {
                Some(known) => known.factor = known.factor.plus(&term.factor),
                None => sum.terms.push(term.clone()),
            }
        }
        sum.terms.retain(|term| term.factor != Polynomial::default());
        sum
    }

    /// The product with a polynomial.
    pub fn times(&self, factor: &Polynomial) -> Affine {
        let terms = self
            .terms
            .iter()
            .map(|term| Term { factor: term.factor.times(factor), ..term.clone() });
        let mut product = Affine { terms: terms.collect(), offset: self.offset.times(factor) };
        product.terms.retain(|term| term.factor != Polynomial::default());
        product
    }

    /// `self − other`.
    pub fn minus(&self, other: &Affine) -> Affine {
        self.plus(&other.times(&Polynomial::constant(-1)))
    }

    /// The least and the largest value; `None` where the sign of a factor is not known.
    pub fn range(&self) -> Option<(Polynomial, Polynomial)> {
        let (mut least, mut most) = (self.offset.clone(), self.offset.clone());
        for term in &self.terms {
            let [low, high] = if term.factor.is_nonnegative() {
                [&term.least, &term.most]
            } else if term.factor.scaled(-1).is_nonnegative() {
                [&term.most, &term.least]
            } else {
                return None;
            };
            least = least.plus(&low.times(&term.factor));
            most = most.plus(&high.times(&term.factor));
        }
        Some((least, most))
    }
}

impl Lowering<'_> {
    /// The integer an expression is, or an error.
    pub(super) fn integer(&mut self, expression: &Expr) -> Option<Affine> {
        if let ExprKind::Call { function, arguments } = &expression.kind {
            let operands: Vec<&Expr> = arguments.iter().map(|argument| &argument.value).collect();
            match (function.text.as_str(), operands.as_slice()) {
                ("add", [a, b]) => return Some(self.integer(a)?.plus(&self.integer(b)?)),
                ("sub", [a, b]) => return Some(self.integer(a)?.minus(&self.integer(b)?)),
                ("neg", [a]) => return Some(self.integer(a)?.times(&Polynomial::constant(-1))),
                ("mul", [a, b]) => {
                    let (left, right) = (self.integer(a)?, self.integer(b)?);
                    if let Some(factor) = right.as_polynomial() {
                        return Some(left.times(factor));
                    }
                    if let Some(factor) = left.as_polynomial() {
                        return Some(right.times(factor));
                    }
                }
                ("div", [a, b]) => {
                    let (above, below) = (self.integer(a)?, self.integer(b)?);
                    let divisor = below.as_polynomial().and_then(Polynomial::as_constant);
                    if let (Some(above), Some(divisor)) = (above.as_polynomial(), divisor)
                        && let Some(divisor) = u64::try_from(divisor).ok().filter(|&d| d > 0)
                        && above.is_nonnegative()
                    {
                        return Some(Affine::constant(above.quotient(divisor)));
                    }
                }
                _ => return self.integer_value(expression),
            }
            self.report(meaning::not_an_integer(expression.at, &describe(expression)));
            return None;
        }
        self.integer_value(expression)
    }

    fn integer_value(&mut self, expression: &Expr) -> Option<Affine> {
        let value = self.expression(expression);
        let number = match value {
            Value::Integer(affine) => return Some(affine),
            Value::Class(node, bound) => return Some(Affine::below(node, &bound)),
            Value::Unknown => return None,
            Value::Array(node) => self.graph.as_constant(node),
            _ => None,
        };
        match number.filter(|number| *number == number.trunc() && number.abs() <= LARGEST) {
            Some(number) => Some(Affine::constant(Polynomial::constant(number as i64))),
            None => {
                self.report(meaning::not_an_integer(expression.at, &describe(expression)));
                None
            }
        }
    }

    /// Whether a call is arithmetic of integers, not of literals alone.
    pub(super) fn is_integer_arithmetic(
        &self,
        function: &Name,
        arguments: &[CallArgument],
    ) -> bool {
        matches!(function.text.as_str(), "add" | "sub" | "mul" | "neg")
            && arguments.iter().all(|argument| self.is_integer(&argument.value))
            && arguments.iter().any(|one| !matches!(one.value.kind, ExprKind::Integer(_)))
    }

    /// The value of such a call; a product of two counters is a number.
    pub(super) fn integer_arithmetic(&mut self, function: &Name, call: &Call) -> Option<Value> {
        let mut operands = Vec::new();
        for operand in &call.operands {
            operands.push(self.integer(operand)?);
        }
        let affine = match (function.text.as_str(), operands.as_slice()) {
            ("add", [a, b]) => a.plus(b),
            ("sub", [a, b]) => a.minus(b),
            ("neg", [a]) => a.times(&Polynomial::constant(-1)),
            (_, [a, b]) => match (a.as_polynomial(), b.as_polynomial()) {
                (_, Some(factor)) => a.times(factor),
                (Some(factor), _) => b.times(factor),
                (None, None) => {
                    let nodes = [self.number(a), self.number(b)];
                    return self
                        .elementwise(MUL, &nodes, &call.operands, call.at)
                        .map(Value::Array);
                }
            },
            _ => return None,
        };
        Some(Value::Integer(affine))
    }

    /// Whether an expression is arithmetic of integers, which stays an integer: it can be a place as well as a number.
    pub(super) fn is_integer(&self, expression: &Expr) -> bool {
        match &expression.kind {
            ExprKind::Integer(_) => true,
            ExprKind::Name(name) => {
                let known = self.names.iter().rev().find(|(known, _)| known == name);
                matches!(known, Some((_, Value::Integer(_))))
            }
            ExprKind::Call { function, arguments } => {
                matches!(function.text.as_str(), "add" | "sub" | "mul" | "neg")
                    && arguments.iter().all(|argument| self.is_integer(&argument.value))
            }
            _ => false,
        }
    }

    /// The integer as a number, or an array of numbers.
    pub(super) fn number(&mut self, affine: &Affine) -> NodeId {
        let shape = self.integer_shape(affine);
        let rank = shape.len() as Label;
        let mut scope = shape;
        scope.push(Dim::Batch);
        let mut integers = Vec::new();
        let mut position = Position::constant(affine.offset.clone());
        for term in &affine.terms {
            integers.push(self.read_integer(term.node, &(0..rank).collect::<Vec<_>>(), rank));
            let integer = Position::integer(integers.len()).times(&term.factor);
            position = position.plus(&integer);
        }
        let access = construct::number_at(&mut self.graph, &position, &integers, &scope);
        let batched = access.reads(rank);
        let labels: Vec<Label> = (0..rank + Label::from(batched)).collect();
        construct::view(&mut self.graph, &access, &labels, &scope)
    }

    /// The per-example shape: that of the terms that have one.
    pub(super) fn integer_shape(&self, affine: &Affine) -> Vec<Dim> {
        let shapes = affine.terms.iter().map(|term| self.example_shape(term.node));
        shapes.max_by_key(Vec::len).unwrap_or_default()
    }

    /// An integer read along these labels; one that is a single number is read by all.
    pub(super) fn read_integer(&self, node: NodeId, labels: &[Label], batch: Label) -> Access {
        let rank = self.example_shape(node).len();
        self.read(node, if rank == 0 { &[] } else { labels }, batch)
    }

    /// Integers that vary along axes vary along the same ones.
    pub(super) fn check_integer_shapes(&mut self, affine: &Affine, at: Source) -> Option<()> {
        let whole = self.integer_shape(affine);
        for term in &affine.terms {
            let shape = self.example_shape(term.node);
            if !shape.is_empty() && shape != whole {
                self.report(meaning::places_differ(at, &whole, &shape));
                return None;
            }
        }
        Some(())
    }
}
