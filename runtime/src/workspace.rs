//! The memory a step works in, allocated once.

#[cfg(feature = "alloc")]
use alloc::vec::Vec;

#[cfg(feature = "alloc")]
use crate::kernel::real::Real;
#[cfg(feature = "alloc")]
use crate::tiles;
#[cfg(feature = "alloc")]
use crate::tiles::Tiles;

#[cfg(not(feature = "alloc"))]
mod fixed;

#[cfg(not(feature = "alloc"))]
pub use self::fixed::{Workspace, WorkspaceOf};

/// The memory of a step: what lives for the whole call, then what lives for one tile of examples.
///
/// How many examples a tile has follows from what the model keeps for each. The environment variable `CHAINRULE_TILE`, read once, overrides
/// that, from 1 to 65,536: for experiments with the speed of a model. Sums over the examples are then added up in another order.
///
/// A step allocates nothing more, but for the first that runs on several [threads](crate::tiles#threads), which allocates their memory.
#[cfg(feature = "alloc")]
#[derive(Debug)]
pub struct Workspace<T> {
    values: Vec<T>,
    scratch: Vec<T>,
    /// How much of that one kernel needs.
    scratch_length: usize,
    /// Sums of parts that have not been added up: room for it, used where a step is several parts.
    sums: Vec<T>,
    /// The memory of other threads.
    others: Vec<T>,
    tile: usize,
}

#[cfg(feature = "alloc")]
impl<T: Real> Workspace<T> {
    /// Allocates what a model of these extents keeps, of which `memory` also says what kernels need for so many examples.
    ///
    /// # Panics
    /// If that is more than the machine can address.
    pub fn of<const K: usize>(
        extents: [usize; K],
        memory: fn([usize; K], usize) -> WorkspaceSize,
    ) -> Self {
        let WorkspaceSize { persistent, per_example, sums, has_steps, rows_of_matrices, .. } =
            memory(extents, 1);
        let allocate = if has_steps { Self::of_steps } else { Self::new };
        let workspace =
            allocate(persistent, per_example, sums, |rows| memory(extents, rows).scratch);
        match rows_of_matrices {
            Some([persistent, per_example]) => {
                workspace.and_rows_of_matrices(persistent, per_example)
            }
            None => workspace,
        }
    }

    /// Allocates `persistent` numbers, `per_example` numbers for each example of a tile, room for parts of the tiles to add up to `sums`
    /// numbers, and what kernels need on a tile of so many examples by `scratch`.
    ///
    /// # Panics
    /// If that is more than the machine can address.
    pub fn new(
        persistent: usize,
        per_example: usize,
        sums: usize,
        scratch: impl FnOnce(usize) -> usize,
    ) -> Self {
        let tile = tile_size(per_example, size_of::<T>());
        Self::of_tile(tile, [persistent, per_example, sums], scratch)
    }

    /// The same for a model with loops, which keeps values of every step for each example.
    ///
    /// # Panics
    /// If that is more than the machine can address.
    pub fn of_steps(
        persistent: usize,
        per_example: usize,
        sums: usize,
        scratch: impl FnOnce(usize) -> usize,
    ) -> Self {
        let tile = tile_of_steps(per_example, size_of::<T>());
        Self::of_tile(tile, [persistent, per_example, sums], scratch)
    }

    fn of_tile(
        tile: usize,
        [persistent, per_example, sums]: [usize; 3],
        scratch: impl FnOnce(usize) -> usize,
    ) -> Self {
        let tile = chosen_tile().unwrap_or(tile);
        let length = length_of(tile, persistent, per_example);
        let scratch_length = scratch(tile);
        Workspace {
            values: vec![T::ZERO; length],
            scratch: vec![T::ZERO; scratch_length],
            scratch_length,
            sums: Vec::with_capacity(tiles::room_for_sums(sums, size_of::<T>())),
            others: Vec::new(),
            tile,
        }
    }

    /// The same, with room for a step that gives so many numbers for each example, those of the rows of a Jacobian, that its tiles are
    /// smaller.
    ///
    /// # Panics
    /// If that is more than the machine can address.
    #[must_use]
    pub fn and_rows_of_matrices(mut self, persistent: usize, per_example: usize) -> Self {
        let tile = tile_of_matrices(per_example, size_of::<T>()).min(self.tile);
        let length = length_of(tile, persistent, per_example);
        if self.values.len() < length {
            self.values.resize(length, T::ZERO);
        }
        self
    }

