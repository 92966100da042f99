//! Who is told what happens in a training run, and may end it.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ops::{ControlFlow, Range};

#[cfg(not(feature = "std"))]
use crate::float::Float;

use crate::error::Error;
use crate::kernel::real::Real;
use crate::metrics::Evaluation;
use crate::model::Model;

use super::history::{Epoch, History};

/// Somebody who watches a training run: every method does nothing where it is not written.
///
/// An observer is given to [`Trainer::observer`](super::Trainer::observer), as itself or as `&mut`, to be read afterwards. It cannot change
/// the model, so the bits of a run do not depend on who watches it. Several observers are called in the order they were added. If one breaks,
/// the others still see what it saw, and training ends with [`StopReason::Observer`](super::StopReason::Observer); after an `Err` nobody is
/// called, and the model keeps the parameters of the last finished step.
///
/// # Examples
/// The longest gradient of a run, which ends when the loss is small enough:
/// ```
/// use std::ops::ControlFlow;
///
/// use chainrule::prelude::*;
/// use chainrule::train::{Observer, Step};
///
/// #[model(loss = squared_error)]
/// fn line(x: Input, slope: Param, offset: Param) -> Output {
///     slope * x + offset
/// }
///
/// #[derive(Default)]
/// struct Longest(f64);
///
/// impl<M: Model> Observer<M> for Longest {
///     fn step(&mut self, step: &Step<'_, M>) -> Result<ControlFlow<()>, chainrule::Error> {
///         self.0 = self.0.max(step.gradient_norm());
///         Ok(if step.loss < 1e-3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
///     }
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let batch = Line::batch(&[0.0, 1.0, 2.0], &[1.0, 3.0, 5.0])?;
/// let mut longest = Longest::default();
/// let trainer = Trainer::new(Adam::new(0.1)).epochs(1000).observer(&mut longest);
/// let history = trainer.fit(&mut Line::seeded(1), &batch)?;
/// assert_eq!(history.stop_reason(), StopReason::Observer);
/// assert!(longest.0 > 1.0);
/// # Ok(())
/// # }
/// ```
pub trait Observer<M: Model> {
    /// Before the first step.
    ///
    /// # Errors
    /// Ends training before it begins.
    fn start(&mut self, start: &Start<'_, M>) -> Result<(), Error> {
        let _ = start;
        Ok(())
    }

    /// After every step. A `Break` ends the epoch early: it counts the steps done, and is seen as an epoch too.
    ///
    /// # Errors
    /// Ends training.
    fn step(&mut self, step: &Step<'_, M>) -> Result<ControlFlow<()>, Error> {
        let _ = step;
        Ok(ControlFlow::Continue(()))
    }

    /// After every epoch, with its validation loss and metrics.
    ///
    /// # Errors
    /// Ends training.
    fn epoch(&mut self, epoch: &Epoch, model: &M) -> Result<ControlFlow<()>, Error> {
        let _ = (epoch, model);
        Ok(ControlFlow::Continue(()))
    }

    /// After training, with the model as it will be returned; not after an error.
    ///
    /// # Errors
    /// What [`fit`](super::Trainer::fit) returns then, while the model is trained.
    fn end(&mut self, history: &History, model: &M) -> Result<(), Error> {
        let _ = (history, model);
        Ok(())
    }
}

/// What is known before the first step.
#[derive(Debug)]
#[non_exhaustive]
pub struct Start<'a, M: Model> {
    /// The model as training begins.
    pub model: &'a M,
    /// The number of epochs asked for.
    pub epochs: usize,
    /// Epochs that were done before, by a run that this one resumes.
    pub epochs_done: usize,
    /// Steps of an epoch.
    pub steps: usize,
    /// Rows that are trained on.
    pub rows: usize,
    /// Rows that are not, whose loss is computed after every epoch.
    pub validation_rows: Option<usize>,
}

/// A finished step, as observers see it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Step<'a, M: Model> {
    /// The epoch, from 1.
    pub epoch: usize,
    /// The step within the epoch, from 1.
    pub step: usize,
    /// Steps of an epoch.
    pub steps: usize,
    /// The rows of the mini-batch.
    pub rows: usize,
    /// The loss of the mini-batch before the step.
    pub loss: f64,
    /// The learning rate of the step.
    pub learning_rate: f64,
    /// The model after the step.
    pub model: &'a M,
    pub(super) gradient: &'a [M::Scalar],
    /// The parts of θ outside which the gradient is 0, and `gradient` means nothing.
    pub(super) parts: &'a [Range<usize>],
}

impl<M: Model> Step<'_, M> {
    /// The Euclidean norm of the gradient as the optimizer was given it, after clipping and decay. Computed when asked for.
    pub fn gradient_norm(&self) -> f64 {
        let elements = || self.parts.iter().flat_map(|part| &self.gradient[part.clone()]);
        let squares = |scale: f64| -> f64 {
            elements().map(|g| (g.to_f64() / scale) * (g.to_f64() / scale)).sum()
        };
        let plain = squares(1.0);
        if (f64::MIN_POSITIVE..f64::INFINITY).contains(&plain) {
            return plain.sqrt();
        }
        match elements().fold(0.0, |greatest: f64, g| greatest.max(g.to_f64().abs())) {
            0.0 => 0.0,
            greatest => greatest * squares(greatest).sqrt(),
        }
    }
}

