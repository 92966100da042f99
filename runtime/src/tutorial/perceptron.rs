//! 4. A perceptron of any size: dimensions as const generics.
//!
//! `D` and `H` are dimensions; the compiler checks that they fit, for all values at once, and the model is compiled for those you choose.
//! Dimensions that are known only when the program runs are named in the attribute instead, `dims(D, H)`.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! #[model(loss = mean_squared_error)]
//! fn network<const D: usize, const H: usize>(
//!     x: Input<D>,
//!     w: Param<D, H>,
//!     b: Param<H>,
//!     v: Param<H>,
//!     c: Param,
//! ) -> Output {
//!     tanh(x.dot(w) + b).dot(v) + c
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! // Either one or the other, but not both.
//! let (x, y) = ([0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0], [0.0, 1.0, 1.0, 0.0]);
//! let batch = Network::<2, 8>::batch(&x, &y)?;
//! let mut model = Network::<2, 8>::seeded(42);
//! let history = Trainer::new(Adam::new(0.05)).epochs(500).batch_size(4).fit(&mut model, &batch)?;
//! println!("{history}");
//! assert!(model.loss(&batch) < 1e-2);
//! # Ok(())
//! # }
//! ```
