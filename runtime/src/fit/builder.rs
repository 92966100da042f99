//! The front door: a model, its data, and how they are to be fitted.

use crate::derivatives::{Jacobian, Observations};
use crate::error::Error;
use crate::model::{require_dims, require_finite_parameters};
use crate::parameters::element_name;

use super::error::FitError;
use super::evaluation::{Bounds, Evaluation};
use super::inputs::Inputs;
use super::loss::RobustLoss;
use super::report::FitReport;
use super::run::{Plan, run};
use super::solve::Limits;

/// A fit of a model to data, being put together; [`run`](Fit::run) fits.
///
/// Fits start from the parameters that the model has. What the setters find wrong is the error of `run`, except where they return a
/// `Result` themselves.
#[derive(Clone)]
#[must_use = "a fit does nothing until it is run"]
pub struct Fit<'a, M: Jacobian<Scalar = f64>> {
    model: M,
    batch: Option<M::Batch<'a>>,
    target: Option<&'a [f64]>,
    inputs: Vec<&'a [f64]>,
    sigma: Vec<f64>,
    is_sigma_absolute: bool,
    bounds: Bounds,
    is_fixed: Vec<bool>,
    loss: RobustLoss,
    starts: usize,
    seed: u64,
    limits: Limits,
    error: Option<Error>,
}

impl<'a, M: Jacobian<Scalar = f64>> Fit<'a, M> {
    /// A fit that starts from the parameters of `model`.
    pub fn new(model: M) -> Self {
        let parameters = model.parameters().len();
        Fit {
            model,
            batch: None,
            target: None,
            inputs: Vec::new(),
            sigma: Vec::new(),
            is_sigma_absolute: false,
            bounds: Bounds::none(parameters),
            is_fixed: vec![false; parameters],
            loss: RobustLoss::LeastSquares,
            starts: 1,
            seed: 0,
            limits: Limits { max_iterations: 1000, reduction: 1e-14, step: 1e-14 },
            error: None,
        }
    }

    /// The observations: `&x`, or `[&x1, &x2]` in the order of the signature, and what was observed, `&y`.
    pub fn data(mut self, inputs: impl Inputs<'a>, target: &'a [f64]) -> Self
    where
        M: Observations,
    {
        let inputs = inputs.slices();
        match self.model.observations(&inputs, target) {
            Ok(batch) => self.batch = Some(batch),
            Err(error) => self.refuse(error),
        }
        self.target = Some(target);
        self.inputs = inputs;
        self
    }

    /// The examples of a batch, for models with index inputs or shared data.
    pub fn batch(mut self, batch: &M::Batch<'a>) -> Self {
        self.batch = Some(*batch);
        self.target = None;
        self.inputs = Vec::new();
        self
    }

    /// The standard deviation of the residuals: one for all, or one for each.
    ///
    /// Residuals are divided by it. It need only be known up to a factor, which the fit estimates, unless it is
    /// [absolute](Fit::absolute_sigma).
    ///
    /// # Errors
    /// [`FitError::Sigma`] for the first that is not a positive finite number.
    pub fn sigma(mut self, sigma: &[f64]) -> Result<Self, Error> {
        if let Some((row, value)) = first_not_positive(sigma) {
            return Err(FitError::Sigma { row, value }.into());
        }
        self.sigma = sigma.to_vec();
        Ok(self)
    }

    /// Weights of the squared residuals, `1/σ²`: one for all, or one for each.
    ///
    /// # Errors
    /// [`FitError::Weight`] for the first that is not a positive finite number.
    pub fn weights(mut self, weights: &[f64]) -> Result<Self, Error> {
        if let Some((row, value)) = first_not_positive(weights) {
            return Err(FitError::Weight { row, value }.into());
        }
        self.sigma = weights.iter().map(|weight| weight.sqrt().recip()).collect();
        Ok(self)
    }

    /// Takes the standard deviations as they are: the uncertainties of the parameters follow from them alone, and not from how well the
    /// model fits. `absolute_sigma=True` of `curve_fit` in SciPy.
    pub fn absolute_sigma(mut self) -> Self {
        self.is_sigma_absolute = true;
        self
    }

    /// Keeps a parameter between two bounds; every element of it, or one element, as in `"w[2]"`. An infinite bound is none.
    pub fn bounds(mut self, parameter: &str, low: f64, high: f64) -> Self {
        for position in self.select(parameter) {
            self.bound(position, low, high);
        }
        self
    }

    /// Bounds for all elements of θ.
    pub fn bounds_of_all(mut self, low: &[f64], high: &[f64]) -> Self {
        let expected = self.bounds.low.len();
        for (name, bounds) in [("low", low), ("high", high)] {
            if bounds.len() != expected {
                self.refuse(Error::Length { name, expected, found: bounds.len() });
                return self;
            }
        }
        for (position, (&low, &high)) in low.iter().zip(high).enumerate() {
            self.bound(position, low, high);
        }
        self
    }

    /// Keeps a parameter as it is; every element of it, or one element, as in `"w[2]"`.
    pub fn fix(mut self, parameter: &str) -> Self {
        for position in self.select(parameter) {
            self.is_fixed[position] = true;
        }
        self
    }

    /// What a residual costs. [`RobustLoss::LeastSquares`] unless set.
    pub fn loss(mut self, loss: RobustLoss) -> Self {
        let scale = loss.scale();
        if scale > 0.0 && scale.is_finite() {
            self.loss = loss;
        } else {
            let requirement = "a positive finite number";
            let found = scale.to_string();
            self.refuse(Error::Setting { name: "the scale of the loss", requirement, found });
        }
        self
    }

