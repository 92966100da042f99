//! Functions of matrices as a reader of equations computes them: one example after the other, by the values of the table.

use chainrule_compiler::functions::matrix::{MatrixFunction, Notation, matrix_functions};
use chainrule_compiler::mathematics::{Math, Times};

use super::algebra::Array;

/// The function that is applied, and its operands.
pub fn application(math: &Math) -> Option<(&'static MatrixFunction, Vec<&Math>)> {
    let find = |wanted: Notation| matrix_functions().find(|row| row.notation == wanted);
    match math {
        Math::Inverse(a) => Some((find(Notation::Inverse)?, vec![a])),
        Math::Apply(outer, inner) => match inner.as_slice() {
            [Math::Apply(name, operands)] if find(Notation::Of(outer, name)).is_some() => {
                Some((find(Notation::Of(outer, name))?, operands.iter().collect()))
            }
            operands => Some((find(Notation::Function(outer))?, operands.iter().collect())),
        },
        Math::Product(Times::Matrix, factors) => match factors.as_slice() {
            [Math::Inverse(a), b] => match &**a {
                Math::Apply(triangle, inner) => {
                    Some((find(Notation::Solution(triangle))?, vec![inner.first()?, b]))
                }
                whole => Some((find(Notation::Solution(""))?, vec![whole, b])),
            },
            _ => None,
        },
        _ => None,
    }
}

/// The last two axes exchanged, for each example.
pub fn transposed(array: &Array) -> Array {
    let Some(&n) = array.shape.last() else { return array.clone() };
    let place = |place: usize| place / (n * n) * n * n + place % n * n + place / n % n;
    let data = (0..array.data.len()).map(|to| array.data[place(to)]).collect();
    Array { shape: array.shape.clone(), data }
}

/// The function of each example's matrix, or of the one that all examples share.
pub fn applied(row: &MatrixFunction, operands: &[Array]) -> Result<Array, String> {
    let matrix = operands.first().ok_or("a function of nothing")?;
    let n = *matrix.shape.last().ok_or("a matrix without axes")?;
    let is_batched = |array: &Array, own: usize| array.shape.len() > own;
    if let [_, b] = operands {
        return solutions(row, n, matrix, b);
    }
    let examples = if is_batched(matrix, 2) { matrix.shape[0] } else { 1 };
    let each = matrix.data.chunks_exact(n * n);
    let data: Vec<f64> = each.flat_map(|one| (row.value)(n, &[one.to_vec()])).collect();
    let own = vec![n; row.result.len()];
    let first = is_batched(matrix, 2).then_some(examples);
    Ok(Array { shape: first.into_iter().chain(own).collect(), data })
}

/// Right-hand sides of `[n]`, `[n, c]`, or with the example first; of rank 2 it is what the extents say.
fn solutions(row: &MatrixFunction, n: usize, matrix: &Array, b: &Array) -> Result<Array, String> {
    let is_shared = matrix.shape.len() == 2;
    let has_columns = b.shape.len() == 3 || (is_shared && b.shape.len() == 2 && b.shape[0] == n);
    let columns = if has_columns { *b.shape.last().unwrap_or(&1) } else { 1 };
    let mut data = vec![0.0; b.data.len()];
    for place in 0..b.data.len() / n {
        let (example, column) = (place / columns, place % columns);
        let at = |k: usize| example * n * columns + k * columns + column;
        let own = if is_shared { 0 } else { example * n * n };
        let a = matrix.data.get(own..own + n * n).ok_or("fewer matrices than right-hand sides")?;
        let right = (0..n).map(|k| b.data[at(k)]).collect();
        for (k, value) in (row.value)(n, &[a.to_vec(), right]).into_iter().enumerate() {
            data[at(k)] = value;
        }
    }
    Ok(Array { shape: b.shape.clone(), data })
}
