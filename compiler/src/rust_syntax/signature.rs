//! The annotated function around its body.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, FnArg, GenericParam, Item, ItemFn, ReturnType, Safety, Type};

use super::arguments::{arguments, extents, without_extents};
use super::attribute::{LossSetting, Settings};
use super::body::body;
use super::dims::Symbols;
use super::names::Holds;
use super::surface::Surface;
use super::{Function, Reader, items, written};
use crate::diagnostic::syntax::{attribute as attribute_messages, signature as messages};
use crate::tree::{
    Argument, Block, Expr, ExprKind, Loss, Model, Name, Position, ResultKind, SymbolSource,
};

/// The function the attribute is on.
pub(super) fn function(reader: &mut Reader, item: TokenStream) -> Option<ItemFn> {
    match syn::parse2::<Item>(item) {
        Ok(Item::Fn(function)) => Some(function),
        Ok(other) => {
            let at = first_word(reader, &other);
            reader.add(messages::not_a_function(at, kind(&other)));
            None
        }
        Err(error) => {
            reader.add_syn(error);
            None
        }
    }
}

/// The model, whole only if every part of it could be read, and its outside.
pub(super) fn model(reader: &mut Reader, function: &ItemFn, settings: Settings) -> Function {
    let signature = &function.sig;
    let name = reader.name(&signature.ident);
    refuse_modifiers(reader, function, &name.text);
    let mut symbols = Symbols::default();
    generics(reader, &mut symbols, function, &name.text);
    for dim in &settings.dims {
        symbols.declare(reader, dim, SymbolSource::RunTime);
    }
    let (arguments, surfaces) = arguments(reader, &mut symbols, signature.inputs.iter());
    let read = result(reader, &mut symbols, &signature.output, &name);
    let body = body(reader, &function.block, declared(&arguments, &symbols));
    let body = reader.stand_in(body, || stand_in_body(name.at));
    let has_loss = settings.loss.is_some();
    let kind = read.as_ref().map(|(kind, _)| kind);
    let loss = loss(reader, settings.loss, kind, &name);
    let (result, result_path) = read.unzip();
    let result = reader.stand_in(result, || stand_in_result(has_loss, name.at));
    let (docs, attributes) = split_docs(&function.attrs);
    let mut surface = Surface {
        visibility: function.vis.to_token_stream(),
        docs,
        attributes,
        name: signature.ident.clone(),
        symbols: symbols.tokens,
        arguments: surfaces,
        result_path,
        crate_path: settings.crate_path.unwrap_or_else(|| quote!(::chainrule)),
    };
    let mut outline = Model {
        name,
        symbols: symbols.list,
        arguments,
        body,
        result,
        loss,
        reduction: settings.reduction,
        scalar: settings.scalar,
        dump: settings.dump,
    };
    let model = reader.is_whole.then(|| outline.clone());
    items::check(reader, &mut outline, &mut surface);
    // A method cannot be replaced by items.
    let has_self = matches!(signature.inputs.first(), Some(FnArg::Receiver(_)));
    Function { model, outline: (!has_self).then_some(outline), surface }
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

/// The names of the signature: dimensions, which are integers, and arguments.
fn declared(arguments: &[Argument], symbols: &Symbols) -> Vec<(String, Holds)> {
    let symbols = symbols.list.iter().map(|symbol| (&symbol.name, Holds::Integer));
    let arguments = arguments.iter().map(|argument| (&argument.name, Holds::Numbers));
    symbols.chain(arguments).map(|(name, holds)| (name.text.clone(), holds)).collect()
}

fn refuse_modifiers(reader: &mut Reader, function: &ItemFn, name: &str) {
    let signature = &function.sig;
    let safety = match &signature.safety {
        Safety::Safe(token) => Some(token.to_token_stream()),
        Safety::Unsafe(token) => Some(token.to_token_stream()),
        Safety::Default => None,
    };
    let modifiers = [
        signature.constness.map(ToTokens::into_token_stream),
        signature.asyncness.map(ToTokens::into_token_stream),
        safety,
        signature.abi.as_ref().map(ToTokens::to_token_stream),
    ];
    for modifier in modifiers.into_iter().flatten() {
        let at = reader.at(&modifier);
        reader.add(messages::function_modifier(at, name, &written(&modifier)));
    }
    if let Some(FnArg::Receiver(receiver)) = signature.inputs.first() {
        let at = reader.at(receiver);
        reader.add(messages::self_argument(at, name));
    }
    if let Some(variadic) = &signature.variadic {
        let at = reader.at(variadic);
        reader.add(messages::variadic_argument(at, name));
    }
    if let Some(clause) = &signature.generics.where_clause {
        let at = reader.at(clause);
        reader.add(messages::where_clause(at, name));
    }
}

fn generics(reader: &mut Reader, symbols: &mut Symbols, function: &ItemFn, name: &str) {
    for parameter in &function.sig.generics.params {
        let at = reader.at(parameter);
        match parameter {
            GenericParam::Lifetime(_) => reader.add(messages::lifetime_generic(at, name)),
            GenericParam::Type(kind) => {
                reader.add(messages::type_generic(at, &kind.ident.to_string()));
            }
            GenericParam::Const(parameter) => {
                let ident = parameter.ident.to_string();
                let found = written(&parameter.ty);
                if found != "usize" {
                    reader.add(messages::generic_not_usize(at, &ident, &found));
                }
                if parameter.default.is_some() {
                    reader.add(messages::generic_default(at, &ident));
                }
                symbols.declare(reader, &parameter.ident, SymbolSource::ConstGeneric);
            }
        }
    }
}

/// The result and the path of its type, without extents.
fn result(
    reader: &mut Reader,
    symbols: &mut Symbols,
    output: &ReturnType,
    name: &Name,
) -> Option<(ResultKind, TokenStream)> {
    let ReturnType::Type(_, kind) = output else {
        reader.add(messages::missing_result(name.at, &name.text));
        return None;
    };
    let at = reader.at(kind);
    // A `$result:ty` of a macro by example comes in a group.
    let mut kind = &**kind;
    while let Type::Group(group) = kind {
        kind = &group.elem;
    }
    let path = match kind {
        Type::Path(path) if path.qself.is_none() => &path.path,
        _ => {
            reader.add(messages::unknown_result(at, &written(kind)));
            return None;
        }
    };
    let is = |name: &str| path.segments.last().is_some_and(|segment| segment.ident == name);
    if !is("Output") && !is("Loss") {
        reader.add(messages::unknown_result(at, &written(kind)));
        return None;
    }
    let shape = extents(reader, symbols, "the result", path);
    let kind = if is("Output") {
        ResultKind::Prediction { shape, at }
    } else {
        if !shape.is_empty() {
            reader.add(messages::loss_with_extents(at));
            reader.is_whole = false;
        }
        ResultKind::Loss { at }
    };
    Some((kind, without_extents(path).into_token_stream()))
}

/// What the attribute says about the loss, against what the function returns.
fn loss(
    reader: &mut Reader,
    setting: Option<LossSetting>,
    result: Option<&ResultKind>,
    name: &Name,
) -> Option<Loss> {
    match (result?, setting) {
        (ResultKind::Prediction { .. }, Some(loss)) => {
            reader.stand_in(loss.value.map(Some), || None)
        }
        (ResultKind::Prediction { .. }, None) => {
            reader.add(attribute_messages::missing_loss(name.at, &name.text));
            reader.stand_in(None, || None)
        }
        (ResultKind::Loss { .. }, None) => None,
        (ResultKind::Loss { .. }, Some(loss)) => {
            reader.add(attribute_messages::loss_twice(loss.at, &name.text));
            None
        }
    }
}

fn split_docs(attributes: &[Attribute]) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let (docs, others): (Vec<&Attribute>, Vec<&Attribute>) =
        attributes.iter().partition(|attribute| attribute.path().is_ident("doc"));
    let tokens = |list: Vec<&Attribute>| list.into_iter().map(ToTokens::to_token_stream).collect();
    (tokens(docs), tokens(others))
}

/// The keyword and the name of an item that is not a function.
fn first_word(reader: &mut Reader, item: &Item) -> Position {
    let words: TokenStream = item
        .to_token_stream()
        .into_iter()
        .skip_while(|token| !matches!(token, proc_macro2::TokenTree::Ident(_)))
        .take_while(|token| matches!(token, proc_macro2::TokenTree::Ident(_)))
        .collect();
    reader.at(words)
}

fn kind(item: &Item) -> &'static str {
    match item {
        Item::Const(_) => "a constant",
        Item::Enum(_) => "an enum",
        Item::Impl(_) => "an `impl`",
        Item::Macro(_) => "a macro",
        Item::Mod(_) => "a module",
        Item::Static(_) => "a static",
        Item::Struct(_) => "a struct",
        Item::Trait(_) => "a trait",
        Item::Type(_) => "a type alias",
        Item::Union(_) => "a union",
        Item::Use(_) => "a `use`",
        _ => "an item",
    }
}
