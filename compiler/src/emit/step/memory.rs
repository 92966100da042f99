//! Where a step finds its values: parameters and data of the caller, the workspace in its regions, the gradient in its parts.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Printer;
use crate::emit::places::Places;
use crate::emit::products;
use crate::ir::{Dim, Leaf, Polynomial, Position};
use crate::plan::{Buffer, BufferId, Phase, Place, Value, Work};

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

    /// The workspace: what outlives a tile, each region of its own name, and the memory of the tiles.
    pub(super) fn regions(&self) -> TokenStream {
        let (names, lengths) = self.persistent(|buffer| !self.is_of_part(buffer));
        let all = lengths.iter().fold(Polynomial::default(), |sum, length| sum.plus(length));
        let all = self.names.polynomial(&all);
        let parts = if self.plan.has_columns() {
            let none = Polynomial::default();
            let tile = &self.planned.layout.tile;
            let per_example = tile.iter().fold(none, |sum, size| sum.plus(size));
            let per_example = self.names.polynomial(&per_example);
            quote!(parts_of_matrices(#all, #per_example))
        } else {
            quote!(parts(#all))
        };
        let lengths = lengths.iter().map(|length| self.names.polynomial(length));
        let carve = (!names.is_empty())
            .then(|| quote!(let [#(#names),*] = carve(persistent, [#(#lengths),*]);));
        let uses_tiles =
            [Phase::Before, Phase::After].iter().any(|&phase| self.uses_scratch(phase))
                || !self.plan.works_of(Phase::Tile).is_empty();
        match (carve.is_some(), uses_tiles) {
            (false, false) => TokenStream::new(),
            (false, true) => quote!(let (_, mut tiles) = workspace.#parts;),
            (true, false) => quote!(let (persistent, _) = workspace.#parts; #carve),
            (true, true) => quote!(let (persistent, mut tiles) = workspace.#parts; #carve),
        }
    }

    /// The regions for a tile of examples, after those that each part of the tiles has to itself.
    pub(super) fn tile_regions(&self) -> Option<TokenStream> {
        let (mut regions, own) = self.persistent(|buffer| self.is_of_part(buffer));
        let mut lengths: Vec<TokenStream> =
            own.iter().map(|length| self.names.polynomial(length)).collect();
        for (slot, size) in self.planned.layout.tile.iter().enumerate() {
            regions.push(tile_region(slot));
            lengths.push(match size.as_constant() {
                Some(1) => quote!(tile),
                _ => {
                    let size = self.names.factor(size);
                    quote!(#size * tile)
                }
            });
        }
        (!regions.is_empty()).then(|| quote!(let [#(#regions),*] = carve(values, [#(#lengths),*]);))
    }

    /// The names and lengths of regions that outlive a tile.
    fn persistent(&self, is_wanted: impl Fn(BufferId) -> bool) -> (Vec<Ident>, Vec<Polynomial>) {
        let persistent = self.planned.layout.persistent.iter().enumerate();
        let found = persistent.filter_map(|(slot, size)| {
            let is_here = |buffer: &Buffer| buffer.place == Place::Persistent(slot);
            let place = self.plan.buffers.iter().position(is_here)?;
            is_wanted(place)
                .then(|| (format_ident!("{}", self.plan.buffers[place].name), size.clone()))
        });
        found.unzip()
    }

    /// Whether each part of the tiles has the buffer to itself.
    pub(super) fn is_of_part(&self, buffer: BufferId) -> bool {
        let division = self.planned.layout.division.as_ref();
        division.is_some_and(|division| division.own.contains(&buffer))
    }

    /// Whether a phase calls kernels that work in scratch memory.
    pub(super) fn uses_scratch(&self, phase: Phase) -> bool {
        self.plan.works_of(phase).into_iter().any(|work| match work {
            Work::Product(product) => products::scratch(self.names, product).is_some(),
            _ => false,
        })
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

    /// Arrays of one number.
    pub(super) fn cells(&self, is_wanted: impl Fn(BufferId) -> bool) -> TokenStream {
        let cells = self
            .plan
            .buffers
            .iter()
            .enumerate()
            .filter(|(id, buffer)| buffer.place == Place::Cell && is_wanted(*id));
        let cells = cells.map(|(_, buffer)| {
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
