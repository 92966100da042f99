//! How the values of a fused loop reach the elements they read.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Printer, Runs};
use crate::emit::places::Places;
use crate::ir::{Dim, FIXED, Label, Polynomial, Position};
use crate::plan::{BufferId, Guard, Place, Value, ValueId};

/// How one value or effect reaches its element.
pub(super) struct Element {
    /// What stands before the innermost loop.
    pub(super) prelude: TokenStream,
    /// The row whose elements the innermost loop visits; where that goes in runs, one for each run.
    pub(super) row: TokenStream,
    /// The element itself, inside the innermost loop.
    pub(super) access: TokenStream,
}

impl Element {
    fn plain(access: TokenStream) -> Element {
        Element { prelude: TokenStream::new(), row: TokenStream::new(), access }
    }

    fn fixed(prelude: TokenStream, access: TokenStream) -> Element {
        Element { prelude, row: TokenStream::new(), access }
    }
}

/// Whether an element is read or written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Read,
    Write,
}

impl Printer<'_> {
    pub(super) fn read(
        &mut self,
        value: &Value,
        values: &[Value],
        reads: &[TokenStream],
    ) -> Element {
        let plain = Element::plain;
        match value {
            Value::Constant(_) | Value::Apply(..) | Value::Place(_) | Value::Where(..) => {
                plain(TokenStream::new())
            }
            Value::Gather(buffer, along, guards) => {
                self.gathered(*buffer, along, guards, values, reads)
            }
            Value::Extent(Dim::Batch) => plain(quote!(count)),
            Value::Extent(dim) => plain(self.names.number(dim)),
            Value::Named(path) => plain(self.names.constant(path)),
            Value::Counter(label) => {
                let counter = &self.counters[*label as usize];
                plain(quote!(T::from_f64(#counter as f64)))
            }
            Value::Read(buffer, axes) => self.element(*buffer, axes, Direction::Read),
        }
    }

    /// How an element of a buffer is reached: a row cut to the innermost extent, a number fixed for the innermost loop, or an index.
    pub(super) fn element(
        &mut self,
        buffer: BufferId,
        axes: &[Label],
        direction: Direction,
    ) -> Element {
        let stored = &self.plan.buffers[buffer];
        let name = format_ident!("{}", stored.name);
        if stored.place == Place::Counter {
            return Element::plain(quote!(T::from_f64(#name as f64)));
        }
        if stored.is_number() {
            return Element::plain(quote!(#name));
        }
        let strides = self.strides(buffer, axes);
        let Some(innermost) = self.nest.domain.len().checked_sub(1) else {
            return Element::plain(quote!(#name[0]));
        };
        let outer = self.names.offset(self.counters[..innermost].iter().zip(&strides));
        let start = if outer.is_empty() { quote!(0) } else { outer.clone() };
        match strides[innermost].as_constant() {
            Some(1) => self.along(&name, &outer, direction),
            Some(0) if direction == Direction::Read => {
                let number = self.names.fresh(&format!("{name}_here"));
                Element::fixed(quote!(let #number = #name[#start];), quote!(#number))
            }
            Some(0) => Element::plain(quote!(#name[#start])),
            _ => {
                let index = self.names.offset(self.counters.iter().zip(&strides));
                Element::plain(quote!(#name[#index]))
            }
        }
    }

    /// An element at a place, as far as that is the same along the innermost loop, or next to each other there; nothing otherwise.
    fn gathered(
        &mut self,
        buffer: BufferId,
        along: &[Position],
        guards: &[Guard],
        values: &[Value],
        reads: &[TokenStream],
    ) -> Element {
        let nothing = Element::plain(TokenStream::new());
        let places = self.places();
        let address = places.address(buffer, along);
        let Some(innermost) = self.nest.domain.len().checked_sub(1) else { return nothing };
        let label = innermost as Label;
        let is_fixed = |place: &Position| {
            !place.mentions(label)
                && place.integers.iter().all(|(value, _)| {
                    matches!(&values[*value], Value::Read(_, axes) if !axes.contains(&label))
                })
        };
        let start = address.substituted(label, &Position::default());
        if !is_fixed(&start) || !guards.iter().flat_map(Guard::places).all(is_fixed) {
            return nothing;
        }
        let integer = |value: usize| places.integer(&values[value], &reads[value]);
        let (start, holds) = (places.index(&start, &integer), places.holds(guards, &integer));
        let name = format_ident!("{}", self.plan.buffers[buffer].name);
        match (address.factor(label).as_constant(), holds) {
            (Some(0), None) => {
                let here = self.names.fresh(&format!("{name}_here"));
                Element::fixed(quote!(let #here = #name[#start];), quote!(#here))
            }
            (Some(0), Some(holds)) => {
                let here = self.names.fresh(&format!("{name}_here"));
                let prelude = quote!(let #here = if #holds { #name[#start] } else { T::ZERO };);
                Element::fixed(prelude, quote!(#here))
            }
            (Some(1), None) => self.along(&name, &start, Direction::Read),
            (Some(1), Some(holds)) => {
                let inside = self.names.fresh("inside");
                let start = quote!(if #inside { #start } else { 0 });
                let Element { prelude, row, access } = self.along(&name, &start, Direction::Read);
                let access = quote!(if #inside { #access } else { T::ZERO });
                Element { prelude: quote!(let #inside = #holds; #prelude), row, access }
            }
            _ => nothing,
        }
    }

    /// The elements along a row that begins here, which the innermost loop visits as a whole or run by run.
    fn along(&mut self, name: &Ident, start: &TokenStream, direction: Direction) -> Element {
        let mutable = (direction == Direction::Write).then(|| quote!(mut));
        let length = self.nest.domain.last().map(|dim| self.names.extent(dim));
        let from = (!start.is_empty()).then(|| quote!([#start..]));
        let row = self.names.fresh(&format!("{name}_row"));
        let prelude = quote!(let #row = &#mutable #name #from[..#length];);
        let Some(Runs { start, lanes, lane, .. }) = &self.runs else {
            let counter = self.counters.last();
            return Element::fixed(prelude, quote!(#row[#counter]));
        };
        let run = self.names.fresh(&format!("{name}_run"));
        let row = quote!(let #run = &#mutable #row[#start..][..#lanes];);
        Element { prelude, row, access: quote!(#run[#lane]) }
    }

    /// The elements of a buffer that the innermost loop reads side by side, where that is all a value is.
    pub(super) fn row(&self, value: &Value) -> Option<TokenStream> {
        let Value::Read(buffer, axes) = value else { return None };
        let innermost = self.nest.domain.len().checked_sub(1)?;
        let strides = self.strides(*buffer, axes);
        let stored = &self.plan.buffers[*buffer];
        if stored.place == Place::Counter || strides[innermost].as_constant() != Some(1) {
            return None;
        }
        let name = format_ident!("{}", stored.name);
        let length = self.names.extent(&self.nest.domain[innermost]);
        let outer = self.names.offset(self.counters[..innermost].iter().zip(&strides));
        Some(if outer.is_empty() {
            quote!(&#name[..#length])
        } else {
            quote!(&#name[#outer..][..#length])
        })
    }

    /// The stride of each axis of the domain in a buffer.
    fn strides(&self, buffer: BufferId, axes: &[Label]) -> Vec<Polynomial> {
        let mut strides = vec![Polynomial::default(); self.nest.domain.len()];
        for (&label, stride) in axes.iter().zip(self.plan.buffers[buffer].strides()) {
            if label != FIXED {
                strides[label as usize] = strides[label as usize].plus(&stride);
            }
        }
        strides
    }
}

/// A value at places that the innermost loop computes: those of elements, numbers and gates.
pub fn element_where(
    places: &Places,
    values: &[Value],
    value: &Value,
    write: &dyn Fn(ValueId) -> TokenStream,
) -> TokenStream {
    let integer = |value: usize| places.integer(&values[value], &write(value));
    let (guards, inner) = match value {
        Value::Place(place) => {
            let place = places.index(place, &integer);
            return quote!(T::from_f64((#place) as f64));
        }
        Value::Gather(buffer, along, guards) => {
            let name = format_ident!("{}", places.plan.buffers[*buffer].name);
            let place = places.index(&places.address(*buffer, along), &integer);
            (guards, quote!(#name[#place]))
        }
        Value::Where(guards, value) => (guards, write(*value)),
        Value::Constant(_)
        | Value::Extent(_)
        | Value::Named(_)
        | Value::Counter(_)
        | Value::Read(..)
        | Value::Apply(..) => return TokenStream::new(),
    };
    match places.holds(guards, &integer) {
        Some(holds) => quote!(if #holds { #inner } else { T::ZERO }),
        None => inner,
    }
}
