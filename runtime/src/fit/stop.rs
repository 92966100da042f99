//! Why a fit stopped.

use std::fmt::{self, Display, Formatter};

/// Why a fit stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StopReason {
    /// A step neither brought nor promised a further reduction of the sum of squares above the tolerance.
    SmallReduction,
    /// A step changed no parameter by more than the tolerance.
    SmallStep,
    /// The gradient is zero to rounding.
    ZeroGradient,
    /// No step that floating-point numbers can express reduces the sum of squares.
    RoundingLimit,
    /// All parameters are fixed.
    NothingToFit,
    /// The iterations were used up.
    MaxIterations,
    /// The solver found no step at all.
    NoStep,
}

impl StopReason {
    /// Whether the solver stopped because it was done.
    pub fn is_converged(self) -> bool {
        !matches!(self, StopReason::MaxIterations | StopReason::NoStep)
    }
}

impl Display for StopReason {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            StopReason::SmallReduction => "the sum of squares no longer falls",
            StopReason::SmallStep => "the parameters no longer change",
            StopReason::ZeroGradient => "the gradient is zero",
            StopReason::RoundingLimit => "no smaller sum of squares within rounding",
            StopReason::NothingToFit => "all parameters are fixed",
            StopReason::MaxIterations => "the iterations were used up",
            StopReason::NoStep => "the solver found no step",
        })
    }
}
