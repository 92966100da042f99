//! Training a model on a batch.

mod accumulator;
mod average;
mod divergence;
mod feed;
mod groups;
mod history;
#[cfg(feature = "checkpoint")]
mod keeping;
#[cfg(not(feature = "checkpoint"))]
#[path = "not_kept.rs"]
mod keeping;
mod limits;
mod observer;
mod parts;
mod plateau;
mod progress;
mod rate_finder;
#[cfg(feature = "checkpoint")]
pub(crate) mod record;
mod run;
mod schedule;
mod stopping;
#[cfg(feature = "data")]
mod stream;
mod undo;
mod watch;

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::sync::atomic::AtomicBool;

use crate::distributed::{Exchange, Fingerprint, Group as Members};
use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::float::Float;
use crate::generator::Generator;
use crate::kernel::real::Real;
use crate::metrics::Evaluation;
use crate::model::{Model, require_dims, require_finite_parameters};
use crate::optimizer::{Optimizer, require_not_negative};

use self::feed::{Feed, Order};
use self::groups::{NamedGroup, Stretches};
use self::keeping::Keeping;
use self::limits::Limits;
use self::observer::{AfterEpoch, Observers};
use self::run::Run;
use self::stopping::Stopping;

pub use self::average::Average;
pub use self::divergence::{Divergence, Quantity};
pub use self::groups::{Group, GroupError};
pub use self::history::{Epoch, History, Kept, Resumed, StopReason};
pub use self::observer::{Observer, Start, Step};
pub use self::plateau::Plateau;
pub use self::rate_finder::{RateFinder, RatePoint, RateSweep};
pub use self::schedule::Schedule;
#[cfg(feature = "data")]
pub use self::stream::Chunk;

/// How a model is trained: the optimizer, and everything around it.
///
/// Defaults: 100 epochs, mini-batches of 32 rows, seed 0, a constant learning rate, no validation. Rows are put in a new order every epoch,
/// by the seed; the last, short mini-batch is used too. Random numbers of the model (`dropout`, `normal_like`) are drawn anew in each step,
/// by the seed and the number of the step; other losses are those of the batches as they are given, without random numbers unless they
/// have some. The same settings, seed, model and batch give the same bits.
///
/// A step goes over the parts of θ that its mini-batch [touches](Model::touched) where no others change: if the optimizer
/// [is local](Optimizer::is_local), as plain gradient descent is, and there is no weight decay. Of a table read at `table[token]` these are
/// the rows of the tokens. The bits are those of steps over all of θ, which the other optimizers take.
///
/// # Examples
/// ```
/// use chainrule::prelude::*;
///
/// #[model(loss = mean_squared_error)]
/// fn line(x: Input, slope: Param, offset: Param) -> Output {
///     slope * x + offset
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let (x, y) = ([0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [1.0, 3.0, 5.0, 7.0, 9.0, 11.0]);
/// let batch = Line::batch(&x, &y)?;
/// let mut model = Line::seeded(7);
/// let history = Trainer::new(Adam::new(0.1))
///     .epochs(500)
///     .batch_size(3)
///     .seed(7)
///     .schedule(Schedule::cosine(0.01))
///     .observe(|epoch| assert!(epoch.loss.is_finite()))
///     .fit(&mut model, &batch)?;
/// println!("{history}");
/// assert!((model.slope() - 2.0).abs() < 1e-3 && (model.offset() - 1.0).abs() < 1e-3);
/// # Ok(())
/// # }
/// ```
pub struct Trainer<'t, M: Model, O> {
    optimizer: O,
    settings: Settings,
    validation: Validation<'t, M>,
    observers: Observers<'t, M>,
    keeping: Keeping,
    group: Option<&'t dyn Members>,
    stopping: Stopping<'t>,
}

/// The settings that are plain numbers.
#[derive(Clone, Debug)]
struct Settings {
    epochs: usize,
    batch_size: usize,
    seed: u64,
    schedule: Schedule,
    limits: Limits,
    patience: Option<usize>,
    min_delta: f64,
    plateau: Option<Plateau>,
    average: Option<Average>,
    accumulate: usize,
    groups: Vec<NamedGroup>,
}

/// Where the validation rows come from.
enum Validation<'t, M: Model> {
    None,
    Share(f64),
    Batch(M::Batch<'t>),
}

impl<'t, M: Model, O: Optimizer<M::Scalar>> Trainer<'t, M, O> {
    /// Training with an optimizer and the default settings.
    pub fn new(optimizer: O) -> Self {
        let settings = Settings {
            epochs: 100,
            batch_size: 32,
            seed: 0,
            schedule: Schedule::constant(),
            limits: Limits::default(),
            patience: None,
            min_delta: 0.0,
            plateau: None,
            average: None,
            accumulate: 1,
            groups: Vec::new(),
        };
        let (validation, observers) = (Validation::None, Observers::new());
        let (stopping, keeping) = (Stopping::default(), Keeping::none());
        Trainer { optimizer, settings, validation, observers, keeping, group: None, stopping }
    }

