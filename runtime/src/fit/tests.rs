//! Fits of formulas whose solutions are known.

mod formula;

use self::formula::{Formula, Function};
use super::Fit;

/// Misra1a of the NIST Statistical Reference Datasets: `b1·(1 − exp(−b2·x))`.
const MISRA1A: Function<2> = |x, [b1, b2]| b1 * (1.0 - (-b2 * x).exp());
const MISRA1A_X: [f64; 14] = [
    77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0,
];
const MISRA1A_Y: [f64; 14] = [
    10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78,
];

fn misra1a(start: [f64; 2]) -> Formula<2> {
    Formula { function: MISRA1A, theta: start }
}

fn close(found: f64, right: f64, tolerance: f64) {
    assert!((found / right - 1.0).abs() <= tolerance, "{found}, {right} is right");
}

#[test]
fn a_fit_finds_the_certified_parameters_and_errors() {
    for start in [[500.0, 0.0001], [250.0, 0.0005]] {
        let report = Fit::new(misra1a(start)).data(&MISRA1A_X, &MISRA1A_Y).run().expect("it fits");
        let [b1, b2] = [report.estimates()[0].clone(), report.estimates()[1].clone()];
        close(b1.value, 2.3894212918E+02, 1e-9);
        close(b2.value, 5.5015643181E-04, 1e-9);
        close(b1.standard_error, 2.7070075241E+00, 1e-8);
        close(b2.standard_error, 7.2668688436E-06, 1e-8);
        close(report.sum_of_squares(), 1.2455138894E-01, 1e-9);
        close(report.residual_standard_error(), 1.0187876330E-01, 1e-9);
        assert_eq!(report.degrees_of_freedom(), 12);
        assert!(report.is_converged() && report.warnings().is_empty());
    }
}
