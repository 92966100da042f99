//! First and second derivatives where the naive formula overflows, underflows or cancels: right, or the stated convention.
//!
//! The model's loss is the derivative of the expression, so its gradient is the second derivative. References: mpmath, 40 digits.

use chainrule::prelude::*;

/// A few roundings of the value, and those of the polynomials.
const TOLERANCE: f64 = 1e-13;

fn close(what: &str, found: f64, right: f64) {
    let is_close = (found - right).abs() <= TOLERANCE * right.abs();
    assert!(is_close, "{what}: {found:e}, {right:e} is right");
}

/// `body` of a number `z`, with its first and second derivative at some points.
macro_rules! at_points {
    ($($test:ident: |$z:ident| $body:expr, [$(($at:expr, $slope:expr, $curvature:expr)),* $(,)?];)*) => {
        $(
            #[test]
            fn $test() {
                #[model(scalar = f64)]
                fn one(x: Input, shift: Param) -> Loss {
                    let $z = x + shift;
                    diff($body, $z)
                }
                for (at, slope, curvature) in [$(($at, $slope, $curvature)),*] {
                    let x = [at];
                    let batch = One::batch(&x).expect("the row fits");
                    let (found, gradient) = One::zeros().loss_and_gradient(&batch);
                    let what = format!("{} at {at:e}", stringify!($body));
                    close(&format!("slope of {what}"), found, slope);
                    close(&format!("curvature of {what}"), gradient.shift(), curvature);
                }
            }
        )*
    };
}

const TINY: f64 = 9.313_225_746_154_785e-10;

at_points! {
    sigmoid_saturates: |z| sigmoid(z), [
        (1000.0, 0.0, 0.0), (-1000.0, 0.0, 0.0), (0.75, 0.217_894_993_761_814_04, -0.078_084_283_078_144_41),
        (-30.0, 9.357_622_968_838_423e-14, 9.357_622_968_836_672e-14),
    ];
    sigmoid_in_full_saturates: |z| 1.0 / (1.0 + exp(-z)), [
        (1000.0, 0.0, 0.0), (-1000.0, 0.0, 0.0), (-30.0, 9.357_622_968_838_423e-14, 9.357_622_968_836_672e-14),
    ];
    softplus_becomes_a_line: |z| softplus(z), [
        (1000.0, 1.0, 0.0), (-1000.0, 0.0, 0.0), (0.75, 0.679_178_699_175_393, 0.217_894_993_761_814_04),
        (-30.0, 9.357_622_968_839_299e-14, 9.357_622_968_838_423e-14),
    ];
    log_of_1_plus_exp_becomes_a_line: |z| ln(1.0 + exp(z)), [
        (1000.0, 1.0, 0.0), (-1000.0, 0.0, 0.0), (-30.0, 9.357_622_968_839_299e-14, 9.357_622_968_838_423e-14),
    ];
    tanh_saturates: |z| tanh(z), [
        (1000.0, 0.0, 0.0), (-1000.0, 0.0, 0.0), (0.75, 0.596_585_808_281_331_5, -0.757_841_702_278_021_4),
    ];
    log_sigmoid_becomes_a_line: |z| log_sigmoid(z), [
        (1000.0, 0.0, 0.0), (-1000.0, 1.0, 0.0), (0.75, 0.320_821_300_824_607, -0.217_894_993_761_814_04),
    ];
    log_of_sigmoid_becomes_a_line: |z| ln(sigmoid(z)), [(1000.0, 0.0, 0.0), (-1000.0, 1.0, 0.0)];
    log_cosh_becomes_a_line: |z| log_cosh(z), [
        (1000.0, 1.0, 0.0), (-1000.0, -1.0, 0.0), (0.75, 0.635_148_952_387_287_3, 0.596_585_808_281_331_5),
    ];
    gelu_becomes_a_line: |z| gelu(z), [
        (1000.0, 1.0, 0.0), (-1000.0, 0.0, 0.0), (0.75, 0.999_225_721_739_235_1, 0.432_885_058_722_531_36),
    ];
    silu_becomes_a_line: |z| silu(z), [
        (1000.0, 1.0, 0.0), (-1000.0, 0.0, 0.0), (-30.0, -2.713_710_660_963_134e-12, -2.620_134_431_274_233e-12),
    ];
    mish_becomes_a_line: |z| mish(z), [
        (1000.0, 1.0, 0.0), (-1000.0, 0.0, 0.0), (-30.0, -2.713_710_660_963_392e-12, -2.620_134_431_274_741e-12),
    ];
    exp_less_1_does_not_cancel: |z| exp(z) - 1.0, [(TINY, 1.000_000_000_931_322_6, 1.000_000_000_931_322_6)];
    log_of_1_plus_little_does_not_cancel: |z| ln(1.0 + z), [(TINY, 0.999_999_999_068_677_4, -0.999_999_998_137_354_9)];
    powers_at_0_are_those_of_polynomials: |z| powi(z, 2) + 3.0 * powi(z, 1) + powi(z, 3), [(0.0, 3.0, 2.0)];
    real_powers_at_0: |z| powf(z, 2.0) + powf(z, 3.0), [(0.0, 0.0, 2.0)];
    abs_at_0_has_slope_0: |z| abs(z) + z * z, [(0.0, 0.0, 2.0)];
    relu_at_0_has_slope_0: |z| relu(z) + z * z, [(0.0, 0.0, 2.0)];
    root_of_squares_does_not_overflow: |z| hypot(z, 3.0), [(0.0, 0.0, 1.0 / 3.0), (1e200, 1.0, 0.0)];
    log_gamma_near_its_pole: |z| lgamma(z), [
        (1e-8, -100_000_000.577_215_64, 1e16), (1e6, 13.815_510_057_964_191, 1.000_000_500_000_166_7e-6),
    ];
    tail_of_the_normal: |z| erfc(z), [(10.0, -4.197_656_231_354_417e-44, 8.395_312_462_708_834e-43)];
    arc_tangent_far_out: |z| atan(z), [(1e8, 1e-16, -2e-24)];
    softsign_far_out: |z| softsign(z), [(1e8, 9.999_999_800_000_003e-17, -1.999_999_940_000_001_4e-24), (0.0, 1.0, 0.0)];
}

