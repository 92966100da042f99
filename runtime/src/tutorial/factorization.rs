//! 6. Rows of a table: who liked what.
//!
//! An [`Index`](crate::axes::Index) picks a row: `users[user]` is the vector of one user. The gradient adds to the rows
//! that a batch reads; with plain gradient descent a step costs these rows alone, so that the table may be long.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! #[model(loss = squared_error)]
//! fn rating(user: Index<4>, film: Index<3>, users: Param<4, 2>, films: Param<3, 2>, mean: Param) -> Output {
//!     users[user].dot(films[film]) + mean
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let (user, film) = ([0, 0, 1, 1, 2, 2, 3], [0, 1, 0, 2, 1, 2, 0]);
//! let stars = [5.0, 1.0, 5.0, 4.0, 2.0, 4.0, 4.0];
//! let batch = Rating::batch(&user, &film, &stars)?;
//! let mut model = Rating::seeded(6);
//! Trainer::new(Adam::new(0.05)).epochs(500).fit(&mut model, &batch)?;
//! assert!(model.loss(&batch) < 0.05);
//! println!("user 3 might give film 2 {:.1} stars", model.predict(&[3], &[2])?[0]);
//! # Ok(())
//! # }
//! ```
