//! The parts of θ that a step touches.

use alloc::vec::Vec;
use core::ops::Range;

use crate::model::Model;

/// Parts of θ, ascending and apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    ranges: Vec<Range<usize>>,
}

/// How many parts of θ, and how many numbers in them, a batch touches at most.
pub fn room_for<M: Model>(model: &M, batch: &M::Batch<'_>) -> [usize; 2] {
    let (mut count, mut numbers) = (0, 0_usize);
    model.touched(batch, &mut |range| {
        count += 1;
        numbers = numbers.saturating_add(range.len());
    });
    [count, numbers.min(model.parameters().len())]
}

impl Parts {
    /// Memory for so many.
    pub fn with_capacity(count: usize) -> Self {
        Parts { ranges: Vec::with_capacity(count.max(1)) }
    }

    /// These, ascending and apart.
    #[cfg(feature = "checkpoint")]
    pub fn of(ranges: Vec<Range<usize>>) -> Self {
        Parts { ranges }
    }

    /// Takes as much memory as others.
    #[cfg(feature = "checkpoint")]
    pub fn reserve_as(&mut self, other: &Self) {
        let room = other.ranges.capacity();
        self.ranges.reserve(room.saturating_sub(self.ranges.len()));
    }

    /// Makes this all of θ, of so many numbers.
    pub fn see_whole(&mut self, length: usize) {
        self.ranges.clear();
        self.ranges.push(0..length);
    }

    /// Makes these the parts that a batch touches; all of θ as one where they are not fewer elements than that.
    pub fn see<M: Model>(&mut self, model: &M, batch: &M::Batch<'_>) {
        let length = model.parameters().len();
        let ranges = &mut self.ranges;
        let mut elements = 0_usize;
        ranges.clear();
        model.touched(batch, &mut |range| {
            elements = elements.saturating_add(range.len());
            if elements < length {
                ranges.push(range);
            }
        });
        if elements >= length {
            return self.see_whole(length);
        }
        ranges.sort_unstable_by_key(|range| range.start);
        ranges.dedup_by(|next, last| {
            let joins = next.start <= last.end;
            if joins {
                last.end = last.end.max(next.end);
            }
            joins
        });
    }

    /// Makes these parts, which are ascending and apart.
    pub fn see_these(&mut self, ranges: impl Iterator<Item = Range<usize>>) {
        self.ranges.clear();
        self.ranges.extend(ranges);
    }

    /// Whether this is all of θ, of so many numbers.
    pub fn is_whole(&self, length: usize) -> bool {
        self.ranges.as_slice() == core::slice::from_ref(&(0..length))
    }

    /// The parts.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }
}
