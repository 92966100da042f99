//! The memory a step works in, allocated once.

use crate::kernel::real::Real;

/// The memory of a step: what lives for the whole call, then what lives for one tile of examples.
#[derive(Clone, Debug)]
pub struct Workspace<T> {
    values: Vec<T>,
    scratch: Vec<T>,
    tile: usize,
}

impl<T: Real> Workspace<T> {
    /// Allocates `persistent` numbers, `per_example` numbers for each example of a tile, and what kernels need on a tile of so many
    /// examples by `scratch`.
    ///
    /// # Panics
    /// If that is more than the machine can address.
    pub fn new(
        persistent: usize,
        per_example: usize,
        scratch: impl FnOnce(usize) -> usize,
    ) -> Self {
        Self::of_tile(tile_size(per_example, size_of::<T>()), persistent, per_example, scratch)
    }

    /// The same for a model with loops, which keeps values of every step for each example.
    ///
    /// # Panics
    /// If that is more than the machine can address.
    pub fn of_steps(
        persistent: usize,
        per_example: usize,
        scratch: impl FnOnce(usize) -> usize,
    ) -> Self {
        Self::of_tile(tile_of_steps(per_example, size_of::<T>()), persistent, per_example, scratch)
    }

    fn of_tile(
        tile: usize,
        persistent: usize,
        per_example: usize,
        scratch: impl FnOnce(usize) -> usize,
    ) -> Self {
        let length = length_of(tile, persistent, per_example);
        Workspace { values: vec![T::ZERO; length], scratch: vec![T::ZERO; scratch(tile)], tile }
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
    pub fn parts_of_matrices(&mut self, per_example: usize) -> (usize, &mut [T], &mut [T]) {
        let tile = tile_of_matrices(per_example, size_of::<T>()).min(self.tile);
        (tile, &mut self.values, &mut self.scratch)
    }

    /// The examples in a tile, the memory of the step, and the memory of its kernels.
    #[inline]
    pub fn parts(&mut self) -> (usize, &mut [T], &mut [T]) {
        (self.tile, &mut self.values, &mut self.scratch)
    }

    /// Examples in a tile; the last tile of a batch may have fewer.
    pub fn tile(&self) -> usize {
        self.tile
    }

    /// All of the memory.
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// The size of the memory in bytes.
    pub fn bytes(&self) -> usize {
        (self.values.len() + self.scratch.len()) * size_of::<T>()
    }
}

/// The numbers of a workspace: with some room, in which its regions are put on cache lines.
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
fn tile_of_steps(per_example: usize, scalar_bytes: usize) -> usize {
    const BUDGET: usize = 2 * 1024 * 1024;
    let example = per_example.saturating_mul(scalar_bytes).max(1);
    (BUDGET / example / 16 * 16).clamp(32, 512)
}

/// Examples in a tile of a step that gives the rows of a Jacobian: as many as keep its memory near 512 KiB, a multiple of 16 from 16 to 512.
fn tile_of_matrices(per_example: usize, scalar_bytes: usize) -> usize {
    const BUDGET: usize = 512 * 1024;
    let example = per_example.saturating_mul(scalar_bytes).max(1);
    (BUDGET / example / 16 * 16).clamp(16, 512)
}

#[cfg(test)]
mod tests {
    use super::{Workspace, tile_of_matrices, tile_of_steps, tile_size};

    #[test]
    fn rows_of_matrices_have_tiles_and_room_of_their_own() {
        for (per_example, tile) in [(0, 512), (200, 320), (57_000, 16), (usize::MAX, 16)] {
            assert_eq!(tile_of_matrices(per_example, 8), tile, "{per_example}");
        }
        let mut workspace = Workspace::<f64>::new(10, 100, |_| 0).and_rows_of_matrices(5, 57_000);
        let (tile, values, _) = workspace.parts_of_matrices(57_000);
        assert_eq!((tile, values.len()), (16, 5 + 57_000 * 16 + 2048));
        assert_eq!(workspace.parts_of_matrices(10).0, 320, "no larger than other tiles");
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
        let workspace = Workspace::<f64>::new(10, 100, |rows| 2 * rows);
        assert_eq!(workspace.tile(), 320);
        assert_eq!(workspace.bytes(), (10 + 102 * 320 + (10 + 100 * 320) / 16) * 8);
    }
}
