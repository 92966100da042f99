//! What a fit has found.

use crate::derivatives::Jacobian;

use super::statistics::Goodness;
use super::stop::FitStop;
use super::student::two_sided_quantile;
use super::warning::FitWarning;

/// A fitted model with the uncertainties of its parameters.
///
/// It prints as a table. The formulas are in the documentation of the [module](crate::fit).
#[derive(Clone, Debug)]
pub struct FitReport<M> {
    pub(super) model: M,
    pub(super) estimates: Vec<Estimate>,
    pub(super) covariance: Vec<f64>,
    pub(super) residuals: Vec<f64>,
    pub(super) goodness: Goodness,
    /// Directions in the parameters that the data determine: as many as were fitted, unless the Jacobian is rank-deficient.
    pub(super) rank: usize,
    pub(super) is_sigma_absolute: bool,
    pub(super) condition: f64,
    pub(super) scaled_condition: f64,
    pub(super) relative_offset: f64,
    pub(super) iterations: usize,
    pub(super) evaluations: usize,
    pub(super) stop: FitStop,
    pub(super) warnings: Vec<FitWarning>,
    pub(super) observed: Option<(Vec<f64>, Vec<f64>)>,
}

/// One element of θ after a fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Its name: `b1`, or `w[0, 2]` for an element of a vector or matrix.
    pub name: String,
    /// Its value.
    pub value: f64,
    /// Its standard error; 0 if it was fixed, infinite if the data do not determine it.
    pub standard_error: f64,
    /// Whether it was fitted, and where it ended.
    pub state: EstimateState,
}

/// Whether a parameter was fitted, and where it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EstimateState {
    /// It was fitted.
    Fitted,
    /// It was fitted and ended on a bound.
    AtBound,
    /// It was kept as it was.
    Fixed,
}

impl<M: Jacobian<Scalar = f64>> FitReport<M> {
    /// The fitted model.
    pub fn model(&self) -> &M {
        &self.model
    }

    /// The fitted model, without the report.
    pub fn into_model(self) -> M {
        self.model
    }
}

impl<M> FitReport<M> {
    /// All elements of θ, in its order.
    pub fn estimates(&self) -> &[Estimate] {
        &self.estimates
    }

    /// The estimate of this name: `b1`, or `w[0, 2]`.
    pub fn estimate(&self, name: &str) -> Option<&Estimate> {
        self.estimates.iter().find(|estimate| estimate.name == name)
    }

    /// The interval around an estimate that covers the parameter with this probability, `value ± t·standard_error`.
    ///
    /// `t` is a quantile of Student's distribution with the [degrees of freedom](FitReport::degrees_of_freedom), of the normal one where
    /// the standard deviations of the residuals are absolute. None for a name that is no parameter's, or a probability outside (0, 1).
    pub fn confidence_interval(&self, name: &str, probability: f64) -> Option<(f64, f64)> {
        let estimate = self.estimate(name)?;
        if !(probability > 0.0 && probability < 1.0) {
            return None;
        }
        let half = match estimate.standard_error {
            0.0 => 0.0,
            error if error.is_finite() => error * self.quantile(probability),
            _ => f64::INFINITY,
        };
        Some((estimate.value - half, estimate.value + half))
    }

    fn quantile(&self, probability: f64) -> f64 {
        let degrees = (!self.is_sigma_absolute).then(|| self.degrees_of_freedom());
        two_sided_quantile(probability, degrees)
    }

    /// The covariance matrix of θ, row-major; 0 for what was fixed, infinite on the diagonal and NaN beside it for what is not determined.
    pub fn covariance(&self) -> &[f64] {
        &self.covariance
    }

    /// The correlation matrix of θ, row-major; NaN beside the diagonal for what was fixed or is not determined.
    pub fn correlation(&self) -> Vec<f64> {
        let n = self.estimates.len();
        let error = |i: usize| self.estimates[i].standard_error;
        let element = |i: usize, j: usize| {
            if i == j { 1.0 } else { self.covariance[i * n + j] / error(i) / error(j) }
        };
        (0..n * n).map(|place| element(place / n, place % n)).collect()
    }

    /// `Σ (r/σ)²`: the residual sum of squares, or χ² where standard deviations were given.
    pub fn sum_of_squares(&self) -> f64 {
        self.goodness.sum_of_squares
    }

