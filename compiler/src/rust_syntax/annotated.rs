//! The item the attribute is on: a function or a module, its functions sorted by what they return.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    AttrStyle, Attribute, Ident, Item, ItemConst, ItemFn, ItemMod, ReturnType, Stmt, Type, UseTree,
};

use super::literal::is_number;
use super::{Reader, written};
use crate::diagnostic::syntax::{functions as messages, signature};
use crate::tree::Position;

/// An annotated item, its functions by what they are to the model.
pub(super) struct Annotated {
    pub ident: Ident,
    pub visibility: TokenStream,
    pub attributes: Vec<Attribute>,
    /// Functions that return `Output` or `Loss`.
    pub entries: Vec<ItemFn>,
    /// Functions that return `Tensor`.
    pub helpers: Vec<ItemFn>,
    /// Functions that return `f64`.
    pub scalars: Vec<ItemFn>,
    /// Constants whose value is a literal.
    pub constants: Vec<(ItemConst, Scope)>,
    /// Names in a module that may be constants: its own, and those it imports.
    pub names: Vec<String>,
    /// What stays of a module as it is; `None` for a function.
    pub module: Option<Vec<TokenStream>>,
}

/// Where a constant stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// In the module, where generated code can name it.
    Module,
    /// In a body, which generated code does not have.
    Body,
}

/// The function or module the attribute is on.
pub(super) fn annotated(reader: &mut Reader, item: TokenStream) -> Option<Annotated> {
    match syn::parse2::<Item>(item) {
        Ok(Item::Fn(function)) => Some(of_function(reader, function)),
        Ok(Item::Mod(module)) => of_module(reader, module),
        Ok(other) => {
            let at = first_word(reader, &other);
            reader.add(signature::not_a_function(at, kind(&other)));
            None
        }
        Err(error) => {
            reader.add_syn(error);
            None
        }
    }
}

fn of_function(reader: &mut Reader, mut function: ItemFn) -> Annotated {
    let mut annotated = Annotated {
        ident: function.sig.ident.clone(),
        visibility: function.vis.to_token_stream(),
        attributes: function.attrs.clone(),
        entries: Vec::new(),
        helpers: Vec::new(),
        scalars: Vec::new(),
        constants: Vec::new(),
        names: Vec::new(),
        module: None,
    };
    annotated.take_inner(reader, &mut function);
    annotated.entries.push(function);
    annotated
}

fn of_module(reader: &mut Reader, module: ItemMod) -> Option<Annotated> {
    let Some((_, items)) = module.content else {
        let at = reader.at(&module);
        reader.add(messages::module_elsewhere(at, &module.ident.to_string()));
        return None;
    };
    let (inner, outer): (Vec<Attribute>, Vec<Attribute>) = module
        .attrs
        .into_iter()
        .partition(|attribute| matches!(attribute.style, AttrStyle::Inner(_)));
    let mut annotated = Annotated {
        ident: module.ident,
        visibility: module.vis.to_token_stream(),
        attributes: outer,
        entries: Vec::new(),
        helpers: Vec::new(),
        scalars: Vec::new(),
        constants: Vec::new(),
        names: Vec::new(),
        module: None,
    };
    let mut kept: Vec<TokenStream> = inner.iter().map(ToTokens::to_token_stream).collect();
    for item in items {
        match item {
            Item::Fn(mut function) => {
                annotated.take_inner(reader, &mut function);
                annotated.sort(reader, function);
            }
            Item::Const(constant) => {
                annotated.names.push(constant.ident.to_string());
                kept.push(quote!(#[allow(dead_code)] #constant));
                if is_number(&constant.expr) {
                    annotated.constants.push((constant, Scope::Module));
                }
            }
            Item::Use(item) => {
                imported(&item.tree, &mut annotated.names);
                kept.push(item.into_token_stream());
            }
            other => {
                let at = first_word(reader, &other);
                reader.add(messages::item_in_module(at, kind(&other)));
            }
        }
    }
    annotated.module = Some(kept);
    if annotated.entries.is_empty() {
        let at = reader.at(&annotated.ident);
        reader.add(messages::module_without_entry(at, &annotated.ident.to_string()));
        return None;
    }
    Some(annotated)
}

impl Annotated {
    /// Takes the functions and constants inside a function out of its body.
    fn take_inner(&mut self, reader: &mut Reader, function: &mut ItemFn) {
        let statements = std::mem::take(&mut function.block.stmts);
        for statement in statements {
            match statement {
                Stmt::Item(Item::Fn(inner)) => match result_name(&inner).as_deref() {
                    Some("Output" | "Loss") => {
                        let at = result_at(reader, &inner);
                        let name = inner.sig.ident.to_string();
                        reader.add(messages::entry_inside(at, &name));
                        reader.is_whole = false;
                    }
                    _ => self.sort(reader, inner),
                },
                Stmt::Item(Item::Const(constant)) if is_number(&constant.expr) => {
                    self.constants.push((constant, Scope::Body));
                }
                other => function.block.stmts.push(other),
            }
        }
    }

    fn sort(&mut self, reader: &mut Reader, function: ItemFn) {
        match result_name(&function).as_deref() {
            Some("Output" | "Loss") => self.entries.push(function),
            Some("Tensor") => self.helpers.push(function),
            Some("f64") => self.scalars.push(function),
            _ => {
                let at = result_at(reader, &function);
                let name = function.sig.ident.to_string();
                reader.add(match &function.sig.output {
                    ReturnType::Default => messages::function_without_result(at, &name),
                    ReturnType::Type(_, kind) => {
                        messages::function_result(at, &name, &written(kind))
                    }
                });
                reader.is_whole = false;
            }
        }
    }
}

/// The names that a `use` brings into scope, as far as it lists them.
fn imported(tree: &UseTree, names: &mut Vec<String>) {
    match tree {
        UseTree::Path(path) => imported(&path.tree, names),
        UseTree::Name(name) => names.push(name.ident.to_string()),
        UseTree::Rename(rename) => names.push(rename.rename.to_string()),
        UseTree::Group(group) => group.items.iter().for_each(|item| imported(item, names)),
        UseTree::Glob(_) => {}
    }
}

/// The last word of the type a function returns.
fn result_name(function: &ItemFn) -> Option<String> {
    let ReturnType::Type(_, kind) = &function.sig.output else { return None };
    let mut kind = &**kind;
    while let Type::Group(group) = kind {
        kind = &group.elem;
    }
    let Type::Path(path) = kind else { return None };
    path.path.segments.last().map(|last| last.ident.to_string())
}

/// Where the result of a function is written, or its name.
fn result_at(reader: &mut Reader, function: &ItemFn) -> Position {
    match &function.sig.output {
        ReturnType::Type(_, kind) => reader.at(kind),
        ReturnType::Default => reader.at(&function.sig.ident),
    }
}

/// The keyword and the name of an item that is not a function.
fn first_word(reader: &mut Reader, item: &Item) -> Position {
    let words: TokenStream = item
        .to_token_stream()
        .into_iter()
        .skip_while(|token| !matches!(token, TokenTree::Ident(_)))
        .take_while(|token| matches!(token, TokenTree::Ident(_)))
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
