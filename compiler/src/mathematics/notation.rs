//! An application of a function as its row writes it.

use super::{Math, Sign, Times};
use crate::functions::matrix::{self, MatrixFunction};
use crate::functions::scalar::{Notation, Scalar};

/// `row` applied to the operands, which are read element by element.
pub fn applied(row: &Scalar, mut operands: Vec<Math>) -> Math {
    if row.name == "stop" || operands.is_empty() {
        return operands.pop().unwrap_or(Math::Number(f64::NAN));
    }
    let first = operands.remove(0);
    let second = (!operands.is_empty()).then(|| operands.remove(0));
    match (row.notation, second) {
        (Notation::Infix(sign, 1), Some(right)) => {
            let sign = if sign == "+" { Sign::Plus } else { Sign::Minus };
            let mut terms = match first {
                Math::Sum(terms) => terms,
                first => vec![(Sign::Plus, first)],
            };
            terms.push((sign, right));
            Math::Sum(terms)
        }
        (Notation::Infix("/", _), Some(right)) => Math::quotient(first, Some(right)),
        (Notation::Infix(..), Some(right)) => {
            let mut factors = match first {
                Math::Product(Times::Number, factors) => factors,
                first => vec![first],
            };
            factors.push(right);
            Math::Product(Times::Number, factors)
        }
        (Notation::Prefix(_), None) => Math::Negative(Box::new(first)),
        (Notation::Power, Some(exponent)) => Math::Power(Box::new(first), Box::new(exponent)),
        (Notation::Superscript("−1"), None) => Math::quotient(Math::Number(1.0), Some(first)),
        (Notation::Superscript(_), None) => first.squared(),
        (Notation::Root(degree), None) => Math::Root(degree, Box::new(first)),
        (Notation::Fence(open, close), None) => Math::Fence(open, Box::new(first), close),
        (Notation::Exponential("e"), None) => Math::Apply("exp", vec![first]),
        (Notation::Exponential(_), None) => {
            Math::Power(Box::new(Math::Number(2.0)), Box::new(first))
        }
        (Notation::Indicator(sign), Some(right)) => {
            let (left, right) = match (&first, row.commutative) {
                (Math::Number(_), true) => (right, first),
                _ => (first, right),
            };
            let relation = Math::Relation(Box::new(left), sign, Box::new(right));
            Math::Fence("[", Box::new(relation), "]")
        }
        (Notation::Function(name), second) => {
            Math::Apply(name, [first].into_iter().chain(second).chain(operands).collect())
        }
        (_, second) => {
            Math::Apply(row.name, [first].into_iter().chain(second).chain(operands).collect())
        }
    }
}

/// `row` applied to whole matrices.
pub fn applied_to_matrices(row: &MatrixFunction, mut operands: Vec<Math>) -> Math {
    let inverse = |a: Math| Math::Inverse(Box::new(a));
    match row.notation {
        matrix::Notation::Of(outer, inner) => {
            Math::Apply(outer, vec![Math::Apply(inner, operands)])
        }
        matrix::Notation::Inverse if operands.len() == 1 => inverse(operands.remove(0)),
        matrix::Notation::Solution(triangle) if operands.len() == 2 => {
            let right_side = operands.remove(1);
            let whole = operands.remove(0);
            let read = if triangle.is_empty() { whole } else { Math::Apply(triangle, vec![whole]) };
            Math::Product(Times::Matrix, vec![inverse(read), right_side])
        }
        matrix::Notation::Function(name) => Math::Apply(name, operands),
        matrix::Notation::Inverse | matrix::Notation::Solution(_) => {
            Math::Apply(row.name, operands)
        }
    }
}
