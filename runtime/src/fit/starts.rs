//! Other starts than the model's own.

use crate::derivatives::Jacobian;
use crate::generator::Generator;

use super::evaluation::Evaluation;

/// A random start.
///
/// Between two bounds every value is equally likely. A parameter without both is its first start times or divided by a factor that is
/// ten for one standard deviation, with a small chance of the other sign, and is moved into its bound if it has one.
pub(super) fn draw<M: Jacobian<Scalar = f64>>(
    evaluation: &Evaluation<'_, M>,
    first: &[f64],
    generator: &mut Generator,
) -> Vec<f64> {
    let mut start = first.to_vec();
    for &position in evaluation.free() {
        let (low, high) = (evaluation.bounds.low[position], evaluation.bounds.high[position]);
        let range = high - low;
        start[position] = if range.is_finite() {
            low + range * generator.uniform()
        } else {
            around(first[position], generator).clamp(low, high)
        };
    }
    start
}

fn around(center: f64, generator: &mut Generator) -> f64 {
    const OTHER_SIGN: f64 = 0.1;
    if center == 0.0 {
        return generator.normal();
    }
    let size = center * libm::exp(std::f64::consts::LN_10 * generator.normal());
    if generator.uniform() < OTHER_SIGN { -size } else { size }
}
