//! What stands in for a model with errors, so that one mistake does not bury the user under follow-ups.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::model::{Generics, type_name};
use crate::rust_syntax::Surface;
use crate::tree::{Model, ResultKind, Role, ScalarType};

/// Items with the right names and signatures, as far as the model could be read; nothing in them runs.
pub fn stub(model: Option<&Model>, surface: &Surface) -> TokenStream {
    let name = type_name(&surface.name.to_string());
    let visibility = &surface.visibility;
    let Some(model) = model else {
        return quote! {
            #[allow(dead_code)]
            #[derive(Clone, Debug, PartialEq)]
            #visibility struct #name;
        };
    };
    let scalar = match model.scalar {
        ScalarType::F32 => format_ident!("f32"),
        ScalarType::F64 => format_ident!("f64"),
    };
    let generics = Generics::new(&model.symbols);
    let (declared, applied, fields) = (&generics.declared, &generics.applied, &generics.fields);
    let dims_name = format_ident!("{name}Dims");
    let dims = generics.are_dynamic().then(|| {
        quote! {
            #[allow(dead_code)]
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            #visibility struct #dims_name { #(pub #fields: usize),* }
        }
    });
    let methods = methods(model, surface, &scalar, &generics, &dims_name);
    let implementation = implementation(surface, &scalar);
    quote! {
        #[allow(dead_code)]
        #[derive(Clone, Debug, PartialEq)]
        #visibility struct #name<#(#declared),*> { parameters: [#scalar; 0] }
        #dims
        #[allow(unused, clippy::all, clippy::pedantic)]
        const _: () = {
            impl<#(#declared),*> #name<#(#applied),*> { #methods }
            #implementation
            impl<#(#declared),*> Stub for #name<#(#applied),*> {}
        };
    }
}

fn methods(
    model: &Model,
    surface: &Surface,
    scalar: &Ident,
    generics: &Generics,
    dims_name: &Ident,
) -> TokenStream {
    let runtime = &surface.crate_path;
    let never = quote!(::core::unreachable!("the model has errors"));
    let dims = generics.are_dynamic().then(|| quote!(dims: #dims_name,));
    let made = if generics.are_dynamic() {
        quote!(::core::result::Result<Self, #runtime::Error>)
    } else {
        quote!(Self)
    };
    let mut inputs = Vec::new();
    let mut views = TokenStream::new();
    for (argument, written) in model.arguments.iter().zip(&surface.arguments) {
        let name = &written.name;
        match argument.role {
            Role::Input | Role::Data => inputs.push(quote!(#name: &[#scalar])),
            Role::Index(_) => inputs.push(quote!(#name: &[u32])),
            Role::Param(_) => {
                let getter = format_ident!("{}", argument.name.text.to_lowercase());
                let setter = format_ident!("{getter}_mut");
                let (value, place) = if argument.shape.is_empty() {
                    (quote!(#scalar), quote!(#scalar))
                } else {
                    (quote!(&[#scalar]), quote!([#scalar]))
                };
                views.extend(quote! {
                    pub fn #getter(&self) -> #value { #never }
                    pub fn #setter(&mut self) -> &mut #place { #never }
                });
            }
        }
    }
    let target =
        matches!(model.result, ResultKind::Prediction { .. }).then(|| quote!(target: &[impl Copy]));
    let batch_inputs = inputs.iter().cloned().chain(target);
    quote! {
        pub fn zeros(#dims) -> #made { #never }
        pub fn seeded(#dims seed: u64) -> #made { #never }
        pub fn batch(#dims #(#batch_inputs),*) -> ::core::result::Result<(), #runtime::Error> { #never }
        pub fn predict(&self, #(#inputs),*)
            -> ::core::result::Result<#runtime::__private::Vec<#scalar>, #runtime::Error> { #never }
        pub fn loss(&self, batch: &()) -> #scalar { #never }
        pub fn loss_and_gradient(&self, batch: &()) -> (#scalar, Self) { #never }
        pub fn equations() -> &'static str { #never }
        #views
    }
}

/// A blanket implementation of `Model` for the stub, so that training it is no further error.
fn implementation(surface: &Surface, scalar: &Ident) -> TokenStream {
    let _ = (surface, scalar);
    quote!(
        trait Stub {}
    )
}
