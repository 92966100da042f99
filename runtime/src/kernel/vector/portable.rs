//! A vector of plain numbers, which the compiler turns into whatever registers the target has.

use super::super::arch::{Baseline, Isa};
use super::super::real::Real;
use super::Vector;

/// `L` elements that the target's own instructions work on.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub(in super::super) struct Lanes<T, const L: usize>([T; L]);

impl<T: Real, const L: usize> Vector for Lanes<T, L> {
    type Element = T;
    type Mask = usize;
    const LANES: usize = L;
    // 32 registers on AArch64; 16 on x86-64, and no fewer elsewhere that matters.
    const TILE_ROWS: usize = if cfg!(target_arch = "aarch64") { 8 } else { 4 };
    const DOT_ROWS: usize = 2;

    #[inline(always)]
    unsafe fn splat(value: T) -> Self {
        Lanes([value; L])
    }

    #[inline(always)]
    unsafe fn load(from: *const T) -> Self {
        // SAFETY: the caller vouches for `L` elements.
        Lanes(unsafe { from.cast::<[T; L]>().read_unaligned() })
    }

    #[inline(always)]
    unsafe fn store(self, to: *mut T) {
        // SAFETY: the caller vouches for `L` elements.
        unsafe { to.cast::<[T; L]>().write_unaligned(self.0) };
    }

    #[inline(always)]
    unsafe fn mask(count: usize) -> usize {
        count.min(L)
    }

    #[inline(always)]
    unsafe fn load_first(from: *const T, count: usize) -> Self {
        let mut lanes = [T::ZERO; L];
        for (j, lane) in lanes.iter_mut().enumerate() {
            if j < count {
                // SAFETY: the caller vouches for the elements below `count`.
                *lane = unsafe { *from.add(j) };
            }
        }
        Lanes(lanes)
    }

    #[inline(always)]
    unsafe fn store_first(self, to: *mut T, count: usize) {
        for (j, lane) in self.0.into_iter().enumerate() {
            if j < count {
                // SAFETY: the caller vouches for the elements below `count`.
                unsafe { *to.add(j) = lane };
            }
        }
    }

    #[inline(always)]
    fn add(mut self, other: Self) -> Self {
        for j in 0..L {
            self.0[j] += other.0[j];
        }
        self
    }

    #[inline(always)]
    fn mul_add(self, b: Self, mut c: Self) -> Self {
        for j in 0..L {
            let (x, y, z) = (self.0[j], b.0[j], c.0[j]);
            c.0[j] = if Baseline::FUSED { x.fused(y, z) } else { x * y + z };
        }
        c
    }

    #[inline(always)]
    fn zip(self, other: Self) -> (Self, Self) {
        let (mut low, mut high) = (self, other);
        for j in 0..L / 2 {
            (low.0[2 * j], low.0[2 * j + 1]) = (self.0[j], other.0[j]);
            (high.0[2 * j], high.0[2 * j + 1]) = (self.0[L / 2 + j], other.0[L / 2 + j]);
        }
        (low, high)
    }
}
