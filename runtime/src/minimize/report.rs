//! How a minimization ended.

use std::fmt::{self, Display, Formatter};

/// How a minimization ended; the model has the parameters of the least loss that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct MinimizeReport {
    pub(super) first_loss: f64,
    pub(super) loss: f64,
    pub(super) gradient_norm: f64,
    pub(super) iterations: usize,
    pub(super) evaluations: usize,
    pub(super) stop: MinimizeStop,
}

/// Why a minimization stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MinimizeStop {
    /// No element of the gradient is larger than the tolerance, but for those that a bound holds.
    SmallGradient,
    /// A step reduced the loss by no more than the tolerance.
    SmallReduction,
    /// No step down the gradient that floating-point numbers can express reduces the loss.
    RoundingLimit,
    /// The iterations were used up.
    MaxIterations,
    /// However short the steps, the loss or its gradient is not finite where they lead.
    NotFinite,
}

impl MinimizeStop {
    /// Whether the solver stopped because it was done.
    pub fn is_converged(self) -> bool {
        !matches!(self, MinimizeStop::MaxIterations | MinimizeStop::NotFinite)
    }
}

impl MinimizeReport {
    /// The loss before the first step.
    pub fn first_loss(&self) -> f64 {
        self.first_loss
    }

    /// The loss with the parameters that the model has now.
    pub fn loss(&self) -> f64 {
        self.loss
    }

    /// The largest element of the gradient there, in magnitude, but for those that a bound holds and those of fixed parameters.
    pub fn gradient_norm(&self) -> f64 {
        self.gradient_norm
    }

    /// Steps that were taken.
    pub fn iterations(&self) -> usize {
        self.iterations
    }

    /// How often loss and gradient were computed.
    pub fn evaluations(&self) -> usize {
        self.evaluations
    }

    /// Why it stopped.
    pub fn stop_reason(&self) -> MinimizeStop {
        self.stop
    }

    /// Whether the solver stopped because it was done.
    pub fn is_converged(&self) -> bool {
        self.stop.is_converged()
    }
}

impl Display for MinimizeReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let MinimizeReport { first_loss, loss, gradient_norm, iterations, evaluations, stop } =
            self;
        writeln!(
            f,
            "loss: {first_loss:.6e} first, {loss:.6e} last; gradient: {gradient_norm:.1e}"
        )?;
        write!(f, "stopped after {iterations} iterations and {evaluations} evaluations: {stop}")
    }
}

impl Display for MinimizeStop {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MinimizeStop::SmallGradient => "the gradient is zero within the tolerance",
            MinimizeStop::SmallReduction => "the loss no longer falls",
            MinimizeStop::RoundingLimit => "no smaller loss within rounding",
            MinimizeStop::MaxIterations => "the iterations were used up",
            MinimizeStop::NotFinite => "the loss is not finite where steps lead",
        })
    }
}
