//! The least loss of a model on a batch that fits in memory: L-BFGS, within bounds if there are any.
//!
//! Where each step may see all examples, and the loss is smooth, a method that learns the curvature from the gradients it sees needs far
//! fewer of them than the steps of a [`Trainer`](crate::train::Trainer). [`Minimize`] runs the L-BFGS-B of the crate `basin` and reports how
//! it ended. For sums of squares, `chainrule::fit` is better still, and knows the uncertainties.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! #[model(loss = binary_cross_entropy, scalar = f64)]
//! fn odds(x: Input<2>, w: Param<2>, b: Param) -> Output {
//!     x.dot(w) + b
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let x = [0.0, 1.0, 1.0, 3.0, 4.0, 1.0, 5.0, 2.0, 2.0, 2.0, 3.0, 1.0];
//! let batch = Odds::batch(&x, &[0.0, 0.0, 1.0, 1.0, 1.0, 0.0])?;
//! let mut model = Odds::seeded(42);
//! let report = Minimize::lbfgs().bounds("w", 0.0, f64::INFINITY).run(&mut model, &batch)?;
//! println!("{report}");
//! assert!(report.is_converged() && report.gradient_norm() < 1e-8);
//! # Ok(())
//! # }
//! ```
//!
//! # References
//! Byrd, Lu, Nocedal & Zhu (1995), *A Limited Memory Algorithm for Bound Constrained Optimization*; Moré & Thuente (1994), *Line Search
//! Algorithms with Guaranteed Sufficient Decrease*.

mod builder;
mod error;
mod problem;
mod report;
mod solve;

pub use self::builder::Minimize;
pub use self::error::MinimizeError;
pub use self::report::{MinimizeReport, MinimizeStop};

#[cfg(test)]
mod tests;
