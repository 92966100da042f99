//! What a kernel is given and gives besides parameters, examples and the loss, and how results are handed over.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Printer;
use crate::ir::{Leaf, Polynomial};
use crate::plan::{BufferId, Phase, Place, Plan, Work};

/// The fields of a kernel, by what its plan reads and writes.
pub fn fields(plan: &Plan) -> Vec<(Ident, TokenStream)> {
    let reads = |is_it: fn(&Leaf) -> bool| {
        plan.buffers
            .iter()
            .any(|buffer| matches!(&buffer.place, Place::Caller(leaf) if is_it(leaf)))
            || plan
                .works()
                .iter()
                .any(|work| matches!(work, Work::Load { leaf, .. } if is_it(leaf)))
    };
    let does = |is_it: fn(&Work) -> bool| plan.works().into_iter().any(is_it);
    let columns = does(|work| matches!(work, Work::StoreColumns { .. }));
    let slice = || quote!(&'a [T]);
    let exclusive = || quote!(&'a mut [T]);
    let fields = [
        (reads(|leaf| matches!(leaf, Leaf::Direction(_))), "given_direction", slice()),
        (reads(|leaf| *leaf == Leaf::Weights), "given_weights", slice()),
        (plan.has_gradient(), "gradient", exclusive()),
        (does(|work| matches!(work, Work::StoreRows { .. })), "output", exclusive()),
        (columns, "jacobian_output", exclusive()),
        (columns, "matrix_order", quote!(derivatives::MatrixOrder)),
        (does(|work| matches!(work, Work::StoreEntries { .. })), "entries_output", exclusive()),
        (does(|work| matches!(work, Work::StoreBlock { .. })), "matrix_output", exclusive()),
    ];
    let present = fields.into_iter().filter(|(is_present, ..)| *is_present);
    present.map(|(_, name, of)| (format_ident!("{name}"), of)).collect()
}

/// The blocks of a row's entries, in order: the numbers of what a row has, and those of the block.
fn blocks(plan: &Plan) -> Vec<[Polynomial; 2]> {
    let rows = plan.works().into_iter().find_map(|work| match work {
        Work::StoreRows { buffer } => Some(plan.buffers[*buffer].shape.len() - 1),
        _ => None,
    });
    let outputs = rows.unwrap_or_default();
    let block = |work: &Work| match work {
        Work::StoreEntries { buffer, .. } => {
            let shape = &plan.buffers[*buffer].shape;
            Some([&shape[..outputs], &shape[outputs..shape.len() - 1]].map(Polynomial::product))
        }
        _ => None,
    };
    plan.works().into_iter().filter_map(block).collect()
}

/// How many entries a row has.
pub fn entries(plan: &Plan) -> Polynomial {
    total(&blocks(plan))
}

fn total(blocks: &[[Polynomial; 2]]) -> Polynomial {
    blocks.iter().fold(Polynomial::default(), |sum, [_, entries]| sum.plus(entries))
}

impl Printer<'_> {
    /// Zeros where no block of columns, or of a matrix, will be stored.
    pub(super) fn without_influence(&self) -> TokenStream {
        let works = self.plan.works();
        let columns = works.iter().filter_map(|work| match work {
            Work::StoreColumns { argument, .. } => Some(*argument),
            _ => None,
        });
        let columns: Vec<usize> = columns.collect();
        let blocks = works.iter().filter(|work| matches!(work, Work::StoreBlock { .. })).count();
        let parameters = self.arguments.parameters.len();
        let all_columns = match columns.first() {
            Some(argument) if self.arguments.inputs.contains_key(argument) => {
                self.arguments.inputs.len()
            }
            _ => parameters,
        };
        let mut tokens = TokenStream::new();
        if !columns.is_empty() && columns.len() < all_columns {
            tokens.extend(quote!(jacobian_output.fill(T::ZERO);));
        }
        if blocks > 0 && blocks < parameters * (parameters + 1) / 2 {
            tokens.extend(quote!(matrix_output.fill(T::ZERO);));
        }
        tokens
    }

    /// The results by example that tiles write, with how many numbers they are for each.
    pub(super) fn results(&self) -> Vec<(Ident, TokenStream)> {
        let mut results = Vec::new();
        for work in self.plan.works_of(Phase::Tile) {
            let (name, rows) = match work {
                Work::StoreRows { buffer } => {
                    let shape = &self.plan.buffers[*buffer].shape;
                    let width = Polynomial::product(&shape[..shape.len() - 1]);
                    let width = self.names.polynomial(&width);
                    ("output", quote!(tiles::Rows::new(output, #width)))
                }
                Work::StoreColumns { buffer, argument } => {
                    let [outputs, all] = self.columns_of(*buffer, *argument);
                    let width = self.names.polynomial(&outputs.times(&all));
                    let rows =
                        quote!(tiles::Rows::of_matrix(jacobian_output, #width, matrix_order));
                    ("jacobian_output", rows)
                }
                Work::StoreEntries { .. } => {
                    let blocks = blocks(self.plan);
                    let outputs = &blocks[0][0];
                    let width = self.names.polynomial(&outputs.times(&total(&blocks)));
                    ("entries_output", quote!(tiles::Rows::new(entries_output, #width)))
                }
                _ => continue,
            };
            let name = format_ident!("{name}");
            if results.iter().all(|(known, _)| *known != name) {
                results.push((name, rows));
            }
        }
        results
    }

    /// How many rows an example has in the matrix whose columns a buffer is, and all columns.
    fn columns_of(&self, buffer: BufferId, argument: usize) -> [Polynomial; 2] {
        let shape = &self.plan.buffers[buffer].shape;
        let own = shape.len() - 1 - self.arguments.ranks[argument];
        let all = self.arguments.columns(argument).map(|(_, _, all)| all);
        [Polynomial::product(&shape[..own]), all.unwrap_or_default()]
    }

    pub(super) fn store_rows(&self, buffer: BufferId) -> TokenStream {
        let stored = &self.plan.buffers[buffer];
        let name = format_ident!("{}", stored.name);
        let elements = Polynomial::product(&stored.shape[..stored.shape.len() - 1]);
        let width = self.names.polynomial(&elements);
        let from = self.names.offset([(&format_ident!("from"), &elements)]);
        let length = self.names.polynomial(&stored.elements());
        quote!(store_rows(isa, #name, #width, rows, &mut output[#from..][..#length]);)
    }

    pub(super) fn store_columns(&self, buffer: BufferId, argument: usize) -> TokenStream {
        let shape = &self.plan.buffers[buffer].shape;
        let Some((offset, elements, all)) = self.arguments.columns(argument) else {
            return TokenStream::new();
        };
        let own = shape.len() - 1 - self.arguments.ranks[argument];
        let outputs = Polynomial::product(&shape[..own]);
        let given = (quote!(matrix_order), quote!(jacobian_output));
        self.store(buffer, [&outputs, &elements, &offset, &all], given)
    }

    pub(super) fn store_entries(&self, buffer: BufferId, block: usize) -> TokenStream {
        let blocks = blocks(self.plan);
        let [outputs, elements] = &blocks[block];
        let (offset, all) = (total(&blocks[..block]), total(&blocks));
        let given = (quote!(derivatives::MatrixOrder::RowMajor), quote!(entries_output));
        self.store(buffer, [outputs, elements, &offset, &all], given)
    }

    /// Stores a block of columns: the numbers of what a row has and of the block, where the block begins, and all columns.
    fn store(
        &self,
        buffer: BufferId,
        sizes: [&Polynomial; 4],
        (order, to): (TokenStream, TokenStream),
    ) -> TokenStream {
        let name = format_ident!("{}", self.plan.buffers[buffer].name);
        let [outputs, elements, offset, all] = sizes.map(|size| self.names.polynomial(size));
        quote! {
            blocks::store_columns(
                isa, #name, [#outputs, #elements, rows],
                blocks::Columns { first: from, examples: examples.rows, offset: #offset, all: #all, order: #order },
                #to,
            );
        }
    }

    pub(super) fn store_block(&self, buffer: BufferId, arguments: [usize; 2]) -> TokenStream {
        let stored = &self.plan.buffers[buffer];
        let name = format_ident!("{}", stored.name);
        let [rows, columns] = arguments.map(|argument| self.arguments.columns(argument));
        let (Some((row, height, all)), Some((column, width, _))) = (rows, columns) else {
            return TokenStream::new();
        };
        let [row, height, column, width, all] =
            [row, height, column, width, all].map(|size| self.names.polynomial(&size));
        let block = match () {
            () if stored.is_number() => quote!(&[#name]),
            () if stored.place == Place::Cell => quote!(&#name),
            () => quote!(#name),
        };
        quote!(blocks::store_block(#block, [#row, #column], [#height, #width], #all, matrix_output);)
    }
}
