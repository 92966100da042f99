//! The tiles of a step, in parts that may run at the same time.
//!
//! A step goes over its examples tile by tile and adds up a loss and gradients. Where that is long, its tiles are cut into parts, each a run
//! of consecutive tiles with sums of its own, and the sums of neighbours are added pairwise:
//!
//! ```text
//! part 0   part 1   part 2   part 3
//!    └── + ──┘        └── + ──┘
//!        └────────  +  ───────┘
//! ```
//!
//! **How many parts there are follows from the model and the number of examples alone**, so a step gives the same bits on any number of
//! threads, and without the feature `rayon`, where the same parts run one after the other. There are several only where each is work for
//! some 50 µs, and where adding up its sums is next to nothing beside that; most steps are one part, which is run as if there were no
//! others. A step on several threads is one fork and join.
//!
//! A step of one part that is long all the same, such as one of large matrix products over few examples, shares its products: threads
//! compute blocks of rows of each result, every element of which is summed in the order it always is.
//!
//! # Threads
//!
//! Threads are those of the crate `rayon`: of the pool the caller is in (`ThreadPool::install`), or of the global one, which has as many as
//! there are processors or as the environment variable `RAYON_NUM_THREADS` says. With one thread nothing is shared. A call from outside the
//! pool wakes it, which takes some microseconds: a loop of short steps is best put inside `ThreadPool::install` as a whole.
//!
//! The memory of other threads is allocated in the first step that uses them, and kept in the [`Workspace`](crate::workspace::Workspace);
//! what `rayon` itself allocates are its queues. A panic of a part is a panic of the step, once all its parts have ended.

#![allow(
    clippy::inline_always,
    reason = "what a kernel calls is compiled for its instruction set, as part of it"
)]

#[cfg(feature = "alloc")]
use alloc::vec::Vec;
#[cfg(feature = "alloc")]
use core::ops::Range;

use crate::derivatives::MatrixOrder;
use crate::kernel::arch::Isa;
use crate::kernel::real::Real;
#[cfg(feature = "alloc")]
use crate::threads;

#[cfg(feature = "alloc")]
mod cut;

#[cfg(test)]
mod tests;

#[cfg(feature = "alloc")]
use self::cut::{Cut, Lane, Run};

/// Work of a part that is worth a thread, where one multiplication and addition of a matrix product is 1: some 50 µs.
#[cfg(feature = "alloc")]
const PART: usize = 1 << 21;
/// Work that adding up one number takes, times how much more the part is to be.
#[cfg(feature = "alloc")]
const SUM: usize = 16 * 32;
/// The most parts.
#[cfg(feature = "alloc")]
const PARTS: usize = 1 << LEVELS;
/// The most pairs of parts, one around the other.
#[cfg(feature = "alloc")]
const LEVELS: usize = 6;
/// More bytes of sums than these no part has to itself.
#[cfg(feature = "alloc")]
const SUM_BYTES: usize = 1 << 20;
/// Work in matrix products that are shared, of a step of one part.
#[cfg(feature = "alloc")]
const SHARED: usize = 12 << 20;

/// What a step goes over.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// The examples.
    pub examples: usize,
    /// What one of them costs.
    pub each: usize,
    /// How much of that is in matrix products.
    pub products: usize,
}

/// The memory of tiles, as [`Workspace`](crate::workspace::Workspace) cuts it.
#[derive(Debug)]
pub struct Tiles<'a, T> {
    /// The examples of a tile.
    pub(crate) tile: usize,
    /// The memory of a tile.
    pub(crate) values: &'a mut [T],
    /// The memory of the kernels, several times where products have been shared.
    #[cfg(feature = "alloc")]
    pub(crate) scratch: &'a mut Vec<T>,
    /// The memory of the kernels.
    #[cfg(not(feature = "alloc"))]
    pub(crate) scratch: &'a mut [T],
    /// How much of it one kernel needs.
    pub(crate) scratch_length: usize,
    /// Room for the sums of parts that run on the caller's thread.
    #[cfg(feature = "alloc")]
    pub(crate) sums: &'a mut Vec<T>,
    /// The memory of other threads.
    #[cfg(feature = "alloc")]
    pub(crate) others: &'a mut Vec<T>,
}

