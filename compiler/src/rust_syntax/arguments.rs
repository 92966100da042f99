//! Arguments of the function: roles, shapes, initializers.

use quote::ToTokens;
use syn::{Attribute, FnArg, GenericArgument, Pat, PatType, Path, PathArguments, Type};

use super::dims::{Symbols, extent};
use super::initializer::initializer;
use super::surface::SurfaceArgument;
use super::{Reader, written};
use crate::diagnostic::did_you_mean;
use crate::diagnostic::syntax::signature as messages;
use crate::tree::{Argument, Extent, Initializer, Name, Role};

const ROLES: &[&str] = &["Input", "Param", "Data", "Index"];
const RESULTS: &[&str] = &["Output", "Loss"];
/// As many as the types of the runtime have.
const MAX_AXES: usize = 4;

/// The arguments, as far as each could be read; `None` in the first place if any could not.
pub(super) fn arguments<'a>(
    reader: &mut Reader,
    symbols: &mut Symbols,
    inputs: impl Iterator<Item = &'a FnArg>,
) -> (Option<Vec<Argument>>, Vec<SurfaceArgument>) {
    let mut arguments = Vec::new();
    let mut is_whole = true;
    let mut surfaces = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for input in inputs {
        // `self` is reported with the function.
        let FnArg::Typed(typed) = input else { continue };
        let argument = ident(reader, &typed.pat).and_then(|ident| {
            let name = reader.name(ident);
            if names.contains(&name.text) {
                reader.add(messages::duplicate_argument(name.at, &name.text));
            }
            names.push(name.text.clone());
            let (argument, surface) = argument(reader, symbols, typed, ident, name);
            surfaces.extend(surface);
            argument
        });
        match argument {
            Some(argument) => arguments.push(argument),
            None => is_whole = false,
        }
    }
    (is_whole.then_some(arguments), surfaces)
}

fn ident<'a>(reader: &mut Reader, pattern: &'a Pat) -> Option<&'a syn::Ident> {
    if let Pat::Ident(name) = pattern
        && name.by_ref.is_none()
        && name.subpat.is_none()
        && name.attrs.is_empty()
    {
        if name.mutability.is_some() {
            let at = reader.at(pattern);
            reader.add(messages::mutable_argument(at, &name.ident.to_string()));
        }
        return Some(&name.ident);
    }
    let at = reader.at(pattern);
    reader.add(messages::pattern_argument(at, &written(pattern)));
    None
}

fn argument(
    reader: &mut Reader,
    symbols: &mut Symbols,
    typed: &PatType,
    ident: &syn::Ident,
    name: Name,
) -> (Option<Argument>, Option<SurfaceArgument>) {
    let attributes = attributes(reader, &name.text, &typed.attrs);
    let Some(path) = path(reader, &name.text, &typed.ty) else { return (None, None) };
    let role = role(reader, symbols, &name.text, path, &typed.ty);
    let type_at = reader.at(&typed.ty);
    let surface = SurfaceArgument {
        name: ident.clone(),
        type_path: without_extents(path).to_token_stream(),
        docs: attributes.docs.iter().map(ToTokens::to_token_stream).collect(),
    };
    let Some((mut role, shape)) = role else { return (None, Some(surface)) };
    if let Some((initializer, attribute)) = attributes.initializer {
        if let Role::Param(slot) = &mut role {
            *slot = initializer;
        } else {
            let at = reader.at(attribute);
            reader.add(messages::init_without_parameter(at, &name.text, role_name(&role)));
        }
    }
    let may_be_unused = attributes.may_be_unused;
    (Some(Argument { name, role, shape, may_be_unused, type_at }), Some(surface))
}

/// The path of a type without qualification or reference.
fn path<'a>(reader: &mut Reader, argument: &str, mut kind: &'a Type) -> Option<&'a Path> {
    while let Type::Group(group) = kind {
        kind = &group.elem;
    }
    match kind {
        Type::Path(path) if path.qself.is_none() => return Some(&path.path),
        Type::Reference(reference) => {
            let at = reader.at(kind);
            reader.add(messages::reference_argument(at, argument, &written(&reference.elem)));
        }
        _ => unknown_type(reader, argument, kind, None),
    }
    None
}

fn unknown_type(reader: &mut Reader, argument: &str, kind: &Type, last: Option<&str>) {
    let near = last.and_then(|last| did_you_mean(last, ROLES.iter().copied()));
    let hint = match near {
        Some(role) => format!("did you mean `{role}`?"),
        None => "write `Input<..>`, `Param<..>`, `Data<..>` or `Index<V>`".to_owned(),
    };
    let at = reader.at(kind);
    reader.add(messages::unknown_argument_type(at, argument, &written(kind), &hint));
}

