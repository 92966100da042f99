//! Blocks of an operand copied into the order a tile reads them in.

use super::super::real::Real;
use super::super::vector::{MOST_LANES, Vector, transpose};

/// Copies a `depth` × `width` block to `to`, its rows `to_row` apart: `to[p·to_row + j] = from[p·row + j·column]`.
///
/// # Safety
/// The processor has the instructions of `V`; all the elements named may be read and written, and the two blocks do not overlap.
#[inline(always)]
pub(super) unsafe fn copy<V: Vector>(
    [depth, width]: [usize; 2],
    from: *const V::Element,
    [row, column]: [usize; 2],
    to: *mut V::Element,
    to_row: usize,
) {
    // SAFETY: handed on by the caller; the strides are those of the case.
    unsafe {
        if column == 1 {
            rows::<V>([depth, width], from, row, to, to_row);
        } else if row == 1 {
            transposed::<V>([depth, width], from, column, to, to_row);
        } else {
            for p in 0..depth {
                for j in 0..width {
                    *to.add(p * to_row + j) = *from.add(p * row + j * column);
                }
            }
        }
    }
}

/// The case of contiguous rows.
///
/// # Safety
/// As [`copy`].
#[inline(always)]
unsafe fn rows<V: Vector>(
    [depth, width]: [usize; 2],
    from: *const V::Element,
    row: usize,
    to: *mut V::Element,
    to_row: usize,
) {
    // SAFETY: whole vectors lie within the width, and the mask leaves out what is past it.
    unsafe {
        let edge = V::mask(width % V::LANES);
        for p in 0..depth {
            let (from, to) = (from.add(p * row), to.add(p * to_row));
            let mut j = 0;
            while j + V::LANES <= width {
                V::load(from.add(j)).store(to.add(j));
                j += V::LANES;
            }
            if j < width {
                V::load_first(from.add(j), edge).store_first(to.add(j), edge);
            }
        }
    }
}

/// The case of contiguous columns: a transposition, in squares of `LANES`.
///
/// # Safety
/// As [`copy`].
#[inline(always)]
pub(in super::super) unsafe fn transposed<V: Vector>(
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
/// As [`copy`], with both extents at most `LANES`.
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
