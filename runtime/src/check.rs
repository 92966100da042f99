//! A model's derivatives against central differences.

mod columns;
mod differences;
mod hessian;
mod jacobian;
mod report;

use alloc::vec::Vec;
use core::fmt::{self, Display, Formatter};

use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::float::Double;
use crate::kernel::real::Real;
use crate::model::{Model, require_dims, require_finite_parameters};

use self::differences::Differences;

pub use self::columns::COLUMNS_PER_PARAMETER;
pub use self::hessian::{check_hessian, check_hessian_vector_product};
pub use self::jacobian::{
    check_jacobian, check_jacobian_vector_product, check_normal_equations,
    check_vector_jacobian_product,
};
pub use self::report::{DerivativeCheck, Deviation};

/// The elements of one parameter that are compared, at most; evenly spread over a larger one.
pub const ELEMENTS_PER_PARAMETER: usize = 1000;

/// The greatest error of a gradient computed in `f64`: the error of a central difference with `h = ∛ε`, some 1e-10, and room for a
/// badly conditioned loss.
pub const TOLERANCE_F64: f64 = 1e-6;

/// The greatest error of a gradient computed in `f32`: 10⁴ times its rounding, for long sums with cancellation.
pub const TOLERANCE_F32: f64 = 1e-3;

/// What [`check_gradient`] found.
#[derive(Clone, Debug, PartialEq)]
pub struct GradientCheck {
    /// The loss, as the model's scalar type computes it.
    pub loss: f64,
    /// The relative error of that loss: the larger of the errors of the loss alone and of the loss beside the gradient.
    pub loss_error: f64,
    /// The element of the gradient with the greatest error; none for a model without parameters.
    pub worst: Option<Comparison>,
    /// Elements compared.
    pub compared: usize,
    /// Elements of θ.
    pub parameters: usize,
    /// The greatest error that passes.
    pub tolerance: f64,
}

/// One element of the gradient, twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The parameter.
    pub parameter: &'static str,
    /// The index of the element in the parameter; empty for a scalar.
    pub index: Vec<usize>,
    /// As the model computes it.
    pub gradient: f64,
    /// As the central difference computes it.
    pub difference: f64,
    /// `|gradient − difference|`, less what rounding may explain, relative to the largest element of the parameter's gradient.
    pub error: f64,
}

impl GradientCheck {
    /// Whether gradient and loss are within the tolerance: 1e-6 for `f64`, 1e-3 for `f32`. NaN never is.
    pub fn passes(&self) -> bool {
        self.loss_error <= self.tolerance
            && self.worst.as_ref().is_none_or(|worst| worst.error <= self.tolerance)
    }
}

impl Display for GradientCheck {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let verdict = if self.passes() { "agrees" } else { "DISAGREES" };
        let GradientCheck { compared, parameters, tolerance, .. } = self;
        write!(
            f,
            "the gradient {verdict} with central differences in {compared} of {parameters} elements"
        )?;
        write!(f, " (tolerance {tolerance:e})")?;
        if let Some(worst) = &self.worst {
            let Comparison { parameter, index, gradient, difference, error } = worst;
            write!(f, "\nworst: `{parameter}")?;
            if !index.is_empty() {
                write!(f, "{index:?}")?;
            }
            write!(f, "` gradient {gradient:.6e}, difference {difference:.6e}, ")?;
            if *error > 0.0 {
                write!(f, "error {error:.1e}")?;
            } else {
                write!(f, "no more apart than rounding")?;
            }
        }
        write!(f, "\nloss: {:.6e}, error {:.1e}", self.loss, self.loss_error)
    }
}

