//! Written-out kernels against plain loops, on every way through them.

use super::super::arch::{Isa, Kernel};
use super::super::matmul::{Matrix, Update, matmul, matmul_scratch};
use super::super::rows::load_rows;
use super::super::sums::{dot, row_sums, sum};
use super::{Extents, count_parameters, dispatch_examples};

struct Empty;

impl Extents for Empty {
    const EXTENTS: &'static [usize] = &[];
    const PARAMETERS: usize = 0;
}

fn numbers(count: usize) -> Vec<f64> {
    (0..count).map(|i| ((i * 37 + 11) % 101) as f64 / 50.0 - 1.0).collect()
}

fn near(found: f64, expected: f64) {
    // Sums of at most 800 products of numbers up to 1, in another order.
    assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
}

struct Multiply<'a> {
    extents: [usize; 3],
    a: Matrix<'a, f64>,
    b: Matrix<'a, f64>,
    c: &'a mut [f64],
    c_stride: usize,
    update: Update,
}

impl Kernel for Multiply<'_> {
    type Output = bool;

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) -> bool {
        let Multiply { extents, a, b, c, c_stride, update } = self;
        let mut scratch = vec![0.0; matmul_scratch::<f64>(extents)];
        matmul(isa, extents, a, b, c, c_stride, update, &mut scratch);
        I::IS_ONE_BY_ONE
    }
}

/// Strides of a matrix by rows, by columns, and with gaps.
fn strides(rows: usize, columns: usize) -> [[usize; 2]; 3] {
    [[columns, 1], [1, rows], [3 * columns + 1, 3]]
}

#[test]
fn products_equal_plain_loops_at_all_strides() {
    for (m, k, n) in
        [(8, 8, 1), (3, 2, 1), (1, 9, 1), (17, 5, 1), (2, 1, 8), (9, 1, 19), (4, 3, 10)]
    {
        for [a_row, a_column] in strides(m, k) {
            for [b_row, b_column] in strides(k, n) {
                for update in [Update::Set, Update::Add] {
                    let (a, b) = (numbers(m * k * 6 + 9), numbers(k * n * 6 + 9));
                    let c_stride = n + 2;
                    let before = numbers(m * c_stride);
                    let mut c = before.clone();
                    let is_written_out = dispatch_examples::<Empty, _>(
                        1,
                        Multiply {
                            extents: [m, k, n],
                            a: Matrix::new(&a, a_row, a_column),
                            b: Matrix::new(&b, b_row, b_column),
                            c: &mut c,
                            c_stride,
                            update,
                        },
                    );
                    assert!(is_written_out || cfg!(target_arch = "x86_64"));
                    for i in 0..m {
                        for j in 0..c_stride {
                            let place = i * c_stride + j;
                            let start = if update == Update::Add { before[place] } else { 0.0 };
                            let product =
                                |p| a[i * a_row + p * a_column] * b[p * b_row + j * b_column];
                            let expected = if j < n {
                                start + (0..k).map(product).sum::<f64>()
                            } else {
                                before[place]
                            };
                            near(c[place], expected);
                        }
                    }
                }
            }
        }
    }
}

struct Sums<'a>(&'a [f64], &'a mut [f64]);

impl Kernel for Sums<'_> {
    type Output = [f64; 2];

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) -> [f64; 2] {
        let Sums(values, rows) = self;
        let matrix = Matrix::new(values, 1, rows.len());
        row_sums(isa, [rows.len(), values.len() / rows.len()], matrix, rows, 1, Update::Add);
        [sum(isa, values), dot(isa, values, values)]
    }
}

#[test]
fn sums_equal_plain_loops_at_all_lengths() {
    for length in [3, 7, 8, 9, 24, 31] {
        let values = numbers(length);
        let mut rows = [1.0; 3];
        let [sum, dot] = dispatch_examples::<Empty, _>(1, Sums(&values, &mut rows));
        near(sum, values.iter().sum());
        near(dot, values.iter().map(|x| x * x).sum());
        for (i, row) in rows.iter().enumerate() {
            near(*row, 1.0 + (0..length / 3).map(|j| values[i + 3 * j]).sum::<f64>());
        }
    }
}

struct Load<'a>(&'a [f64], &'a mut [f64]);

impl Kernel for Load<'_> {
    type Output = usize;

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) -> usize {
        let width = self.1.len();
        load_rows(isa, self.0, width, 2, 1, self.1);
        isa.rows(isa.tile(256), 1)
    }
}

#[test]
fn one_example_is_loaded_as_it_is() {
    let values = numbers(15);
    let mut tile = [0.0; 5];
    assert_eq!(dispatch_examples::<Empty, _>(1, Load(&values, &mut tile)), 1);
    assert_eq!(tile, values[10..]);
}

#[test]
fn counts_of_parameters_saturate() {
    assert_eq!(count_parameters(&[]), 0);
    assert_eq!(count_parameters(&[("scale", &[]), ("w", &[3, 4]), ("b", &[4])]), 17);
    assert_eq!(count_parameters(&[("w", &[usize::MAX, 2]), ("b", &[4])]), usize::MAX);
}
