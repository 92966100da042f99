//! What is wrong with a file of weights or of training.

use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::{Path, PathBuf};

use crate::optimizer::StateError;

/// A file or folder, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeepError {
    /// The file or folder.
    pub path: PathBuf,
    /// What is wrong.
    pub problem: Problem,
}

/// What is wrong with a file or folder.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// The operating system says no.
    System {
        /// What was to be done, as in "write".
        action: &'static str,
        /// The kind of error.
        kind: io::ErrorKind,
        /// What the system says.
        text: String,
    },
    /// It is no safetensors file, or not all of one.
    Format {
        /// What the reader of such files says.
        text: String,
    },
    /// It is not what was written.
    Checksum {
        /// The CRC-32 that was written.
        expected: String,
        /// That of the content.
        found: String,
    },
    /// It is of another version of the format.
    Version {
        /// The version that is read.
        expected: String,
        /// Its version.
        found: String,
    },
    /// It holds no state of training.
    NoTraining,
    /// The model it was written for is defined otherwise.
    Definition {
        /// The hash of the model's definition.
        expected: u64,
        /// The hash in the file.
        found: u64,
    },
    /// A tensor is not there.
    Missing {
        /// The tensor.
        tensor: String,
        /// Those that are.
        found: Vec<String>,
    },
    /// There is a tensor that is no parameter.
    Unexpected {
        /// The tensor.
        tensor: String,
        /// The tensors of all parameters.
        expected: Vec<String>,
    },
    /// A tensor has the wrong shape.
    Shape {
        /// The tensor.
        tensor: String,
        /// The extents it must have.
        expected: Vec<usize>,
        /// The extents it has.
        found: Vec<usize>,
    },
    /// A tensor has numbers of the wrong type.
    Type {
        /// The tensor.
        tensor: String,
        /// The type, or types, they must have.
        expected: &'static str,
        /// The type they have.
        found: String,
    },
    /// A number is outside the range of the model's scalar type.
    Range {
        /// The tensor.
        tensor: String,
        /// The position, row-major.
        position: usize,
        /// The number.
        value: f64,
    },
    /// A tensor of the training state does not fit the others, the rows or the parameters.
    State {
        /// The tensor.
        tensor: String,
        /// What it must be.
        requirement: String,
    },
    /// The run was made with another setting.
    Setting {
        /// The setting.
        name: String,
        /// Its value now.
        expected: String,
        /// Its value in the file.
        found: String,
    },
    /// The optimizer does not take its state.
    Optimizer(StateError),
    /// The folder has checkpoints of an earlier run, and it was not said to go on from them.
    Occupied {
        /// One of them.
        file: String,
    },
}

impl KeepError {
    /// Whether the file is not what was written to it, whoever reads it.
    pub(crate) fn is_damage(&self) -> bool {
        matches!(
            self.problem,
            Problem::Format { .. } | Problem::Checksum { .. } | Problem::NoTraining
        )
    }

    /// What is wrong with this file or folder.
    pub(crate) fn new(path: &Path, problem: Problem) -> Self {
        KeepError { path: path.to_owned(), problem }
    }
}

impl Problem {
    /// What the system said to an action.
    pub(crate) fn system(action: &'static str, error: &io::Error) -> Self {
        Problem::System { action, kind: error.kind(), text: error.to_string() }
    }
}

impl Display for KeepError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.problem {
            Problem::System { action, text, .. } => write!(f, "cannot {action} `{path}`: {text}"),
            problem => write!(f, "`{path}`: {problem}"),
        }
    }
}

impl Display for Problem {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Problem::System { action, text, .. } => write!(f, "cannot {action}: {text}"),
            Problem::Format { text } => {
                write!(f, "{text}; expected a whole safetensors file")
            }
            Problem::Checksum { expected, found } => write!(
                f,
                "the content has the CRC-32 {found}, expected {expected}: the file is damaged"
            ),
            Problem::Version { expected, found } => {
                write!(f, "the version of the format is {found}, expected {expected}")
            }
            Problem::NoTraining => {
                write!(f, "no state of training is in it, expected a checkpoint")
            }
            Problem::Definition { expected, found } => write!(
                f,
                "it was written for a model whose definition has the hash {found:016x}, expected {expected:016x}"
            ),
            Problem::Missing { tensor, found } => {
                write!(f, "there is no tensor `{tensor}`, only {}", Names(found))
            }
            Problem::Unexpected { tensor, expected } => {
                write!(
                    f,
                    "the tensor `{tensor}` is no parameter, expected only {}",
                    Names(expected)
                )
            }
            Problem::Shape { tensor, expected, found } => {
                write!(f, "the tensor `{tensor}` has the shape {found:?}, expected {expected:?}")
            }
            Problem::Type { tensor, expected, found } => {
                write!(f, "the tensor `{tensor}` has numbers of type {found}, expected {expected}")
            }
            Problem::Range { tensor, position, value } => write!(
                f,
                "the tensor `{tensor}` has {value:e} at position {position}, expected a number in the range of the model's scalar type"
            ),
            Problem::State { tensor, requirement } => {
                write!(f, "the tensor `{tensor}` does not fit, expected {requirement}")
            }
            Problem::Setting { name, expected, found } => {
                write!(f, "`{name}` is {expected}, but the checkpoint was made with {found}")
            }
            Problem::Optimizer(error) => error.fmt(f),
            Problem::Occupied { file } => write!(
                f,
                "`{file}` is a checkpoint of an earlier run, expected `resume()` or a folder without checkpoints"
            ),
        }
    }
}

/// The names of tensors, not all of very many.
struct Names<'a>(&'a [String]);

impl Display for Names<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 12;
        if self.0.is_empty() {
            return write!(f, "none");
        }
        let shown: Vec<String> =
            self.0.iter().take(SHOWN).map(|name| format!("`{name}`")).collect();
        write!(f, "{}", shown.join(", "))?;
        match self.0.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            others => write!(f, " and {others} others"),
        }
    }
}
