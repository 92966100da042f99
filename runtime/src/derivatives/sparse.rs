//! Matrices in compressed rows.

use alloc::vec::Vec;

use crate::batch::require_countable;
use crate::error::Error;
use crate::kernel::real::Real;

/// A sparse matrix in compressed rows (CSR): the columns of each row ascend, and none occurs twice.
///
/// Row `i` has the elements from `row_starts()[i]` to `row_starts()[i + 1]` of `column_indices()` and `values()`, which is what `nalgebra`,
/// `faer`, `sprs` and SciPy make their own matrices of.
///
/// # Examples
/// ```
/// use chainrule::derivatives::{CompressedRows, SparseJacobian};
/// use chainrule::prelude::*;
///
/// // Each measurement is of one point, seen by one instrument with an offset.
/// #[model(loss = squared_error, scalar = f64, derivatives(sparse_jacobian))]
/// fn survey(instrument: Index<2>, point: Index<3>, offset: Param<2>, height: Param<3>) -> Output {
///     offset[instrument] + height[point]
/// }
///
/// # fn main() -> Result<(), chainrule::Error> {
/// let batch = Survey::batch(&[0, 0, 1], &[0, 2, 1], &[1.0, 2.0, 3.0])?;
/// let model = Survey::zeros();
/// let mut jacobian = model.sparse_jacobian(&batch)?;
/// let mut residuals = [0.0; 3];
/// model.residuals_and_sparse_jacobian_into(&batch, &mut residuals, &mut jacobian, &mut model.workspace());
/// assert_eq!(jacobian.column_indices(), [0, 2, 0, 4, 1, 3]);
/// assert_eq!(jacobian.values(), [1.0; 6]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CompressedRows<T> {
    columns: usize,
    row_starts: Vec<usize>,
    column_indices: Vec<usize>,
    values: Vec<T>,
    scattered: Option<Scattered<T>>,
}

/// Entries as they are computed, where they are not the elements in their order.
#[derive(Clone, Debug, PartialEq)]
struct Scattered<T> {
    entries: Vec<T>,
    /// The element that each entry is a part of.
    places: Vec<usize>,
}

impl<T: Real> CompressedRows<T> {
    /// The pattern in which each of the `outputs` rows of an example has the columns that `columns` lists for it; the values are 0.
    ///
    /// # Errors
    /// [`Error::IndexBound`] if the scalar type cannot count all columns.
    pub fn of_columns(
        [examples, outputs]: [usize; 2],
        all: usize,
        columns: &[T],
    ) -> Result<Self, Error> {
        require_countable::<T>("jacobian", all)?;
        let width = columns.len().checked_div(examples).unwrap_or(0);
        let mut rows = CompressedRows {
            columns: all,
            row_starts: vec![0],
            column_indices: Vec::new(),
            values: Vec::new(),
            scattered: None,
        };
        let mut places = Vec::new();
        let mut is_in_order = true;
        for example in columns.chunks_exact(width.max(1)) {
            let listed: Vec<usize> =
                example.iter().map(|column| column.to_f64() as usize).collect();
            let mut present = listed.clone();
            present.sort_unstable();
            present.dedup();
            is_in_order &= present == listed;
            for _ in 0..outputs {
                let start = rows.column_indices.len();
                let place = |column| start + present.partition_point(|&other| other < column);
                places.extend(listed.iter().map(|&column| place(column)));
                rows.column_indices.extend(&present);
                rows.row_starts.push(rows.column_indices.len());
            }
        }
        if width == 0 {
            rows.row_starts.resize(examples * outputs + 1, 0);
        }
        rows.values = vec![T::ZERO; rows.column_indices.len()];
        if !is_in_order {
            rows.scattered = Some(Scattered { entries: vec![T::ZERO; places.len()], places });
        }
        Ok(rows)
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.row_starts.len() - 1
    }

    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Where each row begins, and where the last ends.
    pub fn row_starts(&self) -> &[usize] {
        &self.row_starts
    }

    /// The column of each element.
    pub fn column_indices(&self) -> &[usize] {
        &self.column_indices
    }

    /// The elements.
    pub fn values(&self) -> &[T] {
        &self.values
    }

    /// The elements, to be changed.
    pub fn values_mut(&mut self) -> &mut [T] {
        &mut self.values
    }

    /// The matrix with its zeros, row-major.
    pub fn to_dense(&self) -> Vec<T> {
        let mut dense = vec![T::ZERO; self.rows() * self.columns];
        for (row, bounds) in self.row_starts.windows(2).enumerate() {
            for element in bounds[0]..bounds[1] {
                dense[row * self.columns + self.column_indices[element]] = self.values[element];
            }
        }
        dense
    }

    /// Where the entries of each row go as they are computed.
    ///
    /// # Panics
    /// If there are not so many rows with so many entries.
    #[doc(hidden)]
    pub fn entries_mut(&mut self, rows: usize, entries: usize) -> &mut [T] {
        let found = self.rows();
        let of_entries = match &mut self.scattered {
            Some(scattered) => &mut scattered.entries,
            None => &mut self.values,
        };
        assert!(
            found == rows && of_entries.len() == rows * entries,
            "the sparse Jacobian was made for {found} residuals, the batch has {rows}"
        );
        of_entries
    }

    /// Adds the entries up to the elements they are parts of.
    #[doc(hidden)]
    pub fn add_up_entries(&mut self) {
        let Some(Scattered { entries, places }) = &self.scattered else { return };
        self.values.fill(T::ZERO);
        for (entry, &place) in entries.iter().zip(places) {
            self.values[place] += *entry;
        }
    }
}
