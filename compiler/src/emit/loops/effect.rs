//! What a fused loop does with its values.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Printer;
use super::element::Direction;
use crate::emit::places::Places;
use crate::ir::Label;
use crate::plan::{Effect, Update, ValueId};

impl Printer<'_> {
    /// What accumulators start from.
    pub(super) fn clears(&self) -> TokenStream {
        let mut clears = TokenStream::new();
        for effect in &self.nest.effects {
            let start = match effect.update {
                Update::Set | Update::Accumulate | Update::Continue => continue,
                Update::Add => quote!(T::ZERO),
                Update::Max => quote!(T::from_f64(::core::f64::NEG_INFINITY)),
                Update::Min => quote!(T::from_f64(::core::f64::INFINITY)),
            };
            let buffer = &self.plan.buffers[effect.buffer];
            let name = format_ident!("{}", buffer.name);
            let length = self.names.polynomial(&buffer.elements());
            clears.extend(quote!(#name[..#length].fill(#start);));
        }
        clears
    }

    /// What is added at a place.
    fn scattered(
        &self,
        effect: &Effect,
        value: &TokenStream,
        write: &dyn Fn(ValueId) -> TokenStream,
    ) -> TokenStream {
        let places = self.places();
        let integer = |value: usize| places.integer(&self.nest.values[value], &write(value));
        let mut along = Places::of_labels(&effect.axes);
        for (axis, place) in &effect.places {
            along[*axis] = place.clone();
        }
        let name = format_ident!("{}", self.plan.buffers[effect.buffer].name);
        let place = places.index(&places.address(effect.buffer, &along), &integer);
        let addition = quote!(#name[#place] += #value;);
        match places.holds(&effect.guards, &integer) {
            Some(holds) => quote!(if #holds { #addition }),
            None => addition,
        }
    }

    /// What an effect puts before, into and after the innermost loop.
    pub(super) fn effect(
        &mut self,
        effect: &Effect,
        value: &TokenStream,
        write: &dyn Fn(ValueId) -> TokenStream,
    ) -> (TokenStream, TokenStream, TokenStream) {
        if !effect.places.is_empty() {
            return (TokenStream::new(), self.scattered(effect, value, write), TokenStream::new());
        }
        let element = self.element(effect.buffer, &effect.axes, Direction::Write);
        let access = element.access;
        let innermost = self.nest.domain.len().checked_sub(1);
        let reduces_innermost =
            innermost.is_some_and(|axis| !effect.axes.contains(&(axis as Label)));
        let adds = matches!(effect.update, Update::Add | Update::Accumulate | Update::Continue);
        if reduces_innermost && adds {
            let sum = self.names.fresh("accumulator");
            return (
                quote!(let mut #sum = T::ZERO;),
                quote!(#sum += #value;),
                quote!(#access += #sum;),
            );
        }
        if reduces_innermost && let Some(row) = self.row(&self.nest.values[effect.value].clone()) {
            let whole = match effect.update {
                Update::Max => Some(quote!(math::max(isa, #access, math::maximum(isa, #row)))),
                Update::Min => Some(quote!(math::min(isa, #access, math::minimum(isa, #row)))),
                _ => None,
            };
            if let Some(whole) = whole {
                return (quote!(#access = #whole;), TokenStream::new(), TokenStream::new());
            }
        }
        let statement = match effect.update {
            Update::Set => quote!(#access = #value;),
            Update::Add | Update::Accumulate | Update::Continue => quote!(#access += #value;),
            Update::Max => quote!(#access = math::max(isa, #access, #value);),
            Update::Min => quote!(#access = math::min(isa, #access, #value);),
        };
        (element.prelude, statement, TokenStream::new())
    }
}
