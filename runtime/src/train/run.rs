//! One training run: steps, epochs, and what happens when a number is not finite.

use alloc::vec::Vec;
use core::ops::ControlFlow;

use crate::distributed::{Answer, Exchange, Fingerprint};
use crate::error::Error;
use crate::finite::first_non_finite_in;
use crate::kernel::real::Real;
use crate::model::Model;
use crate::optimizer::Optimizer;
use crate::parameters::{ParameterLayout, element_name};

use super::Settings;
use super::accumulator::Accumulator;
use super::average::Mean;
use super::divergence::{Divergence, Quantity};
use super::feed::{Feed, Order, Total, loss_of_part};
use super::groups::Stretches;
use super::history::{Epoch, History, Kept, Resumed, StopReason};
use super::keeping::Keeping;
use super::observer::{Observers, Start, Step, tell};
use super::parts::{self, Parts};
use super::progress::Progress;
use super::stopping::{StopWatch, Stopping};
use super::undo::Undo;
use super::watch::{Patience, Watch};

/// A model in training, with all the memory its steps need.
pub struct Run<'r, M: Model, O> {
    model: &'r mut M,
    optimizer: O,
    settings: &'r Settings,
    layout: Vec<ParameterLayout>,
    gradient: Vec<M::Scalar>,
    progress: Progress<M::Scalar>,
    /// The part of the learning rate that plateaus of the loss have left.
    plateau_factor: f64,
    /// The parameters of the last step while the model has their average.
    spare: Vec<M::Scalar>,
    /// The gradient so far, where steps have several mini-batches.
    accumulator: Option<Accumulator<M::Scalar>>,
    /// Who outside may end training.
    stop_watch: StopWatch<'r>,
    keeping: Keeping,
    /// Why training ends after the last finished step, if it does.
    ended: Option<StopReason>,
    /// Where the next step may change θ.
    parts: Parts,
    reach: Reach,
    /// How that differs from parameter to parameter, if it does.
    stretches: Option<Stretches>,
    workspace: M::Workspace,
    /// The others who train the same model.
    exchange: Exchange<'r, M::Scalar>,
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
        mut stretches: Option<Stretches>,
        order: Order,
        batch: &M::Batch<'_>,
        exchange: Exchange<'r, M::Scalar>,
    ) -> Self {
        let length = model.parameters().len();
        optimizer.prepare(length);
        let adds_decay =
            stretches.as_ref().map_or(settings.limits.weight_decay != 0.0, Stretches::adds_decay);
        let is_local =
            optimizer.is_local() && !adds_decay && settings.accumulate == 1 && exchange.is_alone();
        let (reach, [mut count, numbers]) = if is_local {
            (Reach::Touched, parts::room_for(model, batch))
        } else {
            (Reach::Whole, [1, length])
        };
        if let Some(stretches) = &mut stretches {
            count = stretches.reserve(count);
        }
        let Settings { patience, min_delta, accumulate, .. } = *settings;
        let patience = patience.map(|epochs| Patience { epochs, min_delta });
        let watch = Watch::new(patience, model.parameters());
        let undo = Undo::with_capacity(count, numbers);
        let mut progress = Progress::new(order, M::REDUCTION, watch, undo);
        progress.epochs.reserve(settings.epochs.min(10_000));
        progress.average = settings.average.map(|_| Mean::new(length));
        Run {
            progress,
            plateau_factor: 1.0,
            spare: Vec::with_capacity(settings.average.map_or(0, |_| length)),
            accumulator: (accumulate > 1).then(|| Accumulator::new(length, M::REDUCTION)),
            stop_watch: Stopping::default().start(),
            keeping: Keeping::none(),
            ended: None,
            parts: Parts::with_capacity(count),
            reach,
            stretches,
            optimizer,
            settings,
            layout: model.layout(),
            gradient: exchange.gradient(length),
            workspace: model.workspace(),
            model,
            exchange,
        }
    }

    /// The same, ended by whoever is outside.
    pub fn stopped_by(mut self, stop_watch: StopWatch<'r>) -> Self {
        self.stop_watch = stop_watch;
        self
    }

    /// Writes it down there.
    pub fn kept_in(mut self, keeping: Keeping) -> Self {
        self.keeping = keeping;
        self
    }

    /// Runs the epochs that are left, or as many as the patience allows.
    pub fn train(
        mut self,
        feed: &mut Feed<'_, M>,
        validation: Option<&M::Batch<'_>>,
        observers: &mut Observers<'_, M>,
    ) -> Result<History, Error> {
        let resumed = self.resume(feed, validation)?;
        let told = self.start(feed, validation, observers);
        self.heed(told.map(ControlFlow::Continue))?;
        let stop = loop {
            if let Some(stop) = self.stop() {
                break stop;
            }
            let epoch = self.epoch(feed, validation, observers)?;
            if !self.exchange.has_failed() {
                let told = tell(observers, |observer| observer.epoch(&epoch, self.model));
                self.heed(told)?;
            }
            let told = self.keeping.after_epoch(self.model, &self.optimizer, &self.progress);
            self.heed(told.map(ControlFlow::Continue))?;
            self.agree(epoch.epoch)?;
        };
        let told = self.keeping.end(self.model, &self.optimizer, &self.progress);
        self.heed(told.map(ControlFlow::Continue))?;
        let mut kept = Kept::Last;
        if let Some(best) = self.progress.watch.best_parameters() {
            self.progress.undo.widen(self.model.parameters());
            self.model.parameters_mut().copy_from_slice(best);
            kept = Kept::Best;
        } else if let Some(mean) = self.progress.average.as_ref().filter(|mean| mean.count > 0) {
            self.progress.undo.widen(self.model.parameters());
            mean.write_to(self.model.parameters_mut());
            kept = Kept::Average;
        }
        let final_loss = self.training_loss(self.progress.epoch, feed)?;
        let Progress { epochs, watch, .. } = self.progress;
        let best_epoch = watch.best_epoch();
        let history = History { epochs, best_epoch, kept, final_loss, stop, resumed };
        let told = observers.iter_mut().try_for_each(|observer| observer.end(&history, self.model));
        self.exchange.agree(None, told, || [])?;
        Ok(history)
    }

    /// Goes on where an earlier run was, if there is one: on all members of a group from the same state.
    fn resume(
        &mut self,
        feed: &Feed<'_, M>,
        validation: Option<&M::Batch<'_>>,
    ) -> Result<Option<Resumed>, Error> {
        let validation_rows = validation.map_or(0, M::rows);
        self.keeping.note(self.settings, feed.rows(), validation_rows, feed.steps());
        let mut found = Ok(None);
        if self.exchange.is_first() {
            found = self.take_up();
        } else {
            self.keeping.only_read();
        }
        // The first member may give damaged files another name, which the others must not read meanwhile.
        let own = found.as_ref().map(|_| ()).map_err(Error::clone);
        self.exchange.agree(None, own, || [])?;
        if !self.exchange.is_first() {
            found = self.take_up();
        }
        let own = found.as_ref().map(|_| ()).map_err(Error::clone);
        let Run { exchange, progress, model, .. } = self;
        let position = [progress.epoch, progress.step].map(|number| number as f64);
        let state = || Fingerprint::new().numbers(&position).numbers(model.parameters());
        exchange.agree(None, own, || [("the checkpoints", state())])?;
        found
    }

    fn take_up(&mut self) -> Result<Option<Resumed>, Error> {
        let epochs = self.settings.epochs;
        self.keeping.resume(epochs, self.model, &mut self.optimizer, &mut self.progress)
    }

    /// Does what the observers want, or lets the other members know that they want it.
    fn heed(&mut self, told: Result<ControlFlow<()>, Error>) -> Result<(), Error> {
        match told {
            Err(error) if self.exchange.is_alone() => return Err(error),
            Err(error) => self.exchange.fail(error),
            Ok(ControlFlow::Continue(())) => {}
            Ok(ControlFlow::Break(())) => self.end(StopReason::Observer),
        }
        Ok(())
    }

    /// Ends training after this step, or lets the other members know that it is to end.
    fn end(&mut self, reason: StopReason) {
        if self.exchange.is_alone() {
            self.ended = Some(reason);
        } else {
            self.exchange.ask_to_stop(reason);
        }
    }

    /// Makes sure after an epoch that all members have the same θ, and know whether to go on.
    fn agree(&mut self, epoch: usize) -> Result<(), Error> {
        let Run { exchange, model, .. } = self;
        let topics = || [("the parameters", Fingerprint::new().numbers(model.parameters()))];
        if let Some(reason) = exchange.agree(Some(epoch), Ok(()), topics)? {
            self.ended = Some(reason);
        }
        Ok(())
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
        self.plateau_factor = self.plateau_factor();
        if self.progress.step == 0 {
            feed.shuffle(&mut self.progress.order);
        }
        while self.progress.step < steps && self.ended.is_none() {
            self.next_step(feed, observers)?;
            let told = self.keeping.after_step(self.model, &self.optimizer, &self.progress);
            self.heed(told.map(ControlFlow::Continue))?;
        }
        if self.progress.step < steps {
            // Whoever resumes goes on within the epoch, which ends here for this run alone.
            let told = self.keeping.end(self.model, &self.optimizer, &self.progress);
            self.heed(told.map(ControlFlow::Continue))?;
        }
        self.put_average_on();
        let epoch = self.judge(feed, validation, observers);
        self.take_average_off();
        epoch
    }

    /// Counts the epoch with the losses and metrics that the model has now.
    fn judge(
        &mut self,
        feed: &mut Feed<'_, M>,
        validation: Option<&M::Batch<'_>>,
        observers: &mut Observers<'_, M>,
    ) -> Result<Epoch, Error> {
        let (number, done) = (self.progress.epoch + 1, self.progress.step);
        let last_factor = self.factor(done.saturating_sub(1), feed.steps());
        let mut epoch = Epoch {
            epoch: number,
            epochs: self.settings.epochs,
            steps: done,
            loss: self.progress.total.loss(),
            validation_loss: None,
            metrics: Vec::new(),
            learning_rate: last_factor * self.optimizer.learning_rate(),
        };
        epoch.validation_loss = self.validation_loss(number, feed, validation)?;
        match observers.measure(self.model, validation) {
            Ok(metrics) => epoch.metrics = metrics,
            Err(error) => self.heed(Err(error))?,
        }
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
        let (loss, rows) = match self.gradient_of_step(feed)? {
            (Answer::Loss(loss), rows) => (loss, rows),
            (Answer::Stop(reason), _) => {
                self.ended = Some(reason);
                return Ok(());
            }
        };
        if let Err(fault) = self.step(loss, factor) {
            return Err(self.diverged(epoch + 1, step + 1, &fault));
        }
        self.progress.finish_step(loss, rows);
        self.average(epoch + 1, step + 1, steps);
        if let Some(reason) = self.stop_watch.reason() {
            self.end(reason);
        }
        if observers.is_empty() || self.exchange.has_failed() {
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
        let told = tell(observers, |observer| observer.step(&step));
        self.heed(told)
    }

    /// The factor of the learning rate in a step, from 0, of the epoch.
    fn factor(&self, step: usize, steps: usize) -> f64 {
        let Settings { epochs, schedule, .. } = self.settings;
        let time = self.progress.epoch as f64 + (step as f64 + 0.5) / steps as f64;
        schedule.factor(time, *epochs as f64) * self.plateau_factor
    }

    /// What plateaus of the loss have left of the learning rate.
    fn plateau_factor(&self) -> f64 {
        let losses = || self.progress.epochs.iter().map(|e| e.validation_loss.unwrap_or(e.loss));
        self.settings.plateau.map_or(1.0, |plateau| plateau.factor_after(losses()))
    }

    /// Counts the parameters after a step towards their average, if it is their turn.
    fn average(&mut self, epoch: usize, step: usize, steps: usize) {
        if let (Some(average), Some(mean)) = (&self.settings.average, &mut self.progress.average)
            && average.counts(epoch, step, steps)
        {
            mean.add(average, self.model.parameters());
        }
    }

    /// Gives the model the average of the parameters, if there is one, to be judged.
    fn put_average_on(&mut self) {
        if let Some(mean) = self.progress.average.as_ref().filter(|mean| mean.count > 0) {
            self.spare.extend_from_slice(self.model.parameters());
            mean.write_to(self.model.parameters_mut());
        }
    }

    /// Gives the model the parameters of its last step back, if it has their average.
    fn take_average_off(&mut self) {
        if !self.spare.is_empty() {
            self.model.parameters_mut().copy_from_slice(&self.spare);
            self.spare.clear();
        }
    }

    /// One step with this loss and the gradient at hand: new parameters, all checked to be finite. Allocates nothing.
    fn step(&mut self, loss: f64, factor: f64) -> Result<(), Fault> {
        let gradient = &self.gradient;
        let position = first_non_finite_in(gradient, self.parts.ranges());
        if !loss.is_finite() {
            return Err(Fault { quantity: Quantity::Loss, value: loss, position });
        }
        if let Some(first) = position {
            let value = gradient[first].to_f64();
            return Err(Fault { quantity: Quantity::Gradient, value, position });
        }
        self.progress.last_finite_loss = Some(loss);
        self.progress.undo.keep(self.model.parameters(), &mut self.parts);
        self.change(factor);
        let theta = self.model.parameters();
        if let Some(first) = first_non_finite_in(theta, self.progress.undo.parts().ranges()) {
            let value = theta[first].to_f64();
            return Err(Fault { quantity: Quantity::Parameter, value, position: Some(first) });
        }
        Ok(())
    }

    /// Changes the parameters by their gradient, in the parts whose values are kept.
    fn change(&mut self, factor: f64) {
        let (limits, optimizer) = (&self.settings.limits, &mut self.optimizer);
        let (theta, gradient) = (self.model.parameters_mut(), &mut self.gradient);
        let parts = self.progress.undo.parts().ranges();
        if let Some(stretches) = &self.stretches {
            limits.apply_with(theta, gradient, parts, stretches.added_decays());
            return optimizer.step_parts(factor, theta, gradient, stretches.parts());
        }
        limits.apply(theta, gradient, parts);
        match self.reach {
            Reach::Whole => optimizer.step(factor, theta, gradient),
            Reach::Touched => optimizer.step_within(factor, theta, gradient, parts),
        }
    }

    /// The loss and rows of all mini-batches of the next step, of all members; `gradient` has the gradient where a step may change θ.
    fn gradient_of_step(&mut self, feed: &mut Feed<'_, M>) -> Result<(Answer, usize), Error> {
        let (mut own, mut rows) = (Total::new(M::REDUCTION), 0);
        for number in feed.mini_batches_of(self.progress.step) {
            rows += feed.rows_of(number);
            let before = self.progress.epoch as u64 * feed.mini_batches() as u64;
            let Some(batch) = feed.mini_batch(number, &self.progress.order)? else { continue };
            let batch = M::with_randomness(&batch, self.settings.seed, before + number as u64);
            own.add(self.gradient_of(&batch), M::rows(&batch));
            if let Some(accumulator) = &mut self.accumulator {
                accumulator.add(&self.gradient, M::rows(&batch));
            }
        }
        if own.rows() == 0 {
            self.parts.see_whole(self.gradient.len());
            self.gradient.fill(M::Scalar::ZERO);
        } else if let Some(accumulator) = &mut self.accumulator {
            accumulator.empty_into(&mut self.gradient);
        }
        if let Some(stretches) = &mut self.stretches {
            stretches.cut(&mut self.parts);
        }
        let counts = [own.rows(), rows];
        let answer =
            self.exchange.sum_gradient(&mut self.gradient, own.loss(), counts, M::REDUCTION)?;
        Ok((answer, rows))
    }

    /// The loss of what this member has of a mini-batch; `gradient` has its gradient where a step may change θ.
    fn gradient_of(&mut self, batch: &M::Batch<'_>) -> f64 {
        let (model, gradient, workspace) = (&*self.model, &mut self.gradient, &mut self.workspace);
        match self.reach {
            Reach::Touched => self.parts.see(model, batch),
            Reach::Whole => self.parts.see_whole(gradient.len()),
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
        let part = self.exchange.part();
        let (loss, rows) = loss_of_part(part, batch, self.model, &mut self.workspace);
        let value = self.exchange.sum_loss(loss, [rows, M::rows(batch)], M::REDUCTION)?;
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
        let (loss, rows) = feed.loss(&self.progress.order, self.model, &mut self.workspace)?;
        let value = self.exchange.sum_loss(loss, [rows, feed.rows()], M::REDUCTION)?;
        if value.is_finite() {
            return Ok(value);
        }
        let fault = Fault { quantity: Quantity::Loss, value, position: None };
        Err(self.diverged(epoch, feed.steps(), &fault))
    }

    /// Gives the model its last finite parameters back and says what happened.
    fn diverged(&mut self, epoch: usize, step: usize, fault: &Fault) -> Error {
        self.take_average_off();
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
