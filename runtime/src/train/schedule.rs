//! Learning rates that change while training runs.

use alloc::borrow::ToOwned;
use core::f64::consts::PI;

use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::float::{Double, Float};
use crate::optimizer::{require_not_negative, require_positive, require_share};

use super::require_at_least_one;

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
    Linear { end: f64 },
    Exponential { factor: f64 },
    OneCycle { rise: f64, start: f64, end: f64 },
    WarmRestarts { period: usize, growth: usize, floor: f64 },
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

    /// A straight line from 1 to `end` at the last epoch: `1 + (end − 1)·t / T`.
    pub fn linear(end: f64) -> Self {
        Schedule { warm_up: 0, course: Course::Linear { end } }
    }

    /// Multiplied by `factor` in the course of each epoch: `factorᵗ`.
    pub fn exponential(factor: f64) -> Self {
        Schedule { warm_up: 0, course: Course::Exponential { factor } }
    }

    /// From `start` up to 1 in the share `rise` of the epochs, and down to `end` at the last one, each in half a cosine.
    ///
    /// `Schedule::one_cycle(0.3, 0.04, 4e-6)` is usual: give the optimizer the greatest learning rate that training bears.
    ///
    /// # References
    /// Smith & Topin (2018), *Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates*; with cosines, as in
    /// fastai and `PyTorch`.
    pub fn one_cycle(rise: f64, start: f64, end: f64) -> Self {
        Schedule { warm_up: 0, course: Course::OneCycle { rise, start, end } }
    }

    /// Half a cosine from 1 to `floor` in `period` epochs, then again from 1 in `growth` times as many, and so on.
    ///
    /// # References
    /// Loshchilov & Hutter (2017), *SGDR: Stochastic Gradient Descent with Warm Restarts*, where `period` is `T₀` and `growth` is `T_mult`.
    pub fn warm_restarts(period: usize, growth: usize, floor: f64) -> Self {
        Schedule { warm_up: 0, course: Course::WarmRestarts { period, growth, floor } }
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
        let share = (time / (epochs - warm_up).max(f64::MIN_POSITIVE)).min(1.0);
        match self.course {
            Course::Constant => 1.0,
            Course::Step { every, factor } => factor.powf((time / every as f64).floor()),
            Course::Cosine { floor } => half_cosine(1.0, floor, share),
            Course::Linear { end } => 1.0 + (end - 1.0) * share,
            Course::Exponential { factor } => factor.powf(time),
            Course::OneCycle { rise, start, .. } if share < rise => {
                half_cosine(start, 1.0, share / rise)
            }
            Course::OneCycle { rise, end, .. } => {
                half_cosine(1.0, end, (share - rise) / (1.0 - rise))
            }
            Course::WarmRestarts { period, growth, floor } => {
                half_cosine(1.0, floor, share_of_period(time, period as f64, growth as f64))
            }
        }
    }

    /// Whether the factor at a time depends on the number of epochs.
    #[cfg(feature = "checkpoint")]
    pub(crate) fn depends_on_epochs(&self) -> bool {
        match self.course {
            Course::Constant
            | Course::Step { .. }
            | Course::Exponential { .. }
            | Course::WarmRestarts { .. } => false,
            Course::Cosine { .. } | Course::Linear { .. } | Course::OneCycle { .. } => true,
        }
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
            Course::Step { factor, .. } | Course::Exponential { factor } => {
                require_positive("schedule factor", factor)
            }
            Course::Cosine { floor } => require_not_negative("schedule floor", floor),
            Course::Linear { end } => require_not_negative("schedule end", end),
            Course::OneCycle { rise, start, end } => {
                require_not_negative("schedule start", start)?;
                require_not_negative("schedule end", end)?;
                require_share("schedule rise", rise)
            }
            Course::WarmRestarts { period, growth, floor } => {
                require_at_least_one("schedule period", period)?;
                require_at_least_one("schedule growth", growth)?;
                require_not_negative("schedule floor", floor)
            }
        }
    }
}

/// Half a cosine from `start` to `end`, at a share of it.
fn half_cosine(start: f64, end: f64, share: f64) -> f64 {
    end + (start - end) * f64::midpoint(1.0, (PI * share).cos())
}

/// How far a time is in its period, of which each is `growth` times as long as the one before.
fn share_of_period(time: f64, period: f64, growth: f64) -> f64 {
    if growth == 1.0 {
        return time / period % 1.0;
    }
    let (mut start, mut length) = (0.0, period);
    while time >= start + length {
        start += length;
        length *= growth;
    }
    (time - start) / length
}

#[cfg(test)]
mod tests;
