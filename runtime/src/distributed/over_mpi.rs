//! A group whose members are the processes of an MPI job.

use std::fmt::{self, Debug, Display, Formatter};

use mpi::Threading;
use mpi::collective::SystemOperation;
use mpi::datatype::Equivalence;
use mpi::environment::Universe;
use mpi::topology::{Communicator, SimpleCommunicator};
use mpi::traits::{CommunicatorCollectives, Root};

use crate::error::Error;
use crate::kernel::numbers::{Numbers, NumbersMut};

use super::error::MESSAGES_DIFFER;
use super::{DistributedError, Group};

/// MPI counts the numbers of a message in 31 bits.
const MOST_NUMBERS: usize = 1 << 30;

/// The member that a process of an MPI job is; a process that was not started by `mpirun` is a group of its own.
///
/// MPI ends when this is dropped, and with it the process can be in no other group. Where a thread panics while it has this, the whole job
/// is aborted, since the others would wait for it for ever. Errors of the network itself are MPI's: unless told otherwise it prints them and
/// aborts the job. If the library of MPI cannot be found when the program starts, it is the system's loader that says so.
///
/// Building needs the headers of an MPI library (Open MPI, MPICH, ...) and libclang: on Debian and Ubuntu
/// `apt-get install libopenmpi-dev openmpi-bin libclang-dev`.
///
/// # Examples
/// ```no_run
/// use chainrule::distributed::Mpi;
/// use chainrule::prelude::*;
///
/// #[model(loss = mean_squared_error)]
/// fn line(x: Input, slope: Param, offset: Param) -> Output {
///     slope * x + offset
/// }
///
/// # fn load() -> Result<(Vec<f32>, Vec<f32>), chainrule::Error> { Ok((vec![], vec![])) }
/// # fn main() -> Result<(), chainrule::Error> {
/// Mpi::run(|group| {
///     let (x, y) = load()?;
///     let mut model = Line::seeded(7);
///     let trainer = Trainer::new(Adam::new(0.1)).batch_size(256).distributed(group);
///     let history = trainer.fit(&mut model, &Line::batch(&x, &y)?)?;
///     println!("{history}");
///     Ok::<_, chainrule::Error>(())
/// })
/// # }
/// ```
/// ```console
/// $ mpirun -n 2 target/release/line
/// ```
pub struct Mpi<C: Communicator = SimpleCommunicator> {
    communicator: C,
    /// What ends MPI when it is dropped, where this has begun it.
    _universe: Option<Universe>,
}

impl Mpi {
    /// Runs the job of one process. Where that is an `Err` in any, prints it and aborts the whole job: the others would wait for that
    /// process for ever.
    ///
    /// # Errors
    /// As [`initialize`](Self::initialize).
    pub fn run<E: Display>(job: impl FnOnce(&Self) -> Result<(), E>) -> Result<(), Error> {
        let group = Self::initialize()?;
        let Err(error) = job(&group) else { return Ok(()) };
        // As one piece, between whose parts no other process can speak.
        let last_words = format!("rank {} failed: {error}\n", group.rank());
        eprint!("{last_words}");
        group.communicator.abort(1)
    }

    /// Begins MPI: all processes of the job are the group. A process that leaves before the others, because of an `Err` that they do not
    /// have, lets them wait for ever; [`run`](Self::run) ends them, and [`agree`](super::agree) tells them.
    ///
    /// Other threads may run beside the one that calls this, such as those of the feature `rayon`; they do not call MPI.
    ///
    /// # Errors
    /// [`DistributedError::InitializedBefore`], or [`DistributedError::SingleThreaded`].
    pub fn initialize() -> Result<Self, Error> {
        let error = |error| Err(Error::Distributed(error));
        let Some((universe, threading)) = mpi::initialize_with_threading(Threading::Funneled)
        else {
            return error(DistributedError::InitializedBefore);
        };
        if threading < Threading::Funneled {
            return error(DistributedError::SingleThreaded);
        }
        Ok(Mpi { communicator: universe.world(), _universe: Some(universe) })
    }
}

impl<C: Communicator> Mpi<C> {
    /// The processes of a communicator of a program that has begun MPI itself, with the crate `mpi` 0.8.
    pub fn over(communicator: C) -> Self {
        Mpi { communicator, _universe: None }
    }

    /// The communicator, for messages of one's own.
    pub fn communicator(&self) -> &C {
        &self.communicator
    }

    fn sum<T: Equivalence>(&self, own: &[T], total: &mut [T]) {
        for (own, total) in own.chunks(MOST_NUMBERS).zip(total.chunks_mut(MOST_NUMBERS)) {
            self.communicator.all_reduce_into(own, total, SystemOperation::sum());
        }
    }

    fn send_from_first<T: Equivalence>(&self, numbers: &mut [T]) {
        let first = self.communicator.process_at_rank(0);
        for numbers in numbers.chunks_mut(MOST_NUMBERS) {
            first.broadcast_into(numbers);
        }
    }
}

impl<C: Communicator> Group for Mpi<C> {
    fn rank(&self) -> usize {
        self.communicator.rank() as usize
    }

    fn size(&self) -> usize {
        self.communicator.size() as usize
    }

    fn sum_into(&self, own: Numbers<'_>, total: NumbersMut<'_>) -> Result<(), Error> {
        match (own, total) {
            (Numbers::F32(own), NumbersMut::F32(total)) if own.len() == total.len() => {
                self.sum(own, total);
            }
            (Numbers::F64(own), NumbersMut::F64(total)) if own.len() == total.len() => {
                self.sum(own, total);
            }
            _ => return Err(MESSAGES_DIFFER),
        }
        Ok(())
    }

    fn broadcast(&self, numbers: NumbersMut<'_>) -> Result<(), Error> {
        match numbers {
            NumbersMut::F32(numbers) => self.send_from_first(numbers),
            NumbersMut::F64(numbers) => self.send_from_first(numbers),
        }
        Ok(())
    }
}

impl<C: Communicator> Drop for Mpi<C> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("rank {} panicked; the job is aborted", self.communicator.rank());
            self.communicator.abort(1);
        }
    }
}

impl<C: Communicator> Debug for Mpi<C> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mpi")
            .field("rank", &self.rank())
            .field("size", &self.size())
            .finish_non_exhaustive()
    }
}
