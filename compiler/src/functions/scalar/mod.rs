//! The table of scalar functions: name, value, derivative, convention, notation and kernel of each in one row.
//!
//! A derivative is written in our own notation, in the operands (`x`; `a`, `b` where there are two) and the output `y`, and parsed once
//! when it is first needed. It may call any row, internal ones included, and is differentiated again for second derivatives; so it must
//! be right as a function, not only as a number. Adding a function touches its row and its kernel in the runtime's `math`; its gradient
//! check, its documentation and its line in the reference follow by themselves.

mod activation;
mod arithmetic;
pub mod declared;
mod exponential;
mod gamma;
mod hyperbolic;
mod power;
mod rounding;
mod selection;
mod special;
#[cfg(test)]
mod tests;
mod trigonometric;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::ir::Function;

/// A row of the table. Rows are `'static`; two are the same function when they have the same name.
#[derive(Debug)]
pub struct Scalar {
    /// The name in function and method form, and of the kernel in the runtime's `math` (`tanh`).
    pub name: &'static str,
    /// Other names and signs (`σ`).
    pub aliases: &'static [&'static str],
    /// One entry per operand.
    pub operands: &'static [Operand],
    /// The value in f64: the reference the interpreter and the constant folder use.
    pub value: fn(&[f64]) -> f64,
    /// How generated code and mathematics write an application.
    pub notation: Notation,
    /// Roughly how many additions one evaluation costs, for the cost model; 0 for what is its operand when the program runs.
    pub cost: u32,
    /// Whether users may write it; the others appear in derivatives and definitions only.
    pub public: bool,
    /// Whether the operands may be exchanged.
    pub commutative: bool,
    /// Formula, derivative with its reason, convention at kinks, numerical form: Markdown, one paragraph.
    pub doc: &'static str,
    /// Where the derivative jumps or is a convention: operands and the derivative (for every operand) that is promised there.
    pub kinks: &'static [Kink],
    /// What the function is called in Rust, where it is a user's own and not one of ours.
    pub declared: Option<&'static str>,
}

/// One operand of a scalar function.
#[derive(Debug)]
pub struct Operand {
    /// The name derivatives use for it.
    pub name: &'static str,
    /// The derivative for it.
    pub derivative: Derivative,
    /// Where gradient checks draw it from: an interval inside the domain; a kink may lie in it, where no random number falls.
    pub samples: (f64, f64),
}