    /// Sets how many times all training rows are used, at most.
    pub fn epochs(mut self, epochs: usize) -> Self {
        self.settings.epochs = epochs;
        self
    }

    /// Sets the rows of a mini-batch; with as many as there are, or more, each step uses all in their own order.
    pub fn batch_size(mut self, rows: usize) -> Self {
        self.settings.batch_size = rows;
        self
    }

    /// Takes one step for so many mini-batches, with the gradient of all their rows together; the last step of an epoch may have fewer.
    ///
    /// Their order and random numbers are those of the mini-batches alone. Of a mean over rows, the gradient is the mean of theirs,
    /// weighted by rows, `G ← G + (g − G)·n/N` from each to the next: that of one mini-batch of all the rows, but for rounding. Steps are
    /// what schedules, averages and observers count.
    ///
    /// A step needs no more memory for a larger mini-batch, but for the copy of its rows: a larger
    /// [`batch_size`](Self::batch_size) is faster where that copy is no burden.
    pub fn accumulate(mut self, mini_batches: usize) -> Self {
        self.settings.accumulate = mini_batches;
        self
    }

    /// Sets the seed of the order of rows, of the validation split, and of the model's random numbers.
    pub fn seed(mut self, seed: u64) -> Self {
        self.settings.seed = seed;
        self
    }

