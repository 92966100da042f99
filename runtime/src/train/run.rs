//! One training run: steps, epochs, and what happens when a number is not finite.

use crate::error::Error;
use crate::finite::first_non_finite_in;
use crate::kernel::real::Real;
use crate::model::Model;
use crate::optimizer::Optimizer;
use crate::parameters::{ParameterLayout, element_name};

use super::Settings;
use super::divergence::{Divergence, Quantity};
use super::feed::{Feed, Total};
use super::history::{Epoch, History, Kept, StopReason};
use super::observer::{Observers, Start, Step, tell};
use super::parts::{self, Parts};
use super::undo::Undo;
use super::watch::Watch;

/// A model in training, with all the memory its steps need.
pub struct Run<'r, M: Model, O> {
    model: &'r mut M,
    optimizer: O,
    settings: &'r Settings,
    layout: Vec<ParameterLayout>,
    gradient: Vec<M::Scalar>,
    /// What the last step has changed of the parameters at which loss and gradient were last finite.
    undo: Undo<M::Scalar>,
    last_finite_loss: Option<f64>,
    /// Why training ends after this step, if it does.
    stop: Option<StopReason>,
    /// Where the next step may change θ.
    parts: Parts,
    reach: Reach,
    workspace: M::Workspace,
}

/// What a step may change.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Any parameter.
    Whole,
    /// What the batch touches.
    Touched,
}

/// What was not finite: the quantity, its value, and the first position of θ concerned.
struct Fault {
    quantity: Quantity,
    value: f64,
    position: Option<usize>,
}

impl<'r, M: Model, O: Optimizer<M::Scalar>> Run<'r, M, O> {
    /// Allocates everything, for mini-batches that touch as much as this one.
    pub fn new(
        model: &'r mut M,
        mut optimizer: O,
        settings: &'r Settings,
        batch: &M::Batch<'_>,
    ) -> Self {
        let length = model.parameters().len();
        optimizer.prepare(length);
        let is_local = optimizer.is_local() && settings.limits.weight_decay == 0.0;
        let (reach, [count, numbers]) = if is_local {
            (Reach::Touched, parts::room_for(model, batch))
        } else {
            (Reach::Whole, [1, length])
        };
        Run {
            undo: Undo::with_capacity(count, numbers),
            last_finite_loss: None,
            stop: None,
            parts: Parts::with_capacity(count),
            reach,
            optimizer,
            settings,
            layout: model.layout(),
            gradient: vec![M::Scalar::ZERO; length],
            workspace: model.workspace(),
            model,
        }
    }

    /// Runs all epochs, or as many as the patience allows.
    pub fn train(
        mut self,
        feed: &mut Feed<'_, M>,
        validation: Option<&M::Batch<'_>>,
        observers: &mut Observers<'_, M>,
    ) -> Result<History, Error> {
        self.start(feed, validation, observers)?;
        let mut epochs = Vec::with_capacity(self.settings.epochs.min(10_000));
        let mut watch = Watch::new(self.settings.patience, self.model.parameters());
        let mut stop = StopReason::EpochsDone;
        for number in 1..=self.settings.epochs {
            let mut epoch = self.epoch(number, feed, observers)?;
            epoch.validation_loss = self.validation_loss(number, feed, validation)?;
            let watched = self.watched_loss(&epoch, feed)?;
            watch.note(number, watched, self.model.parameters());
            let flow = tell(observers, |observer| observer.epoch(&epoch, self.model))?;
            epochs.push(epoch);
            if flow.is_break() {
                self.stop = Some(StopReason::Observer);
            }
            if let Some(reason) = self.stop {
                stop = reason;
                break;
            }
            if let Some(patience) = watch.exhausted(number) {
                stop = StopReason::NoImprovement { patience };
                break;
            }
        }
        let mut kept = Kept::Last;
        if let Some(best) = watch.best_parameters() {
            self.undo.widen(self.model.parameters());
            self.model.parameters_mut().copy_from_slice(best);
            kept = Kept::Best;
        }
        let final_loss = self.training_loss(epochs.len(), feed)?;
        let history = History { epochs, best_epoch: watch.best_epoch(), kept, final_loss, stop };
        for observer in observers {
            observer.end(&history, self.model)?;
        }
        Ok(history)
    }

    /// Tells the observers what is known before the first step.
    fn start(
        &self,
        feed: &Feed<'_, M>,
        validation: Option<&M::Batch<'_>>,
        observers: &mut Observers<'_, M>,
    ) -> Result<(), Error> {
        let start = Start {
            model: &*self.model,
            epochs: self.settings.epochs,
            epochs_done: 0,
            steps: feed.steps(),
            rows: feed.rows(),
            validation_rows: validation.map(M::rows),
        };
        observers.iter_mut().try_for_each(|observer| observer.start(&start))
    }

    /// One pass over the training rows, or as far as the observers let it go.
    fn epoch(
        &mut self,
        number: usize,
        feed: &mut Feed<'_, M>,
        observers: &mut Observers<'_, M>,
    ) -> Result<Epoch, Error> {
        let Settings { epochs, schedule, seed, .. } = self.settings;
        let (epochs, steps) = (*epochs, feed.steps());
        let mut total = Total::new(M::REDUCTION);
        let (mut factor, mut done) = (1.0, 0);
        feed.shuffle();
        for step in 0..steps {
            let time = (number - 1) as f64 + (step as f64 + 0.5) / steps as f64;
            factor = schedule.factor(time, epochs as f64);
            let mini_batch = feed.mini_batch(step);
            let global_step = (number as u64 - 1) * steps as u64 + step as u64;
            let mini_batch = M::with_randomness(&mini_batch, *seed, global_step);
            let loss = match self.step(&mini_batch, factor) {
                Ok(loss) => loss,
                Err(fault) => return Err(self.diverged(number, step + 1, &fault)),
            };
            let rows = M::rows(&mini_batch);
            total.add(loss, rows);
            done = step + 1;
            self.tell_step(observers, [number, done, steps, rows], loss, factor)?;
            if self.stop.is_some() {
                break;
            }
        }
        let learning_rate = factor * self.optimizer.learning_rate();
        let loss = total.loss();
        Ok(Epoch {
            epoch: number,
            epochs,
            steps: done,
            loss,
            validation_loss: None,
            metrics: Vec::new(),
            learning_rate,
        })
    }

