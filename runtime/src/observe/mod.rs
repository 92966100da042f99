//! Observers that show a training run: each behind a feature of its own.
//!
//! | feature | | |
//! |---|---|---|
//! | `tensorboard` | `TensorBoard` | event files that TensorBoard opens |
//!
//! [`Observer`](crate::train::Observer) is how to write another.

mod error;
mod tensorboard;

pub use self::error::ObserveError;
pub use self::tensorboard::TensorBoard;
