//! Parts of matrices that a step hands over: the columns of a Jacobian, the blocks of a symmetric matrix.

use super::arch::Isa;
use super::real::Real;
use crate::derivatives::MatrixOrder;

#[cfg(test)]
mod tests;

/// Where in a Jacobian the columns for an argument are.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// The first example of the tile.
    pub first: usize,
    /// The examples of the batch.
    pub examples: usize,
    /// The first column.
    pub offset: usize,
    /// All columns.
    pub all: usize,
    /// How the Jacobian lies in memory.
    pub order: MatrixOrder,
}

/// Writes derivatives of a tile: with `i = (first + n)·outputs + o` and `j = offset + e`, `J[i, j] = tile[(o·elements + e)·rows + n]`.
///
/// # Panics
/// Where `tile` or `jacobian` is too short.
#[inline(always)]
pub fn store_columns<I: Isa, T: Real>(
    isa: I,
    tile: &[T],
    [outputs, elements, rows]: [usize; 3],
    columns: Columns,
    jacobian: &mut [T],
) {
    if rows == 0 {
        return;
    }
    isa.run(
        #[inline(always)]
        || match columns.order {
            MatrixOrder::RowMajor => {
                by_rows(isa, tile, [outputs, elements, rows], columns, jacobian);
            }
            MatrixOrder::ColumnMajor => {
                by_columns(tile, [outputs, elements, rows], columns, jacobian);
            }
        },
    );
}

#[inline(always)]
fn by_rows<I: Isa, T: Real>(
    isa: I,
    tile: &[T],
    [outputs, elements, rows]: [usize; 3],
    columns: Columns,
    jacobian: &mut [T],
) {
    for o in 0..outputs {
        let values = &tile[o * elements * rows..][..elements * rows];
        let start = (columns.first * outputs + o) * columns.all + columns.offset;
        T::spread(isa, [elements, rows], values, &mut jacobian[start..], outputs * columns.all);
    }
}

#[inline(always)]
fn by_columns<T: Real>(
    tile: &[T],
    [outputs, elements, rows]: [usize; 3],
    columns: Columns,
    jacobian: &mut [T],
) {
    let height = columns.examples * outputs;
    for o in 0..outputs {
        for e in 0..elements {
            let values = &tile[(o * elements + e) * rows..][..rows];
            let column = &mut jacobian[(columns.offset + e) * height..][..height];
            let column = &mut column[columns.first * outputs..][..rows * outputs];
            if outputs == 1 {
                column.copy_from_slice(values);
            } else {
                for (place, value) in column[o..].iter_mut().step_by(outputs).zip(values) {
                    *place = *value;
                }
            }
        }
    }
}

/// Writes a block of a symmetric matrix of so many columns, and its transpose across the diagonal.
///
/// # Panics
/// Where `block` or `matrix` is too short.
pub fn store_block<T: Real>(
    block: &[T],
    [row, column]: [usize; 2],
    [height, width]: [usize; 2],
    all: usize,
    matrix: &mut [T],
) {
    for i in 0..height {
        let values = &block[i * width..][..width];
        matrix[(row + i) * all + column..][..width].copy_from_slice(values);
        for (j, value) in values.iter().enumerate() {
            matrix[(column + j) * all + row + i] = *value;
        }
    }
}
