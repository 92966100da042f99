//! Places of values in equations: `x[n, t + 1]`, `[i = token[n]]`.

use std::collections::BTreeSet;

use super::term::{Index, Term};
use super::write::{Writer, free_labels};
use crate::ir::{Dim, Polynomial};
use crate::mathematics::{Math, Sign, Times};

/// `offset + Σ factor·term`, whose terms are indices and integers.
#[derive(Clone, Debug, Default)]
pub struct Affine {
    /// The terms with their factors.
    pub terms: Vec<(Polynomial, Term)>,
    /// What is added.
    pub offset: Polynomial,
}

/// What holds or does not.
#[derive(Clone, Debug)]
pub enum Condition {
    /// Two places are one.
    Equal(Affine, Affine),
    /// A place is not before its axis.
    NotBefore(Affine),
    /// A place is before the end of its axis.
    Below(Affine, Dim),
}

impl Affine {
    /// One index.
    pub fn index(label: Index) -> Affine {
        Affine {
            terms: vec![(Polynomial::constant(1), Term::Counter(label))],
            offset: Polynomial::default(),
        }
    }

    /// The index this is, if it is one.
    pub fn as_index(&self) -> Option<Index> {
        match self.terms.as_slice() {
            [(factor, Term::Counter(label))]
                if factor.as_constant() == Some(1) && self.offset == Polynomial::default() =>
            {
                Some(*label)
            }
            _ => None,
        }
    }

    /// The labels it depends on.
    pub fn free_labels(&self) -> BTreeSet<Index> {
        self.terms.iter().flat_map(|(_, term)| free_labels(term)).collect()
    }
}

impl Condition {
    /// The labels it depends on.
    pub fn free_labels(&self) -> BTreeSet<Index> {
        match self {
            Condition::Equal(left, right) => &left.free_labels() | &right.free_labels(),
            Condition::NotBefore(place) | Condition::Below(place, _) => place.free_labels(),
        }
    }
}

impl Writer<'_> {
    /// A place as mathematics: `2·t + k − 1`.
    pub fn affine(&self, affine: &Affine) -> Math {
        let mut sum = Vec::new();
        for (factor, term) in &affine.terms {
            let is_negative = factor.scaled(-1).is_positive();
            let (sign, size) = if is_negative { (Sign::Minus, factor.scaled(-1)) } else { (Sign::Plus, factor.clone()) };
            let value = self.index_form(term);
            let value = match size.as_constant() {
                Some(1) => value,
                _ => Math::Product(
                    Times::Number,
                    vec![super::counts::mathematics(&size, self.names), value],
                ),
            };
            sum.push((sign, value));
        }
        match super::counts::mathematics(&affine.offset, self.names) {
            Math::Number(0.0) if !sum.is_empty() => {}
            Math::Sum(terms) => sum.extend(terms),
            other => sum.push((Sign::Plus, other)),
        }
        match sum.as_slice() {
            [(Sign::Plus, _)] => sum.remove(0).1,
            _ => Math::Sum(sum),
        }
    }

    /// `[i = t + 1]`.
    pub fn condition(&self, condition: &Condition) -> Math {
        let zero = || Math::Number(0.0);
        let (left, sign, right) = match condition {
            Condition::Equal(left, right) => (self.affine(left), "=", self.affine(right)),
            Condition::NotBefore(place) => (zero(), "≤", self.affine(place)),
            Condition::Below(place, dim) => (self.affine(place), "<", self.names.extent(dim)),
        };
        let relation = Math::Relation(Box::new(left), sign, Box::new(right));
        Math::Fence("[", Box::new(relation), "]")
    }
}
