//! The functions of the language, as tables: a scalar function is a row, a composite is a definition in our own notation.
//!
//! Passes ask a row; none asks which function it is. The tables import nothing of the compiler; their tests read the formulas.
//!
//! A name may stand in more than one table; the number of tensor arguments decides. `log_cosh(x)` is the row of [`scalar`], `log_cosh`
//! of a prediction and a target is the loss of the library; `max(a, b)` is the row, `max(x)` the reduction. No name has two meanings
//! with the same number of arguments; [`resolve`] decides.

pub mod foreign;
pub mod library;
pub mod matrix;
pub mod resolve;
pub mod scalar;
pub mod structural;

#[cfg(test)]
pub(crate) mod dual;
#[cfg(test)]
mod tests;