    /// Sets how the learning rate changes with time.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.settings.schedule = schedule;
        self
    }

    /// Lets the learning rate fall where the loss no longer does, in addition to the schedule.
    pub fn plateau(mut self, plateau: Plateau) -> Self {
        self.settings.plateau = Some(plateau);
        self
    }

    /// Averages the parameters over steps, and gives the model the average in the end.
    ///
    /// As soon as there is an average, it is what the validation loss and early stopping judge; with early stopping, the model gets the
    /// average of the best epoch. Steps and observers go on with the parameters themselves. It costs the size of θ in each step that counts.
    pub fn average(mut self, average: Average) -> Self {
        self.settings.average = Some(average);
        self
    }

    /// Bounds the magnitude of every element of the gradient, before it is clipped by norm.
    pub fn clip_value(mut self, limit: f64) -> Self {
        self.settings.limits.value = Some(limit);
        self
    }

    /// Bounds the Euclidean norm of the gradient: a longer one is scaled, so its direction stays.
    pub fn clip_norm(mut self, limit: f64) -> Self {
        self.settings.limits.norm = Some(limit);
        self
    }

    /// Adds `λ·θ` to the gradient after clipping, as an L2 term `λ/2·‖θ‖²` of the loss would; reported losses are without it.
    ///
    /// All parameters decay, in each step. For [`AdamW`](crate::optimizer::AdamW), set its own decoupled decay instead.
    pub fn weight_decay(mut self, lambda: f64) -> Self {
        self.settings.limits.weight_decay = lambda;
        self
    }

    /// Trains the parameters of these names in another way than the others: with another learning rate, another decay, or not at all.
    ///
    /// A parameter may be in one group. With [`AdamW`](crate::optimizer::AdamW), the decay of a group is decoupled as the optimizer's own is.
    /// Moments of all parameters are kept, whether they are trained or not.
    pub fn group<N: Into<String>>(
        mut self,
        names: impl IntoIterator<Item = N>,
        group: Group,
    ) -> Self {
        let names = names.into_iter().map(Into::into).collect();
        self.settings.groups.push(NamedGroup { names, group });
        self
    }

    /// Leaves the parameters of these names as they are: a [group](Self::group) that is [frozen](Group::frozen).
    pub fn freeze<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        self.group(names, Group::new().frozen())
    }

    /// Sets this share of the rows aside, chosen by the seed: not trained on, their loss is computed after every epoch.
    pub fn validation_split(mut self, share: f64) -> Self {
        self.validation = Validation::Share(share);
        self
    }

    /// Computes the loss of another batch after every epoch.
    pub fn validation(mut self, batch: &M::Batch<'t>) -> Self {
        self.validation = Validation::Batch(*batch);
        self
    }

    /// Stops when the loss has not improved for `patience` epochs, and gives the model the parameters of its best epoch.
    ///
    /// The loss is that of the validation rows if there are any, else that of all training rows after the epoch. The best parameters are
    /// kept even if all epochs are run.
    pub fn early_stopping(mut self, patience: usize) -> Self {
        self.settings.patience = Some(patience);
        self
    }

    /// Sets by how much a loss must be less than the one before it to renew the patience of [`early_stopping`](Self::early_stopping); 0
    /// unless set. The best parameters are those of the least loss, whatever the difference.
    pub fn min_delta(mut self, difference: f64) -> Self {
        self.settings.min_delta = difference;
        self
    }

    /// Ends training after the step in which so much time has passed since it began.
    ///
    /// The epoch then ends early: its validation loss is computed, the history has it, and there is a checkpoint of the step if there are
    /// checkpoints. Which step this is differs from run to run.
    #[cfg(feature = "std")]
    pub fn stop_after(mut self, time: core::time::Duration) -> Self {
        self.stopping.limit = Some(time);
        self
    }

    /// Ends training after the step in which the flag is set, in the same way as [`stop_after`](Self::stop_after).
    ///
    /// The flag may be set by another thread, or by a handler of a signal: `signal_hook::flag::register(SIGINT, flag)` for that of the crate
    /// `signal-hook`.
    ///
    /// # Examples
    /// ```
    /// use std::sync::atomic::{AtomicBool, Ordering};
    ///
    /// use chainrule::prelude::*;
    ///
    /// #[model(loss = squared_error)]
    /// fn line(x: Input, slope: Param) -> Output {
    ///     slope * x
    /// }
    ///
    /// # fn main() -> Result<(), chainrule::Error> {
    /// let batch = Line::batch(&[1.0, 2.0], &[2.0, 4.0])?;
    /// let stop = AtomicBool::new(false);
    /// let history = Trainer::new(GradientDescent::new(0.01))
    ///     .stop_when(&stop)
    ///     .observe(|epoch| if epoch.epoch == 7 { stop.store(true, Ordering::Relaxed) })
    ///     .fit(&mut Line::seeded(1), &batch)?;
    /// assert_eq!(history.stop_reason(), StopReason::Asked);
    /// assert_eq!(history.epochs().len(), 8);
    /// # Ok(())
    /// # }
    /// ```
    pub fn stop_when(mut self, flag: &'t AtomicBool) -> Self {
        self.stopping.flag = Some(flag);
        self
    }

    /// Calls `observer` after every epoch; several are called in the order they were added.
    pub fn observe(self, observer: impl FnMut(&Epoch) + 't) -> Self {
        self.observer(AfterEpoch(observer))
    }

    /// Lets `observer` watch, and end, the run; several are called in the order they were added.
    pub fn observer(mut self, observer: impl Observer<M> + 't) -> Self {
        self.observers.push(Box::new(observer));
        self
    }

    /// Writes the run down now and then, so that it can go on with the same bits when its process was killed.
    #[cfg(feature = "checkpoint")]
    pub fn checkpoints(mut self, checkpoints: crate::keep::Checkpoints) -> Self {
        self.keeping = Keeping::new(checkpoints);
        self
    }

    /// Measures something on the validation rows after every epoch, for [`Epoch::metrics`] and all observers.
    ///
    /// [`Evaluation`] has the usual [`metrics`](crate::metrics): `.metric("accuracy", |evaluation| evaluation.accuracy())`. What an evaluation
    /// predicts is computed once for all of them. An error of a metric ends training as one of an observer does.
    pub fn metric(
        mut self,
        name: impl Into<Cow<'static, str>>,
        measure: impl FnMut(&Evaluation<'_, M>) -> Result<f64, Error> + 't,
    ) -> Self {
        self.observers.push_metric(name.into(), measure);
        self
    }

    /// Shares the rows of each mini-batch with the other members of a group, which call [`fit`](Self::fit) with the same settings, model
    /// and batch: [`distributed`](crate::distributed) says what is sent and what is the same. Observers are called on member 0 only, which
    /// alone writes checkpoints.
    ///
    /// All of θ is sent and stepped over, whatever a mini-batch touches.
    pub fn distributed(mut self, group: &'t dyn Members) -> Self {
        self.group = Some(group);
        self
    }

    /// Trains `model` on `batch`.
    ///
    /// All memory is allocated before the first step.
    ///
    /// # Errors
    /// - [`Error::Setting`]: a setting is out of its range, or a validation split leaves no rows.
    /// - [`Error::UnknownParameter`], [`Error::Group`]: of the groups of parameters.
    /// - [`Error::Dimensions`]: the batch was made for other run-time dimensions.
    /// - [`Error::ParameterNotFinite`]: the model starts with NaN or infinity.
    /// - [`Error::Diverged`]: a loss, gradient or parameter became NaN or infinite; the model has the parameters at which loss and gradient
    ///   were last finite.
    /// - `Error::Keep`: a checkpoint cannot be written, or is of another run; the model has the parameters of the last finished step.
    /// - [`Error::State`]: there are checkpoints, and the optimizer does not say what it remembers.
    /// - [`Error::Distributed`]: the members of a group differ, or another has failed.
    /// - Whatever an observer or a metric returns; the model has the parameters of the last finished step.
    pub fn fit(self, model: &mut M, batch: &M::Batch<'_>) -> Result<History, Error> {
        let mut exchange = Exchange::new(self.group, model.parameters().len());
        let own = self.check(model).and_then(|()| require_dims(model, batch));
        exchange.agree(None, own, || self.topics(model, batch))?;
        let Trainer { optimizer, settings, validation, mut observers, keeping, stopping, .. } =
            self;
        if !exchange.is_first() {
            observers.clear();
        }
        let mut generator = Generator::new(settings.seed);
        let mut order: Vec<usize> = (0..M::rows(batch)).collect();
        let held_out = match validation {
            Validation::Share(share) => hold_out(share, &mut order, &mut generator)?,
            Validation::None | Validation::Batch(_) => Vec::new(),
        };
        let size = [settings.batch_size, settings.accumulate];
        let mut feed = Feed::new(*batch, order.len(), size, exchange.part());
        let order = Order { rows: order, generator };
        let stretches =
            Stretches::resolve(&settings.groups, &model.layout(), &settings.limits, &optimizer)?;
        let run =
            Run::new(model, optimizer, &settings, stretches, order, &feed.longest()?, exchange)
                .kept_in(keeping)
                .stopped_by(stopping.start());
        match validation {
            Validation::None => run.train(&mut feed, None, &mut observers),
            Validation::Batch(rows) => run.train(&mut feed, Some(&rows), &mut observers),
            Validation::Share(_) => {
                let mut buffer = M::batch_buffer(batch, held_out.len());
                let rows = M::gather(batch, &held_out, &mut buffer);
                run.train(&mut feed, Some(&rows), &mut observers)
            }
        }
    }

    /// What must be the same on all members of a group.
    fn topics(&self, model: &M, batch: &M::Batch<'_>) -> [(&'static str, Fingerprint); 4] {
        let validation = match &self.validation {
            Validation::None => String::new(),
            Validation::Share(share) => share.to_string(),
            Validation::Batch(rows) => format!("{} rows", M::rows(rows)),
        };
        let settings = format!("{:?} {validation}", self.settings);
        let learning_rate = [self.optimizer.learning_rate()];
        let layout = format!("{:?} {:?}", model.layout(), model.dims());
        let rows = M::rows(batch);
        let mut workspace = model.workspace();
        let ends = [0, rows - 1]
            .map(|row| model.loss_into(&M::slice(batch, row..row + 1), &mut workspace).to_f64());
        let new = Fingerprint::new;
        [
            ("the settings", new().text(&settings).numbers(&learning_rate)),
            ("the shapes of the model", new().text(&layout)),
            ("the parameters before training", new().numbers(model.parameters())),
            ("the rows of the batch", new().bits(rows as u64).numbers(&ends)),
        ]
    }

    /// Refuses settings out of range, and a model that does not fit them.
    fn check(&self, model: &M) -> Result<(), Error> {
        let Settings { epochs, batch_size, accumulate, schedule, limits, patience, .. } =
            &self.settings;
        let Settings { min_delta, plateau, average, .. } = &self.settings;
        require_at_least_one("epochs", *epochs)?;
        require_at_least_one("batch_size", *batch_size)?;
        require_at_least_one("early_stopping", patience.unwrap_or(1))?;
        require_at_least_one("accumulate", *accumulate)?;
        require_not_negative("min_delta", *min_delta)?;
        plateau.map_or(Ok(()), |plateau| plateau.check())?;
        average.map_or(Ok(()), |average| average.check(*epochs))?;
        schedule.check()?;
        limits.check()?;
        self.keeping.check()?;
        self.optimizer.check()?;
        self.observers.check(!matches!(self.validation, Validation::None))?;
        if let Validation::Batch(rows) = &self.validation {
            require_dims(model, rows)?;
        }
        require_finite_parameters(model)
    }
}

/// Takes a share of the rows out of `order`, chosen at random.
fn hold_out(
    share: f64,
    order: &mut Vec<usize>,
    generator: &mut Generator,
) -> Result<Vec<usize>, Error> {
    let setting =
        |requirement, found| Err(Error::Setting { name: "validation_split", requirement, found });
    if !(share > 0.0 && share < 1.0) {
        return setting("above 0 and below 1", share.to_string());
    }
    let rows = order.len();
    let held_out = (share * rows as f64).round() as usize;
    if held_out == 0 || held_out == rows {
        let found = format!("{share}, which is {held_out} of {rows} rows");
        return setting("a share that leaves rows on both sides", found);
    }
    generator.shuffle(order);
    Ok(order.split_off(rows - held_out))
}

pub(crate) fn require_at_least_one(name: &'static str, value: usize) -> Result<(), Error> {
    if value > 0 {
        return Ok(());
    }
    Err(Error::Setting { name, requirement: "at least 1", found: value.to_string() })
}

#[cfg(test)]
mod tests;
