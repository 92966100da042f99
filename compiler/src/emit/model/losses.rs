//! `loss`, `loss_and_gradient`, the same of the other losses, `equations` and `plan`: what a user calls on a checked batch.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Given, Items};
use crate::document::Document;
use crate::emit::document::Documentation;
use crate::pipeline::{Compiled, PlannedLoss, PlannedSensitivity};
use crate::tree::Entry;

impl Items<'_> {
    pub(super) fn losses(&self) -> TokenStream {
        let batch_name = self.batch_name();
        let (scalar, applied) = (&self.scalar, &self.generics.applied);
        let equations =
            self.documentation.as_ref().map_or_else(|| quote!(""), Documentation::equations);
        let of_loss = self.documentation(Document::of_loss);
        let of_gradient = self.documentation(Document::of_loss_and_gradient);
        let steps = match self.given {
            Given::Plans(compiled) => plans(compiled),
            Given::Errors => String::new(),
        };
        let others = self.other_losses();
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

            #others

            /// The prediction, the loss and every gradient as equations, with shapes and costs, for a terminal.
            pub fn equations() -> &'static str {
                #equations
            }

            /// The steps that compute the loss, the gradient and what else is asked for, in order, and their memory, for a terminal.
            pub fn plan() -> &'static str {
                #steps
            }
        }
    }
    /// The methods of the losses that training does not follow.
    fn other_losses(&self) -> TokenStream {
        let main = &self.model.main_entry().name.text;
        let entries = self.model.entries.iter().zip(&self.surface.entries);
        let others = entries.filter(|(entry, _)| !entry.is_output() && entry.name.text != *main);
        others.map(|(entry, docs)| self.other_loss(entry, docs)).collect()
    }

    fn other_loss(&self, entry: &Entry, docs: &[TokenStream]) -> TokenStream {
        let name = &entry.name.text;
        let (batch_name, scalar) = (self.batch_name(), &self.scalar);
        let applied = &self.generics.applied;
        let batch = quote!(batch: &#batch_name<'_, #(#applied),*>);
        let loss = format_ident!("{name}");
        let [into, gradient, gradient_into] =
            ["into", "and_gradient", "and_gradient_into"].map(|end| format_ident!("{name}_{end}"));
        let run = self.run_loss(&self.kernels.loss(name));
        let run_gradient = self.run_gradient(name);
        let of_loss = self.documentation(|document| document.of_other_loss(entry));
        let of_gradient = self.documentation(|document| document.of_other_gradient(name));
        let gap = (!docs.is_empty()).then(|| quote!(#[doc = ""]));
        let about = format!(" The loss `{name}`. Allocates nothing.");
        let about_gradient =
            format!(" The same; `gradient` is overwritten with `∂{name}/∂θ`. Allocates nothing.");
        quote! {
            #(#docs)*
            #gap
            #of_loss
            pub fn #loss(&self, #batch) -> #scalar { self.#into(batch, &mut self.workspace()) }

            #[doc = #about]
            pub fn #into(&self, #batch, workspace: &mut <Self as Model>::Workspace) -> #scalar { #run }

            #of_gradient
            pub fn #gradient(&self, #batch) -> (#scalar, Self) {
                let mut gradient = self.clone();
                let loss = self.#gradient_into(batch, &mut gradient.parameters, &mut self.workspace());
                (loss, gradient)
            }

            #[doc = #about_gradient]
            ///
            /// # Panics
            /// If `gradient` has not the length of θ.
            pub fn #gradient_into(
                &self,
                #batch,
                gradient: &mut [#scalar],
                workspace: &mut <Self as Model>::Workspace,
            ) -> #scalar {
                #run_gradient
            }
        }
    }
}

/// The steps of each loss with its gradient, then those of the derivatives that are asked for.
fn plans(compiled: &Compiled) -> String {
    let mut text = compiled.gradient().text();
    for PlannedLoss { name, gradient, .. } in &compiled.losses[1..] {
        text += &format!("\nThe loss {name}\n{}", gradient.text());
    }
    for PlannedSensitivity { quantity, planned } in &compiled.sensitivities {
        text += &format!("\n{}\n{}", quantity.title(), planned.text());
    }
    text
}
