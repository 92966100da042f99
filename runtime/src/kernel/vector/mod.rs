//! One vector register: what the compiled kernels need of an instruction set.

use super::real::Real;

#[cfg(any(test, not(all(target_arch = "x86_64", feature = "std"))))]
mod portable;
#[cfg(all(target_arch = "x86_64", feature = "std"))]
mod x86;

#[cfg(test)]
mod tests;

#[cfg(any(test, not(all(target_arch = "x86_64", feature = "std"))))]
pub(super) use portable::Lanes;

/// The most lanes a vector has.
pub(super) const MOST_LANES: usize = 16;

/// A register of `LANES` elements.
///
/// A value proves that the processor has the instructions: the functions that make one are unsafe and ask the caller for that
/// proof, and the operations on values are safe.
pub(super) trait Vector: Copy {
    /// What a lane holds.
    type Element: Real;
    /// Which lanes take part in a partial load or store.
    type Mask: Copy;
    /// Elements in a register, a power of two.
    const LANES: usize;
    /// Rows of the register tile of a matrix product: with two vectors a row, the accumulators and their operands fill the registers.
    const TILE_ROWS: usize;
    /// Rows of a block of dot products, which has four columns.
    const DOT_ROWS: usize;

    /// `value` in every lane.
    ///
    /// # Safety
    /// The processor has the instructions of this type.
    unsafe fn splat(value: Self::Element) -> Self;

    /// The `LANES` elements at `from`, which needs no alignment.
    ///
    /// # Safety
    /// The processor has the instructions of this type, and `LANES` elements may be read at `from`.
    unsafe fn load(from: *const Self::Element) -> Self;

    /// Writes the lanes to `to`, which needs no alignment.
    ///
    /// # Safety
    /// `LANES` elements may be written at `to`.
    unsafe fn store(self, to: *mut Self::Element);

    /// The mask of the first `count` lanes, all of them where `count` is larger.
    ///
    /// # Safety
    /// The processor has the instructions of this type.
    unsafe fn mask(count: usize) -> Self::Mask;

    /// The elements at `from` in the lanes of `mask`, zero in the others.
    ///
    /// # Safety
    /// The processor has the instructions of this type, and the elements of `mask` may be read.
    unsafe fn load_first(from: *const Self::Element, mask: Self::Mask) -> Self;

    /// Writes the lanes of `mask` to `to`.
    ///
    /// # Safety
    /// The elements of `mask` may be written.
    unsafe fn store_first(self, to: *mut Self::Element, mask: Self::Mask);

    /// `self + other`, lane by lane.
    fn add(self, other: Self) -> Self;

    /// `self·b + c`, lane by lane, fused where the instruction set is.
    fn mul_add(self, b: Self, c: Self) -> Self;

    /// The lanes of both, alternating, in two registers: `s₀ o₀ s₁ o₁ …`.
    fn zip(self, other: Self) -> (Self, Self);
}

/// Transposes the square of the first `LANES` registers.
///
/// With element `(i, j)` at the address `i·LANES + j` of the registers taken together, one round of zipping the halves rotates the
/// bits of every address by one; `log₂ LANES` rounds exchange the bits of `i` and `j`.
#[inline(always)]
pub(super) fn transpose<V: Vector>(rows: [V; MOST_LANES]) -> [V; MOST_LANES] {
    rotate(rows, V::LANES, V::LANES)
}

/// Rotates the address bits of the first `count` registers left, by as many as `places` has factors of two.
#[inline(always)]
pub(super) fn rotate<V: Vector>(
    mut registers: [V; MOST_LANES],
    count: usize,
    places: usize,
) -> [V; MOST_LANES] {
    let mut round = 1;
    while round < places {
        let before = registers;
        for i in 0..count / 2 {
            (registers[2 * i], registers[2 * i + 1]) = before[i].zip(before[i + count / 2]);
        }
        round *= 2;
    }
    registers
}

/// The sums of the lanes of the first `count` registers, `count` a power of two of at most `LANES`: that of register `i` at `i`.
///
/// Adding the two halves of a zip makes one register of two and interleaves their partial sums; the halves of the last are then added
/// until one partial sum of each register is left, in order.
#[inline(always)]
pub(super) fn lane_sums<V: Vector>(
    mut registers: [V; MOST_LANES],
    count: usize,
) -> [V::Element; MOST_LANES] {
    let mut left = count;
    while left > 1 {
        left /= 2;
        for i in 0..left {
            let (low, high) = registers[i].zip(registers[i + left]);
            registers[i] = low.add(high);
        }
    }
    let mut lanes = [V::Element::ZERO; MOST_LANES];
    // SAFETY: `LANES` is at most `MOST_LANES`.
    unsafe { registers[0].store(lanes.as_mut_ptr()) };
    let mut width = V::LANES / 2;
    while width >= count {
        for j in 0..width {
            lanes[j] += lanes[j + width];
        }
        width /= 2;
    }
    lanes
}

/// Asks for the cache line at `address`, which need not be valid.
#[inline(always)]
pub(super) fn prefetch<T>(address: *const T) {
    #[cfg(all(target_arch = "x86_64", feature = "std"))]
    // SAFETY: SSE is part of x86-64, and a prefetch of any address is a hint without effect on memory.
    unsafe {
        core::arch::x86_64::_mm_prefetch::<{ core::arch::x86_64::_MM_HINT_T0 }>(address.cast());
    }
    #[cfg(not(all(target_arch = "x86_64", feature = "std")))]
    let _ = address;
}
