//! Elementwise functions of `f32` and `f64` that vectorize inside a loop compiled for an instruction set.
//!
//! Every function takes the [`Isa`](crate::kernel::arch::Isa) it is compiled for and then its operands, and is generic over
//! [`Real`](crate::kernel::real::Real) alone; one algorithm serves both formats, with the polynomials of each from `fit.py`. None has a
//! branch or reads memory, so that a loop of them vectorizes: all but [`lgamma`], [`digamma`] and [`polygamma`], which are scalar code.
//! NaN goes in and comes out, infinities and domains end as IEEE 754 has it, and what is below the smallest normal number is rounded
//! gradually to zero, unless a function says otherwise.
//!
//! The error that a function states was measured on every instruction set of x86-64 (baseline, AVX2, AVX-512), in `f32` on every
//! 1009th number of the format against `f64`, in `f64` on 8,000 numbers against 60 digits; the tests assert it on fewer.
//!
//! # Examples
//!
//! ```
//! use chainrule::kernel::arch::{Isa, Kernel, dispatch};
//! use chainrule::kernel::math;
//!
//! struct Squash<'a>(&'a mut [f32]);
//!
//! impl Kernel for Squash<'_> {
//!     type Output = ();
//!
//!     #[inline(always)]
//!     fn run<I: Isa>(self, isa: I) {
//!         for x in self.0 {
//!             *x = math::tanh(isa, *x);
//!         }
//!     }
//! }
//!
//! let mut values = [0.0, 1.0, f32::INFINITY];
//! dispatch(Squash(&mut values));
//! assert_eq!(values, [0.0, 0.761_594_2, 1.0]);
//! ```
#![allow(clippy::inline_always, reason = "only what is inlined into a loop is vectorized with it")]

mod activation;
mod angles;
mod basic;
mod coefficients;
mod double;
mod element;
mod exponential;
mod extrema;
mod gamma;
mod hyperbolic;
mod logarithm;
mod polynomial;
mod power;
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
    abs, at_most, cbrt, ceil, clamp, equal, floor, hold, hypot, less, max, min, pick, powi, recip,
    round, select, sign, sqrt, square, stop,
};
pub use element::Elementary;
pub use exponential::{exp, exp_m1, exp2};
pub use extrema::{maximum, minimum};
pub use hyperbolic::{acosh, asinh, atanh, cosh, sinh, tanh};
pub use logarithm::{ln, ln_1p, log2, log10, xlogy};
pub use power::powf;
pub use special::{digamma, erf, erfc, lgamma, polygamma};
pub use trigonometric::{acos, asin, atan, atan2, cos, sin, tan};
