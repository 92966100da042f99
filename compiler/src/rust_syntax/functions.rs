//! Functions that bodies call: their signatures, and what entries share.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, FnArg, ItemFn, Pat, PatType, ReturnType, Type};

use super::arguments::{extents, without_extents};
use super::body::body;
use super::dims::Symbols;
use super::names::Holds;
use super::{Reader, signature, written};
use crate::diagnostic::syntax::{functions as messages, signature as signature_messages};
use crate::ir::Dim;
use crate::tree::{Argument, Extent, Function, Name, Parameter, ParameterKind, Role};

/// What signs, `if` and the notation of `math!` stand for: a function of such a name would change their meaning.
const SIGNS: &[&str] = &[
    "abs",
    "add",
    "and",
    "at_most",
    "div",
    "dot",
    "equal",
    "less",
    "math",
    "mul",
    "neg",
    "norm",
    "not",
    "not_equal",
    "or",
    "powf",
    "powi",
    "select",
    "sqrt",
    "sub",
    "sum",
    "transpose",
];

/// A function that returns `Tensor`, and the paths of its types; `None` after an error.
pub(super) fn helper(
    reader: &mut Reader,
    symbols: &mut Symbols,
    constants: &[(String, Holds)],
    function: &ItemFn,
) -> (Option<Function>, Vec<TokenStream>) {
    let name = reader.name(&function.sig.ident);
    signature::refuse_modifiers(reader, function, &name.text);
    refuse_attributes(reader, &function.attrs);
    let generics = signature::generics(reader, function, &name.text);
    symbols.enter(generics.iter().map(ToString::to_string).collect());
    let mut types = Vec::new();
    let mut parameters = Vec::new();
    for input in &function.sig.inputs {
        let FnArg::Typed(typed) = input else { continue };
        match parameter_of(reader, symbols, typed, &mut types) {
            Some(parameter) => parameters.push(parameter),
            None => reader.is_whole = false,
        }
    }
    let result = result(reader, symbols, &function.sig.output, &mut types);
    let dims = symbols.leave();
    refuse_duplicates(reader, &parameters);
    refuse_unbound(reader, &name, &dims, &parameters);
    let names = parameters.iter().map(|parameter| (&parameter.name.text, Holds::Numbers));
    let shared = symbols.list.iter().map(|symbol| &symbol.name.text);
    let constants = constants.iter().cloned();
    let integers = shared.chain(&dims).map(|name| (name, Holds::Integer));
    let declared = integers.chain(names).map(|(name, holds)| (name.clone(), holds));
    let declared = constants.chain(declared).collect();
    let body = body(reader, &function.block, declared);
    reader.is_whole &= body.is_some();
    (body.map(|body| Function { name, dims, parameters, result, body }), types)
}

fn refuse_duplicates(reader: &mut Reader, parameters: &[Parameter]) {
    for (place, Parameter { name, .. }) in parameters.iter().enumerate() {
        if parameters[..place].iter().any(|before| before.name.text == name.text) {
            let message = crate::diagnostic::syntax::names::duplicate_argument;
            reader.add(message(name.at, &name.text));
        }
    }
}

/// Each dimension of a function's own is the extent of some parameter, which binds it.
fn refuse_unbound(reader: &mut Reader, function: &Name, dims: &[String], parameters: &[Parameter]) {
    for name in dims {
        let own = Dim::named(name);
        let is_bound = parameters.iter().any(|parameter| match &parameter.kind {
            ParameterKind::Any => false,
            ParameterKind::Shaped(shape) => shape.iter().any(|extent| extent.dim == own),
            ParameterKind::Class(bound, shape) => {
                *bound == own || shape.iter().any(|extent| extent.dim == own)
            }
        });
        if !is_bound {
            reader.add(messages::unbound_dimension(function.at, &function.text, name));
            reader.is_whole = false;
        }
    }
}

fn parameter_of(
    reader: &mut Reader,
    symbols: &mut Symbols,
    typed: &PatType,
    types: &mut Vec<TokenStream>,
) -> Option<Parameter> {
    let name = parameter_name(reader, typed)?;
    let type_at = reader.at(&typed.ty);
    let mut kind = &*typed.ty;
    while let Type::Group(group) = kind {
        kind = &group.elem;
    }
    let path = match kind {
        Type::Path(path) if path.qself.is_none() => &path.path,
        _ => return unknown_type(reader, &name, kind),
    };
    let last = path.segments.last()?.ident.to_string();
    if !matches!(last.as_str(), "Tensor" | "Index") {
        return unknown_type(reader, &name, kind);
    }
    let mut shape = extents(reader, symbols, &name.text, path);
    let kind = match (last.as_str(), shape.len()) {
        ("Tensor", 0) => ParameterKind::Any,
        ("Tensor", _) => ParameterKind::Shaped(shape),
        (_, 0) => {
            reader.add(signature_messages::index_bound(type_at, &name.text));
            return None;
        }
        _ => ParameterKind::Class(shape.remove(0).dim, shape),
    };
    types.push(without_extents(path).into_token_stream());
    Some(Parameter { name, kind, type_at })
}

