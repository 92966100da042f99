//! Formulas and definitions of the tables, evaluated together with a directional derivative: the oracle of the tables' tests.
//!
//! Values are vectors with one axis, or of length one, which broadcasts; so `axes` always means that axis. Forward mode, by the rows'
//! own derivatives: nothing here is shared with the compiler's passes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use super::library::{Default, ParameterKind, definition};
use super::scalar::{Derivative, Scalar, scalar};
use crate::math_syntax::parse_built_in;
use crate::tree::{Block, Expr, ExprKind, Statement};

/// A number and its derivative along the chosen direction; a constant has none.
#[derive(Clone, Copy, Debug)]
pub struct Dual {
    pub value: f64,
    pub tangent: Option<f64>,
}

pub type Names = Vec<(String, Vec<Dual>)>;

impl Dual {
    pub fn constant(value: f64) -> Dual {
        Dual { value, tangent: None }
    }

    pub fn seeded(value: f64) -> Dual {
        Dual { value, tangent: Some(1.0) }
    }
}

/// The value of one number's formula.
pub fn formula(text: &str, names: &[(&str, Dual)]) -> Dual {
    let names = names.iter().map(|(name, value)| ((*name).to_owned(), vec![*value])).collect();
    body(text, names)[0]
}

/// The value of a definition's body.
pub fn body(text: &str, names: Names) -> Vec<Dual> {
    block(&parsed(text), names)
}

/// The text as a tree, parsed once a thread.
fn parsed(text: &str) -> Rc<Block> {
    thread_local! {
        static KNOWN: RefCell<BTreeMap<String, Rc<Block>>> = const { RefCell::new(BTreeMap::new()) };
    }
    if let Some(known) = KNOWN.with_borrow(|known| known.get(text).cloned()) {
        return known;
    }
    let tree = parse_built_in(text).unwrap_or_else(|message| panic!("{message}"));
    let tree = Rc::new(tree);
    KNOWN.with_borrow_mut(|known| known.insert(text.to_owned(), Rc::clone(&tree)));
    tree
}

/// The row applied to numbers, by its derivatives.
///
/// A closed gate multiplies by 0, which an infinite derivative behind it turns into NaN: in reverse mode the factors come after the gate,
/// so the tables must be right without its protection wherever the tests look.
pub fn apply(row: &Scalar, operands: &[Dual]) -> Dual {
    let values: Vec<f64> = operands.iter().map(|operand| operand.value).collect();
    let value = (row.value)(&values);
    let mut tangent = None;
    for (operand, given) in row.operands.iter().zip(operands) {
        let Some(incoming) = given.tangent else { continue };
        let part = match operand.derivative {
            Derivative::Formula(text) => {
                incoming * derivative(row, text, &constants(&values), Dual::constant(value)).value
            }
            Derivative::Gate(text) | Derivative::Guard(text) => {
                let gate = derivative(row, text, &constants(&values), Dual::constant(value));
                if gate.value == 0.0 { 0.0 * incoming } else { incoming }
            }
            Derivative::Zero(_)
            | Derivative::Integer
            | Derivative::Condition
            | Derivative::Missing => continue,
        };
        tangent = Some(tangent.unwrap_or(0.0) + part);
    }
    Dual { value, tangent }
}

/// A derivative's formula at the operands and the output.
pub fn derivative(row: &Scalar, text: &str, operands: &[Dual], output: Dual) -> Dual {
    let mut names: Vec<(&str, Dual)> = vec![("y", output)];
    names.extend(row.operands.iter().zip(operands).map(|(operand, x)| (operand.name, *x)));
    formula(text, &names)
}

pub fn constants(values: &[f64]) -> Vec<Dual> {
    values.iter().map(|value| Dual::constant(*value)).collect()
}

fn block(block: &Block, mut names: Names) -> Vec<Dual> {
    for statement in &block.statements {
        let Statement::Let(binding) = statement else { panic!("a formula has no {statement}") };
        let value = expression(&binding.value, &names);
        names.push((binding.name.text.clone(), value));
    }
    expression(&block.value, &names)
}

