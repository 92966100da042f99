//! Cheaper forms of the same values.

pub mod rules;
