//! `weights`: each example counts as much as the caller says.

use chainrule::check::{check_gradient, check_hessian};
use chainrule::prelude::*;

#[model(loss = squared_error, weights, scalar = f64, derivatives(hvp, hessian))]
fn plane(x: Input<2>, w: Param<2>, b: Param) -> Output {
    tanh(x.dot(w)) + b
}

#[model(loss = squared_error, scalar = f64)]
fn unweighted(x: Input<2>, w: Param<2>, b: Param) -> Output {
    tanh(x.dot(w)) + b
}

#[model(loss = cross_entropy, weights, reduction = sum)]
fn classes(x: Input<2>, kind: Index<4>, table: Param<4, 3>, w: Param<2, 3>) -> Output<3> {
    x.dot(w) + table[kind]
}

#[model(weights, scalar = f64)]
fn regularized(x: Input, y: Input, w: Param) -> Loss {
    square(w * x - y) + 0.5 * w * w - 0.25 * w
}

#[model(loss = |p, t| square(p - t), weights, scalar = f64, dims(D))]
fn chosen(x: Input<D>, w: Param<D>) -> Output {
    x.dot(w)
}

/// The main loss is weighted, another one is not.
#[model(loss = squared_error, weights, scalar = f64)]
mod several {
    use chainrule::prelude::*;

    fn predict(x: Input, w: Param) -> Output {
        w * x
    }

    fn size(x: Input, w: Param) -> Loss {
        abs(w * x)
    }
}

const X: [f64; 6] = [0.5, -1.0, 2.0, 0.25, -0.75, 1.5];
const Y: [f64; 3] = [1.0, -0.5, 0.25];

fn model() -> Plane {
    let mut model = Plane::zeros();
    model.parameters_mut().copy_from_slice(&[0.3, -0.7, 0.2]);
    model
}

#[test]
fn the_gradient_of_weighted_examples_is_that_of_their_differences() {
    let batch = Plane::batch(&X, &Y, &[2.0, 0.0, 0.5]).unwrap();
    let report = check_gradient(&model(), &batch).unwrap();
    assert!(report.passes(), "{report}");
    let report = check_hessian(&model(), &batch).unwrap();
    assert!(report.passes(), "{report}");

    let mut model = Classes::seeded(1);
    model.table_mut().copy_from_slice(&[0.1; 12]);
    let x = X.map(|x| x as f32);
    let batch = Classes::batch(&x, &[3, 0, 1], &[2, 0, 1], &[0.5, 3.0, 1.5]).unwrap();
    let report = check_gradient(&model, &batch).unwrap();
    assert!(report.passes(), "{report}");

    let mut model = Chosen::zeros(ChosenDims { d: 2 }).unwrap();
    model.parameters_mut().copy_from_slice(&[0.3, -0.7]);
    let batch = Chosen::batch(ChosenDims { d: 2 }, &X, &Y, &[1.0, 2.0, 3.0]).unwrap();
    let report = check_gradient(&model, &batch).unwrap();
    assert!(report.passes(), "{report}");
}

#[test]
fn a_mean_is_over_the_number_of_examples() {
    let weights = [2.0, 0.25, 0.5];
    let (loss, gradient) = model().loss_and_gradient(&Plane::batch(&X, &Y, &weights).unwrap());
    let mut alone = Unweighted::zeros();
    alone.parameters_mut().copy_from_slice(model().parameters());
    let (mut expected, mut slopes) = (0.0, [0.0; 3]);
    for (row, weight) in weights.iter().enumerate() {
        let batch = Unweighted::batch(&X[2 * row..][..2], &Y[row..][..1]).unwrap();
        let (loss, gradient) = alone.loss_and_gradient(&batch);
        expected += weight * loss / 3.0;
        for (slope, g) in slopes.iter_mut().zip(gradient.parameters()) {
            *slope += weight * g / 3.0;
        }
    }
    // Sums of three terms in another order.
    assert!((loss - expected).abs() < 1e-15, "{loss} {expected}");
    for (g, expected) in gradient.parameters().iter().zip(slopes) {
        assert!((g - expected).abs() < 1e-15, "{g} {expected}");
    }
}

#[test]
fn weights_of_one_change_nothing_but_rounding_and_whole_ones_repeat() {
    let mut alone = Unweighted::zeros();
    alone.parameters_mut().copy_from_slice(model().parameters());
    let loss = model().loss(&Plane::batch(&X, &Y, &[1.0; 3]).unwrap());
    assert!((loss - alone.loss(&Unweighted::batch(&X, &Y).unwrap())).abs() < 1e-15);

    let doubled = [&X[..], &X[..2]].concat();
    let repeated = alone.loss(&Unweighted::batch(&doubled, &[Y[0], Y[1], Y[2], Y[0]]).unwrap());
    let weighted = model().loss(&Plane::batch(&X, &Y, &[2.0, 1.0, 1.0]).unwrap());
    assert!((weighted * 3.0 - repeated * 4.0).abs() < 1e-14);
}

#[test]
fn what_does_not_depend_on_the_example_has_no_weight() {
    let mut model = Regularized::zeros();
    *model.w_mut() = 2.0;
    let loss = |weights: &[f64]| {
        model.loss(&Regularized::batch(&[1.0, 1.0], &[1.0, 0.0], weights).unwrap())
    };
    assert_eq!(loss(&[1.0, 1.0]), 2.5 + 2.0 - 0.5);
    assert_eq!(loss(&[3.0, 0.0]), 1.5 + 2.0 - 0.5);
    assert_eq!(loss(&[0.0, 0.0]), 2.0 - 0.5);
    let batch = Regularized::batch(&[1.0, 1.0], &[1.0, 0.0], &[3.0, 0.5]).unwrap();
    assert!(check_gradient(&model, &batch).unwrap().passes());
}

#[test]
fn other_losses_and_predictions_take_no_weights() {
    let mut model = Several::zeros();
    *model.w_mut() = 2.0;
    let batch = Several::batch(&[1.0, -1.0], &[2.0, 0.0], &[0.0, 0.5]).unwrap();
    assert_eq!(model.loss(&batch), 1.0);
    assert_eq!(model.size(&batch), 2.0);
    assert_eq!(model.predict(&[1.5]).unwrap(), [3.0]);
}

#[test]
fn weights_are_checked_with_the_batch() {
    let error = |weights: &[f64]| Plane::batch(&X, &Y, weights).unwrap_err().to_string();
    assert_eq!(error(&[1.0, 2.0]), "`weights` has 2 rows, expected 3 as in `x`");
    assert_eq!(
        error(&[1.0, f64::NAN, 0.0]),
        "`weights` is NaN in row 1, column 0, expected a finite number"
    );
}

#[test]
fn mini_batches_keep_the_weight_of_each_example() {
    // Two groups of examples that want another offset: the weights decide which is heard.
    let x = [0.0; 20];
    let y: Vec<f64> = (0..10).map(|row| f64::from(row % 2)).collect();
    let weights: Vec<f64> = y.iter().map(|&y| if y == 1.0 { 2.0 } else { 0.0 }).collect();
    let batch = Plane::batch(&x, &y, &weights).unwrap();
    let mut model = Plane::zeros();
    let trainer = Trainer::new(GradientDescent::new(0.1)).batch_size(3).epochs(50);
    trainer.fit(&mut model, &batch).unwrap();
    assert!((model.b() - 1.0).abs() < 1e-3, "{}", model.b());
}
