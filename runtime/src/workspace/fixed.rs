//! The memory of a step as an array, where there is no heap.

use crate::kernel::real::Real;
use crate::tiles::Tiles;

use super::WorkspaceSize;

/// The memory of a step on one example at a time: what lives for the whole call, then what lives for one example, then that of kernels.
///
/// `V` is an array, of as many numbers as `Model::WORKSPACE_LEN` of the model says; steps see it as a slice.
#[derive(Clone, Debug)]
pub struct Workspace<T, V: ?Sized = [T]> {
    /// How much of it is the kernels'.
    scratch_length: usize,
    scalar: core::marker::PhantomData<T>,
    values: V,
}

/// The workspace of a model whose dimensions are numbers.
pub type WorkspaceOf<T, const N: usize> = Workspace<T, [T; N]>;

impl<T: Real, const N: usize> Workspace<T, [T; N]> {
    /// Room for a model of these extents.
    pub fn of<const K: usize>(
        extents: [usize; K],
        memory: fn([usize; K], usize) -> WorkspaceSize,
    ) -> Self {
        let scratch_length = memory(extents, 1).scratch;
        Workspace { scratch_length, scalar: core::marker::PhantomData, values: [T::ZERO; N] }
    }

    /// Examples in a tile.
    pub fn tile(&self) -> usize {
        1
    }

    /// The size of the memory in bytes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>()
    }
}

impl<T: Real> Workspace<T> {
    /// The memory of so many numbers that outlive an example, and that of the examples.
    #[inline]
    pub fn parts(&mut self, persistent: usize) -> (&mut [T], Tiles<'_, T>) {
        let (persistent, values) = self.values.split_at_mut(persistent);
        let (values, scratch) = values.split_at_mut(values.len() - self.scratch_length);
        let scratch_length = self.scratch_length;
        (persistent, Tiles { tile: 1, values, scratch, scratch_length })
    }

    /// What [`parts`](Self::parts) gives, for a step that gives the rows of a Jacobian.
    #[inline]
    pub fn parts_of_matrices(
        &mut self,
        persistent: usize,
        _per_example: usize,
    ) -> (&mut [T], Tiles<'_, T>) {
        self.parts(persistent)
    }
}
