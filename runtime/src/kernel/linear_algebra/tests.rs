//! Results against the equations they solve, for every scalar and instruction set, many extents, and matrices that have no result.

use super::super::arch::{Isa, Kernel, on_every_isa};
use super::super::real::Real;
use super::{Call, Order, Task};

/// Residuals are bounded by a small multiple of `n·ε`, times the sizes of what is multiplied (Higham 2002, §9 and §10).
const ROUNDINGS: f64 = 8.0;
const EXTENTS: [usize; 7] = [1, 2, 3, 5, 8, 17, 37];
const LANES: [usize; 4] = [1, 3, 16, 19];

#[derive(Clone)]
struct Run<T> {
    task: Task,
    n: usize,
    order: Order,
    matrix: Vec<T>,
    right: Vec<T>,
    count: usize,
}

impl<T: Real> Kernel for Run<T> {
    type Output = Vec<T>;

    fn run<I: Isa>(self, isa: I) -> Vec<T> {
        let mut out = vec![T::from_f64(0.5); self.count];
        let Run { task, n, order, ref matrix, ref right, .. } = self;
        T::linear_algebra(isa, &mut Call { task, n, order, matrix, right, out: &mut out });
        out
    }
}

/// Matrices in lanes, with the numbers of the shape.
#[derive(Clone, Copy)]
struct Shape {
    n: usize,
    lanes: usize,
}

impl Shape {
    fn all() -> impl Iterator<Item = Shape> {
        let shapes = EXTENTS.iter().flat_map(|&n| LANES.iter().map(move |&lanes| (n, lanes)));
        shapes.filter(|&(n, lanes)| n < 10 || lanes < 4).map(|(n, lanes)| Shape { n, lanes })
    }

    fn at<T: Real>(self, values: &[T], width: usize, [i, j]: [usize; 2], lane: usize) -> f64 {
        values[(i * width + j) * self.lanes + lane].to_f64()
    }
}

/// Numbers between −1 and 1.
fn numbers<T: Real>(count: usize, seed: u64) -> Vec<T> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1;
    let next = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        T::from_f64((state >> 33) as f64 / f64::from(1_u32 << 30) - 1.0)
    };
    (0..count).map(next).collect()
}

/// `M·Mᵀ + 1`, symmetric but for what rounding does to nobody.
fn positive<T: Real>(Shape { n, lanes }: Shape) -> Vec<T> {
    let shape = Shape { n, lanes };
    let m: Vec<T> = numbers(n * n * lanes, 7);
    let mut a = vec![T::ZERO; n * n * lanes];
    for (place, value) in a.iter_mut().enumerate() {
        let (i, j, lane) = (place / lanes / n, place / lanes % n, place % lanes);
        let sum: f64 =
            (0..n).map(|k| shape.at(&m, n, [i, k], lane) * shape.at(&m, n, [j, k], lane)).sum();
        *value = T::from_f64(sum + f64::from(u8::from(i == j)));
    }
    a
}

fn run<T: Real>(
    task: Task,
    n: usize,
    order: Order,
    matrix: &[T],
    right: &[T],
    count: usize,
) -> Vec<Vec<T>> {
    let run = Run { task, n, order, matrix: matrix.to_vec(), right: right.to_vec(), count };
    on_every_isa(&run).into_iter().map(|(_, output)| output).collect()
}

fn epsilon<T: Real>() -> f64 {
    let single = T::from_f64(1.0 + 1e-9).to_f64() == 1.0;
    if single { f64::from(f32::EPSILON) } else { f64::EPSILON }
}

/// Whether `Σₖ A[i,k]·X[k,j] = B[i,j]` up to rounding, in every lane.
fn assert_product<T: Real>(
    shape: Shape,
    columns: usize,
    a: impl Fn(usize, usize, usize) -> f64,
    x: &[T],
    b: impl Fn(usize, usize, usize) -> f64,
) {
    let Shape { n, lanes } = shape;
    for lane in 0..lanes {
        for j in 0..columns {
            let column: Vec<f64> = (0..n).map(|k| shape.at(x, columns, [k, j], lane)).collect();
            let terms = |i: usize| column.iter().enumerate().map(move |(k, x)| (i, k, x));
            let product = |i: usize| terms(i).map(|(i, k, x)| a(i, k, lane) * x).sum::<f64>();
            let size = |i: usize| terms(i).map(|(i, k, x)| (a(i, k, lane) * x).abs()).sum::<f64>();
            let size = (0..n).map(|i| size(i).max(b(i, j, lane).abs())).fold(0.0, f64::max);
            let allowed = ROUNDINGS * (n as f64) * epsilon::<T>() * size;
            for i in 0..n {
                let error = (product(i) - b(i, j, lane)).abs();
                assert!(error <= allowed, "n = {n}, {lanes} lanes, [{i}, {j}, {lane}]: {error:e}");
            }
        }
    }
}