/// `body` of a vector `z`, with its gradient and the first row of its second derivatives at some points.
macro_rules! at_vectors {
    ($($test:ident: |$z:ident| $body:expr, [$(($at:expr, $slopes:expr, $curvatures:expr)),* $(,)?];)*) => {
        $(
            #[test]
            fn $test() {
                #[model(scalar = f64)]
                fn one(x: Input<3>, shift: Param<3>) -> Loss {
                    let $z = x + shift;
                    diff($body, $z)[0]
                }
                #[model(scalar = f64)]
                fn plain(x: Input<3>, shift: Param<3>) -> Loss {
                    let $z = x + shift;
                    $body
                }
                let points: &[([f64; 3], [f64; 3], [f64; 3])] = &[$(($at, $slopes, $curvatures)),*];
                for (at, slopes, curvatures) in points {
                    let what = format!("{} at {at:?}", stringify!($body));
                    let batch = Plain::batch(at).expect("the row fits");
                    let gradient = Plain::zeros().loss_and_gradient(&batch).1;
                    for (found, right) in gradient.shift().iter().zip(slopes) {
                        close(&format!("slope of {what}"), *found, *right);
                    }
                    let batch = One::batch(at).expect("the row fits");
                    let (slope, gradient) = One::zeros().loss_and_gradient(&batch);
                    close(&format!("slope of {what}"), slope, slopes[0]);
                    for (found, right) in gradient.shift().iter().zip(curvatures) {
                        close(&format!("curvature of {what}"), *found, *right);
                    }
                }
            }
        )*
    };
}

/// `σ(1)`, `σ(−1)` and their product.
const MORE: f64 = 0.731_058_578_630_004_9;
const LESS: f64 = 0.268_941_421_369_995_1;
const BOTH: f64 = 0.196_611_933_241_481_85;

at_vectors! {
    logsumexp_of_thousands: |z| logsumexp(z), [
        ([5000.0, 4999.0, -5000.0], [MORE, LESS, 0.0], [BOTH, -BOTH, 0.0]),
        ([-5000.0, -5001.0, -9000.0], [MORE, LESS, 0.0], [BOTH, -BOTH, 0.0]),
    ];
    log_of_sum_of_exponentials_of_thousands: |z| ln(sum(exp(z))), [
        ([5000.0, 4999.0, -5000.0], [MORE, LESS, 0.0], [BOTH, -BOTH, 0.0]),
    ];
    softmax_of_thousands: |z| softmax(z)[0], [
        // p₀″ = p₀·p₁·(1 − 2·p₀) along the first.
        ([5000.0, 4999.0, -5000.0], [BOTH, -BOTH, 0.0], [-0.090_857_747_672_948_41, 0.090_857_747_672_948_41, 0.0]),
    ];
    log_of_softmax_of_thousands: |z| ln(softmax(z))[2], [
        ([5000.0, 4999.0, -5000.0], [-MORE, -LESS, 1.0], [-BOTH, BOTH, 0.0]),
    ];
    variance_of_large_equal_numbers: |z| var(z), [
        ([1e15, 1e15, 1e15], [0.0, 0.0, 0.0], [4.0 / 9.0, -2.0 / 9.0, -2.0 / 9.0]),
        ([1e15, 1e15 + 3.0, 1e15 - 3.0], [0.0, 2.0, -2.0], [4.0 / 9.0, -2.0 / 9.0, -2.0 / 9.0]),
    ];
    norm_of_large_and_small: |z| norm(z), [
        ([3e100, 4e100, 0.0], [0.6, 0.8, 0.0], [0.64 / 5e100, -0.48 / 5e100, 0.0]),
        ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
    ];
    largest_of_ties_shares_the_slope: |z| max(z) + 0.5 * z.dot(z), [([1.0, 1.0, -1.0], [1.5, 1.5, -1.0], [1.0, 0.0, 0.0])];
    deviation_of_equal_numbers_has_slope_0: |z| std(z) + 0.5 * z.dot(z), [([2.5, 2.5, 2.5], [2.5, 2.5, 2.5], [1.0, 0.0, 0.0])];
    choice_keeps_the_other_branch_out: |z| sum(if z > 0.0 { sqrt(z) } else { z * z }), [
        ([0.0, 4.0, -1.0], [0.0, 0.25, -2.0], [2.0, 0.0, 0.0]),
    ];
}
