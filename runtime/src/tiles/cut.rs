//! A step cut into parts: a tree of pairs, whose halves run at the same time where there is memory for both.

use core::ops::Range;

use super::{Part, Rows};
use crate::kernel::real::Real;
use crate::kernel::rows::carve;
use crate::threads;

/// Runs a part: its tiles, its sums, its results by example.
pub(super) type Run<'a, T, const K: usize, const R: usize> =
    &'a (dyn Fn(Part<'_, T>, [&mut [T]; K], [&mut [T]; R]) + Sync);

/// A step that is cut.
pub(super) struct Cut<'a, T, const K: usize, const R: usize> {
    examples: usize,
    tile: usize,
    parts: usize,
    /// How many numbers each sum is.
    lengths: [usize; K],
    run: Run<'a, T, K, R>,
}

/// What parts work in that run one after the other.
pub(super) struct Lane<'a, T> {
    /// Sums of parts that have not been added up yet.
    pub(super) sums: &'a mut [T],
    /// The memory of a tile.
    pub(super) values: &'a mut [T],
    /// The memory of the kernels.
    pub(super) scratch: &'a mut [T],
}

/// How much memory a lane has.
#[derive(Clone, Copy)]
pub(super) struct Lengths {
    pub(super) sums: usize,
    pub(super) values: usize,
    pub(super) scratch: usize,
}

/// The memory of further lanes.
pub(super) struct Others<'a, T> {
    pub(super) memory: &'a mut [T],
    pub(super) each: Lengths,
}

impl Lengths {
    pub(super) fn all(self) -> usize {
        self.sums + self.values + self.scratch
    }
}

impl<T: Real> Lane<'_, T> {
    fn reborrow(&mut self) -> Lane<'_, T> {
        Lane { sums: self.sums, values: self.values, scratch: self.scratch }
    }
}

impl<'a, T: Real> Others<'a, T> {
    fn count(&self) -> usize {
        self.memory.len() / self.each.all().max(1)
    }

    /// The first `count` of them, the next, and the others.
    fn split(self, count: usize) -> (Others<'a, T>, Lane<'a, T>, Others<'a, T>) {
        let each = self.each;
        let (before, rest) = self.memory.split_at_mut(count * each.all());
        let (own, after) = rest.split_at_mut(each.all());
        let [sums, values, scratch] = carve(own, [each.sums, each.values, each.scratch]);
        let others = |memory| Others { memory, each };
        (others(before), Lane { sums, values, scratch }, others(after))
    }
}

impl<'a, T: Real, const K: usize, const R: usize> Cut<'a, T, K, R> {
    pub(super) fn new(
        examples: usize,
        tile: usize,
        parts: usize,
        lengths: [usize; K],
        run: Run<'a, T, K, R>,
    ) -> Self {
        Cut { examples, tile, parts, lengths, run }
    }

    /// Runs some parts and adds up their sums; `results` are for the examples from `origin` on.
    pub(super) fn run(
        &self,
        parts: Range<usize>,
        mut lane: Lane<'_, T>,
        others: Others<'_, T>,
        mut sums: [&mut [T]; K],
        results: [Rows<'_, T>; R],
        origin: usize,
    ) {
        if parts.len() == 1 {
            return self.run_part(parts.start, lane, sums, results, origin);
        }
        let middle = parts.start + parts.len() / 2;
        let (first, second) = (parts.start..middle, middle..parts.end);
        if others.count() == 0 {
            let mut results = results;
            let none = |each| Others { memory: &mut [], each };
            let (each, own) = (others.each, self.lengths.iter().sum());
            let results_of_first = results.each_mut().map(Rows::reborrow);
            let sums_of_first = sums.each_mut().map(|sum| &mut **sum);
            self.run(first, lane.reborrow(), none(each), sums_of_first, results_of_first, origin);
            let Lane { sums: free, values, scratch } = lane;
            let (own, free) = free.split_at_mut(own);
            let mut more = carve(own, self.lengths);
            let sums_of_second = more.each_mut().map(|sum| &mut **sum);
            let lane = Lane { sums: free, values, scratch };
            self.run(second, lane, none(each), sums_of_second, results, origin);
            add(sums, more);
        } else {
            let lanes = others.count().div_ceil(2);
            let before = others.count() - lanes;
            let (others_of_first, next, others_of_second) = others.split(before);
            let (own, free) = next.sums.split_at_mut(self.lengths.iter().sum());
            let mut more = carve(own, self.lengths);
            let sums_of_second = more.each_mut().map(|sum| &mut **sum);
            let sums_of_first = sums.each_mut().map(|sum| &mut **sum);
            let next = Lane { sums: free, values: next.values, scratch: next.scratch };
            let start = self.begin(middle);
            let (results_of_first, results_of_second) = split(results, start - origin);
            threads::join(
                || self.run(first, lane, others_of_first, sums_of_first, results_of_first, origin),
                || {
                    let results = results_of_second;
                    self.run(second, next, others_of_second, sums_of_second, results, start);
                },
            );
            add(sums, more);
        }
    }

    fn run_part(
        &self,
        part: usize,
        lane: Lane<'_, T>,
        sums: [&mut [T]; K],
        results: [Rows<'_, T>; R],
        origin: usize,
    ) {
        let Lane { values, scratch, .. } = lane;
        let (begin, end) = (self.begin(part), self.begin(part + 1));
        let part = Part { begin, end, origin, tile: self.tile, values, scratch };
        (self.run)(part, sums, results.map(|rows| rows.values));
    }

    /// The first example of a part; parts are whole tiles, as many as the others or one more.
    fn begin(&self, part: usize) -> usize {
        let tiles = self.examples.div_ceil(self.tile);
        (tiles * part / self.parts * self.tile).min(self.examples)
    }
}

/// Adds the sums of the later parts to those of the earlier ones.
fn add<T: Real, const K: usize>(sums: [&mut [T]; K], more: [&mut [T]; K]) {
    for (sum, more) in sums.into_iter().zip(more) {
        for (sum, more) in sum.iter_mut().zip(more) {
            *sum += *more;
        }
    }
}

/// The results for so many examples, and the others.
fn split<T, const R: usize>(
    results: [Rows<'_, T>; R],
    examples: usize,
) -> ([Rows<'_, T>; R], [Rows<'_, T>; R]) {
    let mut second = [const { None }; R];
    let mut places = second.iter_mut();
    let first = results.map(|rows| {
        let (first, rest) = rows.split(examples);
        if let Some(place) = places.next() {
            *place = Some(rest);
        }
        first
    });
    (first, second.map(|rest| rest.unwrap_or(Rows { values: &mut [], width: None })))
}
