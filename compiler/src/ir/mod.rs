//! The representation everything happens in: a hash-consed graph over labelled axes.
//!
//! `ir` imports nothing else of this crate.

mod dim;

pub use self::dim::{Dim, Monomial, Polynomial};
