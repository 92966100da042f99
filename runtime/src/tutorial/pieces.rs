//! 7. Pieces: one formula here and another there.
//!
//! A condition chooses, element by element. Nothing of the branch that is not taken leaks, neither as value nor as derivative: the square
//! root of a negative number below does no harm. At the seam the derivative is that of the branch taken.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! /// A spring that becomes soft beyond its limit.
//! #[model(loss = squared_error, scalar = f64)]
//! fn spring(x: Input, #[init(constant(1.0))] k: Param, #[init(constant(1.5))] limit: Param) -> Output {
//!     if x < limit { k * x } else { k * limit * (1.0 + ln(x / limit)) }
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let x = [0.2, 0.5, 0.9, 1.4, 2.0, 3.0, 4.0];
//! let force = x.map(|x: f64| if x < 1.0 { 2.0 * x } else { 2.0 * (1.0 + x.ln()) });
//! let batch = Spring::batch(&x, &force)?;
//! let mut model = Spring::seeded(7);
//! Trainer::new(Adam::new(0.02)).epochs(1000).fit(&mut model, &batch)?;
//! assert!((model.k() - 2.0).abs() < 0.02 && (model.limit() - 1.0).abs() < 0.02);
//! # Ok(())
//! # }
//! ```
