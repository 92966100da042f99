//! Functions of matrices in models, compiled: against values computed elsewhere, in both scalar types, and where there is no result.

use chainrule::prelude::*;

/// Observations at points on a line: a squared-exponential covariance with noise.
#[model(scalar = f64, dims(N))]
fn gaussian_process(
    x: Data<N>,
    y: Data<N>,
    one: Data<N, N>,
    log_scale: Param,
    log_size: Param,
    log_noise: Param,
) -> Loss {
    let rows = outer(x, 0.0 * x + 1.0);
    let distance = (rows - transpose(rows)) / exp(log_scale);
    let covariance = exp(2.0 * log_size - 0.5 * distance * distance) + exp(2.0 * log_noise) * one;
    gaussian_process_loss(y, covariance)
}

/// The same by the general functions.
#[model(scalar = f64, dims(N))]
fn gaussian_process_by_elimination(
    x: Data<N>,
    y: Data<N>,
    one: Data<N, N>,
    log_scale: Param,
    log_size: Param,
    log_noise: Param,
) -> Loss {
    let rows = outer(x, 0.0 * x + 1.0);
    let distance = (rows - transpose(rows)) / exp(log_scale);
    let covariance = exp(2.0 * log_size - 0.5 * distance * distance) + exp(2.0 * log_noise) * one;
    0.5 * dot(y, solve(covariance, y))
        + 0.5 * logdet(covariance)
        + 0.9189385332046727 * sum(0.0 * y + 1.0)
}

/// The density of each example under one normal distribution.
#[model(scalar = f64)]
fn normal(x: Input<3>, mean: Param<3>, factor: Param<3, 3>) -> Loss {
    -mvn_log_density(x, mean, factor)
}

/// A matrix of each example, in single precision.
#[model]
fn volumes(x: Input<4, 4>, p: Param<4, 4>) -> Loss {
    let a = x + p;
    logdet(a.dot(transpose(a)) + x.dot(transpose(x)))
        + sum(inverse(a.dot(transpose(a)) + x.dot(transpose(x))))
        + 0.1 * det(a)
}

/// By mpmath 1.3 with 60 digits: the likelihood from its definition, its slopes from differences with steps of 1e-20.
const LIKELIHOOD: f64 = 4.716914591129733;
const SLOPES: [f64; 3] = [-1.530027444829542, 2.7058913573051715, 1.1655509072911385];

/// Stacks of matrices, of all examples and of each, with vectors and columns beside them.
#[model(scalar = f64)]
fn stacks(x: Input<2, 3, 3>, b: Input<2, 3>, p: Param<2, 3, 3>, q: Param<2, 3, 2>) -> Loss {
    let of_all = matmul(p, p) + 0.1 * p;
    let of_each = x + p;
    sum(square(solve(of_all, b))) * 0.1
        + sum(solve_lower(of_each, q))
        + sum(logdet_spd(matmul(of_each, p)))
        + 0.01 * sum(det(of_each))
}

/// One matrix in every step of a loop, and one that each step makes.
#[model(scalar = f64)]
fn implicit_steps(x: Input<3>, a: Param<3, 3>, s: Param<4, 3, 3>) -> Loss {
    let mut h = x;
    for t in 0..4 {
        h = tanh(solve(a, h)) + 0.1 * solve(a + 0.1 * s[t], x);
    }
    sum(h * h)
}

fn unit(n: usize) -> Vec<f64> {
    (0..n * n).map(|place| f64::from(u8::from(place / n == place % n))).collect()
}

fn close(found: f64, right: f64, tolerance: f64) {
    assert!((found - right).abs() <= tolerance * right.abs(), "{found}, {right} is right");
}

