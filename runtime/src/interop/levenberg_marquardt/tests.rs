use ::levenberg_marquardt::{LeastSquaresProblem, LevenbergMarquardt};

use crate::error::Error;
use crate::interop::LeastSquares;
use crate::interop::tests::{NarrowPower, Power, T, Y};

#[test]
fn a_formula_is_fitted_in_both_scalars() -> Result<(), Error> {
    let (problem, report) = LevenbergMarquardt::new()
        .minimize(LeastSquares::new(Power::seeded(0), &Power::batch(&T, &Y)?)?);
    assert!(report.termination.was_successful(), "{report:?}");
    // The residuals are zero at the solution: nothing but rounding is left.
    let model = problem.into_model();
    let (a, k) = (model.a(), model.k());
    assert!((a - 2.0).abs() < 1e-12 && (k - 3.0).abs() < 1e-12, "{a} {k}");

    let (t, y) = (T.map(|t| t as f32), Y.map(|y| y as f32));
    let (problem, _) = LevenbergMarquardt::new()
        .minimize(LeastSquares::new(NarrowPower::seeded(0), &NarrowPower::batch(&t, &y)?)?);
    let model = problem.into_model();
    let (a, k) = (model.a(), model.k());
    assert!((a - 2.0).abs() < 1e-5 && (k - 3.0).abs() < 1e-5, "{a} {k}");
    Ok(())
}

/// `∂(a·tᵏ)/∂a = tᵏ`, `∂(a·tᵏ)/∂k = a·tᵏ·ln t`, at `a = 1`, `k = 2`.
#[test]
fn the_jacobian_has_a_row_for_each_residual() -> Result<(), Error> {
    let problem = LeastSquares::new(Power::seeded(0), &Power::batch(&T, &Y)?)?;
    let jacobian = LeastSquaresProblem::jacobian(&problem).unwrap_or_default();
    assert_eq!(jacobian.shape(), (4, 2));
    for (i, t) in T.into_iter().enumerate() {
        assert!((jacobian[(i, 0)] - t * t).abs() < 1e-12);
        assert!((jacobian[(i, 1)] - t * t * t.ln()).abs() < 1e-12);
    }
    Ok(())
}
