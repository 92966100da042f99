//! The kernels, their step functions, and the size of their workspace.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::step::{self, Clears, Functions};
use super::{Arguments, Items, products};
use crate::ir::Polynomial;
use crate::pipeline::{Compiled, Planned};
use crate::plan::{Layout, Work};

impl Items<'_> {
    pub(super) fn steps(&mut self, compiled: &Compiled) -> TokenStream {
        let mut functions = Functions::new(&self.names);
        let mut kernels = TokenStream::new();
        for loss in &compiled.losses {
            let plans = [
                (&loss.gradient, self.kernels.gradient(&loss.name), Clears::Caller),
                (&loss.loss, self.kernels.loss(&loss.name), Clears::Kernel),
            ];
            for (planned, name, clears) in plans {
                kernels.extend(step::kernel(
                    planned,
                    &self.arguments,
                    &mut self.names,
                    &mut functions,
                    &name,
                    clears,
                ));
            }
        }
        let outputs = compiled.model.outputs().zip(&compiled.outputs);
        for (entry, (_, planned)) in outputs {
            let given = |place| entry.arguments.contains(&place);
            kernels.extend(step::kernel(
                planned,
                &Arguments::new(&compiled.model, given, None),
                &mut self.names,
                &mut functions,
                &self.kernels.output(entry),
                Clears::Kernel,
            ));
        }
        for found in &compiled.sensitivities {
            kernels.extend(step::kernel(
                &found.planned,
                &self.arguments,
                &mut self.names,
                &mut functions,
                &self.kernels.sensitivity(found.quantity),
                Clears::Kernel,
            ));
        }
        let workspace = self.workspace(compiled);
        let functions = functions.tokens;
        quote! {
            #kernels
            #functions
            #workspace
        }
    }

    /// `fn workspace`: memory for whichever plan needs most.
    fn workspace(&self, compiled: &Compiled) -> TokenStream {
        let planned: Vec<&Planned> = compiled.plans().collect();
        let (with_columns, tiled): (Vec<&Planned>, Vec<&Planned>) =
            planned.iter().partition(|planned| planned.plan.has_columns());
        let persistent = self.largest_sum(&tiled, |layout| &layout.persistent);
        let per_example = self.largest_sum(&tiled, |layout| &layout.tile);
        let rows_of_matrices = (!with_columns.is_empty()).then(|| {
            let persistent = self.largest_sum(&with_columns, |layout| &layout.persistent);
            let per_example = self.largest_sum(&with_columns, |layout| &layout.tile);
            quote!(.and_rows_of_matrices(#persistent, #per_example))
        });
        let sums = self.largest_sums(&planned);
        let scratch = largest(self.product_scratch(&planned).into_iter());
        let symbols: Vec<&Ident> = self.names.symbols().collect();
        let count = Literal::usize_unsuffixed(symbols.len());
        let has_steps = planned.iter().any(|planned| planned.plan.has_steps());
        let of_steps = has_steps.then(|| quote!(.of_steps()));
        quote! {
            /// Memory for the steps, with kernels that work on so many examples.
            const fn workspace<T: Real>([#(#symbols),*]: [usize; #count], rows: usize) -> WorkspaceSize {
                WorkspaceSize::new(#persistent, #per_example, #sums, #scratch) #of_steps #rows_of_matrices
            }
        }
    }

    /// What the plan needs that needs most of something.
    fn largest_sum(&self, planned: &[&Planned], of: fn(&Layout) -> &[Polynomial]) -> TokenStream {
        let sum = |sizes: &[Polynomial]| {
            sizes.iter().fold(Polynomial::default(), |sum, size| sum.plus(size))
        };
        let mut sizes: Vec<Polynomial> =
            planned.iter().map(|planned| sum(of(&planned.layout))).collect();
        sizes.sort();
        sizes.dedup();
        largest(sizes.iter().map(|size| self.names.polynomial(size)))
    }

    /// The most numbers that parts of the tiles add up.
    fn largest_sums(&self, planned: &[&Planned]) -> TokenStream {
        let of_plan = |planned: &&Planned| {
            let sums = planned.layout.division.iter().flat_map(|division| &division.sums);
            let elements = sums.map(|&sum| planned.plan.buffers[sum].elements());
            elements.fold(Polynomial::default(), |sum, elements| sum.plus(&elements))
        };
        let mut sizes: Vec<Polynomial> = planned.iter().map(of_plan).collect();
        sizes.sort();
        sizes.dedup();
        largest(sizes.iter().map(|size| self.names.polynomial(size)))
    }

    /// The scratch memory of all matrix products, each once.
    fn product_scratch(&self, planned: &[&Planned]) -> Vec<TokenStream> {
        let works = planned.iter().flat_map(|planned| planned.plan.works());
        let mut sizes: Vec<TokenStream> = works
            .filter_map(|work| match work {
                Work::Product(product) => products::scratch(&self.names, product),
                _ => None,
            })
            .collect();
        sizes.sort_by_key(ToString::to_string);
        sizes.dedup_by_key(|tokens| tokens.to_string());
        sizes
    }
}

/// The largest of some sizes.
fn largest(sizes: impl Iterator<Item = TokenStream>) -> TokenStream {
    match sizes.collect::<Vec<_>>().as_slice() {
        [] => quote!(0),
        [one] => one.clone(),
        several => quote!(largest([#(#several),*])),
    }
}
