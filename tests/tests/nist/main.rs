//! The NIST Statistical Reference Datasets for nonlinear regression: parameters, standard errors and sum of squares as certified.
//!
//! Those whose data stand here run everywhere. The others are read from `shared/data/nist` beside the workspace; where that folder is
//! missing, the test says so.

mod problem;
mod written;

use chainrule::derivatives::Observations;
use chainrule::prelude::*;

use problem::Problem;

/// Digits of the certified values that a fit must reproduce; they have eleven.
const PARAMETER_DIGITS: f64 = 8.0;
const ERROR_DIGITS: f64 = 7.0;

/// Declares formulas of `x` with scalar parameters.
macro_rules! formulas {
    ($($(#[$doc:meta])* $name:ident($($parameter:ident),*) $x:ident => $value:expr;)*) => {$(
        $(#[$doc])*
        #[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
        fn $name($x: Input, $($parameter: Param),*) -> Output {
            $value
        }
    )*};
}

formulas! {
    box_bod(b1, b2) x => b1 * (1.0 - exp(-b2 * x));
    chwirut(b1, b2, b3) x => exp(-b1 * x) / (b2 + b3 * x);
    dan_wood(b1, b2) x => b1 * x.powf(b2);
    eckerle(b1, b2, b3) x => b1 / b2 * exp(-0.5 * square((x - b3) / b2));
    gauss(b1, b2, b3, b4, b5, b6, b7, b8) x => b1 * exp(-b2 * x)
        + b3 * exp(-square((x - b4) / b5))
        + b6 * exp(-square((x - b7) / b8));
    cubics(b1, b2, b3, b4, b5, b6, b7) x => (b1 + b2 * x + b3 * x.powi(2) + b4 * x.powi(3))
        / (1.0 + b5 * x + b6 * x.powi(2) + b7 * x.powi(3));
    quadratics(b1, b2, b3, b4, b5) x => (b1 + b2 * x + b3 * x.powi(2)) / (1.0 + b4 * x + b5 * x.powi(2));
    kowalik(b1, b2, b3, b4) x => b1 * (x.powi(2) + x * b2) / (x.powi(2) + x * b3 + b4);
    meyer(b1, b2, b3) x => b1 * exp(b2 / (x + b3));
    osborne(b1, b2, b3, b4, b5) x => b1 + b2 * exp(-x * b4) + b3 * exp(-x * b5);
    lanczos(b1, b2, b3, b4, b5, b6) x => b1 * exp(-b2 * x) + b3 * exp(-b4 * x) + b5 * exp(-b6 * x);
    logistic(b1, b2, b3) x => b1 / (1.0 + exp(b2 - b3 * x));
    richards(b1, b2, b3, b4) x => b1 / (1.0 + exp(b2 - b3 * x)).powf(1.0 / b4);
}

/// How many digits of a certified value are reproduced.
fn digits(found: f64, certified: f64) -> f64 {
    -((found - certified) / certified).abs().max(1e-17).log10()
}

/// Fits from both starts.
fn check<M: Observations<Scalar = f64> + Jacobian<Scalar = f64>>(
    problem: &Problem,
    model: impl Fn(Vec<f64>) -> Result<M, chainrule::Error>,
) {
    for start in &problem.starts {
        let name = &problem.name;
        let fit = model(start.clone())
            .and_then(|model| Fit::new(model).data(&problem.x, &problem.y).run());
        let report = fit.unwrap_or_else(|error| panic!("{name} from {start:?}: {error}"));
        for (place, estimate) in report.estimates().iter().enumerate() {
            let value = digits(estimate.value, problem.parameters[place]);
            let error = digits(estimate.standard_error, problem.errors[place]);
            assert!(
                value >= PARAMETER_DIGITS && error >= ERROR_DIGITS,
                "{name} from {start:?}, {value:.1} and {error:.1} digits of {}:\n{report}",
                estimate.name
            );
        }
        let sum = digits(report.sum_of_squares(), problem.sum_of_squares);
        assert!(sum >= PARAMETER_DIGITS, "{name} from {start:?}, {sum:.1} digits:\n{report}");
        assert!(report.warnings().is_empty(), "{name} from {start:?}:\n{report}");
    }
}

#[test]
fn problems_written_here_are_solved_from_both_starts() {
    check(&written::misra1a(), BoxBod::from_parameters);
    check(&written::dan_wood(), DanWood::from_parameters);
    check(&written::box_bod(), BoxBod::from_parameters);
}

/// Moré, Garbow & Hillstrom (1981), *Testing Unconstrained Optimization Software*, start from their points and from ten and a hundred times
/// as far, and give the least sums of squares to six digits.
#[test]
fn narrow_valleys_are_followed_from_far_away() {
    fn least<M: Observations<Scalar = f64> + Jacobian<Scalar = f64>>(
        model: impl Fn(Vec<f64>) -> Result<M, chainrule::Error>,
        start: &[f64],
        x: &[f64],
        y: &[f64],
        right: f64,
    ) {
        for factor in [1.0, 10.0, 100.0] {
            let start: Vec<f64> = start.iter().map(|value| factor * value).collect();
            let report = model(start).and_then(|model| Fit::new(model).data(x, y).run());
            let report = report.expect("it fits");
            assert!(digits(report.sum_of_squares(), right) > 5.3, "{factor} times:\n{report}");
            assert!(report.warnings().is_empty(), "{factor} times:\n{report}");
        }
    }
    let temperatures: Vec<f64> = (0..16).map(|i| 50.0 + 5.0 * f64::from(i)).collect();
    let start = [0.02, 4000.0, 250.0];
    least(Meyer::from_parameters, &start, &temperatures, &written::MEYER, 87.9458);
    let times: Vec<f64> = (0..33).map(|i| 10.0 * f64::from(i)).collect();
    let start = [0.5, 1.5, -1.0, 0.01, 0.02];
    least(Osborne::from_parameters, &start, &times, &written::OSBORNE, 5.46489e-5);
}

/// The data are the formula rounded to 13 decimals. What is left is near to the rounding of 64-bit numbers, so that the parameters have
/// many digits, and their errors few.
#[test]
fn residuals_of_rounding_do_not_break_a_fit() {
    let right = [0.0951, 1.0, 0.8607, 3.0, 1.5576, 5.0];
    let formula =
        |x: f64| right.chunks_exact(2).map(|pair| pair[0] * (-pair[1] * x).exp()).sum::<f64>();
    let x: Vec<f64> = (0..24).map(|i| 0.05 * f64::from(i)).collect();
    let y: Vec<f64> = x.iter().map(|&x| (formula(x) * 1e13).round() / 1e13).collect();
    for start in [[1.2, 0.3, 5.6, 5.5, 6.5, 7.6], [0.5, 0.7, 3.6, 4.2, 4.0, 6.3]] {
        let model = Lanczos::from_parameters(start.to_vec()).expect("six parameters");
        let report = Fit::new(model).data(&x, &y).run().expect("it fits");
        for (estimate, right) in report.estimates().iter().zip(right) {
            assert!(digits(estimate.value, right) > 9.0, "{report}");
            assert!((estimate.value - right).abs() < 5.0 * estimate.standard_error, "{report}");
        }
        assert!(report.sum_of_squares() < 1e-25 && report.is_converged(), "{report}");
    }
}

#[test]
fn problems_of_the_shared_folder_are_solved_from_both_starts() {
    let Some(folder) = problem::folder() else {
        println!("skipped: there is no folder shared/data/nist beside the workspace");
        return;
    };
    let read = |name: &str| Problem::read(&folder, name);
    check(&read("BoxBOD"), BoxBod::from_parameters);
    check(&read("Chwirut2"), Chwirut::from_parameters);
    check(&read("DanWood"), DanWood::from_parameters);
    check(&read("Eckerle4"), Eckerle::from_parameters);
    check(&read("Gauss1"), Gauss::from_parameters);
    check(&read("Hahn1"), Cubics::from_parameters);
    check(&read("Kirby2"), Quadratics::from_parameters);
    check(&read("MGH09"), Kowalik::from_parameters);
    check(&read("Misra1a"), BoxBod::from_parameters);
    check(&read("Rat42"), Logistic::from_parameters);
    check(&read("Rat43"), Richards::from_parameters);
    check(&read("Thurber"), Cubics::from_parameters);
}
