//! Blackboard notation to the tree: the text of `math!`, of the function tables and of the library.
//!
//! | notation | ASCII | means |
//! |---|---|---|
//! | `a + b`, `a − b`, `a / b` | `a - b` | elementwise, with broadcasting |
//! | `a ⊙ b` | `a * b` | elementwise product |
//! | `a·b` | `a @ b` | matrix product |
//! | `aᵀ` | `a^T`, `transpose(a)` | transpose |
//! | `x²`, `x⁻¹` | `x^2`, `x^-1` | integer power; `x^y` and `x^(a + b)` are real powers |
//! | `√x` | `sqrt(x)` | square root of the name, number, call or parenthesis that follows |
//! | `\|x\|` | `abs(x)` | absolute value |
//! | `‖x‖` | `\|\|x\|\|`, `norm(x)` | norm |
//! | `a < b`, `a ≤ b`, `a ≠ b`, `a == b` | `a <= b`, `a != b` | comparisons; `>` and `≥` too |
//! | `c ∧ d`, `c ∨ d`, `¬c` | `c and d`, `c or d`, `not c` | logic; `select(c, a, b)` chooses |
//! | `w[i]`, `w[t, j]` | | the element or part there |
//! | `w[1:4]`, `w[:k]`, `w[:, j]`, `w[0:9:2]` | `w[1..4]` | a part, every second place of a part |
//! | `Σ(x)` | `sum(x)` | sum |
//! | `σ(x)` | `sigmoid(x)` | any function of the tables, by name or sign; `f(x, axis = 1)` labels an argument |
//! | `a = x + 1; a·a` | `let a = x + 1; a·a` | names for parts; each definition ends with `;` |
//!
//! From loose to tight: `or`; `and`; `not`; comparisons, which do not follow each other; sum and difference; then `*`, `/` and `·` together, left associative (`a·b / c` is `(a·b) / c`); then unary
//! minus; then powers, right associative, so that `-x²` is `-(x²)` and `x^y^z` is `x^(y^z)`. Where mathematicians disagree (`√x²`,
//! `x²^3`, `2x`) the text is refused rather than guessed at. `^T` is refused where `T` is a declared name.
//!
//! Subscript digits are digits: `W₁` is the name `W1`. Integers are [`Integer`](crate::tree::ExprKind::Integer)s, so `1/2` is one
//! half here, as on the blackboard.

mod excerpt;
mod lexer;
mod parser;
mod primary;
#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::tree::{Block, Position};

pub use self::excerpt::excerpt;
pub(crate) use self::lexer::is_represented;

/// Parses `text`; `position` makes a handle of each range of bytes, `is_declared` knows the names of the model around the text.
///
/// # Errors
/// The first problem of the text.
pub fn parse(
    text: &str,
    position: &mut dyn FnMut(Range<usize>) -> Position,
    is_declared: &dyn Fn(&str) -> bool,
) -> Result<Block, Diagnostic> {
    let tokens = lexer::tokens(text, position)?;
    parser::Parser::new(text, tokens, position, is_declared).block()
}

/// Parses text of ours: a formula of a table, a definition of the library. Every position is [`Position::BUILT_IN`].
///
/// # Errors
/// The first problem, with the place in the text: a bug in the table, which the table's tests find.
///
/// # Examples
/// ```
/// # use chainrule_compiler::math_syntax::parse_built_in;
/// assert!(parse_built_in("y*(1 - y)").is_ok());
/// assert!(parse_built_in("y(1 - y").is_err());
/// ```
pub fn parse_built_in(text: &str) -> Result<Block, String> {
    let mut last = 0..0;
    let mut position = |range: Range<usize>| {
        last = range;
        Position::BUILT_IN
    };
    let parsed = parse(text, &mut position, &|_| false);
    parsed.map_err(|diagnostic| format!("{}\n{}", diagnostic.message, excerpt(text, last)))
}
