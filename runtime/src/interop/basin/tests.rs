use std::error::Error;

use ::basin::{
    BoxBounds, Constrained, ConstraintSet, DenseMatrix, Executor, FirstOrderState, Lbfgs, Lbfgsb,
    LevenbergMarquardtQr, PointState, TrustRegion, TrustRegionReflective,
};

use crate::interop::tests::{NarrowPower, Power, T, Y, is_solution};
use crate::interop::{LeastSquares, Objective};
use crate::kernel::real::Real;
use crate::model::Model;

type Outcome = Result<(), Box<dyn Error>>;

/// `0 ≤ θᵢ ≤ upperᵢ`.
fn bounds<T: Real>(upper: [f64; 2]) -> ConstraintSet<BoxBounds<Vec<T>>> {
    let [low, high] = [[0.0; 2], upper].map(|bound| Some(bound.map(T::from_f64).to_vec()));
    ConstraintSet::new().with_bounds(BoxBounds::new(low, high))
}

/// The solution [2, 3] lies outside.
const TIGHT: [f64; 2] = [100.0, 2.0];

/// Where `k = 2`, the best `a` is `Σ t²·y / Σ t⁴`.
fn is_bounded_solution(theta: &[f64]) -> bool {
    let product: f64 = T.into_iter().zip(Y).map(|(t, y)| t * t * y).sum();
    let square: f64 = T.into_iter().map(|t| t.powi(4)).sum();
    (theta[0] - product / square).abs() < 1e-7 && (theta[1] - 2.0).abs() < 1e-7
}

#[test]
fn lbfgs_minimizes_the_loss() -> Outcome {
    let batch = Power::batch(&T, &Y)?;
    let problem = Objective::new(Power::seeded(0), &batch)?;
    let solver = Lbfgs::default().with_absolute_gradient_tolerance(1e-8);
    let start = FirstOrderState::new(problem.theta());
    let result = Executor::new(&problem, solver, start).max_iter(200).run()?;
    let model = problem.into_model_at(result.param())?;
    assert!(is_solution(model.parameters(), 1e-8), "{:?}, {:?}", result.param(), result.report);
    Ok(())
}

#[test]
fn lbfgsb_minimizes_in_single_precision() -> Outcome {
    let (t, y) = (T.map(|t| t as f32), Y.map(|y| y as f32));
    let batch = NarrowPower::batch(&t, &y)?;
    let problem = Objective::new(NarrowPower::seeded(0), &batch)?;
    let solver = Lbfgsb::new().with_absolute_projected_gradient_tolerance(1e-2_f32);
    let start = FirstOrderState::new(problem.theta());
    let bounded = Constrained::new(&problem, bounds([10.0; 2]));
    let result = Executor::new(bounded, solver, start).max_iter(200).run()?;
    let theta = result.param().iter().map(|&value| f64::from(value)).collect::<Vec<_>>();
    assert!(is_solution(&theta, 1e-4), "{theta:?}, {:?}", result.report);
    Ok(())
}

#[test]
fn lbfgsb_stays_within_bounds() -> Outcome {
    let batch = Power::batch(&T, &Y)?;
    let problem = Objective::new(Power::seeded(0), &batch)?;
    let solver = Lbfgsb::new().with_absolute_projected_gradient_tolerance(1e-7);
    let start = FirstOrderState::new(problem.theta());
    let bounded = Constrained::new(&problem, bounds(TIGHT));
    let result = Executor::new(bounded, solver, start).max_iter(200).run()?;
    assert!(is_bounded_solution(result.param()), "{:?}, {:?}", result.param(), result.report);
    Ok(())
}

#[test]
fn trust_regions_take_the_hessian_or_its_products() -> Outcome {
    let batch = Power::batch(&T, &Y)?;
    let problem = Objective::new(Power::seeded(0), &batch)?;
    let start = || FirstOrderState::new(problem.theta());
    let solver = TrustRegion::new().with_absolute_gradient_tolerance(1e-8);
    let exact = Executor::new(&problem, solver, start()).max_iter(200).run()?;
    assert!(is_solution(exact.param(), 1e-8), "{:?}, {:?}", exact.param(), exact.report);
    let solver = TrustRegion::matrix_free().with_absolute_gradient_tolerance(1e-8);
    let free = Executor::new(&problem, solver, start()).max_iter(200).run()?;
    assert!(is_solution(free.param(), 1e-8), "{:?}, {:?}", free.param(), free.report);
    Ok(())
}

#[test]
fn least_squares_need_no_library_of_matrices() -> Outcome {
    let batch = Power::batch(&T, &Y)?;
    let problem = LeastSquares::new(Power::seeded(0), &batch)?;
    let solver = LevenbergMarquardtQr::<Vec<f64>, DenseMatrix>::new();
    let start = PointState::new(problem.theta());
    let result = Executor::new(&problem, solver, start).max_iter(200).run()?;
    assert!(is_solution(result.param(), 1e-8), "{:?}, {:?}", result.param(), result.report);
    Ok(())
}

#[test]
fn least_squares_stay_within_bounds() -> Outcome {
    let batch = Power::batch(&T, &Y)?;
    let problem = LeastSquares::new(Power::seeded(0), &batch)?;
    let start = PointState::new(problem.theta());
    let bounded = Constrained::new(&problem, bounds(TIGHT));
    let result = Executor::new(bounded, TrustRegionReflective::new(), start).max_iter(500).run()?;
    assert!(is_bounded_solution(result.param()), "{:?}, {:?}", result.param(), result.report);
    Ok(())
}
