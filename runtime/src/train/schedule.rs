//! Learning rates that change while training runs.

use alloc::borrow::ToOwned;
use core::f64::consts::PI;

use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::float::{Double, Float};
use crate::optimizer::{require_not_negative, require_positive};

/// The factor of the learning rate as a function of time, measured in epochs.
///
/// # Examples
/// Five epochs of warm-up, then a cosine down to a hundredth:
/// ```
/// use chainrule::train::Schedule;
///
/// let schedule = Schedule::cosine(0.01).warm_up(5);
/// assert_eq!(schedule.factor(2.5, 105.0), 0.5);
/// assert_eq!(schedule.factor(5.0, 105.0), 1.0);
/// assert!((schedule.factor(105.0, 105.0) - 0.01).abs() < 1e-15);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    warm_up: usize,
    course: Course,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Course {
    Constant,
    Step { every: usize, factor: f64 },
    Cosine { floor: f64 },
}

impl Schedule {
    /// Always 1.
    pub fn constant() -> Self {
        Schedule { warm_up: 0, course: Course::Constant }
    }

    /// Multiplied by `factor` after `every` so many epochs: `factor^⌊t / every⌋`.
    pub fn step(every: usize, factor: f64) -> Self {
        Schedule { warm_up: 0, course: Course::Step { every, factor } }
    }

    /// Half a cosine from 1 to `floor` at the last epoch: `floor + (1 − floor)·(1 + cos(π·t / T)) / 2`.
    ///
    /// # References
    /// Loshchilov & Hutter (2017), *SGDR: Stochastic Gradient Descent with Warm Restarts*, eq. 5.
    pub fn cosine(floor: f64) -> Self {
        Schedule { warm_up: 0, course: Course::Cosine { floor } }
    }

    /// Lets the factor rise linearly from 0 to 1 over the first `epochs`; the rest of the schedule starts when they are over.
    pub fn warm_up(self, epochs: usize) -> Self {
        Schedule { warm_up: epochs, ..self }
    }

    /// The factor at the time `epoch`, in a training of `epochs`.
    ///
    /// The trainer asks at the middle of each step: at `epoch + (step + ½) / steps`.
    pub fn factor(&self, epoch: f64, epochs: f64) -> f64 {
        let warm_up = self.warm_up as f64;
        if epoch < warm_up {
            return epoch / warm_up;
        }
        let time = epoch - warm_up;
        match self.course {
            Course::Constant => 1.0,
            Course::Step { every, factor } => factor.powf((time / every as f64).floor()),
            Course::Cosine { floor } => {
                let share = (time / (epochs - warm_up).max(f64::MIN_POSITIVE)).min(1.0);
                floor + (1.0 - floor) * f64::midpoint(1.0, (PI * share).cos())
            }
        }
    }

    /// Whether the factor at a time depends on the number of epochs.
    #[cfg(feature = "checkpoint")]
    pub(super) fn depends_on_epochs(&self) -> bool {
        matches!(self.course, Course::Cosine { .. })
    }

    /// Whether all settings are in their range.
    pub(super) fn check(&self) -> Result<(), Error> {
        match self.course {
            Course::Constant => Ok(()),
            Course::Step { every: 0, .. } => Err(Error::Setting {
                name: "schedule step",
                requirement: "at least 1 epoch",
                found: "0".to_owned(),
            }),
            Course::Step { factor, .. } => require_positive("schedule factor", factor),
            Course::Cosine { floor } => require_not_negative("schedule floor", floor),
        }
    }
}

#[cfg(test)]
mod tests;
