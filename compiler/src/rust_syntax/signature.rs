//! The signature of one function: its modifiers, generics and result.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{FnArg, GenericParam, ItemFn, ReturnType, Safety, Type};

use super::arguments::{extents, without_extents};
use super::dims::Symbols;
use super::{Reader, written};
use crate::diagnostic::syntax::signature as messages;
use crate::tree::{Name, ResultKind};

/// Reports what a function of a model cannot be, such as `async`.
pub(super) fn refuse_modifiers(reader: &mut Reader, function: &ItemFn, name: &str) {
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

/// The const generics of a function.
pub(super) fn generics<'a>(
    reader: &mut Reader,
    function: &'a ItemFn,
    name: &str,
) -> Vec<&'a syn::Ident> {
    let mut dims = Vec::new();
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
                if dims.contains(&&parameter.ident) {
                    reader.add(messages::duplicate_dimension(at, &ident));
                } else {
                    dims.push(&parameter.ident);
                }
            }
        }
    }
    dims
}

/// The result and the path of its type, without extents.
pub(super) fn result(
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
