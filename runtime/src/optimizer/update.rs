//! One fused loop over parameters, gradient and state, compiled for the processor at hand.

#[cfg(not(feature = "std"))]
use crate::float::Float;
use crate::kernel::arch::{Isa, Kernel, dispatch};
use crate::kernel::real::Real;

#[cfg(feature = "alloc")]
use super::Part;

/// Replaces every parameter and its `N` numbers of state by what `formula` makes of `(θ, gradient, state)`.
///
/// # Panics
/// If the slices differ in length.
pub fn update<T: Real, const N: usize>(
    parameters: &mut [T],
    gradient: &[T],
    states: [&mut [T]; N],
    formula: impl Fn(T, T, [T; N]) -> (T, [T; N]),
) {
    let length = parameters.len();
    assert_eq!(gradient.len(), length, "the gradient has not the length of the parameters");
    assert!(states.iter().all(|state| state.len() == length), "a state has another length");
    dispatch(Update { parameters, gradient, states, formula });
}

/// `θ ← (1 − α·λ)·θ` in some parts: decay apart from the gradient, with the part's own λ where it has one.
///
/// The gradient only lends the loop its length.
#[cfg(feature = "alloc")]
pub fn decay_weights<T: Real>(
    rate: f64,
    decay: f64,
    parameters: &mut [T],
    gradient: &[T],
    parts: &[Part],
) {
    for Part { range, learning_rate_factor, weight_decay } in parts {
        let decay = weight_decay.unwrap_or(decay);
        let kept = T::from_f64(1.0 - rate * learning_rate_factor * decay);
        let (theta, gradient) = (&mut parameters[range.clone()], &gradient[range.clone()]);
        update(theta, gradient, [], |theta, _, []| (kept * theta, []));
    }
}

/// Refuses a gradient of another length than θ, before any part of it is read.
///
/// # Panics
/// If they differ.
#[cfg(feature = "alloc")]
pub fn require_length<T>(parameters: &[T], gradient: &[T]) {
    let (expected, found) = (parameters.len(), gradient.len());
    assert_eq!(found, expected, "the gradient has not the length of the parameters");
}

/// `√x`, rounded correctly: rounding the root in `f64` once more to `f32` changes nothing (Figueroa 1995).
#[inline]
pub fn square_root<T: Real>(x: T) -> T {
    T::from_f64(x.to_f64().sqrt())
}

struct Update<'a, T, F, const N: usize> {
    parameters: &'a mut [T],
    gradient: &'a [T],
    states: [&'a mut [T]; N],
    formula: F,
}

impl<T: Real, F: Fn(T, T, [T; N]) -> (T, [T; N]), const N: usize> Kernel for Update<'_, T, F, N> {
    type Output = ();

    #[allow(
        clippy::inline_always,
        reason = "the loop must be compiled for the instruction set of its caller"
    )]
    #[inline(always)]
    fn run<I: Isa>(self, _: I) {
        let length = self.parameters.len();
        let gradient = &self.gradient[..length];
        let states = self.states.map(|state| &mut state[..length]);
        for i in 0..length {
            let state = core::array::from_fn(|k| states[k][i]);
            let (parameter, state) = (self.formula)(self.parameters[i], gradient[i], state);
            self.parameters[i] = parameter;
            for k in 0..N {
                states[k][i] = state[k];
            }
        }
    }
}
