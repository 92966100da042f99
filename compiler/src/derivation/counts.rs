//! Counts and extents as mathematics: `N·(4·D·H + 3·H) + 2·H`.

use super::Names;
use crate::cost::by_example;
use crate::ir::{Dim, Monomial, Polynomial};
use crate::mathematics::{Math, Sign, Times};

/// A count as mathematics: `N·(4·D·H + 3·H) + 2·H`.
pub fn mathematics(count: &Polynomial, names: &Names) -> Math {
    let (with, without) = by_example(count);
    let mut terms = Vec::new();
    if with.terms().next().is_some() {
        let examples = names.extent(&Dim::Batch);
        let value = match sum(&with, names) {
            Math::Number(1.0) => examples,
            Math::Number(number) => {
                Math::Product(Times::Number, vec![Math::Number(number), examples])
            }
            factor => Math::Product(Times::Number, vec![examples, factor]),
        };
        terms.push((Sign::Plus, value));
    }
    let is_zero = without.terms().next().is_none();
    match sum(&without, names) {
        Math::Sum(rest) if !terms.is_empty() => terms.extend(rest),
        rest if !is_zero => terms.push((Sign::Plus, rest)),
        _ => {}
    }
    match terms.len() {
        0 => Math::Number(0.0),
        1 => terms.remove(0).1,
        _ => Math::Sum(terms),
    }
}

/// The monomials as a sum, those of highest degree first.
fn sum(polynomial: &Polynomial, names: &Names) -> Math {
    let mut monomials: Vec<(&Monomial, i64)> = polynomial.terms().collect();
    monomials.sort_by_key(|(monomial, _)| std::cmp::Reverse(monomial.len()));
    let term = |(monomial, coefficient): &(&Monomial, i64)| {
        let number = coefficient.unsigned_abs() as f64;
        let mut factors: Vec<Math> = monomial.iter().map(|dim| names.extent(dim)).collect();
        if number != 1.0 || factors.is_empty() {
            factors.insert(0, Math::Number(number));
        }
        let sign = if *coefficient < 0 { Sign::Minus } else { Sign::Plus };
        (sign, Math::product(Times::Number, factors))
    };
    let mut terms: Vec<(Sign, Math)> = monomials.iter().map(term).collect();
    match terms.as_slice() {
        [] => Math::Number(0.0),
        [(Sign::Plus, _)] => terms.remove(0).1,
        _ => Math::Sum(terms),
    }
}
