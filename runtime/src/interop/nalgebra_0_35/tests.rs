use nalgebra_0_35::{DMatrix, DVector};

use crate::error::Error;
use crate::interop::tests::{Cube, Layer, Plane, PlaneDims, Power, T, Y};
use crate::interop::{LeastSquares, Objective};

use super::{
    columns, hessian_into, loss_and_gradient_into, parameter, parameter_mut, parameter_of,
    residuals_and_jacobian_into,
};

#[test]
fn examples_are_columns_read_where_they_are() -> Result<(), Error> {
    let x = DMatrix::from_columns(&[
        DVector::from_vec(vec![1.0, 2.0, 3.0]),
        DVector::from_vec(vec![4.0, 5.0, 6.0]),
    ]);
    let read = columns("x", &[3], &x)?;
    assert_eq!(read.as_ptr(), x.as_slice().as_ptr());
    assert_eq!(read, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let y = DVector::from_vec(vec![1.0, 2.0]);
    assert!(Plane::batch(PlaneDims { n: 3 }, read, y.as_slice()).is_ok());
    let refused = columns("x", &[2], &x).err().map(|error| error.to_string());
    assert_eq!(refused, Some("`x` has the shape [3, 2], expected [2, 2]".to_owned()));
    Ok(())
}

#[test]
fn parameters_are_views_by_name() -> Result<(), Error> {
    let mut model = Layer::seeded(1);
    let w = parameter(&model, "w")?;
    assert_eq!((w.shape(), w.as_ptr()), ((2, 3), model.w().as_ptr()));
    assert_eq!((w[(0, 2)], w[(1, 0)]), (model.w()[2], model.w()[3]));
    parameter_mut(&mut model, "w")?[(1, 0)] = 7.0;
    assert_eq!(model.w()[3], 7.0);
    assert_eq!(parameter(&model, "b")?.shape(), (3, 1));
    let gradient = (0..10).map(f64::from).collect::<Vec<_>>();
    assert_eq!(parameter_of(&model, "b", &gradient)?[2], 8.0);
    assert_eq!(parameter_of(&model, "scale", &gradient)?[0], 9.0);
    assert!(matches!(parameter(&model, "v"), Err(Error::UnknownParameter { .. })));
    let refused = parameter(&Cube::seeded(1), "w").err().map(|error| error.to_string());
    assert_eq!(refused, Some("`w` has the shape [2, 3, 4], expected [2, 12]".to_owned()));
    Ok(())
}

/// `∂(a·tᵏ)/∂a = tᵏ`, `∂(a·tᵏ)/∂k = a·tᵏ·ln t`, at `a = 1`, `k = 2`.
#[test]
fn a_jacobian_is_written_by_columns() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = LeastSquares::new(Power::seeded(0), &batch)?;
    let theta = DVector::from_vec(problem.theta());
    let (mut residuals, mut jacobian) = (DVector::zeros(4), DMatrix::zeros(4, 2));
    residuals_and_jacobian_into(&problem, &theta, &mut residuals, &mut jacobian)?;
    for (i, t) in T.into_iter().enumerate() {
        assert!((jacobian[(i, 0)] - t * t).abs() < 1e-12);
        assert!((jacobian[(i, 1)] - t * t * t.ln()).abs() < 1e-12);
    }
    let refused =
        residuals_and_jacobian_into(&problem, &theta, &mut residuals, &mut DMatrix::zeros(2, 4));
    let (expected, found) = (vec![4, 2], vec![2, 4]);
    assert_eq!(refused, Err(Error::Shape { name: "jacobian", expected, found }));
    Ok(())
}

#[test]
fn a_newton_step_takes_the_hessian() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = Objective::new(Power::seeded(0), &batch)?;
    let mut theta = DVector::from_vec(vec![1.9, 3.05]);
    let (mut gradient, mut hessian) = (DVector::zeros(2), DMatrix::zeros(2, 2));
    for _ in 0..8 {
        hessian_into(&problem, &theta, &mut gradient, &mut hessian)?;
        let step = hessian.clone().lu().solve(&gradient).unwrap_or_default();
        theta -= step;
    }
    assert!((theta[0] - 2.0).abs() < 1e-10 && (theta[1] - 3.0).abs() < 1e-10, "{theta}");
    assert!(loss_and_gradient_into(&problem, &theta, &mut gradient)? < 1e-18);
    Ok(())
}
