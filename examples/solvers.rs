//! One formula, the solvers people already use: the Michaelis–Menten law, fitted by each of them.
//!
//! `cargo run --release --example solvers --features levenberg-marquardt,basin,argmin`; each feature adds its solvers to the table.
use chainrule::prelude::*;

/// Concentrations of the substrate, in units of 0.1 ppm.
const CONCENTRATIONS: [f64; 12] = [0.2, 0.2, 0.6, 0.6, 1.1, 1.1, 2.2, 2.2, 5.6, 5.6, 11.0, 11.0];

/// Velocities of the reaction treated with puromycin, in units of 100 counts/min²: D. M. Bates and D. G. Watts (1988), *Nonlinear Regression
/// Analysis and Its Applications*, appendix A1.3.
const VELOCITIES: [f64; 12] =
    [0.76, 0.47, 0.97, 1.07, 1.23, 1.39, 1.59, 1.52, 1.91, 2.01, 2.07, 2.00];

/// What the books say: `vmax` and `km` in those units.
const PUBLISHED: [f64; 2] = [2.127, 0.641];

/// The velocity at a concentration: half of `vmax` at `km`.
#[model(loss = squared_error, reduction = sum, scalar = f64, derivatives(jacobian, hessian, hvp))]
fn velocity(
    s: Input,
    #[init(constant(1.0))] vmax: Param,
    #[init(constant(1.0))] km: Param,
) -> Output {
    vmax * s / (km + s)
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    println!("{:<44} {:>8} {:>8}", "solver", "vmax", "km");
    own_solver()?;
    #[cfg(feature = "levenberg-marquardt")]
    levenberg_marquardt_crate()?;
    #[cfg(feature = "basin")]
    basin_crate::solvers()?;
    #[cfg(feature = "argmin")]
    argmin_crate::solvers()?;
    Ok(())
}

/// Prints a result and stops the program if it is not the published one.
fn show(solver: &str, theta: &[f64]) {
    println!("{solver:<44} {:>8.4} {:>8.4}", theta[0], theta[1]);
    let is_right = theta.iter().zip(PUBLISHED).all(|(found, right)| (found - right).abs() < 5e-4);
    assert!(is_right, "{solver} must find the published values");
}

/// A solver of one's own that takes a closure over slices needs no adapter and no feature.
fn own_solver() -> Outcome {
    let batch = Velocity::batch(&CONCENTRATIONS, &VELOCITIES)?;
    let mut model = Velocity::seeded(0);
    let mut workspace = model.workspace();
    let start = model.parameters().to_vec();
    let theta = descend(start, |theta, gradient| {
        model.parameters_mut().copy_from_slice(theta);
        model.loss_and_gradient_into(&batch, gradient, &mut workspace)
    });
    show("a closure over slices: gradient descent", &theta);
    Ok(())
}

/// Gradient descent that halves its step until the loss falls by enough (Armijo 1966).
fn descend(mut theta: Vec<f64>, mut f: impl FnMut(&[f64], &mut [f64]) -> f64) -> Vec<f64> {
    let (mut gradient, mut trial_gradient) = (vec![0.0; theta.len()], vec![0.0; theta.len()]);
    let mut loss = f(&theta, &mut gradient);
    let mut step = 1.0;
    for _ in 0..20_000 {
        let square: f64 = gradient.iter().map(|g| g * g).sum();
        if square < 1e-20 {
            break;
        }
        let trial: Vec<f64> = theta.iter().zip(&gradient).map(|(t, g)| t - step * g).collect();
        let trial_loss = f(&trial, &mut trial_gradient);
        if trial_loss <= loss - 1e-4 * step * square {
            (theta, loss) = (trial, trial_loss);
            gradient.copy_from_slice(&trial_gradient);
            step *= 2.0;
        } else {
            step *= 0.5;
        }
    }
    theta
}

