//! Blocks of an operand copied into the order a tile reads them in.

use super::super::transpose::{narrow, squares};
use super::super::vector::Vector;

/// A block of `B` as panels of two vectors, the last of one where one is enough.
///
/// # Safety
/// The processor has the instructions of `V`; the block may be read, and written at `to` with its columns rounded up to whole vectors;
/// the two do not overlap.
#[inline(always)]
pub(super) unsafe fn b<V: Vector>(
    [depth, columns]: [usize; 2],
    from: *const V::Element,
    [row, column]: [usize; 2],
    to: *mut V::Element,
) {
    for j in (0..columns).step_by(2 * V::LANES) {
        let taken = (2 * V::LANES).min(columns - j);
        let to_row = taken.next_multiple_of(V::LANES);
        // SAFETY: the panel lies within the block and its place in `to`.
        unsafe {
            copy::<V>(
                [depth, taken],
                from.add(j * column),
                [row, column],
                to.add(j * depth),
                to_row,
            );
        };
    }
}

/// A block of `A` as groups of `TILE_ROWS` rows, each column of a group contiguous.
///
/// # Safety
/// As [`b`], with the rows rounded up to whole groups.
#[inline(always)]
pub(super) unsafe fn a<V: Vector>(
    [rows, depth]: [usize; 2],
    from: *const V::Element,
    [row, column]: [usize; 2],
    to: *mut V::Element,
) {
    let whole = rows - rows % V::TILE_ROWS;
    // SAFETY: every group lies within the block and its place in `to`.
    unsafe {
        match V::TILE_ROWS {
            8 if row == 1 => columns::<V, 8>([whole, depth], from, column, to),
            6 if row == 1 => columns::<V, 6>([whole, depth], from, column, to),
            4 if row == 1 => columns::<V, 4>([whole, depth], from, column, to),
            _ => {
                for i in (0..whole).step_by(V::TILE_ROWS) {
                    group::<V>(depth, from.add(i * row), [row, column], to.add(i * depth));
                }
            }
        }
        if whole < rows {
            let (from, to) = (from.add(whole * row), to.add(whole * depth));
            copy::<V>([depth, rows - whole], from, [column, row], to, V::TILE_ROWS);
        }
    }
}

/// Whole groups of `R` rows that are contiguous, column by column.
///
/// # Safety
/// As [`b`].
#[inline(always)]
unsafe fn columns<V: Vector, const R: usize>(
    [rows, depth]: [usize; 2],
    from: *const V::Element,
    column: usize,
    to: *mut V::Element,
) {
    for p in 0..depth {
        for i in (0..rows).step_by(R) {
            // SAFETY: the group is whole.
            unsafe {
                let rows = from.add(p * column + i).cast::<[V::Element; R]>().read_unaligned();
                to.add(i * depth + p * R).cast::<[V::Element; R]>().write_unaligned(rows);
            }
        }
    }
}

/// One whole group.
///
/// # Safety
/// As [`b`].
#[inline(always)]
unsafe fn group<V: Vector>(
    depth: usize,
    from: *const V::Element,
    [row, column]: [usize; 2],
    to: *mut V::Element,
) {
    let mut done = 0;
    // SAFETY: the columns done are whole vectors of contiguous elements, and the rest lies within the group.
    unsafe {
        if column == 1 && V::TILE_ROWS == 8 && V::LANES >= 8 {
            while done + V::LANES <= depth {
                narrow::<V, 8>(8, from.add(done), row, to.add(8 * done), V::LANES);
                done += V::LANES;
            }
        }
        let (from, to) = (from.add(done * column), to.add(done * V::TILE_ROWS));
        copy::<V>([depth - done, V::TILE_ROWS], from, [column, row], to, V::TILE_ROWS);
    }
}

/// Copies a `depth` × `width` block to `to`, its rows `to_row` apart: `to[p·to_row + j] = from[p·row + j·column]`.
///
/// # Safety
/// The processor has the instructions of `V`; all the elements named may be read and written, and the two blocks do not overlap.
#[inline(always)]
unsafe fn copy<V: Vector>(
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
            squares::<V>([depth, width], from, column, to, to_row);
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
