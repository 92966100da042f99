//! Fits whose solutions are known, and fits that cannot begin or end well.

use chainrule::prelude::*;

use super::{
    Cauchy, EstimateState, FitError, FitReport, FitStop, FitWarning, Huber, RobustLoss, SoftL1,
};
use crate::error::Error;

/// `a·x + b`.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
fn line(x: Input, a: Param, b: Param) -> Output {
    a * x + b
}

/// Misra1a of the NIST Statistical Reference Datasets.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
fn misra(x: Input, b1: Param, b2: Param) -> Output {
    b1 * (1.0 - exp(-b2 * x))
}

/// Only the product of the two parameters matters.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
fn product(x: Input, a: Param, b: Param, c: Param) -> Output {
    a * b * x + c
}

/// `y = w₀·x₁ + w₁·x₂`: two inputs, a vector of parameters.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
fn plane(x1: Input, x2: Input, w: Param<2>) -> Output {
    w[0] * x1 + w[1] * x2
}

/// NaN where `x − c` is negative.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
fn root(x: Input, a: Param, c: Param) -> Output {
    a * sqrt(x - c)
}

const MISRA_X: [f64; 14] = [
    77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0,
];
const MISRA_Y: [f64; 14] = [
    10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78,
];

/// A line through five points: slope 1.99, intercept 0.05 by hand, `Sxx = 10`, residual sum of squares 0.107.
const X: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 4.0];
const Y: [f64; 5] = [0.1, 1.9, 4.2, 5.9, 8.05];

fn misra_from(start: [f64; 2]) -> Misra {
    Misra::from_parameters(start.to_vec()).expect("two parameters")
}

fn fit_line() -> Fit<'static, Line> {
    Fit::new(Line::zeros()).data(&X, &Y)
}

fn values<M>(report: &FitReport<M>) -> Vec<f64> {
    report.estimates().iter().map(|estimate| estimate.value).collect()
}

fn close(found: f64, right: f64, tolerance: f64) {
    assert!((found - right).abs() <= tolerance * right.abs(), "{found}, {right} is right");
}

