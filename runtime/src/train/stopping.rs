//! Ends of a run that come from outside: a time limit, or a flag that somebody else sets.

use core::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::history::StopReason;

/// What is looked at after every step.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stopping<'t> {
    pub limit: Option<Duration>,
    pub flag: Option<&'t AtomicBool>,
}

/// The same in a run that has begun.
#[derive(Clone, Copy, Debug)]
pub struct StopWatch<'t> {
    stopping: Stopping<'t>,
    start: Instant,
}

impl<'t> Stopping<'t> {
    /// Begins to measure the time.
    pub fn start(self) -> StopWatch<'t> {
        StopWatch { stopping: self, start: Instant::now() }
    }
}

impl StopWatch<'_> {
    /// Why the run is to end now, if it is. Costs nothing where nothing is set.
    pub fn reason(&self) -> Option<StopReason> {
        let Stopping { limit, flag } = self.stopping;
        if flag.is_some_and(|flag| flag.load(Ordering::Relaxed)) {
            return Some(StopReason::Asked);
        }
        let limit = limit.filter(|&limit| self.start.elapsed() >= limit)?;
        Some(StopReason::TimeLimit { limit })
    }
}
