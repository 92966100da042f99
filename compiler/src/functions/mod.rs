//! The functions of the language, as tables: a scalar function is a row, a composite is a definition in our own notation.
//!
//! Passes ask a row; none asks which function it is. `functions` imports `ir` only.

pub mod scalar;
