//! Arrays people already have, in and out, without a copy.
//!
//! `cargo run --release --example arrays --features ndarray_0_17,nalgebra_0_35,faer_0_24`; each feature adds its part.
use chainrule::prelude::*;

/// A plane over two numbers. A least-squares problem that one Gauss–Newton step solves.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
fn plane(x: Input<2>, w: Param<2>, b: Param) -> Output {
    x.dot(w) + b
}

/// Rows of two numbers, and `1·x₀ − 2·x₁ + 3` of each.
const X: [f64; 10] = [0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 2.0, 1.0, 1.0, 3.0];
const Y: [f64; 5] = [3.0, 4.0, 1.0, 3.0, -2.0];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let batch = Plane::batch(&X, &Y)?;
    println!("slices:   loss {:.3}", Plane::zeros().loss(&batch));
    #[cfg(feature = "ndarray_0_17")]
    with_ndarray()?;
    #[cfg(feature = "nalgebra_0_35")]
    with_nalgebra()?;
    #[cfg(feature = "faer_0_24")]
    with_faer()?;
    Ok(())
}

#[cfg(feature = "ndarray_0_17")]
fn with_ndarray() -> Result<(), Box<dyn std::error::Error>> {
    use chainrule::interop::ndarray_0_17::{parameter, parameter_mut, rows};
    use ndarray::{Array1, Array2};

    let x = Array2::from_shape_fn((5, 2), |(i, j)| X[2 * i + j]);
    let y = Array1::from_vec(Y.to_vec());
    let batch = Plane::batch(rows("x", &[2], &x)?, rows("y", &[], &y)?)?;
    let mut model = Plane::zeros();
    parameter_mut(&mut model, "w")?[0] = 1.0;
    let (loss, gradient) = model.loss_and_gradient(&batch);
    println!("ndarray:  loss {loss:.3}, gradient {:.3} of w", parameter(&gradient, "w")?);

    // The columns of a matrix are no rows: an error says so, and nothing is copied behind one's back.
    println!("          {}", rows("x", &[5], &x.t()).unwrap_err());
    Ok(())
}

#[cfg(feature = "nalgebra_0_35")]
fn with_nalgebra() -> Result<(), Box<dyn std::error::Error>> {
    use chainrule::interop::LeastSquares;
    use chainrule::interop::nalgebra_0_35::{columns, parameter, residuals_and_jacobian_into};
    use nalgebra::{DMatrix, DVector};

    // nalgebra is column-major: an example is a column.
    let (x, y) = (DMatrix::from_column_slice(2, 5, &X), DVector::from_column_slice(&Y));
    let batch = Plane::batch(columns("x", &[2], &x)?, y.as_slice())?;
    let problem = LeastSquares::new(Plane::zeros(), &batch)?;
    let mut theta = DVector::from_vec(problem.theta());
    let (mut residuals, mut jacobian) = (DVector::zeros(5), DMatrix::zeros(5, 3));
    residuals_and_jacobian_into(&problem, &theta, &mut residuals, &mut jacobian)?;
    let normal = jacobian.transpose() * &jacobian;
    let right = jacobian.transpose() * &residuals;
    theta -= normal.cholesky().ok_or("the columns depend on each other")?.solve(&right);
    let model = Plane::from_parameters(theta.as_slice().to_vec())?;
    println!(
        "nalgebra: after a Gauss–Newton step w = {:.3?}, b = {:.3}",
        parameter(&model, "w")?.iter().collect::<Vec<_>>(),
        model.b()
    );
    Ok(())
}

#[cfg(feature = "faer_0_24")]
fn with_faer() -> Result<(), Box<dyn std::error::Error>> {
    use chainrule::interop::LeastSquares;
    use chainrule::interop::faer_0_24::{residuals_and_jacobian_in, rows, values};
    use faer::linalg::solvers::SolveLstsq;
    use faer::{Col, MatRef};

    let (x, y) = (MatRef::from_row_major_slice(&X, 5, 2), Col::from_fn(5, |i| Y[i]));
    let batch = Plane::batch(rows("x", &[2], x)?, values("y", y.as_ref())?)?;
    let problem = LeastSquares::new(Plane::zeros(), &batch)?;
    let (mut residuals, mut memory) = (Col::zeros(5), [0.0; 15]);
    let theta = Col::zeros(3);
    let jacobian =
        residuals_and_jacobian_in(&problem, theta.as_ref(), residuals.as_mut(), &mut memory)?;
    let step = jacobian.qr().solve_lstsq(&residuals);
    println!(
        "faer:     after a Gauss–Newton step θ = {:.3} {:.3} {:.3}",
        -step[0], -step[1], -step[2]
    );
    Ok(())
}
