//! Curve fitting: parameters with their uncertainties, from data and a formula. Behind the feature `fit`.
//!
//! A [`Fit`] takes a model of scalar `f64` with `derivatives(jacobian)`, data, and what is known of both; its [`run`](Fit::run) gives a
//! [`FitReport`], which prints as a table and holds all of it as numbers.
//!
//! # Examples
//! ```
//! use chainrule::prelude::*;
//!
//! /// Enzyme kinetics: velocity over concentration of the substrate (Michaelis & Menten 1913).
//! #[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
//! fn michaelis_menten(s: Input, vmax: Param, km: Param) -> Output {
//!     vmax * s / (km + s)
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! // The reaction velocity of Puromycin-treated enzyme (Treloar 1974; Bates & Watts 1988, A1.3).
//! let s = [0.02, 0.02, 0.06, 0.06, 0.11, 0.11, 0.22, 0.22, 0.56, 0.56, 1.10, 1.10];
//! let v = [76.0, 47.0, 97.0, 107.0, 123.0, 139.0, 159.0, 152.0, 191.0, 201.0, 207.0, 200.0];
//! let start = MichaelisMenten::from_parameters(vec![200.0, 0.1])?;
//! let report = Fit::new(start).data(&s, &v).run()?;
//! println!("{report}");
//!
//! // Bates & Watts, p. 41: 212.7 ± 6.947 and 0.0641 ± 0.00828.
//! let vmax = report.estimate("vmax").expect("a parameter of the model");
//! assert!((vmax.value - 212.7).abs() < 0.05 && (vmax.standard_error - 6.947).abs() < 0.0005);
//! let km = report.estimate("km").expect("a parameter of the model");
//! assert!((km.value - 0.0641).abs() < 5e-5 && (km.standard_error - 0.00828).abs() < 5e-6);
//! assert!(report.warnings().is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! Standard deviations of the observations, bounds, a parameter that is known, and a loss that forgives outliers:
//! ```
//! use chainrule::fit::Huber;
//! use chainrule::prelude::*;
//!
//! /// A decay on a background.
//! #[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
//! fn decay(t: Input, a: Param, k: Param, background: Param) -> Output {
//!     a * exp(-k * t) + background
//! }
//!
//! # fn main() -> Result<(), chainrule::Error> {
//! let t: Vec<f64> = (0..20).map(|i| 0.25 * f64::from(i)).collect();
//! let mut y: Vec<f64> = t.iter().map(|t| 5.0 * (-0.8 * t).exp() + 1.0).collect();
//! y[7] += 30.0;
//! let sigma: Vec<f64> = y.iter().map(|y| 0.05 * y).collect();
//!
//! let start = Decay::from_parameters(vec![1.0, 1.0, 1.0])?;
//! let report = Fit::new(start)
//!     .data(&t, &y)
//!     .sigma(&sigma)?
//!     .absolute_sigma()
//!     .bounds("k", 0.0, 10.0)
//!     .fix("background")
//!     .loss(Huber(1.0))
//!     .run()?;
//! assert!((report.estimate("k").expect("a parameter of the model").value - 0.8).abs() < 0.05);
//! # Ok(())
//! # }
//! ```
//!
//! # What is minimized
//! `½·Σᵢ fᵢ²` over the parameters that are not fixed, within the [bounds](Fit::bounds). `fᵢ` is the residual `rᵢ = prediction − observation`,
//! divided by its [standard deviation](Fit::sigma) `σᵢ`; with a [robust loss](RobustLoss) `ρ` it is `δ·√ρ((rᵢ/σᵢδ)²)` of the same sign, which
//! makes the sum `½·Σ δ²·ρ`, that of `least_squares` in SciPy.
//!
//! # How
//! - Without bounds by the method of Levenberg (1944) and Marquardt (1963) in the form of Moré (1978): a step within a region of trust, in
//!   which every parameter has its own scale, the length of its column of the Jacobian `J`, so that units do not matter. A trial where the
//!   model is NaN or infinite is a step that is too long.
//! - With bounds by the same method on those parameters that no bound holds. A step out of the box that comes to a smaller sum of squares
//!   where it is put back on it leaves the parameters concerned on their bounds; those that the gradient pulls inwards at the end are let
//!   go again (Bertsekas 1982).
//! - The solver, the one of the crate `basin`, sees the triangle `R` of `[J | f] = Q·R`. It comes from the products of the columns, which
//!   are right to rounding, where the columns are far enough apart, and else from a QR factorization in blocks of rows; so does that of
//!   the uncertainties, with a condition of `JᵀJ` of at most a million, so that nine digits are left.
//! - Once steps bring less than a millionth of the sum of squares, steps of Gauss and Newton bring the gradient to zero, which a comparison
//!   of sums of squares can do to half of the digits only. Where they do not, the method goes on.
//! - A fit that ends where the Jacobian has lost rank, or not at a minimum, is tried again with shorter first steps, and the best is kept;
//!   [other starts](Fit::starts) are tried on request.
//!
//! # What is reported
//! With `n` residuals, `p` parameters fitted, and `J` and `r` divided by `σ`:
//!
//! | | |
//! |---|---|
//! | covariance | `s²·(JᵀJ)⁻¹` with `s² = Σ r²/(n − p)`; with [`absolute_sigma`](Fit::absolute_sigma), `(JᵀJ)⁻¹` |
//! | standard error | the square root of its diagonal |
//! | interval | `value ± t·standard error`, `t` of Student's distribution with `n − p` degrees of freedom, or normal with `absolute_sigma` |
//! | `R²`, adjusted | `1 − Σ r²/Σ ((y − ȳ)/σ)²`, with the weighted mean `ȳ`; `1 − (1 − R²)·(n − 1)/(n − p)` |
//! | `−2·ln L` | `n·(ln(2π·Σ r²/n) + 1) + Σ ln σ²`; with `absolute_sigma`, `Σ r² + Σ ln(2πσ²)` |
//! | AIC, AICc, BIC | `−2·ln L` plus `2k`, `2kn/(n − k − 1)`, `k·ln n`; `k = p + 1`, with `absolute_sigma` `p` |
//! | condition | of `JᵀJ`, as it is and with columns of `J` of length one |
//! | relative offset | how far the minimum is, in units of the confidence region (Bates & Watts 1981); below 0.001 |
//!
//! These are the formulas of the linear model that touches the formula at the minimum. With a robust loss every row of `J` and `r` is
//! multiplied by `√ρ′` first, as in the last step of a reweighted fit; sums of squares remain those of the residuals themselves.
//!
//! # When it cannot be trusted
//! [`warnings`](FitReport::warnings) says so: not converged, no minimum, parameters that the data do not determine (their standard errors
//! are infinite), parameters on a bound, no degrees of freedom. What cannot begin is an [`Error::Fit`](crate::Error::Fit).
//!
//! # References
//! - Levenberg (1944), *A Method for the Solution of Certain Non-Linear Problems in Least Squares*; Marquardt (1963), *An Algorithm for
//!   Least-Squares Estimation of Nonlinear Parameters*; Moré (1978), *The Levenberg–Marquardt Algorithm: Implementation and Theory*.
//! - Bertsekas (1982), *Projected Newton Methods for Optimization Problems with Simple Constraints*; Kanzow, Yamashita & Fukushima
//!   (2004), *Levenberg–Marquardt Methods with Strong Local Convergence for Solving Nonlinear Equations with Convex Constraints*.
//! - Bates & Watts (1988), *Nonlinear Regression Analysis and Its Applications*; (1981), *A Relative Offset Orthogonality Convergence
//!   Criterion for Nonlinear Least Squares*.
//! - Akaike (1974), Schwarz (1978), Hurvich & Tsai (1989) for the criteria AIC, BIC and AICc; Burnham & Anderson (2002), *Model Selection and
//!   Multimodel Inference*.
//! - McCullough (1998), *Assessing the Reliability of Statistical Software*, for the certified problems of NIST, of which the tests reproduce
//!   parameters and standard errors to eight and seven digits.

mod bounded;
mod builder;
mod directions;
mod display;
mod error;
mod evaluation;
mod extremes;
mod inputs;
mod linear;
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
mod summary;
mod vectors;
mod warning;

pub use self::builder::Fit;
pub use self::error::FitError;
pub use self::inputs::Inputs;
pub use self::loss::RobustLoss::{self, Arctan, Cauchy, Huber, LeastSquares, SoftL1};
pub use self::report::{Estimate, EstimateState, FitReport};
pub use self::stop::FitStop;
pub use self::warning::FitWarning;

#[cfg(test)]
mod tests;
