//! Tables from arrays of `ndarray` 0.17.

use ndarray_0_17::ArrayRef2;

use crate::error::Error;
use crate::kernel::real::Real;

use super::dataset::Dataset;

impl Dataset {
    /// Numbers from a matrix with a column for each name, in any order in memory.
    ///
    /// # Errors
    /// - [`Error::Shape`]: another number of columns than names.
    /// - [`Error::Data`]: an infinite number, a name given twice.
    ///
    /// # Examples
    /// ```
    /// use chainrule::data::Dataset;
    /// # use ndarray_0_17 as ndarray;
    /// use ndarray::array;
    ///
    /// let matrix = array![[1.0, 2.0], [3.0, f64::NAN]];
    /// let dataset = Dataset::from_view("matrix", ["a", "b"], &matrix.view())?;
    /// assert_eq!(dataset.inputs::<f32>(["a"])?, [1.0, 3.0]);
    /// assert_eq!(dataset.missing("b")?, 1);
    /// # Ok::<(), chainrule::Error>(())
    /// ```
    pub fn from_view<T: Real>(
        name: impl Into<String>,
        columns: impl IntoIterator<Item = impl AsRef<str>>,
        matrix: &ArrayRef2<T>,
    ) -> Result<Self, Error> {
        let names: Vec<_> = columns.into_iter().collect();
        let [rows, width] = [matrix.nrows(), matrix.ncols()];
        if width != names.len() {
            let (expected, found) = (vec![rows, names.len()], vec![rows, width]);
            return Err(Error::Shape { name: "matrix", expected, found });
        }
        let columns = names.iter().zip(matrix.columns());
        columns.into_iter().try_fold(Dataset::new(name), |dataset, (name, column)| {
            dataset.numbers(name.as_ref(), &column.to_vec())
        })
    }
}