/// The observers of a run, in the order they were added, and what is measured for them after every epoch.
pub(super) struct Observers<'t, M: Model> {
    list: Vec<Box<dyn Observer<M> + 't>>,
    metrics: Vec<Metric<'t, M>>,
}

/// A measure with its name.
struct Metric<'t, M: Model> {
    name: Cow<'static, str>,
    measure: Box<Measure<'t, M>>,
}

type Measure<'t, M> = dyn FnMut(&Evaluation<'_, M>) -> Result<f64, Error> + 't;

impl<'t, M: Model> Observers<'t, M> {
    /// Nobody, and nothing.
    pub fn new() -> Self {
        Observers { list: Vec::new(), metrics: Vec::new() }
    }

    /// One more.
    pub fn push(&mut self, observer: Box<dyn Observer<M> + 't>) {
        self.list.push(observer);
    }

    /// One more measure.
    pub fn push_metric(
        &mut self,
        name: Cow<'static, str>,
        measure: impl FnMut(&Evaluation<'_, M>) -> Result<f64, Error> + 't,
    ) {
        self.metrics.push(Metric { name, measure: Box::new(measure) });
    }

    /// Lets nobody watch.
    pub fn clear(&mut self) {
        self.list.clear();
        self.metrics.clear();
    }

    /// Whether nobody watches.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Each of them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Box<dyn Observer<M> + 't>> {
        self.list.iter_mut()
    }

    /// Refuses measures that share a name, and any where there is nothing to measure on.
    pub fn check(&self, has_validation: bool) -> Result<(), Error> {
        let setting = |requirement, name: &str| {
            Err(Error::Setting { name: "metric", requirement, found: format!("`{name}`") })
        };
        for (place, Metric { name, .. }) in self.metrics.iter().enumerate() {
            if !has_validation {
                return setting("none without `validation` or `validation_split`", name);
            }
            if name.is_empty() || name.contains(char::is_control) {
                return setting("some letters in one line", name);
            }
            if self.metrics[..place].iter().any(|other| other.name == *name) {
                return setting("a name that no other metric has", name);
            }
        }
        Ok(())
    }

    /// Measures all on the validation rows, if there are any.
    pub fn measure(
        &mut self,
        model: &M,
        validation: Option<&M::Batch<'_>>,
    ) -> Result<Vec<(Cow<'static, str>, f64)>, Error> {
        let Some(batch) = validation.filter(|_| !self.metrics.is_empty()) else {
            return Ok(Vec::new());
        };
        let evaluation = Evaluation::of(model, batch)?;
        let measure =
            |metric: &mut Metric<'t, M>| Ok((metric.name.clone(), (metric.measure)(&evaluation)?));
        self.metrics.iter_mut().map(measure).collect()
    }
}

/// Tells all of them the same, in order; whether one of them breaks.
pub(super) fn tell<M: Model>(
    observers: &mut Observers<'_, M>,
    mut what: impl FnMut(&mut (dyn Observer<M> + '_)) -> Result<ControlFlow<()>, Error>,
) -> Result<ControlFlow<()>, Error> {
    let mut flow = ControlFlow::Continue(());
    for observer in observers.iter_mut() {
        if what(&mut **observer)?.is_break() {
            flow = ControlFlow::Break(());
        }
    }
    Ok(flow)
}

/// A function called after every epoch.
pub(super) struct AfterEpoch<F>(pub F);

impl<M: Model, F: FnMut(&Epoch)> Observer<M> for AfterEpoch<F> {
    fn epoch(&mut self, epoch: &Epoch, _: &M) -> Result<ControlFlow<()>, Error> {
        (self.0)(epoch);
        Ok(ControlFlow::Continue(()))
    }
}

/// The methods of whom `self` points to.
macro_rules! pass_on {
    () => {
        fn start(&mut self, start: &Start<'_, M>) -> Result<(), Error> {
            (**self).start(start)
        }

        fn step(&mut self, step: &Step<'_, M>) -> Result<ControlFlow<()>, Error> {
            (**self).step(step)
        }

        fn epoch(&mut self, epoch: &Epoch, model: &M) -> Result<ControlFlow<()>, Error> {
            (**self).epoch(epoch, model)
        }

        fn end(&mut self, history: &History, model: &M) -> Result<(), Error> {
            (**self).end(history, model)
        }
    };
}

impl<M: Model, O: Observer<M> + ?Sized> Observer<M> for &mut O {
    pass_on!();
}

impl<M: Model, O: Observer<M> + ?Sized> Observer<M> for Box<O> {
    pass_on!();
}

#[cfg(test)]
mod tests;