    /// Fits from so many starts and keeps the best: the model's parameters, and others drawn between the bounds, or around the model's
    /// parameters where there are none.
    pub fn starts(mut self, starts: usize, seed: u64) -> Self {
        self.require_positive("starts", starts);
        self.starts = starts;
        self.seed = seed;
        self
    }

    /// The most iterations from one start. 1000 unless set.
    pub fn max_iterations(mut self, max_iterations: usize) -> Self {
        self.require_positive("max_iterations", max_iterations);
        self.limits.max_iterations = max_iterations;
        self
    }

    /// Stops when a step neither brings nor promises a reduction of the sum of squares by this part of it. `1e-14` unless set.
    pub fn reduction_tolerance(mut self, tolerance: f64) -> Self {
        self.require_tolerance("reduction_tolerance", tolerance);
        self.limits.reduction = tolerance;
        self
    }

    /// Stops when the steps allowed change the parameters, each in its own scale, by no more than this part of them. `1e-14` unless set.
    pub fn step_tolerance(mut self, tolerance: f64) -> Self {
        self.require_tolerance("step_tolerance", tolerance);
        self.limits.step = tolerance;
        self
    }

    /// Fits.
    ///
    /// A fit that does not converge is no error: the report has the best parameters of all that were tried, and a
    /// [warning](FitReport::warnings).
    ///
    /// # Errors
    /// The first thing that a setter found wrong; an [`Error::Fit`] if the data are too few or the model is not finite at its start.
    pub fn run(self) -> Result<FitReport<M>, Error> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let batch = self.batch.ok_or(FitError::NoData)?;
        require_dims(&self.model, &batch)?;
        require_finite_parameters(&self.model)?;
        let residuals = M::rows(&batch) * self.model.residual_width();
        let weights = weights(&self.sigma, residuals)?;
        let free = free(&self.is_fixed, &self.bounds);
        require_start_inside(&self.model, &self.bounds)?;
        if residuals < free.len() {
            return Err(FitError::TooFewResiduals { residuals, parameters: free.len() }.into());
        }
        let mut evaluation = Evaluation::new(self.model, batch, self.loss, weights, self.bounds);
        evaluation.set_free(free);
        run(Plan {
            evaluation,
            limits: self.limits,
            starts: self.starts,
            seed: self.seed,
            is_sigma_absolute: self.is_sigma_absolute,
            inputs: self.inputs,
            target: self.target,
        })
    }

    /// Keeps the first error for [`run`](Fit::run).
    fn refuse(&mut self, error: Error) {
        self.error.get_or_insert(error);
    }

    /// The elements of θ that a name means.
    fn select(&mut self, name: &str) -> Vec<usize> {
        let layout = self.model.layout();
        if let Some(parameter) = layout.iter().find(|parameter| parameter.name == name) {
            return parameter.range().collect();
        }
        let element =
            (0..self.is_fixed.len()).find(|&position| element_name(&layout, position) == name);
        if element.is_none() {
            let known = layout.iter().map(|parameter| parameter.name).collect();
            self.refuse(FitError::UnknownParameter { name: name.to_owned(), known }.into());
        }
        element.into_iter().collect()
    }

    fn bound(&mut self, position: usize, low: f64, high: f64) {
        let is_range = low <= high && low < f64::INFINITY && high > f64::NEG_INFINITY;
        if is_range {
            self.bounds.low[position] = low;
            self.bounds.high[position] = high;
        } else {
            let parameter = element_name(&self.model.layout(), position);
            self.refuse(FitError::Bounds { parameter, low, high }.into());
        }
    }

    fn require_positive(&mut self, name: &'static str, value: usize) {
        if value == 0 {
            self.refuse(Error::Setting { name, requirement: "at least 1", found: "0".to_owned() });
        }
    }

    fn require_tolerance(&mut self, name: &'static str, value: f64) {
        if !(0.0..1.0).contains(&value) {
            let requirement = "a number from 0 to below 1";
            self.refuse(Error::Setting { name, requirement, found: value.to_string() });
        }
    }
}

/// The first that is not a positive finite number.
fn first_not_positive(values: &[f64]) -> Option<(usize, f64)> {
    let is_wrong = |value: f64| !(value > 0.0 && value.is_finite());
    values.iter().copied().enumerate().find(|&(_, value)| is_wrong(value))
}

/// `1/σ` of every residual; none where all are 1.
fn weights(sigma: &[f64], residuals: usize) -> Result<Option<Vec<f64>>, Error> {
    match sigma {
        [] => Ok(None),
        [one] => Ok(Some(vec![one.recip(); residuals])),
        each if each.len() == residuals => {
            Ok(Some(each.iter().map(|sigma| sigma.recip()).collect()))
        }
        _ => Err(FitError::SigmaCount { residuals, found: sigma.len() }.into()),
    }
}

/// The elements of θ that are to vary: neither fixed nor between equal bounds.
fn free(is_fixed: &[bool], bounds: &Bounds) -> Vec<usize> {
    (0..is_fixed.len())
        .filter(|&position| !is_fixed[position] && bounds.low[position] < bounds.high[position])
        .collect()
}

fn require_start_inside<M: Jacobian<Scalar = f64>>(
    model: &M,
    bounds: &Bounds,
) -> Result<(), FitError> {
    for (position, &value) in model.parameters().iter().enumerate() {
        if !bounds.contains(position, value) {
            let parameter = element_name(&model.layout(), position);
            let (low, high) = (bounds.low[position], bounds.high[position]);
            return Err(FitError::StartOutside { parameter, value, low, high });
        }
    }
    Ok(())
}