fn factors_are_right<T: Real>() {
    for shape in Shape::all() {
        let Shape { n, lanes } = shape;
        let a: Vec<T> = positive(shape);
        for l in run(Task::Cholesky, n, Order::Rows, &a, &[], n * n * lanes) {
            let transposed: Vec<T> = (0..n * n * lanes)
                .map(|place| {
                    T::from_f64(shape.at(
                        &l,
                        n,
                        [place / lanes % n, place / lanes / n],
                        place % lanes,
                    ))
                })
                .collect();
            let lower = |i, k, lane| shape.at(&l, n, [i, k], lane);
            assert_product(shape, n, lower, &transposed, |i, j, lane| {
                shape.at(&a, n, [i, j], lane)
            });
            let above = |i: usize, j: usize, lane| j <= i || shape.at(&l, n, [i, j], lane) == 0.0;
            assert!((0..n).all(|i| (0..n).all(|j| (0..lanes).all(|lane| above(i, j, lane)))));
        }
    }
}

#[test]
fn a_factor_times_its_transpose_is_the_matrix() {
    factors_are_right::<f32>();
    factors_are_right::<f64>();
}

fn solutions_are_right<T: Real>() {
    for shape in Shape::all() {
        let Shape { n, lanes } = shape;
        let mut general: Vec<T> = numbers(n * n * lanes, 3);
        let triangle: Vec<T> = positive(shape);
        for (place, value) in general.iter_mut().enumerate() {
            let is_diagonal = place / lanes / n == place / lanes % n;
            *value += if is_diagonal { T::from_f64(2.5) } else { T::ZERO };
        }
        for columns in [1, 6] {
            let b: Vec<T> = numbers(n * columns * lanes, 5);
            let right = |i, j, lane| shape.at(&b, columns, [i, j], lane);
            for order in [Order::Rows, Order::Columns] {
                let element = |values: &[T], i: usize, j: usize, lane| match order {
                    Order::Rows => shape.at(values, n, [i, j], lane),
                    Order::Columns => shape.at(values, n, [j, i], lane),
                };
                for x in run(Task::SolveLower, n, order, &triangle, &b, b.len()) {
                    let a = |i, j, lane| if j <= i { element(&triangle, i, j, lane) } else { 0.0 };
                    assert_product(shape, columns, a, &x, right);
                }
                for x in run(Task::SolveUpper, n, order, &triangle, &b, b.len()) {
                    let a = |i, j, lane| if j >= i { element(&triangle, i, j, lane) } else { 0.0 };
                    assert_product(shape, columns, a, &x, right);
                }
                let count = (n + 1) * n * lanes;
                let factors = run(Task::LuFactors, n, Order::Rows, &general, &[], count);
                for x in run(Task::Solve, n, order, &factors[0], &b, b.len()) {
                    let a = |i, j, lane| element(&general, i, j, lane);
                    assert_product(shape, columns, a, &x, right);
                }
                for x in run(Task::Inverse, n, order, &factors[0], &[], n * n * lanes) {
                    let a = |i, j, lane| element(&general, i, j, lane);
                    assert_product(shape, n, a, &x, |i, j, _| f64::from(u8::from(i == j)));
                }
            }
        }
    }
}

#[test]
fn solutions_solve_their_equations() {
    solutions_are_right::<f32>();
    solutions_are_right::<f64>();
}

