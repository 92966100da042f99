//! Learning rates that fall where the loss no longer does.

use crate::error::Error;
use crate::optimizer::{require_positive, require_share};

use super::require_at_least_one;

/// Multiplies the learning rate by a factor each time the loss has not improved for some epochs, for
/// [`Trainer::plateau`](super::Trainer::plateau).
///
/// The loss is that of the validation rows if there are any, else the training loss. It improves where it falls below
/// `best − threshold·|best|`. After a reduction the count begins again, once the epochs of the cool-down are over. Defaults: a factor of 0.1,
/// patience 10, threshold 1e-4, no cool-down, no floor.
///
/// # Examples
/// ```
/// use chainrule::train::Plateau;
///
/// let plateau = Plateau::new().factor(0.5).patience(2);
/// assert_eq!(plateau.factor_after([1.0, 0.9, 0.9, 0.9]), 0.5);
/// assert_eq!(plateau.factor_after([1.0, 0.9, 0.9, 0.8]), 1.0);
/// ```
///
/// # References
/// `ReduceLROnPlateau` of `PyTorch`, which has the same reductions with a patience of one less: it waits for more than `patience` epochs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plateau {
    factor: f64,
    patience: usize,
    threshold: f64,
    cool_down: usize,
    floor: f64,
}

impl Plateau {
    /// The defaults.
    pub fn new() -> Self {
        Plateau { factor: 0.1, patience: 10, threshold: 1e-4, cool_down: 0, floor: 0.0 }
    }

    /// Sets what the learning rate is multiplied by, above 0 and below 1.
    pub fn factor(self, factor: f64) -> Self {
        Plateau { factor, ..self }
    }

    /// Sets the number of epochs without improvement after which the learning rate falls.
    pub fn patience(self, epochs: usize) -> Self {
        Plateau { patience: epochs, ..self }
    }

    /// Sets the part of the best loss by which another must be less to be an improvement, from 0 to below 1.
    pub fn threshold(self, threshold: f64) -> Self {
        Plateau { threshold, ..self }
    }

    /// Sets the number of epochs after a reduction that do not count.
    pub fn cool_down(self, epochs: usize) -> Self {
        Plateau { cool_down: epochs, ..self }
    }

    /// Sets the least factor of the learning rate.
    pub fn floor(self, floor: f64) -> Self {
        Plateau { floor, ..self }
    }

    /// The factor of the learning rate after epochs with these losses. It depends on nothing else, so that a resumed run has the same.
    pub fn factor_after(&self, losses: impl IntoIterator<Item = f64>) -> f64 {
        let (mut best, mut without, mut cooling, mut factor) = (f64::INFINITY, 0, 0, 1.0);
        for loss in losses {
            without += 1;
            if loss < best - best.abs() * self.threshold || best == f64::INFINITY {
                (best, without) = (loss, 0);
            }
            if cooling > 0 {
                (cooling, without) = (cooling - 1, 0);
            }
            if without >= self.patience {
                factor = f64::max(factor * self.factor, self.floor);
                (without, cooling) = (0, self.cool_down);
            }
        }
        factor
    }

    /// Whether all settings are in their range.
    pub(super) fn check(&self) -> Result<(), Error> {
        let Plateau { factor, patience, threshold, floor, .. } = *self;
        require_positive("plateau factor", factor)?;
        require_share("plateau factor", factor)?;
        require_share("plateau floor", floor)?;
        require_share("plateau threshold", threshold)?;
        require_at_least_one("plateau patience", patience)
    }
}

impl Default for Plateau {
    fn default() -> Self {
        Plateau::new()
    }
}

#[cfg(test)]
mod tests;
