//! What a reader of a fit must know.

use std::fmt::{self, Display, Formatter};

use super::stop::FitStop;

/// Why a fit, or its uncertainties, may not be trusted.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FitWarning {
    /// The solver stopped before it was done.
    NotConverged {
        /// Why it stopped.
        stop: FitStop,
    },
    /// The solver stopped where the sum of squares can still be reduced by much in comparison with the uncertainty of the parameters.
    NotStationary {
        /// The relative offset of Bates & Watts, which should be below 0.001.
        relative_offset: f64,
    },
    /// The Jacobian does not have full rank: some parameters, or combinations of them, do not matter to the residuals.
    RankDeficient {
        /// The directions in the parameters that the data determine.
        rank: usize,
        /// The parameters fitted.
        parameters: usize,
        /// The parameters that are not determined; their standard errors are infinite.
        undetermined: Vec<String>,
    },
    /// A parameter ended on its bound, where its standard error means little.
    AtBound {
        /// The element of θ.
        parameter: String,
        /// The bound.
        bound: f64,
    },
    /// There are as many parameters as residuals, so that nothing is left to estimate the uncertainties from.
    NoDegreesOfFreedom,
}

impl Display for FitWarning {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            FitWarning::NotConverged { stop } => write!(f, "not converged: {stop}"),
            FitWarning::NotStationary { relative_offset } => write!(
                f,
                "no minimum: the relative offset is {relative_offset:.1e}, expected below 1e-3"
            ),
            FitWarning::RankDeficient { rank, parameters, undetermined } => write!(
                f,
                "the data determine {rank} of {parameters} directions in the parameters; not determined: {}",
                undetermined.join(", ")
            ),
            FitWarning::AtBound { parameter, bound } => {
                write!(f, "`{parameter}` is on its bound {bound}")
            }
            FitWarning::NoDegreesOfFreedom => write!(
                f,
                "as many parameters as residuals: the standard errors cannot be estimated"
            ),
        }
    }
}
