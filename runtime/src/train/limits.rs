//! What happens to a gradient between the model and the optimizer.

use core::ops::Range;

use crate::error::Error;
#[cfg(not(feature = "std"))]
use crate::float::Float;
use crate::kernel::real::Real;
use crate::optimizer::{require_not_negative, require_positive};

/// Bounds on a gradient, and the decay added to it. In this order: clip by value, clip by norm, decay.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// The greatest magnitude of an element.
    pub value: Option<f64>,
    /// The greatest Euclidean norm of the whole.
    pub norm: Option<f64>,
    /// The λ of `g ← g + λ·θ`.
    pub weight_decay: f64,
}

impl Limits {
    /// Whether all settings are in their range.
    pub fn check(&self) -> Result<(), Error> {
        self.value.map_or(Ok(()), |limit| require_positive("clip_value", limit))?;
        self.norm.map_or(Ok(()), |limit| require_positive("clip_norm", limit))?;
        require_not_negative("weight_decay", self.weight_decay)
    }

    /// Applies them to those parts of a finite gradient outside which it is 0; what is outside is not looked at.
    pub fn apply<T: Real>(&self, parameters: &[T], gradient: &mut [T], parts: &[Range<usize>]) {
        self.clip(gradient, parts);
        if self.weight_decay != 0.0 {
            for part in parts {
                add_decay(self.weight_decay, parameters, gradient, part.clone());
            }
        }
    }

    /// The same with another decay in each part, which is all that the clipping sees.
    pub fn apply_with<T: Real>(
        &self,
        parameters: &[T],
        gradient: &mut [T],
        parts: &[Range<usize>],
        decays: impl Iterator<Item = (Range<usize>, f64)>,
    ) {
        self.clip(gradient, parts);
        for (part, decay) in decays.filter(|&(_, decay)| decay != 0.0) {
            add_decay(decay, parameters, gradient, part);
        }
    }

    fn clip<T: Real>(&self, gradient: &mut [T], parts: &[Range<usize>]) {
        if let Some(limit) = self.value {
            for part in parts {
                clip_values(T::from_f64(limit), &mut gradient[part.clone()]);
            }
        }
        if let Some(limit) = self.norm {
            clip_norm(limit, gradient, parts);
        }
    }
}

/// `g ← g + λ·θ` in a part.
fn add_decay<T: Real>(decay: f64, parameters: &[T], gradient: &mut [T], part: Range<usize>) {
    let decay = T::from_f64(decay);
    for (g, &theta) in gradient[part.clone()].iter_mut().zip(&parameters[part]) {
        *g += decay * theta;
    }
}

fn clip_values<T: Real>(limit: T, gradient: &mut [T]) {
    for g in gradient {
        let below = if *g > limit { limit } else { *g };
        *g = if below < -limit { -limit } else { below };
    }
}

/// Scales the gradient so that its norm is at most `limit`: its direction stays.
///
/// # References
/// Pascanu, Mikolov & Bengio (2013), *On the Difficulty of Training Recurrent Neural Networks*, Algorithm 1.
fn clip_norm<T: Real>(limit: f64, gradient: &mut [T], parts: &[Range<usize>]) {
    let [scale, norm] = scaled_norm(gradient, parts);
    let factor = limit / scale / norm;
    if factor < 1.0 {
        let factor = T::from_f64(factor);
        for part in parts {
            for g in &mut gradient[part.clone()] {
                *g *= factor;
            }
        }
    }
}

/// `scale` and `‖g / scale‖`: the norm is their product, which may overflow where they do not.
fn scaled_norm<T: Real>(gradient: &[T], parts: &[Range<usize>]) -> [f64; 2] {
    let squares = sum_of_squares(gradient, parts, 1.0);
    if (f64::MIN_POSITIVE..f64::INFINITY).contains(&squares) {
        return [1.0, squares.sqrt()];
    }
    let elements = parts.iter().flat_map(|part| &gradient[part.clone()]);
    let scale = elements.fold(0.0, |greatest: f64, g| greatest.max(g.to_f64().abs()));
    if scale == 0.0 {
        return [1.0, 0.0];
    }
    [scale, sum_of_squares(gradient, parts, scale).sqrt()]
}

/// `Σ (g / scale)²` in sixteen lanes: always added in the same order, and vectorized.
///
/// An element is added to the lane of its place in the whole gradient, so that leaving zeros out changes no bit.
fn sum_of_squares<T: Real>(gradient: &[T], parts: &[Range<usize>], scale: f64) -> f64 {
    let square = |g: T| (g.to_f64() / scale) * (g.to_f64() / scale);
    let end_of_blocks = gradient.len() / 16 * 16;
    let (mut lanes, mut rest) = ([0.0; 16], 0.0);
    for part in parts {
        let [start, end] = [part.start, part.end].map(|place| place.min(end_of_blocks));
        let aligned = start.next_multiple_of(16).min(end);
        for (place, &g) in (start..).zip(&gradient[start..aligned]) {
            lanes[place % 16] += square(g);
        }
        let (blocks, last) = gradient[aligned..end].as_chunks::<16>();
        for block in blocks.iter().map(<[T; 16]>::as_slice).chain([last]) {
            for (lane, &g) in lanes.iter_mut().zip(block) {
                *lane += square(g);
            }
        }
        for &g in &gradient[part.start.max(end_of_blocks)..part.end.max(end_of_blocks)] {
            rest += square(g);
        }
    }
    lanes.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests;
