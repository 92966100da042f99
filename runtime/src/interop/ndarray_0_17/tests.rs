use ndarray_0_17::{Array1, Array2, Array3, ShapeBuilder, array};

use crate::error::Error;
use crate::interop::tests::{Layer, Plane, PlaneDims, Power, T, Y};
use crate::interop::{LeastSquares, Objective};
use crate::model::Model;

use super::{
    hessian_into, loss_and_gradient_into, parameter, parameter_mut, parameter_of,
    residuals_and_jacobian_into, rows, values,
};

#[test]
fn inputs_are_read_where_they_are() -> Result<(), Error> {
    let x = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let read = rows("x", &[3], &x)?;
    assert_eq!((read.as_ptr(), read.len()), (x.as_ptr(), 6));
    let y = array![1.0, 2.0];
    assert!(Plane::batch(PlaneDims { n: 3 }, read, rows("y", &[], &y)?).is_ok());
    let images = Array3::<f32>::zeros((5, 2, 3));
    assert_eq!(rows("x", &[2, 3], &images)?.len(), 30);
    assert_eq!(values("grid", &[5, 2, 3], &images)?.as_ptr(), images.as_ptr());
    Ok(())
}

#[test]
fn inputs_in_another_order_are_refused() {
    let x = array![[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]];
    let message = |result: Result<&[f64], Error>| result.err().map(|error| error.to_string());
    let strides = "`x` lies in memory with the strides [1, 3], expected [2, 1]".to_owned();
    assert_eq!(message(rows("x", &[2], &x.t())), Some(strides));
    let shape = "`x` has the shape [2, 3], expected [2, 4]".to_owned();
    assert_eq!(message(rows("x", &[4], &x)), Some(shape));
    let axes = "`x` has the shape [2, 3], expected [2]".to_owned();
    assert_eq!(message(rows("x", &[], &x)), Some(axes));
}

#[test]
fn parameters_are_views_by_name() -> Result<(), Error> {
    let mut model = Layer::seeded(1);
    let w = parameter(&model, "w")?;
    assert_eq!((w.shape(), w.as_ptr()), ([2, 3].as_slice(), model.w().as_ptr()));
    parameter_mut(&mut model, "w")?[[1, 0]] = 7.0;
    assert_eq!(model.w()[3], 7.0);
    assert_eq!(parameter(&model, "b")?.shape(), [3]);
    let gradient = (0..10).map(f64::from).collect::<Vec<_>>();
    assert_eq!(
        parameter_of(&model, "b", &gradient)?.into_iter().copied().collect::<Vec<_>>(),
        [6.0, 7.0, 8.0]
    );
    assert_eq!(parameter_of(&model, "scale", &gradient)?.sum(), 9.0);
    let error = parameter(&model, "v").map_err(|error| error.to_string());
    assert_eq!(error, Err("`v` is no parameter, expected one of w, b, scale".to_owned()));
    assert!(parameter_of(&model, "b", &gradient[1..]).is_err());
    Ok(())
}

#[test]
fn a_jacobian_is_written_in_either_order() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = LeastSquares::new(Power::seeded(0), &batch)?;
    let theta = Array1::from_vec(problem.theta());
    let mut residuals = Array1::zeros(4);
    let mut by_rows = Array2::zeros((4, 2));
    let mut by_columns = Array2::zeros((4, 2).f());
    residuals_and_jacobian_into(&problem, &theta, &mut residuals, &mut by_rows)?;
    residuals_and_jacobian_into(&problem, &theta, &mut residuals, &mut by_columns)?;
    assert_eq!(by_rows, by_columns);
    assert_eq!(by_rows.column(0).to_vec(), T.map(|t| t * t));
    let mut gaps = Array2::zeros((4, 4));
    let mut every_other = gaps.slice_mut(ndarray_0_17::s![.., ..;2]);
    let refused = residuals_and_jacobian_into(&problem, &theta, &mut residuals, &mut every_other);
    let (expected, found) = (vec![2, 1], vec![4, 2]);
    assert_eq!(refused, Err(Error::Strides { name: "jacobian", expected, found }));
    let refused = residuals_and_jacobian_into(&problem, &theta, &mut residuals, &mut gaps);
    assert!(matches!(refused, Err(Error::Shape { name: "jacobian", .. })));
    Ok(())
}

#[test]
fn gradient_and_hessian_are_arrays() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = Objective::new(Power::seeded(0), &batch)?;
    let theta = Array1::from_vec(problem.theta());
    let (mut gradient, mut again, mut hessian) =
        (Array1::zeros(2), Array1::zeros(2), Array2::zeros((2, 2)));
    let loss = loss_and_gradient_into(&problem, &theta, &mut gradient)?;
    let same = hessian_into(&problem, &theta, &mut again, &mut hessian)?;
    assert!((loss - same).abs() <= 1e-12 * loss);
    assert!((&gradient - &again).iter().all(|difference| difference.abs() < 1e-10));
    assert_eq!(hessian[[0, 1]], hessian[[1, 0]]);
    assert_eq!(problem.into_model().parameters(), [1.0, 2.0]);
    Ok(())
}
