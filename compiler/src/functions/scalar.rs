//! The table of scalar functions: name, value, derivative, convention, notation and kernel of each in one row.
//!
//! A derivative is written in our own notation, in the operands (`x`; `a`, `b` where there are two) and the output `y`, and parsed once
//! when it is first needed. Adding a function touches its row and its kernel in the runtime's `math`; its gradient check, its
//! documentation and its line in the reference follow by themselves.

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
    /// Roughly how many additions one evaluation costs, for the cost model.
    pub cost: u32,
    /// Whether users may write it; the others appear in derivatives and definitions only.
    pub public: bool,
    /// Whether the operands may be exchanged.
    pub commutative: bool,
    /// Formula, derivative with its reason, convention at kinks, numerical form: Markdown, one paragraph.
    pub doc: &'static str,
    /// Where the derivative jumps or is a convention: operands and the derivative (for every operand) that is promised there.
    pub kinks: &'static [Kink],
}

/// One operand of a scalar function.
#[derive(Debug)]
pub struct Operand {
    /// The name derivatives use for it.
    pub name: &'static str,
    /// The derivative for it.
    pub derivative: Derivative,
    /// Where gradient checks draw it from: an interval inside the domain and away from kinks is not required, kinks are skipped.
    pub samples: (f64, f64),
}

/// A derivative for one operand.
#[derive(Debug)]
pub enum Derivative {
    /// A formula in the operands and the output `y`.
    Formula(&'static str),
    /// Zero wherever it is defined, for the reason given.
    Zero(&'static str),
    /// The operand is an integer constant written in the source (`powi(x, 3)`).
    Integer,
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
    /// `√x` in mathematics.
    Root,
    /// `|x|` in mathematics.
    Bars,
    /// `eˣ` in mathematics, with the base given.
    Exponential(&'static str),
}

/// A point where the derivative is a convention.
#[derive(Debug)]
pub struct Kink {
    /// The operands.
    pub at: &'static [f64],
    /// The derivative for each operand that has one.
    pub derivative: &'static [f64],
}
