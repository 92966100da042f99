use crate::generator::Generator;
use crate::least_squares::LeastSquares;
use crate::model::Model;
use crate::optimizer::{Adam, GradientDescent, Optimizer};

use super::{Curve, RateFinder, RateSweep};

/// Rows of `y = 2·x₀ − 3·x₁ + 0.5` with noise.
fn rows() -> (Vec<f64>, Vec<f64>) {
    let mut generator = Generator::new(9);
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        let (x0, x1) = (generator.normal(), generator.normal());
        x.extend([x0, x1]);
        y.push(2.0 * x0 - 3.0 * x1 + 0.5 + 0.1 * generator.normal());
    }
    (x, y)
}

fn sweep(finder: RateFinder, optimizer: impl Optimizer<f64>) -> RateSweep {
    let (x, y) = rows();
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let model = LeastSquares::zeros();
    let sweep = finder.run(optimizer, &model, &batch).unwrap();
    assert_eq!(model, LeastSquares::zeros());
    sweep
}

#[test]
fn the_sweep_ends_where_the_loss_no_longer_bears_the_rate() {
    let finder = RateFinder::new().batch_size(50).seed(3);
    let found = sweep(finder, GradientDescent::new(0.5));
    assert!(!found.is_complete());
    let last = found.points().last().unwrap();
    // The Hessian is about twice the identity, so that plain steps diverge from a rate of 1 on, within some steps.
    assert!((1.0..6.0).contains(&last.learning_rate), "{last:?}");
    let steepest = found.steepest().unwrap();
    // Both suggestions must be rates that steps converge with.
    assert!((0.01..0.6).contains(&steepest), "{steepest}");
    let tenth = found.tenth_of_least().unwrap();
    assert!((0.01..0.6).contains(&tenth), "{tenth}");
    assert_eq!(sweep(finder, GradientDescent::new(0.5)), found);
}

#[test]
fn rates_grow_by_the_same_factor_whatever_the_optimizer_s_own() {
    let finder = RateFinder::new().range(1e-4, 1e-1).steps(4).batch_size(200);
    let found = sweep(finder, Adam::new(0.01));
    assert!(found.is_complete());
    let expected = [1e-4, 1e-3, 1e-2, 1e-1];
    for (point, expected) in found.points().iter().zip(expected) {
        assert!((point.learning_rate / expected - 1.0).abs() < 1e-14, "{point:?}");
    }
    let other = sweep(finder, Adam::new(10.0));
    for (a, b) in found.points().iter().zip(other.points()) {
        // The rate is α times a factor, in another rounding.
        assert!((a.loss - b.loss).abs() < 1e-12, "{a:?} {b:?}");
    }
}

#[test]
fn steps_are_those_of_the_optimizer_with_these_rates() {
    let (x, y) = rows();
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let finder = RateFinder::new().range(0.01, 0.1).steps(5).batch_size(1000);
    let found = sweep(finder, GradientDescent::new(1.0));
    let (mut model, mut gradient) = (LeastSquares::zeros(), [0.0; 3]);
    for point in found.points() {
        let loss = model.loss_and_gradient_into(&batch, &mut gradient, &mut ());
        // All rows in another order.
        assert!((point.loss - loss).abs() < 1e-12, "{point:?} {loss}");
        for (theta, g) in model.theta.iter_mut().zip(gradient) {
            *theta -= point.learning_rate * g;
        }
    }
}

#[test]
fn losses_are_smoothed_without_bias() {
    let mut curve = Curve::new(0.5, 3);
    assert!([4.0, 2.0, 1.0].into_iter().all(|loss| curve.add(1.0, loss)));
    let smoothed: Vec<f64> = curve.points.iter().map(|point| point.smoothed_loss).collect();
    // 4; (2 + 4/2)/(1 + 1/2); (1 + 2/2 + 4/4)/(1 + 1/2 + 1/4).
    for (found, expected) in smoothed.iter().zip([4.0, 8.0 / 3.0, 12.0 / 7.0]) {
        assert!((found - expected).abs() < 1e-15, "{found} {expected}");
    }
    assert!(!curve.add(1.0, 100.0) && !curve.add(1.0, f64::NAN));
}

#[test]
fn nothing_is_suggested_where_the_loss_only_grows() {
    let (x, _) = rows();
    let batch = LeastSquares::batch(&x, &[0.0; 200]).unwrap();
    let model = LeastSquares { theta: [0.0; 3] };
    let found = RateFinder::new().run(GradientDescent::new(1.0), &model, &batch).unwrap();
    assert_eq!((found.steepest(), found.tenth_of_least()), (None, None));
}

#[test]
fn settings_out_of_range_are_named() {
    let (x, y) = rows();
    let batch = LeastSquares::batch(&x, &y).unwrap();
    let message = |finder: RateFinder| {
        let result = finder.run(GradientDescent::new(1.0), &LeastSquares::zeros(), &batch);
        result.unwrap_err().to_string()
    };
    let new = RateFinder::new;
    assert_eq!(message(new().steps(2)), "`steps` is 2, expected at least 3");
    assert_eq!(message(new().batch_size(0)), "`batch_size` is 0, expected at least 1");
    assert_eq!(message(new().range(0.0, 1.0)), "`low` is 0, expected a positive finite number");
    assert_eq!(
        message(new().range(2.0, 1.0)),
        "`low` is 2, and the last learning rate is 1, expected less than `high`"
    );
    assert_eq!(message(new().smoothing(1.0)), "`smoothing` is 1, expected at least 0 and below 1");
}
