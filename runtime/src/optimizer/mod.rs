//! Rules that change parameters by their gradient.

#[cfg(feature = "alloc")]
mod ada_delta;
#[cfg(feature = "alloc")]
mod ada_grad;
#[cfg(feature = "alloc")]
mod adam;
mod adam_array;
mod adam_rates;
#[cfg(feature = "alloc")]
mod adam_w;
#[cfg(feature = "alloc")]
mod gradient_descent;
#[cfg(feature = "alloc")]
mod lion;
#[cfg(feature = "alloc")]
mod n_adam;
#[cfg(feature = "alloc")]
mod part;
#[cfg(not(feature = "alloc"))]
mod plain;
#[cfg(feature = "alloc")]
mod rms_prop;
#[cfg(feature = "alloc")]
mod state;
mod update;

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::ops::Range;

use crate::error::Error;
use crate::kernel::real::Real;
use crate::text::text;

#[cfg(feature = "alloc")]
pub use self::ada_delta::AdaDelta;
#[cfg(feature = "alloc")]
pub use self::ada_grad::AdaGrad;
#[cfg(feature = "alloc")]
pub use self::adam::Adam;
pub use self::adam_array::AdamArray;
#[cfg(feature = "alloc")]
pub use self::adam_w::AdamW;
#[cfg(feature = "alloc")]
pub use self::gradient_descent::GradientDescent;
#[cfg(feature = "alloc")]
pub use self::lion::Lion;
#[cfg(feature = "alloc")]
pub use self::n_adam::NAdam;
#[cfg(feature = "alloc")]
pub use self::part::Part;
#[cfg(not(feature = "alloc"))]
pub use self::plain::GradientDescent;
#[cfg(feature = "alloc")]
pub use self::rms_prop::RmsProp;
#[cfg(feature = "alloc")]
pub use self::state::{OptimizerState, StateError};

/// A rule that changes parameters by their gradient.
///
/// # Examples
/// A loop of one's own, here towards the minimum of `(θ − 3)²`:
/// ```
/// use chainrule::optimizer::{Adam, Optimizer};
///
/// let mut theta = [0.0_f64];
/// let mut adam = Adam::new(0.1);
/// for _ in 0..500 {
///     let gradient = [2.0 * (theta[0] - 3.0)];
///     adam.step(1.0, &mut theta, &gradient);
/// }
/// assert!((theta[0] - 3.0).abs() < 1e-3);
/// ```
pub trait Optimizer<T: Real> {
    /// Whether all settings are in their range.
    ///
    /// # Errors
    /// [`Error::Setting`] for the first that is not.
    fn check(&self) -> Result<(), Error>;

    /// The learning rate α, before any schedule.
    fn learning_rate(&self) -> f64;

    /// Makes the state for `length` parameters, forgetting earlier steps.
    fn prepare(&mut self, length: usize);

    /// One step with the learning rate `α·factor`.
    ///
    /// Allocates nothing after [`prepare`](Self::prepare) for this number of parameters; without it, the first step prepares.
    ///
    /// # Panics
    /// If `gradient` has not the length of `parameters`.
    fn step(&mut self, factor: f64, parameters: &mut [T], gradient: &[T]);

    /// Whether a step leaves every parameter as it is whose gradient is 0, and remembers nothing of it.
    ///
    /// Then [`Trainer`](crate::train::Trainer) steps within the parts of θ that a mini-batch touches, and a step does not cost the size of
    /// a table of which it reads some rows. Plain gradient descent is local. Rules with momentum or moments are not: what they remember
    /// decays, and moves parameters, where the gradient is 0 too.
    fn is_local(&self) -> bool {
        false
    }

