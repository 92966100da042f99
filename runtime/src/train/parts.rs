//! The parts of θ that a step touches.

use std::ops::Range;

use crate::model::Model;

/// Parts of θ, ascending and apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    ranges: Vec<Range<usize>>,
}

impl Parts {
    /// All of θ.
    pub fn whole(length: usize) -> Self {
        Parts { ranges: std::iter::once(0..length).collect() }
    }

    /// Memory for what batches like this one touch.
    pub fn with_room_for<M: Model>(model: &M, batch: &M::Batch<'_>) -> Self {
        let mut count = 1;
        model.touched(batch, &mut |_| count += 1);
        Parts { ranges: Vec::with_capacity(count) }
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
            ranges.clear();
            ranges.push(0..length);
            return;
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

    /// Whether this is all of θ, of so many numbers.
    pub fn is_whole(&self, length: usize) -> bool {
        self.ranges.as_slice() == [0..length]
    }

    /// The parts.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }
}
