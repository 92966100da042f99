//! Elementwise functions of `f32` and `f64` that vectorize inside a loop compiled for an instruction set.
//!
//! Every function takes the [`Isa`](crate::kernel::arch::Isa) it is compiled for and then its operands, and is generic over
//! [`Real`](crate::kernel::real::Real) alone.

#![allow(clippy::inline_always, reason = "only what is inlined into a loop is vectorized with it")]

mod activation;
mod angles;
mod basic;
mod coefficients;
mod element;
mod exponential;
mod gamma;
mod hyperbolic;
mod logarithm;
mod polynomial;
mod reduction;
mod special;
mod trigonometric;

#[cfg(test)]
mod tests;

pub use activation::{
    elu, gelu, hard_sigmoid, leaky_relu, log_cosh, log_sigmoid, mish, relu, selu, sigmoid, silu,
    softplus, softsign,
};
pub use basic::{
    abs, cbrt, ceil, clamp, equal, floor, hypot, less, max, min, pick, powi, recip, round, select,
    sign, sqrt, square, stop,
};
pub use element::Elementary;
pub use exponential::{exp, exp_m1, exp2, powf};
pub use hyperbolic::{acosh, asinh, atanh, cosh, sinh, tanh};
pub use logarithm::{ln, ln_1p, log2, log10, xlogy};
pub use special::{digamma, erf, erfc, lgamma, polygamma};
pub use trigonometric::{acos, asin, atan, atan2, cos, sin, tan};
