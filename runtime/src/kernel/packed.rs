//! The elements of a matrix of `faer` as one slice.

use faer_0_24::MatRef;

/// The elements row by row, if they lie so in memory and without gaps.
pub(crate) fn row_major<T>(matrix: MatRef<'_, T>) -> Option<&[T]> {
    let (rows, columns) = matrix.shape();
    let is_dense = columns <= 1 || matrix.col_stride() == 1;
    let is_stacked = rows <= 1 || matrix.row_stride() == columns as isize;
    if !(is_dense && is_stacked) {
        return None;
    }
    // SAFETY: the element `[i, j]` lies `i·columns + j` elements after the pointer, so that the `rows·columns` elements from the pointer on
    // are those of the matrix, each once. faer promises that they lie in one allocation and may be read for the
    // lifetime of the matrix, which is that of the result; its pointer is never null.
    Some(unsafe { core::slice::from_raw_parts(matrix.as_ptr(), rows * columns) })
}
