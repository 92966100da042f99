//! Objectives of parameters and data alone: no examples, no prediction, statistics across an explicit dimension.

use chainrule::derivatives::MatrixOrder;
use chainrule::prelude::*;

#[model(scalar = f64)]
fn rosenbrock(x: Param, y: Param) -> Loss {
    square(1.0 - x) + 100.0 * square(y - x * x)
}

#[model(scalar = f64, reduction = sum)]
fn factorization<const M: usize, const N: usize, const K: usize>(
    ratings: Data<M, N>,
    known: Data<M, N>,
    #[init(normal(0.0, 0.5))] u: Param<M, K>,
    #[init(normal(0.0, 0.5))] v: Param<N, K>,
) -> Loss {
    let error = known * (u.dot(v.transpose()) - ratings);
    0.5 * sum(error * error)
}

/// Normalization over the batch, which is an axis like any other here.
#[model]
fn batch_norm<const B: usize, const D: usize>(
    x: Data<B, D>,
    y: Data<B>,
    gain: Param<D>,
    w: Param<D>,
) -> Loss {
    let mean = mean(x * gain, axis = 0);
    let centred = x * gain - mean;
    let normal = centred / sqrt(mean(centred * centred, axis = 0) + 1e-3);
    mean(square(tanh(normal).dot(w) - y))
}

/// The contrastive loss InfoNCE: each row of `a` against all rows of `b`, its own is right.
#[model(scalar = f64, dims(B, D, E))]
fn contrast(a: Data<B, D>, b: Data<B, D>, w: Param<D, E>, log_temperature: Param) -> Loss {
    let p = a.dot(w);
    let q = b.dot(w);
    let p = p / sqrt(sum(p * p, axis = 1, keep = 1));
    let q = q / sqrt(sum(q * q, axis = 1, keep = 1));
    let similarity = p.dot(q.transpose()) * exp(log_temperature);
    mean(logsumexp(similarity, axis = 1)) - mean(sum(p * q, axis = 1)) * exp(log_temperature)
}

fn numbers(count: usize) -> Vec<f64> {
    (0..count).map(|index| (index as f64 * 1.7 + 0.3).sin()).collect()
}

fn check<M: Model>(model: &M, batch: &M::Batch<'_>) -> Result<(), chainrule::Error> {
    let check = check_gradient(model, batch)?;
    assert!(check.passes(), "{check}");
    assert_eq!(M::rows(batch), 1);
    Ok(())
}

fn close(found: f64, right: f64) {
    assert!((found - right).abs() <= 1e-12 * right.abs(), "{found}, {right} is right");
}

/// What is predicted without any input: the middle of the targets.
#[model(loss = squared_error, scalar = f64)]
fn middle(m: Param) -> Output {
    m
}

#[model(scalar = f64, derivatives(jacobian))]
mod valley {
    use chainrule::prelude::*;

    fn parts(x: Param<2>) -> Output<2> {
        stack(10.0 * (x[1] - x[0].powi(2)), 1.0 - x[0])
    }

    fn loss(x: Param<2>) -> Loss {
        sum(parts(x).powi(2))
    }
}

#[test]
fn outputs_need_no_input() -> Result<(), chainrule::Error> {
    let (loss, gradient) = Middle::zeros().loss_and_gradient(&Middle::batch(&[1.0, 2.0, 6.0])?);
    assert_eq!((loss, gradient.m()), (41.0 / 3.0, -6.0));
    assert_eq!(Middle::zeros().predict()?, [0.0]);
    let model = Valley::from_parameters(vec![2.0, 3.0])?;
    assert_eq!(model.parts()?, [-10.0, -1.0]);
    assert_eq!(model.loss(&Valley::batch()?), 101.0);
    let (residuals, jacobian) =
        model.residuals_and_jacobian(&Valley::batch()?, MatrixOrder::ColumnMajor);
    assert_eq!((residuals, jacobian), (vec![-10.0, -1.0], vec![-40.0, -1.0, 10.0, 0.0]));
    Ok(())
}

