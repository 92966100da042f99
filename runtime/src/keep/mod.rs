//! Keeping what was learnt: weights in files that Python reads too.
//!
//! A file of weights is a [safetensors](https://github.com/huggingface/safetensors) file: each parameter under its name, with its shape and
//! the model's scalar type. Python's `safetensors` and with it `PyTorch` read it as it is; [`Mapping`] reads and writes the names and the
//! transposed matrices of theirs.
//!
//! The file's metadata has, under the key `chainrule`, the version of this crate, a hash of the model's definition
//! ([`Model::DEFINITION_HASH`]) and a checksum of the content. A file for another model or with a changed bit is refused, and the model
//! keeps its parameters. Files that others wrote have no such metadata; their names, shapes and types are checked.
//!
//! Files are written whole or not at all: to another name in the same folder first, which is written to the disk and then renamed.
//!
//! # Examples
//! ```
//! use chainrule::keep::{load_weights, save_weights};
//! use chainrule::prelude::*;
//!
//! #[model(loss = mean_squared_error)]
//! fn line(x: Input, slope: Param, offset: Param) -> Output {
//!     slope * x + offset
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! # let folder = std::env::temp_dir();
//! let path = folder.join(format!("line_{}.safetensors", std::process::id()));
//! let model = Line::seeded(7);
//! save_weights(&model, &path)?;
//! let mut other = Line::zeros();
//! load_weights(&mut other, &path)?;
//! assert_eq!(other.slope(), model.slope());
//! # std::fs::remove_file(&path).expect("the file is there");
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "checkpoint")]
mod checkpoints;
mod content;
mod error;
mod file;
mod mapping;
mod numbers;
#[cfg(feature = "checkpoint")]
mod training;
mod weights;

#[cfg(test)]
mod scratch;

use std::path::Path;

use crate::error::Error;
use crate::model::Model;

#[cfg(feature = "checkpoint")]
pub use self::checkpoints::Checkpoints;
pub use self::error::{KeepError, Problem};
pub use self::mapping::Mapping;
#[cfg(feature = "checkpoint")]
pub(crate) use self::training::Training;

/// Writes the parameters of a model to a safetensors file, each under its name.
///
/// # Errors
/// [`Error::Keep`] if the file cannot be written; one that was there before stays as it was.
pub fn save_weights<M: Model>(model: &M, path: impl AsRef<Path>) -> Result<(), Error> {
    Mapping::new().save(model, path)
}

/// Gives a model the parameters of a file that [`save_weights`] wrote, or of one with the same names, shapes and type of numbers.
///
/// A checkpoint is such a file too.
///
/// # Errors
/// [`Error::Keep`] if the file cannot be read, is damaged, or is of another model; then the model keeps its parameters.
pub fn load_weights<M: Model>(model: &mut M, path: impl AsRef<Path>) -> Result<(), Error> {
    Mapping::new().load(model, path)
}

impl From<KeepError> for Error {
    fn from(error: KeepError) -> Self {
        Error::Keep(error)
    }
}
