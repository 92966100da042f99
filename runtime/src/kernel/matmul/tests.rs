//! Products against a naive sum in double precision, on every instruction set.

use super::super::arch::{Isa, Kernel, on_every_isa};
use super::super::real::Real;
use super::{Matrix, Update, matmul, matmul_apart, matmul_apart_scratch, matmul_scratch};

/// How an operand lies in memory.
#[derive(Clone, Copy, Debug)]
enum Layout {
    Rows,
    Columns,
    PaddedRows,
    PaddedColumns,
    Spread,
}

const LAYOUTS: [Layout; 5] =
    [Layout::Rows, Layout::Columns, Layout::PaddedRows, Layout::PaddedColumns, Layout::Spread];

impl Layout {
    fn strides(self, rows: usize, columns: usize) -> [usize; 2] {
        match self {
            Layout::Rows => [columns, 1],
            Layout::Columns => [1, rows],
            Layout::PaddedRows => [columns + 3, 1],
            Layout::PaddedColumns => [1, rows + 5],
            Layout::Spread => [3 * columns + 1, 3],
        }
    }
}

/// A number in −1..1 that depends on its position alone.
fn number(seed: usize, i: usize, j: usize) -> f64 {
    let mut x = (seed as u64 * 0x9E37_79B9 + i as u64) * 0x85EB_CA6B + j as u64;
    x = (x ^ (x >> 15)).wrapping_mul(0x2C1B_3C6D_9E37_79B9);
    ((x >> 40) as f64 / f64::from(1 << 24)).mul_add(2.0, -1.0)
}

/// The matrix in its layout; what lies between its elements is not a number, so that a stray read shows.
fn matrix<T: Real>(seed: usize, [rows, columns]: [usize; 2], [row, column]: [usize; 2]) -> Vec<T> {
    let length =
        if rows * columns == 0 { 0 } else { (rows - 1) * row + (columns - 1) * column + 1 };
    let mut values = vec![T::from_f64(f64::NAN); length];
    for i in 0..rows {
        for j in 0..columns {
            values[i * row + j * column] = T::from_f64(number(seed, i, j));
        }
    }
    values
}

#[derive(Clone, Debug)]
struct Case<T> {
    extents: [usize; 3],
    strides: [[usize; 2]; 2],
    a: Vec<T>,
    b: Vec<T>,
    c: Vec<T>,
    c_stride: usize,
    update: Update,
}

impl<T: Real> Kernel for Case<T> {
    type Output = Vec<T>;

    fn run<I: Isa>(mut self, isa: I) -> Vec<T> {
        let [a, b] = self.strides;
        let a = Matrix { values: &self.a, row_stride: a[0], column_stride: a[1] };
        let b = Matrix { values: &self.b, row_stride: b[0], column_stride: b[1] };
        let mut scratch = vec![T::from_f64(f64::NAN); matmul_scratch::<T>(self.extents)];
        matmul(isa, self.extents, a, b, &mut self.c, self.c_stride, self.update, &mut scratch);
        self.c
    }
}

/// Checks one product: every element within `(k + 2)` roundings of the sum of the absolute products, and nothing else touched.
fn check<T: Real>(extents: [usize; 3], layouts: [Layout; 2], update: Update, epsilon: f64) {
    let [m, k, n] = extents;
    let strides = [layouts[0].strides(m, k), layouts[1].strides(k, n)];
    let (a, b) = (matrix::<T>(1, [m, k], strides[0]), matrix::<T>(2, [k, n], strides[1]));
    let c_stride = n + (m + k) % 3;
    let c: Vec<T> = matrix(3, [m, c_stride], [c_stride, 1]);
    let case = Case { extents, strides, a, b, c, c_stride, update };
    let outputs = on_every_isa(&case);
    for (at, before) in case.c.iter().enumerate() {
        let (i, j) = (at / c_stride, at % c_stride);
        let (want, tolerance) =
            if j < n { case.expected(i, j, epsilon) } else { (before.to_f64(), 0.0) };
        for (isa, output) in &outputs {
            let got = output[at].to_f64();
            assert!(
                (got - want).abs() <= tolerance,
                "{isa} {extents:?} {layouts:?} {update:?} at ({i}, {j}): {got} for {want}"
            );
        }
    }
}

