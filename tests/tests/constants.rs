//! Constants in scope at a model, as numbers and as bounds, in both formats.

use chainrule::prelude::*;

/// A number of double precision.
const LN_PI: f64 = 1.144_729_885_849_400_2;
/// An integer, which is a number too.
const STEPS: usize = 3;

mod physics {
    /// A number of single precision.
    pub const G: f32 = 9.812_5;
}

#[model(scalar = f64)]
fn fall(x: Input, w: Param) -> Loss {
    fn scaled(x: Tensor) -> Tensor {
        x * LN_PI
    }
    let mut y = w * x;
    for step in 0..STEPS {
        y = y + scaled(x) * physics::G / STEPS;
    }
    y * math!("LN_PI + 1")
}

#[model(loss = |p, t| (p - t) * std::f32::consts::PI)]
fn circle(x: Input, r: Param) -> Output {
    r * r * std::f64::consts::PI + 0.0 * x
}

#[test]
fn constants_are_numbers_wherever_a_number_is_wanted() {
    let model = Fall::from_parameters(vec![2.0]).unwrap();
    let (loss, gradient) = model.loss_and_gradient(&Fall::batch(&[0.5]).unwrap());
    let expected = (1.0 + 0.5 * LN_PI * f64::from(physics::G)) * (LN_PI + 1.0);
    assert!((loss - expected).abs() < 1e-14 * expected, "{loss} where {expected} is right");
    assert!((gradient.w() - 0.5 * (LN_PI + 1.0)).abs() < 1e-15);
    let circle = Circle::from_parameters(vec![3.0]).unwrap();
    let area = circle.predict(&[1.0]).unwrap()[0];
    assert!((area - 9.0 * std::f32::consts::PI).abs() < 1e-5, "{area}");
    let loss = circle.loss(&Circle::batch(&[1.0], &[area]).unwrap());
    assert_eq!(loss, 0.0);
}

#[test]
fn equations_name_constants() {
    let equations = Fall::equations().to_string();
    assert!(equations.contains("LN_PI") && equations.contains('G'), "{equations}");
}
