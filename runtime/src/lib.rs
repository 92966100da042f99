//! Write the model as a Rust function; the compiler hands you its loss, every gradient, and the mathematics.
//!
//! The attribute [`model`](macro@model) reads a function while your crate compiles, differentiates it by the chain rule, and writes plain
//! Rust for its loss and gradient. This crate is what that code runs on, and what you train it with.
//!
//! # A model, from declaration to prediction
//!
//! ```
//! use chainrule::prelude::*;
//!
//! /// The logarithm of the odds, linear in two measurements.
//! #[model(loss = binary_cross_entropy)]
//! fn odds(x: Input<2>, w: Param<2>, b: Param) -> Output {
//!     x.dot(w) + b
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! // Rows of two numbers, and what is to be predicted for each.
//! let (x, y) = ([0.0, 1.0, 1.0, 3.0, 4.0, 1.0, 5.0, 2.0], [0.0, 0.0, 1.0, 1.0]);
//! let batch = Odds::batch(&x, &y)?;
//! let mut model = Odds::seeded(42);
//! assert!(check_gradient(&model, &batch)?.passes());
//!
//! let history = Trainer::new(Adam::new(0.1)).epochs(300).fit(&mut model, &batch)?;
//! println!("{history}");
//! let odds = model.predict(&[0.5, 1.0, 5.0, 1.0])?;
//! assert!(odds[0] < 0.0 && odds[1] > 0.0);
//! println!("w = {:?}, b = {}", model.w(), model.b());
//! # Ok(())
//! # }
//! ```
//!
//! # Where things are
//!
//! - The signature: [`axes`] are the types of arguments and results; [`initialize`] lists what `#[init(..)]` chooses from.
//! - To begin with: the [`tutorial`] goes from a line to a transformer block in twelve programs.
//! - The language: the [`reference`](mod@reference) lists every function with its formula and derivative.
//! - The model: it owns its parameters as one vector θ ([`parameters`]); [`Model`] is what every model can do, with the allocation-free
//!   [`loss_and_gradient_into`](Model::loss_and_gradient_into) at its centre.
//! - The data: examples are checked once, when a [`batch`] is made of them; whatever is wrong is an [`Error`] that names the input.
//! - Tables: behind the feature `data`, `chainrule::data` reads CSV, splits, standardizes, and streams what does not fit in memory.
//! - Training: a [`Trainer`](train::Trainer) changes θ by an [`optimizer`] until the loss is small; the same seed gives the same bits
//!   ([`generator`]).
//! - Several processes or machines train as one: [`distributed`], over MPI with the feature `mpi`.
//! - Watching: [`metrics`] measure predictions after every epoch, an [`Observer`](train::Observer) sees the whole run; [`observe`] has a
//!   progress bar, TensorBoard, logs and curves, each behind its feature.
//! - More [`derivatives`]: Jacobians, Hessians and their products with vectors, generated where the attribute asks for them.
//! - Whole batches: behind the feature `minimize`, `chainrule::minimize` finds the least loss by L-BFGS, within bounds.
//! - Fitting: behind the feature `fit`, `chainrule::fit` finds the parameters of a formula with their uncertainties.
//! - Trust: [`check_gradient`](check::check_gradient) compares the gradient with central differences; [`check`] has the same for the
//!   other derivatives.
//! - Speed: [`kernel`] is what the generated steps are made of, chosen for the processor when the program runs. With
//!   the feature `rayon`, [`tiles`] run on several threads, with the same bits on any number of them.
//!
//! # No operating system
//!
//! | features | what there is |
//! |---|---|
//! | `std` (default) | everything; the instruction set is chosen while the program runs |
//! | `alloc` | everything but threads, files, time and what is built on crates of others; the instruction set is the target's |
//! | none | models whose dimensions are numbers or constants, trained without a heap |
//!
//! Without `std` the crate is `no_std`. Without `alloc` a model is an array of `Model::PARAMETERS_LEN` numbers, its workspace one of
//! `Model::WORKSPACE_LEN`, and a step takes one example at a time, which is the least memory it can take. Losses, gradients and the
//! other derivatives into memory of the caller's, `predict_to`, [`GradientDescent`](optimizer::GradientDescent) and
//! [`AdamArray`](optimizer::AdamArray) are there; trainers, checks and what returns a `Vec` are not. Results differ from those with a heap
//! in the order of their sums alone.
//!
//! The [`prelude`] has what a program that declares and trains models uses.

#![cfg_attr(not(feature = "std"), no_std)]

#[cfg(feature = "alloc")]
#[macro_use]
extern crate alloc;

pub mod axes;
pub mod error;
pub mod kernel;

pub mod batch;
#[cfg(feature = "alloc")]
pub mod check;
#[cfg(feature = "data")]
pub mod data;
pub mod derivatives;
#[cfg(feature = "alloc")]
pub mod distributed;
#[cfg(feature = "fit")]
pub mod fit;
pub mod generator;
pub mod initialize;
#[cfg(feature = "alloc")]
pub mod interop;
#[cfg(feature = "safetensors")]
pub mod keep;
#[cfg(feature = "alloc")]
pub mod metrics;
#[cfg(feature = "minimize")]
pub mod minimize;
pub mod model;
#[cfg(feature = "std")]
pub mod observe;
pub mod optimizer;
#[cfg(feature = "alloc")]
pub mod parameters;
pub mod predict;
pub mod prelude;
pub mod tiles;
#[cfg(feature = "alloc")]
pub mod train;
pub mod workspace;

#[cfg(feature = "alloc")]
pub mod reference;
#[cfg(feature = "alloc")]
pub mod tutorial;

#[cfg(feature = "plot")]
mod draw;
mod finite;
mod float;
mod text;
mod threads;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use chainrule_macros::model;

pub use self::error::Error;
pub use self::model::Model;
pub use self::predict::Predict;

#[cfg(test)]
extern crate self as chainrule;

#[cfg(test)]
#[path = "../tests/least_squares/mod.rs"]
mod least_squares;
