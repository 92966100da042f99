//! The implementation of the runtime's `Model`.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{Given, Items};
use crate::pipeline::Planned;
use crate::plan::Work;
use crate::tree::Reduction;

impl Items<'_> {
    pub(super) fn implementation(&self) -> TokenStream {
        let (name, scalar) = (&self.name, &self.scalar);
        let (declared, applied) = (&self.generics.declared, &self.generics.applied);
        let batch_name = self.batch_name();
        let (dims_type, dims_value) = if self.generics.are_dynamic() {
            let dims_name = self.dims_name();
            (quote!(#dims_name), quote!(self.dims))
        } else {
            (quote!(()), quote!(()))
        };
        let reduction = match self.model.reduction {
            Reduction::Mean => quote!(Reduction::Mean),
            Reduction::Sum => quote!(Reduction::Sum),
        };
        let hash = self.definition_hash();
        let workspace = self.workspace_type();
        let extents = self.known_extents();
        let owned = self.owned();
        let steps = self.step_methods();
        let batches = self.batch_methods();
        let allocating = self.allocating_methods();
        quote! {
            #[automatically_derived]
            impl<#(#declared),*> Model for #name<#(#applied),*> {
                type Scalar = #scalar;
                type Dims = #dims_type;
                type Batch<'a> = #batch_name<'a, #(#applied),*>;
                type Workspace = #workspace;

                const REDUCTION: Reduction = #reduction;
                #hash

                fn dims(&self) -> Self::Dims { #dims_value }

                #owned
                #steps
                #batches
                #allocating
            }

            #extents
        }
    }

    /// What tells the model from others, where it has no errors.
    fn definition_hash(&self) -> Option<TokenStream> {
        let Given::Plans(compiled) = self.given else { return None };
        let hash: Literal = format!("0x{:016x}", compiled.model.definition_hash()).parse().ok()?;
        Some(quote!(const DEFINITION_HASH: u64 = #hash;))
    }

    /// The extents as constants, where all of them are.
    fn known_extents(&self) -> Option<TokenStream> {
        if self.generics.are_dynamic() {
            return None;
        }
        let name = &self.name;
        let (declared, applied) = (&self.generics.declared, &self.generics.applied);
        let (extents, shapes) = (self.extent_values(), self.parameter_shapes());
        Some(quote! {
            #[automatically_derived]
            impl<#(#declared),*> Extents for #name<#(#applied),*> {
                const EXTENTS: &'static [usize] = &#extents;
                const PARAMETERS: usize = count_parameters(#shapes);
            }
        })
    }

    /// Runs a kernel on so many examples.
    pub(super) fn dispatch(&self, examples: &TokenStream, kernel: &TokenStream) -> TokenStream {
        if self.generics.are_dynamic() {
            quote!(dispatch(#kernel))
        } else {
            quote!(dispatch_examples::<Self, _>(#examples, #kernel))
        }
    }

    /// The type of what a step works in, whose size the compiler knows where it knows all dimensions.
    fn workspace_type(&self) -> TokenStream {
        let (name, scalar) = (&self.name, &self.scalar);
        match self.given {
            _ if !self.is_fixed() => quote!(Workspace<#scalar>),
            Given::Plans(_) => quote!(WorkspaceOf<#scalar, { #name::WORKSPACE_LEN }>),
            Given::Errors => quote!(WorkspaceOf<#scalar, 0>),
        }
    }

    /// What the model owns: its parameters, and what a step works in.
    fn owned(&self) -> TokenStream {
        let scalar = &self.scalar;
        let workspace = self.body(|_| {
            let (dims, extents) = (self.own_dims(), self.extent_values());
            quote! {
                #dims
                Workspace::of(#extents, workspace::<#scalar>)
            }
        });
        quote! {
            fn parameters(&self) -> &[#scalar] { &self.parameters }

            fn parameters_mut(&mut self) -> &mut [#scalar] { &mut self.parameters }

            fn workspace(&self) -> Self::Workspace { #workspace }
        }
    }

    /// The main loss, with and without its gradient.
    fn step_methods(&self) -> TokenStream {
        let scalar = &self.scalar;
        let loss = self.run_loss(&self.kernels.loss("loss"));
        let gradient = self.run_gradient("loss");
        let touched = self.touched_methods();
        quote! {
            fn loss_into(&self, batch: &Self::Batch<'_>, workspace: &mut Self::Workspace) -> #scalar {
                #loss
            }

            fn loss_and_gradient_into(
                &self,
                batch: &Self::Batch<'_>,
                gradient: &mut [#scalar],
                workspace: &mut Self::Workspace,
            ) -> #scalar {
                #gradient
            }

            #touched
        }
    }

    /// Batch and model have the same dimensions, where some are chosen when the program runs.
    pub(super) fn same_dims(&self) -> Option<TokenStream> {
        self.generics.are_dynamic().then(|| quote!(require_same_dims(self.dims, batch.dims());))
    }

    /// The body of a method that gives a loss of `batch` in `workspace`.
    pub(super) fn run_loss(&self, kernel: &Ident) -> TokenStream {
        let (same, dims, extents) = (self.same_dims(), self.own_dims(), self.extent_values());
        self.body(|_| {
            quote! {
                #same
                #dims
                dispatch(#kernel {
                    extents: #extents,
                    parameters: &self.parameters,
                    examples: batch.examples(),
                    workspace,
                })
            }
        })
    }

    /// The same, with the gradient written to `gradient`, all of it.
    pub(super) fn run_gradient(&self, loss: &str) -> TokenStream {
        self.run_cleared_gradient(loss, &self.clear_tables(loss))
    }

    /// The same after `clear`, which clears what the kernel adds to.
    pub(super) fn run_cleared_gradient(&self, loss: &str, clear: &TokenStream) -> TokenStream {
        let (same, dims, extents) = (self.same_dims(), self.own_dims(), self.extent_values());
        let kernel = self.kernels.gradient(loss);
        let (field, zeros) = match self.plan_of_gradient(loss).map(|planned| &planned.plan) {
            Some(plan) if !plan.has_gradient() => (None, Some(quote!(gradient.fill(0.0);))),
            _ => (Some(quote!(gradient,)), None),
        };
        self.body(|_| {
            let kernel = quote! {
                #kernel {
                    extents: #extents,
                    parameters: &self.parameters,
                    examples: batch.examples(),
                    #field
                    workspace,
                }
            };
            let run = self.dispatch(&quote!(batch.rows()), &kernel);
            quote! {
                #same
                require_length(gradient.len(), self.parameters.len());
                #dims
                #zeros
                #clear
                #run
            }
        })
    }

    /// The plan of a loss with its gradient.
    pub(super) fn plan_of_gradient(&self, loss: &str) -> Option<&Planned> {
        let Given::Plans(compiled) = self.given else { return None };
        let kernel = self.kernels.gradient(loss);
        let found = compiled.losses.iter().find(|one| self.kernels.gradient(&one.name) == kernel);
        found.map(|loss| &loss.gradient)
    }

    fn run_in_f64(&self, kernel: &Ident) -> TokenStream {
        let (same, dims, extents) = (self.same_dims(), self.own_dims(), self.extent_values());
        self.body(|_| {
            quote! {
                #same
                require_length(parameters.len(), self.parameters.len());
                #dims
                run_anywhere(#kernel {
                    extents: #extents,
                    parameters,
                    examples: &batch.examples().in_f64().examples(),
                    workspace: &mut Workspace::of(#extents, workspace::<f64>),
                })
            }
        })
    }

    /// Whether a step draws random numbers.
    fn draws(&self) -> bool {
        let Given::Plans(compiled) = self.given else { return false };
        let mut steps = compiled.plans().flat_map(|planned| &planned.plan.steps);
        steps.any(|step| matches!(step.work, Work::Draw { .. }))
    }

    /// What training does with batches.
    fn batch_methods(&self) -> TokenStream {
        let randomness = self.draws().then(|| {
            quote! {
                fn with_randomness<'a>(batch: &Self::Batch<'a>, seed: u64, step: u64) -> Self::Batch<'a> {
                    batch.with_randomness(seed, step)
                }

                fn numbered_from<'a>(batch: &Self::Batch<'a>, first: usize) -> Self::Batch<'a> {
                    batch.numbered_from(first)
                }
            }
        });
        quote! {
            fn rows(batch: &Self::Batch<'_>) -> usize { batch.rows() }

            fn batch_dims(batch: &Self::Batch<'_>) -> Self::Dims { batch.dims() }

            fn slice<'b, 'a: 'b>(batch: &Self::Batch<'a>, rows: ::core::ops::Range<usize>) -> Self::Batch<'b> {
                batch.slice(rows)
            }

            #randomness
        }
    }

    /// What allocates.
    fn allocating_methods(&self) -> TokenStream {
        let scalar = &self.scalar;
        let layout = self.body(|_| {
            let (dims, shapes) = (self.own_dims(), self.parameter_shapes());
            quote! {
                #dims
                lay_out(#shapes).unwrap_or_else(|error| refuse(&error))
            }
        });
        let in_f64 = self.run_in_f64(&self.kernels.loss("loss"));
        self.allocating(&quote! {
            fn layout(&self) -> Vec<ParameterLayout> { #layout }

            fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 { #in_f64 }

            fn batch_buffer(batch: &Self::Batch<'_>, rows: usize) -> BatchBuffer<#scalar> { batch.buffer(rows) }

            fn gather<'b, 'a: 'b>(
                batch: &Self::Batch<'a>,
                order: &[usize],
                buffer: &'b mut BatchBuffer<#scalar>,
            ) -> Self::Batch<'b> {
                batch.gather(order, buffer)
            }
        })
    }
}
