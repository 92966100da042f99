//! Solvers and arrays people already use, each behind its own feature.

#[cfg(any(feature = "faer_0_24", feature = "nalgebra_0_35", feature = "ndarray_0_17"))]
mod array;
mod least_squares;
mod objective;
mod point;

#[cfg(feature = "argmin")]
pub mod argmin;
#[cfg(feature = "basin")]
pub mod basin;
#[cfg(feature = "faer_0_24")]
pub mod faer_0_24;
#[cfg(feature = "levenberg-marquardt")]
pub mod levenberg_marquardt;
#[cfg(feature = "nalgebra_0_35")]
pub mod nalgebra_0_35;
#[cfg(feature = "ndarray_0_17")]
pub mod ndarray_0_17;

pub use self::least_squares::LeastSquares;
pub use self::objective::Objective;

#[cfg(test)]
mod tests;
