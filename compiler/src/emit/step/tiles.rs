//! The loop over tiles: as a closure that runs for each part of them, or in place where they cannot be divided.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Printer;
use crate::plan::{BufferId, Phase, Place, Update, Work};

impl Printer<'_> {
    /// Everything that is done for each tile of examples.
    pub(super) fn tiles(&mut self, written: &mut BTreeSet<BufferId>) -> TokenStream {
        let steps = self.steps(Phase::Tile, written);
        if steps.is_empty() {
            return steps;
        }
        let body = self.loop_over_tiles(&steps);
        let results = self.results();
        let (names, rows): (Vec<Ident>, Vec<TokenStream>) = results.into_iter().unzip();
        let origin = (!names.is_empty()).then(|| quote!(origin,));
        let values = self.tile_regions().map(|_| quote!(values,));
        let scratch = self.uses_scratch(Phase::Tile).then(|| quote!(scratch,));
        let part = quote!(tiles::Part { begin, end, tile, #origin #values #scratch .. });
        let Some(division) = &self.planned.layout.division else {
            return quote! {
                let #part = tiles.whole(examples.rows);
                #body
            };
        };
        let sums = division.sums.iter().map(|&sum| self.sum(sum));
        let (sums, own_sums): (Vec<TokenStream>, Vec<TokenStream>) = sums.unzip();
        let work = self.plan.work_per_example();
        let products = self.plan.products_per_example();
        let [each, products] = [work, products].map(|work| self.names.polynomial(&work));
        quote! {
            tiles.run(
                isa,
                tiles::Work { examples: examples.rows, each: #each, products: #products },
                [#(#sums),*],
                [#(#rows),*],
                #[inline(always)]
                |#part, [#(#own_sums),*], [#(#names),*]| {
                    #body
                },
            );
        }
    }

    /// The tiles of one part.
    fn loop_over_tiles(&self, steps: &TokenStream) -> TokenStream {
        let regions = self.tile_regions();
        let cells = self.cells(|buffer| self.is_of_part(buffer));
        let accumulates = self.plan.works_of(Phase::Tile).into_iter().any(|work| match work {
            Work::Product(product) => product.update == Update::Accumulate && !product.clears,
            _ => false,
        });
        let update = accumulates
            .then(|| quote!(let update = if first == begin { Update::Set } else { Update::Add };));
        let from = (!self.results().is_empty()).then(|| quote!(let from = first - origin;));
        quote! {
            let tile = isa.tile(tile);
            #regions
            #cells
            let mut first = begin;
            while first < end {
                let rows = isa.rows(tile, end - first);
                #update
                #from
                #steps
                first += rows;
            }
        }
    }

    /// What parts add up: the argument, and what a part calls its own.
    fn sum(&self, sum: BufferId) -> (TokenStream, TokenStream) {
        let buffer = &self.plan.buffers[sum];
        let name = format_ident!("{}", buffer.name);
        match buffer.place {
            Place::Cell => (quote!(&mut #name), quote!(mut #name)),
            _ => (quote!(#name), quote!(#name)),
        }
    }
}
