//! Curve fitting: parameters with their uncertainties from data and a formula.

mod builder;
mod display;
mod error;
mod evaluation;
mod inputs;
mod loss;
#[cfg(feature = "plot")]
mod plot;
mod reduce;
mod report;
mod run;
mod singular;
mod solve;
mod starts;
mod statistics;
mod stop;
mod student;
mod warning;

pub use self::builder::Fit;
pub use self::error::FitError;
pub use self::inputs::Inputs;
pub use self::loss::RobustLoss::{self, Arctan, Cauchy, Huber, LeastSquares, SoftL1};
pub use self::report::{Estimate, EstimateState, FitReport};
pub use self::stop::StopReason;
pub use self::warning::FitWarning;

#[cfg(test)]
mod tests;