    /// The same as [`step`](Self::step) where `gradient` is 0 outside `parts`, which are ascending and apart; there it may have any
    /// values, which must not be read. Called if the rule [is local](Self::is_local).
    ///
    /// Steps on each part by itself, which suits a rule that keeps nothing for each parameter.
    ///
    /// # Panics
    /// If `gradient` has not the length of `parameters`, or a part reaches past it.
    ///
    /// # Examples
    /// `AdaGrad` (Duchi, Hazan & Singer 2011) divides by the root of all squares so far: where the gradient is 0, nothing changes.
    /// ```
    /// use std::ops::Range;
    ///
    /// use chainrule::prelude::*;
    ///
    /// struct AdaGrad {
    ///     rate: f64,
    ///     squares: Vec<f64>,
    /// }
    ///
    /// impl Optimizer<f64> for AdaGrad {
    ///     fn check(&self) -> Result<(), chainrule::Error> {
    ///         Ok(())
    ///     }
    ///     fn learning_rate(&self) -> f64 {
    ///         self.rate
    ///     }
    ///     fn prepare(&mut self, length: usize) {
    ///         self.squares = vec![0.0; length];
    ///     }
    ///     fn step(&mut self, factor: f64, theta: &mut [f64], gradient: &[f64]) {
    ///         self.step_within(factor, theta, gradient, &[0..gradient.len()]);
    ///     }
    ///     fn is_local(&self) -> bool {
    ///         true
    ///     }
    ///     fn step_within(&mut self, factor: f64, theta: &mut [f64], gradient: &[f64], parts: &[Range<usize>]) {
    ///         for i in parts.iter().cloned().flatten() {
    ///             self.squares[i] += gradient[i] * gradient[i];
    ///             theta[i] -= self.rate * factor * gradient[i] / (self.squares[i].sqrt() + 1e-8);
    ///         }
    ///     }
    /// }
    ///
    /// #[model(loss = squared_error, scalar = f64)]
    /// fn level(place: Index<100_000>, #[init(zeros)] levels: Param<100_000>) -> Output {
    ///     levels[place]
    /// }
    ///
    /// # fn main() -> Result<(), chainrule::Error> {
    /// let batch = Level::batch(&[5, 70_000], &[1.0, -2.0])?;
    /// let mut model = Level::seeded(1);
    /// let optimizer = AdaGrad { rate: 0.5, squares: Vec::new() };
    /// Trainer::new(optimizer).epochs(200).batch_size(1).fit(&mut model, &batch)?;
    /// assert!((model.levels()[5] - 1.0).abs() < 1e-6 && (model.levels()[70_000] + 2.0).abs() < 1e-6);
    /// # Ok(())
    /// # }
    /// ```
    fn step_within(
        &mut self,
        factor: f64,
        parameters: &mut [T],
        gradient: &[T],
        parts: &[Range<usize>],
    ) {
        for part in parts {
            self.step(factor, &mut parameters[part.clone()], &gradient[part.clone()]);
        }
    }

    /// Whether [`step_parts`](Self::step_parts) is one step, which training with [groups](crate::train::Group) of parameters needs.
    ///
    /// All rules here take parts. One of your own does if it says so: with a `step_parts` of its own, or with the default one if it
    /// [is local](Self::is_local) and counts no steps.
    #[cfg(feature = "alloc")]
    fn takes_parts(&self) -> bool {
        false
    }

    /// One step on parts of θ, ascending and apart, each with its own factor of the learning rate and its own decay. All other
    /// parameters stay as they are, and their gradient, which may have any values, is not read.
    ///
    /// With the one part that is all of θ, [`Part::new`] of its range, these are the bits of [`step`](Self::step). What a rule remembers of
    /// a parameter stays where no part has it. Allocates nothing after [`prepare`](Self::prepare).
    ///
    /// By default, a [step within](Self::step_within) each part.
    ///
    /// # Panics
    /// If `gradient` has not the length of `parameters`, or a part reaches past it.
    #[cfg(feature = "alloc")]
    fn step_parts(&mut self, factor: f64, parameters: &mut [T], gradient: &[T], parts: &[Part]) {
        for part in parts {
            let factor = factor * part.learning_rate_factor;
            self.step_within(factor, parameters, gradient, core::slice::from_ref(&part.range));
        }
    }

