//! 8. A sequence: a loop that carries a state.
//!
//! `let mut` and assignment are the states of a loop, `x[t]` is the step's input. The loop is differentiated as a loop, run backwards over
//! the states it has kept; the code does not grow with the number of steps. Vectors start at zero, as biases should; `w` and `v` are told otherwise, since
//! where both are zero the gradient is zero too.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! /// The parity of four bits.
//! #[model(loss = binary_cross_entropy)]
//! fn parity(
//!     bits: Input<4>,
//!     #[init(normal(0.0, 0.5))] w: Param<8>,
//!     u: Param<8, 8>,
//!     b: Param<8>,
//!     #[init(normal(0.0, 0.5))] v: Param<8>,
//!     c: Param,
//! ) -> Output {
//!     let mut h = zeros([8]);
//!     for t in 0..4 {
//!         h = tanh(bits[t] * w + h.dot(u) + b);
//!     }
//!     h.dot(v) + c
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let bits: Vec<f32> = (0..16).flat_map(|n| (0..4).map(move |k| (n >> k & 1) as f32)).collect();
//! let odd: Vec<f32> = (0..16_u32).map(|n| (n.count_ones() % 2) as f32).collect();
//! let batch = Parity::batch(&bits, &odd)?;
//! let mut model = Parity::seeded(8);
//! let before = model.loss(&batch);
//! Trainer::new(Adam::new(0.02)).epochs(300).batch_size(16).fit(&mut model, &batch)?;
//! assert!(model.loss(&batch) < before);
//! # Ok(())
//! # }
//! ```
