//! Which learning rate to begin with.

use alloc::vec::Vec;

use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::float::{Double, Float};
use crate::generator::Generator;
use crate::kernel::real::Real;
use crate::model::{Model, require_dims, require_finite_parameters};
use crate::optimizer::{Optimizer, require_positive, require_share};

use super::require_at_least_one;

/// A sweep of the learning rate: a short training in which it grows from step to step, until the loss no longer bears it.
///
/// The rate of step `i` of `n` is `low·(high/low)^(i/(n−1))`. The loss of each mini-batch before its step is smoothed as
/// `s ← β·s + (1 − β)·L` from zero, divided by `1 − βⁱ⁺¹`. The sweep ends before its last step where a loss is not finite, or the smoothed
/// one is more than four times the least so far. It trains a copy of the model: the model itself stays as it is. Defaults: 1e-7 to 10 in 100
/// steps, mini-batches of 32 rows, seed 0, β = 0.9.
///
/// # Examples
/// ```
/// use chainrule::prelude::*;
/// use chainrule::train::RateFinder;
///
/// #[model(loss = mean_squared_error)]
/// fn line(x: Input, slope: Param, offset: Param) -> Output {
///     slope * x + offset
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let x: Vec<f32> = (0..200).map(|i| i as f32 / 100.0 - 1.0).collect();
/// let y: Vec<f32> = x.iter().map(|x| 3.0 * x + 1.0).collect();
/// let batch = Line::batch(&x, &y)?;
/// let mut model = Line::seeded(7);
/// let sweep = RateFinder::new().run(GradientDescent::new(0.1), &model, &batch)?;
/// for point in sweep.points() {
///     println!("{:.2e} {:.4}", point.learning_rate, point.smoothed_loss);
/// }
/// let rate = sweep.steepest().expect("the loss falls somewhere");
/// let history = Trainer::new(GradientDescent::new(rate)).fit(&mut model, &batch)?;
/// assert!(history.final_loss() < 1e-6);
/// # Ok(())
/// # }
/// ```
///
/// # References
/// Smith (2017), *Cyclical Learning Rates for Training Neural Networks*, section 3.3, where the rate grows linearly; exponentially and
/// smoothed as in the library fastai (Howard & Gugger 2020).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateFinder {
    low: f64,
    high: f64,
    steps: usize,
    batch_size: usize,
    seed: u64,
    smoothing: f64,
}

/// A step of a sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RatePoint {
    /// The learning rate of the step.
    pub learning_rate: f64,
    /// The loss of its mini-batch before the step.
    pub loss: f64,
    /// The mean of the losses so far, the last ones most.
    pub smoothed_loss: f64,
}

/// A finished sweep.
#[derive(Clone, Debug, PartialEq)]
pub struct RateSweep {
    points: Vec<RatePoint>,
    is_complete: bool,
    /// Steps until the smoothed loss is a mean of as many as it is later.
    settled: usize,
}

impl RateFinder {
    /// The defaults.
    pub fn new() -> Self {
        RateFinder { low: 1e-7, high: 10.0, steps: 100, batch_size: 32, seed: 0, smoothing: 0.9 }
    }

    /// Sets the first and the last learning rate.
    pub fn range(self, low: f64, high: f64) -> Self {
        RateFinder { low, high, ..self }
    }

    /// Sets the number of steps, at least 3.
    pub fn steps(self, steps: usize) -> Self {
        RateFinder { steps, ..self }
    }

    /// Sets the rows of a mini-batch.
    pub fn batch_size(self, rows: usize) -> Self {
        RateFinder { batch_size: rows, ..self }
    }

    /// Sets the seed of the order of rows and of the model's random numbers.
    pub fn seed(self, seed: u64) -> Self {
        RateFinder { seed, ..self }
    }

    /// Sets β, the share of the past in the smoothed loss, from 0 to below 1.
    pub fn smoothing(self, beta: f64) -> Self {
        RateFinder { smoothing: beta, ..self }
    }

