//! Solvers and arrays people already use, each behind its own feature.

mod least_squares;
mod point;

#[cfg(feature = "levenberg-marquardt")]
pub mod levenberg_marquardt;

pub use self::least_squares::LeastSquares;

#[cfg(test)]
mod tests;
