//! Write the model as a Rust function; the compiler hands you its loss, every gradient, and the mathematics.
//!
//! A model owns its parameters as one vector θ ([`parameters`]); [`Model`] is what every model can do. Examples are checked once, when a
//! [`batch`] is made of them. A [`Trainer`](train::Trainer) changes θ by an [`optimizer`] until the loss is small, or
//! [`loss_and_gradient_into`](Model::loss_and_gradient_into) feeds an optimizer of your own; [`check_gradient`](check::check_gradient)
//! compares the gradient with central differences.

pub mod axes;
pub mod error;
pub mod kernel;

pub mod batch;
pub mod check;
pub mod generator;
pub mod initialize;
pub mod model;
pub mod optimizer;
pub mod parameters;
pub mod prelude;
pub mod train;
pub mod workspace;

mod finite;

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use chainrule_macros::model;

pub use self::error::Error;
pub use self::model::Model;

#[cfg(test)]
extern crate self as chainrule;

#[cfg(test)]
#[path = "../tests/least_squares/mod.rs"]
mod least_squares;
