//! Places of buffers as expressions of type `usize`, and the conditions under which they are there.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::names::Names;
use crate::ir::{Dim, FIXED, Label, Polynomial, Position};
use crate::plan::{BufferId, Guard, Place, Plan, Value};

/// Prints the places of one loop.
pub struct Places<'a> {
    /// The buffers.
    pub plan: &'a Plan,
    /// The names of extents.
    pub names: Names,
    /// One counter per axis of the domain.
    pub counters: Vec<Ident>,
    /// The extents of the domain.
    pub domain: &'a [Dim],
}

/// An integer among the places, as an expression of type `usize`.
pub type Integer<'a> = &'a dyn Fn(usize) -> TokenStream;

impl Places<'_> {
    /// Where an element of a buffer is, given its place along each axis.
    pub fn address(&self, buffer: BufferId, places: &[Position]) -> Position {
        let strides = self.plan.buffers[buffer].strides();
        places
            .iter()
            .zip(&strides)
            .fold(Position::default(), |sum, (place, stride)| sum.plus(&place.times(stride)))
    }

    /// The labels of the domain as places.
    pub fn of_labels(axes: &[Label]) -> Vec<Position> {
        let place = |&label: &Label| match label {
            FIXED => Position::default(),
            label => Position::label(label),
        };
        axes.iter().map(place).collect()
    }

    /// The place as an expression; it is not negative.
    pub fn index(&self, place: &Position, integer: Integer) -> TokenStream {
        let [above, below] = self.parts(place, integer);
        match (above, below) {
            (above, None) => above.unwrap_or_else(|| quote!(0)),
            (None, Some(_)) => quote!(0),
            (Some(above), Some(below)) => quote!(#above - (#below)),
        }
    }

    /// A value that is an integer, written as a number, as an index: a counter is one, a class is a number here.
    pub fn integer(&self, value: &Value, number: &TokenStream) -> TokenStream {
        match value {
            Value::Read(buffer, _) if self.plan.buffers[*buffer].place == Place::Counter => {
                let counter = format_ident!("{}", self.plan.buffers[*buffer].name);
                quote!(#counter)
            }
            _ => quote!(as_index(#number)),
        }
    }

    /// Whether all guards hold, as far as that is not certain.
    pub fn holds(&self, guards: &[Guard], integer: Integer) -> Option<TokenStream> {
        let conditions = guards.iter().flat_map(|guard| self.conditions(guard, integer));
        conditions.reduce(|all, one| quote!(#all && #one))
    }

    fn conditions(&self, guard: &Guard, integer: Integer) -> Vec<TokenStream> {
        let zero = || quote!(0);
        match guard {
            Guard::Equal(left, right) => {
                let difference = left.plus(&right.times(&Polynomial::constant(-1)));
                let [above, below] =
                    self.parts(&difference, integer).map(|part| part.unwrap_or_else(zero));
                vec![quote!(#above == #below)]
            }
            Guard::Inside(place, extent) => {
                let range = place.range(self.domain);
                let [above, below] = self.parts(place, integer);
                let above = above.unwrap_or_else(zero);
                let mut conditions = Vec::new();
                if let Some(below) = &below
                    && !range.as_ref().is_some_and(|(least, _)| least.is_nonnegative())
                {
                    conditions.push(quote!(#above >= #below));
                }
                let is_below = range.as_ref().is_some_and(|(_, most)| {
                    Polynomial::from(extent).plus(&most.scaled(-1)).is_positive()
                });
                if !is_below {
                    let extent = self.names.extent(extent);
                    conditions.push(match below {
                        Some(below) => quote!(#above < #extent + #below),
                        None => quote!(#above < #extent),
                    });
                }
                conditions
            }
        }
    }

    /// What is added and what is subtracted; `None` for nothing.
    fn parts(&self, place: &Position, integer: Integer) -> [Option<TokenStream>; 2] {
        let mut parts = [None, None];
        let labels = place.labels.iter().map(|(label, factor)| {
            let counter = &self.counters[*label as usize];
            (quote!(#counter), factor)
        });
        let integers = place.integers.iter().map(|(value, factor)| (integer(*value), factor));
        for (index, factor) in labels.chain(integers) {
            for (part, factor) in parts.iter_mut().zip(by_sign(factor)) {
                let factor = factor.map(|factor| (factor.as_constant() == Some(1), factor));
                let term = match factor {
                    None => continue,
                    Some((true, _)) => index.clone(),
                    Some((false, factor)) => {
                        let factor = self.names.factor(&factor);
                        quote!(#index * #factor)
                    }
                };
                add(part, term);
            }
        }
        for (part, offset) in parts.iter_mut().zip(by_sign(&place.offset)) {
            if let Some(offset) = offset {
                add(part, self.names.polynomial(&offset));
            }
        }
        parts
    }
}

fn add(part: &mut Option<TokenStream>, term: TokenStream) {
    *part = Some(match part.take() {
        Some(sum) => quote!(#sum + #term),
        None => term,
    });
}

/// The monomials with positive coefficients, and those with negative ones without their sign.
fn by_sign(polynomial: &Polynomial) -> [Option<Polynomial>; 2] {
    let mut parts = [Polynomial::default(), Polynomial::default()];
    for (monomial, coefficient) in polynomial.terms() {
        let part = &mut parts[usize::from(coefficient < 0)];
        *part = part.plus(&Polynomial::product(monomial).scaled(coefficient.abs()));
    }
    parts.map(|part| (part != Polynomial::default()).then_some(part))
}
