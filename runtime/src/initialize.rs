//! First values of the parameters.

#[cfg(not(feature = "std"))]
use crate::float::Float;
use crate::generator::Generator;
use crate::kernel::real::Real;

/// How the elements of a parameter get their first values.
///
/// `fan_in` and `fan_out` are the numbers of terms a parameter's shape suggests: for `[in, out]` its two extents; with more axes, the
/// product of all extents but the last, and the last; for a vector its length, twice; for a scalar 1.
///
/// # Examples
/// ```
/// use chainrule::generator::Generator;
/// use chainrule::initialize::Initializer;
///
/// let mut w = [0.0_f32; 4 * 16];
/// Initializer::GlorotUniform.fill(&[4, 16], &mut Generator::new(42), &mut w);
/// let bound = (6.0_f32 / (4.0 + 16.0)).sqrt();
/// assert!(w.iter().all(|value| value.abs() <= bound));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Initializer {
    /// 0.
    Zeros,
    /// 1.
    Ones,
    /// The same number everywhere.
    Constant(f64),
    /// Equally likely anywhere from `low` to `high`.
    Uniform {
        /// The least value.
        low: f64,
        /// The greatest value.
        high: f64,
    },
    /// The normal distribution.
    Normal {
        /// The mean.
        mean: f64,
        /// The standard deviation.
        deviation: f64,
    },
    /// Uniform in `±√(6 / (fan_in + fan_out))`, for sigmoid and tanh (Glorot & Bengio 2010, eq. 16).
    GlorotUniform,
    /// Normal with variance `2 / (fan_in + fan_out)` (Glorot & Bengio 2010, eq. 12).
    GlorotNormal,
    /// Uniform in `±√(6 / fan_in)`, for relu and its kin (He, Zhang, Ren & Sun 2015).
    HeUniform,
    /// Normal with variance `2 / fan_in` (He, Zhang, Ren & Sun 2015, eq. 10).
    HeNormal,
}

impl Initializer {
    /// Gives every element of a parameter of this shape its first value, in row-major order.
    pub fn fill<T: Real>(&self, shape: &[usize], generator: &mut Generator, out: &mut [T]) {
        let [fan_in, fan_out] = fans(shape);
        let glorot = 2.0 / (fan_in + fan_out);
        let he = 2.0 / fan_in;
        match *self {
            Initializer::Zeros => out.fill(T::ZERO),
            Initializer::Ones => out.fill(T::ONE),
            Initializer::Constant(value) => out.fill(T::from_f64(value)),
            Initializer::Uniform { low, high } => fill_uniform(low, high, generator, out),
            Initializer::Normal { mean, deviation } => fill_normal(mean, deviation, generator, out),
            Initializer::GlorotUniform => fill_with_variance(glorot, generator, out),
            Initializer::GlorotNormal => fill_normal(0.0, glorot.sqrt(), generator, out),
            Initializer::HeUniform => fill_with_variance(he, generator, out),
            Initializer::HeNormal => fill_normal(0.0, he.sqrt(), generator, out),
        }
    }
}

/// Gives consecutive parameters their first values, each by its own initializer, from the stream of one seed.
///
/// # Panics
/// If `theta` is shorter than all parameters together.
///
/// # Examples
/// ```
/// use chainrule::initialize::{Initializer, initialize};
///
/// let mut theta = [0.5_f64; 8];
/// initialize(7, &[(Initializer::HeNormal, &[2, 3]), (Initializer::Zeros, &[2])], &mut theta);
/// assert!(theta[0] != 0.5 && theta[6..] == [0.0, 0.0]);
/// ```
pub fn initialize<T: Real>(seed: u64, parameters: &[(Initializer, &[usize])], theta: &mut [T]) {
    let mut generator = Generator::new(seed);
    let mut rest = theta;
    for (initializer, shape) in parameters {
        let (parameter, others) = rest.split_at_mut(shape.iter().product());
        initializer.fill(shape, &mut generator, parameter);
        rest = others;
    }
}

/// `fan_in` and `fan_out` of a shape.
fn fans(shape: &[usize]) -> [f64; 2] {
    match shape {
        [] => [1.0, 1.0],
        [length] => [*length as f64; 2],
        [inner @ .., last] => [inner.iter().map(|&extent| extent as f64).product(), *last as f64],
    }
}

/// Uniform numbers around zero: the variance of ±a is `a²/3`.
fn fill_with_variance<T: Real>(variance: f64, generator: &mut Generator, out: &mut [T]) {
    let bound = (3.0 * variance).sqrt();
    fill_uniform(-bound, bound, generator, out);
}

fn fill_uniform<T: Real>(low: f64, high: f64, generator: &mut Generator, out: &mut [T]) {
    out.fill_with(|| T::from_f64(low + (high - low) * generator.uniform()));
}

fn fill_normal<T: Real>(mean: f64, deviation: f64, generator: &mut Generator, out: &mut [T]) {
    out.fill_with(|| T::from_f64(mean + deviation * generator.normal()));
}

#[cfg(test)]
mod tests;
