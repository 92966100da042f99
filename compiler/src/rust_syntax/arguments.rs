//! Arguments of the function: roles, shapes, initializers.

use quote::{ToTokens, format_ident};
use syn::{Attribute, FnArg, GenericArgument, Pat, PatType, Path, PathArguments, Type};

use super::dims::{Symbols, extent};
use super::initializer::initializer;
use super::surface::SurfaceArgument;
use super::{Reader, written};
use crate::diagnostic::did_you_mean;
use crate::diagnostic::syntax::signature as messages;
use crate::ir::Dim;
use crate::tree::{Argument, Extent, Initializer, Role};

const ROLES: &[&str] = &["Input", "Param", "Data", "Index"];
const RESULTS: &[&str] = &["Output", "Loss"];
/// As many as the types of the runtime have.
const MAX_AXES: usize = 4;

/// The arguments, as far as each could be read, and what the emitter repeats of them.
pub(super) fn arguments<'a>(
    reader: &mut Reader,
    symbols: &mut Symbols,
    inputs: impl Iterator<Item = &'a FnArg>,
) -> (Vec<Argument>, Vec<SurfaceArgument>) {
    // `self` is reported with the function.
    let typed = inputs.filter_map(|input| match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    });
    let arguments = typed.enumerate().map(|(place, typed)| {
        let ident = ident(reader, &typed.pat).cloned();
        let ident = reader.stand_in(ident, || format_ident!("argument_{place}"));
        argument(reader, symbols, typed, &ident)
    });
    arguments.unzip()
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
) -> (Argument, SurfaceArgument) {
    let name = reader.name(ident);
    let attributes = attributes(reader, &name.text, &typed.attrs);
    let path = path(reader, &name.text, &typed.ty);
    let read = path.and_then(|path| role(reader, symbols, &name.text, path, &typed.ty));
    let type_path = path.filter(|_| read.is_some()).map(without_extents);
    if let (Some((_, attribute)), Some((role, _))) = (&attributes.initializer, &read)
        && !matches!(role, Role::Param(_))
    {
        let at = reader.at(attribute);
        reader.add(messages::init_without_parameter(at, &name.text, role_name(role)));
    }
    // An argument of unknown type is an input in the stub: most likely the caller passes it.
    let (mut role, shape) = reader.stand_in(read, || (Role::Input, Vec::new()));
    if let (Role::Param(slot), Some((initializer, _))) = (&mut role, attributes.initializer) {
        *slot = initializer;
    }
    let surface = SurfaceArgument {
        name: ident.clone(),
        type_path: type_path.map(ToTokens::into_token_stream),
        docs: attributes.docs.iter().map(ToTokens::to_token_stream).collect(),
    };
    let (may_be_unused, type_at) = (attributes.may_be_unused, reader.at(&typed.ty));
    (Argument { name, role, shape, may_be_unused, type_at }, surface)
}

/// The path of a type without qualification or reference.
fn path<'a>(reader: &mut Reader, argument: &str, mut kind: &'a Type) -> Option<&'a Path> {
    while let Type::Group(group) = kind {
        kind = &group.elem;
    }
    match kind {
        Type::Path(path) if path.qself.is_none() => return Some(&path.path),
        Type::Reference(reference) if is_role(&reference.elem) => {
            let at = reader.at(kind);
            reader.add(messages::reference_argument(at, argument, &written(&reference.elem)));
        }
        _ => unknown_type(reader, argument, kind, None),
    }
    None
}

fn is_role(kind: &Type) -> bool {
    let Type::Path(path) = kind else { return false };
    path.path.segments.last().is_some_and(|last| ROLES.iter().any(|role| last.ident == role))
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
    let shape = extents(reader, symbols, argument, path);
    Some(match name.as_str() {
        "Input" => (Role::Input, shape),
        "Param" => (Role::Param(None), shape),
        "Data" => (Role::Data, shape),
        _ => index(reader, argument, kind, shape),
    })
}

/// `Index<bound, extents>`.
fn index(
    reader: &mut Reader,
    argument: &str,
    kind: &Type,
    extents: Vec<Extent>,
) -> (Role, Vec<Extent>) {
    let mut extents = extents.into_iter();
    let bound = extents.next().map(|bound| bound.dim);
    if bound.is_none() {
        let at = reader.at(kind);
        reader.add(messages::index_bound(at, argument));
    }
    (Role::Index(reader.stand_in(bound, || Dim::Fixed(1))), extents.collect())
}

/// The extents between the angle brackets of a type's last segment; 1 stands in for one that cannot be read.
pub(super) fn extents(
    reader: &mut Reader,
    symbols: &mut Symbols,
    what: &str,
    path: &Path,
) -> Vec<Extent> {
    let Some(last) = path.segments.last() else { return Vec::new() };
    let arguments: Vec<&GenericArgument> = match &last.arguments {
        PathArguments::None => Vec::new(),
        PathArguments::AngleBracketed(brackets) => brackets.args.iter().collect(),
        PathArguments::Parenthesized(parentheses) => {
            let at = reader.at(parentheses);
            reader.add(messages::dimension_expression(at, &written(parentheses)));
            return reader.stand_in(None, Vec::new);
        }
    };
    if arguments.len() > MAX_AXES {
        let at = reader.at(path);
        reader.add(messages::too_many_axes(at, what, arguments.len()));
        return reader.stand_in(None, Vec::new);
    }
    let mut extents = Vec::new();
    for argument in arguments {
        let read = extent(reader, symbols, argument);
        let at = reader.at(argument);
        extents.push(reader.stand_in(read, || Extent { dim: Dim::Fixed(1), at }));
    }
    extents
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
