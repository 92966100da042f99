use crate::error::Error;
use crate::least_squares::LeastSquares;
use crate::model::Model;

use super::{Batch, Examples, Indices, Values};

/// What the check says about `x` with two values a row, `y` with one, labels below 3, and a table of 2×2.
fn message(x: &[f32], y: &[f32], label: &[u32], table: &[f32]) -> String {
    let reals = [
        Values { name: "x", extents: &[2], values: x },
        Values { name: "y", extents: &[], values: y },
    ];
    let indices = [Indices { name: "label", bound: 3, extents: &[], values: label }];
    let shared = [Values { name: "table", extents: &[2, 2], values: table }];
    match Examples::check(reals, indices, shared) {
        Ok(examples) => format!("{} rows", examples.rows),
        Err(error) => error.to_string(),
    }
}

const X: [f32; 4] = [1.0, 2.0, 3.0, 4.0];
const Y: [f32; 2] = [5.0, 6.0];
const LABEL: [u32; 2] = [0, 2];
const TABLE: [f32; 4] = [7.0, 8.0, 9.0, 10.0];

#[test]
fn fitting_inputs_pass() {
    assert_eq!(message(&X, &Y, &LABEL, &TABLE), "2 rows");
}

#[test]
fn lengths_that_do_not_fit_are_named() {
    let cases = [
        (message(&[], &Y, &LABEL, &TABLE), "`x` is empty, expected at least one row"),
        (message(&X, &Y, &[], &TABLE), "`label` is empty, expected at least one row"),
        (
            message(&X[..3], &Y, &LABEL, &TABLE),
            "`x` has 3 values, expected a multiple of 2, the length of its rows",
        ),
        (message(&X, &[1.0; 3], &LABEL, &TABLE), "`y` has 3 rows, expected 2 as in `x`"),
        (message(&X, &Y, &[1], &TABLE), "`label` has 1 rows, expected 2 as in `x`"),
        (message(&X, &Y, &LABEL, &TABLE[..3]), "`table` has 3 values, expected 4"),
        (message(&X, &Y, &LABEL, &[]), "`table` has 0 values, expected 4"),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
}

#[test]
fn numbers_that_are_not_finite_are_named_by_place() {
    let cases = [
        (
            message(&[1.0, 2.0, 3.0, f32::NAN], &Y, &LABEL, &TABLE),
            "`x` is NaN in row 1, column 1, expected a finite number",
        ),
        (
            message(&X, &[f32::NEG_INFINITY, 0.0], &LABEL, &TABLE),
            "`y` is -inf in row 0, column 0, expected a finite number",
        ),
        (
            message(&X, &Y, &LABEL, &[0.0, 0.0, f32::INFINITY, 0.0]),
            "`table` is inf at position 2, expected a finite number",
        ),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
}

#[test]
fn indices_out_of_range_are_named() {
    let expected = "`label` is 3 in row 1, expected an index below 3";
    assert_eq!(message(&X, &Y, &[0, 3], &TABLE), expected);
    let expected = "`label` is 4294967295 in row 0, expected an index below 3";
    assert_eq!(message(&X, &Y, &[u32::MAX, 0], &TABLE), expected);
}

#[test]
fn sequences_of_indices_are_checked_by_row_and_column() {
    let check = |values: &[u32]| {
        let given = Indices { name: "tokens", bound: 5, extents: &[3], values };
        match Examples::<f32, 0, 1, 0>::check([], [given], []) {
            Ok(examples) => {
                let slice = examples.slice(1..2);
                let mut buffer = super::BatchBuffer::for_rows(&examples, 1);
                let gathered = buffer.gather(&examples, &[1]);
                assert_eq!(slice.indices[0].values, gathered.indices[0].values);
                format!("{:?} of {} rows", slice.indices[0].values, examples.rows)
            }
            Err(error) => error.to_string(),
        }
    };
    assert_eq!(check(&[0, 1, 2, 3, 4, 0]), "[3, 4, 0] of 2 rows");
    assert_eq!(
        check(&[0, 1, 2, 3, 4, 5]),
        "`tokens` is 5 in row 1, column 2, expected an index below 5"
    );
    assert_eq!(
        check(&[0, 1, 2, 3]),
        "`tokens` has 4 values, expected a multiple of 3, the length of its rows"
    );
}

#[test]
fn indices_that_f32_cannot_hold_are_refused() {
    fn check<T: crate::kernel::real::Real>(bound: usize) -> Result<usize, Error> {
        let given = Indices { name: "token", bound, extents: &[], values: &[0, 1] };
        Examples::<T, 0, 1, 0>::check([], [given], []).map(|examples| examples.rows)
    }
    assert_eq!(check::<f32>(1 << 24), Ok(2));
    assert_eq!(
        check::<f32>((1 << 24) + 1).unwrap_err().to_string(),
        "`token` may be any index below 16777217, but the scalar type counts exactly only up to 16777216"
    );
    assert_eq!(check::<f64>(u32::MAX as usize), Ok(2));
    assert_eq!(check::<f64>(0), Err(Error::ZeroExtent { name: "token", extents: vec![0] }));
}

#[test]
fn extents_of_zero_or_too_many_elements_are_refused() {
    let check = |extents: &[usize]| {
        let given = Values { name: "x", extents, values: &[1.0_f64] };
        Examples::<f64, 1, 0, 0>::check([given], [], []).unwrap_err().to_string()
    };
    assert_eq!(check(&[3, 0]), "`x` has extents [3, 0], expected every extent to be at least 1");
    assert_eq!(
        check(&[usize::MAX, 2]),
        format!(
            "the extents [{}, 2] of `x` multiply to more than this machine can address",
            usize::MAX
        )
    );
}

#[test]
fn a_model_without_inputs_has_one_example() {
    let table = Values { name: "table", extents: &[2], values: &[1.0_f32, 2.0] };
    assert_eq!(Examples::<f32, 0, 0, 1>::check([], [], [table]).unwrap().rows, 1);
}

/// Three rows of every kind of input.
fn every_kind<'a>(
    x: &'a [f32; 6],
    label: &'a [u32; 3],
    table: &'a [f32; 1],
) -> Examples<'a, f32, 1, 1, 1> {
    let x = Values { name: "x", extents: &[2], values: x };
    let label = Indices { name: "label", bound: 9, extents: &[], values: label };
    let table = Values { name: "table", extents: &[], values: table };
    Examples::check([x], [label], [table]).unwrap()
}

