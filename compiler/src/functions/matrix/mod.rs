//! The table of matrix functions: factorizations, solutions of linear equations, determinants.
//!
//! A row says with letters which axis of each operand is which: `solve` of `a[ki]` and `b[k]` is the `y[i]` with `Σᵢ a[k,i]·y[i] = b[k]`.
//! Letters are labels, so a transposed matrix is read with its letters exchanged, and nothing is copied. All letters run over the `n` rows
//! of the matrix, but for `p`, which has one place more, and `r`, which has two: for the pivots of a factorization.
//!
//! Whatever else an operand is read with stands beside that. A node's own labels are the letters of the result, then the *columns*: what
//! only the right-hand side of an equation has, each a right-hand side of its own; then the *lanes*: what every operand has, many matrices
//! side by side, with the examples last. Reduced labels are the other letters, in order of appearance. A matrix is stored as its two
//! letters, in either order, then the lanes; a right-hand side as its letter, the columns, the lanes. Kernels therefore work on numbers
//! that lie side by side, whether these are columns, lanes or the rest of a row.
//!
//! A derivative is a few statements over labelled values, as the contraction rule has it: letters that the left side lacks are summed
//! over. `y` is the result, `y_bar` its adjoint, operands have their names; `lower`, `upper` and `mirrored` keep a triangle or copy the
//! lower one to the upper; every function of the table may be applied; `sum` adds up the columns that the operand lacks. Forwards,
//! `y_dot` is wanted of `a_dot`, the tangent of the operand `a`, with whatever that has beside its letters.

mod factorizations;
mod solutions;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::ir::{Dim, Function, Label, Polynomial};

/// A row of the table. Two are the same function when they have the same name.
#[derive(Debug)]
pub struct MatrixFunction {
    /// The name in function and method form, and of the kernel in the runtime.
    pub name: &'static str,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// One entry per operand, those of the caller first.
    pub operands: &'static [Operand],
    /// The letters of the result.
    pub result: &'static str,
    /// The value in f64 for one matrix and one right-hand side, from `n` and the caller's operands: the reference the interpreter uses.
    pub value: fn(usize, &[Vec<f64>]) -> Vec<f64>,
    /// How mathematics writes it.
    pub notation: Notation,
    /// Roughly how many additions and multiplications one matrix, or one right-hand side, costs.
    pub cost: Cost,
    /// Whether users may write it; the others appear in derivatives and as operands.
    pub public: bool,
    /// Formula, domain, convention, source: Markdown, one paragraph.
    pub doc: &'static str,
}

/// One operand of a matrix function.
#[derive(Debug)]
pub struct Operand {
    /// The name derivatives use for it.
    pub name: &'static str,
    /// A letter for each of its own axes.
    pub letters: &'static str,
    /// What it is.
    pub role: Role,
    /// The derivative for it.
    pub derivative: Derivative,
    /// The same forwards: what a change of it does to the result.
    pub tangent: Derivative,
}

/// What an operand is to its function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A square matrix.
    Square,
    /// The right-hand side of an equation.
    RightSide,
    /// The factors of the first operand, which the function of this name computes; the caller does not give them. Their second letter is
    /// the one that the matrix has as its second axis in memory: this is how a function knows which way the matrix was factored.
    Factors(&'static str),
}

/// A derivative for one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derivative {
    /// Statements whose last left side is the operand's adjoint, or the result's tangent.
    Statements(&'static str),
    /// None, for the reason given.
    Zero(&'static str),
}

/// How an application is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notation {
    /// `name(A)`.
    Function(&'static str),
    /// `ln |det A|`: the name before a determinant.
    Of(&'static str, &'static str),
    /// `A⁻¹`.
    Inverse,
    /// `A⁻¹·b`, of the triangle that the name before the matrix takes of it, if there is one.
    Solution(&'static str),
}

/// `factor·n^power/divisor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    factor: i64,
    power: u32,
    divisor: u64,
}

/// The row with this name or alias.
///
/// # Examples
/// ```
/// use chainrule_compiler::functions::matrix::matrix_function;
///
/// assert!(matrix_function("cholesky").is_some());
/// assert!(matrix_function("tanh").is_none());
/// ```
pub fn matrix_function(name: &str) -> Option<&'static MatrixFunction> {
    static BY_NAME: LazyLock<BTreeMap<&'static str, &'static MatrixFunction>> =
        LazyLock::new(|| {
            matrix_functions().flat_map(|row| row.names().map(move |name| (name, row))).collect()
        });
    BY_NAME.get(name).copied()
}

