use super::Singular;

/// Hilbert's matrix of order 3 (Golub & Van Loan): its condition is 524.0567775860644.
#[test]
fn the_condition_of_hilberts_matrix_is_known() {
    let hilbert = |row: usize, column: usize| 1.0 / (row + column + 1) as f64;
    let condition = Singular::of(3, hilbert).condition();
    assert!((condition / 524.056_777_586_064_4 - 1.0).abs() < 1e-12, "{condition}");
}

/// `‖uᵀ·A‖` is the singular value of each column `u` of `U`, and `UᵀU = 1`.
#[test]
fn columns_of_u_are_orthogonal_and_stretched_by_the_singular_values() {
    for n in [1, 2, 7, 8, 9, 20] {
        let element = |row: usize, column: usize| {
            let wave = (1.0 + row as f64 * 1.7 + column as f64 * 0.9 * row as f64).sin();
            if row <= column { wave * 10.0_f64.powi(-(column as i32)) } else { 0.0 }
        };
        let singular = Singular::of(n, element);
        for k in 0..n {
            let image = |column: usize| {
                (0..n).map(|row| element(row, column) * singular.left(row, k)).sum::<f64>()
            };
            let length = (0..n).map(|column| image(column).powi(2)).sum::<f64>().sqrt();
            let found = singular.values[k];
            assert!((length - found).abs() <= 1e-14 * singular.largest(), "{length}, {found}");
            for j in 0..n {
                let product: f64 =
                    (0..n).map(|row| singular.left(row, j) * singular.left(row, k)).sum();
                let right = f64::from(u8::from(j == k));
                assert!((product - right).abs() < 1e-13, "{n}: {j} {k} {product}");
            }
        }
    }
}

#[test]
fn a_matrix_without_rank_has_a_singular_value_of_zero() {
    let singular = Singular::of(3, |row, column| ((row + 1) * (column + 1)) as f64);
    let mut values = singular.values.clone();
    values.sort_by(f64::total_cmp);
    assert!((values[2] - 14.0).abs() < 1e-13 && values[1] < 1e-14, "{values:?}");
    assert_eq!(Singular::of(0, |_, _| 1.0).condition(), 1.0);
}