    /// What [`parts`](Self::parts) gives, for such a step.
    #[inline]
    pub fn parts_of_matrices(
        &mut self,
        persistent: usize,
        per_example: usize,
    ) -> (&mut [T], Tiles<'_, T>) {
        let tile = tile_of_matrices(per_example, size_of::<T>()).min(self.tile);
        let (persistent, tiles) = self.parts(persistent);
        (persistent, Tiles { tile, ..tiles })
    }

    /// The memory of so many numbers that outlive a tile, and that of the tiles.
    #[inline]
    pub fn parts(&mut self, persistent: usize) -> (&mut [T], Tiles<'_, T>) {
        let (persistent, values) = self.values.split_at_mut(persistent);
        let tiles = Tiles {
            tile: self.tile,
            values,
            scratch: &mut self.scratch,
            scratch_length: self.scratch_length,
            sums: &mut self.sums,
            others: &mut self.others,
        };
        (persistent, tiles)
    }

    /// Examples in a tile; the last tile of a batch may have fewer.
    pub fn tile(&self) -> usize {
        self.tile
    }

    /// All of the memory of one thread.
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// The size of the memory in bytes, with that of other threads once they have been used.
    pub fn bytes(&self) -> usize {
        let numbers = [&self.values, &self.scratch, &self.sums, &self.others].map(Vec::len);
        numbers.iter().sum::<usize>() * size_of::<T>()
    }
}

#[cfg(feature = "alloc")]
impl<T: Real> Clone for Workspace<T> {
    /// As much memory; what is in it means nothing between steps.
    fn clone(&self) -> Self {
        let zeros = |memory: &Vec<T>| {
            let mut zeros = Vec::with_capacity(memory.capacity());
            zeros.resize(memory.len(), T::ZERO);
            zeros
        };
        Workspace {
            values: zeros(&self.values),
            scratch: zeros(&self.scratch),
            sums: zeros(&self.sums),
            others: zeros(&self.others),
            ..*self
        }
    }
}

/// The workspace of a model whose dimensions are numbers, which without the heap is `N` of them.
#[cfg(feature = "alloc")]
pub type WorkspaceOf<T, const N: usize> = Workspace<T>;

/// How many numbers the steps of a model keep.
#[derive(Clone, Copy, Debug)]
pub struct WorkspaceSize {
    persistent: usize,
    per_example: usize,
    #[cfg_attr(not(feature = "alloc"), expect(dead_code, reason = "a step is one part"))]
    sums: usize,
    scratch: usize,
    #[cfg_attr(not(feature = "alloc"), expect(dead_code, reason = "a tile is one example"))]
    has_steps: bool,
    rows_of_matrices: Option<[usize; 2]>,
}

impl WorkspaceSize {
    /// `persistent` for the whole call, `per_example` for each example of a tile, as many as `sums` for parts of the tiles to add up to, and
    /// `scratch` for kernels on as many examples as were asked for.
    pub const fn new(persistent: usize, per_example: usize, sums: usize, scratch: usize) -> Self {
        WorkspaceSize {
            persistent,
            per_example,
            sums,
            scratch,
            has_steps: false,
            rows_of_matrices: None,
        }
    }

    /// The same for a model with loops, which keeps values of every step for each example.
    #[must_use]
    pub const fn of_steps(self) -> Self {
        WorkspaceSize { has_steps: true, ..self }
    }

    /// The same, with a step that gives so many numbers for each example, those of the rows of a Jacobian, that its tiles are smaller.
    #[must_use]
    pub const fn and_rows_of_matrices(self, persistent: usize, per_example: usize) -> Self {
        WorkspaceSize { rows_of_matrices: Some([persistent, per_example]), ..self }
    }

    /// All of it for one example at a time.
    pub const fn of_one_example(self) -> usize {
        let most = self.persistent + self.per_example;
        let most = match self.rows_of_matrices {
            Some([persistent, per_example]) if persistent + per_example > most => {
                persistent + per_example
            }
            _ => most,
        };
        most + self.scratch
    }
}

/// The numbers of a workspace: with some room, in which its regions are put on cache lines.
#[cfg(feature = "alloc")]
fn length_of(tile: usize, persistent: usize, per_example: usize) -> usize {
    const ROOM: usize = 2048;
    let length = per_example.checked_mul(tile).and_then(|tiled| tiled.checked_add(persistent));
    let length = length.and_then(|length| length.checked_add((length / 16).min(ROOM)));
    length.expect("the workspace is larger than the machine can address")
}

