//! Between the caller's examples, one a row, and the tiles of a step, one feature a row.

use core::ops::Range;

use super::arch::Isa;
use super::real::Real;
use super::transpose::{narrow, squares};
use super::vector::Vector;

#[cfg(test)]
mod tests;

/// Takes `count` rows of `width` values from row `first` on into a tile: `tile[j·count + i] = values[(first + i)·width + j]`.
///
/// # Panics
/// Where `values` or `tile` is too short.
///
/// # Examples
/// ```
/// use chainrule::kernel::arch::{Isa, Kernel, dispatch};
/// use chainrule::kernel::rows::load_rows;
///
/// struct Load<'a>(&'a [f32], &'a mut [f32]);
/// impl Kernel for Load<'_> {
///     type Output = ();
///     fn run<I: Isa>(self, isa: I) {
///         load_rows(isa, self.0, 3, 1, 2, self.1);
///     }
/// }
///
/// let mut tile = [0.0; 6];
/// dispatch(Load(&[0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &mut tile));
/// assert_eq!(tile, [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
/// ```
#[inline(always)]
pub fn load_rows<I: Isa, T: Real>(
    isa: I,
    values: &[T],
    width: usize,
    first: usize,
    count: usize,
    tile: &mut [T],
) {
    let values = &values[first * width..][..count * width];
    if I::IS_ONE_BY_ONE && count == 1 {
        copy(values, tile);
    } else {
        T::transpose(isa, [count, width], values, &mut tile[..width * count]);
    }
}

/// Writes the `width` features of a tile of `count` examples as rows: `rows[i·width + j] = tile[j·count + i]`.
///
/// # Panics
/// Where `tile` or `rows` is too short.
#[inline(always)]
pub fn store_rows<I: Isa, T: Real>(isa: I, tile: &[T], width: usize, count: usize, rows: &mut [T]) {
    let (tile, rows) = (&tile[..width * count], &mut rows[..count * width]);
    if I::IS_ONE_BY_ONE && count == 1 {
        copy(tile, rows);
    } else {
        T::transpose(isa, [width, count], tile, rows);
    }
}

/// All of `to` from the beginning of `from`, without a call.
#[inline(always)]
fn copy<T: Copy>(from: &[T], to: &mut [T]) {
    assert_eq!(from.len(), to.len(), "a tile has another length than its rows");
    for (to, from) in to.iter_mut().zip(from) {
        *to = *from;
    }
}

/// Takes `count` rows of `width` indices from row `first` on as numbers: `tile[j·count + i] = values[(first + i)·width + j]`.
///
/// # Panics
/// Where `values` or `tile` is too short, and where an index has no exact counterpart in `T` (above 2²⁴ in `f32`).
#[inline]
pub fn load_indices<T: Real>(
    values: &[u32],
    width: usize,
    first: usize,
    count: usize,
    tile: &mut [T],
) {
    let values = &values[first * width..][..count * width];
    for (place, feature) in tile[..width * count].chunks_exact_mut(count).enumerate() {
        for (to, row) in feature.iter_mut().zip(values.chunks_exact(width)) {
            let index = f64::from(row[place]);
            *to = T::from_f64(index);
            assert!(to.to_f64() == index, "an index is too large for the scalar of the model");
        }
    }
}

/// A class, which is a number here, as the index it is.
#[inline(always)]
pub fn as_index<T: Real>(number: T) -> usize {
    number.to_f64() as usize
}

/// Bytes of a cache line, and of the widest vector.
const LINE: usize = 64;

/// Cuts a workspace into pieces of the given lengths, in their order.
///
/// Where it is longer than they are together, pieces begin on cache lines, so that no vector lies on two, and a line apart: pieces whose
/// lengths are powers of two would else compete for the same few places in the first-level cache.
///
/// # Panics
/// Where it is shorter than their sum.
#[inline(always)]
pub fn carve<T: 'static, const K: usize>(
    workspace: &mut [T],
    lengths: [usize; K],
) -> [&mut [T]; K] {
    let mut room = workspace.len().saturating_sub(lengths.iter().sum());
    let mut rest = workspace;
    let mut pieces = [const { nothing() }; K];
    for (piece, length) in pieces.iter_mut().zip(lengths) {
        let gap = rest.as_ptr().align_offset(LINE).saturating_add(LINE / size_of::<T>());
        if gap <= room {
            room -= gap;
            rest = &mut core::mem::take(&mut rest)[gap..];
        }
        let (first, after) = core::mem::take(&mut rest).split_at_mut(length);
        *piece = first;
        rest = after;
    }
    pieces
}