    /// Residuals minus fitted parameters; of these, where the Jacobian is rank-deficient, only as many as its rank.
    pub fn degrees_of_freedom(&self) -> usize {
        self.residuals.len() - self.rank
    }

    /// The sum of squares over the degrees of freedom: `s²`, or the reduced χ². NaN without degrees of freedom.
    pub fn reduced_chi_squared(&self) -> f64 {
        self.sum_of_squares() / self.degrees_of_freedom() as f64
    }

    /// `s`: the standard deviation of the residuals, in units of the σ given.
    pub fn residual_standard_error(&self) -> f64 {
        self.reduced_chi_squared().sqrt()
    }

    /// `R² = 1 − Σ (r/σ)²/Σ ((y − ȳ)/σ)²`. None where the observed values are not known or are all the same.
    pub fn r_squared(&self) -> Option<f64> {
        self.goodness.r_squared
    }

    /// `1 − (1 − R²)·(n − 1)/(n − p)`, with `p` fitted parameters, a constant among them.
    pub fn adjusted_r_squared(&self) -> Option<f64> {
        let degrees = self.degrees_of_freedom();
        let total = self.residuals.len() as f64 - 1.0;
        self.r_squared()
            .filter(|_| degrees > 0)
            .map(|r_squared| 1.0 - (1.0 - r_squared) * total / degrees as f64)
    }

    /// The greatest log-likelihood, of normal residuals.
    pub fn log_likelihood(&self) -> f64 {
        -0.5 * self.goodness.deviance
    }

    /// What the likelihood has as parameters: those fitted, and the variance where it is estimated.
    fn likelihood_parameters(&self) -> f64 {
        self.rank as f64 + if self.is_sigma_absolute { 0.0 } else { 1.0 }
    }

    /// Akaike's information criterion, `2k − 2·ln L`; `k` counts the variance where it is estimated, as in R.
    pub fn aic(&self) -> f64 {
        self.goodness.deviance + 2.0 * self.likelihood_parameters()
    }

    /// Akaike's criterion for few residuals, `AIC + 2k·(k + 1)/(n − k − 1)`. None where `n ≤ k + 1`.
    pub fn aicc(&self) -> Option<f64> {
        let k = self.likelihood_parameters();
        let rest = self.residuals.len() as f64 - k - 1.0;
        (rest > 0.0).then(|| self.aic() + 2.0 * k * (k + 1.0) / rest)
    }

    /// The Bayesian information criterion, `k·ln n − 2·ln L`.
    pub fn bic(&self) -> f64 {
        self.goodness.deviance + self.likelihood_parameters() * (self.residuals.len() as f64).ln()
    }

    /// The condition of `JᵀJ` of the fitted parameters.
    pub fn condition(&self) -> f64 {
        self.condition
    }

    /// The condition of `JᵀJ` with columns of `J` of length one: what is left of it when the units of the parameters are chosen well.
    pub fn scaled_condition(&self) -> f64 {
        self.scaled_condition
    }

    /// How far the solution is from stationary, in units of the size of the confidence region (Bates & Watts 1981).
    pub fn relative_offset(&self) -> f64 {
        self.relative_offset
    }

    /// `prediction − observation`, not divided by the standard deviations.
    pub fn residuals(&self) -> &[f64] {
        &self.residuals
    }

    /// The observations `x` and `y` of a model with one number in and one out that was fitted to [`data`](super::Fit::data).
    pub fn observations(&self) -> Option<(&[f64], &[f64])> {
        self.observed.as_ref().map(|(x, y)| (x.as_slice(), y.as_slice()))
    }

    /// The iterations of the solver, from all starts tried.
    pub fn iterations(&self) -> usize {
        self.iterations
    }

    /// The evaluations of the residuals with their Jacobian.
    pub fn evaluations(&self) -> usize {
        self.evaluations
    }

    /// Why the fit stopped.
    pub fn stop_reason(&self) -> FitStop {
        self.stop
    }

    /// Whether the solver was done, at a minimum.
    pub fn is_converged(&self) -> bool {
        let is_doubt = |warning: &FitWarning| {
            matches!(warning, FitWarning::NotConverged { .. } | FitWarning::NotStationary { .. })
        };
        !self.warnings.iter().any(is_doubt)
    }

    /// Why the fit, or its uncertainties, may not be trusted; none of a good fit.
    pub fn warnings(&self) -> &[FitWarning] {
        &self.warnings
    }
}