/// Examples in a tile: as many as keep its memory near 256 KiB, a multiple of 16 from 256 to 512; 512 where the layers are wide.
///
/// Small models keep their whole tile in the second-level cache at any of these sizes. For larger ones the parameters are the traffic:
/// each tile reads all of them and adds to a gradient of their size, so the more examples share that, the better. From some 16 KiB an
/// example on (four layers of 1024 units) that is worth more than any cache. The speed of a
/// change to this rule is what `benches/three_layer` measures.
#[cfg(feature = "alloc")]
fn tile_size(per_example: usize, scalar_bytes: usize) -> usize {
    const BUDGET: usize = 256 * 1024;
    const WIDE: usize = 16 * 1024;
    let example = per_example.saturating_mul(scalar_bytes).max(1);
    if example >= WIDE { 512 } else { (BUDGET / example / 16 * 16).clamp(256, 512) }
}

/// Examples in a tile of a model with loops: as many as keep its memory near 2 MiB, a multiple of 16 from 32 to 512.
///
/// Long loops keep far more for an example than layers do, and read it once: what counts is that a tile does not outgrow the caches, and
/// that no workspace is larger than it need be.
#[cfg(feature = "alloc")]
fn tile_of_steps(per_example: usize, scalar_bytes: usize) -> usize {
    const BUDGET: usize = 2 * 1024 * 1024;
    let example = per_example.saturating_mul(scalar_bytes).max(1);
    (BUDGET / example / 16 * 16).clamp(32, 512)
}

/// Examples in a tile of a step that gives the rows of a Jacobian: as many as keep its memory near 512 KiB, a multiple of 16 from 16 to 512.
#[cfg(feature = "alloc")]
fn tile_of_matrices(per_example: usize, scalar_bytes: usize) -> usize {
    const BUDGET: usize = 512 * 1024;
    let example = per_example.saturating_mul(scalar_bytes).max(1);
    (BUDGET / example / 16 * 16).clamp(16, 512)
}

/// What the environment says.
#[cfg(feature = "std")]
fn chosen_tile() -> Option<usize> {
    use std::sync::OnceLock;
    static CHOSEN: OnceLock<Option<usize>> = OnceLock::new();
    *CHOSEN.get_or_init(|| of_environment(&std::env::var("CHAINRULE_TILE").ok()?))
}

/// There is no environment.
#[cfg(all(feature = "alloc", not(feature = "std")))]
fn chosen_tile() -> Option<usize> {
    None
}

#[cfg(feature = "std")]
fn of_environment(text: &str) -> Option<usize> {
    text.parse().ok().filter(|tile| (1..=1 << 16).contains(tile))
}

#[cfg(test)]
mod tests {
    use super::{Workspace, of_environment, tile_of_matrices, tile_of_steps, tile_size};

    #[test]
    fn rows_of_matrices_have_tiles_and_room_of_their_own() {
        for (per_example, tile) in [(0, 512), (200, 320), (57_000, 16), (usize::MAX, 16)] {
            assert_eq!(tile_of_matrices(per_example, 8), tile, "{per_example}");
        }
        let mut workspace =
            Workspace::<f64>::new(10, 100, 0, |_| 0).and_rows_of_matrices(5, 57_000);
        let (persistent, mut tiles) = workspace.parts_of_matrices(5, 57_000);
        let part = tiles.whole(1);
        assert_eq!((persistent.len(), part.tile, part.values.len()), (5, 16, 57_000 * 16 + 2048));
        let (_, mut tiles) = workspace.parts_of_matrices(0, 10);
        assert_eq!(tiles.whole(1).tile, 320, "no larger than other tiles");
    }

    #[test]
    fn the_environment_says_how_large_a_tile_is_or_nothing() {
        let known = ["1", "48", "65536", "0", "65537", "-3", "many", ""].map(of_environment);
        assert_eq!(known, [Some(1), Some(48), Some(65536), None, None, None, None, None]);
    }

    #[test]
    fn long_loops_have_small_tiles() {
        for (per_example, tile) in [(0, 512), (1000, 512), (10_000, 48), (usize::MAX, 32)] {
            assert_eq!(tile_of_steps(per_example, 4), tile, "{per_example}");
        }
    }

    #[test]
    fn tiles_are_multiples_of_sixteen_within_their_bounds() {
        for per_example in [0, 1, 7, 100, 129, 1000, 5000, 1_000_000, usize::MAX] {
            let tile = tile_size(per_example, 4);
            assert!(
                tile.is_multiple_of(16) && (256..=512).contains(&tile),
                "{per_example}: {tile}"
            );
        }
        assert_eq!(tile_size(150, 4), 432);
    }

    #[test]
    fn memory_holds_both_parts() {
        let workspace = Workspace::<f64>::new(10, 100, 0, |rows| 2 * rows);
        assert_eq!(workspace.tile(), 320);
        assert_eq!(workspace.bytes(), (10 + 102 * 320 + (10 + 100 * 320) / 16) * 8);
    }
}
