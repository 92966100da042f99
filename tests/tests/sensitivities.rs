//! Derivatives that the attribute asks for: those for inputs are differences, and those that are zero are written.

use chainrule::derivatives::MatrixOrder;
use chainrule::prelude::*;

/// Two inputs of different shapes; the mean of the examples' losses.
#[model(loss = mean_squared_error, scalar = f64, derivatives(inputs))]
fn rotated(x: Input<2>, angle: Input, w: Param<2, 3>) -> Output<3> {
    tanh(x.dot(w) * cos(angle))
}

/// A loss by itself, summed; one input has no influence where it is only a step.
#[model(reduction = sum, scalar = f64, derivatives(inputs))]
fn spring(x: Input<2>, side: Input, k: Param) -> Loss {
    0.5 * k * x.dot(x) * sign(side)
}

const W: [f64; 6] = [0.3, -0.7, 0.2, 0.5, 0.1, -0.4];
const X: [f64; 6] = [0.4, -0.2, 1.1, 0.3, -0.6, 0.9];
const ANGLE: [f64; 3] = [0.1, 0.8, -1.3];
const Y: [f64; 9] = [0.2; 9];

/// Prediction and own loss of one example.
fn example(x: [f64; 2], angle: f64) -> Result<(Vec<f64>, f64), chainrule::Error> {
    let model = Rotated::from_parameters(W.to_vec())?;
    let loss = model.loss(&Rotated::batch(&x, &[angle], &Y[..3])?);
    Ok((model.predict(&x, &[angle])?, loss))
}

#[test]
fn derivatives_for_inputs_are_differences_of_each_example() -> Result<(), chainrule::Error> {
    // Of the cube root of the rounding of a double: its square is left.
    const STEP: f64 = 1e-5;
    const TOLERANCE: f64 = 1e-9;
    let model = Rotated::from_parameters(W.to_vec())?;
    let batch = Rotated::batch(&X, &ANGLE, &Y)?;
    let (gradient, jacobian) = (model.input_gradient(&batch), model.input_jacobian(&batch));
    assert_eq!((gradient.len(), jacobian.len()), (3 * 3, 3 * 3 * 3));
    for n in 0..3 {
        for input in 0..3 {
            let moved = |by: f64| {
                let mut inputs = [X[2 * n], X[2 * n + 1], ANGLE[n]];
                inputs[input] += by;
                example([inputs[0], inputs[1]], inputs[2])
            };
            let ((up, above), (down, below)) = (moved(STEP)?, moved(-STEP)?);
            let slope = (above - below) / (2.0 * STEP);
            assert!((gradient[3 * n + input] - slope).abs() < TOLERANCE, "loss {n} {input}");
            for o in 0..3 {
                let slope = (up[o] - down[o]) / (2.0 * STEP);
                let found = jacobian[(3 * n + o) * 3 + input];
                assert!((found - slope).abs() < TOLERANCE, "prediction {n} {o} {input}");
            }
        }
    }
    Ok(())
}

#[test]
fn an_input_without_a_derivative_has_zeros() -> Result<(), chainrule::Error> {
    let model = Spring::from_parameters(vec![2.0])?;
    let batch = Spring::batch(&[1.0, 3.0, 2.0, -1.0], &[4.0, -5.0])?;
    assert_eq!(model.input_gradient(&batch), [2.0, 6.0, 0.0, -4.0, 2.0, 0.0]);
    Ok(())
}

/// Linear in its parameters, of which one has no influence.
#[model(
    loss = |p, t| p * t,
    reduction = sum,
    scalar = f64,
    derivatives(jacobian, jvp, gauss_newton, hvp, hessian)
)]
fn linear(x: Input, w: Param, #[allow(unused)] idle: Param<2>, b: Param) -> Output {
    w * x + b
}

#[test]
fn derivatives_that_are_zero_are_written() -> Result<(), chainrule::Error> {
    let batch = Linear::batch(&[2.0, 3.0], &[1.0, -1.0])?;
    let model = Linear::from_parameters(vec![0.5; 4])?;
    let workspace = &mut model.workspace();
    let (mut g, mut h) = ([f64::NAN; 4], [f64::NAN; 16]);
    model.hessian_into(&batch, &mut g, &mut h, workspace);
    assert_eq!((g, h), ([-1.0, 0.0, 0.0, 0.0], [0.0; 16]));
    g.fill(f64::NAN);
    model.hessian_vector_product_into(&batch, &[1.0; 4], &mut g, workspace);
    assert_eq!(g, [0.0; 4]);
    let (mut r, mut j) = ([f64::NAN; 2], [f64::NAN; 8]);
    model.residuals_and_jacobian_into(&batch, &mut r, &mut j, MatrixOrder::RowMajor, workspace);
    assert_eq!((r, j), ([0.5, 3.0], [2.0, 0.0, 0.0, 1.0, 3.0, 0.0, 0.0, 1.0]));
    model.jacobian_vector_product_into(&batch, &[1.0; 4], &mut r, workspace);
    assert_eq!(r, [3.0, 4.0]);
    (g, h) = ([f64::NAN; 4], [f64::NAN; 16]);
    model.normal_equations_into(&batch, &mut h, &mut g, workspace);
    assert_eq!(g, [10.0, 0.0, 0.0, 3.5]);
    let rows = [[13.0, 0.0, 0.0, 5.0], [0.0; 4], [0.0; 4], [5.0, 0.0, 0.0, 2.0]];
    assert_eq!(h, *rows.as_flattened());
    Ok(())
}
