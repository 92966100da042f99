//! The implementations of the derivatives that the attribute asks for.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::{Items, step};
use crate::ir::Polynomial;
use crate::sensitivity::Quantity;
use crate::tree::{ResultKind, Role, Sensitivity};

/// The fields of kernels that are written.
const OUTPUTS: [&str; 5] =
    ["gradient", "output", "jacobian_output", "matrix_output", "entries_output"];

impl Items<'_> {
    pub(super) fn sensitivities(&self) -> TokenStream {
        let wanted: Vec<Sensitivity> =
            self.model.sensitivities.iter().map(|(wanted, _)| *wanted).collect();
        let mut tokens = TokenStream::new();
        if wanted.iter().any(|wanted| wanted.is_of_residuals()) {
            tokens.extend(self.residuals());
            tokens.extend(self.observations());
        }
        for wanted in wanted {
            tokens.extend(match wanted {
                Sensitivity::Jacobian => self.jacobian(),
                Sensitivity::JacobianVectorProduct => self.jacobian_vector_product(),
                Sensitivity::VectorJacobianProduct => self.vector_jacobian_product(),
                Sensitivity::GaussNewton => self.gauss_newton(),
                Sensitivity::SparseJacobian => self.sparse_jacobian(),
                Sensitivity::HessianVectorProduct => self.hessian_vector_product(),
                Sensitivity::Hessian => self.hessian(),
                Sensitivity::Inputs => self.inputs(),
            });
        }
        tokens
    }

    fn residuals(&self) -> TokenStream {
        let scalar = &self.scalar;
        let width = self.outputs_width();
        let outputs = self.body(|_| {
            let dims = self.own_dims();
            quote!(#dims #width)
        });
        let run = self.run(
            Quantity::Residuals,
            &quote!(require_rows("residuals", residuals.len(), batch.rows() * #width);),
            &[("output", quote!(residuals))],
        );
        self.implement(
            &quote!(Residuals),
            &quote! {
                fn residual_width(&self) -> usize { #outputs }

                fn residuals_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    residuals: &mut [#scalar],
                    workspace: &mut Workspace<#scalar>,
                ) {
                    #run
                }
            },
        )
    }

    /// For a model of real inputs with a real target, and nothing else of the caller's.
    fn observations(&self) -> Option<TokenStream> {
        let mut inputs = Vec::new();
        for (argument, written) in self.model.arguments.iter().zip(&self.surface.arguments) {
            match argument.role {
                Role::Param(_) => {}
                Role::Input => inputs.push(&written.name),
                Role::Index(_) | Role::Data => return None,
            }
        }
        if !self.model.has_target() || inputs.is_empty() {
            return None;
        }
        let scalar = &self.scalar;
        let count = inputs.len();
        let dims = self.generics.are_dynamic().then(|| quote!(self.dims,));
        let body = self.body(|_| {
            quote! {
                let &[#(#inputs),*] = inputs else {
                    return Err(Error::InputCount { expected: #count, found: inputs.len() });
                };
                Self::batch(#dims #(#inputs,)* target)
            }
        });
        Some(self.implement(
            &quote!(Observations),
            &quote! {
                fn observations<'a>(
                    &self,
                    inputs: &[&'a [#scalar]],
                    target: &'a [#scalar],
                ) -> Result<Self::Batch<'a>, Error> {
                    #body
                }
            },
        ))
    }

    fn jacobian(&self) -> TokenStream {
        let (scalar, width) = (&self.scalar, self.outputs_width());
        let run = self.run(
            Quantity::Jacobian,
            &quote! {
                require_rows("residuals", residuals.len(), batch.rows() * #width);
                require_rows("jacobian", jacobian.len(), residuals.len() * self.parameters.len());
            },
            &[
                ("output", quote!(residuals)),
                ("jacobian_output", quote!(jacobian)),
                ("matrix_order", quote!(order)),
            ],
        );
        self.implement(
            &quote!(Jacobian),
            &quote! {
                fn residuals_and_jacobian_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    residuals: &mut [#scalar],
                    jacobian: &mut [#scalar],
                    order: derivatives::MatrixOrder,
                    workspace: &mut Workspace<#scalar>,
                ) {
                    #run
                }
            },
        )
    }

    fn jacobian_vector_product(&self) -> TokenStream {
        let (scalar, width) = (&self.scalar, self.outputs_width());
        let run = self.run(
            Quantity::JacobianVectorProduct,
            &quote! {
                require_length(direction.len(), self.parameters.len());
                require_rows("product", product.len(), batch.rows() * #width);
            },
            &[("given_direction", quote!(direction)), ("output", quote!(product))],
        );
        self.implement(
            &quote!(JacobianVectorProduct),
            &quote! {
                fn jacobian_vector_product_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    direction: &[#scalar],
                    product: &mut [#scalar],
                    workspace: &mut Workspace<#scalar>,
                ) {
                    #run
                }
            },
        )
    }

    fn vector_jacobian_product(&self) -> TokenStream {
        let (scalar, width) = (&self.scalar, self.outputs_width());
        let run = self.run(
            Quantity::VectorJacobianProduct,
            &quote! {
                require_rows("vector", vector.len(), batch.rows() * #width);
                require_length(product.len(), self.parameters.len());
            },
            &[("given_weights", quote!(vector)), ("gradient", quote!(product))],
        );
        self.implement(
            &quote!(VectorJacobianProduct),
            &quote! {
                fn vector_jacobian_product_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    vector: &[#scalar],
                    product: &mut [#scalar],
                    workspace: &mut Workspace<#scalar>,
                ) {
                    #run
                }
            },
        )
    }

    fn gauss_newton(&self) -> TokenStream {
        let scalar = &self.scalar;
        let run = self.run(
            Quantity::NormalEquations,
            &quote! {
                require_length(gradient.len(), self.parameters.len());
                require_rows("matrix", matrix.len(), gradient.len() * gradient.len());
            },
            &[("gradient", quote!(gradient)), ("matrix_output", quote!(matrix))],
        );
        self.implement(
            &quote!(GaussNewton),
            &quote! {
                fn normal_equations_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    matrix: &mut [#scalar],
                    gradient: &mut [#scalar],
                    workspace: &mut Workspace<#scalar>,
                ) -> #scalar {
                    #run
                }
            },
        )
    }

    fn sparse_jacobian(&self) -> TokenStream {
        let (scalar, width) = (&self.scalar, self.outputs_width());
        let entries = |quantity| {
            self.body(|compiled| {
                let found = compiled.sensitivities.iter().find(|found| found.quantity == quantity);
                let count = found.map(|found| step::entries(&found.planned.plan));
                self.extents.factor(&count.unwrap_or_default())
            })
        };
        let count = entries(Quantity::SparsePattern);
        let pattern = self.run(
            Quantity::SparsePattern,
            &quote! {
                let workspace = &mut self.workspace();
                let mut columns = zeros::<#scalar>(batch.rows(), #count)?;
            },
            &[("entries_output", quote!(&mut columns))],
        );
        let pattern = self.body(|_| {
            quote! {
                #pattern;
                let rows = [batch.rows(), #width];
                derivatives::CompressedRows::of_columns(rows, self.parameters.len(), &columns)
            }
        });
        let count = entries(Quantity::SparseJacobian);
        let run = self.run(
            Quantity::SparseJacobian,
            &quote! {
                require_rows("residuals", residuals.len(), batch.rows() * #width);
                let entries = jacobian.entries_mut(residuals.len(), #count);
            },
            &[("output", quote!(residuals)), ("entries_output", quote!(entries))],
        );
        let run = self.body(|_| quote!(#run; jacobian.add_up_entries();));
        self.implement(
            &quote!(SparseJacobian),
            &quote! {
                fn sparse_jacobian(
                    &self,
                    batch: &Self::Batch<'_>,
                ) -> Result<derivatives::CompressedRows<#scalar>, Error> {
                    #pattern
                }

                fn residuals_and_sparse_jacobian_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    residuals: &mut [#scalar],
                    jacobian: &mut derivatives::CompressedRows<#scalar>,
                    workspace: &mut Workspace<#scalar>,
                ) {
                    #run
                }
            },
        )
    }

    fn hessian_vector_product(&self) -> TokenStream {
        let scalar = &self.scalar;
        let run = self.run(
            Quantity::HessianVectorProduct,
            &quote! {
                require_length(direction.len(), self.parameters.len());
                require_length(product.len(), self.parameters.len());
            },
            &[("given_direction", quote!(direction)), ("gradient", quote!(product))],
        );
        self.implement(
            &quote!(HessianVectorProduct),
            &quote! {
                fn hessian_vector_product_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    direction: &[#scalar],
                    product: &mut [#scalar],
                    workspace: &mut Workspace<#scalar>,
                ) {
                    #run
                }
            },
        )
    }

    fn hessian(&self) -> TokenStream {
        let scalar = &self.scalar;
        let run = self.run(
            Quantity::Hessian,
            &quote! {
                require_length(gradient.len(), self.parameters.len());
                require_rows("hessian", hessian.len(), gradient.len() * gradient.len());
            },
            &[("gradient", quote!(gradient)), ("matrix_output", quote!(hessian))],
        );
        self.implement(
            &quote!(Hessian),
            &quote! {
                fn hessian_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    gradient: &mut [#scalar],
                    hessian: &mut [#scalar],
                    workspace: &mut Workspace<#scalar>,
                ) -> #scalar {
                    #run
                }
            },
        )
    }

    fn inputs(&self) -> TokenStream {
        let scalar = &self.scalar;
        let width = self.extents.factor(&self.arguments.input_width);
        let inputs = self.body(|_| {
            let dims = self.own_dims();
            quote!(#dims #width)
        });
        let run = self.run(
            Quantity::InputGradient,
            &quote!(require_rows("gradient", gradient.len(), batch.rows() * #width);),
            &[
                ("jacobian_output", quote!(gradient)),
                ("matrix_order", quote!(derivatives::MatrixOrder::RowMajor)),
            ],
        );
        let mut tokens = self.implement(
            &quote!(InputDerivatives),
            &quote! {
                fn input_width(&self) -> usize { #inputs }

                fn input_gradient_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    gradient: &mut [#scalar],
                    workspace: &mut Workspace<#scalar>,
                ) {
                    #run
                }
            },
        );
        if self.model.prediction().is_some() {
            tokens.extend(self.input_jacobian());
        }
        tokens
    }

    fn input_jacobian(&self) -> TokenStream {
        let scalar = &self.scalar;
        let width = self.outputs_width();
        let inputs = self.extents.factor(&self.arguments.input_width);
        let outputs = self.body(|_| {
            let dims = self.own_dims();
            quote!(#dims #width)
        });
        let run = self.run(
            Quantity::InputJacobian,
            &quote! {
                require_rows("jacobian", jacobian.len(), batch.rows() * #width * #inputs);
            },
            &[
                ("jacobian_output", quote!(jacobian)),
                ("matrix_order", quote!(derivatives::MatrixOrder::RowMajor)),
            ],
        );
        self.implement(
            &quote!(InputJacobian),
            &quote! {
                fn prediction_width(&self) -> usize { #outputs }

                fn input_jacobian_into(
                    &self,
                    batch: &Self::Batch<'_>,
                    jacobian: &mut [#scalar],
                    workspace: &mut Workspace<#scalar>,
                ) {
                    #run
                }
            },
        )
    }

    /// The implementation of a trait of the runtime's `derivatives`.
    fn implement(&self, implemented: &TokenStream, methods: &TokenStream) -> TokenStream {
        let (name, declared, applied) =
            (&self.name, &self.generics.declared, &self.generics.applied);
        quote! {
            #[automatically_derived]
            impl<#(#declared),*> derivatives::#implemented for #name<#(#applied),*> {
                #methods
            }
        }
    }

    /// The body of a method that runs a kernel after what it requires, with what the caller gives for its fields.
    ///
    /// What the kernel does not write is zero; what it does not read, it is not given.
    fn run(
        &self,
        quantity: Quantity,
        requires: &TokenStream,
        given: &[(&str, TokenStream)],
    ) -> TokenStream {
        let kernel: Ident = self.kernels.sensitivity(quantity);
        self.body(|compiled| {
            let (same, dims, extents) = (self.same_dims(), self.own_dims(), self.extent_values());
            let found = compiled.sensitivities.iter().find(|found| found.quantity == quantity);
            let fields = found.map(|found| step::fields(&found.planned.plan)).unwrap_or_default();
            let is_field = |name: &str| fields.iter().any(|(field, _)| field == name);
            let (mut fields, mut zeros) = (TokenStream::new(), TokenStream::new());
            for (name, value) in given {
                let field = format_ident!("{name}");
                if is_field(name) && *name == value.to_string() {
                    fields.extend(quote!(#field,));
                } else if is_field(name) {
                    fields.extend(quote!(#field: #value,));
                } else if OUTPUTS.contains(name) {
                    zeros.extend(quote!(#value.fill(0.0);));
                }
            }
            quote! {
                #same
                #dims
                #requires
                #zeros
                dispatch(#kernel {
                    extents: #extents,
                    parameters: &self.parameters,
                    examples: batch.examples(),
                    #fields
                    workspace,
                })
            }
        })
    }

    /// The elements of the prediction.
    fn outputs_width(&self) -> TokenStream {
        let shape = self.model.prediction().map(|entry| &entry.result);
        let Some(ResultKind::Prediction { shape, .. }) = shape else { return quote!(0) };
        let width = Polynomial::product(shape.iter().map(|extent| &extent.dim));
        self.extents.factor(&width)
    }
}
