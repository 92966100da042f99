//! Slices in, slices out, no allocation: the loops everything else is made of.
//!
//! `arch` chooses the instruction set at run time; `math` has the elementwise functions as branch-free code that vectorizes; `matmul`
//! the matrix product; `one_by_one` what a small model does instead on a single example; `rows` moves examples between the caller's rows
//! and the tiles of a step; `random` draws random numbers. `unsafe` occurs here and nowhere else.

#![allow(
    clippy::inline_always,
    reason = "a kernel has to become part of the function that enables its instructions"
)]

pub mod arch;
pub mod blocks;
pub mod linear_algebra;
pub mod math;
pub mod matmul;
pub mod numbers;
pub mod one_by_one;
#[cfg(feature = "faer_0_24")]
pub(crate) mod packed;
pub mod random;
pub mod real;
pub mod rows;
pub mod sums;

mod compiled;
mod transpose;
mod vector;
