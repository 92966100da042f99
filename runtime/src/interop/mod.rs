//! Solvers and arrays people already use, each behind its own feature.

mod least_squares;
mod objective;
mod point;

#[cfg(feature = "argmin")]
pub mod argmin;
#[cfg(feature = "basin")]
pub mod basin;
#[cfg(feature = "levenberg-marquardt")]
pub mod levenberg_marquardt;

pub use self::least_squares::LeastSquares;
pub use self::objective::Objective;

#[cfg(test)]
mod tests;
