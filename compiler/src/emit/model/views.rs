//! `w1()` and `w1_mut()` for each parameter.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Items;
use crate::ir::Polynomial;
use crate::rust_syntax::items::view_name;
use crate::tree::Argument;

impl Items<'_> {
    pub(super) fn views(&self) -> TokenStream {
        let mut offset = Polynomial::default();
        let mut views = TokenStream::new();
        for (index, elements) in &self.arguments.parameters {
            views.extend(self.view(&self.model.arguments[*index], &offset, elements));
            offset = offset.plus(elements);
        }
        views
    }

    /// A scalar parameter is the number itself, any other a slice.
    fn view(&self, argument: &Argument, offset: &Polynomial, elements: &Polynomial) -> TokenStream {
        let getter = format_ident!("{}", view_name(&argument.name.text));
        let setter = format_ident!("{getter}_mut");
        let scalar = &self.scalar;
        let dims = self.own_dims();
        let length = self.extents.polynomial(elements);
        let place = if argument.shape.is_empty() {
            let offset = self.extents.polynomial(offset);
            quote!(self.parameters[#offset])
        } else if *offset == Polynomial::default() {
            quote!(self.parameters[..#length])
        } else {
            let offset = self.extents.polynomial(offset);
            quote!(self.parameters[#offset..][..#length])
        };
        let (value, target, read) = if argument.shape.is_empty() {
            (quote!(#scalar), quote!(&mut #scalar), quote!(#place))
        } else {
            (quote!(&[#scalar]), quote!(&mut [#scalar]), quote!(&#place))
        };
        let read = self.body(|_| quote!(#dims #read));
        let change = self.body(|_| quote!(#dims &mut #place));
        let about = self.documentation(|document| document.of_view(argument));
        let about_mut = self.documentation(|document| document.of_view_mut(argument));
        quote! {
            #about
            pub fn #getter(&self) -> #value { #read }
            #about_mut
            pub fn #setter(&mut self) -> #target { #change }
        }
    }
}