fn expression(expr: &Expr, names: &Names) -> Vec<Dual> {
    match &expr.kind {
        ExprKind::Number(number) => vec![Dual::constant(*number)],
        ExprKind::Integer(integer) => vec![Dual::constant(*integer as f64)],
        ExprKind::Name(name) => {
            let found = names.iter().rev().find(|(known, _)| known == name);
            found.unwrap_or_else(|| panic!("unknown name `{name}`")).1.clone()
        }
        ExprKind::Call { function, arguments } => {
            let given: Vec<Vec<Dual>> = arguments
                .iter()
                .filter(|one| one.label.is_none())
                .filter(|one| !is_axes(&one.value))
                .map(|one| expression(&one.value, names))
                .collect();
            call(&function.text, &given)
        }
        other => panic!("a formula of a table has no {other:?}"),
    }
}

/// Axes mean the only one there is.
fn is_axes(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Name(name) => name == "axes",
        ExprKind::List(_) => true,
        _ => false,
    }
}

/// The function of that name with that many arguments.
pub fn call(name: &str, given: &[Vec<Dual>]) -> Vec<Dual> {
    if let Some(row) = scalar(name).filter(|row| row.operands.len() == given.len()) {
        let length = given.iter().map(Vec::len).max().unwrap_or(0);
        let operands = |i: usize| -> Vec<Dual> {
            given.iter().map(|one| one[if one.len() == 1 { 0 } else { i }]).collect()
        };
        return (0..length).map(|i| apply(row, &operands(i))).collect();
    }
    if let Some(found) = definition(name) {
        let mut names: Names = Vec::new();
        for (i, parameter) in found.parameters.iter().enumerate() {
            let default = || match parameter.default {
                Default::Number(value) => Some(vec![Dual::constant(value)]),
                Default::None | Default::Of(_) => None,
            };
            let value = given.get(i).cloned().or_else(default);
            let value = value.unwrap_or_else(|| panic!("`{name}` lacks `{}`", parameter.name));
            assert!(parameter.kind == ParameterKind::Tensor || value.len() == 1);
            names.push((parameter.name.to_owned(), value));
        }
        return body(found.body, names);
    }
    primitive(name, given)
}

fn primitive(name: &str, given: &[Vec<Dual>]) -> Vec<Dual> {
    let sum = |left: Dual, right: &Dual| apply(scalar("add").unwrap(), &[left, *right]);
    let extremum = |row: &'static str| {
        let largest = given[0].iter().copied().reduce(|a, b| apply(scalar(row).unwrap(), &[a, b]));
        vec![largest.unwrap()]
    };
    match (name, given) {
        ("sum", [x]) => vec![x.iter().fold(Dual::constant(0.0), sum)],
        ("count", [x]) => vec![Dual::constant(x.len() as f64)],
        ("max_over", [_]) => extremum("max"),
        ("min_over", [_]) => extremum("min"),
        ("one_hot_like", [class, x]) => {
            (0..x.len()).map(|i| Dual::constant(f64::from(i as f64 == class[0].value))).collect()
        }
        ("part", [x, i]) => {
            let half = x.len() / 2;
            x.iter().copied().skip(half * i[0].value as usize).take(half).collect()
        }
        _ => panic!("no function `{name}` with {} arguments", given.len()),
    }
}

/// Uniform numbers, the same on every run (Steele, Lea & Flood 2014, `SplitMix64`).
pub struct Samples(u64);

impl Samples {
    pub fn seeded(seed: u64) -> Samples {
        Samples(seed)
    }

    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        low + (high - low) * (bits >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The derivative of `function` at `x` by the five-point rule: with this step, exact to about `1e-11` of the function's size.
pub fn difference(x: f64, function: impl Fn(f64) -> f64) -> f64 {
    let h = STEP;
    let near = function(x + h) - function(x - h);
    let far = function(x + 2.0 * h) - function(x - 2.0 * h);
    (8.0 * near - far) / (12.0 * h)
}

/// The step of [`difference`]: `h⁴` and `ε/h` are about equally small.
pub const STEP: f64 = 5e-4;
