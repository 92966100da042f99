//! Events of the crate `tracing`.

use std::fmt::Write;
use std::ops::ControlFlow;

use crate::error::Error;
use crate::model::Model;
use crate::train::{Epoch, History, Observer, Start, Step};

/// Tells subscribers of [`tracing`](https://docs.rs/tracing) about a run, under the target `chainrule::train`.
///
/// At the level `INFO`: `training starts`, `epoch` and `training ends`; at `TRACE`: `step`. The fields are those of [`Start`], [`Epoch`] and
/// [`Step`]; `metrics` is one text, as in `accuracy=0.97 auc=0.99`, since the fields of an event are known when it is compiled.
///
/// # Examples
/// ```
/// use chainrule::observe::Tracing;
/// # use chainrule::prelude::*;
/// # #[model(loss = squared_error)]
/// # fn line(x: Input, slope: Param) -> Output { slope * x }
/// # fn main() -> Result<(), chainrule::Error> {
/// # let (mut model, batch) = (Line::seeded(1), Line::batch(&[1.0], &[2.0])?);
/// Trainer::new(Adam::new(0.1)).observer(Tracing::new()).fit(&mut model, &batch)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Tracing {}

const TARGET: &str = "chainrule::train";

impl Tracing {
    /// An observer.
    pub fn new() -> Self {
        Tracing {}
    }
}

impl<M: Model> Observer<M> for Tracing {
    fn start(&mut self, start: &Start<'_, M>) -> Result<(), Error> {
        tracing::info!(
            target: TARGET,
            epochs = start.epochs,
            epochs_done = start.epochs_done,
            steps = start.steps,
            rows = start.rows,
            validation_rows = start.validation_rows,
            parameters = start.model.parameters().len(),
            "training starts"
        );
        Ok(())
    }

    fn step(&mut self, step: &Step<'_, M>) -> Result<ControlFlow<()>, Error> {
        tracing::trace!(
            target: TARGET,
            epoch = step.epoch,
            step = step.step,
            rows = step.rows,
            loss = step.loss,
            learning_rate = step.learning_rate,
            gradient_norm = step.gradient_norm(),
            "step"
        );
        Ok(ControlFlow::Continue(()))
    }

    fn epoch(&mut self, epoch: &Epoch, _: &M) -> Result<ControlFlow<()>, Error> {
        tracing::info!(
            target: TARGET,
            epoch = epoch.epoch,
            epochs = epoch.epochs,
            steps = epoch.steps,
            loss = epoch.loss,
            validation_loss = epoch.validation_loss,
            learning_rate = epoch.learning_rate,
            metrics = metrics(epoch),
            "epoch"
        );
        Ok(ControlFlow::Continue(()))
    }

    fn end(&mut self, history: &History, _: &M) -> Result<(), Error> {
        tracing::info!(
            target: TARGET,
            epochs = history.epochs().len(),
            best_epoch = history.best_epoch(),
            loss = history.final_loss(),
            stop = ?history.stop_reason(),
            "training ends"
        );
        Ok(())
    }
}

/// The metrics as one text, if there are any.
fn metrics(epoch: &Epoch) -> Option<String> {
    let mut text = String::new();
    for (name, value) in &epoch.metrics {
        let space = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{space}{name}={value}");
    }
    Some(text).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests;
