//! Logistic regression: 1,000 examples of 50 features, in double and single precision.

use chainrule::prelude::*;

use crate::race::numbers;

macro_rules! regression {
    ($module:ident, $scalar:ident) => {
        pub mod $module {
            use super::*;

            /// Logistic regression (Cox 1958).
            #[model(loss = binary_cross_entropy, scalar = $scalar, derivatives(hessian, hvp))]
            pub fn logistic<const D: usize>(x: Input<D>, w: Param<D>, b: Param) -> Output {
                x.dot(w) + b
            }
        }
    };
}

regression!(double, f64);
regression!(single, f32);

pub const EXAMPLES: usize = 1000;
pub const FEATURES: usize = 50;

/// The features, the classes as 0 and 1, and the weights with the constant.
pub fn problem() -> [Vec<f64>; 3] {
    let x = numbers(EXAMPLES * FEATURES, 11).into_iter().map(|x| 2.0 * x - 1.0).collect();
    let y = numbers(EXAMPLES, 12).into_iter().map(f64::round).collect();
    let theta = numbers(FEATURES + 1, 13).into_iter().map(|w| w - 0.5).collect();
    [x, y, theta]
}