/// Consecutive tiles, and the memory they work in.
#[derive(Debug)]
pub struct Part<'a, T> {
    /// The first example.
    pub begin: usize,
    /// The example after the last.
    pub end: usize,
    /// The first example that the results by example are for.
    pub origin: usize,
    /// The examples of a tile.
    pub tile: usize,
    /// The memory of a tile.
    pub values: &'a mut [T],
    /// The memory of the kernels.
    pub scratch: &'a mut [T],
}

/// Results by example: so many numbers for each, one after the other.
#[derive(Debug)]
pub struct Rows<'a, T> {
    values: &'a mut [T],
    /// How many for each example; nothing where those of an example do not lie together.
    #[cfg_attr(not(feature = "alloc"), expect(dead_code, reason = "a step is one part"))]
    width: Option<usize>,
}

impl<'a, T> Rows<'a, T> {
    /// `width` numbers for each example.
    #[inline(always)]
    pub fn new(values: &'a mut [T], width: usize) -> Self {
        Rows { values, width: Some(width) }
    }

    /// The rows of a matrix, `width` numbers for each example, which lie together where it is row-major.
    #[inline(always)]
    pub fn of_matrix(values: &'a mut [T], width: usize, order: MatrixOrder) -> Self {
        Rows { values, width: (order == MatrixOrder::RowMajor).then_some(width) }
    }

    #[cfg(feature = "alloc")]
    fn reborrow(&mut self) -> Rows<'_, T> {
        Rows { values: self.values, width: self.width }
    }

    /// Those of the first `examples`, and the others.
    #[cfg(feature = "alloc")]
    fn split(self, examples: usize) -> (Rows<'a, T>, Rows<'a, T>) {
        let width = self.width.unwrap_or(0);
        let (first, second) = self.values.split_at_mut(examples * width);
        (Rows { values: first, width: self.width }, Rows { values: second, width: self.width })
    }
}