/// The row of a function in a graph.
///
/// # Errors
/// A function that is in no row: a bug of whoever built the graph.
pub fn row(function: Function) -> Result<&'static MatrixFunction, String> {
    matrix_function(function.0)
        .ok_or_else(|| format!("`{}` is not in the table of matrix functions", function.0))
}

/// All rows.
pub fn matrix_functions() -> impl Iterator<Item = &'static MatrixFunction> {
    factorizations::ROWS.iter().chain(solutions::ROWS)
}

/// How many places more than the matrix has rows a letter runs over.
pub fn places_more(letter: char) -> u64 {
    match letter {
        'p' => 1,
        'r' => 2,
        _ => 0,
    }
}

impl MatrixFunction {
    /// The name and the aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }

    /// The operands that the caller gives.
    pub fn given(&self) -> &'static [Operand] {
        let count = self.operands.iter().filter(|one| !matches!(one.role, Role::Factors(_)));
        &self.operands[..count.count()]
    }

    /// The letters that the result lacks, in order of appearance: what the reduced labels of a node are.
    pub fn reduced_letters(&self) -> Vec<char> {
        let mut letters: Vec<char> = Vec::new();
        for letter in self.operands.iter().flat_map(|operand| operand.letters.chars()) {
            if !self.result.contains(letter) && !letters.contains(&letter) {
                letters.push(letter);
            }
        }
        letters
    }

    /// Which labels a node of this row has for its letters: its own first, then the reduced ones.
    pub fn letters(&self, rank: usize) -> Vec<(char, Label)> {
        let own = self.result.chars().zip(0..);
        own.chain(self.reduced_letters().into_iter().zip(rank as Label..)).collect()
    }

    /// Additions and multiplications for one matrix, or one right-hand side.
    pub fn operations(&self, rows: &Dim) -> Polynomial {
        let power = (0..self.cost.power)
            .fold(Polynomial::constant(1), |power, _| power.times(&Polynomial::from(rows)));
        power.scaled(self.cost.factor).quotient(self.cost.divisor)
    }
}

impl Operand {
    const fn square(
        letters: &'static str,
        derivative: &'static str,
        tangent: &'static str,
    ) -> Operand {
        let [derivative, tangent] =
            [Derivative::Statements(derivative), Derivative::Statements(tangent)];
        Operand { name: "a", letters, role: Role::Square, derivative, tangent }
    }

    const fn right_side(derivative: &'static str, tangent: &'static str) -> Operand {
        let [derivative, tangent] =
            [Derivative::Statements(derivative), Derivative::Statements(tangent)];
        Operand { name: "b", letters: "k", role: Role::RightSide, derivative, tangent }
    }

    const fn factors(letters: &'static str, function: &'static str) -> Operand {
        let derivative = Derivative::Zero("the matrix itself is an operand, and carries it");
        let (name, role) = ("factors", Role::Factors(function));
        Operand { name, letters, role, derivative, tangent: derivative }
    }

    /// The matrix of a factorization that only other functions read.
    const fn factored(letters: &'static str) -> Operand {
        let derivative = Derivative::Zero("what reads the factors differentiates for the matrix");
        Operand { name: "a", letters, role: Role::Square, derivative, tangent: derivative }
    }
}

impl Cost {
    const fn new(factor: i64, power: u32, divisor: u64) -> Cost {
        Cost { factor, power, divisor }
    }
}