/// A derivative for one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derivative {
    /// A formula in the operands and the output `y`; the adjoint is multiplied by it.
    Formula(&'static str),
    /// A formula that opens or closes a gate: the operand's adjoint is `pick(formula, adjoint)`, the adjoint itself where the formula
    /// is not 0 and exactly 0 elsewhere, even if the adjoint is infinite or NaN there.
    ///
    /// A product with 0 would not do: `0·inf` is NaN, and the branch not taken may well be infinite. For the same reason the factors
    /// that the chain rule adds further down belong inside the gate: `pick(c, a)·b` is to be built as `pick(c, a·b)`.
    Gate(&'static str),
    /// As [`Derivative::Gate`], for what users guard by conditions of their own: the gate is `select(formula, adjoint, 0)`, and it is kept
    /// on the way down, through sums and products, as far as there is something to guard.
    Guard(&'static str),
    /// Zero wherever it is defined, for the reason given.
    Zero(&'static str),
    /// The operand is an integer constant written in the source (`powi(x, 3)`).
    Integer,
    /// The operand is a condition, which only chooses.
    Condition,
    /// None is known: the function is a user's, who gives none. Whoever needs it reports that.
    Missing,
}

/// How an application is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// `a + b`, with the precedence of the sign (1 sum, 2 product).
    Infix(&'static str, u8),
    /// `-a`.
    Prefix(&'static str),
    /// `name(a)` in code; in mathematics the given text as a function name (`σ`, `tanh`).
    Function(&'static str),
    /// `xⁿ` in mathematics, `name(x, n)` in code.
    Power,
    /// The operand with a fixed exponent in mathematics: `x²`, `x⁻¹`.
    Superscript(&'static str),
    /// `√x` in mathematics, or the root of the given degree.
    Root(u8),
    /// The operand between two signs in mathematics: `|x|`, `⌊x⌋`.
    Fence(&'static str, &'static str),
    /// `eˣ` in mathematics, with the base given.
    Exponential(&'static str),
    /// Iverson's bracket `[a < b]` in mathematics, with the relation given: 1 where it holds, else 0.
    Indicator(&'static str),
}

/// A point where the derivative is a convention.
#[derive(Debug)]
pub struct Kink {
    /// The operands.
    pub at: &'static [f64],
    /// The derivative for each operand, in order; 0 for those whose derivative is [`Derivative::Zero`].
    pub derivative: &'static [f64],
}

/// The row with this name or alias; that of a model's own function has a name that nobody writes.
///
/// # Examples
/// ```
/// use chainrule_compiler::functions::scalar::scalar;
///
/// assert_eq!(scalar("σ").map(|row| row.name), Some("sigmoid"));
/// assert!(scalar("log").is_none());
/// ```
pub fn scalar(name: &str) -> Option<&'static Scalar> {
    static BY_NAME: LazyLock<BTreeMap<&'static str, &'static Scalar>> = LazyLock::new(|| {
        scalars().flat_map(|row| row.names().map(move |name| (name, row))).collect()
    });
    BY_NAME.get(name).copied().or_else(|| declared::row(name))
}

/// The row of a function in a graph.
///
/// # Errors
/// A function that is in no row: a bug of whoever built the graph.
pub fn row(function: Function) -> Result<&'static Scalar, String> {
    scalar(function.0).ok_or_else(|| format!("`{}` is not in the table of functions", function.0))
}

/// `a + b`, for passes that build sums.
pub const ADD: &Scalar = find(arithmetic::ROWS, "add");
/// `a·b`, for passes that build products.
pub const MUL: &Scalar = find(arithmetic::ROWS, "mul");
/// `a/b`, for passes that build quotients.
pub const DIV: &Scalar = find(arithmetic::ROWS, "div");
/// `-a`, for passes that build signs.
pub const NEG: &Scalar = find(arithmetic::ROWS, "neg");
/// `a − b`, for passes that build differences.
pub const SUB: &Scalar = find(arithmetic::ROWS, "sub");
/// The larger of two numbers, for passes that build alternatives.
pub const MAX: &Scalar = find(selection::ROWS, "max");
/// `[a = b]`, for passes that build masks.
pub const EQUAL: &Scalar = find(selection::ROWS, "equal");
/// `[a < b]`, for passes that build masks.
pub const LESS: &Scalar = find(selection::ROWS, "less");
/// The smaller of two.
pub const MIN: &Scalar = find(selection::ROWS, "min");
/// `x` where `c` is not 0, else 0.
pub const PICK: &Scalar = find(selection::ROWS, "pick");
/// `a` where `c ≠ 0`, else `b`, for passes that build guards.
pub const SELECT: &Scalar = find(selection::ROWS, "select");

/// `x` as a variable of its own, for derivatives inside a model.
pub const HOLD: &Scalar = find(selection::ROWS, "hold");

const fn find(rows: &'static [Scalar], name: &str) -> &'static Scalar {
    let mut index = 0;
    while !same_text(rows[index].name.as_bytes(), name.as_bytes()) {
        index += 1;
    }
    &rows[index]
}

const fn same_text(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let mut index = 0;
    while index < left.len() {
        if left[index] != right[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// All rows, family by family.
pub fn scalars() -> impl Iterator<Item = &'static Scalar> {
    families().flat_map(|(_, rows)| rows)
}

/// The families, each with its title in the reference.
pub fn families() -> impl Iterator<Item = (&'static str, &'static [Scalar])> {
    FAMILIES.iter().copied()
}

static FAMILIES: [(&str, &[Scalar]); 9] = [
    ("Arithmetic", arithmetic::ROWS),
    ("Powers and roots", power::ROWS),
    ("Magnitude and rounding", rounding::ROWS),
    ("Trigonometry", trigonometric::ROWS),
    ("Hyperbolic functions", hyperbolic::ROWS),
    ("Exponentials and logarithms", exponential::ROWS),
    ("Special functions", special::ROWS),
    ("Activations", activation::ROWS),
    ("Choice", selection::ROWS),
];

impl Scalar {
    /// What most rows share: public, not commutative, smooth.
    const SMOOTH: Scalar = Scalar {
        name: "",
        aliases: &[],
        operands: &[],
        value: |_| f64::NAN,
        notation: Notation::Function(""),
        cost: 1,
        public: true,
        commutative: false,
        doc: "",
        kinks: &[],
        declared: None,
    };

    /// The name and the aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

impl Operand {
    /// An operand whose derivative is a formula, drawn from the interval in gradient checks.
    const fn smooth(name: &'static str, formula: &'static str, low: f64, high: f64) -> Operand {
        Operand { name, derivative: Derivative::Formula(formula), samples: (low, high) }
    }

    /// An operand whose adjoint passes where the formula is not 0.
    const fn gate(name: &'static str, formula: &'static str, low: f64, high: f64) -> Operand {
        Operand { name, derivative: Derivative::Gate(formula), samples: (low, high) }
    }

    /// An operand that is guarded where the formula is 0.
    const fn guard(name: &'static str, formula: &'static str, low: f64, high: f64) -> Operand {
        Operand { name, derivative: Derivative::Guard(formula), samples: (low, high) }
    }

    /// An operand whose derivative is zero for the reason given.
    const fn zero(name: &'static str, reason: &'static str, low: f64, high: f64) -> Operand {
        Operand { name, derivative: Derivative::Zero(reason), samples: (low, high) }
    }

    /// An operand that is a condition: 0 or 1.
    const fn condition(name: &'static str) -> Operand {
        Operand { name, derivative: Derivative::Condition, samples: (0.0, 1.0) }
    }

    /// An operand that is an integer constant.
    const fn integer(name: &'static str, low: f64, high: f64) -> Operand {
        Operand { name, derivative: Derivative::Integer, samples: (low, high) }
    }
}

impl Kink {
    /// A convention of a function of one operand.
    const fn at(x: &'static [f64], derivative: &'static [f64]) -> Kink {
        Kink { at: x, derivative }
    }
}