/// The role and the extents a type says.
fn role(
    reader: &mut Reader,
    symbols: &mut Symbols,
    argument: &str,
    path: &Path,
    kind: &Type,
) -> Option<(Role, Vec<Extent>)> {
    let last = path.segments.last()?;
    let name = last.ident.to_string();
    if RESULTS.contains(&name.as_str()) {
        let at = reader.at(kind);
        reader.add(messages::result_as_argument(at, argument, &written(kind)));
        return None;
    }
    if !ROLES.contains(&name.as_str()) {
        unknown_type(reader, argument, kind, Some(&name));
        return None;
    }
    let shape = extents(reader, symbols, argument, path)?;
    let role = match name.as_str() {
        "Input" => Role::Input,
        "Param" => Role::Param(None),
        "Data" => Role::Data,
        _ => return index(reader, argument, kind, shape),
    };
    Some((role, shape))
}

fn index(
    reader: &mut Reader,
    argument: &str,
    kind: &Type,
    bounds: Vec<Extent>,
) -> Option<(Role, Vec<Extent>)> {
    match <[Extent; 1]>::try_from(bounds) {
        Ok([bound]) => Some((Role::Index(bound.dim), Vec::new())),
        Err(bounds) => {
            let at = reader.at(kind);
            reader.add(messages::index_bound(at, argument, bounds.len()));
            None
        }
    }
}

/// The extents between the angle brackets of a type's last segment.
pub(super) fn extents(
    reader: &mut Reader,
    symbols: &mut Symbols,
    what: &str,
    path: &Path,
) -> Option<Vec<Extent>> {
    let arguments: Vec<&GenericArgument> = match &path.segments.last()?.arguments {
        PathArguments::None => Vec::new(),
        PathArguments::AngleBracketed(brackets) => brackets.args.iter().collect(),
        PathArguments::Parenthesized(parentheses) => {
            let at = reader.at(parentheses);
            reader.add(messages::dimension_expression(at, &written(parentheses)));
            return None;
        }
    };
    if arguments.len() > MAX_AXES {
        let at = reader.at(path);
        reader.add(messages::too_many_axes(at, what, arguments.len()));
        return None;
    }
    let extents: Vec<Option<Extent>> =
        arguments.into_iter().map(|argument| extent(reader, symbols, argument)).collect();
    extents.into_iter().collect()
}

pub(super) fn without_extents(path: &Path) -> Path {
    let mut path = path.clone();
    if let Some(last) = path.segments.last_mut() {
        last.arguments = PathArguments::None;
    }
    path
}

fn role_name(role: &Role) -> &'static str {
    match role {
        Role::Input => "Input",
        Role::Param(_) => "Param",
        Role::Data => "Data",
        Role::Index(_) => "Index",
    }
}

#[derive(Default)]
struct Attributes<'a> {
    docs: Vec<&'a Attribute>,
    may_be_unused: bool,
    /// `None` inside when it could not be read, which has been reported.
    initializer: Option<(Option<Initializer>, &'a Attribute)>,
}

fn attributes<'a>(
    reader: &mut Reader,
    argument: &str,
    attributes: &'a [Attribute],
) -> Attributes<'a> {
    let mut found = Attributes::default();
    for attribute in attributes {
        if attribute.path().is_ident("doc") {
            found.docs.push(attribute);
        } else if attribute.path().is_ident("init") {
            if found.initializer.is_some() {
                let at = reader.at(attribute);
                reader.add(messages::duplicate_initializer(at, argument));
            }
            found.initializer = Some((initializer(reader, attribute), attribute));
        } else if allows_unused(attribute) {
            found.may_be_unused = true;
        } else {
            let at = reader.at(attribute);
            reader.add(messages::unknown_argument_attribute(at, &written(&attribute.meta)));
        }
    }
    found
}

/// Whether the attribute is `allow` with `unused` or `unused_variables` among its lints.
fn allows_unused(attribute: &Attribute) -> bool {
    let is_unused = |path: &Path| path.is_ident("unused") || path.is_ident("unused_variables");
    attribute.path().is_ident("allow")
        && attribute
            .parse_args_with(syn::punctuated::Punctuated::<Path, syn::Token![,]>::parse_terminated)
            .is_ok_and(|lints| lints.iter().any(is_unused))
}
