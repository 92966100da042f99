//! The model: signatures and bodies of all its functions, put together.

use quote::{ToTokens, quote};
use syn::{Attribute, FnArg, ItemConst, ItemFn};

use super::annotated::{Annotated, Scope};
use super::arguments::arguments;
use super::attribute::Settings;
use super::body::body;
use super::dims::Symbols;
use super::functions::{self, helper};
use super::literal::number;
use super::names::Holds;
use super::objective::objective;
use super::scalar::scalar_function;
use super::surface::{Surface, SurfaceArgument, SurfaceScalar};
use super::{Reader, Whole, items, signature};
use crate::diagnostic::syntax::functions as messages;
use crate::tree::{
    Argument, Binding, Block, Entry, Expr, ExprKind, Function, Model, Name, Position, ResultKind,
    Role, ScalarFunction, SymbolSource,
};

/// The model, whole only if every part of it could be read, and its outside.
pub(super) fn model(reader: &mut Reader, annotated: &Annotated, settings: Settings) -> Whole {
    let name = reader.name(&annotated.ident);
    let mut parts = Parts {
        is_module: annotated.module.is_some(),
        has_loss: settings.loss.is_some(),
        ..Parts::default()
    };
    parts.symbols(reader, annotated, &settings);
    for (constant, scope) in &annotated.constants {
        parts.constant(reader, constant, *scope);
    }
    for function in &annotated.entries {
        parts.entry(reader, function);
    }
    for function in &annotated.helpers {
        parts.helper(reader, function);
    }
    for function in &annotated.scalars {
        parts.scalar(reader, function);
    }
    let of_arrays = parts.functions.iter().map(|function| &function.name);
    let of_numbers = parts.scalars.iter().map(|function| &function.name);
    functions::check_names(reader, of_arrays.chain(of_numbers));
    let weights = settings.weights.as_ref().map(|word| parts.weights(reader, word));
    let objective = objective(reader, settings.loss, &parts.entries, &name);
    for (name, tokens) in std::mem::take(&mut reader.integers) {
        parts.symbols.constant(name, tokens);
    }
    let (outer_constants, paths) = std::mem::take(&mut reader.constants).into_iter().unzip();
    let (docs, attributes) = split_docs(&annotated.attributes);
    let mut surface = Surface {
        visibility: annotated.visibility.clone(),
        docs,
        attributes,
        name: annotated.ident.clone(),
        symbols: parts.symbols.tokens,
        constants: paths,
        arguments: parts.surfaces,
        types: parts.types,
        entries: parts.docs,
        module: annotated.module.clone(),
        scalars: parts.scalar_items,
        crate_path: settings.crate_path.unwrap_or_else(|| quote!(::chainrule)),
    };
    let mut outline = Model {
        name,
        symbols: parts.symbols.list,
        outer_constants,
        arguments: parts.arguments,
        entries: parts.entries,
        functions: parts.functions,
        scalars: parts.scalars,
        literals: parts.literals,
        objective,
        weights,
        reduction: settings.reduction,
        scalar: settings.scalar,
        sensitivities: settings.sensitivities,
        dump: settings.dump,
    };
    let model = reader.is_whole.then(|| outline.clone());
    items::check(reader, &mut outline, &mut surface);
    // A method cannot be replaced by items.
    let has_self =
        |function: &ItemFn| matches!(function.sig.inputs.first(), Some(FnArg::Receiver(_)));
    let has_self = annotated.entries.iter().any(has_self);
    Whole { model, outline: (!has_self).then_some(outline), surface }
}

/// What has been read so far.
#[derive(Default)]
struct Parts {
    is_module: bool,
    /// Whether the attribute names a loss.
    has_loss: bool,
    symbols: Symbols,
    arguments: Vec<Argument>,
    surfaces: Vec<SurfaceArgument>,
    types: Vec<proc_macro2::TokenStream>,
    entries: Vec<Entry>,
    docs: Vec<Vec<proc_macro2::TokenStream>>,
    functions: Vec<Function>,
    scalars: Vec<ScalarFunction>,
    literals: Vec<Binding>,
    /// The functions of numbers as they stay.
    scalar_items: Vec<SurfaceScalar>,
}

impl Parts {
    fn symbols(&mut self, reader: &mut Reader, annotated: &Annotated, settings: &Settings) {
        annotated.names.iter().for_each(|name| self.symbols.reserve(name.clone()));
        for function in &annotated.entries {
            let name = function.sig.ident.to_string();
            signature::refuse_modifiers(reader, function, &name);
            for dim in signature::generics(reader, function, &name) {
                self.symbols.share(reader, dim);
            }
        }
        for dim in &settings.dims {
            self.symbols.declare(reader, dim, SymbolSource::RunTime);
        }
    }

    /// An entry and the function of its body; an annotated function is called `predict` or `loss`.
    fn entry(&mut self, reader: &mut Reader, function: &ItemFn) {
        let own = reader.name(&function.sig.ident);
        let inputs = function.sig.inputs.iter();
        let (arguments, surfaces) = arguments(reader, &mut self.symbols, inputs);
        let read = signature::result(reader, &mut self.symbols, &function.sig.output, &own);
        let body = body(reader, &function.block, self.declared(&arguments));
        let body = reader.stand_in(body, || stand_in_body(own.at));
        let (result, path) = read.unzip();
        let has_loss = self.has_loss;
        let result = reader.stand_in(result, || stand_in_result(has_loss, own.at));
        self.types.extend(path);
        let mut name = own.clone();
        if self.is_module {
            functions::refuse_attributes(reader, &function.attrs);
            self.docs.push(split_docs(&function.attrs).0);
        } else {
            let is_loss = matches!(result, ResultKind::Loss { .. });
            if is_loss { "loss" } else { "predict" }.clone_into(&mut name.text);
            self.docs.push(Vec::new());
        }
        let places = self.join(reader, &arguments, surfaces, &own);
        let parameters = arguments.iter().map(functions::parameter).collect();
        let shape = match &result {
            ResultKind::Prediction { shape, .. } => shape.clone(),
            ResultKind::Loss { .. } => Vec::new(),
        };
        let place = self.functions.len();
        self.entries.push(Entry { name, function: place, arguments: places, result });
        let result = Some(shape);
        self.functions.push(Function { name: own, dims: Vec::new(), parameters, result, body });
    }

