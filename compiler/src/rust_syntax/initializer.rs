//! `#[init(..)]` on a parameter.

use syn::{Attribute, Expr, UnOp};

use super::{Reader, written};
use crate::diagnostic::meaning::literal_out_of_range;
use crate::diagnostic::syntax::{signature as messages, suggestion};
use crate::tree::Initializer;

/// The initializer an `#[init(..)]` names; `None` after an error.
pub(super) fn initializer(reader: &mut Reader, attribute: &Attribute) -> Option<Initializer> {
    let (name, settings) = match attribute.parse_args::<Expr>() {
        Ok(Expr::Path(path)) => (path.path, Vec::new()),
        Ok(Expr::Call(call)) => match *call.func {
            Expr::Path(path) => (path.path, call.args.into_iter().collect()),
            _ => return malformed(reader, attribute),
        },
        _ => return malformed(reader, attribute),
    };
    let Some(ident) = name.get_ident() else { return malformed(reader, attribute) };
    let numbers: Vec<Option<f64>> =
        settings.iter().map(|setting| setting_number(reader, setting)).collect();
    let numbers: Vec<f64> = numbers.into_iter().collect::<Option<_>>()?;
    known_initializer(reader, ident, &numbers)
}

fn malformed(reader: &mut Reader, attribute: &Attribute) -> Option<Initializer> {
    let at = reader.at(attribute);
    reader.add(messages::malformed_initializer(at, &written(attribute)));
    None
}

fn known_initializer(
    reader: &mut Reader,
    ident: &syn::Ident,
    numbers: &[f64],
) -> Option<Initializer> {
    const FORMS: &[&str] = &[
        "zeros",
        "ones",
        "constant(c)",
        "uniform(low, high)",
        "normal(mean, deviation)",
        "glorot_uniform",
        "glorot_normal",
        "he_uniform",
        "he_normal",
    ];
    let bare = |form: &'static str| form.split('(').next().unwrap_or(form);
    let name = ident.to_string();
    let at = reader.at(ident);
    let initializer = match (name.as_str(), numbers) {
        ("zeros", []) => Initializer::Zeros,
        ("ones", []) => Initializer::Ones,
        ("constant", &[value]) => Initializer::Constant(value),
        ("uniform", &[low, high]) if low < high => Initializer::Uniform(low, high),
        ("uniform", &[low, high]) => {
            let problem = format!("its interval from {low} to {high} is empty");
            reader.add(messages::initializer_range(at, "uniform", &problem));
            return None;
        }
        ("normal", &[mean, deviation]) if deviation >= 0.0 => Initializer::Normal(mean, deviation),
        ("normal", &[_, deviation]) => {
            let problem = format!("its standard deviation {deviation} is negative");
            reader.add(messages::initializer_range(at, "normal", &problem));
            return None;
        }
        ("glorot_uniform", []) => Initializer::GlorotUniform,
        ("glorot_normal", []) => Initializer::GlorotNormal,
        ("he_uniform", []) => Initializer::HeUniform,
        ("he_normal", []) => Initializer::HeNormal,
        _ => {
            let names: Vec<&str> = FORMS.iter().map(|form| bare(form)).collect();
            reader.add(match FORMS.iter().find(|form| bare(form) == name) {
                Some(form) => messages::initializer_settings(at, &name, form, numbers.len()),
                None => messages::unknown_initializer(at, &name, &suggestion(&name, &names)),
            });
            return None;
        }
    };
    Some(initializer)
}

fn setting_number(reader: &mut Reader, expr: &Expr) -> Option<f64> {
    let number = number(expr);
    if number.is_none() {
        let at = reader.at(expr);
        reader.add(messages::initializer_number(at, &written(expr)));
    }
    let number = number?;
    if let Some(becomes) = reader.scalar.turns_into(number) {
        let at = reader.at(expr);
        reader.add(literal_out_of_range(at, &written(expr), becomes));
    }
    Some(number)
}

/// A literal, possibly negated, that is finite.
fn number(expr: &Expr) -> Option<f64> {
    let value = match expr {
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => -number(&unary.expr)?,
        Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Int(integer) if integer.suffix().is_empty() => {
                integer.base10_digits().parse().ok()?
            }
            syn::Lit::Float(float) if float.suffix().is_empty() => float.base10_parse().ok()?,
            _ => return None,
        },
        _ => return None,
    };
    f64::is_finite(value).then_some(value)
}