/// A slice of no elements.
const fn nothing<T>() -> &'static mut [T] {
    &mut []
}

/// Below this width a whole square would be mostly empty.
const NARROW: usize = 6;

/// `to[j·rows + i] = from[i·columns + j]`, for one instruction set.
///
/// # Safety
/// The processor has the instructions of `V`.
///
/// # Panics
/// Where a slice does not have `rows·columns` elements.
#[inline(always)]
pub(super) unsafe fn transpose_of<V: Vector>(
    [rows, columns]: [usize; 2],
    from: &[V::Element],
    to: &mut [V::Element],
) {
    assert!(
        rows.checked_mul(columns) == Some(from.len()) && from.len() == to.len(),
        "a tile has another length than its rows"
    );
    if rows == 1 || columns == 1 {
        to.copy_from_slice(from);
        return;
    }
    // SAFETY: both slices have `rows·columns` elements, and every access is at an index below that.
    unsafe {
        let (source, target) = (from.as_ptr(), to.as_mut_ptr());
        if is_narrow::<V>(columns) {
            let done = rows - rows % V::LANES;
            for i in (0..done).step_by(V::LANES) {
                let (source, target) = (source.add(i * columns), target.add(i));
                match columns {
                    2 => narrow::<V, 2>(V::LANES, source, V::LANES, target, rows),
                    4 => narrow::<V, 4>(V::LANES, source, V::LANES, target, rows),
                    _ => narrow::<V, 8>(V::LANES, source, V::LANES, target, rows),
                }
            }
            scalars([rows, columns], done..rows, 0..columns, from, to);
        } else if is_narrow::<V>(rows) {
            let done = columns - columns % V::LANES;
            for j in (0..done).step_by(V::LANES) {
                let (source, target) = (source.add(j), target.add(j * rows));
                match rows {
                    2 => narrow::<V, 2>(2, source, columns, target, V::LANES),
                    4 => narrow::<V, 4>(4, source, columns, target, V::LANES),
                    _ => narrow::<V, 8>(8, source, columns, target, V::LANES),
                }
            }
            scalars([rows, columns], 0..rows, done..columns, from, to);
        } else if rows.min(columns) < NARROW {
            scalars([rows, columns], 0..rows, 0..columns, from, to);
        } else {
            squares::<V>([columns, rows], source, columns, target, rows);
        }
    }
}

/// `to[j·stride + i] = from[i·columns + j]`, for one instruction set.
///
/// # Safety
/// The processor has the instructions of `V`.
///
/// # Panics
/// Where `from` does not have `rows·columns` elements, `to` is too short, or its rows overlap.
#[inline(always)]
pub(super) unsafe fn spread_of<V: Vector>(
    [rows, columns]: [usize; 2],
    from: &[V::Element],
    to: &mut [V::Element],
    stride: usize,
) {
    assert!(
        rows.checked_mul(columns) == Some(from.len()),
        "a tile has another length than its rows"
    );
    if from.is_empty() {
        return;
    }
    let length = (columns - 1).saturating_mul(stride).saturating_add(rows);
    assert!(rows <= stride && length <= to.len(), "the rows overlap or have no room");
    if rows < NARROW {
        for (j, row) in to.chunks_mut(stride).enumerate().take(columns) {
            for (i, place) in row.iter_mut().enumerate().take(rows) {
                *place = from[i * columns + j];
            }
        }
        return;
    }
    // SAFETY: `from` has `rows·columns` elements, and the last that is written is at `length − 1`.
    unsafe {
        squares::<V>([columns, rows], from.as_ptr(), columns, to.as_mut_ptr(), stride);
    }
}

/// Whether a matrix of this width is moved by [`narrow`].
#[inline(always)]
fn is_narrow<V: Vector>(width: usize) -> bool {
    width > 1 && width < V::LANES && width.is_power_of_two()
}

/// The elements of some rows and columns, one by one.
#[inline(always)]
fn scalars<T: Copy>(
    [height, width]: [usize; 2],
    rows: Range<usize>,
    columns: Range<usize>,
    from: &[T],
    to: &mut [T],
) {
    for j in columns {
        for i in rows.clone() {
            to[j * height + i] = from[i * width + j];
        }
    }
}
