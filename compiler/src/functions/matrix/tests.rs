//! The reference values against their definitions, and what must hold of every row.

use super::{Derivative, Role, matrix_function, matrix_functions};

/// Some rounding of a few operations.
const TOLERANCE: f64 = 1e-12;

const GENERAL: [f64; 9] = [0.0, 2.0, 1.0, 1.0, -1.0, 3.0, 4.0, 0.5, -2.0];
const POSITIVE: [f64; 9] = [4.0, 1.0, -1.0, 1.0, 3.0, 0.5, -1.0, 0.5, 2.0];
const SINGULAR: [f64; 9] = [1.0, 2.0, 3.0, 2.0, 4.0, 6.0, 1.0, 0.0, 1.0];

fn value(name: &str, operands: &[&[f64]]) -> Vec<f64> {
    let operands: Vec<Vec<f64>> = operands.iter().map(|one| one.to_vec()).collect();
    (matrix_function(name).expect("a row").value)(3, &operands)
}

fn product(a: &[f64], b: &[f64], columns: usize) -> Vec<f64> {
    let element = |place: usize| {
        let (i, j) = (place / columns, place % columns);
        (0..3).map(|k| a[i * 3 + k] * b[k * columns + j]).sum()
    };
    (0..3 * columns).map(element).collect()
}

fn assert_close(found: &[f64], right: &[f64]) {
    let close = found.iter().zip(right).all(|(a, b)| (a - b).abs() <= TOLERANCE);
    assert!(close && found.len() == right.len(), "{found:?}, {right:?} is right");
}

#[test]
fn a_cholesky_factor_times_its_transpose_is_the_matrix() {
    let l = value("cholesky", &[&POSITIVE]);
    let transposed: Vec<f64> = (0..9).map(|place| l[place % 3 * 3 + place / 3]).collect();
    assert_close(&product(&l, &transposed, 3), &POSITIVE);
    assert!(value("cholesky", &[&GENERAL]).iter().all(|element| element.is_nan()));
}

#[test]
fn solutions_solve_their_equations() {
    let b = [1.0, -2.0, 0.5];
    assert_close(&product(&GENERAL, &value("solve", &[&GENERAL, &b]), 1), &b);
    let lower = [2.0, 0.0, 0.0, 1.0, 3.0, 0.0, -1.0, 0.5, 4.0];
    let upper = [2.0, 1.0, -1.0, 0.0, 3.0, 0.5, 0.0, 0.0, 4.0];
    assert_close(&product(&lower, &value("solve_lower", &[&lower, &b]), 1), &b);
    assert_close(&product(&upper, &value("solve_upper", &[&upper, &b]), 1), &b);
    let unit = product(&GENERAL, &value("inverse", &[&GENERAL]), 3);
    assert_close(&unit, &[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    assert!(value("solve", &[&SINGULAR, &b]).iter().all(|element| element.is_nan()));
}

#[test]
fn determinants_are_those_of_sarrus() {
    assert_close(&value("det", &[&GENERAL]), &[32.5]);
    assert_close(&value("logdet", &[&GENERAL]), &[32.5_f64.ln()]);
    assert_close(&value("log_abs_det", &[&GENERAL]), &[32.5_f64.ln()]);
    assert_close(&value("det", &[&SINGULAR]), &[0.0]);
    let cofactors = value("cofactors", &[&SINGULAR]);
    assert_close(&cofactors, &[4.0, 4.0, -4.0, -2.0, -2.0, 2.0, 0.0, 0.0, 0.0]);
}

#[test]
fn rows_say_all_they_must() {
    for row in matrix_functions() {
        assert!(!row.doc.is_empty(), "{}", row.name);
        let given = row.given().len();
        for (place, operand) in row.operands.iter().enumerate() {
            let is_factors = matches!(operand.role, Role::Factors(_));
            assert_eq!(is_factors, place >= given, "{}: factors come last", row.name);
            let adjoint = format!("{}_bar[", operand.name);
            for (derivative, left) in [(operand.derivative, &*adjoint), (operand.tangent, "y_dot[")]
            {
                match derivative {
                    Derivative::Statements(text) => {
                        let last = text.rsplit(';').next().unwrap_or_default().trim();
                        assert!(
                            last.starts_with(left),
                            "{}: `{last}` is not `{left} ..`",
                            row.name
                        );
                    }
                    Derivative::Zero(reason) => assert!(!reason.is_empty(), "{}", row.name),
                }
            }
            if let Role::Factors(name) = operand.role {
                assert!(matrix_function(name).is_some(), "{}", row.name);
            }
        }
    }
}
