//! `loss = ..`: a name, a name with settings, or a closure of prediction and target.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, Pat};

use super::body::closure_body;
use super::literal::{is_number, number};
use super::{Reader, written};
use crate::diagnostic::syntax::attribute as messages;
use crate::tree::{self, Loss, Name};

/// The loss a value of `loss = ..` names or computes; `None` after an error.
pub(super) fn loss(reader: &mut Reader, value: &TokenStream) -> Option<Loss> {
    let expr = match syn::parse2::<Expr>(value.clone()) {
        Ok(expr) => expr,
        Err(error) => {
            reader.add_syn(error);
            return None;
        }
    };
    match &expr {
        Expr::Path(path) => {
            let ident = path.path.get_ident();
            match ident.map(|ident| reader.name(ident)) {
                Some(name) => Some(Loss::Named { name, settings: Vec::new() }),
                None => refuse_loss(reader, value),
            }
        }
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else { return refuse_loss(reader, value) };
            let Some(ident) = path.path.get_ident() else { return refuse_loss(reader, value) };
            let name = reader.name(ident);
            let settings: Vec<_> = call.args.iter().map(|value| setting(reader, value)).collect();
            let settings = settings.into_iter().collect::<Option<_>>()?;
            Some(Loss::Named { name, settings })
        }
        Expr::Closure(closure) => closure_loss(reader, closure),
        _ => refuse_loss(reader, value),
    }
}

fn refuse_loss(reader: &mut Reader, value: &TokenStream) -> Option<Loss> {
    let at = reader.at(value);
    reader.add(messages::loss_value(at, &written(value)));
    None
}

fn closure_loss(reader: &mut Reader, closure: &syn::ExprClosure) -> Option<Loss> {
    refuse_closure_form(reader, closure);
    if closure.inputs.len() != 2 {
        let at = reader.at(closure);
        reader.add(messages::loss_closure_arguments(at, closure.inputs.len()));
        return None;
    }
    let names: Vec<Option<Name>> =
        closure.inputs.iter().map(|pattern| closure_name(reader, pattern)).collect();
    let names: Option<Vec<Name>> = names.into_iter().collect();
    let body = closure_body(reader, &closure.body);
    let [prediction, target] = <[Name; 2]>::try_from(names?).ok()?;
    if prediction.text == target.text {
        reader.add(messages::loss_closure_same_names(target.at, &target.text));
    }
    Some(Loss::Closure { prediction, target, body: body? })
}

fn refuse_closure_form(reader: &mut Reader, closure: &syn::ExprClosure) {
    let output = match &closure.output {
        syn::ReturnType::Default => None,
        output @ syn::ReturnType::Type(..) => Some(output.to_token_stream()),
    };
    let forms = [
        closure.lifetimes.as_ref().map(ToTokens::to_token_stream),
        closure.constness.map(ToTokens::into_token_stream),
        closure.asyncness.map(ToTokens::into_token_stream),
        closure.capture.map(ToTokens::into_token_stream),
        output,
    ];
    for form in forms.into_iter().flatten() {
        let at = reader.at(&form);
        reader.add(messages::loss_closure_form(at, &written(&form)));
    }
}

fn closure_name(reader: &mut Reader, pattern: &Pat) -> Option<Name> {
    match pattern {
        Pat::Ident(name)
            if name.by_ref.is_none() && name.mutability.is_none() && name.subpat.is_none() =>
        {
            Some(reader.name(&name.ident))
        }
        _ => {
            let at = reader.at(pattern);
            reader.add(messages::loss_closure_argument(at, &written(pattern)));
            None
        }
    }
}

/// A setting of a named loss: a number, possibly negated.
fn setting(reader: &mut Reader, expr: &Expr) -> Option<tree::Expr> {
    if is_number(expr) {
        return number(reader, expr);
    }
    let at = reader.at(expr);
    reader.add(messages::loss_setting(at, &written(expr)));
    None
}
