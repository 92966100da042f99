//! 5. One of several: classes as targets, and a penalty on the weights.
//!
//! With `cross_entropy` the target is a class, an integer. A function that returns [`Loss`](crate::axes::Loss) is its own loss: it can
//! name more than the error, here the size of the weights. What depends on parameters alone is computed once, not once for each example.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! #[model]
//! fn species(petal: Input<2>, kind: Index<3>, w: Param<2, 3>, b: Param<3>) -> Loss {
//!     let logits = petal.dot(w) + b;
//!     cross_entropy(logits, kind) + 0.001 * sum(square(w))
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let petals = [1.4, 0.2, 1.5, 0.3, 4.5, 1.4, 4.1, 1.2, 5.9, 2.2, 6.1, 2.4];
//! let kinds = [0, 0, 1, 1, 2, 2];
//! let batch = Species::batch(&petals, &kinds)?;
//! let mut model = Species::seeded(5);
//! Trainer::new(Adam::new(0.1)).epochs(300).fit(&mut model, &batch)?;
//! assert!(model.loss(&batch) < 0.3);
//! // A class that does not exist is an error that names the row.
//! assert!(Species::batch(&petals, &[0, 0, 1, 1, 2, 3]).is_err());
//! # Ok(())
//! # }
//! ```
