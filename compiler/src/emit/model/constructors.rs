//! `zeros`, `seeded`, `from_parameters`.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Given, Items};
use crate::pipeline::Compiled;
use crate::tree::{Argument, Initializer, Role};

impl Items<'_> {
    pub(super) fn constructors(&self) -> TokenStream {
        if self.generics.are_dynamic() { self.with_dims() } else { self.without_dims() }
    }

    /// Constructors that take the dimensions chosen at run time.
    fn with_dims(&self) -> TokenStream {
        let scalar = &self.scalar;
        let dims_name = self.dims_name();
        let zeros = self.body(|compiled| {
            let shapes = self.parameter_shapes();
            let checks = self.parts_have_extents(compiled);
            quote! {
                #checks
                let parameters = zero_parameters(#shapes)?;
                Ok(Self { parameters, dims })
            }
        });
        let seeded = self.body(|_| {
            let initializers = self.initializers();
            quote! {
                let mut model = Self::zeros(dims)?;
                initialize(seed, #initializers, &mut model.parameters);
                Ok(model)
            }
        });
        let from_parameters = self.body(|_| {
            quote! {
                let mut model = Self::zeros(dims)?;
                replace_parameters(&mut model.parameters, parameters)?;
                Ok(model)
            }
        });
        quote! {
            /// All parameters 0.
            ///
            /// # Errors
            /// If a dimension is 0 or the parameters are more than fit in memory.
            pub fn zeros(dims: #dims_name) -> Result<Self, Error> { #zeros }

            /// Parameters drawn by each one's initializer; the same seed gives the same bits.
            ///
            /// # Errors
            /// If a dimension is 0 or the parameters are more than fit in memory.
            pub fn seeded(dims: #dims_name, seed: u64) -> Result<Self, Error> { #seeded }

            /// A model with these parameters: θ, in the order of the signature, row-major.
            ///
            /// # Errors
            /// If there are more or fewer numbers than parameters.
            pub fn from_parameters(dims: #dims_name, parameters: Vec<#scalar>) -> Result<Self, Error> {
                #from_parameters
            }
        }
    }

    /// Constructors of a model whose dimensions are known to the compiler.
    fn without_dims(&self) -> TokenStream {
        let scalar = &self.scalar;
        let zeros = self.body(|compiled| {
            let shapes = self.parameter_shapes();
            let checks = self.extents_are_positive(compiled);
            quote! {
                #checks
                Self { parameters: zero_parameters(#shapes).unwrap_or_else(|error| refuse(&error)) }
            }
        });
        let seeded = self.body(|_| {
            let initializers = self.initializers();
            quote! {
                let mut model = Self::zeros();
                initialize(seed, #initializers, &mut model.parameters);
                model
            }
        });
        let from_parameters = self.body(|_| {
            quote! {
                let mut model = Self::zeros();
                replace_parameters(&mut model.parameters, parameters)?;
                Ok(model)
            }
        });
        let lengths = self.lengths();
        let from_parameters = self.allocating(&quote! {
            /// A model with these parameters: θ, in the order of the signature, row-major.
            ///
            /// # Errors
            /// If there are more or fewer numbers than parameters.
            pub fn from_parameters(parameters: Vec<#scalar>) -> Result<Self, Error> { #from_parameters }
        });
        quote! {
            #lengths

            /// All parameters 0.
            pub fn zeros() -> Self { #zeros }

            /// Parameters drawn by each one's initializer; the same seed gives the same bits.
            pub fn seeded(seed: u64) -> Self { #seeded }

            #from_parameters
        }
    }

    /// How long the arrays are that hold what a model owns whose dimensions are numbers.
    fn lengths(&self) -> Option<TokenStream> {
        if !self.is_fixed() {
            return None;
        }
        let (scalar, count, extents) = (&self.scalar, self.parameter_count(), self.extent_values());
        let workspace = match self.given {
            Given::Plans(_) => quote!(workspace::<#scalar>(#extents, 1).of_one_example()),
            Given::Errors => quote!(0),
        };
        Some(quote! {
            /// How many parameters there are: the length of θ.
            pub const PARAMETERS_LEN: usize = #count;

            /// How many numbers the steps keep where there is no heap: they then take one example at a time.
            pub const WORKSPACE_LEN: usize = #workspace;
        })
    }

    /// A model with an extent of 0 does not compile.
    fn extents_are_positive(&self, compiled: &Compiled) -> Option<TokenStream> {
        let symbols = self.symbol_values();
        if symbols.is_empty() {
            return None;
        }
        let message = format!("every dimension of `{}` is at least 1", self.name);
        let parts = compiled.required.iter().map(|dim| {
            let extent = self.extents.extent(dim);
            let message =
                format!("`{}` has a part of extent {dim}, which is at least 1", self.name);
            quote!(::core::assert!(#extent > 0, #message);)
        });
        Some(quote!(const { ::core::assert!(#(#symbols > 0)&&*, #message); #(#parts)* };))
    }

    /// A model with a part of extent 0 is refused.
    fn parts_have_extents(&self, compiled: &Compiled) -> Option<TokenStream> {
        let parts = compiled.required.iter().map(|dim| {
            let (name, extent) = (dim.to_string(), self.extents.extent(dim));
            quote!((#name, #extent))
        });
        let parts: Vec<TokenStream> = parts.collect();
        (!parts.is_empty()).then(|| quote!(require_extents(&[#(#parts),*])?;))
    }

    /// Initializers and shapes of the parameters, as a slice.
    fn initializers(&self) -> TokenStream {
        let entries = self.parameters().map(|argument| {
            let (initializer, shape) = (initializer(argument), self.shape(&argument.shape));
            quote!((#initializer, #shape))
        });
        quote!(&[#(#entries),*])
    }
}

/// The runtime's initializer for a parameter: Glorot's uniform for matrices and up, zeros below, unless the signature says otherwise.
fn initializer(argument: &Argument) -> TokenStream {
    let number = |value: f64| {
        let magnitude = Literal::f64_unsuffixed(value.abs());
        if value < 0.0 { quote!(-#magnitude) } else { quote!(#magnitude) }
    };
    let chosen = match &argument.role {
        Role::Param(Some(chosen)) => chosen.clone(),
        _ if argument.shape.len() >= 2 => Initializer::GlorotUniform,
        _ => Initializer::Zeros,
    };
    match chosen {
        Initializer::Zeros => quote!(Initializer::Zeros),
        Initializer::Ones => quote!(Initializer::Ones),
        Initializer::Constant(value) => {
            let value = number(value);
            quote!(Initializer::Constant(#value))
        }
        Initializer::Uniform(low, high) => {
            let (low, high) = (number(low), number(high));
            quote!(Initializer::Uniform { low: #low, high: #high })
        }
        Initializer::Normal(mean, deviation) => {
            let (mean, deviation) = (number(mean), number(deviation));
            quote!(Initializer::Normal { mean: #mean, deviation: #deviation })
        }
        Initializer::GlorotUniform => quote!(Initializer::GlorotUniform),
        Initializer::GlorotNormal => quote!(Initializer::GlorotNormal),
        Initializer::HeUniform => quote!(Initializer::HeUniform),
        Initializer::HeNormal => quote!(Initializer::HeNormal),
    }
}
