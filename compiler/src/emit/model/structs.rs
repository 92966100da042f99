//! The types: the model, its run-time dimensions, its batches.

use proc_macro2::TokenStream;
use quote::quote;

use super::Items;
use crate::document::Document;

impl Items<'_> {
    pub(super) fn structs(&self) -> TokenStream {
        let (name, scalar, visibility) = (&self.name, &self.scalar, self.visibility());
        let declared = &self.generics.declared;
        let runtime = &self.surface.crate_path;
        let docs = &self.surface.docs;
        let of_module = self.surface.module.is_some();
        let attributes = if of_module { &[] } else { self.surface.attributes.as_slice() };
        let about = docs.is_empty().then(|| {
            let line = format!(" The model `{}`: its parameters.", self.model.name.text);
            quote!(#[doc = #line])
        });
        let derivation = self.documentation(Document::of_model);
        let dims = self.dims_struct();
        let dims_name = self.dims_name();
        let dims_field = self.generics.are_dynamic().then(|| quote!(dims: #dims_name,));
        let batch = self.batch_alias();
        let parameters = if self.is_fixed() {
            let count = self.parameter_count();
            match self.parameter_polynomial().as_constant() {
                Some(_) => quote!(ParametersOf<#scalar, #count>),
                None => quote!(ParametersOf<#scalar, { #count }>),
            }
        } else {
            quote!(Vec<#scalar>)
        };
        quote! {
            #(#docs)*
            #about
            #derivation
            #(#attributes)*
            #[derive(Clone, Debug, PartialEq)]
            #visibility struct #name<#(#declared),*> {
                parameters: #runtime::__private::#parameters,
                #dims_field
            }

            #dims

            #batch
        }
    }

    fn dims_struct(&self) -> Option<TokenStream> {
        if !self.generics.are_dynamic() {
            return None;
        }
        let (name, visibility) = (self.dims_name(), self.visibility());
        let about =
            format!(" The dimensions of [`{}`] that are chosen when the program runs.", self.name);
        let fields = self.generics.fields.iter().map(|(field, symbol)| {
            let about = format!(" The extent `{symbol}`.");
            quote!(#[doc = #about] pub #field: usize,)
        });
        Some(quote! {
            #[doc = #about]
            #[allow(dead_code)]
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            #visibility struct #name { #(#fields)* }
        })
    }

    fn batch_alias(&self) -> TokenStream {
        let (name, alias, visibility) = (&self.name, self.batch_name(), self.visibility());
        let (declared, applied) = (&self.generics.declared, &self.generics.applied);
        let runtime = &self.surface.crate_path;
        let (real, index, shared) = self.arguments.counts();
        let about = format!(" Checked examples for [`{name}`].");
        quote! {
            #[doc = #about]
            #[allow(dead_code, deprecated)]
            #visibility type #alias<'a, #(#declared),*> =
                #runtime::__private::Batch<'a, #name<#(#applied),*>, #real, #index, #shared>;
        }
    }
}
