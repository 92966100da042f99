//! Columns of a Jacobian against their definition, in both orders.

use super::super::arch::{Isa, Kernel, on_every_isa};
use super::super::real::Real;
use super::{Columns, MatrixOrder, store_columns};

/// Stores one tile into a Jacobian of other columns.
#[derive(Clone)]
struct Store<T> {
    tile: Vec<T>,
    extents: [usize; 3],
    columns: Columns,
}

impl<T: Real> Kernel for Store<T> {
    type Output = Vec<T>;

    fn run<I: Isa>(self, isa: I) -> Vec<T> {
        let height = self.columns.examples * self.extents[0];
        let mut jacobian = vec![T::from_f64(-1.0); height * self.columns.all];
        store_columns(isa, &self.tile, self.extents, self.columns, &mut jacobian);
        jacobian
    }
}

fn check<T: Real>([outputs, elements, rows]: [usize; 3], order: MatrixOrder) {
    let [first, offset, all] = [3, 2, elements + 5];
    let columns = Columns { first, examples: first + rows + 1, offset, all, order };
    let tile = (0..outputs * elements * rows).map(|i| T::from_f64(i as f64)).collect();
    let kernel = Store { tile, extents: [outputs, elements, rows], columns };
    let height = columns.examples * outputs;
    for (isa, jacobian) in on_every_isa(&kernel) {
        let mut expected = vec![T::from_f64(-1.0); jacobian.len()];
        for (index, value) in kernel.tile.iter().enumerate() {
            let (o, e, n) = (index / rows / elements, index / rows % elements, index % rows);
            let (i, j) = ((first + n) * outputs + o, offset + e);
            expected[match order {
                MatrixOrder::RowMajor => i * all + j,
                MatrixOrder::ColumnMajor => j * height + i,
            }] = *value;
        }
        assert!(jacobian == expected, "{isa}: {outputs}×{elements} of {rows} in {order:?}");
    }
}

#[test]
fn columns_go_to_their_places() {
    for outputs in [1, 3] {
        for elements in [0, 1, 4, 6, 8, 12, 17, 33] {
            for rows in [0, 1, 5, 8, 16, 37] {
                for order in [MatrixOrder::RowMajor, MatrixOrder::ColumnMajor] {
                    check::<f32>([outputs, elements, rows], order);
                    check::<f64>([outputs, elements, rows], order);
                }
            }
        }
    }
}
