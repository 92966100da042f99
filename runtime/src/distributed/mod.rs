//! Several processes, on one machine or many, that train one model.
//!
//! Every member of a [`Group`] runs the same program: the same model from the same seed, the same settings, the same batch.
//! [`Trainer::distributed`](crate::train::Trainer::distributed) lets them share the work. Of each mini-batch a member goes over its own part
//! of the rows; then the gradients of all parts are added, and each member takes the same step of the optimizer, so that θ is the same
//! everywhere without being sent. With the feature `mpi`, members are processes of an MPI job (`Mpi`); [`InProcess`] has them as threads, to
//! try and test.
//!
//! # What is sent
//!
//! One message a step: the flat gradient, weighted by rows, with the loss and a few numbers for what else all must know at once: that a
//! member wants to stop, or has failed. After an epoch, one of a dozen numbers makes sure that θ has the same bits everywhere. Losses of
//! validation rows, and those that early stopping needs, are one number each.
//!
//! # What is the same
//!
//! - **θ has the same bits on all members**, after every step; if it has not after an epoch, because processors with other instructions
//!   round differently, training ends with an `Err` that says so.
//! - **The same number of members gives the same bits again**, as long as the group adds in the same order again: [`InProcess`] does,
//!   and the MPI standard asks it of libraries for the same job on the same machines.
//! - **One member gives the bits of no group at all.**
//! - **Another number of members gives the same result up to rounding.** The mini-batches are the same rows in the same order, and each
//!   example draws the same random numbers, wherever it is; but `(a + b) + (c + d)` is rounded otherwise than `((a + b) + c) + d`. So a loss
//!   agrees to some units in the last place in the first step, and later as far as training does not magnify such differences. Making them
//!   vanish would take a fixed tree of sums over fixed small parts of every mini-batch, which costs one process as many sums as there are
//!   parts, and each message as many more numbers; it is not done.
//!
//! # When something goes wrong
//!
//! - The members were given different settings, models or numbers of rows: [`DistributedError::Differs`] on all of them, before the first step.
//! - A loss, gradient or parameter is no longer finite: as it is a sum over all members, all find the same
//!   [`Error::Diverged`] at the same step.
//! - An observer of member 0 fails: it gets that error, the others [`DistributedError::OtherFailed`], at the next message.
//! - A member dies: MPI ends the job, with a message that names it. The last checkpoint is whole, and a job started again goes on from it to
//!   the bits that it would have had; with another number of members, to those up to rounding.
//!
//! What fails on one member outside of training, such as reading a file, would let the others wait for it for ever: `Mpi::run` ends the job
//! then, and [`agree`] makes it an `Err` on all members.
//!
//! # What it is worth
//!
//! [`cost`] predicts what a step takes on many machines, and says where it pays; `examples/distributed.rs` measures it.
//!
//! # Who does the rest
//!
//! Observers run on member 0 only, and it alone writes checkpoints. To go on from one, all members read it, so that they must see the same
//! folder. All members have the history and the model.

pub mod cost;
mod error;
mod exchange;
mod fingerprint;
#[cfg(feature = "std")]
mod in_process;
mod news;
#[cfg(feature = "mpi")]
mod over_mpi;

use crate::error::Error;
use crate::kernel::real::Real;

pub(crate) use self::exchange::{Answer, Exchange, Part};
pub(crate) use self::fingerprint::Fingerprint;

pub use self::error::DistributedError;
#[cfg(feature = "std")]
pub use self::in_process::InProcess;
#[cfg(feature = "mpi")]
pub use self::over_mpi::Mpi;
pub use crate::kernel::numbers::{Numbers, NumbersMut};

/// Members that can add numbers together: the only thing that distributed training asks of a network.
///
/// All members call the same methods in the same order; each waits for the others where it has to.
pub trait Group {
    /// Which member this is, from 0.
    fn rank(&self) -> usize;

    /// How many members there are.
    fn size(&self) -> usize;

    /// Sets `total` to the sums, element by element, of what all members give as `own`: the same bits on all of them.
    ///
    /// # Errors
    /// If another member can no longer be reached.
    fn sum_into(&self, own: Numbers<'_>, total: NumbersMut<'_>) -> Result<(), Error>;

    /// Replaces `numbers` by those of member 0.
    ///
    /// # Errors
    /// If another member can no longer be reached.
    fn broadcast(&self, numbers: NumbersMut<'_>) -> Result<(), Error>;
}

/// What every member has got, or an `Err` on all of them if any has none: the own one, or that another has failed.
///
/// For what may fail on one member before training, such as reading a file: without it, the others would wait in their first sum.
///
/// # Errors
/// The own one, or [`DistributedError::OtherFailed`].
pub fn agree<V>(group: &dyn Group, result: Result<V, Error>) -> Result<V, Error> {
    Exchange::<f64>::new(Some(group), 0).agree(None, error_of(&result), || [])?;
    result
}

/// What went wrong, if anything did.
fn error_of<V>(result: &Result<V, Error>) -> Result<(), Error> {
    result.as_ref().map(|_| ()).map_err(Error::clone)
}

/// Gives all members the numbers of member 0, such as parameters that it alone has read.
///
/// # Errors
/// If another member can no longer be reached.
pub fn broadcast<T: Real>(group: &dyn Group, numbers: &mut [T]) -> Result<(), Error> {
    group.broadcast(T::numbers_mut(numbers))
}

#[cfg(test)]
mod tests;
