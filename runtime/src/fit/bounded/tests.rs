use chainrule::prelude::*;

use super::super::{EstimateState, FitReport};
use crate::generator::Generator;

/// Columns that are near to each other, so that a parameter put on its bound moves the others by much.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
fn cubic(x: Input, p: Param<4>) -> Output {
    p[0] + p[1] * x + p[2] * x * x + p[3] * x * x * x
}

/// A peak of this height, place and width.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian))]
fn peak(x: Input, a: Param, c: Param, w: Param) -> Output {
    a * exp(-square((x - c) / w))
}

/// Of a convex problem, the solution is where the gradient of every parameter is zero, or pulls it out of the box.
fn assert_solves(report: &FitReport<Cubic>, x: &[f64], low: &[f64], high: &[f64]) {
    for (power, estimate) in report.estimates().iter().enumerate() {
        let column = |x: &f64| x.powi(power as i32);
        let products = x.iter().zip(report.residuals()).map(|(x, r)| r * column(x));
        let size = x.iter().map(|x| column(x).powi(2)).sum::<f64>().sqrt()
            * report.sum_of_squares().sqrt();
        let gradient = products.sum::<f64>() / size;
        let value = estimate.value;
        assert!(low[power] <= value && value <= high[power], "{report}");
        let is_held = estimate.state == EstimateState::AtBound;
        assert!(is_held || gradient.abs() < 1e-9, "{} has {gradient}:\n{report}", estimate.name);
        let outwards = if value == low[power] { gradient } else { -gradient };
        assert!(!is_held || outwards > -1e-9, "{} has {gradient}:\n{report}", estimate.name);
    }
}

#[test]
fn bounds_hold_parameters_that_the_gradient_pulls_out_of_the_box() {
    let mut generator = Generator::new(3);
    let x: Vec<f64> = (0..12).map(|i| 0.25 + 0.1 * f64::from(i)).collect();
    let mut on_bounds = [0; 5];
    for case in 0..200 {
        let right: Vec<f64> = (0..4).map(|_| 2.0 * generator.normal()).collect();
        let model = Cubic::from_parameters(right).expect("four parameters");
        let mut y = model.predict(&x).expect("the lengths fit");
        for y in &mut y {
            *y += 0.3 * generator.normal();
        }
        let low: Vec<f64> = (0..4).map(|_| -1.0 - generator.uniform()).collect();
        let high: Vec<f64> = (0..4).map(|_| 1.0 + generator.uniform()).collect();
        // From the middle, and from a corner of the box.
        let start =
            if case % 2 == 0 { vec![0.0; 4] } else { vec![low[0], high[1], low[2], high[3]] };
        let fit = Fit::new(Cubic::from_parameters(start).expect("four parameters"));
        let report = fit.data(&x, &y).bounds_of_all(&low, &high).run().expect("it fits");
        assert!(report.is_converged(), "{report}");
        assert_solves(&report, &x, &low, &high);
        let held = report.estimates().iter().filter(|one| one.state == EstimateState::AtBound);
        on_bounds[held.count()] += 1;
    }
    assert!(on_bounds[..4].iter().all(|&count| count > 0), "{on_bounds:?}");
}

/// The first step, to `p = (5, −1)` without bounds, leaves the box at both; with `p₀ = 1`, `p₁` is inside again.
#[test]
fn a_parameter_on_its_bound_for_a_while_is_let_go() {
    let x: Vec<f64> = (0..10).map(|i| 1.0 + 0.1 * f64::from(i)).collect();
    let y: Vec<f64> = x.iter().map(|x| 5.0 - x).collect();
    let start = Cubic::from_parameters(vec![0.5, 0.5, 0.0, 0.0]).expect("four parameters");
    let fit = Fit::new(start).data(&x, &y).fix("p[2]").fix("p[3]");
    let report = fit.bounds("p[0]", 0.0, 1.0).bounds("p[1]", 0.0, 9.0).run().expect("it fits");
    let [a, b] = [&report.estimates()[0], &report.estimates()[1]];
    assert_eq!((a.value, a.state, b.state), (1.0, EstimateState::AtBound, EstimateState::Fitted));
    let [xx, xy] = [&x, &y].map(|other| x.iter().zip(other).map(|(x, o)| x * o).sum::<f64>());
    let right = (xy - x.iter().sum::<f64>()) / xx;
    assert!((b.value / right - 1.0).abs() < 1e-10, "{report}");
}

/// Bounds that hold nothing at the end cost nothing but the steps that they shortened.
#[test]
fn loose_bounds_lead_to_the_fit_without() {
    let x: Vec<f64> = (0..40).map(|i| 0.1 * f64::from(i)).collect();
    let y: Vec<f64> =
        x.iter().map(|x| 2.0 * (-(x - 1.7).powi(2)).exp() + 0.01 * (9.0 * x).sin()).collect();
    let start = Peak::from_parameters(vec![1.0, 1.2, 0.5]).expect("three parameters");
    let fit = || Fit::new(start.clone()).data(&x, &y);
    let without = fit().run().expect("it fits");
    let within = fit().bounds("w", 0.1, 1.2).bounds("a", 0.0, 2.5).bounds("c", 1.0, 2.0);
    let within = within.run().expect("it fits");
    assert!(within.warnings().is_empty() && within.evaluations() < 40, "{within}");
    for (one, other) in without.estimates().iter().zip(within.estimates()) {
        assert!((one.value - other.value).abs() < 1e-7 * one.standard_error, "{within}");
        assert!((one.standard_error / other.standard_error - 1.0).abs() < 1e-6, "{within}");
    }
}
