//! Values and gradients where the naive formula overflows, underflows or cancels: finite and right, in both scalar types.

use chainrule::prelude::*;

/// One rounding of the value, and a few of the polynomials.
const SINGLE: f64 = 1e-6;
const DOUBLE: f64 = 1e-14;

fn close(what: &str, found: f64, right: f64, tolerance: f64) {
    assert!((found - right).abs() <= tolerance * right.abs(), "{what}: {found}, {right} is right");
}

/// `body` of a number `z`, with its value and slope at some points.
macro_rules! at_points {
    ($($test:ident: |$z:ident| $body:expr, [$(($at:expr, $value:expr, $slope:expr)),* $(,)?];)*) => {
        $(
            #[test]
            fn $test() {
                let points: &[(f64, f64, f64)] = &[$(($at, $value, $slope)),*];
                at_points!(@run f32, SINGLE, points, $z, $body);
                at_points!(@run f64, DOUBLE, points, $z, $body);
            }
        )*
    };
    (@run $scalar:ident, $tolerance:expr, $points:ident, $z:ident, $body:expr) => {{
        #[model(scalar = $scalar)]
        fn one(x: Input, shift: Param) -> Loss {
            let $z = x + shift;
            $body
        }
        for &(at, value, slope) in $points {
            let x = [at as $scalar];
            let batch = One::batch(&x).expect("the row fits");
            let (loss, gradient) = One::zeros().loss_and_gradient(&batch);
            let what = format!("{} in {} at {at}", stringify!($body), stringify!($scalar));
            close(&what, loss.into(), value, $tolerance);
            close(&format!("slope of {what}"), gradient.shift().into(), slope, $tolerance);
        }
    }};
}

at_points! {
    sigmoid_saturates: |z| sigmoid(z), [(1000.0, 1.0, 0.0), (-1000.0, 0.0, 0.0), (0.0, 0.5, 0.25)];
    sigmoid_in_full_saturates: |z| 1.0 / (1.0 + exp(-z)), [(1000.0, 1.0, 0.0), (-1000.0, 0.0, 0.0), (0.0, 0.5, 0.25)];
    sigmoid_as_odds_saturates: |z| exp(z) / (1.0 + exp(z)), [(1000.0, 1.0, 0.0), (-1000.0, 0.0, 0.0)];
    tanh_saturates: |z| tanh(z), [(1000.0, 1.0, 0.0), (-1000.0, -1.0, 0.0), (0.0, 0.0, 1.0)];
    softplus_is_linear_far_out: |z| softplus(z), [(1000.0, 1000.0, 1.0), (-1000.0, 0.0, 0.0), (0.0, std::f64::consts::LN_2, 0.5)];
    log_of_1_plus_exp_does_not_overflow: |z| ln(1.0 + exp(z)), [(1000.0, 1000.0, 1.0), (-1000.0, 0.0, 0.0), (-50.0, 1.928_749_847_963_917_8e-22, 1.928_749_847_963_917_8e-22)];
    log_sigmoid_is_linear_far_out: |z| log_sigmoid(z), [(-1000.0, -1000.0, 1.0), (1000.0, 0.0, 0.0)];
    log_of_sigmoid_does_not_reach_the_log_of_0: |z| ln(sigmoid(z)), [(-1000.0, -1000.0, 1.0), (50.0, -1.928_749_847_963_917_8e-22, 1.928_749_847_963_917_8e-22)];
    complement_of_sigmoid_does_not_cancel: |z| 1.0 - sigmoid(z), [(50.0, 1.928_749_847_963_917_8e-22, -1.928_749_847_963_917_8e-22), (1000.0, 0.0, 0.0), (-1000.0, 1.0, 0.0)];
    log_of_the_complement_does_not_reach_the_log_of_0: |z| ln(1.0 - sigmoid(z)), [(1000.0, -1000.0, -1.0), (-1000.0, 0.0, 0.0)];
    log_cosh_is_linear_far_out: |z| ln(cosh(z)), [(1000.0, 999.306_852_819_440_1, 1.0), (-1000.0, 999.306_852_819_440_1, -1.0)];
    exp_less_1_does_not_cancel: |z| exp(z) - 1.0, [(9.313_225_746_154_785e-10, 9.313_225_750_491_594e-10, 1.000_000_000_931_322_6)];
    log_of_1_plus_little_does_not_cancel: |z| ln(1.0 + z), [(9.313_225_746_154_785e-10, 9.313_225_741_817_976e-10, 0.999_999_999_068_677_4)];
    gelu_silu_and_mish_end_at_0_and_x: |z| gelu(z) + silu(z) + mish(z), [(1000.0, 3000.0, 3.0), (-1000.0, 0.0, 0.0)];
}

