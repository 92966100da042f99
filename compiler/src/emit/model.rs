//! The items the user sees: the model's struct, its methods, its `Model` implementation.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::document::Documentation;
use super::names::{self, Names};
use super::step::{self, Functions, Writes};
use super::{Arguments, products};
use crate::document::Document;
use crate::ir::{Dim, Polynomial};
use crate::lower::Target;
use crate::pipeline::{Compiled, Planned};
use crate::plan::Work;
use crate::rust_syntax::Surface;
use crate::tree::{Argument, Extent, Initializer, Reduction, Role, ScalarType, SymbolSource};

/// All items.
pub fn items(compiled: &Compiled, surface: &Surface) -> TokenStream {
    Items::new(compiled, surface).print()
}

/// What the items are printed from.
struct Items<'a> {
    compiled: &'a Compiled,
    surface: &'a Surface,
    /// The struct.
    name: Ident,
    /// `f32` or `f64`.
    scalar: Ident,
    /// The arguments with the target, as the loss sees them.
    arguments: Arguments,
    names: Names,
    generics: Generics,
    documentation: Documentation<'a>,
}

/// The const generics of the struct, and whether dimensions are chosen at run time.
pub struct Generics {
    /// `const D: usize, ..`
    pub declared: Vec<TokenStream>,
    /// `D, ..`
    pub applied: Vec<Ident>,
    /// The fields of the `Dims` struct.
    pub fields: Vec<Ident>,
}

impl Generics {
    /// From the symbols of a model.
    pub fn new(compiled_symbols: &[crate::tree::Symbol]) -> Generics {
        let mut generics =
            Generics { declared: Vec::new(), applied: Vec::new(), fields: Vec::new() };
        for symbol in compiled_symbols {
            match symbol.source {
                SymbolSource::ConstGeneric => {
                    let ident = format_ident!("{}", symbol.name.text);
                    generics.declared.push(quote!(const #ident: usize));
                    generics.applied.push(ident);
                }
                SymbolSource::RunTime => generics.fields.push(names::field_name(&symbol.name.text)),
                SymbolSource::Constant => {}
            }
        }
        generics
    }

    /// Whether some dimension is chosen at run time.
    pub fn are_dynamic(&self) -> bool {
        !self.fields.is_empty()
    }
}

/// `mlp_two` as `MlpTwo`.
pub fn type_name(function: &str) -> Ident {
    let words = function.split('_').filter(|word| !word.is_empty());
    let name: String = words
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or(String::new(), |first| {
                first.to_uppercase().collect::<String>() + letters.as_str()
            })
        })
        .collect();
    if name.starts_with(|first: char| first.is_alphabetic()) {
        format_ident!("{name}")
    } else {
        format_ident!("Model{name}")
    }
}

