//! The front door: how a loss is to be minimized.

use crate::error::Error;
use crate::kernel::real::Real;
use crate::model::{Model, require_dims, require_finite_parameters};
use crate::optimizer::require_not_negative;
use crate::parameters::{ParameterLayout, element_name};

use super::error::MinimizeError;
use super::problem::Problem;
use super::report::MinimizeReport;
use super::solve::{Limits, solve};

/// A minimization of a model's loss, being put together; [`run`](Minimize::run) minimizes.
///
/// It starts from the parameters that the model has. The solver works in `f64`, whatever the scalar of the model.
#[derive(Clone, Debug)]
#[must_use = "nothing is minimized until it is run"]
pub struct Minimize {
    limits: LimitSettings,
    bounds: Vec<(String, [f64; 2])>,
    fixed: Vec<String>,
}

/// What was set; the rest follows from the scalar of the model.
#[derive(Clone, Copy, Debug)]
struct LimitSettings {
    max_iterations: usize,
    memory: usize,
    gradient: Option<f64>,
    reduction: Option<f64>,
}

impl Minimize {
    /// By L-BFGS.
    pub fn lbfgs() -> Self {
        let limits =
            LimitSettings { max_iterations: 1000, memory: 10, gradient: None, reduction: None };
        Minimize { limits, bounds: Vec::new(), fixed: Vec::new() }
    }

    /// Stops where no element of the gradient is larger than this. `1e-8` unless set, for `f32` `1e-5`.
    pub fn tolerance(mut self, gradient: f64) -> Self {
        self.limits.gradient = Some(gradient);
        self
    }

    /// Stops where a step reduces the loss by no more than this part of it. Ten times the distance of 1 to the next number unless set.
    pub fn reduction_tolerance(mut self, part: f64) -> Self {
        self.limits.reduction = Some(part);
        self
    }

    /// The most iterations. 1000 unless set.
    pub fn max_iterations(mut self, iterations: usize) -> Self {
        self.limits.max_iterations = iterations;
        self
    }

    /// How many steps the curvature is learnt from. 10 unless set; 3 to 20 are usual.
    pub fn memory(mut self, steps: usize) -> Self {
        self.limits.memory = steps;
        self
    }

    /// Keeps a parameter between two bounds; every element of it, or one element, as in `"w[2]"`. An infinite bound is none.
    pub fn bounds(mut self, parameter: &str, low: f64, high: f64) -> Self {
        self.bounds.push((parameter.to_owned(), [low, high]));
        self
    }

    /// Keeps a parameter as it is; every element of it, or one element, as in `"w[2]"`.
    pub fn fix(mut self, parameter: &str) -> Self {
        self.fixed.push(parameter.to_owned());
        self
    }

    /// Minimizes the loss of `model` on `batch`; the model gets the parameters of the least loss that was found.
    ///
    /// That the solver does not converge is no error: the report says so.
    ///
    /// # Errors
    /// - [`Error::Setting`]: a setting is out of its range.
    /// - [`Error::UnknownParameter`]: the model has no parameter of a name that was given.
    /// - [`Error::Dimensions`]: the batch was made for other run-time dimensions.
    /// - [`Error::ParameterNotFinite`]: the model starts with NaN or infinity.
    /// - [`Error::Minimize`]: bounds that are none, a start outside them or where the loss is not finite, nothing to vary.
    pub fn run<M: Model>(
        &self,
        model: &mut M,
        batch: &M::Batch<'_>,
    ) -> Result<MinimizeReport, Error> {
        let limits = self.limits::<M::Scalar>()?;
        require_dims(model, batch)?;
        require_finite_parameters(model)?;
        let (bounds, free) = self.box_of(model)?;
        solve(Problem::new(model, *batch, free), &bounds, limits)
    }

    /// The limits for a scalar type, if they are in their range.
    fn limits<T: Real>(&self) -> Result<Limits, Error> {
        let LimitSettings { max_iterations, memory, gradient, reduction } = self.limits;
        for (name, value) in [("max_iterations", max_iterations), ("memory", memory)] {
            if value == 0 {
                let requirement = "at least 1";
                return Err(Error::Setting { name, requirement, found: "0".to_owned() });
            }
        }
        let is_single = T::from_f64(1.0 + f64::EPSILON) == T::ONE;
        let [tolerance, epsilon] =
            if is_single { [1e-5, f64::from(f32::EPSILON)] } else { [1e-8, f64::EPSILON] };
        let gradient = gradient.unwrap_or(tolerance);
        let reduction = reduction.unwrap_or(10.0 * epsilon);
        require_not_negative("tolerance", gradient)?;
        require_not_negative("reduction_tolerance", reduction)?;
        Ok(Limits { max_iterations, memory, gradient, reduction })
    }

    /// The bounds of all elements of θ, and which of these are free to vary.
    fn box_of<M: Model>(&self, model: &M) -> Result<(Vec<[f64; 2]>, Vec<usize>), Error> {
        let (layout, theta) = (model.layout(), model.parameters());
        let mut bounds = vec![[f64::NEG_INFINITY, f64::INFINITY]; theta.len()];
        for (name, [low, high]) in &self.bounds {
            let is_range = low <= high && *low < f64::INFINITY && *high > f64::NEG_INFINITY;
            if !is_range {
                let (parameter, low, high) = (name.clone(), *low, *high);
                return Err(MinimizeError::Bounds { parameter, low, high }.into());
            }
            for position in select(name, &layout)? {
                bounds[position] = [*low, *high];
            }
        }
        let mut is_free = vec![true; theta.len()];
        for name in &self.fixed {
            select(name, &layout)?.into_iter().for_each(|position| is_free[position] = false);
        }
        for (position, &[low, high]) in bounds.iter().enumerate() {
            let value = theta[position].to_f64();
            if !(low..=high).contains(&value) {
                let parameter = element_name(&layout, position);
                return Err(MinimizeError::StartOutside { parameter, value, low, high }.into());
            }
            is_free[position] &= low < high;
        }
        let free: Vec<usize> = (0..theta.len()).filter(|&position| is_free[position]).collect();
        if free.is_empty() {
            return Err(MinimizeError::NothingFree.into());
        }
        Ok((free.iter().map(|&position| bounds[position]).collect(), free))
    }
}

impl From<MinimizeError> for Error {
    fn from(error: MinimizeError) -> Error {
        Error::Minimize(error)
    }
}

/// The elements of θ that a name means.
fn select(name: &str, layout: &[ParameterLayout]) -> Result<Vec<usize>, Error> {
    if let Some(parameter) = layout.iter().find(|parameter| parameter.name == name) {
        return Ok(parameter.range().collect());
    }
    let mut elements = layout.iter().flat_map(ParameterLayout::range);
    elements.find(|&position| element_name(layout, position) == name).map_or_else(
        || {
            let known = layout.iter().map(|parameter| parameter.name).collect();
            Err(Error::UnknownParameter { name: name.to_owned(), known })
        },
        |position| Ok(vec![position]),
    )
}
