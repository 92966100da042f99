//! 9. A simulation inside: what was the damping?
//!
//! The body solves an equation of motion step by step and collects where the pendulum is after each: a loop whose body ends with a value
//! gives one value a step, along a new first axis. The gradient goes through all of it.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! #[model(loss = mean_squared_error, scalar = f64)]
//! fn pendulum(start: Input, #[init(constant(1.0))] rate: Param, #[init(constant(0.5))] damping: Param) -> Output<20> {
//!     let mut angle = start;
//!     let mut speed = 0.0;
//!     let path = for _step in 0..20 {
//!         speed += 0.1 * (-rate * sin(angle) - damping * speed);
//!         angle += 0.1 * speed;
//!         angle
//!     };
//!     path
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let start = [0.5, 1.0];
//! let truth = Pendulum::from_parameters(vec![2.0, 0.2])?;
//! let seen = truth.predict(&start)?;
//! let batch = Pendulum::batch(&start, &seen)?;
//! let mut model = Pendulum::seeded(9);
//! Trainer::new(Adam::new(0.02)).epochs(600).fit(&mut model, &batch)?;
//! assert!((model.rate() - 2.0).abs() < 0.05 && (model.damping() - 0.2).abs() < 0.05);
//! # Ok(())
//! # }
//! ```