    /// The decay λ that the rule itself applies to all parameters, if it has one: `θ ← θ − α·λ·θ`, apart from the gradient.
    fn own_weight_decay(&self) -> Option<f64> {
        None
    }

    /// What it remembers of earlier steps. Allocates.
    ///
    /// A rule that says nothing, as one of your own may, cannot be trained with checkpoints; one that remembers nothing gives its name:
    /// `OptimizerState::new("mine")`.
    #[cfg(feature = "alloc")]
    fn state(&self) -> OptimizerState<T> {
        OptimizerState::untold()
    }

    /// Remembers what another one of the same rule and settings did, so that the next step has the same bits as that one's.
    ///
    /// # Errors
    /// [`Error::State`](crate::Error::State) if the state is of another rule, of other settings or for another number of parameters than it
    /// was [prepared](Self::prepare) for; then it remembers what it did before.
    #[cfg(feature = "alloc")]
    fn restore(&mut self, state: &OptimizerState<T>) -> Result<(), Error> {
        state.require_rule(&self.state().name)
    }
}

#[cfg(feature = "alloc")]
impl<T: Real, O: Optimizer<T> + ?Sized> Optimizer<T> for Box<O> {
    fn check(&self) -> Result<(), Error> {
        (**self).check()
    }

    fn learning_rate(&self) -> f64 {
        (**self).learning_rate()
    }

    fn prepare(&mut self, length: usize) {
        (**self).prepare(length);
    }

    fn step(&mut self, factor: f64, parameters: &mut [T], gradient: &[T]) {
        (**self).step(factor, parameters, gradient);
    }

    fn is_local(&self) -> bool {
        (**self).is_local()
    }

    fn step_within(
        &mut self,
        factor: f64,
        parameters: &mut [T],
        gradient: &[T],
        parts: &[Range<usize>],
    ) {
        (**self).step_within(factor, parameters, gradient, parts);
    }

    #[cfg(feature = "alloc")]
    fn takes_parts(&self) -> bool {
        (**self).takes_parts()
    }

    #[cfg(feature = "alloc")]
    fn step_parts(&mut self, factor: f64, parameters: &mut [T], gradient: &[T], parts: &[Part]) {
        (**self).step_parts(factor, parameters, gradient, parts);
    }

    fn own_weight_decay(&self) -> Option<f64> {
        (**self).own_weight_decay()
    }

    fn state(&self) -> OptimizerState<T> {
        (**self).state()
    }

    fn restore(&mut self, state: &OptimizerState<T>) -> Result<(), Error> {
        (**self).restore(state)
    }
}

/// Refuses a number that is not positive and finite.
pub(crate) fn require_positive(name: &'static str, value: f64) -> Result<(), Error> {
    if value > 0.0 && value.is_finite() {
        return Ok(());
    }
    let requirement = "a positive finite number";
    Err(Error::Setting { name, requirement, found: text(format_args!("{value}")) })
}

/// Refuses a number outside [0, 1): the share of the past in a running mean.
pub(crate) fn require_share(name: &'static str, value: f64) -> Result<(), Error> {
    if (0.0..1.0).contains(&value) {
        return Ok(());
    }
    let requirement = "at least 0 and below 1";
    Err(Error::Setting { name, requirement, found: text(format_args!("{value}")) })
}

/// Refuses a number that is negative or not finite.
#[cfg(feature = "alloc")]
pub(crate) fn require_not_negative(name: &'static str, value: f64) -> Result<(), Error> {
    if value >= 0.0 && value.is_finite() {
        return Ok(());
    }
    let requirement = "a finite number, at least 0";
    Err(Error::Setting { name, requirement, found: text(format_args!("{value}")) })
}

#[cfg(test)]
mod tests;
