//! `loss`, `loss_and_gradient`, `equations` and `plan`: what a user calls on a checked batch.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Given, Items};
use crate::document::Document;
use crate::emit::document::Documentation;

impl Items<'_> {
    pub(super) fn losses(&self) -> TokenStream {
        let batch_name = self.batch_name();
        let (scalar, applied) = (&self.scalar, &self.generics.applied);
        let equations =
            self.documentation.as_ref().map_or_else(|| quote!(""), Documentation::equations);
        let of_loss = self.documentation(Document::of_loss);
        let of_gradient = self.documentation(Document::of_loss_and_gradient);
        let steps = match self.given {
            Given::Plans(compiled) => compiled.gradient.text(),
            Given::Errors => String::new(),
        };
        quote! {
            #of_loss
            pub fn loss(&self, batch: &#batch_name<'_, #(#applied),*>) -> #scalar {
                self.loss_into(batch, &mut self.workspace())
            }

            #of_gradient
            pub fn loss_and_gradient(&self, batch: &#batch_name<'_, #(#applied),*>) -> (#scalar, Self) {
                let mut gradient = self.clone();
                let loss = self.loss_and_gradient_into(batch, &mut gradient.parameters, &mut self.workspace());
                (loss, gradient)
            }

            /// The prediction, the loss and every gradient as equations, with shapes and costs, for a terminal.
            pub fn equations() -> &'static str {
                #equations
            }

            /// The steps that compute the loss and the gradient, in order, and the memory they share, for a terminal.
            pub fn plan() -> &'static str {
                #steps
            }
        }
    }
}
