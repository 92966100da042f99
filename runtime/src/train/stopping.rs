//! Ends of a run that come from outside: a time limit, or a flag that somebody else sets.

use core::sync::atomic::{AtomicBool, Ordering};
#[cfg(feature = "std")]
use std::time::{Duration, Instant};

use super::history::StopReason;

/// What is looked at after every step.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stopping<'t> {
    pub flag: Option<&'t AtomicBool>,
    #[cfg(feature = "std")]
    pub limit: Option<Duration>,
}

/// The same in a run that has begun.
#[derive(Clone, Copy, Debug)]
pub struct StopWatch<'t> {
    stopping: Stopping<'t>,
    #[cfg(feature = "std")]
    start: Instant,
}

impl<'t> Stopping<'t> {
    /// Begins to measure the time.
    pub fn start(self) -> StopWatch<'t> {
        StopWatch {
            stopping: self,
            #[cfg(feature = "std")]
            start: Instant::now(),
        }
    }
}

impl StopWatch<'_> {
    /// Why the run is to end now, if it is. No clock is read where there is no limit.
    pub fn reason(&self) -> Option<StopReason> {
        if self.stopping.flag.is_some_and(|flag| flag.load(Ordering::Relaxed)) {
            return Some(StopReason::Asked);
        }
        self.is_late().then_some(StopReason::TimeLimit)
    }

    #[cfg(feature = "std")]
    fn is_late(&self) -> bool {
        self.stopping.limit.is_some_and(|limit| self.start.elapsed() >= limit)
    }

    #[cfg(not(feature = "std"))]
    #[expect(clippy::unused_self, reason = "there is no clock")]
    fn is_late(&self) -> bool {
        false
    }
}
