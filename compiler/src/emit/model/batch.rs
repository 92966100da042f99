//! What takes the caller's data: `batch`, and `predict` and the other outputs.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Given, Items};
use crate::document::Document;
use crate::ir::{Dim, Polynomial};
use crate::lower::Target;
use crate::tree::{Entry, Extent, ResultKind, Role};

impl Items<'_> {
    pub(super) fn batch(&self) -> TokenStream {
        let batch_name = self.batch_name();
        let applied = &self.generics.applied;
        let all: Vec<usize> = (0..self.model.arguments.len()).collect();
        let (weights, inputs): (Vec<usize>, Vec<usize>) =
            all.iter().partition(|&&place| self.model.weights == Some(place));
        let [inputs, weights] = [inputs, weights].map(|places| self.caller_arguments(&places));
        let arguments = inputs.into_iter().chain(self.target_argument()).chain(weights);
        let (parameter, dims) = if self.generics.are_dynamic() {
            let dims_name = self.dims_name();
            (Some(quote!(dims: #dims_name,)), quote!(dims))
        } else {
            (None, quote!(()))
        };
        let body = self.body(|compiled| {
            let check = self.check(&all, compiled.target.as_ref());
            quote! {
                let examples = #check;
                Ok(Batch::new(examples, #dims))
            }
        });
        let documentation = self.documentation(Document::of_batch);
        quote! {
            #documentation
            pub fn batch<'a>(#parameter #(#arguments),*) -> Result<#batch_name<'a, #(#applied),*>, Error> {
                #body
            }
        }
    }

    /// A method for each entry that predicts.
    pub(super) fn outputs(&self) -> TokenStream {
        let entries = self.model.entries.iter().zip(&self.surface.entries);
        let outputs = entries.filter(|(entry, _)| entry.is_output());
        outputs.map(|(entry, docs)| self.output(entry, docs)).collect()
    }

    fn output(&self, entry: &Entry, docs: &[TokenStream]) -> TokenStream {
        let ResultKind::Prediction { shape, .. } = &entry.result else {
            return TokenStream::new();
        };
        let scalar = &self.scalar;
        let name = format_ident!("{}", entry.name.text);
        let arguments = self.caller_arguments(&entry.arguments);
        let body = self.body(|_| self.output_body(entry, shape));
        let documentation = self.documentation(|document| document.of_output(entry));
        let gap = (!docs.is_empty()).then(|| quote!(#[doc = ""]));
        let in_place = self.is_fixed().then(|| self.output_in_place(entry, shape, &arguments));
        let allocated = self.allocating(&quote! {
            #(#docs)*
            #gap
            #documentation
            pub fn #name<'a>(&self, #(#arguments),*) -> Result<Vec<#scalar>, Error> { #body }
        });
        quote!(#allocated #in_place)
    }

    /// The same into memory of the caller's, for a model that may be without a heap.
    fn output_in_place(
        &self,
        entry: &Entry,
        shape: &[Extent],
        arguments: &[TokenStream],
    ) -> TokenStream {
        let scalar = &self.scalar;
        let name = format_ident!("{}_to", entry.name.text);
        let [output, workspace] = ["output", "workspace"].map(|wanted| self.free_argument(wanted));
        let about = format!(
            " The same as `{}` in memory of the caller's, for inputs that no batch holds. Allocates nothing.",
            entry.name.text,
        );
        let body = self.body(|_| {
            let (extents, kernel) = (self.extent_values(), self.kernels.output(entry));
            let check = self.check(&entry.arguments, None);
            let width = Polynomial::product(shape.iter().map(|extent| &extent.dim));
            let width = self.extents.factor(&width);
            quote! {
                let examples = #check;
                require_room("output", #output.len(), examples.rows * #width)?;
                dispatch(#kernel {
                    extents: #extents,
                    parameters: &self.parameters,
                    examples: &examples,
                    output: #output,
                    workspace: #workspace,
                });
                Ok(())
            }
        });
        quote! {
            #[doc = #about]
            ///
            /// # Errors
            /// If an input is not as it must be, or `output` has another length than the outputs together.
            pub fn #name<'a>(
                &self,
                #(#arguments,)*
                #output: &mut [#scalar],
                #workspace: &mut <Self as Model>::Workspace,
            ) -> Result<(), Error> {
                #body
            }
        }
    }

    fn output_body(&self, entry: &Entry, shape: &[Extent]) -> TokenStream {
        let scalar = &self.scalar;
        let (dims, extents) = (self.own_dims(), self.extent_values());
        let check = self.check(&entry.arguments, None);
        let kernel = self.kernels.output(entry);
        let width = Polynomial::product(shape.iter().map(|extent| &extent.dim));
        let width = self.extents.polynomial(&width);
        quote! {
            #dims
            let examples = #check;
            let mut output = zeros::<#scalar>(examples.rows, #width)?;
            dispatch(#kernel {
                extents: #extents,
                parameters: &self.parameters,
                examples: &examples,
                output: &mut output,
                workspace: &mut self.workspace(),
            });
            Ok(output)
        }
    }

    /// A name for an argument that no argument of the model's has.
    fn free_argument(&self, wanted: &str) -> Ident {
        let mut name = wanted.to_string();
        while self.model.arguments.iter().any(|argument| argument.name.text == name) {
            name.push('_');
        }
        format_ident!("{name}")
    }

    /// The inputs and data among `places` that a caller passes, as arguments of a function: name and type.
    fn caller_arguments(&self, places: &[usize]) -> Vec<TokenStream> {
        let scalar = &self.scalar;
        let declared = places.iter().filter_map(|&place| {
            let name = &self.surface.arguments[place].name;
            match self.model.arguments[place].role {
                Role::Param(_) => None,
                Role::Index(_) => Some(quote!(#name: &'a [u32])),
                Role::Input | Role::Data => Some(quote!(#name: &'a [#scalar])),
            }
        });
        declared.collect()
    }

    /// The target as an argument; a stub takes any, for what its loss compares with is not known.
    fn target_argument(&self) -> Option<TokenStream> {
        let scalar = &self.scalar;
        match self.given {
            Given::Plans(compiled) => match compiled.target.as_ref()? {
                Target::Values(_) => Some(quote!(target: &'a [#scalar])),
                Target::Class(..) => Some(quote!(target: &'a [u32])),
            },
            Given::Errors => {
                self.model.has_target().then(|| quote!(target: &'a [impl ::core::marker::Copy]))
            }
        }
    }

    /// `Examples::check(..)` of the caller's arguments among `places`.
    fn check(&self, places: &[usize], target: Option<&Target>) -> TokenStream {
        let (mut reals, mut indices, mut shared) = (Vec::new(), Vec::new(), Vec::new());
        let arguments = self.model.arguments.iter().zip(&self.surface.arguments).enumerate();
        let given = arguments.filter(|(place, _)| places.contains(place));
        for (_, (argument, written)) in given {
            let (text, name) = (&argument.name.text, &written.name);
            let shape = self.shape(&argument.shape);
            let values = quote!(Values { name: #text, extents: #shape, values: #name });
            match &argument.role {
                Role::Param(_) => {}
                Role::Input => reals.push(values),
                Role::Data => shared.push(values),
                Role::Index(bound) => {
                    let bound = self.extents.extent(bound);
                    indices.push(quote! {
                        Indices { name: #text, bound: #bound, extents: #shape, values: #name }
                    });
                }
            }
        }
        match target {
            Some(Target::Values(shape)) => {
                let shape = self.shape_of_dims(shape);
                reals.push(quote!(Values { name: "target", extents: #shape, values: target }));
            }
            Some(Target::Class(bound, shape)) => {
                let (bound, shape) = (self.extents.extent(bound), self.shape_of_dims(shape));
                indices.push(quote! {
                    Indices { name: "target", bound: #bound, extents: #shape, values: target }
                });
            }
            None => {}
        }
        quote!(Examples::check([#(#reals),*], [#(#indices),*], [#(#shared),*])?)
    }

    fn shape_of_dims(&self, dims: &[Dim]) -> TokenStream {
        let extents = dims.iter().map(|dim| self.extents.extent(dim));
        quote!(&[#(#extents),*])
    }
}