impl<T: Real> Tiles<'_, T> {
    /// The memory of kernels outside the tiles.
    #[inline(always)]
    pub fn scratch(&mut self) -> &mut [T] {
        &mut self.scratch[..self.scratch_length]
    }

    /// All tiles as one part, for a step that cannot be cut.
    #[inline(always)]
    pub fn whole(&mut self, examples: usize) -> Part<'_, T> {
        Part {
            begin: 0,
            end: examples,
            origin: 0,
            tile: self.tile,
            values: self.values,
            scratch: &mut self.scratch[..self.scratch_length],
        }
    }

    /// Runs `body` over all tiles: for each part with memory, sums and results of its own, compiled for the instruction set.
    ///
    /// `body` sets its sums in the first tile of its part and adds to them in the others. After this `sums` are those of all parts.
    ///
    /// The closure carries `#[inline(always)]`, like the function of a kernel.
    #[inline(always)]
    pub fn run<I: Isa, const K: usize, const R: usize>(
        &mut self,
        isa: I,
        work: Work,
        sums: [&mut [T]; K],
        results: [Rows<'_, T>; R],
        body: impl Fn(Part<'_, T>, [&mut [T]; K], [&mut [T]; R]) + Sync,
    ) {
        if I::IS_ONE_BY_ONE {
            return body(self.whole(work.examples), sums, results.map(|rows| rows.values));
        }
        #[cfg(feature = "alloc")]
        self.run_some(isa, work, sums, results, body);
        #[cfg(not(feature = "alloc"))]
        let _ = isa;
        #[cfg(not(feature = "alloc"))]
        unreachable!(
            "without the heap there is one instruction set, which takes one example at a time"
        );
    }

    /// The same on an instruction set with tiles of many examples.
    #[cfg(feature = "alloc")]
    #[inline(always)]
    fn run_some<I: Isa, const K: usize, const R: usize>(
        &mut self,
        isa: I,
        work: Work,
        sums: [&mut [T]; K],
        results: [Rows<'_, T>; R],
        body: impl Fn(Part<'_, T>, [&mut [T]; K], [&mut [T]; R]) + Sync,
    ) {
        let run = |part: Part<'_, T>, sums: [&mut [T]; K], results: [&mut [T]; R]| {
            isa.run(
                #[inline(always)]
                || body(part, sums, results),
            );
        };
        if work.examples.saturating_mul(work.each) < 2 * PART {
            run(self.whole(work.examples), sums, results.map(|rows| rows.values));
        } else {
            self.run_parts(work, sums, results, &run);
        }
    }

    /// The same, for a step that may be more than one part.
    #[cfg(feature = "alloc")]
    #[inline(never)]
    fn run_parts<const K: usize, const R: usize>(
        &mut self,
        work: Work,
        sums: [&mut [T]; K],
        results: [Rows<'_, T>; R],
        run: Run<'_, T, K, R>,
    ) {
        let lengths = sums.each_ref().map(|sum| sum.len());
        let length: usize = lengths.iter().sum();
        let parts = parts(work, self.tile, length, size_of::<T>());
        if parts == 1 {
            return self.run_one(work, sums, results.map(|rows| rows.values), run);
        }
        let cut = Cut::new(work.examples, self.tile, parts, lengths, run);
        let levels = parts.ilog2() as usize;
        let can_split = results.iter().all(|rows| rows.width.is_some());
        let lanes = if can_split { lanes(parts, threads::count()) } else { 1 };
        let lane = cut::Lengths {
            sums: levels * length,
            values: self.values.len(),
            scratch: self.scratch_length,
        };
        grow(self.sums, lane.sums);
        grow(self.others, (lanes - 1) * lane.all());
        let first = Lane {
            sums: &mut self.sums[..lane.sums],
            values: self.values,
            scratch: &mut self.scratch[..self.scratch_length],
        };
        let others = &mut self.others[..(lanes - 1) * lane.all()];
        cut.run(0..parts, first, cut::Others { memory: others, each: lane }, sums, results, 0);
    }

    /// One part, whose products may be shared.
    #[cfg(feature = "alloc")]
    fn run_one<const K: usize, const R: usize>(
        &mut self,
        work: Work,
        sums: [&mut [T]; K],
        results: [&mut [T]; R],
        run: Run<'_, T, K, R>,
    ) {
        let in_products = work.examples.saturating_mul(work.products);
        if in_products < SHARED || self.scratch_length == 0 || threads::count() == 1 {
            return run(self.whole(work.examples), sums, results);
        }
        grow(self.scratch, threads::count().min(PARTS) * self.scratch_length);
        let part = Part {
            scratch: self.scratch,
            values: self.values,
            ..Part::over(0..work.examples, self.tile)
        };
        threads::share(|| run(part, sums, results));
    }
}

#[cfg(feature = "alloc")]
impl<T> Part<'_, T> {
    /// Some examples, without memory.
    fn over(examples: Range<usize>, tile: usize) -> Self {
        let Range { start: begin, end } = examples;
        Part { begin, end, origin: 0, tile, values: &mut [], scratch: &mut [] }
    }
}

/// Into how many parts a step with so many sums is cut: a power of two.
#[cfg(feature = "alloc")]
fn parts(work: Work, tile: usize, sums: usize, scalar_bytes: usize) -> usize {
    if sums.saturating_mul(scalar_bytes) > SUM_BYTES {
        return 1;
    }
    let all = work.examples.saturating_mul(work.each);
    let by_work = all / PART.max(SUM * sums);
    let most = by_work.min(work.examples / tile).clamp(1, PARTS);
    1 << most.ilog2()
}

/// How many parts at most run at the same time: a power of two, and enough for threads to be free at different times.
#[cfg(feature = "alloc")]
fn lanes(parts: usize, threads: usize) -> usize {
    if threads == 1 { 1 } else { parts.min(2 * threads.next_power_of_two()) }
}

/// Room for the sums of parts that run one after the other: none where they are so many that there is one part.
#[cfg(feature = "alloc")]
pub(crate) fn room_for_sums(sums: usize, scalar_bytes: usize) -> usize {
    if sums.saturating_mul(scalar_bytes) > SUM_BYTES { 0 } else { LEVELS * sums }
}

#[cfg(feature = "alloc")]
fn grow<T: Real>(memory: &mut Vec<T>, length: usize) {
    if memory.len() < length {
        memory.resize(length, T::ZERO);
    }
}
