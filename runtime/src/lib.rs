//! Write the model as a Rust function; the compiler hands you its loss, every gradient, and the mathematics.

pub mod kernel;

pub use chainrule_macros::model;
