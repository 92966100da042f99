//! `loss`, `loss_and_gradient` and `equations`: what a user calls on a checked batch.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Given, Items};

impl Items<'_> {
    pub(super) fn losses(&self) -> TokenStream {
        let batch_name = self.batch_name();
        let (scalar, applied) = (&self.scalar, &self.generics.applied);
        let equations = match self.given {
            Given::Plans(compiled) => super::document::equations(compiled),
            Given::Errors => quote!(""),
        };
        quote! {
            /// The loss of a batch.
            ///
            /// Allocates a workspace; in a loop, [`Model::loss_into`] reuses one.
            pub fn loss(&self, batch: &#batch_name<'_, #(#applied),*>) -> #scalar {
                self.loss_into(batch, &mut self.workspace())
            }

            /// The loss of a batch and its gradient `∂L/∂θ`, which has the model's own shape.
            ///
            /// Allocates; in a loop, [`Model::loss_and_gradient_into`] reuses its memory.
            pub fn loss_and_gradient(&self, batch: &#batch_name<'_, #(#applied),*>) -> (#scalar, Self) {
                let mut gradient = self.clone();
                let loss = self.loss_and_gradient_into(batch, &mut gradient.parameters, &mut self.workspace());
                (loss, gradient)
            }

            /// The prediction, the loss and every gradient as equations.
            pub fn equations() -> &'static str {
                #equations
            }
        }
    }
}
