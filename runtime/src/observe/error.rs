//! Why a run cannot be shown.

use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// Why a run cannot be shown.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ObserveError {
    /// A file or folder cannot be written.
    File {
        /// Its path.
        path: PathBuf,
        /// What kind of error the system gives.
        kind: io::ErrorKind,
        /// What the system says.
        message: String,
    },
    /// A picture cannot be drawn.
    Drawing {
        /// Why.
        reason: String,
    },
}

impl ObserveError {
    /// What the system says about a file.
    #[cfg(any(feature = "plot", feature = "tensorboard"))]
    pub(crate) fn file(path: &Path, error: &io::Error) -> Error {
        let (path, kind, message) = (path.to_owned(), error.kind(), error.to_string());
        Error::Observe(ObserveError::File { path, kind, message })
    }
}

impl Display for ObserveError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, message, .. } => {
                write!(f, "`{}` cannot be written: {message}", path.display())
            }
            Self::Drawing { reason } => write!(f, "the picture cannot be drawn: {reason}"),
        }
    }
}

impl std::error::Error for ObserveError {}
