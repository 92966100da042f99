//! The items the user sees: the model's struct, its methods, its `Model` implementation.
//!
//! Signatures are printed here once, for a model that compiled and for the stub of one that did not; only the bodies differ.

mod generics;
mod kernels;

mod structs;

mod batch;
mod constructors;
mod losses;
mod views;

mod implementation;
mod predictions;
mod sensitivities;
mod steps;
mod touched;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use self::generics::Generics;
use self::kernels::Kernels;
use super::document::Documentation;
use super::names::{self, Names};
use super::{Arguments, products, step};
use crate::document::Document;
use crate::ir::Polynomial;
use crate::pipeline::Compiled;
use crate::rust_syntax::Surface;
use crate::rust_syntax::items::type_name;
use crate::tree::{Argument, Extent, Model, Role, ScalarType};

/// All items.
pub fn items(compiled: &Compiled, surface: &Surface) -> TokenStream {
    Items::new(&compiled.model, surface, Given::Plans(compiled)).print()
}

/// The same items with bodies that never run, so that one mistake does not bury the user under follow-ups.
///
/// `outline` is the model as far as it could be read.
pub fn stub(outline: &Model, surface: &Surface) -> TokenStream {
    Items::new(outline, surface, Given::Errors).print()
}

/// Where the bodies come from.
#[derive(Clone, Copy)]
enum Given<'a> {
    /// The model's plans.
    Plans(&'a Compiled),
    /// The model has errors, which are reported beside the items.
    Errors,
}

/// What the items are printed from.
struct Items<'a> {
    given: Given<'a>,
    model: &'a Model,
    surface: &'a Surface,
    /// The struct.
    name: Ident,
    /// `f32` or `f64`.
    scalar: Ident,
    /// The arguments with the target, as the loss sees them.
    arguments: Arguments,
    /// The names of the steps' locals.
    names: Names,
    /// The same with extents read where they come from: generics, constants, `dims`.
    extents: Names,
    generics: Generics,
    kernels: Kernels,
    /// Written only for a model that compiled.
    documentation: Option<Documentation<'a>>,
}

