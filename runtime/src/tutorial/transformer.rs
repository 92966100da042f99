//! 12. A transformer block that learns to copy.
//!
//! `Index<6, 4>` is a sequence of four tokens below six; `table[tokens]` are their four vectors. A model in a module has functions of its
//! own, here a layer with attention: a [`Tensor`](crate::axes::Tensor) has the shape of what it is called with, and the function is checked
//! there. `table` reads tokens at one end and names them at the other: its gradient is the sum of both.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! #[model]
//! mod copier {
//!     use chainrule::prelude::*;
//!
//!     /// What is normalized, attended to, and added to what was there.
//!     fn attend(x: Tensor, gain: Tensor, q: Tensor, k: Tensor, v: Tensor, o: Tensor) -> Tensor {
//!         x + causal_multi_head_attention(rms_norm(x, gain), q, k, v, o)
//!     }
//!
//!     fn loss(
//!         tokens: Index<6, 4>,
//!         next: Index<6, 4>,
//!         table: Param<6, 8>,
//!         places: Param<4, 8>,
//!         #[init(ones)] gain: Param<8>,
//!         q: Param<2, 8, 4>,
//!         k: Param<2, 8, 4>,
//!         v: Param<2, 8, 4>,
//!         o: Param<2, 4, 8>,
//!         w1: Param<8, 16>,
//!         w2: Param<16, 8>,
//!     ) -> Loss {
//!         let h = attend(table[tokens] + places, gain, q, k, v, o);
//!         let h = h + gelu(h.matmul(w1)).matmul(w2);
//!         cross_entropy(h.matmul(table.transpose()), next)
//!     }
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! // After 1 2 comes 1 2, after 3 4 comes 3 4.
//! let tokens = [1, 2, 1, 2, 3, 4, 3, 4, 5, 0, 5, 0, 2, 1, 2, 1];
//! let next = [2, 1, 2, 1, 4, 3, 4, 3, 0, 5, 0, 5, 1, 2, 1, 2];
//! let batch = Copier::batch(&tokens, &next)?;
//! let mut model = Copier::seeded(12);
//! let before = model.loss(&batch);
//! Trainer::new(Adam::new(0.01)).epochs(60).batch_size(4).fit(&mut model, &batch)?;
//! assert!(model.loss(&batch) < 0.5 * before);
//! # Ok(())
//! # }
//! ```
