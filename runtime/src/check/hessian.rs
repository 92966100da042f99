//! Second derivatives against central differences of the gradient.

use alloc::string::String;
use alloc::vec::Vec;

use crate::derivatives::{Hessian, HessianVectorProduct};
use crate::error::Error;
use crate::kernel::real::Real;
use crate::model::{Model, require_dims, require_finite_parameters};
use crate::parameters::{ParameterLayout, element_name};

use super::columns::{Columns, largest, narrow, places, set, wide};
use super::precision;
use super::report::{DerivativeCheck, Numbers};

/// Compares a model's Hessian with central differences of its gradient, and the loss and gradient that come with it with those alone.
///
/// `∂²L/∂θᵢ∂θⱼ ≈ (∂L/∂θᵢ(θ + h·eⱼ) − ∂L/∂θᵢ(θ − h·eⱼ)) / 2h` with `h = ∛ε·max(1, |θⱼ|)`, and smaller steps where that disagrees. Of each
/// parameter at most 32 columns are compared, evenly spread. An element off the diagonal must be its mirror image up to rounding.
///
/// An error is relative to the largest element of the same column and parameter; what rounding may explain is no error, as in
/// [`check_gradient`](super::check_gradient). Differences are taken in the scalar type of the model: check in `f64`, where they see more. At
/// a kink or a tie a gradient jumps and has no difference to compare with.
///
/// # Errors
/// - [`Error::Dimensions`]: the batch was made for other run-time dimensions.
/// - [`Error::ParameterNotFinite`], [`Error::LossNotFinite`]: there is nothing to compare.
///
/// # Examples
/// ```
/// use chainrule::check::check_hessian;
/// use chainrule::prelude::*;
///
/// #[model(scalar = f64, derivatives(hessian))]
/// fn rosenbrock(x: Param, y: Param) -> Loss {
///     100.0 * square(y - x * x) + square(1.0 - x)
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let check = check_hessian(&Rosenbrock::from_parameters(vec![-1.2, 1.0])?, &Rosenbrock::batch()?)?;
/// assert!(check.passes(), "{check}");
/// # Ok(())
/// # }
/// ```
pub fn check_hessian<M: Hessian>(
    model: &M,
    batch: &M::Batch<'_>,
) -> Result<DerivativeCheck, Error> {
    let alone = Alone::at(model, batch)?;
    let count = alone.theta.len();
    let mut gradient = vec![M::Scalar::ZERO; count];
    let mut matrix = vec![M::Scalar::ZERO; count * count];
    let mut workspace = model.workspace();
    let loss = model.hessian_into(batch, &mut gradient, &mut matrix, &mut workspace).to_f64();
    let (gradient, matrix) = (wide(&gradient), wide(&matrix));

    let (tolerance, _) = precision::<M::Scalar>();
    let mut check = DerivativeCheck::new("the Hessian", tolerance);
    alone.compare(loss, &gradient, &mut check);
    let largest = largest(&matrix);
    let column = |j: usize| (0..count).map(|i| matrix[i * count + j]).collect();
    alone.compare_second(model, batch, largest, column, &mut check);
    if check.passes() {
        // A wrong element is the better message than one that its mirror image differs from.
        let rounding = 1024.0 * alone.epsilon * largest;
        for (i, j) in (0..count).flat_map(|i| (0..i).map(move |j| (i, j))) {
            let (found, expected) = (matrix[i * count + j], matrix[j * count + i]);
            let numbers = Numbers { found, expected, rounding, scale: 0.0 };
            check.compare(numbers, || alone.second(i, j));
        }
    }
    Ok(check)
}

/// Compares a model's products of the Hessian with the unit vectors with central differences of its gradient, as [`check_hessian`] does
/// with columns, and the product with a sum of them with the sum of the products.
///
/// # Errors
/// Those of [`check_hessian`].
pub fn check_hessian_vector_product<M: HessianVectorProduct>(
    model: &M,
    batch: &M::Batch<'_>,
) -> Result<DerivativeCheck, Error> {
    let alone = Alone::at(model, batch)?;
    let count = alone.theta.len();
    let mut workspace = model.workspace();
    let mut multiply = |direction: &[f64]| {
        let direction: Vec<M::Scalar> = direction.iter().map(|&v| M::Scalar::from_f64(v)).collect();
        let mut product = vec![M::Scalar::ZERO; count];
        model.hessian_vector_product_into(batch, &direction, &mut product, &mut workspace);
        wide(&product)
    };
    let mut column = |&place: &usize| {
        let mut direction = vec![0.0; count];
        direction[place] = 1.0;
        multiply(&direction)
    };
    let places = places(&alone.layout);
    let columns: Vec<Vec<f64>> = places.iter().map(&mut column).collect();
    let largest = columns.iter().map(|column| largest(column)).fold(0.0, f64::max);

    let (tolerance, _) = precision::<M::Scalar>();
    let mut check = DerivativeCheck::new("the product with the Hessian", tolerance);
    let found = |place| columns[places.partition_point(|&other| other < place)].clone();
    alone.compare_second(model, batch, largest, found, &mut check);
    let direction = combination(count, &places);
    let (expected, rounding) = combined(&direction, &places, &columns);
    let rounding = 1024.0 * alone.epsilon * rounding;
    for (row, (found, expected)) in multiply(&direction).into_iter().zip(expected).enumerate() {
        let numbers = Numbers { found, expected, rounding, scale: 0.0 };
        check.compare(numbers, || format!("element {} of a product", alone.name(row)));
    }
    Ok(check)
}