/// MINPACK's algorithm, on nalgebra.
#[cfg(feature = "levenberg-marquardt")]
fn levenberg_marquardt_crate() -> Outcome {
    use chainrule::interop::LeastSquares;
    use levenberg_marquardt::LevenbergMarquardt;

    let batch = Velocity::batch(&CONCENTRATIONS, &VELOCITIES)?;
    let problem = LeastSquares::new(Velocity::seeded(0), &batch)?;
    let (problem, report) = LevenbergMarquardt::new().minimize(problem);
    assert!(report.termination.was_successful(), "{:?}", report.termination);
    show("levenberg-marquardt", problem.into_model().parameters());
    Ok(())
}

/// Minimizers and solvers of least squares over `Vec`.
#[cfg(feature = "basin")]
mod basin_crate {
    use basin::{
        BoxBounds, Constrained, ConstraintSet, DenseMatrix, Executor, FirstOrderState, Lbfgs,
        Lbfgsb, LevenbergMarquardtQr, PointState, TrustRegion,
    };
    use chainrule::interop::{LeastSquares, Objective};

    use super::{CONCENTRATIONS, Outcome, VELOCITIES, Velocity, show};

    pub fn solvers() -> Outcome {
        let batch = Velocity::batch(&CONCENTRATIONS, &VELOCITIES)?;
        let loss = Objective::new(Velocity::seeded(0), &batch)?;
        let start = || FirstOrderState::new(loss.theta());

        // Without a tolerance of its own, unbounded L-BFGS never says that it has arrived.
        let solver = Lbfgs::default().with_absolute_gradient_tolerance(1e-8);
        show("basin: L-BFGS", Executor::new(&loss, solver, start()).max_iter(200).run()?.param());

        let bounds = BoxBounds::new(Some(vec![0.0; 2]), Some(vec![10.0; 2]));
        let bounded = Constrained::new(&loss, ConstraintSet::new().with_bounds(bounds));
        let solver = Lbfgsb::new().with_absolute_projected_gradient_tolerance(1e-8);
        show(
            "basin: L-BFGS-B",
            Executor::new(bounded, solver, start()).max_iter(200).run()?.param(),
        );

        let solver = TrustRegion::new().with_absolute_gradient_tolerance(1e-8);
        let result = Executor::new(&loss, solver, start()).max_iter(200).run()?;
        show("basin: trust region, Hessian", result.param());
        let solver = TrustRegion::matrix_free().with_absolute_gradient_tolerance(1e-8);
        let result = Executor::new(&loss, solver, start()).max_iter(200).run()?;
        show("basin: trust region, Hessian-vector products", result.param());

        let residuals = LeastSquares::new(Velocity::seeded(0), &batch)?;
        let solver = LevenbergMarquardtQr::<Vec<f64>, DenseMatrix>::new();
        let state = PointState::new(residuals.theta());
        let result = Executor::new(&residuals, solver, state).max_iter(200).run()?;
        show("basin: Levenberg–Marquardt, QR", result.param());
        Ok(())
    }
}

/// The same interface for those who are on argmin.
#[cfg(feature = "argmin")]
mod argmin_crate {
    use argmin::core::{Executor, State};
    use argmin::solver::linesearch::MoreThuenteLineSearch;
    use argmin::solver::quasinewton::LBFGS;
    use argmin::solver::trustregion::{Steihaug, TrustRegion};
    use chainrule::interop::Objective;

    use super::{CONCENTRATIONS, Outcome, VELOCITIES, Velocity, show};

    pub fn solvers() -> Outcome {
        let batch = Velocity::batch(&CONCENTRATIONS, &VELOCITIES)?;
        let loss = Objective::new(Velocity::seeded(0), &batch)?;

        let solver = LBFGS::new(MoreThuenteLineSearch::new(), 7);
        let run = Executor::new(&loss, solver);
        let result = run.configure(|state| state.param(loss.theta()).max_iters(100)).run()?;
        show("argmin: L-BFGS", result.state().get_best_param().ok_or("no parameters")?);

        let solver = TrustRegion::new(Steihaug::new().with_max_iters(20));
        let run = Executor::new(&loss, solver);
        let result = run.configure(|state| state.param(loss.theta()).max_iters(100)).run()?;
        show("argmin: trust region", result.state().get_best_param().ok_or("no parameters")?);
        Ok(())
    }
}
