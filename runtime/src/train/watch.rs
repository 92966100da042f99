//! The best epoch so far, and when to give up waiting for a better one.

use alloc::vec::Vec;

/// Watches one loss per epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch<T> {
    pub(super) patience: Option<usize>,
    pub(super) best_epoch: usize,
    pub(super) best_loss: f64,
    pub(super) parameters: Vec<T>,
}

impl<T: Copy> Watch<T> {
    /// Keeps the parameters of the best epoch where there is a patience.
    pub fn new(patience: Option<usize>, parameters: &[T]) -> Self {
        let parameters = if patience.is_some() { parameters.to_vec() } else { Vec::new() };
        Watch { patience, best_epoch: 0, best_loss: f64::INFINITY, parameters }
    }

    /// Notes the loss after an epoch with these parameters.
    pub fn note(&mut self, epoch: usize, loss: f64, parameters: &[T]) {
        if loss < self.best_loss {
            (self.best_epoch, self.best_loss) = (epoch, loss);
            if self.patience.is_some() {
                self.parameters.copy_from_slice(parameters);
            }
        }
    }

    /// The patience, if it has run out by the end of this epoch.
    pub fn exhausted(&self, epoch: usize) -> Option<usize> {
        self.patience.filter(|&patience| epoch - self.best_epoch >= patience)
    }

    /// The best epoch so far.
    pub fn best_epoch(&self) -> usize {
        self.best_epoch
    }

    /// The parameters of the best epoch, where they are kept.
    pub fn best_parameters(&self) -> Option<&[T]> {
        self.patience.map(|_| self.parameters.as_slice())
    }
}