    fn helper(&mut self, reader: &mut Reader, function: &ItemFn) {
        let constants = self.declared(&[]);
        let (helper, types) = helper(reader, &mut self.symbols, &constants, function);
        self.types.extend(types);
        self.functions.extend(helper);
    }

    fn constant(&mut self, reader: &mut Reader, constant: &ItemConst, scope: Scope) {
        let name = reader.name(&constant.ident);
        if self.literals.iter().any(|known| known.name.text == name.text) {
            reader.add(messages::duplicate_constant(name.at, &name.text));
        }
        let value = number(reader, &constant.expr);
        if let Some(Expr { kind: ExprKind::Integer(integer), .. }) = value
            && scope == Scope::Body
            && let Ok(integer) = u64::try_from(integer)
        {
            self.symbols.number(name.text.clone(), integer);
        }
        match value {
            Some(value) => self.literals.push(Binding { name, value }),
            None => reader.is_whole = false,
        }
    }

    fn scalar(&mut self, reader: &mut Reader, function: &ItemFn) {
        if let Some((scalar, item)) = scalar_function(reader, function) {
            self.scalars.push(scalar);
            self.scalar_items.push(item);
        } else {
            reader.is_whole = false;
        }
    }

    /// The weight of an example: an argument that only `batch` takes.
    fn weights(&mut self, reader: &mut Reader, word: &syn::Ident) -> usize {
        let (name, type_at) = (reader.name(word), reader.at(word));
        self.arguments.push(Argument {
            name,
            role: Role::Input,
            shape: Vec::new(),
            may_be_unused: false,
            type_at,
        });
        self.surfaces.push(SurfaceArgument {
            name: word.clone(),
            type_path: None,
            docs: Vec::new(),
        });
        self.arguments.len() - 1
    }

    /// Adds the arguments the model has not yet; the same name means the same argument in every entry.
    fn join(
        &mut self,
        reader: &mut Reader,
        arguments: &[Argument],
        surfaces: Vec<SurfaceArgument>,
        entry: &Name,
    ) -> Vec<usize> {
        let before = self.arguments.len();
        let mut places = Vec::new();
        for (argument, surface) in arguments.iter().zip(surfaces) {
            let known = self.arguments[..before]
                .iter()
                .position(|known| known.name.text == argument.name.text);
            let Some(place) = known.filter(|place| !places.contains(place)) else {
                places.push(self.arguments.len());
                self.arguments.push(argument.clone());
                self.surfaces.push(surface);
                continue;
            };
            let first = self.first_use(place);
            if let Err((here, there)) = functions::agree(&mut self.arguments[place], argument) {
                let name = &argument.name.text;
                let (at, entry) = (argument.type_at, &entry.text);
                reader.add(messages::argument_differs(at, name, &here, entry, &there, &first));
                reader.is_whole = false;
            }
            self.types.extend(surface.type_path);
            places.push(place);
        }
        places
    }

    /// The name of the first entry that takes an argument.
    fn first_use(&self, argument: usize) -> String {
        let mut entries = self.entries.iter();
        let first = entries.find(|entry| entry.arguments.contains(&argument));
        first.map_or_else(String::new, |entry| entry.name.text.clone())
    }

    /// The names of a signature: dimensions, which are integers, and arguments.
    fn declared(&self, arguments: &[Argument]) -> Vec<(String, Holds)> {
        let constants = self.literals.iter().map(|constant| {
            let is_integer = matches!(constant.value.kind, ExprKind::Integer(_));
            (&constant.name, if is_integer { Holds::Integer } else { Holds::Numbers })
        });
        let symbols = self.symbols.list.iter().map(|symbol| (&symbol.name, Holds::Integer));
        let symbols = constants.chain(symbols);
        let arguments = arguments.iter().map(|argument| (&argument.name, Holds::Numbers));
        symbols.chain(arguments).map(|(name, holds)| (name.text.clone(), holds)).collect()
    }
}

/// A function that names its loss was meant to return a prediction.
fn stand_in_result(has_loss: bool, at: Position) -> ResultKind {
    if has_loss {
        ResultKind::Prediction { shape: Vec::new(), at }
    } else {
        ResultKind::Loss { at }
    }
}

fn stand_in_body(at: Position) -> Block {
    Block { statements: Vec::new(), value: Expr { kind: ExprKind::Integer(0), at } }
}

/// The doc comments, and the other attributes.
fn split_docs(
    attributes: &[Attribute],
) -> (Vec<proc_macro2::TokenStream>, Vec<proc_macro2::TokenStream>) {
    let (docs, others): (Vec<&Attribute>, Vec<&Attribute>) =
        attributes.iter().partition(|attribute| attribute.path().is_ident("doc"));
    let tokens = |list: Vec<&Attribute>| list.into_iter().map(ToTokens::to_token_stream).collect();
    (tokens(docs), tokens(others))
}
