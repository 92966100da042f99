//! 10. An equation as the loss: derivatives inside the model.
//!
//! `diff(u, t)` is the derivative of `u` for `t`, a value like any other. A small network is to solve the equation of decay, `u′ = −u`, with
//! `u(0) = 1`: no solution is given to it, only how far it is from being one. The gradient differentiates the derivative once more.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! #[model(scalar = f64)]
//! fn decay(t: Input, #[init(normal(0.0, 1.0))] w: Param<8>, b: Param<8>, #[init(normal(0.0, 0.5))] v: Param<8>) -> Loss {
//!     let u = 1.0 + t * tanh(t * w + b).dot(v);
//!     square(diff(u, t) + u)
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let t: Vec<f64> = (0..20).map(|step| f64::from(step) * 0.05).collect();
//! let batch = Decay::batch(&t)?;
//! let mut model = Decay::seeded(10);
//! assert!(check_gradient(&model, &batch)?.passes());
//! Trainer::new(Adam::new(0.02)).epochs(300).batch_size(20).fit(&mut model, &batch)?;
//! assert!(model.loss(&batch) < 1e-3);
//! # Ok(())
//! # }
//! ```
