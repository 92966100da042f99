//! The best epoch so far, and when to give up waiting for a better one.

use alloc::vec::Vec;

/// When to give up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Patience {
    /// After so many epochs without an improvement.
    pub epochs: usize,
    /// An improvement is a loss that is less than the one before it by more than this.
    pub min_delta: f64,
}

/// Watches one loss per epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch<T> {
    pub patience: Option<Patience>,
    pub best_epoch: usize,
    pub best_loss: f64,
    /// The last epoch with an improvement, of which the best may bring less.
    pub improved_epoch: usize,
    pub improved_loss: f64,
    pub parameters: Vec<T>,
}

impl<T: Copy> Watch<T> {
    /// Keeps the parameters of the best epoch where there is a patience.
    pub fn new(patience: Option<Patience>, parameters: &[T]) -> Self {
        let parameters = if patience.is_some() { parameters.to_vec() } else { Vec::new() };
        let [best_loss, improved_loss] = [f64::INFINITY; 2];
        Watch { patience, best_epoch: 0, best_loss, improved_epoch: 0, improved_loss, parameters }
    }

    /// Notes the loss after an epoch with these parameters.
    pub fn note(&mut self, epoch: usize, loss: f64, parameters: &[T]) {
        if loss < self.best_loss {
            (self.best_epoch, self.best_loss) = (epoch, loss);
            if self.patience.is_some() {
                self.parameters.copy_from_slice(parameters);
            }
        }
        let min_delta = self.patience.map_or(0.0, |patience| patience.min_delta);
        if loss < self.improved_loss - min_delta {
            (self.improved_epoch, self.improved_loss) = (epoch, loss);
        }
    }

    /// The patience, if it has run out by the end of this epoch.
    pub fn exhausted(&self, epoch: usize) -> Option<usize> {
        let epochs = self.patience?.epochs;
        (epoch - self.improved_epoch >= epochs).then_some(epochs)
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

#[cfg(test)]
mod tests {
    use super::{Patience, Watch};

    fn watch(min_delta: f64) -> Watch<f32> {
        Watch::new(Some(Patience { epochs: 2, min_delta }), &[0.0])
    }

    #[test]
    fn small_improvements_are_kept_but_do_not_renew_the_patience() {
        let mut watch = watch(0.1);
        for (epoch, loss) in [(1, 1.0), (2, 0.95), (3, 0.91)] {
            assert_eq!(watch.exhausted(epoch - 1), None);
            watch.note(epoch, loss, &[epoch as f32]);
        }
        assert_eq!(watch.exhausted(3), Some(2));
        assert_eq!((watch.best_epoch(), watch.best_parameters()), (3, Some(&[3.0][..])));
    }

    #[test]
    fn small_improvements_add_up_to_a_large_one() {
        let mut watch = watch(0.1);
        for (epoch, loss) in [(1, 1.0), (2, 0.95), (3, 0.89), (4, 0.85)] {
            watch.note(epoch, loss, &[0.0]);
            assert_eq!(watch.exhausted(epoch), None);
        }
    }
}
