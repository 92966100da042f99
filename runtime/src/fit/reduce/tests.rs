use super::Triangle;

/// Numbers without a pattern, of very different columns.
fn element(row: usize, column: usize) -> f64 {
    let wave = (0.7 + row as f64 * 1.3 + column as f64 * 2.1).sin();
    wave * 10.0_f64.powi(column as i32 * 4 - 8)
}

fn triangle(rows: usize, columns: usize) -> Triangle {
    let mut triangle = Triangle::new(columns);
    triangle.factorize(rows, |first, count, block| {
        let height = block.len() / columns;
        for (column, values) in block.chunks_exact_mut(height).enumerate() {
            for (row, value) in values[..count].iter_mut().enumerate() {
                *value = element(first + row, column);
            }
        }
    });
    triangle
}

#[test]
fn the_triangle_has_the_products_of_the_columns() {
    for rows in [1, 4, 127, 128, 129, 1000] {
        let triangle = triangle(rows, 4);
        for i in 0..4 {
            let norm = |i: usize| (0..rows).map(|row| element(row, i).powi(2)).sum::<f64>().sqrt();
            assert!((triangle.column_norm(i) / norm(i) - 1.0).abs() < 1e-13);
            for j in i..4 {
                let right: f64 = (0..rows).map(|row| element(row, i) * element(row, j)).sum();
                let found: f64 =
                    (0..=i).map(|row| triangle.get(row, i) * triangle.get(row, j)).sum();
                assert!((found - right).abs() <= 1e-13 * norm(i) * norm(j), "{rows} rows, {i} {j}");
            }
        }
    }
}

/// The gradient of `‖J·h + f‖²` is zero at the step.
#[test]
fn the_step_minimizes_the_linear_model() {
    let rows = 300;
    let step = triangle(rows, 4).step().expect("full rank");
    let value = |row: usize| {
        (0..3).map(|column| element(row, column) * step[column]).sum::<f64>() + element(row, 3)
    };
    for column in 0..3 {
        let product: f64 = (0..rows).map(|row| element(row, column) * value(row)).sum();
        let size: f64 = (0..rows).map(|row| (element(row, column) * element(row, 3)).abs()).sum();
        assert!(product.abs() <= 1e-11 * size, "{product} of {size}");
    }
}

#[test]
fn a_column_of_zeros_leaves_no_step() {
    let mut triangle = Triangle::new(2);
    triangle.factorize(5, |_, count, block| {
        let (left, right) = block.split_at_mut(block.len() / 2);
        left.fill(0.0);
        right[..count].fill(1.0);
    });
    assert_eq!(triangle.step(), None);
    assert_eq!(triangle.column_norm(0), 0.0);
}

/// Columns that are far from each other have the same triangle, up to the signs of its rows; columns that are not are refused.
#[test]
fn products_of_columns_give_the_triangle_where_columns_are_apart() {
    let value = |row: usize, column: usize, distance: f64| {
        let wave = |column: usize| (0.7 + row as f64 * (1.3 + 0.41 * column as f64)).sin();
        let own = if column == 3 { wave(2) + distance * wave(3) } else { wave(column) };
        own * 10.0_f64.powi(column as i32 * 4 - 8)
    };
    let fill = |distance: f64| {
        move |first: usize, count: usize, block: &mut [f64]| {
            let height = block.len() / 4;
            for (column, values) in block.chunks_exact_mut(height).enumerate() {
                for (row, element) in values[..count].iter_mut().enumerate() {
                    *element = value(first + row, column, distance);
                }
            }
        }
    };
    for rows in [5, 128, 300] {
        let [mut right, mut found] = [Triangle::new(4), Triangle::new(4)];
        right.factorize(rows, fill(1.0));
        assert!(found.factorize_products(rows, fill(1.0)));
        for i in 0..4 {
            let sign = right.get(i, i).signum();
            for j in i..4 {
                let difference = (found.get(i, j) - sign * right.get(i, j)).abs();
                assert!(difference <= 1e-12 * right.column_norm(j), "{rows} rows, {i} {j}");
            }
        }
        assert!(!found.factorize_products(rows, fill(1e-6)));
    }
}

/// Columns used where they lie give what blocks of them give, at sizes that fill no block, no vector and no group of columns.
#[test]
fn columns_where_they_lie_have_the_triangle_of_their_blocks() {
    let value = |row: usize, column: usize| (0.7 + row as f64 * (1.3 + 0.41 * column as f64)).sin();
    for rows in [9, 63, 128, 511, 513, 1100] {
        for columns in [1, 2, 5, 8, 9] {
            let matrix: Vec<f64> =
                (0..rows * columns).map(|place| value(place % rows, place / rows)).collect();
            let (left, last) = matrix.split_at(rows * (columns - 1));
            let [mut right, mut found] = [Triangle::new(columns), Triangle::new(columns)];
            right.factorize(rows, |first, count, block| {
                let height = block.len() / columns;
                for (column, values) in block.chunks_exact_mut(height).enumerate() {
                    values[..count].copy_from_slice(&matrix[column * rows + first..][..count]);
                }
            });
            assert!(found.factorize_columns(left, last), "{rows} rows, {columns} columns");
            for i in 0..columns {
                let sign = right.get(i, i).signum();
                for j in 0..columns {
                    let difference = (found.get(i, j) - sign * right.get(i, j)).abs();
                    let size = right.column_norm(j);
                    assert!(difference <= 1e-12 * size, "{rows} rows, {columns} columns, {i} {j}");
                }
            }
        }
    }
}
