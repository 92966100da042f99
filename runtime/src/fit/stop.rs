//! Why a fit stopped.

use std::fmt::{self, Display, Formatter};

/// Why a fit stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FitStop {
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

impl FitStop {
    /// Whether the solver stopped because it was done.
    pub fn is_converged(self) -> bool {
        !matches!(self, FitStop::MaxIterations | FitStop::NoStep)
    }
}

impl Display for FitStop {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FitStop::SmallReduction => "the sum of squares no longer falls",
            FitStop::SmallStep => "the parameters no longer change",
            FitStop::ZeroGradient => "the gradient is zero",
            FitStop::RoundingLimit => "no smaller sum of squares within rounding",
            FitStop::NothingToFit => "all parameters are fixed",
            FitStop::MaxIterations => "the iterations were used up",
            FitStop::NoStep => "the solver found no step",
        })
    }
}
