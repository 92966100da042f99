//! Blocks of numbers transposed through registers.

use super::real::Real;
use super::vector::{MOST_LANES, Vector, rotate, transpose};

/// `to[p·to_row + j] = from[j·column + p]` for `p` below `depth` and `j` below `width`, in squares of `LANES`.
///
/// # Safety
/// The processor has the instructions of `V`; all the elements named may be read and written, and the two blocks do not overlap.
#[inline(always)]
pub(super) unsafe fn squares<V: Vector>(
    [depth, width]: [usize; 2],
    from: *const V::Element,
    column: usize,
    to: *mut V::Element,
    to_row: usize,
) {
    let mut j = 0;
    // SAFETY: the squares lie within the block; what a square at the edge lacks is masked or zero and never written.
    unsafe {
        while j < width {
            let columns = V::LANES.min(width - j);
            let mut p = 0;
            while p < depth {
                let rows = V::LANES.min(depth - p);
                square::<V>(
                    [rows, columns],
                    from.add(j * column + p),
                    column,
                    to.add(p * to_row + j),
                    to_row,
                );
                p += V::LANES;
            }
            j += V::LANES;
        }
    }
}

/// One square, whole or partial.
///
/// # Safety
/// As [`squares`], with both extents at most `LANES`.
#[inline(always)]
unsafe fn square<V: Vector>(
    [rows, columns]: [usize; 2],
    from: *const V::Element,
    column: usize,
    to: *mut V::Element,
    to_row: usize,
) {
    // SAFETY: handed on by the caller.
    unsafe {
        let mut registers = [V::splat(V::Element::ZERO); MOST_LANES];
        if rows == V::LANES && columns == V::LANES {
            for (j, register) in registers.iter_mut().enumerate().take(V::LANES) {
                *register = V::load(from.add(j * column));
            }
            for (p, register) in transpose(registers).into_iter().enumerate().take(V::LANES) {
                register.store(to.add(p * to_row));
            }
            return;
        }
        let (down, across) = (V::mask(rows), V::mask(columns));
        for (j, register) in registers.iter_mut().enumerate().take(V::LANES) {
            if j < columns {
                *register = V::load_first(from.add(j * column), down);
            }
        }
        for (p, register) in transpose(registers).into_iter().enumerate().take(V::LANES) {
            if p < rows {
                register.store_first(to.add(p * to_row), across);
            }
        }
    }
}

/// `W` registers from addresses `from_step` apart to addresses `to_step` apart, the bits of the address of each element rotated by `places`.
///
/// `LANES` rows of `W` elements become `W` rows of `LANES` with `places = LANES`, and the other way with `places = W`.
///
/// # Safety
/// The processor has the instructions of `V`, and the registers may be read and written.
#[inline(always)]
pub(super) unsafe fn narrow<V: Vector, const W: usize>(
    places: usize,
    from: *const V::Element,
    from_step: usize,
    to: *mut V::Element,
    to_step: usize,
) {
    // SAFETY: handed on by the caller.
    unsafe {
        let mut registers = [V::splat(V::Element::ZERO); MOST_LANES];
        for (r, register) in registers.iter_mut().enumerate().take(W) {
            *register = V::load(from.add(r * from_step));
        }
        for (r, register) in rotate(registers, W, places).into_iter().enumerate().take(W) {
            register.store(to.add(r * to_step));
        }
    }
}
