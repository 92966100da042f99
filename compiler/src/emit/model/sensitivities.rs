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

/// A method that runs a kernel on a batch.
struct Method<'a> {
    name: &'a str,
    quantity: Quantity,
    /// Its arguments between the batch and the workspace.
    given: &'a [(&'a str, Given)],
    /// What it requires of them.
    requires: TokenStream,
    gives_loss: bool,
}

/// What the argument of a method is for the kernel, with the field it is.
enum Given {
    /// Numbers it reads.
    Read(&'static str),
    /// Numbers it writes.
    Written(&'static str),
    /// Numbers it writes, in rows.
    Rows(&'static str),
    /// In which order it writes.
    Order(&'static str),
}

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
        let width = self.outputs_width();
        let into = self.method(&Method {
            name: "residuals_into",
            quantity: Quantity::Residuals,
            given: &[("residuals", Given::Written("output"))],
            requires: quote!(require_rows("residuals", residuals.len(), batch.rows() * #width);),
            gives_loss: false,
        });
        let width = self.width("residual_width", &width);
        self.implement(&quote!(Residuals), &quote!(#width #into))
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
        let width = self.outputs_width();
        let into = self.method(&Method {
            name: "residuals_and_jacobian_into",
            quantity: Quantity::Jacobian,
            given: &[
                ("residuals", Given::Written("output")),
                ("jacobian", Given::Written("jacobian_output")),
                ("order", Given::Order("matrix_order")),
            ],
            requires: quote! {
                require_rows("residuals", residuals.len(), batch.rows() * #width);
                require_rows("jacobian", jacobian.len(), residuals.len() * self.parameters.len());
            },
            gives_loss: false,
        });
        self.implement(&quote!(Jacobian), &into)
    }

    fn jacobian_vector_product(&self) -> TokenStream {
        let width = self.outputs_width();
        let into = self.method(&Method {
            name: "jacobian_vector_product_into",
            quantity: Quantity::JacobianVectorProduct,
            given: &[
                ("direction", Given::Read("given_direction")),
                ("product", Given::Written("output")),
            ],
            requires: quote! {
                require_length(direction.len(), self.parameters.len());
                require_rows("product", product.len(), batch.rows() * #width);
            },
            gives_loss: false,
        });
        self.implement(&quote!(JacobianVectorProduct), &into)
    }

    fn vector_jacobian_product(&self) -> TokenStream {
        let width = self.outputs_width();
        let into = self.method(&Method {
            name: "vector_jacobian_product_into",
            quantity: Quantity::VectorJacobianProduct,
            given: &[
                ("vector", Given::Read("given_weights")),
                ("product", Given::Written("gradient")),
            ],
            requires: quote! {
                require_rows("vector", vector.len(), batch.rows() * #width);
                require_length(product.len(), self.parameters.len());
            },
            gives_loss: false,
        });
        self.implement(&quote!(VectorJacobianProduct), &into)
    }

    fn gauss_newton(&self) -> TokenStream {
        let into = self.method(&Method {
            name: "normal_equations_into",
            quantity: Quantity::NormalEquations,
            given: &[
                ("matrix", Given::Written("matrix_output")),
                ("gradient", Given::Written("gradient")),
            ],
            requires: quote! {
                require_length(gradient.len(), self.parameters.len());
                require_rows("matrix", matrix.len(), gradient.len() * gradient.len());
            },
            gives_loss: true,
        });
        self.implement(&quote!(GaussNewton), &into)
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
        let implementation = self.implement(
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
                    workspace: &mut Self::Workspace,
                ) {
                    #run
                }
            },
        );
        self.allocating(&implementation)
    }

    fn hessian_vector_product(&self) -> TokenStream {
        let into = self.method(&Method {
            name: "hessian_vector_product_into",
            quantity: Quantity::HessianVectorProduct,
            given: &[
                ("direction", Given::Read("given_direction")),
                ("product", Given::Written("gradient")),
            ],
            requires: quote! {
                require_length(direction.len(), self.parameters.len());
                require_length(product.len(), self.parameters.len());
            },
            gives_loss: false,
        });
        self.implement(&quote!(HessianVectorProduct), &into)
    }

    fn hessian(&self) -> TokenStream {
        let into = self.method(&Method {
            name: "hessian_into",
            quantity: Quantity::Hessian,
            given: &[
                ("gradient", Given::Written("gradient")),
                ("hessian", Given::Written("matrix_output")),
            ],
            requires: quote! {
                require_length(gradient.len(), self.parameters.len());
                require_rows("hessian", hessian.len(), gradient.len() * gradient.len());
            },
            gives_loss: true,
        });
        self.implement(&quote!(Hessian), &into)
    }

    fn inputs(&self) -> TokenStream {
        let inputs = self.extents.factor(&self.arguments.input_width);
        let into = self.method(&Method {
            name: "input_gradient_into",
            quantity: Quantity::InputGradient,
            given: &[("gradient", Given::Rows("jacobian_output"))],
            requires: quote!(require_rows("gradient", gradient.len(), batch.rows() * #inputs);),
            gives_loss: false,
        });
        let width = self.width("input_width", &inputs);
        let gradient = self.implement(&quote!(InputDerivatives), &quote!(#width #into));
        if self.model.prediction().is_none() {
            return gradient;
        }
        let outputs = self.outputs_width();
        let into = self.method(&Method {
            name: "input_jacobian_into",
            quantity: Quantity::InputJacobian,
            given: &[("jacobian", Given::Rows("jacobian_output"))],
            requires: quote! {
                require_rows("jacobian", jacobian.len(), batch.rows() * #outputs * #inputs);
            },
            gives_loss: false,
        });
        let width = self.width("prediction_width", &outputs);
        let jacobian = self.implement(&quote!(InputJacobian), &quote!(#width #into));
        quote!(#gradient #jacobian)
    }

    /// A method that gives a number of elements.
    pub(super) fn width(&self, name: &str, width: &TokenStream) -> TokenStream {
        let name = format_ident!("{name}");
        let body = self.body(|_| {
            let dims = self.own_dims();
            quote!(#dims #width)
        });
        quote!(fn #name(&self) -> usize { #body })
    }

    /// A method that runs a kernel on a batch.
    fn method(&self, method: &Method<'_>) -> TokenStream {
        let scalar = &self.scalar;
        let name = format_ident!("{}", method.name);
        let arguments = method.given.iter().map(|(name, given)| {
            let name = format_ident!("{name}");
            match given {
                Given::Read(_) => quote!(#name: &[#scalar]),
                Given::Written(_) | Given::Rows(_) => quote!(#name: &mut [#scalar]),
                Given::Order(_) => quote!(#name: derivatives::MatrixOrder),
            }
        });
        let mut fields = Vec::new();
        for (name, given) in method.given {
            let name = format_ident!("{name}");
            match given {
                Given::Read(field) | Given::Written(field) | Given::Order(field) => {
                    fields.push((*field, quote!(#name)));
                }
                Given::Rows(field) => {
                    fields.push((*field, quote!(#name)));
                    fields.push(("matrix_order", quote!(derivatives::MatrixOrder::RowMajor)));
                }
            }
        }
        let run = self.run(method.quantity, &method.requires, &fields);
        let returns = method.gives_loss.then(|| quote!(-> #scalar));
        quote! {
            fn #name(
                &self,
                batch: &Self::Batch<'_>,
                #(#arguments,)*
                workspace: &mut Self::Workspace,
            ) #returns {
                #run
            }
        }
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
