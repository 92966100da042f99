//! Rows of models: scalar functions that users write in Rust, with the derivatives they give.
//!
//! A row is made once for each distinct set of functions and never freed, as rows are `'static`. Its name carries a number made from the
//! whole set, so that two models may call different functions alike, and the same model always gets the same names.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

use super::{Derivative, Notation, Operand, Scalar};

/// What one evaluation is taken to cost: it is opaque, so it is rather stored than computed twice.
const COST: u32 = 20;

/// A scalar function a user has written.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Its name in Rust.
    pub name: String,
    /// The names of its operands, each with its derivative as a formula, where there is one.
    pub operands: Vec<(String, Option<String>)>,
}

/// The name of the row that one of the declared functions gets; those of its formulas are to be called by it.
pub fn row_name(declarations: &[Declaration], function: &str) -> String {
    format!("{function}_{:016x}", number(&written(declarations)))
}

/// The row of one of the declared functions; `formulas` are its derivatives again, with functions called by the names of their rows.
pub fn declare(
    declarations: &[Declaration],
    declaration: &Declaration,
    formulas: Vec<Option<String>>,
) -> &'static Scalar {
    let name = row_name(declarations, &declaration.name);
    let mut known = REGISTRY.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry(name.clone()).or_insert_with(|| make(declaration, name, formulas))
}

/// What stops a derivation that needs a derivative which is not given.
pub fn missing_derivative(function: &str, operand: &str) -> String {
    format!("`{function}` has no derivative for `{operand}`")
}

/// The row of this name.
pub(super) fn row(name: &str) -> Option<&'static Scalar> {
    REGISTRY.lock().unwrap_or_else(PoisonError::into_inner).get(name).copied()
}

static REGISTRY: LazyLock<Mutex<BTreeMap<String, &'static Scalar>>> = LazyLock::new(Mutex::default);

fn make(declaration: &Declaration, name: String, formulas: Vec<Option<String>>) -> &'static Scalar {
    let own_name: &'static str = declaration.name.clone().leak();
    let operands: Vec<Operand> = declaration
        .operands
        .iter()
        .zip(formulas)
        .map(|((name, _), formula)| Operand {
            name: name.clone().leak(),
            derivative: match formula {
                Some(formula) => Derivative::Formula(formula.leak()),
                None => Derivative::Missing,
            },
            samples: (-3.0, 3.0),
        })
        .collect();
    Box::leak(Box::new(Scalar {
        name: name.leak(),
        operands: operands.leak(),
        notation: Notation::Function(own_name),
        cost: COST,
        declared: Some(own_name),
        ..Scalar::SMOOTH
    }))
}

/// The set of functions as text: two sets with the same text are the same.
fn written(declarations: &[Declaration]) -> String {
    let mut text = String::new();
    for Declaration { name, operands } in declarations {
        let _ = write!(text, "{name}{operands:?};");
    }
    text
}

/// The hash of Fowler, Noll and Vo, 1a in 64 bits: the same in every run and on every machine.
fn number(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
