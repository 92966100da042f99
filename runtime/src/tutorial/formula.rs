//! 2. A formula of the laboratory: a parameter that starts where it makes sense, in double precision.
//!
//! The rate of a reaction rises with the concentration `s` and saturates at `vmax`; at `km` it is half of that (Michaelis & Menten 1913).
//! `scalar = f64` computes in double precision, and `#[init(..)]` says where a parameter starts. A gradient that is to be trusted is
//! checked against central differences first.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! #[model(loss = squared_error, scalar = f64)]
//! fn rate(s: Input, #[init(constant(1.0))] vmax: Param, #[init(constant(1.0))] km: Param) -> Output {
//!     vmax * s / (km + s)
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let s = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0];
//! let measured = s.map(|s| 2.0 * s / (0.4 + s));
//! let batch = Rate::batch(&s, &measured)?;
//! let mut model = Rate::seeded(1);
//! assert!(check_gradient(&model, &batch)?.passes());
//!
//! Trainer::new(Adam::new(0.05)).epochs(1500).fit(&mut model, &batch)?;
//! assert!((model.vmax() - 2.0).abs() < 1e-2 && (model.km() - 0.4).abs() < 1e-2);
//! # Ok(())
//! # }
//! ```
