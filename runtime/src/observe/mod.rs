//! Observers that show a training run: each behind a feature of its own.
//!
//! | feature | | |
//! |---|---|---|
//! | `progress` | `Progress` | a bar on the terminal, with loss, validation, examples per second and time left |
//! | `tensorboard` | `TensorBoard` | event files that TensorBoard opens |
//! | `tracing` | `Tracing` | events for whoever subscribes |
//! | `plot` | `Curves` | loss curves and metrics as an SVG file; [`History`](crate::train::History) and [`ConfusionMatrix`](crate::metrics::ConfusionMatrix) draw themselves too |
//!
//! [`Observer`](crate::train::Observer) is how to write another.

mod error;

#[cfg(feature = "plot")]
mod curves;
#[cfg(feature = "tracing")]
mod events;
#[cfg(feature = "plot")]
mod matrix;
#[cfg(feature = "progress")]
mod progress;
#[cfg(feature = "tensorboard")]
mod tensorboard;

pub use self::error::ObserveError;

#[cfg(feature = "plot")]
pub use self::curves::Curves;
#[cfg(feature = "tracing")]
pub use self::events::Tracing;
#[cfg(feature = "progress")]
pub use self::progress::Progress;
#[cfg(feature = "tensorboard")]
pub use self::tensorboard::TensorBoard;
