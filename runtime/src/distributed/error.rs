//! What goes wrong between the members of a group.

use core::fmt::{self, Display, Formatter};

#[cfg(feature = "std")]
use crate::error::Error;

/// Why a distributed run cannot begin or go on. Ranks and positions are counted from 0, epochs from 1.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DistributedError {
    /// MPI runs in this process already, or has run in it and ended: it can begin only once.
    InitializedBefore,
    /// The MPI library does not allow a process with several threads.
    SingleThreaded,
    /// The members were given different things.
    Differs {
        /// What is not the same.
        what: &'static str,
        /// The epoch after which it was found; none before the first.
        epoch: Option<usize>,
    },
    /// Another member met an error, which it has told its own caller.
    OtherFailed {
        /// The rank, if it was one.
        rank: Option<usize>,
    },
    /// Another member has ended without a word.
    OtherLeft {
        /// The rank.
        rank: usize,
    },
}

/// Numbers of different kinds, or not as many, that were to be added.
#[cfg(feature = "std")]
pub(super) const MESSAGES_DIFFER: Error = Error::Distributed(DistributedError::Differs {
    what: "the kinds or lengths of messages",
    epoch: None,
});

impl Display for DistributedError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            DistributedError::InitializedBefore => {
                f.write_str("MPI was initialized in this process before, expected the first time")
            }
            DistributedError::SingleThreaded => f.write_str(
                "the MPI library allows one thread a process, expected one that lets others run beside the one that calls it",
            ),
            DistributedError::Differs { what, epoch: None } => {
                write!(f, "{what} differ between the ranks, expected the same on all of them")
            }
            DistributedError::Differs { what, epoch: Some(epoch) } => write!(
                f,
                "{what} differ between the ranks after epoch {epoch}, expected the same bits on all of them; \
                 processors with other instructions round differently"
            ),
            DistributedError::OtherFailed { rank: Some(rank) } => {
                write!(f, "rank {rank} failed, and training ends on all ranks; its own error says why")
            }
            DistributedError::OtherFailed { rank: None } => {
                f.write_str("several ranks failed, and training ends on all; their own errors say why")
            }
            DistributedError::OtherLeft { rank } => {
                write!(f, "rank {rank} ended before the others, expected it to take part in a sum")
            }
        }
    }
}