    /// Sweeps with this optimizer, whose own learning rate does not matter.
    ///
    /// # Errors
    /// - [`Error::Setting`]: a setting is out of its range.
    /// - [`Error::Dimensions`]: the batch was made for other run-time dimensions.
    /// - [`Error::ParameterNotFinite`]: the model starts with NaN or infinity.
    pub fn run<M: Model, O: Optimizer<M::Scalar>>(
        &self,
        mut optimizer: O,
        model: &M,
        batch: &M::Batch<'_>,
    ) -> Result<RateSweep, Error> {
        self.check()?;
        optimizer.check()?;
        require_dims(model, batch)?;
        require_finite_parameters(model)?;
        let mut model = model.clone();
        let length = model.parameters().len();
        let (mut gradient, mut workspace) =
            (alloc::vec![M::Scalar::ZERO; length], model.workspace());
        let rows = M::rows(batch);
        let size = self.batch_size.min(rows);
        let mut buffer = M::batch_buffer(batch, size);
        let (mut order, mut generator) = (Vec::with_capacity(rows), Generator::new(self.seed));
        let mut curve = Curve::new(self.smoothing, self.steps);
        let settled = (1.0 - self.smoothing).recip().ceil() as usize;
        optimizer.prepare(length);
        for step in 0..self.steps {
            if order.len() < size {
                order = (0..rows).collect();
                generator.shuffle(&mut order);
            }
            let chosen = order.split_off(order.len() - size);
            let mini_batch = M::gather(batch, &chosen, &mut buffer);
            let mini_batch = M::with_randomness(&mini_batch, self.seed, step as u64);
            let loss = model.loss_and_gradient_into(&mini_batch, &mut gradient, &mut workspace);
            let rate = self.rate(step);
            let is_borne = curve.add(rate, loss.to_f64());
            if !is_borne || !gradient.iter().all(|g| g.to_f64().is_finite()) {
                return Ok(RateSweep { points: curve.points, is_complete: false, settled });
            }
            let factor = rate / optimizer.learning_rate();
            optimizer.step(factor, model.parameters_mut(), &gradient);
        }
        Ok(RateSweep { points: curve.points, is_complete: true, settled })
    }

    /// The learning rate of a step, from 0.
    fn rate(&self, step: usize) -> f64 {
        let share = step as f64 / (self.steps - 1) as f64;
        self.low * (self.high / self.low).powf(share)
    }

    fn check(&self) -> Result<(), Error> {
        require_positive("low", self.low)?;
        require_positive("high", self.high)?;
        require_at_least_one("batch_size", self.batch_size)?;
        require_share("smoothing", self.smoothing)?;
        let setting = |name, requirement, found| Err(Error::Setting { name, requirement, found });
        if self.steps < 3 {
            return setting("steps", "at least 3", alloc::format!("{}", self.steps));
        }
        if self.low >= self.high {
            let found = alloc::format!("{}, and the last learning rate is {}", self.low, self.high);
            return setting("low", "less than `high`", found);
        }
        Ok(())
    }
}

impl Default for RateFinder {
    fn default() -> Self {
        RateFinder::new()
    }
}

impl RateSweep {
    /// The steps of the sweep.
    pub fn points(&self) -> &[RatePoint] {
        &self.points
    }

    /// Whether the loss bore even the last learning rate, so that greater ones may be tried.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// The learning rate at which the smoothed loss falls fastest, by the logarithm of the rate, before its least value; none where it
    /// falls nowhere.
    ///
    /// The slope is that of central differences. The first `1/(1 − β)` steps do not count: the mean of so few losses is noise.
    pub fn steepest(&self) -> Option<f64> {
        let least = self.least()?;
        let slope = |&place: &usize| {
            self.points[place + 1].smoothed_loss - self.points[place - 1].smoothed_loss
        };
        let falling = (self.settled.max(1)..least).filter(|place| slope(place) < 0.0);
        let place = falling.min_by(|a, b| slope(a).total_cmp(&slope(b)))?;
        Some(self.points[place].learning_rate)
    }

    /// A tenth of the learning rate at which the smoothed loss was least; none where it was least at the first step.
    pub fn tenth_of_least(&self) -> Option<f64> {
        self.least().filter(|&place| place > 0).map(|place| self.points[place].learning_rate / 10.0)
    }

    /// Where the smoothed loss is least.
    fn least(&self) -> Option<usize> {
        let losses = self.points.iter().map(|point| point.smoothed_loss).enumerate();
        losses.filter(|(_, loss)| loss.is_finite()).min_by(|a, b| a.1.total_cmp(&b.1)).map(|a| a.0)
    }
}

/// The points so far.
struct Curve {
    points: Vec<RatePoint>,
    smoothing: f64,
    /// `s`, and `βⁱ`.
    sum: f64,
    power: f64,
    least: f64,
}

impl Curve {
    fn new(smoothing: f64, steps: usize) -> Self {
        let points = Vec::with_capacity(steps);
        Curve { points, smoothing, sum: 0.0, power: 1.0, least: f64::INFINITY }
    }

    /// Adds a finite loss; whether the sweep may go on.
    fn add(&mut self, learning_rate: f64, loss: f64) -> bool {
        /// How many times the least smoothed loss is too much.
        const TOO_MUCH: f64 = 4.0;
        if !loss.is_finite() {
            return false;
        }
        self.sum = self.smoothing * self.sum + (1.0 - self.smoothing) * loss;
        self.power *= self.smoothing;
        let smoothed_loss = self.sum / (1.0 - self.power);
        self.points.push(RatePoint { learning_rate, loss, smoothed_loss });
        self.least = self.least.min(smoothed_loss);
        let limit = self.least + (TOO_MUCH - 1.0) * self.least.abs();
        smoothed_loss <= limit
    }
}

#[cfg(test)]
mod tests;
