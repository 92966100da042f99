//! The models that the adapters of all crates are tested with, and what the problems refuse.

use crate::derivatives::MatrixOrder;
use crate::error::Error;
use crate::prelude::*;

use super::{LeastSquares, Objective};

/// `ŷ = a·tᵏ`.
#[model(loss = squared_error, reduction = sum, scalar = f64, derivatives(jacobian, hessian, hvp))]
pub fn power(t: Input, #[init(constant(1.0))] a: Param, #[init(constant(2.0))] k: Param) -> Output {
    a * t.powf(k)
}

/// The same in `f32`.
#[model(loss = squared_error, reduction = sum, derivatives(jacobian))]
pub fn narrow_power(
    t: Input,
    #[init(constant(1.0))] a: Param,
    #[init(constant(2.0))] k: Param,
) -> Output {
    a * t.powf(k)
}

/// As many parameters as there are columns.
#[model(loss = squared_error, scalar = f64, dims(N), derivatives(jacobian, hessian, hvp))]
pub fn plane(x: Input<N>, w: Param<N>) -> Output {
    x.dot(w)
}

/// Parameters of two axes, of one, and of none.
#[model(loss = squared_error, scalar = f64)]
pub fn layer(x: Input<2>, w: Param<2, 3>, b: Param<3>, scale: Param) -> Output<3> {
    scale * tanh(x.dot(w) + b)
}

/// A parameter of three axes.
#[model(loss = squared_error, scalar = f64)]
pub fn cube(x: Input<2>, w: Param<2, 3, 4>) -> Output {
    sum(x) * sum(w)
}

/// `y = 2·t³`.
pub const T: [f64; 4] = [0.5, 1.0, 1.5, 2.0];
pub const Y: [f64; 4] = [0.25, 2.0, 6.75, 16.0];

/// Whether θ is `[2, 3]` up to a tolerance.
#[cfg(any(feature = "argmin", feature = "basin"))]
pub fn is_solution(theta: &[f64], tolerance: f64) -> bool {
    (theta[0] - 2.0).abs() < tolerance && (theta[1] - 3.0).abs() < tolerance
}

#[test]
fn slices_of_another_length_are_refused() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = LeastSquares::new(Power::seeded(0), &batch)?;
    let length = |name, expected, found| Err(Error::Length { name, expected, found });
    assert_eq!(problem.residuals_into(&[1.0], &mut [0.0; 4]), length("parameters", 2, 1));
    assert_eq!(problem.residuals_into(&[1.0, 1.0], &mut [0.0; 3]), length("residuals", 4, 3));
    let mut residuals = [0.0; 4];
    let mut evaluate = |jacobian: &mut [f64]| {
        problem.residuals_and_jacobian_into(
            &[1.0; 2],
            &mut residuals,
            jacobian,
            MatrixOrder::RowMajor,
        )
    };
    assert_eq!(evaluate(&mut [0.0; 4]), length("jacobian", 8, 4));
    Ok(())
}

#[test]
fn the_model_comes_back_where_it_was_evaluated_last() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = LeastSquares::new(Power::seeded(0), &batch)?;
    let mut residuals = [1.0; 4];
    problem.residuals_into(&[2.0, 3.0], &mut residuals)?;
    assert_eq!(residuals, [0.0; 4]);
    assert_eq!(problem.into_model().parameters(), [2.0, 3.0]);
    Ok(())
}

#[test]
fn a_batch_of_other_dimensions_is_refused() -> Result<(), Error> {
    let batch = Plane::batch(PlaneDims { n: 2 }, &[1.0, 2.0], &[3.0])?;
    let model = Plane::seeded(PlaneDims { n: 3 }, 0)?;
    let refused = |error: Option<Error>| matches!(error, Some(Error::Dimensions { .. }));
    assert!(refused(LeastSquares::new(model.clone(), &batch).err()));
    assert!(refused(Objective::new(model, &batch).err()));
    Ok(())
}