/// Compares a model's gradient with central differences of its loss in `f64`.
///
/// `∂L/∂θᵢ ≈ (L(θ + h·eᵢ) − L(θ − h·eᵢ)) / 2h` with `h = ∛ε·max(1, |θᵢ|)`. Where that disagrees, smaller steps are tried and the best
/// agreement counts: a kink between the two points spoils a difference only while it lies between them, a wrong gradient is wrong for every
/// step. Of each parameter at most 1,000 elements are compared, evenly spread.
///
/// An error is relative to the largest element of the same parameter's gradient. Rounding is no error: that of the difference, and eight ε
/// of the model's scalar type times the largest element of the whole gradient, which is all there is where a derivative is exactly zero.
///
/// Check away from a minimum, best with fresh parameters: where the gradient vanishes, an `f32` gradient is nothing but rounding.
///
/// # Errors
/// - [`Error::Dimensions`]: the batch was made for other run-time dimensions.
/// - [`Error::ParameterNotFinite`], [`Error::LossNotFinite`]: there is nothing to compare.
///
/// # Examples
/// ```
/// use chainrule::prelude::*;
///
/// #[model(loss = mean_squared_error, scalar = f64)]
/// fn decay(t: Input, amplitude: Param, #[init(ones)] rate: Param) -> Output {
///     amplitude * exp(-rate * t)
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let batch = Decay::batch(&[0.0, 1.0, 2.0], &[3.0, 1.1, 0.4])?;
/// let check = check_gradient(&Decay::seeded(42), &batch)?;
/// assert!(check.passes(), "{check}");
/// # Ok(())
/// # }
/// ```
///
/// # References
/// Nocedal & Wright (2006), *Numerical Optimization*, section 8.1.
pub fn check_gradient<M: Model>(model: &M, batch: &M::Batch<'_>) -> Result<GradientCheck, Error> {
    require_dims(model, batch)?;
    require_finite_parameters(model)?;
    let mut theta: Vec<f64> = model.parameters().iter().map(|value| value.to_f64()).collect();
    let exact = model.loss_in_f64(&theta, batch);
    if !exact.is_finite() {
        return Err(Error::LossNotFinite { value: exact });
    }
    let mut workspace = model.workspace();
    let mut gradient = vec![M::Scalar::ZERO; theta.len()];
    let loss_alone = model.loss_into(batch, &mut workspace).to_f64();
    let loss = model.loss_and_gradient_into(batch, &mut gradient, &mut workspace).to_f64();
    let gradient: Vec<f64> = gradient.iter().map(|value| value.to_f64()).collect();

    let (tolerance, epsilon) = precision::<M::Scalar>();
    let magnitudes = gradient.iter().map(|value| value.abs()).filter(|value| value.is_finite());
    let rounding = 8.0 * epsilon * magnitudes.fold(0.0, f64::max);
    let differences = Differences { model, batch, loss: exact, rounding, tolerance };
    let mut comparisons = Vec::new();
    for parameter in model.layout() {
        comparisons.extend(differences.compare(&parameter, &mut theta, &gradient));
    }
    Ok(GradientCheck {
        loss,
        loss_error: relative(loss - exact, exact).max(relative(loss_alone - exact, exact)),
        compared: comparisons.len(),
        worst: comparisons
            .into_iter()
            .reduce(|worst, other| if other.error > worst.error { other } else { worst }),
        parameters: theta.len(),
        tolerance,
    })
}

/// The tolerance for a scalar type and its ε; types are told apart by whether they round 1 + 2⁻³⁰.
fn precision<T: Real>() -> (f64, f64) {
    let fine = 1.0 + 2.0_f64.powi(-30);
    if T::from_f64(fine).to_f64() == fine {
        (TOLERANCE_F64, f64::EPSILON)
    } else {
        (TOLERANCE_F32, f64::from(f32::EPSILON))
    }
}

/// `|error| / |scale|`; infinite where that is NaN, so that it never looks small, and zero where there is no error.
fn relative(error: f64, scale: f64) -> f64 {
    if error == 0.0 {
        return 0.0;
    }
    let ratio = error.abs() / scale.abs();
    if ratio.is_nan() { f64::INFINITY } else { ratio }
}

#[cfg(test)]
mod tests;
