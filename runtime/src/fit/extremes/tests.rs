use super::super::singular::Singular;
use super::extremes;

/// Hilbert's matrix of order 3 (Golub & Van Loan): its condition is 524.0567775860644.
#[test]
fn the_condition_of_hilberts_matrix_is_known() {
    let [least, largest] = extremes(3, |row, column| 1.0 / (row + column + 1) as f64);
    assert!((largest / least / 524.056_777_586_064_4 - 1.0).abs() < 1e-12, "{least} {largest}");
}

/// Rotations find the same.
#[test]
fn extremes_are_those_of_all_singular_values() {
    for n in [1, 2, 7, 8, 9, 20, 33] {
        let wave = |row: usize, column: usize| {
            (1.0 + row as f64 * 1.7 + column as f64 * 0.9 * row as f64).sin()
        };
        let triangle =
            |row: usize, column: usize| if row <= column { wave(row, column) } else { 0.0 };
        let narrow = |row: usize, column: usize| wave(row, column) * 0.7_f64.powi(column as i32);
        for element in [&wave as &dyn Fn(usize, usize) -> f64, &triangle, &narrow] {
            let all = Singular::of(n, element);
            let least = all.values.iter().copied().fold(f64::INFINITY, f64::min);
            let found = extremes(n, element);
            for (found, right) in found.into_iter().zip([least, all.largest()]) {
                let rounding = 1e-14 * all.largest() * n as f64;
                assert!((found - right).abs() <= rounding, "{n}: {found}, {right}");
            }
        }
    }
}

#[test]
fn a_matrix_without_rank_has_a_least_value_of_zero() {
    let [least, largest] = extremes(3, |row, column| ((row + 1) * (column + 1)) as f64);
    assert!((largest - 14.0).abs() < 1e-13 && least < 1e-14, "{least} {largest}");
    assert_eq!(extremes(0, |_, _| 1.0), [0.0; 2]);
    assert_eq!(extremes(2, |_, _| 0.0)[1], 0.0);
    let diagonal = |row: usize, column: usize| if row == column { 3.0 - row as f64 } else { 0.0 };
    let found = extremes(3, diagonal);
    assert!((found[0] - 1.0).abs() < 1e-14 && (found[1] - 3.0).abs() < 1e-14, "{found:?}");
}