fn unknown_type(reader: &mut Reader, name: &Name, kind: &Type) -> Option<Parameter> {
    let at = reader.at(kind);
    reader.add(messages::parameter_type(at, &name.text, &written(kind)));
    None
}

fn parameter_name(reader: &mut Reader, typed: &PatType) -> Option<Name> {
    for attribute in &typed.attrs {
        let at = reader.at(attribute);
        reader.add(messages::parameter_attribute(at, &written(&attribute.meta)));
    }
    match &*typed.pat {
        Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => {
            if name.mutability.is_some() {
                let at = reader.at(&typed.pat);
                reader.add(signature_messages::mutable_argument(at, &name.ident.to_string()));
            }
            Some(reader.name(&name.ident))
        }
        pattern => {
            let at = reader.at(pattern);
            reader.add(signature_messages::pattern_argument(at, &written(pattern)));
            None
        }
    }
}

/// The extents of `-> Tensor<..>`; `None` for `-> Tensor`.
fn result(
    reader: &mut Reader,
    symbols: &mut Symbols,
    output: &ReturnType,
    types: &mut Vec<TokenStream>,
) -> Option<Vec<Extent>> {
    let ReturnType::Type(_, kind) = output else { return None };
    let mut kind = &**kind;
    while let Type::Group(group) = kind {
        kind = &group.elem;
    }
    let Type::Path(path) = kind else { return None };
    types.push(without_extents(&path.path).into_token_stream());
    let shape = extents(reader, symbols, "the result", &path.path);
    (!shape.is_empty()).then_some(shape)
}

/// An argument of an entry as a parameter, for calls of it.
pub(super) fn parameter(argument: &Argument) -> Parameter {
    let kind = match &argument.role {
        Role::Index(bound) => ParameterKind::Class(bound.clone(), argument.shape.clone()),
        Role::Input | Role::Param(_) | Role::Data => ParameterKind::Shaped(argument.shape.clone()),
    };
    Parameter { name: argument.name.clone(), kind, type_at: argument.type_at }
}

/// Whether an argument is what another entry declared under its name, which gets its initializer and its permission to be unused; the
/// two types if not.
pub(super) fn agree(known: &mut Argument, other: &Argument) -> Result<(), (String, String)> {
    known.may_be_unused |= other.may_be_unused;
    let same_role = match (&mut known.role, &other.role) {
        (Role::Param(known), Role::Param(given)) => match (&known, given) {
            (Some(one), Some(two)) => one == two,
            (None, Some(_)) => {
                known.clone_from(given);
                true
            }
            _ => true,
        },
        (known, other) => known == other,
    };
    let dims = |argument: &Argument| -> Vec<Dim> {
        argument.shape.iter().map(|extent| extent.dim.clone()).collect()
    };
    if same_role && dims(known) == dims(other) {
        return Ok(());
    }
    Err((type_text(other), type_text(known)))
}

/// `Param<D, H>`, with its initializer where it has one.
fn type_text(argument: &Argument) -> String {
    let extents: Vec<String> = argument.shape.iter().map(|extent| extent.dim.to_string()).collect();
    let extents =
        if extents.is_empty() { String::new() } else { format!("<{}>", extents.join(", ")) };
    match &argument.role {
        Role::Input => format!("Input{extents}"),
        Role::Data => format!("Data{extents}"),
        Role::Index(bound) => format!("Index<{bound}>"),
        Role::Param(None) => format!("Param{extents}"),
        Role::Param(Some(initializer)) => format!("Param{extents} from {initializer:?}"),
    }
}

/// An attribute such as `#[cfg(..)]` would change the meaning, so none but comments and lints is accepted.
pub(super) fn refuse_attributes(reader: &mut Reader, attributes: &[Attribute]) {
    for attribute in attributes {
        let is_harmless =
            ["doc", "allow", "expect"].iter().any(|name| attribute.path().is_ident(name));
        if is_harmless {
            continue;
        }
        let at = reader.at(attribute);
        reader.add(if attribute.path().is_ident("derivative") {
            messages::derivative_of_tensor(at)
        } else {
            messages::function_attribute(at, &written(&attribute.meta))
        });
    }
}

/// Each function has a name of its own, and none that a sign stands for.
pub(super) fn check_names<'a>(reader: &mut Reader, names: impl Iterator<Item = &'a Name>) {
    let mut before: Vec<&str> = Vec::new();
    for name in names {
        if SIGNS.contains(&name.text.as_str()) {
            reader.add(messages::function_named_as_sign(name.at, &name.text));
        }
        if before.contains(&name.text.as_str()) {
            reader.add(messages::duplicate_function(name.at, &name.text));
        }
        before.push(&name.text);
    }
}
