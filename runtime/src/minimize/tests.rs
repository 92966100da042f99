use crate::axes::{Input, Loss, Param};
use crate::model;
use crate::model::Model;

use super::{Minimize, MinimizeStop};

#[model(scalar = f64)]
fn rosenbrock(x: Param, y: Param) -> Loss {
    (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x)
}

#[model]
fn narrow_rosenbrock(x: Param, y: Param) -> Loss {
    (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x)
}

/// Logistic regression with an L2 term of its weights.
#[model(scalar = f64)]
fn logistic(x: Input<10>, y: Input, w: Param<10>, b: Param) -> Loss {
    let z = x.dot(w) + b;
    softplus(z) - y * z + 0.005 * w.dot(w)
}

/// The same in single precision.
#[model]
fn narrow_logistic(x: Input<10>, y: Input, w: Param<10>, b: Param) -> Loss {
    let z = x.dot(w) + b;
    softplus(z) - y * z + 0.005 * w.dot(w)
}

/// Ten measurements of 442 patients times ten, and whether the disease progresses beyond 140.
fn patients() -> (Vec<f64>, Vec<f64>) {
    let text = include_str!("../../../examples/data/diabetes.csv");
    let (mut x, mut y) = (Vec::new(), Vec::new());
    for line in text.lines().skip(1) {
        let numbers: Vec<f64> = line.split(',').map(|field| field.parse().unwrap()).collect();
        x.extend(numbers[..10].iter().map(|x| 10.0 * x));
        y.push(f64::from(u8::from(numbers[10] > 140.0)));
    }
    (x, y)
}

/// The minimum as Newton's method finds it, 1e-17 of gradient left.
const LOSS: f64 = 0.508_500_850_278_115_6;
const THETA: [f64; 11] = [
    0.098_136_048_735_047_08,
    -0.723_133_888_988_668_9,
    1.109_750_566_884_826_4,
    0.862_079_301_038_730_1,
    -0.181_705_644_650_178_2,
    -0.264_086_366_619_535_1,
    -0.739_239_700_271_942_9,
    0.333_560_176_895_336_5,
    1.223_571_200_747_785_5,
    0.165_309_173_281_926_82,
    0.028_774_327_175_288_19,
];

fn assert_close(found: &[f64], expected: &[f64], tolerance: f64) {
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < tolerance, "{found} {expected}");
    }
}

#[test]
fn rosenbrock_s_valley_leads_to_its_minimum() {
    let mut model = Rosenbrock::from_parameters(vec![-1.2, 1.0]).unwrap();
    let report = Minimize::lbfgs().run(&mut model, &Rosenbrock::batch().unwrap()).unwrap();
    assert_eq!(report.stop_reason(), MinimizeStop::SmallGradient, "{report}");
    assert_close(model.parameters(), &[1.0, 1.0], 1e-7);
    assert_eq!(report.first_loss(), 24.199_999_999_999_996);
    assert!(report.gradient_norm() <= 1e-8 && report.evaluations() < 60, "{report}");
}

#[test]
fn rosenbrock_s_valley_leads_there_in_single_precision() {
    let mut model = NarrowRosenbrock::from_parameters(vec![-1.2, 1.0]).unwrap();
    let report = Minimize::lbfgs().run(&mut model, &NarrowRosenbrock::batch().unwrap()).unwrap();
    assert!(report.is_converged() && report.evaluations() < 100, "{report}");
    let theta: Vec<f64> = model.parameters().iter().map(|&theta| f64::from(theta)).collect();
    // The loss is 1e-7 squared in units of a θ that is off by 1e-4 along the valley.
    assert_close(&theta, &[1.0, 1.0], 1e-3);
}

#[test]
fn rosenbrock_s_valley_may_be_closed_by_a_bound() {
    let mut model = Rosenbrock::from_parameters(vec![-1.2, 1.0]).unwrap();
    let minimize = Minimize::lbfgs().bounds("x", -2.0, 0.5);
    let report = minimize.run(&mut model, &Rosenbrock::batch().unwrap()).unwrap();
    assert!(report.is_converged() && report.gradient_norm() < 1e-7, "{report}");
    // At x = ½ the minimum over y is at x².
    assert_close(model.parameters(), &[0.5, 0.25], 1e-8);
    assert_eq!(model.x(), 0.5);
}

#[test]
fn logistic_regression_is_that_of_newton_s_method() {
    let (x, y) = patients();
    let batch = Logistic::batch(&x, &y).unwrap();
    let mut model = Logistic::zeros();
    let report = Minimize::lbfgs().run(&mut model, &batch).unwrap();
    assert!(report.is_converged() && (report.loss() - LOSS).abs() < 1e-14, "{report}");
    // The least eigenvalue of the Hessian is 0.01, which the gradient is divided by.
    assert_close(model.parameters(), &THETA, 1e-6);
    assert!(report.evaluations() < 60, "{report}");
    assert_eq!(model.loss(&batch), report.loss());
}

#[test]
fn logistic_regression_ends_in_single_precision() {
    let (x, y) = patients();
    let narrow = |values: &[f64]| values.iter().map(|&value| value as f32).collect::<Vec<f32>>();
    let (x, y) = (narrow(&x), narrow(&y));
    let mut model = NarrowLogistic::zeros();
    let batch = NarrowLogistic::batch(&x, &y).unwrap();
    let report = Minimize::lbfgs().run(&mut model, &batch).unwrap();
    assert!(report.is_converged() && (report.loss() - LOSS).abs() < 1e-6, "{report}");
    let report = Minimize::lbfgs().tolerance(0.0).reduction_tolerance(0.0).run(&mut model, &batch);
    let report = report.unwrap();
    assert!(report.is_converged() && (report.loss() - LOSS).abs() < 1e-6, "{report}");
}

