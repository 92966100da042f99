//! Functions of numbers: `#[derivative(x = "1 - y*y")] fn soft(x: f64) -> f64 { .. }`.

use std::ops::Range;
use std::rc::Rc;

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Attribute, FnArg, ItemFn, LitStr, MetaNameValue, Pat, Token};

use super::literal::{is_number, number};
use super::surface::SurfaceScalar;
use super::{Reader, refuse, signature, written};
use crate::diagnostic::syntax::functions as messages;
use crate::diagnostic::syntax::signature as signature_messages;
use crate::math_syntax;
use crate::tree::{CallArgument, Expr, ExprKind, Name, ScalarFunction, ScalarOperand};

/// A function that returns `f64`, and the item that stays; `None` after an error.
pub(super) fn scalar_function(
    reader: &mut Reader,
    function: &ItemFn,
) -> Option<(ScalarFunction, SurfaceScalar)> {
    let name = reader.name(&function.sig.ident);
    let before = reader.errors.count();
    let mut plain = function.clone();
    plain.sig.constness = None;
    signature::refuse_modifiers(reader, &plain, &name.text);
    for generic in &function.sig.generics.params {
        let at = reader.at(generic);
        reader.add(messages::scalar_generic(at, &name.text));
    }
    let inputs = function.sig.inputs.iter();
    let mut operands: Vec<ScalarOperand> =
        inputs.filter_map(|input| operand(reader, input, &name)).collect();
    let (derivatives, kept): (Vec<&Attribute>, Vec<&Attribute>) =
        function.attrs.iter().partition(|attribute| attribute.path().is_ident("derivative"));
    for attribute in derivatives {
        self::derivatives(reader, attribute, &name, &mut operands);
    }
    if let Some(output) = operands.iter().find(|operand| operand.name.text == "y") {
        reader.add(messages::scalar_output_name(output.name.at, &name.text));
    }
    let attrs = kept.into_iter().cloned().collect();
    let surface = SurfaceScalar {
        name: function.sig.ident.clone(),
        operands: operands.len(),
        item: ItemFn { attrs, ..function.clone() }.into_token_stream(),
    };
    let is_right = reader.errors.count() == before;
    is_right.then_some((ScalarFunction { name, operands }, surface))
}

fn operand(reader: &mut Reader, input: &FnArg, function: &Name) -> Option<ScalarOperand> {
    // `self` is reported with the function.
    let FnArg::Typed(typed) = input else { return None };
    let Pat::Ident(pattern) = &*typed.pat else {
        let at = reader.at(&typed.pat);
        reader.add(signature_messages::pattern_argument(at, &written(&typed.pat)));
        return None;
    };
    let name = reader.name(&pattern.ident);
    let found = written(&typed.ty);
    if found != "f64" {
        let at = reader.at(&typed.ty);
        reader.add(messages::scalar_parameter(at, &function.text, &name.text, &found));
    }
    Some(ScalarOperand { name, derivative: None })
}

/// Reads `#[derivative(x = .., k = ..)]`.
fn derivatives(
    reader: &mut Reader,
    attribute: &Attribute,
    function: &Name,
    operands: &mut [ScalarOperand],
) {
    let parser = Punctuated::<MetaNameValue, Token![,]>::parse_terminated;
    let settings = match &attribute.meta {
        syn::Meta::List(_) => attribute.parse_args_with(parser).ok(),
        _ => None,
    };
    let Some(settings) = settings.filter(|settings| !settings.is_empty()) else {
        let at = reader.at(attribute);
        reader.add(messages::derivative_settings(at));
        return;
    };
    for setting in settings {
        let name = written(&setting.path);
        let names: Vec<Name> = operands.iter().map(|operand| operand.name.clone()).collect();
        let Some(operand) = operands.iter_mut().find(|operand| operand.name.text == name) else {
            let known: Vec<String> = names.iter().map(|name| format!("`{}`", name.text)).collect();
            let at = reader.at(&setting.path);
            let message = messages::derivative_operand;
            reader.add(message(at, &function.text, &name, &known.join(", ")));
            continue;
        };
        if operand.derivative.is_some() {
            let at = reader.at(&setting.path);
            reader.add(messages::derivative_twice(at, &name));
        }
        operand.derivative = derivative(reader, &setting.value, &names);
    }
}

/// A formula, a function of the same operands, or a number.
fn derivative(reader: &mut Reader, value: &syn::Expr, operands: &[Name]) -> Option<Expr> {
    let at = reader.at(value);
    match value {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => {
            formula(reader, text, operands)
        }
        value if is_number(value) => number(reader, value),
        value => {
            let Some(ident) = refuse::ident(value) else {
                reader.add(messages::derivative_value(at, &written(value)));
                return None;
            };
            let argument = |operand: &Name| {
                let kind = ExprKind::Name(operand.text.clone());
                CallArgument { label: None, value: Expr { kind, at: operand.at } }
            };
            let arguments = operands.iter().map(argument).collect();
            Some(Expr { kind: ExprKind::Call { function: reader.name(ident), arguments }, at })
        }
    }
}

fn formula(reader: &mut Reader, string: &LitStr, operands: &[Name]) -> Option<Expr> {
    let text: Rc<str> = string.value().into();
    let source = &mut reader.source;
    let mut position = |range: Range<usize>| source.notation(string.span(), &text, range);
    let is_operand = |name: &str| operands.iter().any(|operand| operand.text == name);
    match math_syntax::parse(&text, &mut position, &is_operand) {
        Ok(block) if block.statements.is_empty() => Some(block.value),
        Ok(block) => {
            let at = block.value.at;
            Some(Expr { kind: ExprKind::Block(Box::new(block)), at })
        }
        Err(diagnostic) => {
            reader.add(diagnostic);
            None
        }
    }
}