/// The loss and its gradient, as the model gives them without second derivatives.
struct Alone {
    layout: Vec<ParameterLayout>,
    theta: Vec<f64>,
    loss: f64,
    gradient: Vec<f64>,
    epsilon: f64,
}

impl Alone {
    fn at<M: Model>(model: &M, batch: &M::Batch<'_>) -> Result<Alone, Error> {
        require_dims(model, batch)?;
        require_finite_parameters(model)?;
        let mut gradient = vec![M::Scalar::ZERO; model.parameters().len()];
        let loss = model.loss_and_gradient_into(batch, &mut gradient, &mut model.workspace());
        if !loss.to_f64().is_finite() {
            return Err(Error::LossNotFinite { value: loss.to_f64() });
        }
        Ok(Alone {
            layout: model.layout(),
            theta: wide(model.parameters()),
            loss: loss.to_f64(),
            gradient: wide(&gradient),
            epsilon: precision::<M::Scalar>().1,
        })
    }

    /// Compares a loss and a gradient with these.
    fn compare(&self, loss: f64, gradient: &[f64], check: &mut DerivativeCheck) {
        let numbers =
            Numbers { found: loss, expected: self.loss, rounding: 0.0, scale: self.loss.abs() };
        check.compare(numbers, || "the loss".into());
        let scale = largest(&self.gradient);
        for (row, (&found, &expected)) in gradient.iter().zip(&self.gradient).enumerate() {
            let numbers = Numbers { found, expected, rounding: 0.0, scale };
            check.compare(numbers, || format!("∂L/∂{}", self.name(row)));
        }
    }

    /// Compares columns of the Hessian with differences of gradients.
    fn compare_second<M: Model>(
        &self,
        model: &M,
        batch: &M::Batch<'_>,
        largest: f64,
        found: impl FnMut(usize) -> Vec<f64>,
        check: &mut DerivativeCheck,
    ) {
        let (mut model, mut workspace) = (model.clone(), model.workspace());
        let mut gradient = vec![M::Scalar::ZERO; self.theta.len()];
        let function = |theta: &[f64]| {
            set(&mut model, theta);
            model.loss_and_gradient_into(batch, &mut gradient, &mut workspace);
            wide(&gradient)
        };
        let mut columns = Columns {
            function,
            groups: self.layout.iter().map(ParameterLayout::count).collect(),
            name: &|row, place| self.second(row, place),
            epsilon: self.epsilon,
            narrow: narrow::<M::Scalar>,
            rounding: 8.0 * self.epsilon * largest,
        };
        columns.compare(&self.theta, &places(&self.layout), found, check);
    }

    fn name(&self, place: usize) -> String {
        format!("`{}`", element_name(&self.layout, place))
    }

    fn second(&self, row: usize, place: usize) -> String {
        format!("∂²L/∂{}∂{}", self.name(row), self.name(place))
    }
}

/// A direction along all places, of numbers that binary fractions are exact for.
fn combination(count: usize, places: &[usize]) -> Vec<f64> {
    let mut direction = vec![0.0; count];
    for (k, &place) in places.iter().enumerate() {
        direction[place] = [1.0, -0.5, 0.25, 1.5, -1.25][k % 5];
    }
    direction
}

/// The sum of columns along a direction, and the largest sum of their sizes.
fn combined(direction: &[f64], places: &[usize], columns: &[Vec<f64>]) -> (Vec<f64>, f64) {
    let mut sums = vec![0.0; direction.len()];
    let mut sizes = vec![0.0; direction.len()];
    for (&place, column) in places.iter().zip(columns) {
        for (row, element) in column.iter().enumerate() {
            sums[row] += direction[place] * element;
            sizes[row] += (direction[place] * element).abs();
        }
    }
    (sums, largest(&sizes))
}