/// The error of a fit that cannot begin.
fn refusal<M: Jacobian<Scalar = f64>>(fit: Fit<'_, M>) -> String {
    match fit.run() {
        Ok(_) => "it fits".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_fit_finds_the_certified_parameters_and_errors() {
    for start in [[500.0, 0.0001], [250.0, 0.0005]] {
        let report = Fit::new(misra_from(start)).data(&MISRA_X, &MISRA_Y).run().expect("it fits");
        let [b1, b2] = [&report.estimates()[0], &report.estimates()[1]];
        close(b1.value, 2.389_421_291_8E+02, 1e-9);
        close(b2.value, 5.501_564_318_1E-04, 1e-9);
        close(b1.standard_error, 2.707_007_524_1E+00, 1e-9);
        close(b2.standard_error, 7.266_868_843_6E-06, 1e-9);
        close(report.sum_of_squares(), 1.245_513_889_4E-01, 1e-9);
        close(report.residual_standard_error(), 1.018_787_633_0E-01, 1e-9);
        assert_eq!(report.degrees_of_freedom(), 12);
        assert!(report.is_converged() && report.warnings().is_empty());
    }
}

/// Draper & Smith (1998), chapter 1: `s²/Sxx` and `s²·(1/n + x̄²/Sxx)` are the variances of slope and intercept.
#[test]
fn a_line_has_the_textbook_statistics() {
    let report = fit_line().run().expect("it fits");
    let [a, b] = [&report.estimates()[0], &report.estimates()[1]];
    close(a.value, 1.99, 1e-12);
    close(b.value, 0.05, 1e-11);
    let residuals: f64 = X.iter().zip(Y).map(|(x, y)| (1.99 * x + 0.05 - y).powi(2)).sum();
    close(report.sum_of_squares(), residuals, 1e-12);
    let variance = residuals / 3.0;
    close(a.standard_error, (variance / 10.0).sqrt(), 1e-12);
    close(b.standard_error, (variance * (0.2 + 4.0 / 10.0)).sqrt(), 1e-12);
    close(report.covariance()[1], -variance * 2.0 / 10.0, 1e-12);
    close(report.correlation()[2], -2.0 / 6.0_f64.sqrt(), 1e-12);
    let total: f64 = Y.iter().map(|y| (y - 4.03).powi(2)).sum();
    close(report.r_squared().expect("y is known"), 1.0 - residuals / total, 1e-14);
    let adjusted = 1.0 - residuals / 3.0 / (total / 4.0);
    close(report.adjusted_r_squared().expect("y is known"), adjusted, 1e-14);
    let deviance = 5.0 * ((std::f64::consts::TAU * residuals / 5.0).ln() + 1.0);
    close(report.log_likelihood(), -0.5 * deviance, 1e-12);
    close(report.aic(), deviance + 6.0, 1e-12);
    close(report.bic(), deviance + 3.0 * 5.0_f64.ln(), 1e-12);
    close(report.aicc().expect("one more than the parameters"), deviance + 6.0 + 24.0, 1e-12);
    // JᵀJ = [30 10; 10 5], and with columns of length one [1 c; c 1], c = 10/√150.
    let root = (35.0_f64.powi(2) - 4.0 * 50.0).sqrt();
    close(report.condition(), (35.0 + root) / (35.0 - root), 1e-12);
    let cosine = 10.0 / 150.0_f64.sqrt();
    close(report.scaled_condition(), (1.0 + cosine) / (1.0 - cosine), 1e-12);
    // t with 3 degrees of freedom at 97.5 %: 3.182446305.
    let (low, high) = report.confidence_interval("a", 0.95).expect("a parameter");
    close((high - low) / 2.0 / a.standard_error, 3.182_446_305_283_71, 1e-12);
    assert_eq!(report.confidence_interval("a", 1.0), None);
    assert_eq!(report.confidence_interval("c", 0.5), None);
}

#[test]
fn a_factor_of_sigma_changes_no_standard_error_unless_it_is_absolute() {
    let plain = fit_line().run().expect("it fits");
    let scaled = fit_line().sigma(&[0.01]).and_then(Fit::run).expect("it fits");
    let error = |report: &FitReport<Line>| report.estimates()[0].standard_error;
    close(error(&scaled), error(&plain), 1e-12);
    let absolute = fit_line().sigma(&[0.01]).map(Fit::absolute_sigma);
    let absolute = absolute.and_then(Fit::run).expect("it fits");
    close(error(&absolute), 0.01 / 10.0_f64.sqrt(), 1e-12);
    close(absolute.reduced_chi_squared(), plain.sum_of_squares() / 3.0 / 1e-4, 1e-12);
    let (low, high) = absolute.confidence_interval("a", 0.95).expect("a parameter");
    close((high - low) / 2.0 / error(&absolute), 1.959_963_984_540_054, 1e-12);
}

#[test]
fn a_weight_of_two_is_an_observation_made_twice() {
    let weights = [1.0, 1.0, 2.0, 1.0, 1.0];
    let weighted = fit_line().weights(&weights).and_then(Fit::run).expect("it fits");
    let (x, y) = ([0.0, 1.0, 2.0, 2.0, 3.0, 4.0], [0.1, 1.9, 4.2, 4.2, 5.9, 8.05]);
    let twice = Fit::new(Line::zeros()).data(&x, &y).run().expect("it fits");
    for (a, b) in values(&weighted).iter().zip(values(&twice)) {
        close(*a, b, 1e-12);
    }
    close(weighted.sum_of_squares(), twice.sum_of_squares(), 1e-12);
}

#[test]
fn several_inputs_and_elements_of_a_vector_have_their_names() {
    let (x1, x2) = (vec![1.0, 0.0, 1.0, 2.0], vec![0.0, 1.0, 1.0, 1.0]);
    let y = [2.0, 3.0, 5.0, 7.0];
    let report = Fit::new(Plane::zeros()).data([&x1, &x2], &y).run().expect("it fits");
    close(report.estimate("w[0]").expect("an element").value, 2.0, 1e-12);
    close(report.estimate("w[1]").expect("an element").value, 3.0, 1e-12);
    let fixed = Fit::new(Plane::zeros()).data([&x1[..], &x2[..]], &y).fix("w[0]").run();
    let fixed = fixed.expect("it fits");
    assert_eq!(fixed.estimates()[0].state, EstimateState::Fixed);
    assert_eq!((fixed.estimates()[0].value, fixed.estimates()[0].standard_error), (0.0, 0.0));
    assert_eq!(fixed.degrees_of_freedom(), 3);
    close(fixed.estimates()[1].value, 5.0, 1e-12);
    let batch = Plane::batch(&x1, &x2, &y).expect("the rows fit");
    let of_batch = Fit::new(Plane::zeros()).batch(&batch).run().expect("it fits");
    assert_eq!(of_batch.r_squared(), None);
    assert_eq!(values(&of_batch), values(&report));
}

/// Cosine and sine of one angle: two residuals for each observation, over as many harmonics as the program says.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian), dims(N))]
fn circle(t: Input<N>, radius: Param<N>, phase: Param) -> Output<2> {
    stack(sum(radius * cos(t + phase)), sum(radius * sin(t + phase)), axis = 0)
}

#[test]
fn a_prediction_of_two_numbers_has_two_residuals() {
    let dims = CircleDims { n: 2 };
    let right = Circle::from_parameters(dims, vec![2.0, 0.5, 0.25]).expect("three parameters");
    let t: Vec<f64> = (0..20).map(|i| 0.3 * f64::from(i) + f64::from(i * i % 7)).collect();
    let mut y = right.predict(&t).expect("rows of two");
    let noise = |place: usize| 0.01 * (1.7 * place as f64).sin();
    y.iter_mut().enumerate().for_each(|(place, y)| *y += noise(place));
    let start = Circle::from_parameters(dims, vec![1.0, 1.0, 0.0]).expect("three parameters");
    let report = Fit::new(start).data(&t, &y).run().expect("it fits");
    assert_eq!((report.residuals().len(), report.degrees_of_freedom()), (20, 17));
    for (estimate, right) in report.estimates().iter().zip([2.0, 0.5, 0.25]) {
        assert!((estimate.value - right).abs() < 5.0 * estimate.standard_error, "{report}");
    }
    assert!(report.estimate("radius[1]").is_some() && report.observations().is_none());
}

#[test]
fn data_without_noise_leave_no_residuals() {
    let y = X.map(|x| 2.0 * x + 1.0);
    let report = Fit::new(Line::zeros()).data(&X, &y).run().expect("it fits");
    close(report.estimates()[0].value, 2.0, 1e-14);
    close(report.estimates()[1].value, 1.0, 1e-14);
    assert!(report.sum_of_squares() < 1e-28 && report.warnings().is_empty(), "{report}");
    let exact = Line::from_parameters(vec![2.0, 1.0]).expect("two parameters");
    let report = Fit::new(exact).data(&X, &y).run().expect("it fits");
    assert_eq!((report.sum_of_squares(), report.aic()), (0.0, f64::NEG_INFINITY));
    assert!(report.warnings().is_empty(), "{report}");
    let constant = Fit::new(Line::zeros()).data(&X, &[3.0; 5]).run().expect("it fits");
    assert_eq!(constant.r_squared(), None);
}

#[test]
fn a_parameter_without_influence_at_the_start_is_fitted() {
    let report = Fit::new(misra_from([0.0, 0.0005])).data(&MISRA_X, &MISRA_Y).run();
    close(report.expect("it fits").estimates()[0].value, 2.389_421_291_8E+02, 1e-9);
}

#[test]
fn a_bound_that_holds_is_reached_exactly_and_the_others_are_fitted_around_it() {
    let report = fit_line().bounds("a", 0.0, 1.5).run().expect("it fits");
    let [a, b] = [&report.estimates()[0], &report.estimates()[1]];
    assert_eq!((a.value, a.state), (1.5, EstimateState::AtBound));
    close(b.value, 4.03 - 1.5 * 2.0, 1e-12);
    assert_eq!(report.warnings(), [FitWarning::AtBound { parameter: "a".to_owned(), bound: 1.5 }]);
    let loose = fit_line().bounds_of_all(&[-10.0, -1.0], &[10.0, f64::INFINITY]);
    let loose = loose.run().expect("it fits");
    close(loose.estimates()[0].value, 1.99, 1e-10);
    assert!(loose.warnings().is_empty());
    let wide = Fit::new(misra_from([250.0, 0.0005])).data(&MISRA_X, &MISRA_Y);
    let wide = wide.bounds("b1", 0.0, 1e4).bounds("b2", 1e-6, 1.0).run().expect("it fits");
    close(wide.estimates()[0].value, 2.389_421_291_8E+02, 1e-9);
    close(wide.estimates()[1].standard_error, 7.266_868_843_6E-06, 1e-9);
}

#[test]
fn everything_fixed_is_a_report_of_the_model_as_it_is() {
    let line = Line::from_parameters(vec![2.0, 0.0]).expect("two parameters");
    let report = Fit::new(line).data(&X, &Y).fix("a").fix("b").run().expect("nothing to fit");
    assert_eq!(report.stop_reason(), FitStop::NothingToFit);
    assert_eq!(values(&report), [2.0, 0.0]);
    close(report.sum_of_squares(), 0.01 + 0.01 + 0.04 + 0.01 + 0.0025, 1e-12);
}

/// Points on `y = 2·x + 1`, one of them far off.
const OUTLIER_X: [f64; 7] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
const OUTLIER_Y: [f64; 7] = [1.0, 3.0, 5.0, 47.0, 9.0, 11.0, 13.0];

#[test]
fn robust_losses_forgive_an_outlier() {
    let fit = |loss: RobustLoss| {
        let fit = Fit::new(Line::zeros()).data(&OUTLIER_X, &OUTLIER_Y).loss(loss);
        fit.run().expect("it fits")
    };
    let squares = fit(RobustLoss::LeastSquares);
    close(squares.estimates()[1].value, 1.0 + 40.0 / 7.0, 1e-10);
    // Six equal residuals of one sign balance the outlier, whose pull is limited to δ: 6·r = δ.
    let huber = fit(Huber(1.0));
    close(huber.estimates()[0].value, 2.0, 1e-7);
    close(huber.estimates()[1].value, 1.0 + 1.0 / 6.0, 1e-7);
    for loss in [SoftL1(1.0), Cauchy(1.0)] {
        let report = fit(loss);
        assert!((report.estimates()[1].value - 1.0).abs() < 0.2, "{loss:?}: {report}");
        assert!(report.is_converged(), "{report}");
    }
}

#[test]
fn several_starts_find_what_one_does_not() {
    // sin(ω·x) has a minimum of the sum of squares at almost every multiple of the frequency of the data.
    #[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
    fn wave(x: Input, omega: Param) -> Output {
        sin(omega * x)
    }
    let x: Vec<f64> = (0..40).map(|i| 0.25 * f64::from(i)).collect();
    let y: Vec<f64> = x.iter().map(|x| (3.0 * x).sin()).collect();
    let start = Wave::from_parameters(vec![1.0]).expect("one parameter");
    let fit = || Fit::new(start.clone()).data(&x, &y).bounds("omega", 0.5, 6.0);
    let one = fit().run().expect("it fits");
    assert!(one.sum_of_squares() > 1.0, "{one}");
    let many = fit().starts(30, 7).run().expect("it fits");
    close(many.estimates()[0].value, 3.0, 1e-9);
    let again = fit().starts(30, 7).run().expect("it fits");
    assert_eq!(values(&many), values(&again));
}

#[test]
fn a_step_to_where_the_model_is_no_number_is_rejected() {
    let x: Vec<f64> = (0..20).map(|i| 1.0 + 0.5 * f64::from(i)).collect();
    let y: Vec<f64> = x.iter().map(|x| 3.0 * (x - 0.75).sqrt()).collect();
    let start = Root::from_parameters(vec![1.0, -5.0]).expect("two parameters");
    let report = Fit::new(start).data(&x, &y).run().expect("it fits");
    close(report.estimates()[0].value, 3.0, 1e-9);
    close(report.estimates()[1].value, 0.75, 1e-9);
    let outside = Root::from_parameters(vec![1.0, 2.0]).expect("two parameters");
    assert_eq!(
        refusal(Fit::new(outside).data(&x, &y)),
        "residual 0 is NaN at the start, expected a finite number; start from other parameters"
    );
    let edge = Root::from_parameters(vec![1.0, 1.0]).expect("two parameters");
    assert_eq!(
        refusal(Fit::new(edge).data(&x, &y)),
        "the derivative of residual 0 for `c` is -inf at the start, expected a finite number; start from other parameters"
    );
}

#[test]
fn parameters_that_do_not_matter_are_named() {
    let start = Product::from_parameters(vec![1.0, 1.0, 0.0]).expect("three parameters");
    let report = Fit::new(start).data(&X, &Y).run().expect("it fits");
    let [a, b, c] = [0, 1, 2].map(|i| &report.estimates()[i]);
    close(a.value * b.value, 1.99, 1e-9);
    assert!(a.standard_error.is_infinite() && b.standard_error.is_infinite());
    // What is determined has the standard error of the line.
    close(c.standard_error, fit_line().run().expect("it fits").estimates()[1].standard_error, 1e-9);
    let undetermined = vec!["a".to_owned(), "b".to_owned()];
    let warning = FitWarning::RankDeficient { rank: 2, parameters: 3, undetermined };
    assert_eq!(report.warnings(), [warning]);
    let (low, high) = report.confidence_interval("a", 0.95).expect("a parameter");
    assert!(low == f64::NEG_INFINITY && high == f64::INFINITY);
}

#[test]
fn an_early_stop_keeps_the_best_parameters_and_says_so() {
    let start = misra_from([500.0, 0.0001]);
    let batch = Misra::batch(&MISRA_X, &MISRA_Y).expect("the rows fit");
    let report = Fit::new(start.clone()).batch(&batch).max_iterations(3).run().expect("a report");
    assert_eq!(report.stop_reason(), FitStop::MaxIterations);
    assert!(!report.is_converged());
    assert_eq!(report.warnings()[0], FitWarning::NotConverged { stop: FitStop::MaxIterations });
    let squares = |model: &Misra| model.residuals(&batch).iter().map(|r| r * r).sum::<f64>();
    close(squares(report.model()), report.sum_of_squares(), 1e-12);
    assert!(report.sum_of_squares() < squares(&start));
}

#[test]
fn as_many_parameters_as_residuals_have_no_errors() {
    let report = Fit::new(Line::zeros()).data(&X[..2], &Y[..2]).run().expect("it fits");
    close(report.estimates()[0].value, 1.8, 1e-12);
    assert_eq!(report.warnings(), [FitWarning::NoDegreesOfFreedom]);
    assert!(report.estimates()[0].standard_error.is_infinite());
}

#[test]
fn what_cannot_be_fitted_is_refused_with_what_was_found() {
    let cases: [(Fit<'_, Line>, &str); 13] = [
        (Fit::new(Line::zeros()), "the fit has no data, expected those of `data` or `batch`"),
        (
            Fit::new(Line::zeros()).data(&X[..1], &Y[..1]),
            "2 parameters are to be fitted to 1 residuals, expected at least as many residuals as parameters",
        ),
        (
            Fit::new(Line::zeros()).data(&[0.0, f64::NAN, 1.0], &[1.0, 2.0, 3.0]),
            "`x` is NaN in row 1, column 0, expected a finite number",
        ),
        (Fit::new(Line::zeros()).data(&X, &Y[..4]), "`target` has 4 rows, expected 5 as in `x`"),
        (Fit::new(Line::zeros()).data([&X, &X], &Y), "2 inputs are given, expected the model's 1"),
        (
            fit_line().bounds("slope", 0.0, 1.0),
            "`slope` is no parameter of the model, expected one of `a`, `b`",
        ),
        (
            fit_line().bounds("a", 1.0, 0.0),
            "the bounds of `a` are 1 and 0, expected the lower one below the upper one",
        ),
        (
            fit_line().bounds("a", f64::NAN, 0.0),
            "the bounds of `a` are NaN and 0, expected the lower one below the upper one",
        ),
        (
            fit_line().bounds("a", 1.0, 2.0),
            "`a` starts at 0, expected a start within its bounds, 1 to 2",
        ),
        (fit_line().bounds_of_all(&[0.0], &[1.0, 2.0]), "`low` has 1 values, expected 2"),
        (
            fit_line().loss(Huber(0.0)),
            "`the scale of the loss` is 0, expected a positive finite number",
        ),
        (fit_line().max_iterations(0), "`max_iterations` is 0, expected at least 1"),
        (
            fit_line().step_tolerance(-1.0),
            "`step_tolerance` is -1, expected a number from 0 to below 1",
        ),
    ];
    for (fit, message) in cases {
        assert_eq!(refusal(fit), message);
    }
}

#[test]
fn standard_deviations_are_positive_and_as_many_as_residuals() {
    let wrong = [
        (vec![1.0, 0.0], 1, 0.0),
        (vec![-1.0], 0, -1.0),
        (vec![1.0, 2.0, f64::INFINITY], 2, f64::INFINITY),
    ];
    for (sigma, row, value) in wrong {
        let error = fit_line().sigma(&sigma).err();
        assert_eq!(error, Some(Error::Fit(FitError::Sigma { row, value })));
        let error = fit_line().weights(&sigma).err();
        assert_eq!(error, Some(Error::Fit(FitError::Weight { row, value })));
    }
    let error = fit_line().sigma(&[f64::NAN]).err().map(|error| error.to_string());
    let message = "the standard deviation of row 0 is NaN, expected a positive finite number";
    assert_eq!(error.as_deref(), Some(message));
    let fit = fit_line().sigma(&[1.0, 2.0]).expect("positive");
    let message =
        "2 standard deviations or weights are given, expected 1 or 5, one for each residual";
    assert_eq!(refusal(fit), message);
}

#[test]
fn a_report_prints_as_a_table() {
    let report = Fit::new(misra_from([250.0, 0.0005])).data(&MISRA_X, &MISRA_Y).run();
    let text = report.expect("it fits").to_string();
    let table = "\
parameter     estimate  std. error    rel.  95 % interval
b1             238.942      2.7070  1.13 %        233.044      244.840
b2         0.000550156   7.2669e-6  1.32 %    0.000534323  0.000565990

residuals                   14, 12 degrees of freedom
sum of squares              0.12455139
residual standard error     0.101879
R², adjusted                0.99998158, 0.99998005
AIC, AICc, BIC              -20.3790, -17.9790, -18.4619
condition of JᵀJ            5.7e13, 1.6e3 without units

correlation       b1      b2
b1            1.0000
b2           -0.9988  1.0000

stopped after ";
    assert!(text.starts_with(table), "{text}");
}

#[cfg(feature = "plot")]
#[test]
fn a_picture_has_a_point_for_each_observation_and_residual() {
    let svg = fit_line().run().and_then(|report| report.svg("a line")).expect("a picture");
    assert!(svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>"));
    assert_eq!(svg.matches("<circle").count(), 10);
    let (x1, x2) = ([1.0, 0.0, 1.0], [0.0, 1.0, 1.0]);
    let plane = Fit::new(Plane::zeros()).data([&x1, &x2], &[2.0, 3.0, 5.0]).run();
    let error = plane.and_then(|report| report.svg("a plane")).err();
    assert_eq!(error, Some(Error::Fit(FitError::NotAPlane)));
}
