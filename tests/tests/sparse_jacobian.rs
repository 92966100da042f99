//! The Jacobian without its zeros is the Jacobian.

use chainrule::derivatives::{CompressedRows, MatrixOrder, SparseJacobian};
use chainrule::prelude::*;

/// Points seen by cameras: an index chooses each.
#[model(loss = squared_error, scalar = f64, dims(C, P), derivatives(jacobian, sparse_jacobian))]
fn bundle(
    camera: Index<C>,
    point: Index<P>,
    cameras: Param<C, 4>,
    points: Param<P, 3>,
    scale: Param,
) -> Output<2> {
    let seen = points[point];
    let by = cameras[camera];
    let depth = seen[2] + by[3];
    scale * stack((seen[0] - by[0]) / depth, (seen[1] - by[1]) * by[2] / depth)
}

/// Rows of one table, which may be the same row; a parameter without places.
#[model(loss = squared_error, scalar = f64, derivatives(jacobian, sparse_jacobian))]
fn words(first: Index<5>, others: Index<5, 2>, table: Param<5, 3>, w: Param<3>) -> Output {
    let others = table[others];
    table[first].dot(w) * others[0].dot(w) + others[1].dot(w.tanh())
}

/// Places that a loop chooses are not told apart.
#[model(loss = squared_error, scalar = f32, derivatives(jacobian, sparse_jacobian))]
fn chain(tokens: Index<4, 3>, table: Param<4, 2>, bias: Param<2>) -> Output<2> {
    let mut state = bias;
    for t in 0..3 {
        state = tanh(state + table[tokens[t]]);
    }
    state
}

/// The sparse Jacobian, which is checked against the dense one.
fn sparse<M: Jacobian + SparseJacobian>(
    model: &M,
    batch: &M::Batch<'_>,
) -> Result<CompressedRows<M::Scalar>, chainrule::Error> {
    let (residuals, dense) = model.residuals_and_jacobian(batch, MatrixOrder::RowMajor);
    let mut jacobian = model.sparse_jacobian(batch)?;
    let mut workspace = model.workspace();
    // The second time, the values of the first are there.
    for _ in 0..2 {
        let mut found = residuals.clone();
        model.residuals_and_sparse_jacobian_into(batch, &mut found, &mut jacobian, &mut workspace);
        assert_eq!(found, residuals);
        assert_eq!(jacobian.to_dense(), dense);
    }
    for bounds in jacobian.row_starts().windows(2) {
        assert!(jacobian.column_indices()[bounds[0]..bounds[1]].is_sorted_by(|a, b| a < b));
    }
    assert_eq!((jacobian.rows(), jacobian.columns()), (residuals.len(), model.parameters().len()));
    Ok(jacobian)
}

fn indices(count: usize, factor: usize, bound: usize) -> Vec<u32> {
    (0..count).map(|i| (i * factor % bound) as u32).collect()
}

#[test]
fn rows_have_the_columns_that_indices_choose() -> Result<(), chainrule::Error> {
    let dims = BundleDims { c: 7, p: 20 };
    let (camera, point) = (indices(600, 5, 7), indices(600, 3, 20));
    let batch = Bundle::batch(dims, &camera, &point, &[0.5; 1200])?;
    let jacobian = sparse(&Bundle::seeded(dims, 3)?, &batch)?;
    assert_eq!(jacobian.values().len(), 1200 * (4 + 3 + 1));
    Ok(())
}

#[test]
fn columns_that_occur_twice_are_added_up() -> Result<(), chainrule::Error> {
    let batch = Words::batch(&[0, 1, 2], &[0, 0, 1, 2, 3, 4], &[1.0; 3])?;
    let jacobian = sparse(&Words::seeded(3), &batch)?;
    let lengths: Vec<usize> = jacobian.row_starts().windows(2).map(|row| row[1] - row[0]).collect();
    assert_eq!(lengths, [3 + 3, 6 + 3, 9 + 3]);
    Ok(())
}

#[test]
fn a_parameter_of_a_loop_has_all_its_columns() -> Result<(), chainrule::Error> {
    let tokens = indices(30, 7, 4);
    let batch = Chain::batch(&tokens, &[0.0; 20])?;
    let jacobian = sparse(&Chain::seeded(1), &batch)?;
    assert_eq!(jacobian.values().len(), 20 * 10);
    Ok(())
}
