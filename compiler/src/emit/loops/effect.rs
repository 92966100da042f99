//! What a fused loop does with its values.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Printer;
use super::element::Direction;
use crate::emit::places::Places;
use crate::emit::value::Values;
use crate::ir::Label;
use crate::plan::{Effect, Update, ValueId};

/// What an effect is in Rust.
#[derive(Default)]
pub(super) struct Printed {
    /// Before the innermost loop.
    pub(super) prelude: TokenStream,
    /// The row whose elements the innermost loop visits.
    pub(super) row: TokenStream,
    /// In it.
    pub(super) statement: TokenStream,
    /// After it.
    pub(super) after: TokenStream,
}

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
    pub(super) fn effect(&mut self, effect: &Effect, values: &Values) -> Printed {
        let value = values.expression(effect.value);
        if !effect.places.is_empty() {
            let statement = self.scattered(effect, &value, &|id| values.expression(id));
            return Printed { statement, ..Printed::default() };
        }
        if self.sums_examples(effect) {
            return self.sum_of_examples(effect, values);
        }
        let element = self.element(effect.buffer, &effect.axes, Direction::Write);
        let access = element.access;
        let innermost = self.nest.domain.len().checked_sub(1);
        let reduces_innermost =
            innermost.is_some_and(|axis| !effect.axes.contains(&(axis as Label)));
        let adds = matches!(effect.update, Update::Add | Update::Accumulate | Update::Continue);
        if reduces_innermost && adds {
            let sum = self.names.fresh("accumulator");
            return Printed {
                prelude: quote!(let mut #sum = T::ZERO;),
                statement: quote!(#sum += #value;),
                after: quote!(#access += #sum;),
                ..Printed::default()
            };
        }
        if reduces_innermost && let Some(row) = self.row(&self.nest.values[effect.value].clone()) {
            let whole = match effect.update {
                Update::Max => Some(quote!(math::max(isa, #access, math::maximum(isa, #row)))),
                Update::Min => Some(quote!(math::min(isa, #access, math::minimum(isa, #row)))),
                _ => None,
            };
            if let Some(whole) = whole {
                return Printed { prelude: quote!(#access = #whole;), ..Printed::default() };
            }
        }
        let statement = match effect.update {
            Update::Set => quote!(#access = #value;),
            Update::Add | Update::Accumulate | Update::Continue => quote!(#access += #value;),
            Update::Max => quote!(#access = math::max(isa, #access, #value);),
            Update::Min => quote!(#access = math::min(isa, #access, #value);),
        };
        Printed { prelude: element.prelude, row: element.row, statement, ..Printed::default() }
    }

    /// A sum over the examples: one number for each lane, added up when all runs are done.
    fn sum_of_examples(&mut self, effect: &Effect, values: &Values) -> Printed {
        let access = self.element(effect.buffer, &effect.axes, Direction::Write).access;
        let name = &self.plan.buffers[effect.buffer].name;
        let sums = self.names.fresh(&format!("{name}_sums"));
        let run = self.names.fresh(&format!("{name}_run"));
        let width = self.runs.as_ref().map(|runs| &runs.width);
        let lanes = self.runs.as_ref().map(|runs| &runs.lanes);
        let lane = self.runs.as_ref().map(|runs| &runs.lane);
        let statement = match values.factors(effect.value) {
            Some([left, right]) => {
                quote!(#run[#lane] = #left.mul_add_if(isa, #right, #run[#lane]);)
            }
            None => {
                let value = values.expression(effect.value);
                quote!(#run[#lane] += #value;)
            }
        };
        Printed {
            prelude: quote!(let mut #sums = LaneSums::<T, #width>::zero();),
            row: quote!(let #run = #sums.run(#lanes);),
            statement,
            after: quote!(#access += #sums.total();),
        }
    }
}
