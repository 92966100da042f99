//! 1. A line: what differs from example to example, what is trained, and what comes out.
//!
//! The types of the signature say what each value is to the model. [`Input`](crate::axes::Input) differs from example to example,
//! [`Param`](crate::axes::Param) is trained, [`Output`](crate::axes::Output) is the prediction. The attribute names the loss. The body is
//! written for one example; the batch is added by the compiler.
//!
//! ```
//! use chainrule::prelude::*;
//!
//! #[model(loss = squared_error)]
//! fn line(x: Input, slope: Param, offset: Param) -> Output {
//!     slope * x + offset
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let (x, y) = ([0.0, 1.0, 2.0, 3.0], [1.1, 2.9, 5.0, 7.1]);
//! let batch = Line::batch(&x, &y)?;
//! let mut model = Line::zeros();
//! let (loss, gradient) = model.loss_and_gradient(&batch);
//! println!("{loss}, downhill along {:?}", (gradient.slope(), gradient.offset()));
//!
//! Trainer::new(Adam::new(0.1)).epochs(500).fit(&mut model, &batch)?;
//! assert!((model.slope() - 2.01).abs() < 0.02 && (model.offset() - 1.01).abs() < 0.05);
//! println!("{}", model.predict(&[10.0])?[0]);
//! // The derivation, equation by equation.
//! println!("{}", Line::equations());
//! # Ok(())
//! # }
//! ```
