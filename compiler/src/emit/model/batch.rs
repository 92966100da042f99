//! What takes the caller's data: `batch` and `predict`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Given, Items};
use crate::document::Document;
use crate::ir::{Dim, Polynomial};
use crate::lower::Target;
use crate::tree::{Extent, ResultKind, Role};

impl Items<'_> {
    pub(super) fn batch(&self) -> TokenStream {
        let batch_name = self.batch_name();
        let applied = &self.generics.applied;
        let arguments = self.caller_arguments().into_iter().chain(self.target_argument());
        let (parameter, dims) = if self.generics.are_dynamic() {
            let dims_name = self.dims_name();
            (Some(quote!(dims: #dims_name,)), quote!(dims))
        } else {
            (None, quote!(()))
        };
        let body = self.body(|compiled| {
            let check = self.check(compiled.target.as_ref());
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

    pub(super) fn predict(&self) -> Option<TokenStream> {
        let ResultKind::Prediction { shape, .. } = &self.model.result else {
            return None;
        };
        let scalar = &self.scalar;
        let arguments = self.caller_arguments();
        let body = self.body(|_| self.predict_body(shape));
        let documentation = self.documentation(Document::of_predict);
        Some(quote! {
            #documentation
            pub fn predict<'a>(&self, #(#arguments),*) -> Result<Vec<#scalar>, Error> { #body }
        })
    }

    fn predict_body(&self, shape: &[Extent]) -> TokenStream {
        let scalar = &self.scalar;
        let (dims, extents) = (self.own_dims(), self.extent_values());
        let check = self.check(None);
        let width = Polynomial::product(shape.iter().map(|extent| &extent.dim));
        let width = self.extents.polynomial(&width);
        quote! {
            #dims
            let examples = #check;
            let mut output = zeros::<#scalar>(examples.rows, #width)?;
            dispatch(Predict {
                extents: #extents,
                parameters: &self.parameters,
                examples: &examples,
                output: &mut output,
                workspace: &mut self.workspace(),
            });
            Ok(output)
        }
    }

    /// The inputs and data a caller passes, as arguments of a function: name and type.
    fn caller_arguments(&self) -> Vec<TokenStream> {
        let scalar = &self.scalar;
        let arguments = self.model.arguments.iter().zip(&self.surface.arguments);
        let declared = arguments.filter_map(|(argument, written)| {
            let name = &written.name;
            match argument.role {
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
            Given::Errors => matches!(self.model.result, ResultKind::Prediction { .. })
                .then(|| quote!(target: &'a [impl ::core::marker::Copy])),
        }
    }

    /// `Examples::check(..)` of the caller's arguments.
    fn check(&self, target: Option<&Target>) -> TokenStream {
        let (mut reals, mut indices, mut shared) = (Vec::new(), Vec::new(), Vec::new());
        for (argument, written) in self.model.arguments.iter().zip(&self.surface.arguments) {
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