#[test]
fn slices_are_views_of_the_rows() {
    let (x, label, table) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [7, 8, 0], [9.0]);
    let slice = every_kind(&x, &label, &table).slice(1..3);
    assert_eq!(slice.rows, 2);
    assert_eq!(slice.reals[0].values.as_ptr_range(), x[2..6].as_ptr_range());
    assert_eq!(slice.indices[0].values, [8, 0]);
    assert_eq!(slice.shared[0], [9.0]);
}

#[test]
fn gathered_rows_follow_the_order_in_a_buffer_used_again() {
    let (x, label, table) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [7, 8, 0], [9.0]);
    let examples = every_kind(&x, &label, &table);
    let mut buffer = super::BatchBuffer::for_rows(&examples, 2);
    for (order, reals, indices) in [
        (&[2_usize, 0] as &[usize], &[5.0_f32, 6.0, 1.0, 2.0] as &[f32], &[0_u32, 7] as &[u32]),
        (&[1], &[3.0, 4.0], &[8]),
        (&[1, 1, 2], &[3.0, 4.0, 3.0, 4.0, 5.0, 6.0], &[8, 8, 0]),
    ] {
        let gathered = buffer.gather(&examples, order);
        assert_eq!(gathered.rows, order.len());
        assert_eq!(gathered.reals[0].values, reals);
        assert_eq!(gathered.indices[0].values, indices);
        assert_eq!(gathered.shared[0], [9.0]);
    }
}

#[test]
fn rows_of_every_width_are_gathered_whole() {
    for width in 1..=9 {
        let values: Vec<f64> = (0..5 * width).map(|i| i as f64).collect();
        let given = Values { name: "x", extents: &[width], values: &values };
        let examples = Examples::<f64, 1, 0, 0>::check([given], [], []).unwrap();
        let mut buffer = super::BatchBuffer::for_rows(&examples, 3);
        let gathered = buffer.gather(&examples, &[4, 0, 2]);
        let expected = [4, 0, 2].map(|row| &values[row * width..(row + 1) * width]).concat();
        assert_eq!(gathered.reals[0].values, expected);
    }
}

#[test]
fn conversion_to_f64_is_exact() {
    let (x, label, table) = ([0.1_f32, 2.0, 3.0, 4.0, 5.0, 6.0], [7, 8, 0], [0.3_f32]);
    let wide = every_kind(&x, &label, &table).in_f64();
    let wide = wide.examples();
    assert_eq!(wide.reals[0].values, x.map(f64::from));
    assert_eq!((wide.rows, wide.reals[0].width), (3, 2));
    assert_eq!(
        (wide.indices[0].values, wide.shared[0]),
        (&label as &[u32], &[f64::from(0.3_f32)] as &[f64])
    );
}

#[test]
fn losses_of_parts_make_up_the_loss_of_the_whole() {
    let (x, y) = ([1.0, 2.0, 3.0, 4.0, 5.0, 6.0_f64], [1.0, 0.0, 3.0]);
    let batch: Batch<'_, LeastSquares<f64>, 2, 0, 0> = LeastSquares::batch(&x, &y).unwrap();
    let model = LeastSquares { theta: [0.5, -0.25, 0.125] };
    let loss = |rows| model.loss_into(&batch.slice(rows), &mut ());
    assert_eq!(loss(0..1) + loss(1..2) + loss(2..3), 3.0 * model.loss_into(&batch, &mut ()));
    assert_eq!(format!("{batch:?}"), "Batch { rows: 3, dims: (), .. }");
}
