//! Derivatives of residuals against central differences of the residuals.

use alloc::vec::Vec;

use crate::derivatives::{
    GaussNewton, Jacobian, JacobianVectorProduct, MatrixOrder, Residuals, VectorJacobianProduct,
};
use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::float::{Double, Float};
use crate::kernel::real::Real;
use crate::model::{require_dims, require_finite_parameters};
use crate::parameters::{ParameterLayout, element_name};

use super::columns::{Columns, Sides, largest, narrow, places, set, wide};
use super::precision;
use super::report::{DerivativeCheck, Numbers};

/// Compares a model's Jacobian, in both orders, with central differences of its residuals, and the residuals with those alone.
///
/// `∂rᵢ/∂θⱼ ≈ (rᵢ(θ + h·eⱼ) − rᵢ(θ − h·eⱼ)) / 2h` with `h = ∛ε·max(1, |θⱼ|)`, and smaller steps where that disagrees. Of each parameter at
/// most 32 columns are compared, evenly spread. An error is relative to the largest element of the column; what rounding may explain is no
/// error. Differences are taken in the scalar type of the model: check in `f64`, where they see more.
///
/// # Errors
/// - [`Error::Dimensions`]: the batch was made for other run-time dimensions.
/// - [`Error::ParameterNotFinite`]: there is nothing to compare.
///
/// # Examples
/// ```
/// use chainrule::check::check_jacobian;
/// use chainrule::prelude::*;
///
/// #[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
/// fn decay(t: Input, amplitude: Param, rate: Param) -> Output {
///     amplitude * exp(-rate * t)
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let batch = Decay::batch(&[0.0, 1.0, 2.0], &[3.0, 1.1, 0.4])?;
/// let check = check_jacobian(&Decay::from_parameters(vec![2.0, 0.5])?, &batch)?;
/// assert!(check.passes(), "{check}");
/// # Ok(())
/// # }
/// ```
pub fn check_jacobian<M: Jacobian>(
    model: &M,
    batch: &M::Batch<'_>,
) -> Result<DerivativeCheck, Error> {
    let alone = Alone::at(model, batch)?;
    let (rows, count) = (alone.residuals.len(), alone.theta.len());
    let mut check = DerivativeCheck::new("the Jacobian", precision::<M::Scalar>().0);
    let mut workspace = model.workspace();
    for order in [MatrixOrder::RowMajor, MatrixOrder::ColumnMajor] {
        let mut residuals = vec![M::Scalar::ZERO; rows];
        let mut matrix = vec![M::Scalar::ZERO; rows * count];
        model.residuals_and_jacobian_into(
            batch,
            &mut residuals,
            &mut matrix,
            order,
            &mut workspace,
        );
        let (residuals, matrix) = (wide(&residuals), wide(&matrix));
        let scale = largest(&alone.residuals);
        for (row, (&found, &expected)) in residuals.iter().zip(&alone.residuals).enumerate() {
            let numbers = Numbers { found, expected, rounding: 0.0, scale };
            check.compare(numbers, || format!("residual {row}"));
        }
        let element = |row: usize, place: usize| match order {
            MatrixOrder::RowMajor => matrix[row * count + place],
            MatrixOrder::ColumnMajor => matrix[place * rows + row],
        };
        let column = |place: usize| (0..rows).map(|row| element(row, place)).collect();
        alone.compare(model, batch, largest(&matrix), column, &mut check);
    }
    Ok(check)
}

/// Compares the products of a model's Jacobian with the unit vectors with central differences of its residuals, as [`check_jacobian`]
/// does with columns.
///
/// # Errors
/// Those of [`check_jacobian`].
pub fn check_jacobian_vector_product<M: JacobianVectorProduct>(
    model: &M,
    batch: &M::Batch<'_>,
) -> Result<DerivativeCheck, Error> {
    let alone = Alone::at(model, batch)?;
    let mut workspace = model.workspace();
    let mut multiply = |place: usize| {
        let mut direction = vec![M::Scalar::ZERO; alone.theta.len()];
        direction[place] = M::Scalar::from_f64(1.0);
        let mut product = vec![M::Scalar::ZERO; alone.residuals.len()];
        model.jacobian_vector_product_into(batch, &direction, &mut product, &mut workspace);
        wide(&product)
    };
    let columns = places(&alone.layout).into_iter().map(&mut multiply);
    let largest = columns.map(|column| largest(&column)).fold(0.0, f64::max);
    let mut check =
        DerivativeCheck::new("the Jacobian's product with a vector", precision::<M::Scalar>().0);
    alone.compare(model, batch, largest, multiply, &mut check);
    Ok(check)
}

