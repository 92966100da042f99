//! Where a step finds its values: parameters and data of the caller, the workspace in its regions, the gradient in its parts.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Printer;
use crate::emit::places::Places;
use crate::emit::products;
use crate::ir::{Dim, Leaf, Polynomial, Position};
use crate::plan::{Buffer, BufferId, Place, Value, Work};

impl Printer<'_> {
    /// Parameters and shared data under their names.
    pub(super) fn caller_values(&mut self) -> TokenStream {
        let mut tokens = TokenStream::new();
        for buffer in &self.plan.buffers {
            let (argument, source) = match buffer.place {
                Place::Caller(Leaf::Argument(argument)) => (argument, quote!(parameters)),
                Place::Caller(Leaf::Direction(argument)) => (argument, quote!(given_direction)),
                _ => continue,
            };
            let name = format_ident!("{}", buffer.name);
            if let Some(offset) = self.arguments.parameter_offset(argument) {
                if buffer.is_number() {
                    let offset = self.names.polynomial(offset);
                    tokens.extend(quote!(let #name = #source[#offset];));
                    continue;
                }
                let length = self.names.polynomial(&buffer.elements());
                let range = if *offset == Polynomial::default() {
                    quote!([..#length])
                } else {
                    let offset = self.names.polynomial(offset);
                    quote!([#offset..][..#length])
                };
                tokens.extend(quote!(let #name = &#source #range;));
            } else if let Some(place) = self.arguments.shared_place(argument) {
                let index = buffer.is_number().then(|| quote!([0]));
                tokens.extend(quote!(let #name = examples.shared[#place] #index;));
            }
        }
        tokens
    }

    /// The workspace, cut into its regions; what outlives a tile has one to itself, of its own name.
    pub(super) fn regions(&self) -> TokenStream {
        let layout = &self.planned.layout;
        let mut regions = Vec::new();
        let mut lengths = Vec::new();
        for (slot, size) in layout.persistent.iter().enumerate() {
            let is_here = |buffer: &&Buffer| buffer.place == Place::Persistent(slot);
            let buffer = self.plan.buffers.iter().find(is_here);
            regions.extend(buffer.map(|buffer| format_ident!("{}", buffer.name)));
            lengths.push(self.names.polynomial(size));
        }
        for (slot, size) in layout.tile.iter().enumerate() {
            regions.push(tile_region(slot));
            lengths.push(match size.as_constant() {
                Some(1) => quote!(tile),
                _ => {
                    let size = self.names.factor(size);
                    quote!(#size * tile)
                }
            });
        }
        let uses_scratch = self.plan.works().into_iter().any(|work| match work {
            Work::Product(product) => products::extents(self.names, product).is_some(),
            _ => false,
        });
        let scratch = if uses_scratch { quote!(scratch) } else { quote!(_) };
        let parts = if self.plan.has_columns() {
            let none = Polynomial::default();
            let per_example = layout.tile.iter().fold(none, |sum, size| sum.plus(size));
            let per_example = self.names.polynomial(&per_example);
            quote!(parts_of_matrices(#per_example))
        } else {
            quote!(parts())
        };
        quote! {
            let (room, values, #scratch) = workspace.#parts;
            let tile = isa.tile(room);
            let [#(#regions),*] = carve(values, [#(#lengths),*]);
        }
    }

    /// The gradient, cut into the parameters' parts.
    pub(super) fn gradient_views(&self) -> TokenStream {
        let mut views = Vec::new();
        let mut lengths = Vec::new();
        let mut unwritten = Vec::new();
        let mut any = false;
        let gradients: BTreeMap<usize, &str> = self
            .plan
            .buffers
            .iter()
            .filter_map(|buffer| match buffer.place {
                Place::Gradient(argument) => Some((argument, buffer.name.as_str())),
                _ => None,
            })
            .collect();
        for &(argument, ref elements) in &self.arguments.parameters {
            let found = gradients.get(&argument);
            any |= found.is_some();
            let name = match found {
                Some(name) => format_ident!("{name}"),
                None => format_ident!("without_influence_{argument}"),
            };
            if found.is_none() {
                unwritten.push(name.clone());
            }
            views.push(name);
            lengths.push(self.names.polynomial(elements));
        }
        if !any {
            return TokenStream::new();
        }
        quote! {
            let [#(#views),*] = carve(gradient, [#(#lengths),*]);
            #(#unwritten.fill(T::ZERO);)*
        }
    }

    pub(super) fn cells(&self) -> TokenStream {
        let cells =
            self.plan.buffers.iter().filter(|buffer| buffer.place == Place::Cell).map(|buffer| {
                let name = format_ident!("{}", buffer.name);
                quote!(let mut #name = [T::ZERO];)
            });
        cells.collect()
    }

    /// Names a buffer, and before it the one in whose memory it is.
    pub(super) fn open(
        &self,
        id: BufferId,
        written: &mut BTreeSet<BufferId>,
        tokens: &mut TokenStream,
    ) {
        if !written.insert(id) {
            return;
        }
        let buffer = &self.plan.buffers[id];
        let name = format_ident!("{}", buffer.name);
        match &buffer.place {
            Place::View(view) => {
                self.open(view.of, written, tokens);
                let source = format_ident!("{}", self.plan.buffers[view.of].name);
                let places = Places {
                    plan: self.plan,
                    names: self.names.clone(),
                    counters: vec![],
                    domain: &[],
                };
                let offset = places.index(&view.offset, &|integer| {
                    let value = Value::Read(integer, Vec::new());
                    places.integer(&value, &self.number(integer))
                });
                let length = self.names.polynomial(&view.reach(&buffer.shape));
                let range = if view.offset == Position::default() {
                    quote!([..#length])
                } else {
                    quote!([#offset..][..#length])
                };
                let exclusive = self.is_written(id).then(|| quote!(mut));
                tokens.extend(quote!(let #name = &#exclusive #source #range;));
            }
            Place::Tile(slot) => {
                let region = tile_region(*slot);
                let length = self.names.polynomial(&buffer.elements());
                tokens.extend(quote!(let #name = &mut #region[..#length];));
            }
            Place::Caller(Leaf::Weights) => {
                tokens.extend(quote!(let #name = &given_weights[first..][..rows];));
            }
            Place::Caller(leaf) if buffer.shape.contains(&Dim::Batch) => {
                let place = self.arguments.real_place(leaf);
                tokens.extend(quote!(let #name = &examples.reals[#place].values[first..][..rows];));
            }
            _ => {}
        }
    }
}

fn tile_region(slot: usize) -> Ident {
    format_ident!("tile_region_{slot}")
}