impl<'a> Items<'a> {
    fn new(compiled: &'a Compiled, surface: &'a Surface) -> Items<'a> {
        let model = &compiled.model;
        let planned = [Some(&compiled.gradient), Some(&compiled.loss), compiled.predict.as_ref()];
        let buffers = planned.iter().flatten().flat_map(|planned| planned.plan.buffers.iter());
        let scalar = match model.scalar {
            ScalarType::F32 => format_ident!("f32"),
            ScalarType::F64 => format_ident!("f64"),
        };
        let name = type_name(&surface.name.to_string());
        Items {
            compiled,
            surface,
            documentation: Documentation::new(compiled, &name),
            name,
            scalar,
            arguments: Arguments::new(model, compiled.target.as_ref()),
            names: Names::new(&model.symbols, buffers.map(|buffer| buffer.name.clone())),
            generics: Generics::new(&model.symbols),
        }
    }

    fn print(mut self) -> TokenStream {
        let structs = self.structs();
        let methods = self.methods();
        let views = self.views();
        let model = self.model_implementation();
        let steps = self.steps();
        let signature = self.signature();
        let (name, declared, applied) =
            (&self.name, &self.generics.declared, &self.generics.applied);
        let runtime = &self.surface.crate_path;
        quote! {
            #structs

            #[allow(
                non_snake_case, unused_imports, unused_variables, unused_mut,
                clippy::all, clippy::pedantic, clippy::nursery
            )]
            const _: () = {
                use #runtime::__private::*;

                #[automatically_derived]
                impl<#(#declared),*> #name<#(#applied),*> {
                    #methods
                    #views
                }

                #[automatically_derived]
                impl<#(#declared),*> Model for #name<#(#applied),*> {
                    #model
                }

                #steps

                #signature
            };
        }
    }

    fn structs(&self) -> TokenStream {
        let (name, scalar, visibility) = (&self.name, &self.scalar, &self.surface.visibility);
        let declared = &self.generics.declared;
        let runtime = &self.surface.crate_path;
        let docs = &self.surface.docs;
        let about = docs.is_empty().then(|| {
            let line = format!(" The model `{}`: its parameters.", self.compiled.model.name.text);
            quote!(#[doc = #line])
        });
        let derivation = self.documentation.of_model();
        let dims_name = self.dims_name();
        let fields = &self.generics.fields;
        let (dims, dims_field) = if self.generics.are_dynamic() {
            let about =
                format!(" The dimensions of [`{name}`] that are chosen when the program runs.");
            let field_docs = fields
                .iter()
                .map(|field| format!(" The extent `{}`.", field.to_string().to_uppercase()));
            let item = quote! {
                #[doc = #about]
                #[derive(Clone, Copy, Debug, PartialEq, Eq)]
                #visibility struct #dims_name { #(#[doc = #field_docs] pub #fields: usize,)* }
            };
            (item, quote!(dims: #dims_name,))
        } else {
            (TokenStream::new(), TokenStream::new())
        };
        let batch_name = self.batch_name();
        let applied = &self.generics.applied;
        let (real, index, shared) = self.arguments.counts();
        let about_batch = format!(" Checked examples for [`{name}`].");
        quote! {
            #(#docs)*
            #about
            #derivation
            #[derive(Clone, Debug, PartialEq)]
            #visibility struct #name<#(#declared),*> {
                parameters: #runtime::__private::Vec<#scalar>,
                #dims_field
            }

            #dims

            #[doc = #about_batch]
            #[allow(dead_code)]
            #visibility type #batch_name<'a, #(#declared),*> =
                #runtime::__private::Batch<'a, #name<#(#applied),*>, #real, #index, #shared>;
        }
    }

    fn dims_name(&self) -> Ident {
        format_ident!("{}Dims", self.name)
    }

    fn batch_name(&self) -> Ident {
        format_ident!("{}Batch", self.name)
    }

    /// The values of all symbols where `dims` is in scope.
    fn extents(&self) -> TokenStream {
        let symbols = self.compiled.model.symbols.iter().zip(&self.surface.symbols);
        let values = symbols.map(|(symbol, written)| names::symbol_value(symbol, written));
        quote!([#(#values),*])
    }

    /// `let [d, h] = [D, H];`: the symbols under the names expressions use.
    fn bind_extents(&self) -> TokenStream {
        let symbols: Vec<&Ident> = self.names.symbols().collect();
        if symbols.is_empty() {
            return TokenStream::new();
        }
        let extents = self.extents();
        quote!(let [#(#symbols),*]: [usize; _] = #extents;)
    }

    fn shape(&self, extents: &[Extent]) -> TokenStream {
        let extents = extents.iter().map(|extent| self.names.extent(&extent.dim));
        quote!(&[#(#extents),*])
    }

    fn shape_of_dims(&self, dims: &[Dim]) -> TokenStream {
        let extents = dims.iter().map(|dim| self.names.extent(dim));
        quote!(&[#(#extents),*])
    }

    fn parameters(&self) -> impl Iterator<Item = &'a Argument> {
        self.compiled
            .model
            .arguments
            .iter()
            .filter(|argument| matches!(argument.role, Role::Param(_)))
    }

    /// Names and shapes of the parameters, as a slice.
    fn parameter_shapes(&self) -> TokenStream {
        let entries = self.parameters().map(|argument| {
            let (name, shape) = (&argument.name.text, self.shape(&argument.shape));
            quote!((#name, #shape))
        });
        quote!(&[#(#entries),*])
    }

    /// Constructors, `batch`, `predict`, `loss`, `loss_and_gradient`, `equations`.
    fn methods(&self) -> TokenStream {
        let constructors = self.constructors();
        let batch = self.batch();
        let predict = self.predict();
        let batch_name = self.batch_name();
        let (scalar, applied) = (&self.scalar, &self.generics.applied);
        let equations = self.documentation.equations();
        let doc_of_loss = self.documentation.of(Document::of_loss);
        let doc_of_gradient = self.documentation.of(Document::of_loss_and_gradient);
        quote! {
            #constructors
            #batch
            #predict

            #doc_of_loss
            pub fn loss(&self, batch: &#batch_name<'_, #(#applied),*>) -> #scalar {
                self.loss_into(batch, &mut self.workspace())
            }

            #doc_of_gradient
            pub fn loss_and_gradient(&self, batch: &#batch_name<'_, #(#applied),*>) -> (#scalar, Self) {
                let mut gradient = self.clone();
                let loss = self.loss_and_gradient_into(batch, &mut gradient.parameters, &mut self.workspace());
                (loss, gradient)
            }

            /// The prediction, the loss and every gradient as equations, with shapes and costs, for a terminal.
            pub fn equations() -> &'static str {
                #equations
            }
        }
    }

    fn constructors(&self) -> TokenStream {
        let scalar = &self.scalar;
        let bind = self.bind_extents();
        let shapes = self.parameter_shapes();
        let initializers = self.parameters().map(|argument| {
            let shape = self.shape(&argument.shape);
            let initializer = initializer(argument);
            quote!((#initializer, #shape))
        });
        let dims_name = self.dims_name();
        let zero_message = format!("every dimension of `{}` is at least 1", self.name);
        if self.generics.are_dynamic() {
            return quote! {
                /// All parameters 0.
                ///
                /// # Errors
                /// If a dimension is 0 or the parameters are more than fit in memory.
                pub fn zeros(dims: #dims_name) -> Result<Self, Error> {
                    #bind
                    let parameters = zero_parameters(#shapes)?;
                    Ok(Self { parameters, dims })
                }

                /// Parameters drawn by each one's initializer; the same seed gives the same bits.
                ///
                /// # Errors
                /// If a dimension is 0 or the parameters are more than fit in memory.
                pub fn seeded(dims: #dims_name, seed: u64) -> Result<Self, Error> {
                    let mut model = Self::zeros(dims)?;
                    #bind
                    initialize(seed, &[#(#initializers),*], &mut model.parameters);
                    Ok(model)
                }

                /// A model with these parameters: θ, in the order of the signature, row-major.
                ///
                /// # Errors
                /// If there are more or fewer numbers than parameters.
                pub fn from_parameters(dims: #dims_name, parameters: Vec<#scalar>) -> Result<Self, Error> {
                    let mut model = Self::zeros(dims)?;
                    replace_parameters(&mut model.parameters, parameters)?;
                    Ok(model)
                }
            };
        }
        let symbols: Vec<TokenStream> = self
            .compiled
            .model
            .symbols
            .iter()
            .zip(&self.surface.symbols)
            .map(|(symbol, written)| names::symbol_value(symbol, written))
            .collect();
        let checks = (!symbols.is_empty())
            .then(|| quote!(const { assert!(#(#symbols > 0)&&*, #zero_message) };));
        quote! {
            /// All parameters 0.
            pub fn zeros() -> Self {
                #checks
                #bind
                Self { parameters: zero_parameters(#shapes).unwrap_or_else(|error| refuse(&error)) }
            }

            /// Parameters drawn by each one's initializer; the same seed gives the same bits.
            pub fn seeded(seed: u64) -> Self {
                let mut model = Self::zeros();
                #bind
                initialize(seed, &[#(#initializers),*], &mut model.parameters);
                model
            }

            /// A model with these parameters: θ, in the order of the signature, row-major.
            ///
            /// # Errors
            /// If there are more or fewer numbers than parameters.
            pub fn from_parameters(parameters: Vec<#scalar>) -> Result<Self, Error> {
                let mut model = Self::zeros();
                replace_parameters(&mut model.parameters, parameters)?;
                Ok(model)
            }
        }
    }

    /// The inputs and data a caller passes, as arguments of a function: name and type.
    fn caller_arguments(&self, target: bool) -> Vec<TokenStream> {
        let scalar = &self.scalar;
        let mut arguments = Vec::new();
        for (argument, written) in self.compiled.model.arguments.iter().zip(&self.surface.arguments)
        {
            let name = &written.name;
            match argument.role {
                Role::Param(_) => {}
                Role::Index(_) => arguments.push(quote!(#name: &'a [u32])),
                Role::Input | Role::Data => arguments.push(quote!(#name: &'a [#scalar])),
            }
        }
        match (&self.compiled.target, target) {
            (Some(Target::Values(_)), true) => arguments.push(quote!(target: &'a [#scalar])),
            (Some(Target::Class(_)), true) => arguments.push(quote!(target: &'a [u32])),
            _ => {}
        }
        arguments
    }

    /// `Examples::check(..)` of the caller's arguments.
    fn check(&self, target: bool) -> TokenStream {
        let (mut reals, mut indices, mut shared) = (Vec::new(), Vec::new(), Vec::new());
        for (argument, written) in self.compiled.model.arguments.iter().zip(&self.surface.arguments)
        {
            let (text, name) = (&argument.name.text, &written.name);
            let shape = self.shape(&argument.shape);
            match &argument.role {
                Role::Param(_) => {}
                Role::Input => {
                    reals.push(quote!(Values { name: #text, extents: #shape, values: #name }))
                }
                Role::Data => {
                    shared.push(quote!(Values { name: #text, extents: #shape, values: #name }))
                }
                Role::Index(bound) => {
                    let bound = self.names.extent(bound);
                    indices.push(quote!(Indices { name: #text, bound: #bound, values: #name }));
                }
            }
        }
        match (&self.compiled.target, target) {
            (Some(Target::Values(shape)), true) => {
                let shape = self.shape_of_dims(shape);
                reals.push(quote!(Values { name: "target", extents: #shape, values: target }));
            }
            (Some(Target::Class(bound)), true) => {
                let bound = self.names.extent(bound);
                indices.push(quote!(Indices { name: "target", bound: #bound, values: target }));
            }
            _ => {}
        }
        quote!(Examples::check([#(#reals),*], [#(#indices),*], [#(#shared),*])?)
    }

    fn batch(&self) -> TokenStream {
        let batch_name = self.batch_name();
        let applied = &self.generics.applied;
        let arguments = self.caller_arguments(true);
        let check = self.check(true);
        let bind = self.bind_extents();
        let dims_name = self.dims_name();
        let (parameter, dims) = if self.generics.are_dynamic() {
            (Some(quote!(dims: #dims_name,)), quote!(dims))
        } else {
            (None, quote!(()))
        };
        let doc = self.documentation.of(Document::of_batch);
        quote! {
            #doc
            pub fn batch<'a>(#parameter #(#arguments),*) -> Result<#batch_name<'a, #(#applied),*>, Error> {
                #bind
                let examples = #check;
                Ok(Batch::new(examples, #dims))
            }
        }
    }

    fn predict(&self) -> Option<TokenStream> {
        self.compiled.predict.as_ref()?;
        let crate::tree::ResultKind::Prediction { shape, .. } = &self.compiled.model.result else {
            return None;
        };
        let scalar = &self.scalar;
        let arguments = self.caller_arguments(false);
        let check = self.check(false);
        let bind = self.bind_extents();
        let dims = self.generics.are_dynamic().then(|| quote!(let dims = self.dims;));
        let extents = self.extents();
        let width =
            self.names.polynomial(&Polynomial::product(shape.iter().map(|extent| &extent.dim)));
        let doc = self.documentation.of(Document::of_predict);
        Some(quote! {
            #doc
            pub fn predict<'a>(&self, #(#arguments),*) -> Result<Vec<#scalar>, Error> {
                #dims
                #bind
                let examples = #check;
                let mut output = zeros::<#scalar>(examples.rows, #width)?;
                dispatch(Predict {
                    extents: #extents,
                    parameters: &self.parameters,
                    examples: &examples,
                    output: &mut output,
                    workspace: &mut self.workspace(),
                });
                Ok(output)
            }
        })
    }

    /// `w1()` and `w1_mut()` for each parameter.
    fn views(&self) -> TokenStream {
        let scalar = &self.scalar;
        let bind = self.bind_extents();
        let dims = self.generics.are_dynamic().then(|| quote!(let dims = self.dims;));
        let mut views = TokenStream::new();
        for (place, (index, elements)) in self.arguments.parameters.iter().enumerate() {
            let argument = &self.compiled.model.arguments[*index];
            let getter = format_ident!("{}", argument.name.text.to_lowercase());
            let setter = format_ident!("{getter}_mut");
            let before = self.arguments.parameters[..place].iter();
            let offset =
                before.fold(Polynomial::default(), |sum, (_, elements)| sum.plus(elements));
            let offset = self.names.polynomial(&offset);
            let about = self.documentation.of(|document| document.of_view(argument));
            let about_mut = self.documentation.of(|document| document.of_view_mut(argument));
            if argument.shape.is_empty() {
                views.extend(quote! {
                    #about
                    pub fn #getter(&self) -> #scalar { #dims #bind self.parameters[#offset] }
                    #about_mut
                    pub fn #setter(&mut self) -> &mut #scalar { #dims #bind &mut self.parameters[#offset] }
                });
            } else {
                let length = self.names.polynomial(elements);
                views.extend(quote! {
                    #about
                    pub fn #getter(&self) -> &[#scalar] { #dims #bind &self.parameters[#offset..][..#length] }
                    #about_mut
                    pub fn #setter(&mut self) -> &mut [#scalar] { #dims #bind &mut self.parameters[#offset..][..#length] }
                });
            }
        }
        views
    }

    fn model_implementation(&self) -> TokenStream {
        let (scalar, applied) = (&self.scalar, &self.generics.applied);
        let batch_name = self.batch_name();
        let dims_name = self.dims_name();
        let (dims_type, dims_value, dims, same) = if self.generics.are_dynamic() {
            (
                quote!(#dims_name),
                quote!(self.dims),
                Some(quote!(let dims = self.dims;)),
                Some(quote!(require_same_dims(self.dims, batch.dims());)),
            )
        } else {
            (quote!(()), quote!(()), None, None)
        };
        let bind = self.bind_extents();
        let extents = self.extents();
        let shapes = self.parameter_shapes();
        let reduction = match self.compiled.model.reduction {
            Reduction::Mean => quote!(Reduction::Mean),
            Reduction::Sum => quote!(Reduction::Sum),
        };
        quote! {
            type Scalar = #scalar;
            type Dims = #dims_type;
            type Batch<'a> = #batch_name<'a, #(#applied),*>;
            type Workspace = Workspace<#scalar>;

            const REDUCTION: Reduction = #reduction;

            fn parameters(&self) -> &[#scalar] { &self.parameters }

            fn parameters_mut(&mut self) -> &mut [#scalar] { &mut self.parameters }

            fn layout(&self) -> Vec<ParameterLayout> {
                #dims
                #bind
                lay_out(#shapes).unwrap_or_else(|error| refuse(&error))
            }

            fn dims(&self) -> Self::Dims { #dims_value }

            fn workspace(&self) -> Workspace<#scalar> {
                #dims
                workspace(#extents)
            }

            fn loss_into(&self, batch: &Self::Batch<'_>, workspace: &mut Workspace<#scalar>) -> #scalar {
                #same
                #dims
                dispatch(Loss {
                    extents: #extents,
                    parameters: &self.parameters,
                    examples: batch.examples(),
                    workspace,
                })
            }

            fn loss_and_gradient_into(
                &self,
                batch: &Self::Batch<'_>,
                gradient: &mut [#scalar],
                workspace: &mut Workspace<#scalar>,
            ) -> #scalar {
                #same
                require_length(gradient.len(), self.parameters.len());
                #dims
                dispatch(LossAndGradient {
                    extents: #extents,
                    parameters: &self.parameters,
                    examples: batch.examples(),
                    gradient,
                    workspace,
                })
            }

            fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
                #same
                require_length(parameters.len(), self.parameters.len());
                #dims
                dispatch(Loss {
                    extents: #extents,
                    parameters,
                    examples: &batch.examples().in_f64().examples(),
                    workspace: &mut workspace(#extents),
                })
            }

            fn rows(batch: &Self::Batch<'_>) -> usize { batch.rows() }

            fn batch_dims(batch: &Self::Batch<'_>) -> Self::Dims { batch.dims() }

            fn slice<'b, 'a: 'b>(batch: &Self::Batch<'a>, rows: ::core::ops::Range<usize>) -> Self::Batch<'b> {
                batch.slice(rows)
            }

            fn batch_buffer(batch: &Self::Batch<'_>, rows: usize) -> BatchBuffer<#scalar> { batch.buffer(rows) }

            fn gather<'b, 'a: 'b>(
                batch: &Self::Batch<'a>,
                order: &[usize],
                buffer: &'b mut BatchBuffer<#scalar>,
            ) -> Self::Batch<'b> {
                batch.gather(order, buffer)
            }
        }
    }

    /// The kernels, their step functions, and the size of their workspace.
    fn steps(&mut self) -> TokenStream {
        let mut functions = Functions::default();
        let compiled = self.compiled;
        let gradient = step::kernel(
            &compiled.gradient,
            &self.arguments,
            &mut self.names,
            &mut functions,
            "LossAndGradient",
            Writes::Gradient,
        );
        let loss = step::kernel(
            &compiled.loss,
            &self.arguments,
            &mut self.names,
            &mut functions,
            "Loss",
            Writes::Nothing,
        );
        let predict = compiled.predict.as_ref().map(|planned| {
            let arguments = Arguments::new(&compiled.model, None);
            step::kernel(
                planned,
                &arguments,
                &mut self.names,
                &mut functions,
                "Predict",
                Writes::Rows,
            )
        });
        let workspace = self.workspace();
        let functions = functions.tokens;
        quote! {
            #gradient
            #loss
            #predict
            #functions
            #workspace
        }
    }

    /// `fn workspace`: memory for whichever plan needs most.
    fn workspace(&self) -> TokenStream {
        let compiled = self.compiled;
        let planned: Vec<&Planned> =
            [Some(&compiled.gradient), Some(&compiled.loss), compiled.predict.as_ref()]
                .into_iter()
                .flatten()
                .collect();
        let sum = |sizes: &[Polynomial]| {
            sizes.iter().fold(Polynomial::default(), |sum, size| sum.plus(size))
        };
        let mut persistent: Vec<Polynomial> =
            planned.iter().map(|planned| sum(&planned.layout.persistent)).collect();
        let mut per_example: Vec<Polynomial> =
            planned.iter().map(|planned| sum(&planned.layout.tile)).collect();
        for sizes in [&mut persistent, &mut per_example] {
            sizes.sort();
            sizes.dedup();
        }
        let persistent = persistent.iter().map(|size| self.names.polynomial(size));
        let per_example = per_example.iter().map(|size| self.names.polynomial(size));
        let mut products: Vec<TokenStream> = Vec::new();
        for planned in &planned {
            for step in &planned.plan.steps {
                if let Work::Product(product) = &step.work {
                    products.extend(products::extents(&self.names, product));
                }
            }
        }
        products.sort_by_key(ToString::to_string);
        products.dedup_by_key(|tokens| tokens.to_string());
        let symbols: Vec<&Ident> = self.names.symbols().collect();
        let count = symbols.len();
        quote! {
            /// Memory for the steps.
            fn workspace<T: Real>([#(#symbols),*]: [usize; #count]) -> Workspace<T> {
                Workspace::new(
                    largest([#(#persistent),*]),
                    largest([#(#per_example),*]),
                    |rows| largest([0, #(matmul_scratch::<T>(#products)),*]),
                )
            }
        }
    }

    /// Mentions the types of the signature where the user wrote them, for hovering and going to definitions.
    fn signature(&self) -> TokenStream {
        let mentioned = self.surface.arguments.iter().map(|argument| &argument.type_path);
        let types = mentioned.chain(self.surface.result_path.as_ref());
        quote! {
            #[allow(dead_code)]
            fn signature() {
                #(let _ = ::core::marker::PhantomData::<#types>;)*
            }
        }
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
