//! 11. A whole objective: a Gaussian process.
//!
//! Without an [`Input`](crate::axes::Input) there are no examples: the loss is a function of parameters and [`Data`](crate::axes::Data),
//! and each step uses all of it. Here all observations depend on one another by their covariance, whose width and noise are fitted by
//! their likelihood (Rasmussen & Williams 2006, eq. 2.30).
//!
//! ```
//! use chainrule::prelude::*;
//!
//! #[model(scalar = f64)]
//! fn process(x: Data<6>, y: Data<6>, #[init(zeros)] log_width: Param, #[init(zeros)] log_noise: Param) -> Loss {
//!     let apart = reshape(x, [6, 1]) - x;
//!     let covariance = exp(-0.5 * square(apart / exp(log_width))) + exp(2.0 * log_noise) * eye(6);
//!     0.5 * y.dot(solve(covariance, y)) + 0.5 * logdet(covariance)
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let x = [0.0, 0.7, 1.1, 2.0, 2.6, 3.5];
//! let y = x.map(f64::sin);
//! let data = Process::batch(&x, &y)?;
//! let mut model = Process::seeded(11);
//! assert!(check_gradient(&model, &data)?.passes());
//! let before = model.loss(&data);
//! Trainer::new(Adam::new(0.05)).epochs(200).fit(&mut model, &data)?;
//! assert!(model.loss(&data) < before && model.log_noise() < -0.5);
//! # Ok(())
//! # }
//! ```
