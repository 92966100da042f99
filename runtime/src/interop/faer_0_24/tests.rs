use faer_0_24::{Col, Mat, MatRef};

use crate::derivatives::SparseJacobian;
use crate::error::Error;
use crate::interop::tests::{Layer, Plane, PlaneDims, Power, T, Y};
use crate::interop::{LeastSquares, Objective};
use crate::prelude::*;

use super::{
    columns, hessian_in, loss_and_gradient_into, parameter, parameter_mut, parameter_of,
    residuals_and_jacobian_in, rows, sparse, values,
};

#[test]
fn inputs_are_read_where_they_are() -> Result<(), Error> {
    let numbers = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let by_rows = MatRef::from_row_major_slice(&numbers, 2, 3);
    let read = rows("x", &[3], by_rows)?;
    assert_eq!((read.as_ptr(), read), (numbers.as_ptr(), numbers.as_slice()));
    assert_eq!(columns("x", &[3], by_rows.transpose())?.as_ptr(), numbers.as_ptr());
    let y = Col::from_fn(2, |i| i as f64);
    assert!(Plane::batch(PlaneDims { n: 3 }, read, values("y", y.as_ref())?).is_ok());
    // Eight numbers of eight bytes fill a line of the cache: faer leaves no gap.
    let packed = Mat::from_fn(8, 5, |i, j| (8 * j + i) as f64);
    let expected = (0..40).map(f64::from).collect::<Vec<_>>();
    assert_eq!(columns("x", &[8], packed.as_ref())?, expected);
    Ok(())
}

#[test]
fn inputs_in_another_order_or_with_gaps_are_refused() {
    let numbers = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    let by_rows = MatRef::from_row_major_slice(&numbers, 2, 3);
    let message = |result: Result<&[f64], Error>| result.err().map(|error| error.to_string());
    let strides = "`x` lies in memory with the strides [3, 1], expected [1, 2]".to_owned();
    assert_eq!(message(columns("x", &[2], by_rows)), Some(strides));
    let shape = "`x` has the shape [2, 3], expected [2, 4]".to_owned();
    assert_eq!(message(rows("x", &[4], by_rows)), Some(shape));
    let gaps = Mat::from_fn(3, 5, |i, j| (i + j) as f64);
    assert!(matches!(columns("x", &[3], gaps.as_ref()), Err(Error::Strides { .. })));
    let row = by_rows.row(0).transpose();
    assert_eq!(values("y", row), Ok([1.0, 2.0, 3.0].as_slice()));
    assert!(matches!(values("y", by_rows.col(0)), Err(Error::Strides { .. })));
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
    assert_eq!(parameter_of(&model, "b", &gradient)?[(2, 0)], 8.0);
    assert_eq!(parameter_of(&model, "scale", &gradient)?[(0, 0)], 9.0);
    assert!(matches!(parameter(&model, "v"), Err(Error::UnknownParameter { .. })));
    Ok(())
}

/// `∂(a·tᵏ)/∂a = tᵏ`, `∂(a·tᵏ)/∂k = a·tᵏ·ln t`, at `a = 1`, `k = 2`.
#[test]
fn a_jacobian_is_a_view_of_the_callers_memory() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = LeastSquares::new(Power::seeded(0), &batch)?;
    let theta = Col::from_fn(2, |i| [1.0, 2.0][i]);
    let (mut residuals, mut memory) = (Col::zeros(4), [0.0; 8]);
    let jacobian =
        residuals_and_jacobian_in(&problem, theta.as_ref(), residuals.as_mut(), &mut memory)?;
    for (i, t) in T.into_iter().enumerate() {
        assert!((jacobian[(i, 0)] - t * t).abs() < 1e-12);
        assert!((jacobian[(i, 1)] - t * t * t.ln()).abs() < 1e-12);
    }
    let refused =
        residuals_and_jacobian_in(&problem, theta.as_ref(), residuals.as_mut(), &mut memory[1..]);
    assert_eq!(refused.err(), Some(Error::Length { name: "jacobian", expected: 8, found: 7 }));
    Ok(())
}

#[test]
fn gradient_and_hessian_agree() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = Objective::new(Power::seeded(0), &batch)?;
    let theta = Col::from_fn(2, |i| [2.0, 3.0][i]);
    let (mut gradient, mut again, mut memory) = (Col::zeros(2), Col::zeros(2), [0.0; 4]);
    let loss = loss_and_gradient_into(&problem, theta.as_ref(), gradient.as_mut())?;
    let (same, hessian) = hessian_in(&problem, theta.as_ref(), again.as_mut(), &mut memory)?;
    assert!(loss.abs() < 1e-20 && same.abs() < 1e-20);
    assert_eq!(hessian[(0, 1)], hessian[(1, 0)]);
    // Where the residuals vanish, the Hessian is 2·JᵀJ: its first element is twice the sum of t⁶.
    let expected = 2.0 * T.into_iter().map(|t| t.powi(6)).sum::<f64>();
    assert!((hessian[(0, 0)] - expected).abs() < 1e-11 * expected);
    Ok(())
}

/// Each measurement is of one point, seen by one instrument with an offset.
#[model(loss = squared_error, scalar = f64, derivatives(sparse_jacobian))]
fn survey(instrument: Index<2>, point: Index<3>, offset: Param<2>, height: Param<3>) -> Output {
    offset[instrument] + 2.0 * height[point]
}

#[test]
fn a_sparse_jacobian_is_a_view() -> Result<(), Error> {
    let batch = Survey::batch(&[0, 0, 1], &[0, 2, 1], &[1.0, 2.0, 3.0])?;
    let model = Survey::zeros();
    let mut jacobian = model.sparse_jacobian(&batch)?;
    let mut workspace = model.workspace();
    model.residuals_and_sparse_jacobian_into(&batch, &mut [0.0; 3], &mut jacobian, &mut workspace);
    let view = sparse(&jacobian);
    assert_eq!((view.nrows(), view.ncols(), view.compute_nnz()), (3, 5, 6));
    assert_eq!(view.val().as_ptr(), jacobian.values().as_ptr());
    assert_eq!(view.get(1, 4), Some(&2.0));
    assert_eq!(view.get(1, 1), None);
    Ok(())
}