    /// Shows a finished step, of these numbers of epoch, step, steps and rows, to the observers, if there are any.
    fn tell_step(
        &mut self,
        observers: &mut Observers<'_, M>,
        [epoch, step, steps, rows]: [usize; 4],
        loss: f64,
        factor: f64,
    ) -> Result<(), Error> {
        if observers.is_empty() {
            return Ok(());
        }
        let step = Step {
            epoch,
            step,
            steps,
            rows,
            loss,
            learning_rate: factor * self.optimizer.learning_rate(),
            model: &*self.model,
            gradient: &self.gradient,
            parts: self.undo.parts().ranges(),
        };
        if tell(observers, |observer| observer.step(&step))?.is_break() {
            self.stop = Some(StopReason::Observer);
        }
        Ok(())
    }

    /// One step: loss, gradient, new parameters, each checked to be finite. Allocates nothing.
    fn step(&mut self, batch: &M::Batch<'_>, factor: f64) -> Result<f64, Fault> {
        let loss = self.gradient_of(batch);
        let (model, gradient) = (&mut *self.model, &mut self.gradient);
        let position = first_non_finite_in(gradient, self.parts.ranges());
        if !loss.is_finite() {
            return Err(Fault { quantity: Quantity::Loss, value: loss, position });
        }
        if let Some(first) = position {
            let value = gradient[first].to_f64();
            return Err(Fault { quantity: Quantity::Gradient, value, position });
        }
        self.last_finite_loss = Some(loss);
        self.undo.keep(model.parameters(), &mut self.parts);
        let parts = self.undo.parts().ranges();
        self.settings.limits.apply(model.parameters(), gradient, parts);
        match self.reach {
            Reach::Whole => self.optimizer.step(factor, model.parameters_mut(), gradient),
            Reach::Touched => {
                self.optimizer.step_within(factor, model.parameters_mut(), gradient, parts);
            }
        }
        if let Some(first) = first_non_finite_in(model.parameters(), parts) {
            let value = model.parameters()[first].to_f64();
            return Err(Fault { quantity: Quantity::Parameter, value, position: Some(first) });
        }
        Ok(loss)
    }

    /// The loss of a batch, and what its step may change; `gradient` has the gradient there.
    fn gradient_of(&mut self, batch: &M::Batch<'_>) -> f64 {
        let (model, gradient, workspace) = (&*self.model, &mut self.gradient, &mut self.workspace);
        match self.reach {
            Reach::Whole => self.parts.see_whole(gradient.len()),
            Reach::Touched => self.parts.see(model, batch),
        }
        let loss = if self.parts.is_whole(gradient.len()) {
            model.loss_and_gradient_into(batch, gradient, workspace)
        } else {
            model.loss_and_touched_gradient_into(batch, gradient, workspace)
        };
        loss.to_f64()
    }

    /// The loss of the validation rows, if there are any.
    fn validation_loss(
        &mut self,
        epoch: usize,
        feed: &Feed<'_, M>,
        validation: Option<&M::Batch<'_>>,
    ) -> Result<Option<f64>, Error> {
        let Some(batch) = validation else { return Ok(None) };
        let value = self.model.loss_into(batch, &mut self.workspace).to_f64();
        if value.is_finite() {
            return Ok(Some(value));
        }
        let fault = Fault { quantity: Quantity::ValidationLoss, value, position: None };
        Err(self.diverged(epoch, feed.steps(), &fault))
    }

    /// The loss that decides which epoch is best.
    ///
    /// Early stopping compares parameters, so without validation rows it needs the loss AFTER the epoch.
    fn watched_loss(&mut self, epoch: &Epoch, feed: &mut Feed<'_, M>) -> Result<f64, Error> {
        match (epoch.validation_loss, self.settings.patience) {
            (Some(loss), _) => Ok(loss),
            (None, None) => Ok(epoch.loss),
            (None, Some(_)) => self.training_loss(epoch.epoch, feed),
        }
    }

    /// The loss of all training rows with the parameters of now.
    fn training_loss(&mut self, epoch: usize, feed: &mut Feed<'_, M>) -> Result<f64, Error> {
        let value = feed.loss(self.model, &mut self.workspace);
        if value.is_finite() {
            return Ok(value);
        }
        let fault = Fault { quantity: Quantity::Loss, value, position: None };
        Err(self.diverged(epoch, feed.steps(), &fault))
    }

    /// Gives the model its last finite parameters back and says what happened.
    fn diverged(&mut self, epoch: usize, step: usize, fault: &Fault) -> Error {
        self.undo.restore(self.model.parameters_mut());
        Error::Diverged(Divergence {
            epoch,
            step,
            quantity: fault.quantity,
            value: fault.value,
            parameter: fault.position.map(|position| element_name(&self.layout, position)),
            last_finite_loss: self.last_finite_loss,
        })
    }
}
