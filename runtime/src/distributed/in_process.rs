//! A group whose members are threads of one process.

use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::error::Error;
use crate::kernel::numbers::{Numbers, NumbersMut};
use crate::kernel::real::Real;

use super::error::MESSAGES_DIFFER;
use super::{DistributedError, Group};

/// A member of a group whose members are threads of one process: to try and test what is to run on several machines.
///
/// Sums are added in the order of ranks. A member that is dropped leaves the group: the others get an `Err` where they wait for it.
///
/// To go faster on one machine, use the feature `rayon` instead, whose threads share one model.
///
/// # Examples
/// ```
/// use chainrule::distributed::InProcess;
/// use chainrule::prelude::*;
///
/// #[model(loss = squared_error, scalar = f64)]
/// fn line(x: Input, slope: Param, offset: Param) -> Output {
///     slope * x + offset
/// }
///
/// let (x, y) = ([0.0, 1.0, 2.0, 3.0], [1.0, 3.0, 5.0, 7.0]);
/// let train = |member: InProcess| {
///     let mut model = Line::seeded(1);
///     let trainer = Trainer::new(Adam::new(0.1)).batch_size(2).distributed(&member);
///     trainer.fit(&mut model, &Line::batch(&x, &y)?)?;
///     Ok::<_, chainrule::Error>(model.parameters().to_vec())
/// };
/// let thetas = std::thread::scope(|scope| {
///     let members = InProcess::group(2).into_iter();
///     let threads: Vec<_> = members.map(|member| scope.spawn(|| train(member))).collect();
///     threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Result<Vec<_>, _>>()
/// });
/// let thetas = thetas.unwrap();
/// assert_eq!(thetas[0], thetas[1]);
/// ```
pub struct InProcess {
    rank: usize,
    size: usize,
    meeting: Arc<Meeting>,
}

/// Where members wait for each other.
struct Meeting {
    state: Mutex<State>,
    changed: Condvar,
}

/// Who is here, and what the last round gave.
struct State {
    given: Vec<Option<Owned>>,
    round: u64,
    result: Arc<Result<Owned, Error>>,
    left: Option<usize>,
}

/// Numbers of one member.
#[derive(Clone)]
enum Owned {
    F32(Vec<f32>),
    F64(Vec<f64>),
}

impl InProcess {
    /// The members of a group of this size, by rank, each to be used by one thread.
    pub fn group(size: usize) -> Vec<InProcess> {
        let state = State {
            given: (0..size).map(|_| None).collect(),
            round: 0,
            result: Arc::new(Ok(Owned::F32(Vec::new()))),
            left: None,
        };
        let meeting = Arc::new(Meeting { state: Mutex::new(state), changed: Condvar::new() });
        (0..size).map(|rank| InProcess { rank, size, meeting: Arc::clone(&meeting) }).collect()
    }

    /// Gives numbers, waits for those of all, and returns what `combine` makes of them.
    fn meet(
        &self,
        own: Owned,
        combine: fn(Vec<Owned>) -> Result<Owned, Error>,
    ) -> Result<Arc<Result<Owned, Error>>, Error> {
        let mut state = self.lock();
        let round = state.round;
        state.given[self.rank] = Some(own);
        if state.given.iter().all(Option::is_some) {
            let given = state.given.iter_mut().filter_map(Option::take).collect();
            state.result = Arc::new(combine(given));
            state.round += 1;
            self.meeting.changed.notify_all();
        }
        while state.round == round {
            if let Some(rank) = state.left {
                return Err(Error::Distributed(DistributedError::OtherLeft { rank }));
            }
            state = self.meeting.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        Ok(Arc::clone(&state.result))
    }

    /// Nothing panics while it holds the lock with the state half changed.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.meeting.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Group for InProcess {
    fn rank(&self) -> usize {
        self.rank
    }

    fn size(&self) -> usize {
        self.size
    }

    fn sum_into(&self, own: Numbers<'_>, total: NumbersMut<'_>) -> Result<(), Error> {
        let sums = self.meet(Owned::of(own), |given| {
            let mut given = given.into_iter();
            let first = given.next().unwrap_or(Owned::F32(Vec::new()));
            given.try_fold(first, Owned::plus)
        })?;
        sums.as_ref().as_ref().map_err(Clone::clone)?.write(total)
    }

    fn broadcast(&self, mut numbers: NumbersMut<'_>) -> Result<(), Error> {
        let own = Owned::of(numbers.reborrow().into());
        let first = self.meet(own, |mut given| Ok(given.swap_remove(0)))?;
        first.as_ref().as_ref().map_err(Clone::clone)?.write(numbers)
    }
}

impl Drop for InProcess {
    fn drop(&mut self) {
        self.lock().left.get_or_insert(self.rank);
        self.meeting.changed.notify_all();
    }
}

impl Debug for InProcess {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcess")
            .field("rank", &self.rank)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

impl Owned {
    fn of(numbers: Numbers<'_>) -> Self {
        match numbers {
            Numbers::F32(numbers) => Owned::F32(numbers.to_vec()),
            Numbers::F64(numbers) => Owned::F64(numbers.to_vec()),
        }
    }

    fn plus(self, other: Self) -> Result<Self, Error> {
        match (self, other) {
            (Owned::F32(a), Owned::F32(b)) => plus(a, &b).map(Owned::F32),
            (Owned::F64(a), Owned::F64(b)) => plus(a, &b).map(Owned::F64),
            _ => Err(MESSAGES_DIFFER),
        }
    }

    fn write(&self, numbers: NumbersMut<'_>) -> Result<(), Error> {
        match (self, numbers) {
            (Owned::F32(own), NumbersMut::F32(to)) if own.len() == to.len() => {
                to.copy_from_slice(own);
            }
            (Owned::F64(own), NumbersMut::F64(to)) if own.len() == to.len() => {
                to.copy_from_slice(own);
            }
            _ => return Err(MESSAGES_DIFFER),
        }
        Ok(())
    }
}

fn plus<T: Real>(mut a: Vec<T>, b: &[T]) -> Result<Vec<T>, Error> {
    if a.len() != b.len() {
        return Err(MESSAGES_DIFFER);
    }
    a.iter_mut().zip(b).for_each(|(a, b)| *a += *b);
    Ok(a)
}
