use ::argmin::core::{Error, Executor, Jacobian, Operator, State};
use ::argmin::solver::conjugategradient::ConjugateGradient;
use ::argmin::solver::linesearch::MoreThuenteLineSearch;
use ::argmin::solver::newton::NewtonCG;
use ::argmin::solver::quasinewton::LBFGS;
use ::argmin::solver::trustregion::{Steihaug, TrustRegion};

use crate::interop::tests::{Power, T, Y, is_solution};
use crate::interop::{LeastSquares, Objective};
use crate::model::Model;

use super::HessianOperator;

#[test]
fn lbfgs_minimizes_the_loss() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = Objective::new(Power::seeded(0), &batch)?;
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), 7);
    let run = Executor::new(&problem, solver);
    let result = run.configure(|state| state.param(problem.theta()).max_iters(100)).run()?;
    let theta = result.state().get_best_param().cloned().unwrap_or_default();
    assert!(is_solution(problem.into_model_at(&theta)?.parameters(), 1e-7), "{theta:?}");
    Ok(())
}

#[test]
fn newton_and_trust_regions_take_the_hessian() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = Objective::new(Power::seeded(0), &batch)?;
    let solver = TrustRegion::new(Steihaug::new().with_max_iters(20));
    let run = Executor::new(&problem, solver);
    let result = run.configure(|state| state.param(problem.theta()).max_iters(100)).run()?;
    let theta = result.state().get_best_param().cloned().unwrap_or_default();
    assert!(is_solution(&theta, 1e-7), "{theta:?}");

    let solver = NewtonCG::new(MoreThuenteLineSearch::new());
    let run = Executor::new(&problem, solver);
    let result = run.configure(|state| state.param(problem.theta()).max_iters(100)).run()?;
    let theta = result.state().get_best_param().cloned().unwrap_or_default();
    assert!(is_solution(&theta, 1e-7), "{theta:?}");
    Ok(())
}

/// At the solution the Hessian is positive definite: conjugate gradients find `v` from `H·v`.
#[test]
fn conjugate_gradients_take_the_product_with_the_hessian() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = Objective::new(Power::seeded(0), &batch)?;
    let hessian = HessianOperator::new(&problem, vec![2.0, 3.0]);
    let right = hessian.apply(&vec![0.25, -1.5])?;
    let run = Executor::new(hessian, ConjugateGradient::<_, f64>::new(right));
    let result = run.configure(|state| state.param(vec![0.0, 0.0]).max_iters(4)).run()?;
    let v = result.state().get_best_param().cloned().unwrap_or_default();
    assert!((v[0] - 0.25).abs() < 1e-9 && (v[1] + 1.5).abs() < 1e-9, "{v:?}");
    Ok(())
}

#[test]
fn least_squares_are_an_operator_with_a_jacobian() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = LeastSquares::new(Power::seeded(0), &batch)?;
    assert_eq!((&problem).apply(&vec![2.0, 3.0])?, [0.0; 4]);
    let jacobian = (&problem).jacobian(&vec![1.0, 2.0])?;
    assert_eq!(jacobian.iter().map(|row| row[0]).collect::<Vec<_>>(), T.map(|t| t * t));
    let error = (&problem).apply(&vec![2.0]).map_err(|error| error.to_string());
    assert_eq!(error, Err("`parameters` has 1 values, expected 2".to_owned()));
    Ok(())
}
