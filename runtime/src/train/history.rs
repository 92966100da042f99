//! What happened in a training run, epoch by epoch.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};

#[cfg(not(feature = "std"))]
use crate::float::{Double, Float};

/// One epoch of training, as observers see it and the history keeps it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Epoch {
    /// Its number, from 1.
    pub epoch: usize,
    /// The number of epochs asked for.
    pub epochs: usize,
    /// Steps done in it: fewer than it has where training ended within it.
    pub steps: usize,
    /// The training loss: over the epoch's mini-batches, each before its step.
    pub loss: f64,
    /// The loss of the validation rows after the epoch, if there are any.
    pub validation_loss: Option<f64>,
    /// What was measured on the validation rows after the epoch, by name, in the order that the metrics were added.
    pub metrics: Vec<(Cow<'static, str>, f64)>,
    /// The learning rate of the last step.
    pub learning_rate: f64,
}

impl Epoch {
    /// What was measured under this name.
    pub fn metric(&self, name: &str) -> Option<f64> {
        self.metrics.iter().find(|(known, _)| known == name).map(|&(_, value)| value)
    }
}

/// Why training stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StopReason {
    /// All epochs were run.
    EpochsDone,
    /// The watched loss had not improved for this many epochs.
    NoImprovement {
        /// The number of epochs.
        patience: usize,
    },
    /// An observer ended it.
    Observer,
    /// The flag of [`Trainer::stop_when`](super::Trainer::stop_when) was set.
    Asked,
    /// The time of `Trainer::stop_after` was over.
    TimeLimit,
}

/// Which parameters the model has after training.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Those after the last epoch.
    Last,
    /// Those after the best epoch, as early stopping keeps them; averaged ones where there is an average.
    Best,
    /// The [average](super::Average).
    Average,
}

/// Where a run went on that had been interrupted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resumed {
    /// The checkpoint.
    pub file: String,
    /// The epochs that were finished.
    pub epoch: usize,
    /// The steps of the next epoch that were finished.
    pub step: usize,
    /// What was wrong with later checkpoints, which were passed over.
    pub refused: Vec<String>,
}

/// A finished training run.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    pub(super) epochs: Vec<Epoch>,
    pub(super) best_epoch: usize,
    pub(super) kept: Kept,
    pub(super) final_loss: f64,
    pub(super) stop: StopReason,
    pub(super) resumed: Option<Resumed>,
}

impl History {
    /// All epochs in order; at least one.
    pub fn epochs(&self) -> &[Epoch] {
        &self.epochs
    }

    /// The training loss of the first epoch.
    pub fn first_loss(&self) -> f64 {
        self.epochs.first().map_or(f64::NAN, |epoch| epoch.loss)
    }

    /// The training loss of the last epoch.
    pub fn last_loss(&self) -> f64 {
        self.epochs.last().map_or(f64::NAN, |epoch| epoch.loss)
    }

    /// The least training loss of any epoch.
    pub fn best_loss(&self) -> f64 {
        self.epochs.iter().map(|epoch| epoch.loss).fold(f64::INFINITY, f64::min)
    }

    /// The number, from 1, of the epoch with the least watched loss: that of the validation rows if there are any, else the training loss.
    pub fn best_epoch(&self) -> usize {
        self.best_epoch
    }

    /// Which parameters the model has now.
    pub fn kept(&self) -> Kept {
        self.kept
    }

    /// The loss of all training rows with the parameters that the model has now.
    pub fn final_loss(&self) -> f64 {
        self.final_loss
    }

    /// Where the run went on, if it had been interrupted.
    pub fn resumed(&self) -> Option<&Resumed> {
        self.resumed.as_ref()
    }

    /// Why training stopped.
    pub fn stop_reason(&self) -> StopReason {
        self.stop
    }
}

impl Display for History {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (first, last, best) = (self.first_loss(), self.last_loss(), self.best_loss());
        writeln!(
            f,
            "loss: {} first, {} last, {} best; {} with the final parameters",
            Figures(first),
            Figures(last),
            Figures(best),
            Figures(self.final_loss)
        )?;
        let losses = || self.epochs.iter().filter_map(|epoch| epoch.validation_loss);
        if let (Some(first), Some(last)) = (losses().next(), losses().next_back()) {
            let best = losses().fold(f64::INFINITY, f64::min);
            let (first, last, best) = (Figures(first), Figures(last), Figures(best));
            writeln!(f, "validation loss: {first} first, {last} last, {best} best")?;
        }
        for (name, last) in self.epochs.last().map_or(&[][..], |epoch| &epoch.metrics) {
            let first =
                self.epochs.first().and_then(|epoch| epoch.metric(name)).unwrap_or(f64::NAN);
            writeln!(f, "{name}: {} first, {} last", Figures(first), Figures(*last))?;
        }
        let (done, asked) = (self.epochs.len(), self.epochs.last().map_or(0, |epoch| epoch.epochs));
        write!(f, "stopped after {done} of {asked} epochs: ")?;
        match self.stop {
            StopReason::EpochsDone => write!(f, "all were run")?,
            StopReason::NoImprovement { patience } => {
                write!(f, "no improvement for {patience} epochs")?;
            }
            StopReason::Observer => write!(f, "an observer ended it")?,
            StopReason::Asked => write!(f, "it was asked to stop")?,
            StopReason::TimeLimit => write!(f, "its time was over")?,
        }
        match self.kept {
            Kept::Last => Ok(()),
            Kept::Best => write!(f, "; the parameters of epoch {} are kept", self.best_epoch),
            Kept::Average => write!(f, "; the average of the parameters is kept"),
        }?;
        let Some(Resumed { file, epoch, step, refused }) = &self.resumed else { return Ok(()) };
        write!(f, "\nresumed from `{file}`, after {epoch} epochs and {step} steps")?;
        refused.iter().try_for_each(|refused| write!(f, "\npassed over {refused}"))
    }
}

/// A number with six significant figures.
pub(super) struct Figures(pub f64);

impl Display for Figures {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let value = self.0;
        let exponent = value.abs().log10().floor();
        if value == 0.0 || !value.is_finite() {
            write!(f, "{value}")
        } else if (-4.0..6.0).contains(&exponent) {
            write!(f, "{value:.*}", (5.0 - exponent) as usize)
        } else {
            write!(f, "{value:.5e}")
        }
    }
}

#[cfg(test)]
mod tests;
