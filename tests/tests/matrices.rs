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