/// `body` of a vector `z`, with its value and gradient at some points.
macro_rules! at_vectors {
    ($($test:ident: |$z:ident| $body:expr, [$(($at:expr, $value:expr, $slopes:expr)),* $(,)?];)*) => {
        $(
            #[test]
            fn $test() {
                let points: &[([f64; 3], f64, [f64; 3])] = &[$(($at, $value, $slopes)),*];
                at_vectors!(@run f32, SINGLE, points, $z, $body);
                at_vectors!(@run f64, DOUBLE, points, $z, $body);
            }
        )*
    };
    (@run $scalar:ident, $tolerance:expr, $points:ident, $z:ident, $body:expr) => {{
        #[model(scalar = $scalar)]
        fn one(x: Input<3>, label: Index<3>, weights: Data<3>, shift: Param<3>) -> Loss {
            let $z = x + shift;
            $body + 0.0 * sum(weights) + 0.0 * cross_entropy(weights, label)
        }
        for &(at, value, slopes) in $points {
            let x = at.map(|number| number as $scalar);
            let weights = [1.0, 2.0, 3.0];
            let batch = One::batch(&x, &[1], &weights).expect("the row fits");
            let (loss, gradient) = One::zeros().loss_and_gradient(&batch);
            let what = format!("{} in {} at {at:?}", stringify!($body), stringify!($scalar));
            close(&what, loss.into(), value, $tolerance);
            for (found, right) in gradient.shift().iter().zip(slopes) {
                close(&format!("slope of {what}"), (*found).into(), right, $tolerance);
            }
        }
    }};
}

/// `σ(1)` and `σ(−1)`: the weights of logits that differ by 1.
const MORE: f64 = 0.731_058_578_630_004_9;
const LESS: f64 = 0.268_941_421_369_995_1;
/// `ln(1 + e⁻¹)`.
const OVER: f64 = 0.313_261_687_518_222_86;

at_vectors! {
    logsumexp_of_thousands: |z| logsumexp(z), [
        ([5000.0, 4999.0, -5000.0], 5000.0 + OVER, [MORE, LESS, 0.0]),
        ([-5000.0, -5001.0, -9000.0], -5000.0 + OVER, [MORE, LESS, 0.0]),
    ];
    log_of_sum_of_exponentials_of_thousands: |z| ln(sum(exp(z))), [
        ([5000.0, 4999.0, -5000.0], 5000.0 + OVER, [MORE, LESS, 0.0]),
        ([-5000.0, -5001.0, -9000.0], -5000.0 + OVER, [MORE, LESS, 0.0]),
    ];
    softmax_of_thousands: |z| softmax(z).dot(weights), [
        ([5000.0, 4999.0, -5000.0], MORE + 2.0 * LESS, [-MORE * LESS, MORE * LESS, 0.0]),
    ];
    log_of_softmax_of_thousands: |z| -sum(ln(softmax(z))), [
        ([5000.0, 4999.0, -5000.0], 3.0 * (5000.0 + OVER) - 4999.0, [3.0 * MORE - 1.0, 3.0 * LESS - 1.0, -1.0]),
    ];
    cross_entropy_of_huge_logits: |z| cross_entropy(z, label), [
        ([1e4, -1e4, 0.0], 2e4, [1.0, -1.0, 0.0]),
        ([-1e4, 1e4, 0.0], 0.0, [0.0, 0.0, 0.0]),
        ([1e30, 1e30, 0.0], std::f64::consts::LN_2, [0.5, -0.5, 0.0]),
    ];
    norm_at_0_has_slope_0: |z| norm(z), [([0.0, 0.0, 0.0], 0.0, [0.0, 0.0, 0.0])];
    deviation_of_equal_values_has_slope_0: |z| std(z), [([2.5, 2.5, 2.5], 0.0, [0.0, 0.0, 0.0])];
    largest_of_ties_shares_the_slope: |z| max(z), [([1.0, 1.0, -1.0], 1.0, [0.5, 0.5, 0.0])];
}