/// The bounded minimum as 200,000 steps of projected gradients find it.
#[test]
fn weights_may_be_kept_from_being_negative() {
    let (x, y) = patients();
    let batch = Logistic::batch(&x, &y).unwrap();
    let mut model = Logistic::zeros();
    let minimize = Minimize::lbfgs().bounds("w", 0.0, f64::INFINITY);
    let report = minimize.run(&mut model, &batch).unwrap();
    let expected = [
        0.0,
        0.0,
        1.220_652_165_092_243_3,
        0.726_068_732_118_569,
        0.0,
        0.0,
        0.0,
        0.355_088_005_209_480_8,
        1.188_572_386_553_682_8,
        0.100_297_986_531_945_81,
        0.020_155_268_578_658_403,
    ];
    assert!(report.is_converged() && (report.loss() - 0.529_706_207_584_956).abs() < 1e-14);
    assert_close(model.parameters(), &expected, 1e-6);
    for (place, bound) in expected.iter().enumerate().filter(|(_, theta)| **theta == 0.0) {
        assert_eq!(model.parameters()[place], *bound);
    }
}

#[test]
fn fixed_parameters_keep_their_bits() {
    let (x, y) = patients();
    let batch = Logistic::batch(&x, &y).unwrap();
    let mut model = Logistic::zeros();
    model.parameters_mut()[2] = 0.1;
    *model.b_mut() = -0.3;
    let report = Minimize::lbfgs().fix("w[2]").fix("b").run(&mut model, &batch).unwrap();
    assert!(report.is_converged(), "{report}");
    assert_eq!((model.w()[2], model.b()), (0.1, -0.3));
    assert!(model.w()[3] != 0.0 && report.gradient_norm() < 1e-8);
}

#[test]
fn steps_to_where_the_loss_is_not_finite_become_shorter() {
    #[model(scalar = f64)]
    fn pole(x: Param) -> Loss {
        // Its minimum is at ln x = −3; a step of length 1 leads to where there is no logarithm.
        (ln(x) + 3.0) * (ln(x) + 3.0)
    }
    let mut model = Pole::from_parameters(vec![0.5]).unwrap();
    let report = Minimize::lbfgs().run(&mut model, &Pole::batch().unwrap()).unwrap();
    assert!(report.is_converged(), "{report}");
    assert!((model.x().ln() + 3.0).abs() < 1e-6, "{report}");
}

#[test]
fn a_loss_without_a_minimum_uses_the_iterations_up() {
    #[model(scalar = f64)]
    fn slope(x: Param) -> Loss {
        exp(-x)
    }
    let mut model = Slope::from_parameters(vec![0.0]).unwrap();
    let minimize = Minimize::lbfgs().tolerance(0.0).reduction_tolerance(0.0).max_iterations(5);
    let report = minimize.run(&mut model, &Slope::batch().unwrap()).unwrap();
    assert_eq!((report.stop_reason(), report.iterations()), (MinimizeStop::MaxIterations, 5));
    assert!(!report.is_converged() && report.loss() < report.first_loss());
    assert!(report.to_string().ends_with("evaluations: the iterations were used up"), "{report}");
}

#[model(scalar = f64)]
fn root(x: Param, w: Param<2>) -> Loss {
    sqrt(x) + w.dot(w)
}

#[test]
fn what_cannot_begin_is_named() {
    let message = |minimize: Minimize, start: [f64; 3]| {
        let mut model = Root::from_parameters(start.to_vec()).unwrap();
        let error = minimize.run(&mut model, &Root::batch().unwrap()).unwrap_err();
        assert_eq!(format!("{:?}", model.parameters()), format!("{start:?}"));
        error.to_string()
    };
    let (new, start) = (Minimize::lbfgs, [1.0, 0.5, -0.5]);
    assert_eq!(message(new().fix("v"), start), "`v` is no parameter, expected one of x, w");
    assert_eq!(
        message(new().bounds("w[2]", 0.0, 1.0), start),
        "`w[2]` is no parameter, expected one of x, w"
    );
    assert_eq!(
        message(new().bounds("w", 1.0, -1.0), start),
        "the bounds of `w` are 1 and -1, expected the lower one not above the upper one"
    );
    assert_eq!(
        message(new().bounds("w", 0.0, 1.0), start),
        "`w[1]` starts at -0.5, expected a start within its bounds, 0 to 1"
    );
    assert_eq!(
        message(new().fix("x").fix("w"), start),
        "all parameters are fixed, expected one at least to vary"
    );
    assert_eq!(
        message(new(), [-1.0, 0.5, 0.5]),
        "the loss is NaN at the start, expected a finite number; start from other parameters"
    );
    assert_eq!(
        message(new(), [0.0, 0.5, 0.5]),
        "the gradient of `x` is inf at the start, expected a finite number; start from other parameters"
    );
    assert_eq!(
        message(new(), [f64::NAN, 0.5, 0.5]),
        "the parameter `x` is NaN, expected a finite number"
    );
    assert_eq!(
        message(new().max_iterations(0), start),
        "`max_iterations` is 0, expected at least 1"
    );
    assert_eq!(
        message(new().tolerance(-1.0), start),
        "`tolerance` is -1, expected a finite number, at least 0"
    );
}
