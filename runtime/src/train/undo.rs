//! What θ was before a step, as far as the step changed it.

use alloc::vec::Vec;

use crate::kernel::real::Real;

use super::parts::Parts;

/// The numbers in some parts of θ, side by side, to be put back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo<T> {
    parts: Parts,
    values: Vec<T>,
}

impl<T: Real> Undo<T> {
    /// Nothing, with memory for so many parts of so many numbers.
    pub fn with_capacity(parts: usize, numbers: usize) -> Self {
        Undo { parts: Parts::with_capacity(parts), values: Vec::with_capacity(numbers) }
    }

    /// Keeps what is in these parts, and the parts in exchange for those of before; what was kept is forgotten.
    pub fn keep(&mut self, theta: &[T], parts: &mut Parts) {
        core::mem::swap(&mut self.parts, parts);
        self.values.clear();
        for part in self.parts.ranges() {
            self.values.extend_from_slice(&theta[part.clone()]);
        }
    }

    /// Keeps all of θ as it would be after putting back, for when θ becomes something else altogether. Allocates.
    pub fn widen(&mut self, theta: &[T]) {
        let mut whole = theta.to_vec();
        self.restore(&mut whole);
        self.values = whole;
        self.parts.see_whole(theta.len());
    }

    /// These numbers in these parts, side by side.
    #[cfg(feature = "checkpoint")]
    pub fn of(ranges: Vec<core::ops::Range<usize>>, values: Vec<T>) -> Self {
        Undo { parts: Parts::of(ranges), values }
    }

    /// The numbers, side by side.
    #[cfg(feature = "checkpoint")]
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// Takes as much memory as another.
    #[cfg(feature = "checkpoint")]
    pub fn reserve_as(&mut self, other: &Self) {
        self.parts.reserve_as(&other.parts);
        let room = other.values.capacity();
        self.values.reserve(room.saturating_sub(self.values.len()));
    }

    /// The parts.
    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Puts back what is kept.
    pub fn restore(&self, theta: &mut [T]) {
        let mut kept = self.values.as_slice();
        for part in self.parts.ranges() {
            let (values, rest) = kept.split_at(part.len());
            theta[part.clone()].copy_from_slice(values);
            kept = rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Undo;
    use crate::train::parts::Parts;

    #[test]
    fn what_was_kept_is_put_back_also_when_all_is_replaced() {
        let mut parts = Parts::with_capacity(1);
        parts.see_whole(2);
        let mut undo = Undo::with_capacity(1, 2);
        undo.keep(&[1.0, 2.0, 3.0], &mut parts);
        let mut theta = [5.0, 6.0, 3.0];
        undo.restore(&mut theta);
        assert_eq!(theta, [1.0, 2.0, 3.0]);
        undo.widen(&[5.0, 6.0, 3.0]);
        let mut theta = [7.0; 3];
        undo.restore(&mut theta);
        assert_eq!(theta, [1.0, 2.0, 3.0]);
    }
}
