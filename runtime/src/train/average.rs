//! Averages of the parameters over the steps of a run.

use alloc::vec;
use alloc::vec::Vec;

use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::float::Double;
use crate::kernel::real::Real;
use crate::optimizer::require_share;

use super::require_at_least_one;

/// Parameters averaged over the steps of a run, which are often better than those of any one step: for
/// [`Trainer::average`](super::Trainer::average).
///
/// It is kept in `f64`, whatever the scalar of the model.
///
/// # Examples
/// The steps of a large learning rate go around the minimum; their mean is nearer to it:
/// ```
/// use chainrule::prelude::*;
/// use chainrule::train::{Average, Kept};
///
/// #[model(loss = squared_error, scalar = f64)]
/// fn level(#[init(zeros)] a: Param, x: Input) -> Output {
///     a * x
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let y: Vec<f64> = (0..100).map(|i| f64::from(i % 5)).collect();
/// let batch = Level::batch(&[1.0; 100], &y)?;
/// let trainer = || Trainer::new(GradientDescent::new(0.3)).epochs(20).batch_size(1);
/// let (mut last, mut mean) = (Level::seeded(0), Level::seeded(0));
/// trainer().fit(&mut last, &batch)?;
/// let average = Average::uniform_from(11).every_steps(1);
/// let history = trainer().average(average).fit(&mut mean, &batch)?;
/// assert!((mean.a() - 2.0).abs() < 0.1 && (mean.a() - 2.0).abs() < (last.a() - 2.0).abs());
/// assert_eq!(history.kept(), Kept::Average);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Average {
    weights: Weights,
    /// The first epoch that counts.
    from: usize,
    /// Steps from one to the next that counts; an epoch unless set.
    every: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Weights {
    /// Each is `decay` times that of the next.
    Exponential {
        decay: f64,
    },
    Equal,
}

impl Average {
    /// The exponential moving average of the parameters after each step: `ā ← d·ā + (1 − d)·θ` from zero, divided by `1 − dᵗ` after `t`
    /// steps, which takes the bias of that start away. So it is a mean of `θ₁` to `θₜ` with weights that fall by `d` from each to the one
    /// before, and `θ₁` itself after the first step. 0.999 is usual; about the last `1/(1 − d)` steps count.
    ///
    /// # References
    /// Polyak & Juditsky (1992), *Acceleration of Stochastic Approximation by Averaging*; in this form Kingma & Ba (2015), *Adam: A Method
    /// for Stochastic Optimization*, section 7.2.
    pub fn exponential(decay: f64) -> Self {
        Average { weights: Weights::Exponential { decay }, from: 1, every: Some(1) }
    }

    /// Stochastic weight averaging: the mean of the parameters after each epoch from this one on, counted from 1.
    ///
    /// # References
    /// Izmailov, Podoprikhin, Garipov, Vetrov & Wilson (2018), *Averaging Weights Leads to Wider Optima and Better Generalization*,
    /// Algorithm 1, where `c` is the steps of an epoch.
    pub fn uniform_from(epoch: usize) -> Self {
        Average { weights: Weights::Equal, from: epoch, every: None }
    }

    /// Counts the parameters after every so many steps, from the first epoch that counts.
    pub fn every_steps(self, steps: usize) -> Self {
        Average { every: Some(steps), ..self }
    }

    /// Whether the parameters after a step count, as epochs and steps are counted from 1.
    pub(super) fn counts(&self, epoch: usize, step: usize, steps: usize) -> bool {
        epoch >= self.from
            && ((epoch - self.from) * steps + step).is_multiple_of(self.every.unwrap_or(steps))
    }

    /// Whether all settings are in their range, for so many epochs.
    pub(super) fn check(&self, epochs: usize) -> Result<(), Error> {
        if let Weights::Exponential { decay } = self.weights {
            require_share("average decay", decay)?;
        }
        require_at_least_one("average from epoch", self.from)?;
        require_at_least_one("average every_steps", self.every.unwrap_or(1))?;
        if self.from <= epochs {
            return Ok(());
        }
        let found = alloc::format!("{}, after the last of {epochs} epochs", self.from);
        let requirement = "an epoch that is run";
        Err(Error::Setting { name: "average from epoch", requirement, found })
    }
}

/// The average so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Mean {
    /// Of each parameter.
    pub values: Vec<f64>,
    /// How many times the parameters have counted.
    pub count: u64,
}

impl Mean {
    /// Of nothing yet.
    pub fn new(parameters: usize) -> Self {
        Mean { values: vec![0.0; parameters], count: 0 }
    }

    /// Counts these parameters: `ā ← ā + w·(θ − ā)`, where `w` is their share of all weights.
    pub fn add<T: Real>(&mut self, average: &Average, theta: &[T]) {
        self.count += 1;
        let count = self.count as f64;
        let weight = match average.weights {
            Weights::Equal => count.recip(),
            Weights::Exponential { decay } => (1.0 - decay) / (1.0 - decay.powf(count)),
        };
        for (mean, theta) in self.values.iter_mut().zip(theta) {
            *mean += weight * (theta.to_f64() - *mean);
        }
    }

    /// Makes `theta` the average.
    pub fn write_to<T: Real>(&self, theta: &mut [T]) {
        for (theta, &mean) in theta.iter_mut().zip(&self.values) {
            *theta = T::from_f64(mean);
        }
    }
}

#[cfg(test)]
mod tests;