#[test]
fn parameters_alone_are_an_objective() -> Result<(), chainrule::Error> {
    let batch = Rosenbrock::batch()?;
    let model = Rosenbrock::from_parameters(vec![-1.2, 1.0])?;
    let (loss, gradient) = model.loss_and_gradient(&batch);
    close(loss, 24.2);
    close(gradient.x(), -215.6);
    close(gradient.y(), -88.0);
    check(&model, &batch)
}

#[test]
fn a_sum_and_a_mean_of_no_examples_are_the_loss_itself() -> Result<(), chainrule::Error> {
    let (ratings, known) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [1.0, 1.0, 0.0, 1.0, 0.0, 1.0]);
    let batch = Factorization::<2, 3, 2>::batch(&ratings, &known)?;
    let model = Factorization::<2, 3, 2>::from_parameters(numbers(10))?;
    let (u, v) = (model.u(), model.v());
    let mut loss = 0.0;
    for (place, (rating, known)) in ratings.iter().zip(known).enumerate() {
        let (row, column) = (place / 3, place % 3);
        let product: f64 = (0..2).map(|k| u[row * 2 + k] * v[column * 2 + k]).sum();
        loss += 0.5 * (known * (product - rating)).powi(2);
    }
    close(model.loss(&batch), loss);
    check(&model, &batch)
}

#[test]
fn statistics_across_the_batch_are_over_an_axis() -> Result<(), chainrule::Error> {
    let (x, y): (Vec<f32>, Vec<f32>) = (
        numbers(15).into_iter().map(|number| number as f32).collect(),
        numbers(5).into_iter().map(|number| number as f32).collect(),
    );
    let batch = BatchNorm::<5, 3>::batch(&x, &y)?;
    check(&BatchNorm::<5, 3>::from_parameters(vec![0.5, 1.5, -0.7, 0.3, 0.9, -0.4])?, &batch)
}

#[test]
fn a_contrastive_loss_compares_every_row_with_every_other() -> Result<(), chainrule::Error> {
    let dims = ContrastDims { b: 4, d: 3, e: 2 };
    let numbers = numbers(24);
    let batch = Contrast::batch(dims, &numbers[..12], &numbers[12..])?;
    let model = Contrast::from_parameters(dims, vec![0.3, -0.8, 0.5, 0.9, -0.4, 0.7, 0.2])?;
    let embed = |rows: &[f64]| -> Vec<[f64; 2]> {
        let project = |row: &[f64]| {
            let along = |e: usize| (0..3).map(|d| row[d] * model.w()[d * 2 + e]).sum::<f64>();
            let (first, second) = (along(0), along(1));
            let length = first.hypot(second);
            [first / length, second / length]
        };
        rows.chunks(3).map(project).collect()
    };
    let (p, q) = (embed(&numbers[..12]), embed(&numbers[12..]));
    let scale = 0.2_f64.exp();
    let mut loss = 0.0;
    for (row, own) in p.iter().enumerate() {
        let similarity = |other: &[f64; 2]| scale * (own[0] * other[0] + own[1] * other[1]);
        let all: f64 = q.iter().map(|other| similarity(other).exp()).sum();
        loss += (all.ln() - similarity(&q[row])) / 4.0;
    }
    close(model.loss(&batch), loss);
    check(&model, &batch)
}

#[test]
fn objectives_are_trained_without_mini_batches() -> Result<(), chainrule::Error> {
    let ratings: Vec<f64> =
        (0..12).map(|place| f64::from(place % 4) * f64::from(place / 4)).collect();
    let batch = Factorization::<3, 4, 1>::batch(&ratings, &[1.0; 12])?;
    let mut model = Factorization::<3, 4, 1>::seeded(1);
    let history = Trainer::new(Adam::new(0.05)).epochs(2000).fit(&mut model, &batch)?;
    assert!(model.loss(&batch) < 1e-6, "{history}");
    Ok(())
}

#[test]
fn data_of_another_length_is_refused() {
    let error = Factorization::<2, 3, 2>::batch(&[0.0; 6], &[0.0; 5]).expect_err("one is missing");
    assert_eq!(error.to_string(), "`known` has 5 values, expected 6");
}
