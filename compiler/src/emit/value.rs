//! The values of a loop body as Rust expressions.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::functions::scalar::{Derivative, MUL, Notation, Scalar};
use crate::plan::{Value, ValueId};

/// How tightly an expression holds together: choices, sums, products, signs, and what needs no parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Choice = 0,
    Sum = 1,
    Product = 2,
    Sign = 3,
    Atom = 4,
}

/// Expressions nest no deeper: rustc descends into them, and so does this printer.
const DEEPEST: usize = 32;

/// The expressions of a body, and the `let`s they need.
#[expect(clippy::struct_field_names, reason = "they are the values of the plan")]
pub struct Values<'a> {
    values: &'a [Value],
    uses: Vec<u32>,
    names: Vec<Option<Ident>>,
    /// What values are called that have a name in the plan.
    called: BTreeMap<ValueId, Ident>,
    read: Read<'a>,
}

/// The expression of a value that is no application; it may be made of others, which the second argument writes.
pub type Read<'a> = &'a dyn Fn(ValueId, &dyn Fn(ValueId) -> TokenStream) -> TokenStream;

impl<'a> Values<'a> {
    /// Prepares the expressions: `read` gives those of values that are no application; a value used more than once, or by `outside`
    /// more than once, gets a name.
    pub fn new(values: &'a [Value], outside: &[ValueId], read: Read<'a>) -> Values<'a> {
        let mut uses = vec![0; values.len()];
        for value in values {
            for operand in value.operands() {
                uses[operand] += 1;
            }
        }
        for value in outside {
            uses[*value] += 1;
        }
        Values { values, uses, names: vec![None; values.len()], called: BTreeMap::new(), read }
    }

    /// Gives these values a `let` of this name, where they are computed.
    pub fn call(&mut self, names: impl Iterator<Item = (ValueId, Ident)>) {
        for (value, name) in names {
            self.called.entry(value).or_insert(name);
        }
    }

    /// `let`s for the values used more than once or nested too deeply, in order.
    pub fn bindings(&mut self, fresh: &mut dyn FnMut(&str) -> Ident) -> TokenStream {
        let mut bindings = TokenStream::new();
        let mut depths: Vec<usize> = Vec::new();
        for id in 0..self.values.len() {
            let inner = self.values[id].operands().into_iter().map(|operand| depths[operand]).max();
            depths.push(1 + inner.unwrap_or(0));
            let wanted = match &self.values[id] {
                Value::Apply(row, _) => let_name(row),
                Value::Gather(..) | Value::Where(..) => "part",
                _ => continue,
            };
            let called = self.called.get(&id).cloned();
            if self.uses[id] > 1 || called.is_some() || depths[id] >= DEEPEST {
                depths[id] = 0;
                let definition = self.definition(id).0;
                let name = called.unwrap_or_else(|| fresh(wanted));
                bindings.extend(quote!(let #name = #definition;));
                self.names[id] = Some(name);
            }
        }
        bindings
    }

    /// The value as an expression.
    pub fn expression(&self, id: ValueId) -> TokenStream {
        self.part(id).0
    }

    /// The factors of a product that nothing else reads; each can be asked for a method.
    pub fn factors(&self, id: ValueId) -> Option<[TokenStream; 2]> {
        let Value::Apply(row, operands) = &self.values[id] else { return None };
        if row.name != MUL.name || self.names[id].is_some() {
            return None;
        }
        let atom = |id: ValueId| match self.part(id) {
            (tokens, Strength::Atom) => tokens,
            (tokens, _) => quote!((#tokens)),
        };
        Some([atom(operands[0]), self.expression(operands[1])])
    }

    fn part(&self, id: ValueId) -> (TokenStream, Strength) {
        match &self.names[id] {
            Some(name) => (quote!(#name), Strength::Atom),
            None => self.definition(id),
        }
    }

    fn definition(&self, id: ValueId) -> (TokenStream, Strength) {
        match &self.values[id] {
            Value::Apply(row, operands) => self.application(row, operands),
            Value::Constant(number) => constant(*number),
            Value::Read(..)
            | Value::Counter(_)
            | Value::Extent(_)
            | Value::Named(_)
            | Value::Place(_) => (self.read(id), Strength::Atom),
            Value::Gather(_, _, guards) if guards.is_empty() => (self.read(id), Strength::Atom),
            Value::Gather(..) | Value::Where(..) => (self.read(id), Strength::Choice),
        }
    }

    fn read(&self, id: ValueId) -> TokenStream {
        (self.read)(id, &|operand| self.expression(operand))
    }

    fn application(&self, row: &Scalar, operands: &[ValueId]) -> (TokenStream, Strength) {
        let operand = |index: usize, least: Strength| -> TokenStream {
            let (tokens, strength) = self.part(operands[index]);
            if strength < least { quote!((#tokens)) } else { tokens }
        };
        match row.notation {
            Notation::Infix(sign, level) => {
                let sign = infix(sign);
                let (own, right) = if level == 1 {
                    (Strength::Sum, Strength::Product)
                } else {
                    (Strength::Product, Strength::Sign)
                };
                let (left, right) = (operand(0, own), operand(1, right));
                (quote!(#left #sign #right), own)
            }
            Notation::Prefix(_) => {
                let inner = operand(0, Strength::Atom);
                (quote!(-#inner), Strength::Sign)
            }
            _ if row.declared.is_some() => {
                let function = format_ident!("{}", row.declared.unwrap_or(row.name));
                let arguments = (0..operands.len()).map(|index| operand(index, Strength::Atom));
                let call = quote!(Declared::#function(#(#arguments.to_f64()),*));
                (quote!(T::from_f64(#call)), Strength::Atom)
            }
            _ => {
                let kernel = format_ident!("{}", row.name);
                let arguments = operands.iter().zip(row.operands).map(|(&id, declared)| {
                    match declared.derivative {
                        Derivative::Integer => self.integer(id),
                        _ => self.expression(id),
                    }
                });
                (quote!(math::#kernel(isa, #(#arguments),*)), Strength::Atom)
            }
        }
    }

    fn integer(&self, id: ValueId) -> TokenStream {
        let Value::Constant(number) = self.values[id] else { return self.expression(id) };
        let literal = Literal::i32_unsuffixed(number.abs() as i32);
        if number < 0.0 { quote!(-#literal) } else { quote!(#literal) }
    }
}

/// A sign between operands as Rust writes it.
fn infix(sign: &str) -> TokenStream {
    match sign {
        "+" => quote!(+),
        "-" => quote!(-),
        "/" => quote!(/),
        _ => quote!(*),
    }
}

fn constant(number: f64) -> (TokenStream, Strength) {
    if number == 0.0 && number.is_sign_positive() {
        return (quote!(T::ZERO), Strength::Atom);
    }
    if number == 1.0 {
        return (quote!(T::ONE), Strength::Atom);
    }
    if number.is_infinite() {
        let infinity = if number > 0.0 {
            quote!(::core::f64::INFINITY)
        } else {
            quote!(::core::f64::NEG_INFINITY)
        };
        return (quote!(T::from_f64(#infinity)), Strength::Atom);
    }
    let magnitude = Literal::f64_unsuffixed(number.abs());
    let literal = if number.is_sign_negative() { quote!(-#magnitude) } else { quote!(#magnitude) };
    (quote!(T::from_f64(#literal)), Strength::Atom)
}

/// What a value used twice is called: what it is.
fn let_name(row: &Scalar) -> &'static str {
    match row.notation {
        Notation::Infix("+", _) => "sum",
        Notation::Infix("-" | "−", _) => "difference",
        Notation::Infix("/", _) => "quotient",
        Notation::Infix(..) => "product",
        Notation::Prefix(_) => "negative",
        _ => row.declared.unwrap_or(row.name),
    }
}
