//! Why a fit cannot begin.

use std::fmt::{self, Display, Formatter};

use crate::error::Error;

/// Why a fit cannot begin: what was expected, and what was found.
///
/// Rows and elements of θ count from 0.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FitError {
    /// No data were given.
    NoData,
    /// There are more parameters to fit than residuals.
    TooFewResiduals {
        /// The residuals: observations times outputs.
        residuals: usize,
        /// The parameters that are not fixed.
        parameters: usize,
    },
    /// A standard deviation is not a positive number.
    Sigma {
        /// Its place.
        row: usize,
        /// Its value.
        value: f64,
    },
    /// A weight is not a positive number.
    Weight {
        /// Its place.
        row: usize,
        /// Its value.
        value: f64,
    },
    /// There are not as many standard deviations or weights as residuals.
    SigmaCount {
        /// The residuals.
        residuals: usize,
        /// The standard deviations.
        found: usize,
    },
    /// The model has no parameter of this name.
    UnknownParameter {
        /// The name given.
        name: String,
        /// The names of the model.
        known: Vec<&'static str>,
    },
    /// A lower bound is not below the upper one, or not a number.
    Bounds {
        /// The element of θ.
        parameter: String,
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// A parameter of the model that the fit starts from is outside its bounds.
    StartOutside {
        /// The element of θ.
        parameter: String,
        /// Its value.
        value: f64,
        /// The lower bound.
        low: f64,
        /// The upper bound.
        high: f64,
    },
    /// A residual is NaN or infinite where the fit starts.
    StartResidual {
        /// The residual.
        row: usize,
        /// Its value.
        value: f64,
    },
    /// A derivative is NaN or infinite where the fit starts.
    StartDerivative {
        /// The residual.
        row: usize,
        /// The element of θ.
        parameter: String,
        /// Its value.
        value: f64,
    },
    /// The residuals are finite where the fit starts, but their squares are not.
    StartTooLarge,
    /// A picture needs one input of one number, one output, and the data of [`Fit::data`](super::Fit::data).
    #[cfg(feature = "plot")]
    NotAPlane,
    /// A picture could not be drawn or written.
    #[cfg(feature = "plot")]
    Plot {
        /// Why not.
        reason: String,
    },
}

impl From<FitError> for Error {
    fn from(error: FitError) -> Error {
        Error::Fit(error)
    }
}

impl Display for FitError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            FitError::NoData => {
                write!(f, "the fit has no data, expected those of `data` or `batch`")
            }
            FitError::TooFewResiduals { residuals, parameters } => write!(
                f,
                "{parameters} parameters are to be fitted to {residuals} residuals, expected at least as many residuals as parameters"
            ),
            FitError::Sigma { row, value } => write!(
                f,
                "the standard deviation of row {row} is {value}, expected a positive finite number"
            ),
            FitError::Weight { row, value } => {
                write!(f, "the weight of row {row} is {value}, expected a positive finite number")
            }
            FitError::SigmaCount { residuals, found } => write!(
                f,
                "{found} standard deviations or weights are given, expected 1 or {residuals}, one for each residual"
            ),
            FitError::UnknownParameter { name, known } => {
                let known: Vec<_> = known.iter().map(|known| format!("`{known}`")).collect();
                write!(
                    f,
                    "`{name}` is no parameter of the model, expected one of {}",
                    known.join(", ")
                )
            }
            FitError::Bounds { parameter, low, high } => write!(
                f,
                "the bounds of `{parameter}` are {low} and {high}, expected the lower one below the upper one"
            ),
            FitError::StartOutside { parameter, value, low, high } => write!(
                f,
                "`{parameter}` starts at {value}, expected a start within its bounds, {low} to {high}"
            ),
            FitError::StartResidual { row, value } => write!(
                f,
                "residual {row} is {value} at the start, expected a finite number; start from other parameters"
            ),
            FitError::StartDerivative { row, parameter, value } => write!(
                f,
                "the derivative of residual {row} for `{parameter}` is {value} at the start, expected a finite number; start from other parameters"
            ),
            FitError::StartTooLarge => write!(
                f,
                "the squares of the residuals at the start are no finite numbers; start from other parameters"
            ),
            #[cfg(feature = "plot")]
            FitError::NotAPlane => write!(
                f,
                "the fit has no picture in the plane, expected a model of one number in and one out, fitted to `data`"
            ),
            #[cfg(feature = "plot")]
            FitError::Plot { reason } => write!(f, "the picture cannot be drawn: {reason}"),
        }
    }
}

impl std::error::Error for FitError {}
