//! Solvers and arrays people already use, each behind its own feature.
//!
//! # A solver of one's own
//!
//! A solver that asks about slices, or takes a closure over slices, needs no adapter: θ is one slice, and so is the gradient.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! /// Anybody's solver: here, gradient descent with a fixed step.
//! fn minimize(mut f: impl FnMut(&[f64], &mut [f64]) -> f64, mut theta: Vec<f64>) -> Vec<f64> {
//!     let mut gradient = vec![0.0; theta.len()];
//!     for _ in 0..500 {
//!         f(&theta, &mut gradient);
//!         theta.iter_mut().zip(&gradient).for_each(|(theta, g)| *theta -= 0.05 * g);
//!     }
//!     theta
//! }
//!
//! #[model(loss = squared_error, reduction = sum, scalar = f64)]
//! fn line(x: Input, slope: Param, offset: Param) -> Output {
//!     slope * x + offset
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let batch = Line::batch(&[0.0, 1.0, 2.0], &[1.0, 3.0, 5.0])?;
//! let mut model = Line::zeros();
//! let mut workspace = model.workspace();
//! let start = model.parameters().to_vec();
//! let theta = minimize(
//!     |theta, gradient| {
//!         model.parameters_mut().copy_from_slice(theta);
//!         model.loss_and_gradient_into(&batch, gradient, &mut workspace)
//!     },
//!     start,
//! );
//! assert!((theta[0] - 2.0).abs() < 1e-6 && (theta[1] - 1.0).abs() < 1e-6);
//! # Ok(())
//! # }
//! ```
//!
//! # Solvers of others
//!
//! A solver wants a function of θ that it can hold. [`Objective`] is a model on a batch as its loss, [`LeastSquares`] as its residuals; each
//! owns the model and gives it back. They are there without any feature, for solvers that no feature knows. With a feature they are problems
//! of that crate as they are; each module below has an example, and `examples/solvers.rs` fits one formula with all of them.
//!
//! | feature | crate | what it gives | further crates | CPU seconds |
//! |---|---|---|---|---|
//! | `levenberg-marquardt` | `levenberg-marquardt` 0.15 | least squares; the Jacobian column-major, where nalgebra 0.34 keeps it | 19 | 16 |
//! | `basin` | `basin` 3.2 | loss, gradient, Hessian, its products, residuals, Jacobian over `Vec` | 10 | 17 |
//! | `argmin` | `argmin` 0.11 | the same, for those who are on argmin | 20 | 19 |
//! | `ndarray_0_17` | `ndarray` 0.17 | parameters, gradients, Jacobians, Hessians and inputs as views | 7 | 10 |
//! | `nalgebra_0_35` | `nalgebra` 0.35 | the same, column-major | 14 | 22 |
//! | `faer_0_24` | `faer` 0.24 | the same, of the caller's memory, and sparse Jacobians | 38 | 83 |
//!
//! The seconds are what a clean debug build takes longer with the feature, all cores together, where this was written; a build without
//! features took 18.
//!
//! # Arrays of others
//!
//! Nothing is copied, in or out: what does not lie in memory as it is read is refused with [`Error::Strides`](crate::Error::Strides). Features
//! with a version in their name stay when the crate moves on, and a newer version gets a feature beside them.

#[cfg(any(feature = "faer_0_24", feature = "nalgebra_0_35", feature = "ndarray_0_17"))]
mod array;
mod least_squares;
mod objective;
mod point;

#[cfg(feature = "argmin")]
pub mod argmin;
#[cfg(feature = "basin")]
pub mod basin;
#[cfg(feature = "faer_0_24")]
pub mod faer_0_24;
#[cfg(feature = "levenberg-marquardt")]
pub mod levenberg_marquardt;
#[cfg(feature = "nalgebra_0_35")]
pub mod nalgebra_0_35;
#[cfg(feature = "ndarray_0_17")]
pub mod ndarray_0_17;

pub use self::least_squares::LeastSquares;
pub use self::objective::Objective;

#[cfg(test)]
mod tests;
