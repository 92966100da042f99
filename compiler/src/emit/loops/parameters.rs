//! What the function of a fused loop is given.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Printer;
use crate::ir::{Dim, Polynomial, Position};
use crate::plan::{BufferId, Guard, Place, Value};

impl Printer<'_> {
    /// Name, type and argument of every parameter: extents, numbers, buffers read, buffers written.
    pub(super) fn parameters(&mut self) -> Vec<(TokenStream, TokenStream, TokenStream)> {
        let mut parameters = Vec::new();
        for ident in self.extents_used() {
            parameters.push((quote!(#ident), quote!(usize), quote!(#ident)));
        }
        if self.nest.values.iter().any(|value| matches!(value, Value::Extent(Dim::Batch))) {
            parameters.push((quote!(count), quote!(T), quote!(count)));
        }
        let mut seen: Vec<BufferId> = Vec::new();
        for buffer in crate::allocate::reads(&self.nest.values) {
            if seen.contains(&buffer) {
                continue;
            }
            seen.push(buffer);
            let name = format_ident!("{}", self.plan.buffers[buffer].name);
            let (kind, argument) = match self.plan.buffers[buffer].place {
                Place::Counter => (quote!(usize), quote!(#name)),
                _ if self.plan.buffers[buffer].is_number() => (quote!(T), quote!(#name)),
                Place::Cell => (quote!(&[T]), quote!(&#name)),
                _ => (quote!(&[T]), quote!(#name)),
            };
            parameters.push((quote!(#name), kind, argument));
        }
        for effect in &self.nest.effects {
            if seen.contains(&effect.buffer) {
                continue;
            }
            seen.push(effect.buffer);
            let name = format_ident!("{}", self.plan.buffers[effect.buffer].name);
            let is_cell = self.plan.buffers[effect.buffer].place == Place::Cell;
            let argument = if is_cell { quote!(&mut #name) } else { quote!(#name) };
            parameters.push((quote!(#name), quote!(&mut [T]), argument));
        }
        parameters
    }

    /// The extents the body mentions, `rows` for the batch.
    fn extents_used(&self) -> Vec<Ident> {
        let mut dims: Vec<Dim> = self.nest.domain.clone();
        let mut places: Vec<&Position> = Vec::new();
        let mut guards: Vec<&Guard> = Vec::new();
        for value in &self.nest.values {
            match value {
                Value::Extent(dim) if *dim != Dim::Batch => dims.push(dim.clone()),
                Value::Place(place) => places.push(place),
                Value::Gather(_, along, conditions) => {
                    places.extend(along);
                    guards.extend(conditions);
                }
                Value::Where(conditions, _) => guards.extend(conditions),
                _ => {}
            }
        }
        for effect in &self.nest.effects {
            places.extend(effect.places.iter().map(|(_, place)| place));
            guards.extend(&effect.guards);
        }
        for guard in guards {
            places.extend(guard.places());
            if let Guard::Inside(_, dim) = guard {
                dims.push(dim.clone());
            }
        }
        let mut symbols: Vec<Dim> = Vec::new();
        for dim in &dims {
            symbols.extend(Polynomial::from(dim).symbols());
        }
        for place in places {
            symbols.extend(place.symbols());
        }
        for buffer in self.buffers() {
            let strides = self.plan.buffers[buffer].strides();
            symbols.extend(strides.iter().flat_map(Polynomial::symbols));
        }
        symbols.sort();
        symbols.dedup();
        symbols
            .iter()
            .map(|symbol| match symbol {
                Dim::Batch => format_ident!("rows"),
                _ => format_ident!("{}", self.names.extent(symbol).to_string()),
            })
            .collect()
    }

    /// The buffers read, then those written.
    fn buffers(&self) -> impl Iterator<Item = BufferId> {
        let written = self.nest.effects.iter().map(|effect| effect.buffer);
        crate::allocate::reads(&self.nest.values).chain(written)
    }
}
