//! 3. Yes or no: a vector of inputs, a loss for probabilities, and the notation of the blackboard.
//!
//! `Input<2>` is a vector; a batch of it is rows of two numbers, one after the other. The model gives the logarithm of the odds and leaves
//! the sigmoid to [`binary_cross_entropy`](crate::reference::losses), which neither overflows nor takes the logarithm of 0. The body may
//! be written as mathematics: `·` is the product that Rust's lexer does not know.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! #[model(loss = binary_cross_entropy)]
//! fn odds(x: Input<2>, w: Param<2>, b: Param) -> Output {
//!     math!("x·w + b")
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let hours_and_rest = [1.0, 0.2, 2.0, 0.1, 3.0, 0.9, 5.0, 0.4, 6.0, 0.8, 8.0, 0.5];
//! let passed = [0.0, 0.0, 1.0, 0.0, 1.0, 1.0];
//! let batch = Odds::batch(&hours_and_rest, &passed)?;
//! let mut model = Odds::seeded(3);
//! Trainer::new(Adam::new(0.1)).epochs(400).fit(&mut model, &batch)?;
//!
//! let odds = model.predict(&hours_and_rest)?;
//! let right = odds.iter().zip(&passed).filter(|(odds, passed)| (**odds > 0.0) == (**passed > 0.5));
//! assert!(right.count() >= 5);
//! # Ok(())
//! # }
//! ```