/// `det(A)·1 = cof(A)ᵀ·A`, for random matrices and for those of rank `n − 1` and less.
fn determinants_are_right<T: Real>() {
    for shape in Shape::all().filter(|shape| shape.n < 12) {
        let Shape { n, lanes } = shape;
        for lost in 0..3.min(n) {
            let mut a: Vec<T> = numbers(n * n * lanes, 11);
            for row in 0..lost {
                for j in 0..n * lanes {
                    a[row * n * lanes + j] = a[(n - 1) * n * lanes + j];
                }
            }
            let factors = run(Task::LuFactors, n, Order::Rows, &a, &[], (n + 1) * n * lanes);
            let dets = run(Task::Det, n, Order::Rows, &factors[0], &[], lanes);
            let logs = run(Task::LogAbsDet, n, Order::Rows, &factors[0], &[], lanes);
            let signed = run(Task::LogDet, n, Order::Rows, &factors[0], &[], lanes);
            let complete = run(Task::CompleteFactors, n, Order::Rows, &a, &[], (n + 2) * n * lanes);
            let cofactors = run(Task::Cofactors, n, Order::Rows, &complete[0], &[], n * n * lanes);
            let turned = run(Task::Cofactors, n, Order::Columns, &complete[0], &[], n * n * lanes);
            for lane in 0..lanes {
                let det = dets[0][lane].to_f64();
                let allowed = 50.0 * n as f64 * epsilon::<T>();
                for i in 0..n {
                    for j in 0..n {
                        let sum: f64 = (0..n)
                            .map(|k| {
                                shape.at(&cofactors[0], n, [k, i], lane)
                                    * shape.at(&a, n, [k, j], lane)
                            })
                            .sum();
                        let right = if i == j { det } else { 0.0 };
                        assert!(
                            (sum - right).abs() <= allowed * (1.0 + det.abs()),
                            "{n} {lanes} {lost}: {sum} {right}"
                        );
                        let exchanged = shape.at(&turned[0], n, [j, i], lane);
                        assert_eq!(exchanged, shape.at(&cofactors[0], n, [i, j], lane));
                    }
                }
                if lost > 0 {
                    assert!(det.abs() <= allowed);
                    continue;
                }
                let relative = (logs[0][lane].to_f64() - det.abs().ln()).abs();
                assert!(
                    relative <= 20.0 * n as f64 * epsilon::<T>() * (1.0 + det.abs().ln().abs())
                );
                assert_eq!(signed[0][lane].to_f64().is_nan(), det < 0.0);
            }
        }
    }
}

#[test]
fn cofactors_are_finite_and_right_for_singular_matrices() {
    determinants_are_right::<f32>();
    determinants_are_right::<f64>();
}

#[test]
fn what_has_no_result_is_nan_in_its_lane_alone() {
    let nan = |values: &[f64], lane: usize| values.iter().skip(lane).step_by(3).all(|x| x.is_nan());
    let finite =
        |values: &[f64], lane: usize| values.iter().skip(lane).step_by(3).all(|x| x.is_finite());
    let lanes = |matrices: [[f64; 4]; 3]| -> Vec<f64> {
        (0..12).map(|place| matrices[place % 3][place / 3]).collect()
    };
    let (good, indefinite, singular) =
        ([2.0, 1.0, 1.0, 3.0], [1.0, 2.0, 2.0, 1.0], [1.0, 2.0, 2.0, 4.0]);
    for l in run(Task::Cholesky, 2, Order::Rows, &lanes([good, indefinite, singular]), &[], 12) {
        assert!(finite(&l, 0) && nan(&l, 1) && nan(&l, 2), "{l:?}");
    }
    let b = [1.0; 6];
    let factors =
        run(Task::LuFactors, 2, Order::Rows, &lanes([good, singular, indefinite]), &[], 18);
    for order in [Order::Rows, Order::Columns] {
        for x in run(Task::Solve, 2, order, &factors[0], &b, 6) {
            assert!(finite(&x, 0) && nan(&x, 1) && finite(&x, 2), "{x:?}");
        }
        for x in run(Task::Inverse, 2, order, &factors[0], &[], 12) {
            assert!(finite(&x, 0) && nan(&x, 1) && finite(&x, 2), "{x:?}");
        }
    }
    for x in run(Task::Det, 2, Order::Rows, &factors[0], &[], 3) {
        assert!(x[1] == 0.0 && (x[0] - 5.0).abs() < 1e-14 && (x[2] + 3.0).abs() < 1e-14, "{x:?}");
    }
    for x in run(Task::LogDet, 2, Order::Rows, &factors[0], &[], 3) {
        assert!(x[1] == f64::NEG_INFINITY && x[2].is_nan() && x[0].is_finite(), "{x:?}");
    }
    let zero_inside = lanes([good, [0.0, 0.0, 1.0, 2.0], good]);
    for x in run(Task::SolveLower, 2, Order::Rows, &zero_inside, &b, 6) {
        assert!(finite(&x, 0) && nan(&x, 1) && finite(&x, 2), "{x:?}");
    }
}