/// Compares a product `Jᵀ·v` with central differences of `v·r`, for a `v` without zeros, as [`check_jacobian`] does with columns.
///
/// # Errors
/// Those of [`check_jacobian`].
pub fn check_vector_jacobian_product<M: VectorJacobianProduct>(
    model: &M,
    batch: &M::Batch<'_>,
) -> Result<DerivativeCheck, Error> {
    let alone = Alone::at(model, batch)?;
    let vector: Vec<f64> =
        (0..alone.residuals.len()).map(|k| [1.0, -0.5, 0.25, 1.5, -1.25][k % 5]).collect();
    let mut product = vec![M::Scalar::ZERO; alone.theta.len()];
    let weights: Vec<M::Scalar> = vector.iter().map(|&v| M::Scalar::from_f64(v)).collect();
    let mut workspace = model.workspace();
    model.vector_jacobian_product_into(batch, &weights, &mut product, &mut workspace);
    let product = wide(&product);
    let mut check = DerivativeCheck::new(
        "the product of a vector with the Jacobian",
        precision::<M::Scalar>().0,
    );
    let mut residuals = residuals_of(model, batch, alone.residuals.len());
    let mut columns = Columns {
        function: |theta: &[f64]| {
            let residuals = residuals(theta);
            vec![residuals.iter().zip(&vector).map(|(r, v)| r * v).sum()]
        },
        groups: vec![1],
        name: &|_, place| format!("∂(v·r)/∂`{}`", element_name(&alone.layout, place)),
        epsilon: alone.epsilon,
        narrow: narrow::<M::Scalar>,
        // The residuals that cancel in the sum have roundings of their own.
        rounding: 8.0 * alone.epsilon.cbrt().powi(2) * largest(&alone.residuals)
            + 8.0 * alone.epsilon * largest(&product),
    };
    columns.compare(&alone.theta, &places(&alone.layout), |place| vec![product[place]], &mut check);
    Ok(check)
}

/// Compares a model's `JᵀJ` and `Jᵀr` with those of a Jacobian of central differences, and `rᵀr` with that of the residuals.
///
/// An error is relative to the lengths of the columns, and of the residuals, that are multiplied.
///
/// # Errors
/// Those of [`check_jacobian`].
pub fn check_normal_equations<M: GaussNewton>(
    model: &M,
    batch: &M::Batch<'_>,
) -> Result<DerivativeCheck, Error> {
    let alone = Alone::at(model, batch)?;
    let count = alone.theta.len();
    let mut matrix = vec![M::Scalar::ZERO; count * count];
    let mut gradient = vec![M::Scalar::ZERO; count];
    let mut workspace = model.workspace();
    let square = model.normal_equations_into(batch, &mut matrix, &mut gradient, &mut workspace);
    let (matrix, gradient) = (wide(&matrix), wide(&gradient));
    let mut residuals = residuals_of(model, batch, alone.residuals.len());
    let places = places(&alone.layout);
    let columns: Vec<Vec<f64>> = places
        .iter()
        .map(|&place| {
            let h = alone.epsilon.cbrt() * alone.theta[place].abs().max(1.0);
            Sides::of(&mut residuals, &alone.theta, place, h, narrow::<M::Scalar>).slopes
        })
        .collect();
    let mut check = DerivativeCheck::new("the normal equations", precision::<M::Scalar>().0);
    let product = |found: f64, a: &[f64], b: &[f64]| Numbers {
        found,
        expected: dot(a, b),
        rounding: 0.0,
        scale: (dot(a, a) * dot(b, b)).sqrt(),
    };
    check.compare(product(square.to_f64(), &alone.residuals, &alone.residuals), || "rᵀr".into());
    let name = |place| element_name(&alone.layout, place);
    for (&i, a) in places.iter().zip(&columns) {
        let numbers = product(gradient[i], a, &alone.residuals);
        check.compare(numbers, || format!("Jᵀr[`{}`]", name(i)));
        for (&j, b) in places.iter().zip(&columns) {
            let numbers = product(matrix[i * count + j], a, b);
            check.compare(numbers, || format!("JᵀJ[`{}`, `{}`]", name(i), name(j)));
        }
    }
    Ok(check)
}

/// The residuals, as the model gives them without derivatives.
struct Alone {
    layout: Vec<ParameterLayout>,
    theta: Vec<f64>,
    residuals: Vec<f64>,
    epsilon: f64,
}

impl Alone {
    fn at<M: Residuals>(model: &M, batch: &M::Batch<'_>) -> Result<Alone, Error> {
        require_dims(model, batch)?;
        require_finite_parameters(model)?;
        let theta = wide(model.parameters());
        let residuals = residuals_of(model, batch, M::rows(batch) * model.residual_width())(&theta);
        let epsilon = precision::<M::Scalar>().1;
        Ok(Alone { layout: model.layout(), theta, residuals, epsilon })
    }

    /// Compares columns of the Jacobian with differences of residuals.
    fn compare<M: Residuals>(
        &self,
        model: &M,
        batch: &M::Batch<'_>,
        largest: f64,
        found: impl FnMut(usize) -> Vec<f64>,
        check: &mut DerivativeCheck,
    ) {
        let rows = self.residuals.len();
        let mut columns = Columns {
            function: residuals_of(model, batch, rows),
            groups: vec![rows],
            name: &|row, place| format!("∂r[{row}]/∂`{}`", element_name(&self.layout, place)),
            epsilon: self.epsilon,
            narrow: narrow::<M::Scalar>,
            rounding: 8.0 * self.epsilon * largest,
        };
        columns.compare(&self.theta, &places(&self.layout), found, check);
    }
}

/// The residuals as a function of θ.
fn residuals_of<M: Residuals>(
    model: &M,
    batch: &M::Batch<'_>,
    count: usize,
) -> impl FnMut(&[f64]) -> Vec<f64> {
    let (mut model, mut workspace) = (model.clone(), model.workspace());
    move |theta| {
        set(&mut model, theta);
        let mut residuals = vec![M::Scalar::ZERO; count];
        model.residuals_into(batch, &mut residuals, &mut workspace);
        wide(&residuals)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
