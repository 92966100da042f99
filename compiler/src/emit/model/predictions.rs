//! The implementation of the runtime's `Predict`, where a model predicts.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Items;
use crate::ir::Polynomial;
use crate::lower::Target;
use crate::pipeline::Compiled;
use crate::tree::{Entry, ResultKind, Role};

/// Where the inputs of an output are among all that a batch holds: real ones, indices, shared data.
#[derive(Default)]
struct Places([Vec<Literal>; 3]);

impl Items<'_> {
    /// Nothing for an output that depends on no example while others do: it has one row, whatever the batch has.
    pub(super) fn predictions(&self) -> Option<TokenStream> {
        let entry = self.model.prediction()?;
        let ResultKind::Prediction { shape, .. } = &entry.result else { return None };
        let width = Polynomial::product(shape.iter().map(|extent| &extent.dim));
        let width = self.extents.factor(&width);
        let takes_examples = |place: &usize| {
            matches!(self.model.arguments[*place].role, Role::Input | Role::Index(_))
        };
        let all: Vec<usize> = (0..self.model.arguments.len()).collect();
        if all.iter().any(takes_examples) && !entry.arguments.iter().any(takes_examples) {
            return None;
        }
        let output_width = self.width("output_width", &width);
        let into = self.predict_into(entry, &width);
        let targets = self.targets();
        let (name, scalar) = (&self.name, &self.scalar);
        let (declared, applied) = (&self.generics.declared, &self.generics.applied);
        Some(quote! {
            #[automatically_derived]
            impl<#(#declared),*> predict::Predict for #name<#(#applied),*> {
                #output_width

                fn predict_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    output: &mut [#scalar],
                    workspace: &mut Self::Workspace,
                ) {
                    #into
                }

                fn targets<'a>(batch: &'a Self::Batch<'_>) -> predict::Targets<'a, #scalar> {
                    #targets
                }
            }
        })
    }

    fn predict_into(&self, entry: &Entry, width: &TokenStream) -> TokenStream {
        let (same, dims, extents) = (self.same_dims(), self.own_dims(), self.extent_values());
        let kernel = self.kernels.output(entry);
        let Places([reals, indices, shared]) = self.places(entry);
        let kernel = quote! {
            #kernel {
                extents: #extents,
                parameters: &self.parameters,
                examples: &examples,
                output,
                workspace,
            }
        };
        let run = self.dispatch(&quote!(examples.rows), &kernel);
        self.body(|_| {
            quote! {
                #same
                #dims
                let examples = batch.examples().pick([#(#reals),*], [#(#indices),*], [#(#shared),*]);
                require_rows("output", output.len(), examples.rows * #width);
                #run
            }
        })
    }

    fn places(&self, entry: &Entry) -> Places {
        let mut places = Places::default();
        let mut counts = [0; 3];
        for (place, argument) in self.model.arguments.iter().enumerate() {
            let kind = match argument.role {
                Role::Param(_) => continue,
                Role::Input => 0,
                Role::Index(_) => 1,
                Role::Data => 2,
            };
            if entry.arguments.contains(&place) {
                places.0[kind].push(Literal::usize_unsuffixed(counts[kind]));
            }
            counts[kind] += 1;
        }
        places
    }

    /// The target is the last of its kind in a batch.
    fn targets(&self) -> TokenStream {
        let count = |role: fn(&Role) -> bool| {
            let arguments = self.model.arguments.iter();
            Literal::usize_unsuffixed(arguments.filter(|argument| role(&argument.role)).count())
        };
        self.body(|compiled: &Compiled| match compiled.target {
            Some(Target::Values(_)) => {
                let last = count(|role| *role == Role::Input);
                quote!(predict::Targets::Values(batch.examples().reals[#last].values))
            }
            Some(Target::Class(..)) => {
                let last = count(|role| matches!(role, Role::Index(_)));
                quote!(predict::Targets::Classes(batch.examples().indices[#last].values))
            }
            None => quote!(predict::Targets::None),
        })
    }
}
