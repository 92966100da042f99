//! How far a run has come, in one value.

use alloc::vec::Vec;

use crate::kernel::real::Real;
use crate::model::Reduction;

use super::average::Mean;
use super::feed::{Order, Total};
use super::history::Epoch;
use super::undo::Undo;
use super::watch::Watch;

/// Everything that a run has beside θ and the optimizer, which are the caller's: with these three, the same settings and the same rows, it
/// goes on to the same bits.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress<T> {
    /// The epochs that are finished, each with its validation.
    pub epoch: usize,
    /// The steps of the next epoch that are finished.
    pub step: usize,
    /// The loss over those steps.
    pub total: Total,
    /// The order of the rows in this epoch, and what shuffles them for the next.
    pub order: Order,
    /// The last loss of a step that was finite.
    pub last_finite_loss: Option<f64>,
    /// What the last step has changed of the parameters at which loss and gradient were last finite.
    pub undo: Undo<T>,
    /// The best epoch so far.
    pub watch: Watch<T>,
    /// The average of the parameters, if there is one.
    pub average: Option<Mean>,
    /// The finished epochs.
    pub epochs: Vec<Epoch>,
}

impl<T: Real> Progress<T> {
    /// Before the first step.
    pub fn new(order: Order, reduction: Reduction, watch: Watch<T>, undo: Undo<T>) -> Self {
        Progress {
            epoch: 0,
            step: 0,
            total: Total::new(reduction),
            order,
            last_finite_loss: None,
            undo,
            watch,
            average: None,
            epochs: Vec::new(),
        }
    }

    /// Counts a step over so many rows with this loss before it.
    pub fn finish_step(&mut self, loss: f64, rows: usize) {
        self.step += 1;
        self.total.add(loss, rows);
    }

    /// Counts an epoch whose parameters have this watched loss.
    pub fn finish_epoch(&mut self, epoch: Epoch, watched: f64, theta: &[T]) {
        self.epoch += 1;
        self.step = 0;
        self.total.clear();
        self.watch.note(self.epoch, watched, theta);
        self.epochs.push(epoch);
    }
}