#[test]
fn a_gaussian_process_has_the_likelihood_of_sixty_digits() {
    let x = [0.0, 0.4, 1.1, 1.5, 2.3];
    let y = [0.3, 0.7, 0.9, 0.2, -0.6];
    let parameters = vec![-0.3, 0.2, -1.1];
    let model = GaussianProcess::from_parameters(GaussianProcessDims { n: 5 }, parameters.clone())
        .expect("three");
    let one = unit(5);
    let batch = GaussianProcess::batch(GaussianProcessDims { n: 5 }, &x, &y, &one).expect("five");
    let (loss, gradient) = model.loss_and_gradient(&batch);
    close(loss, LIKELIHOOD, 1e-13);
    for (found, right) in gradient.parameters().iter().zip(SLOPES) {
        close(*found, right, 1e-12);
    }
    let general = GaussianProcessByElimination::from_parameters(
        GaussianProcessByEliminationDims { n: 5 },
        parameters,
    )
    .expect("three");
    let batch = GaussianProcessByElimination::batch(
        GaussianProcessByEliminationDims { n: 5 },
        &x,
        &y,
        &one,
    )
    .expect("five");
    let (loss, gradient) = general.loss_and_gradient(&batch);
    close(loss, LIKELIHOOD, 1e-13);
    for (found, right) in gradient.parameters().iter().zip(SLOPES) {
        close(*found, right, 1e-12);
    }
}

#[test]
fn a_normal_distribution_has_the_gradient_of_differences() {
    let examples: Vec<f64> = (0..21).map(|place| (f64::from(place) * 1.3).sin()).collect();
    let parameters =
        vec![0.1, -0.2, 0.3, 1.2, f64::NAN, f64::NAN, 0.3, 0.8, f64::NAN, -0.4, 0.5, 1.5];
    let model = Normal::from_parameters(parameters).expect("twelve");
    let batch = Normal::batch(&examples).expect("rows of three");
    let (loss, gradient) = model.loss_and_gradient(&batch);
    assert!(loss.is_finite());
    assert_eq!(gradient.factor()[1], 0.0);
}

#[test]
fn matrices_of_examples_have_the_gradient_of_differences() {
    let examples: Vec<f32> = (0..16 * 37).map(|place| (place as f32 * 1.3).sin()).collect();
    let model = Volumes::seeded(3);
    let batch = Volumes::batch(&examples).expect("rows of sixteen");
    let check = check_gradient(&model, &batch).expect("a check");
    assert!(check.passes(), "{check}");
}

#[test]
fn a_matrix_that_is_not_positive_definite_gives_nan() {
    let dims = GaussianProcessDims { n: 2 };
    let model = GaussianProcess::from_parameters(dims, vec![0.0, 0.0, 0.0]).expect("three");
    let (x, y, one) = ([0.0, 0.0], [1.0, 2.0], [-1.0, 0.0, 0.0, -1.0]);
    let batch = GaussianProcess::batch(dims, &x, &y, &one).expect("two");
    let (loss, gradient) = model.loss_and_gradient(&batch);
    assert!(loss.is_nan() && gradient.parameters().iter().all(|slope| slope.is_nan()));
}

/// Matrices near a multiple of the unit matrix, one after the other.
fn near_unit(n: usize, count: usize, size: f64) -> Vec<f64> {
    let one = (0..count).flat_map(|_| unit(n));
    let numbers = one.enumerate().map(|(place, one)| size * one + 0.3 * (place as f64 * 1.7).sin());
    numbers.collect()
}

#[test]
fn stacks_have_the_gradient_of_differences() {
    let parameters = [near_unit(3, 2, 1.5), (0..12).map(f64::from).collect()].concat();
    let model = Stacks::from_parameters(parameters).expect("thirty");
    let x = near_unit(3, 2 * 19, 0.5);
    let b: Vec<f64> = (0..6 * 19).map(|place| (f64::from(place) * 0.7).cos()).collect();
    let batch = Stacks::batch(&x, &b).expect("nineteen");
    let check = check_gradient(&model, &batch).expect("a check");
    assert!(model.loss(&batch).is_finite() && check.passes(), "{check}");
}

#[test]
fn equations_in_a_loop_have_the_gradient_of_differences() {
    let parameters = [near_unit(3, 1, 2.0), near_unit(3, 4, 0.5)].concat();
    let model = ImplicitSteps::from_parameters(parameters).expect("forty-five");
    let x: Vec<f64> = (0..3 * 19).map(|place| (f64::from(place) * 0.7).cos()).collect();
    let batch = ImplicitSteps::batch(&x).expect("nineteen");
    let check = check_gradient(&model, &batch).expect("a check");
    assert!(model.loss(&batch).is_finite() && check.passes(), "{check}");
}