impl<'a> Items<'a> {
    fn new(model: &'a Model, surface: &'a Surface, given: Given<'a>) -> Items<'a> {
        let (target, buffers) = match given {
            Given::Plans(compiled) => (compiled.target.as_ref(), buffer_names(compiled)),
            Given::Errors => (None, Vec::new()),
        };
        let arguments = model.arguments.iter().map(|argument| argument.name.text.clone());
        let name = format_ident!("{}", type_name(&model.name.text));
        let documentation = match given {
            Given::Plans(compiled) => Some(Documentation::new(compiled, &name)),
            Given::Errors => None,
        };
        let constants = model.outer_constants.iter().map(|name| name.text.clone());
        let names = Names::new(&model.symbols, buffers.into_iter().chain(arguments))
            .with_constants(constants.zip(surface.constants.iter().cloned()));
        let symbols = model.symbols.iter().zip(&surface.symbols);
        let values = symbols.map(|(symbol, written)| names::symbol_value(symbol, written));
        Items {
            documentation,
            given,
            model,
            surface,
            name,
            scalar: match model.scalar {
                ScalarType::F32 => format_ident!("f32"),
                ScalarType::F64 => format_ident!("f64"),
            },
            arguments: Arguments::new(model, |_| true, target),
            extents: names.reading(values),
            names,
            generics: Generics::new(&model.symbols),
            kernels: Kernels::new(model),
        }
    }

    fn print(mut self) -> TokenStream {
        let structs = self.structs();
        let constructors = self.constructors();
        let (batch, outputs) = (self.batch(), self.outputs());
        let losses = self.losses();
        let views = self.views();
        let implementation = self.implementation();
        let (predictions, sensitivities) = (self.predictions(), self.sensitivities());
        let steps = match self.given {
            Given::Plans(compiled) => self.steps(compiled),
            Given::Errors => TokenStream::new(),
        };
        let signature = self.signature();
        let needs_alloc = self.needs_alloc();
        let (name, declared, applied) =
            (&self.name, &self.generics.declared, &self.generics.applied);
        let runtime = &self.surface.crate_path;
        let implementation = quote! {
            #[allow(
                deprecated, non_snake_case, unused_imports, unused_variables, unused_mut,
                clippy::all, clippy::pedantic, clippy::nursery
            )]
            const _: () = {
                use #runtime::__private::*;
                #needs_alloc

                #[automatically_derived]
                impl<#(#declared),*> #name<#(#applied),*> {
                    #constructors
                    #batch
                    #outputs
                    #losses
                    #views
                }

                #implementation

                #predictions

                #sensitivities

                #steps
            };
        };
        let implementation = self.with_declared(implementation);
        let items = quote! {
            #structs

            #implementation

            #signature
        };
        match &self.surface.module {
            Some(kept) => self.module(kept, &items),
            None => items,
        }
    }

    /// The implementation with the user's functions of numbers around it, where their names mean what they mean to the user.
    fn with_declared(&self, implementation: TokenStream) -> TokenStream {
        let scalars = &self.surface.scalars;
        if scalars.is_empty() || matches!(self.given, Given::Errors) {
            return implementation;
        }
        let calls = scalars.iter().map(|scalar| {
            let name = &scalar.name;
            let operands: Vec<Ident> =
                (0..scalar.operands).map(|place| format_ident!("x{place}")).collect();
            quote! {
                #[inline]
                fn #name(#(#operands: f64),*) -> f64 { #name(#(#operands),*) }
            }
        });
        let own = self.surface.module.is_none().then(|| self.declared_items());
        quote! {
            #[allow(dead_code, clippy::all, clippy::pedantic, clippy::nursery)]
            const _: () = {
                #own

                /// The user's functions, by names that no local has.
                struct Declared;

                impl Declared {
                    #(#calls)*
                }

                #implementation
            };
        }
    }

    /// The user's functions of numbers, as they are.
    fn declared_items(&self) -> TokenStream {
        self.surface.scalars.iter().map(|scalar| &scalar.item).cloned().collect()
    }

    /// The module with what stays of it and the generated items, which are named beside it too.
    fn module(&self, kept: &[TokenStream], items: &TokenStream) -> TokenStream {
        let Surface { visibility, docs, attributes, name: module, .. } = self.surface;
        let dims = self.generics.are_dynamic().then(|| self.dims_name());
        let names = [self.name.clone(), self.batch_name()].into_iter().chain(dims);
        let declared = self.declared_items();
        quote! {
            #(#docs)*
            #(#attributes)*
            #visibility mod #module {
                #(#kept)*
                #declared
                #items
            }

            #[doc(inline)]
            #[allow(unused_imports)]
            #visibility use #module::{#(#names),*};
        }
    }

    /// Whether the compiler knows all dimensions where the types are declared, so that arrays can hold what the model owns.
    fn is_fixed(&self) -> bool {
        self.generics.declared.is_empty() && !self.generics.are_dynamic()
    }

    /// Items that need the heap, which a model whose dimensions are numbers does without where there is none.
    fn allocating(&self, items: &TokenStream) -> TokenStream {
        if self.is_fixed() { quote!(with_alloc! { #items }) } else { items.clone() }
    }

    /// Says what to do where a model needs a heap that there is not.
    fn needs_alloc(&self) -> Option<TokenStream> {
        let message = format!(
            "`{}` has dimensions that are not numbers, so that its size is not known where it is declared: \
             write numbers or constants, or turn on the feature `alloc` of `chainrule`",
            self.model.name.text,
        );
        (!self.is_fixed()).then(|| quote!(needs_alloc!(#message);))
    }

    /// How many parameters the model has.
    fn parameter_count(&self) -> TokenStream {
        self.extents.polynomial(&self.parameter_polynomial())
    }

    fn parameter_polynomial(&self) -> Polynomial {
        let elements = self
            .parameters()
            .map(|argument| Polynomial::product(argument.shape.iter().map(|extent| &extent.dim)));
        elements.fold(Polynomial::default(), |sum, elements| sum.plus(&elements))
    }

    /// The visibility of the generated items.
    fn visibility(&self) -> TokenStream {
        match self.surface.module {
            Some(_) => quote!(pub),
            None => self.surface.visibility.clone(),
        }
    }

    /// The body of a function, if there are plans to print it from.
    fn body(&self, from: impl FnOnce(&Compiled) -> TokenStream) -> TokenStream {
        match self.given {
            Given::Plans(compiled) => from(compiled),
            Given::Errors => quote!(::core::unreachable!("the model has errors")),
        }
    }

    /// Documentation of an item, if there is something to document.
    fn documentation(&self, of: impl Fn(&Document<'a>) -> Vec<String>) -> Option<TokenStream> {
        self.documentation.as_ref().map(|documentation| documentation.of(of))
    }

    fn dims_name(&self) -> Ident {
        format_ident!("{}Dims", self.name)
    }

    fn batch_name(&self) -> Ident {
        format_ident!("{}Batch", self.name)
    }

    /// `let dims = self.dims;`, where there are any.
    fn own_dims(&self) -> Option<TokenStream> {
        self.generics.are_dynamic().then(|| quote!(let dims = self.dims;))
    }

    /// The values of all symbols where `dims` is in scope.
    fn symbol_values(&self) -> Vec<TokenStream> {
        let symbols = self.model.symbols.iter().zip(&self.surface.symbols);
        symbols.map(|(symbol, written)| names::symbol_value(symbol, written)).collect()
    }

    /// The same as an array.
    fn extent_values(&self) -> TokenStream {
        let values = self.symbol_values();
        quote!([#(#values),*])
    }

    fn shape(&self, extents: &[Extent]) -> TokenStream {
        let extents = extents.iter().map(|extent| self.extents.extent(&extent.dim));
        quote!(&[#(#extents),*])
    }

    fn parameters(&self) -> impl Iterator<Item = &'a Argument> {
        let is_parameter = |argument: &&Argument| matches!(argument.role, Role::Param(_));
        self.model.arguments.iter().filter(is_parameter)
    }

    /// Names and shapes of the parameters, as a slice.
    fn parameter_shapes(&self) -> TokenStream {
        let entries = self.parameters().map(|argument| {
            let (name, shape) = (&argument.name.text, self.shape(&argument.shape));
            quote!((#name, #shape))
        });
        quote!(&[#(#entries),*])
    }

    /// Mentions the types of the signature where the user wrote them, for hovering and going to definitions; apart from the steps, whose
    /// names are not the user's.
    fn signature(&self) -> TokenStream {
        let arguments = self.surface.arguments.iter();
        let mentioned = arguments.filter_map(|argument| argument.type_path.as_ref());
        let types = mentioned.chain(&self.surface.types);
        quote! {
            const _: ::core::marker::PhantomData<(#(#types,)*)> = ::core::marker::PhantomData;
        }
    }
}

fn buffer_names(compiled: &Compiled) -> Vec<String> {
    let buffers = compiled.plans().flat_map(|planned| &planned.plan.buffers);
    buffers.map(|buffer| buffer.name.clone()).collect()
}