impl<T: Real> Case<T> {
    /// Element `(i, j)` in double precision, and how far a result may be from it.
    fn expected(&self, i: usize, j: usize, epsilon: f64) -> (f64, f64) {
        let ([_, k, _], [[a_row, a_column], [b_row, b_column]]) = (self.extents, self.strides);
        let mut value =
            if self.update == Update::Add { self.c[i * self.c_stride + j].to_f64() } else { 0.0 };
        let mut size = value.abs();
        for p in 0..k {
            let term = self.a[i * a_row + p * a_column].to_f64()
                * self.b[p * b_row + j * b_column].to_f64();
            value += term;
            size += term.abs();
        }
        (value, (k + 2) as f64 * epsilon * size)
    }
}

fn check_both(extents: [usize; 3], layouts: [Layout; 2], update: Update) {
    check::<f32>(extents, layouts, update, f64::from(f32::EPSILON));
    // The reference is rounded as often as the result.
    check::<f64>(extents, layouts, update, 2.0 * f64::EPSILON);
}

/// Every pair of layouts with both updates, numbered.
fn way(number: usize) -> ([Layout; 2], Update) {
    let update = if number.is_multiple_of(2) { Update::Set } else { Update::Add };
    ([LAYOUTS[number / 2 % 5], LAYOUTS[number / 10 % 5]], update)
}

#[test]
fn every_small_shape_is_right() {
    for m in 0..=20 {
        for k in 0..=20 {
            for n in 0..=20 {
                // Seven is prime to the fifty ways: neighbouring shapes take different ones, and all come often.
                let (layouts, update) = way((m * 441 + k * 21 + n) * 7);
                check_both([m, k, n], layouts, update);
            }
        }
    }
}

#[test]
fn every_way_is_right() {
    let shapes = [
        [1, 1, 1],
        [1, 9, 1],
        [1, 5, 40],
        [40, 5, 1],
        [3, 1, 35],
        [8, 2, 32],
        [2, 32, 8],
        [7, 17, 33],
        [13, 70, 19],
        [30, 40, 50],
    ];
    for shape in shapes {
        for number in 0..50 {
            let (layouts, update) = way(number);
            check_both(shape, layouts, update);
        }
    }
}

#[test]
fn blocks_meet_at_their_edges() {
    let shapes = [
        [67, 129, 41],
        [257, 300, 65],
        [100, 257, 33],
        [5, 600, 70],
        [1, 300, 300],
        [300, 300, 1],
        [97, 64, 600],
        [200, 1, 100],
        [2, 1000, 2],
    ];
    for (number, shape) in shapes.into_iter().enumerate() {
        for step in 0..7 {
            let (layouts, update) = way(number + 7 * step);
            check_both(shape, layouts, update);
        }
    }
}

#[test]
fn a_broadcast_operand_has_stride_zero() {
    let case = Case {
        extents: [3, 4, 20],
        strides: [[0, 0], [0, 1]],
        a: vec![2.0_f32],
        b: (0..20_u8).map(f32::from).collect(),
        c: vec![0.0; 60],
        c_stride: 20,
        update: Update::Set,
    };
    for (_, output) in on_every_isa(&case) {
        for (index, value) in output.into_iter().enumerate() {
            assert_eq!(value, 8.0 * (index % 20) as f32);
        }
    }
}

#[test]
fn the_result_does_not_depend_on_alignment() {
    for extents in [[9, 30, 45], [70, 80, 100], [4, 70, 4]] {
        let [m, k, n] = extents;
        for layouts in [
            [Layout::Rows, Layout::Rows],
            [Layout::Columns, Layout::Columns],
            [Layout::Rows, Layout::Columns],
        ] {
            let strides = [layouts[0].strides(m, k), layouts[1].strides(k, n)];
            let (a, b) =
                (matrix::<f32>(1, [m, k], strides[0]), matrix::<f32>(2, [k, n], strides[1]));
            let case = Case {
                extents,
                strides,
                a,
                b,
                c: vec![0.0; m * n],
                c_stride: n,
                update: Update::Set,
            };
            let expected = on_every_isa(&case);
            for offset in 1..20 {
                assert_eq!(on_every_isa(&Shifted(case.clone(), offset)), expected);
            }
        }
    }
}

/// The same product with every slice `1` elements further on.
#[derive(Clone)]
struct Shifted(Case<f32>, usize);

impl Kernel for Shifted {
    type Output = Vec<f32>;

