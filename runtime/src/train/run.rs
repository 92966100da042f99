//! One training run: steps, epochs, and what happens when a number is not finite.

use crate::error::Error;
use crate::finite::first_non_finite_in;
use crate::kernel::real::Real;
use crate::model::Model;
use crate::optimizer::Optimizer;
use crate::parameters::{ParameterLayout, element_name};

use super::Settings;
use super::divergence::{Divergence, Quantity};
use super::feed::{Feed, Order};
use super::history::{Epoch, History, Kept, StopReason};
use super::observer::{Observers, Start, Step, tell};
use super::parts::{self, Parts};
use super::progress::Progress;
use super::undo::Undo;
use super::watch::Watch;

/// A model in training, with all the memory its steps need.
pub struct Run<'r, M: Model, O> {
    model: &'r mut M,
    optimizer: O,
    settings: &'r Settings,
    layout: Vec<ParameterLayout>,
    gradient: Vec<M::Scalar>,
    progress: Progress<M::Scalar>,
    /// Why training ends after the last finished step, if it does.
    ended: Option<StopReason>,
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
        order: Order,
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
        let watch = Watch::new(settings.patience, model.parameters());
        let undo = Undo::with_capacity(count, numbers);
        let mut progress = Progress::new(order, M::REDUCTION, watch, undo);
        progress.epochs.reserve(settings.epochs.min(10_000));
        Run {
            progress,
            ended: None,
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

    /// Runs the epochs that are left, or as many as the patience allows.
    pub fn train(
        mut self,
        feed: &mut Feed<'_, M>,
        validation: Option<&M::Batch<'_>>,
        observers: &mut Observers<'_, M>,
    ) -> Result<History, Error> {
        self.start(feed, validation, observers)?;
        let stop = loop {
            if let Some(stop) = self.stop() {
                break stop;
            }
            let epoch = self.epoch(feed, validation, observers)?;
            if tell(observers, |observer| observer.epoch(&epoch, self.model))?.is_break() {
                self.ended = Some(StopReason::Observer);
            }
        };
        let mut kept = Kept::Last;
        if let Some(best) = self.progress.watch.best_parameters() {
            self.progress.undo.widen(self.model.parameters());
            self.model.parameters_mut().copy_from_slice(best);
            kept = Kept::Best;
        }
        let final_loss = self.training_loss(self.progress.epoch, feed)?;
        let Progress { epochs, watch, .. } = self.progress;
        let history = History { epochs, best_epoch: watch.best_epoch(), kept, final_loss, stop };
        observers.iter_mut().try_for_each(|observer| observer.end(&history, self.model))?;
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
            epochs_done: self.progress.epoch,
            steps: feed.steps(),
            rows: feed.rows(),
            validation_rows: validation.map(M::rows),
        };
        observers.iter_mut().try_for_each(|observer| observer.start(&start))
    }

    /// Why no other epoch is to be run, if none is.
    fn stop(&self) -> Option<StopReason> {
        let Progress { epoch, watch, .. } = &self.progress;
        if self.ended.is_some() {
            return self.ended;
        }
        if let Some(patience) = watch.exhausted(*epoch) {
            return Some(StopReason::NoImprovement { patience });
        }
        (*epoch >= self.settings.epochs).then_some(StopReason::EpochsDone)
    }

    /// What is left of one pass over the training rows, or less where training ends within it, and what is computed after it.
    fn epoch(
        &mut self,
        feed: &mut Feed<'_, M>,
        validation: Option<&M::Batch<'_>>,
        observers: &mut Observers<'_, M>,
    ) -> Result<Epoch, Error> {
        let steps = feed.steps();
        if self.progress.step == 0 {
            feed.shuffle(&mut self.progress.order);
        }
        while self.progress.step < steps && self.ended.is_none() {
            self.next_step(feed, observers)?;
        }
        let (number, done) = (self.progress.epoch + 1, self.progress.step);
        let mut epoch = Epoch {
            epoch: number,
            epochs: self.settings.epochs,
            steps: done,
            loss: self.progress.total.loss(),
            validation_loss: None,
            metrics: Vec::new(),
            learning_rate: self.factor(done - 1, steps) * self.optimizer.learning_rate(),
        };
        epoch.validation_loss = self.validation_loss(number, feed, validation)?;
        let watched = self.watched_loss(&epoch, feed)?;
        self.progress.finish_epoch(epoch.clone(), watched, self.model.parameters());
        Ok(epoch)
    }

    /// The next step of the epoch.
    fn next_step(
        &mut self,
        feed: &mut Feed<'_, M>,
        observers: &mut Observers<'_, M>,
    ) -> Result<(), Error> {
        let Progress { epoch, step, .. } = self.progress;
        let steps = feed.steps();
        let factor = self.factor(step, steps);
        let mini_batch = feed.mini_batch(step, &self.progress.order)?;
        let global_step = epoch as u64 * steps as u64 + step as u64;
        let mini_batch = M::with_randomness(&mini_batch, self.settings.seed, global_step);
        let loss = match self.step(&mini_batch, factor) {
            Ok(loss) => loss,
            Err(fault) => return Err(self.diverged(epoch + 1, step + 1, &fault)),
        };
        let rows = M::rows(&mini_batch);
        self.progress.finish_step(loss, rows);
        if observers.is_empty() {
            return Ok(());
        }
        let step = Step {
            epoch: epoch + 1,
            step: step + 1,
            steps,
            rows,
            loss,
            learning_rate: factor * self.optimizer.learning_rate(),
            model: &*self.model,
            gradient: &self.gradient,
            parts: self.progress.undo.parts().ranges(),
        };
        if tell(observers, |observer| observer.step(&step))?.is_break() {
            self.ended = Some(StopReason::Observer);
        }
        Ok(())
    }

    /// The factor of the learning rate in a step, from 0, of the epoch.
    fn factor(&self, step: usize, steps: usize) -> f64 {
        let Settings { epochs, schedule, .. } = self.settings;
        let time = self.progress.epoch as f64 + (step as f64 + 0.5) / steps as f64;
        schedule.factor(time, *epochs as f64)
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
        self.progress.last_finite_loss = Some(loss);
        self.progress.undo.keep(model.parameters(), &mut self.parts);
        let parts = self.progress.undo.parts().ranges();
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
        let value = feed.loss(&self.progress.order, self.model, &mut self.workspace)?;
        if value.is_finite() {
            return Ok(value);
        }
        let fault = Fault { quantity: Quantity::Loss, value, position: None };
        Err(self.diverged(epoch, feed.steps(), &fault))
    }

    /// Gives the model its last finite parameters back and says what happened.
    fn diverged(&mut self, epoch: usize, step: usize, fault: &Fault) -> Error {
        self.progress.undo.restore(self.model.parameters_mut());
        Error::Diverged(Divergence {
            epoch,
            step,
            quantity: fault.quantity,
            value: fault.value,
            parameter: fault.position.map(|position| element_name(&self.layout, position)),
            last_finite_loss: self.progress.last_finite_loss,
        })
    }
}