    fn run<I: Isa>(self, isa: I) -> Vec<f32> {
        let Shifted(case, offset) = self;
        let shift = |values: &[f32]| [&vec![f32::NAN; offset][..], values].concat();
        let (a, b, mut c) = (shift(&case.a), shift(&case.b), shift(&case.c));
        let mut scratch = vec![f32::NAN; offset + matmul_scratch::<f32>(case.extents)];
        let [[a_row, a_column], [b_row, b_column]] = case.strides;
        let a = Matrix { values: &a[offset..], row_stride: a_row, column_stride: a_column };
        let b = Matrix { values: &b[offset..], row_stride: b_row, column_stride: b_column };
        let (c_stride, update) = (case.c_stride, case.update);
        matmul(isa, case.extents, a, b, &mut c[offset..], c_stride, update, &mut scratch[offset..]);
        c.split_off(offset)
    }
}

#[test]
fn short_slices_are_refused() {
    let whole = Case {
        extents: [4, 3, 5],
        strides: [[3, 1], [5, 1]],
        a: vec![0.0_f64; 12],
        b: vec![0.0; 15],
        c: vec![0.0; 20],
        c_stride: 5,
        update: Update::Set,
    };
    let refused = |change: fn(&mut Case<f64>)| {
        let mut case = whole.clone();
        change(&mut case);
        std::panic::catch_unwind(|| on_every_isa(&case)).is_err()
    };
    assert!(!refused(|_| ()));
    assert!(refused(|case| case.a.truncate(case.a.len() - 1)));
    assert!(refused(|case| case.b.truncate(case.b.len() - 1)));
    assert!(refused(|case| case.c.truncate(case.c.len() - 1)));
    assert!(refused(|case| case.c_stride = 4));
    assert!(refused(|case| case.strides[0][0] = usize::MAX));
}

#[test]
fn small_products_need_little_scratch() {
    for extents in [[8, 2, 32], [8, 8, 32], [2, 32, 8], [1, 8, 32], [8, 32, 1]] {
        assert!(matmul_scratch::<f32>(extents) <= 600);
    }
    assert_eq!(matmul_scratch::<f32>([0, 5, 5]), 0);
}

/// A product with the columns of `C` this far apart.
#[derive(Clone)]
struct Apart<T>(Case<T>, usize);

impl<T: Real> Kernel for Apart<T> {
    type Output = Vec<T>;

    fn run<I: Isa>(self, isa: I) -> Vec<T> {
        let Apart(mut case, column) = self;
        let [a, b] = case.strides;
        let a = Matrix { values: &case.a, row_stride: a[0], column_stride: a[1] };
        let b = Matrix { values: &case.b, row_stride: b[0], column_stride: b[1] };
        let mut scratch = vec![T::from_f64(f64::NAN); matmul_apart_scratch::<T>(case.extents)];
        let strides = [case.c_stride, column];
        matmul_apart(isa, case.extents, a, b, &mut case.c, strides, case.update, &mut scratch);
        case.c
    }
}

#[test]
fn columns_may_be_apart() {
    for (number, extents) in
        [[1, 1, 1], [3, 2, 5], [17, 9, 16], [5, 40, 33], [0, 2, 3], [2, 0, 3], [4, 3, 0]]
            .into_iter()
            .enumerate()
    {
        for column in [1, 2, 7] {
            let [m, k, n] = extents;
            let (layouts, update) = way(number);
            let strides = [layouts[0].strides(m, k), layouts[1].strides(k, n)];
            let (a, b) = (matrix::<f64>(1, [m, k], strides[0]), matrix(2, [k, n], strides[1]));
            let c_stride = n * column + 3;
            let c = matrix(3, [m, c_stride], [c_stride, 1]);
            let case = Case { extents, strides, a, b, c, c_stride, update };
            for (isa, output) in on_every_isa(&Apart(case.clone(), column)) {
                for (at, &before) in case.c.iter().enumerate() {
                    let (i, j) = (at / c_stride, at % c_stride);
                    let is_element = j % column == 0 && j / column < n;
                    let sum = || -> f64 { (0..k).map(|p| term(&case, i, p, j / column)).sum() };
                    let want = match (is_element, update) {
                        (false, _) => before,
                        (true, Update::Set) => sum(),
                        (true, Update::Add) => before + sum(),
                    };
                    let got = output[at];
                    assert!(
                        (got - want).abs() < 1e-13,
                        "{isa} {extents:?} at ({i}, {j}): {got} for {want}"
                    );
                }
            }
        }
    }
}

/// A term of an element of the product.
fn term(case: &Case<f64>, i: usize, p: usize, j: usize) -> f64 {
    let [a, b] = case.strides;
    case.a[i * a[0] + p * a[1]] * case.b[p * b[0] + j * b[1]]
}
