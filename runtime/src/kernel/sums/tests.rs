//! Sums against exact sums of small integers, and against double precision.

use super::super::arch::{Isa, Kernel, on_every_isa};
use super::super::matmul::{Matrix, Update};
use super::super::real::{Lanes, Real};
use super::{LaneSums, dot, row_sums, sum};

#[derive(Clone)]
struct Both(Vec<f32>);

impl Kernel for Both {
    type Output = (f32, f32);

    fn run<I: Isa>(self, isa: I) -> (f32, f32) {
        (sum(isa, &self.0), dot(isa, &self.0, &self.0))
    }
}

#[test]
fn sums_of_small_integers_are_exact() {
    for count in (0..200).chain([2047, 2048, 2049, 6145, 10_000]) {
        let values: Vec<f32> = (0..count).map(|i| (i % 7) as f32 - 3.0).collect();
        let total: f64 = values.iter().map(|&x| f64::from(x)).sum();
        let squares: f64 = values.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
        for (isa, (sum, dot)) in on_every_isa(&Both(values.clone())) {
            assert_eq!((f64::from(sum), f64::from(dot)), (total, squares), "{isa}, {count} values");
        }
    }
}

#[test]
fn lanes_add_up_to_the_whole() {
    fn total<T: Real, L: Lanes<T>>(count: usize) -> f64 {
        let mut sums = LaneSums::<T, L>::zero();
        crate::__runs!(L, count, |start, lanes| {
            for (lane, sum) in sums.run(lanes).iter_mut().enumerate() {
                *sum += T::from_f64((start + lane) as f64);
            }
        });
        sums.total().to_f64()
    }
    fn totals<T: Real>(count: usize) -> [f64; 2] {
        [total::<T, T::Vector>(count), total::<T, T::Vectors>(count)]
    }
    for count in [0_usize, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 100, 1000] {
        let expected = (count * count.saturating_sub(1) / 2) as f64;
        assert_eq!([totals::<f32>(count), totals::<f64>(count)], [[expected; 2]; 2], "{count}");
    }
}

#[test]
fn sums_have_the_same_bits_on_every_isa() {
    let values: Vec<f32> = (0..5000_u16).map(|i| f32::from(i).sin()).collect();
    for count in [5, 63, 64, 65, 777, 5000] {
        let outputs = on_every_isa(&Both(values[..count].to_vec()));
        assert!(outputs.iter().all(|(_, (sum, _))| *sum == outputs[0].1.0), "{count} values");
    }
}

#[test]
fn the_error_of_a_long_sum_stays_small() {
    let values = vec![0.1_f32; 1 << 20];
    let exact = f64::from(0.1_f32) * f64::from(1 << 20);
    for (isa, (sum, _)) in on_every_isa(&Both(values)) {
        // 32 additions along a chain, 6 across the lanes, 9 up the tree, each of half a unit in the last place.
        let bound = 47.0 * f64::from(f32::EPSILON) / 2.0 * exact;
        assert!((f64::from(sum) - exact).abs() <= bound, "{isa}");
    }
}

#[derive(Clone)]
struct Rows {
    extents: [usize; 2],
    strides: [usize; 2],
    values: Vec<f64>,
    out_stride: usize,
    update: Update,
}

impl Kernel for Rows {
    type Output = Vec<f64>;

    fn run<I: Isa>(self, isa: I) -> Vec<f64> {
        let [row_stride, column_stride] = self.strides;
        let a = Matrix { values: &self.values, row_stride, column_stride };
        let mut out = vec![0.5; self.extents[0] * self.out_stride];
        row_sums(isa, self.extents, a, &mut out, self.out_stride, self.update);
        out
    }
}

#[test]
fn row_sums_are_right_for_all_strides() {
    for m in [0, 1, 2, 7, 16, 33] {
        for n in [0, 1, 2, 15, 64, 65, 130, 2100] {
            for strides in [[n, 1], [1, m], [n + 2, 1], [1, m + 3], [2 * n + 1, 2]] {
                for (out_stride, update) in [(1, Update::Set), (3, Update::Add)] {
                    let length = if m * n == 0 {
                        0
                    } else {
                        (m - 1) * strides[0] + (n - 1) * strides[1] + 1
                    };
                    let values = (0..length).map(|i| (i % 11) as f64).collect();
                    let case = Rows { extents: [m, n], strides, values, out_stride, update };
                    for (isa, output) in on_every_isa(&case) {
                        for (at, &got) in output.iter().enumerate() {
                            let (i, before) = (at / out_stride, 0.5);
                            let row = (0..n).map(|j| case.values[i * strides[0] + j * strides[1]]);
                            let want = match (at % out_stride, update) {
                                (0, Update::Set) => row.sum::<f64>(),
                                (0, Update::Add) => before + row.sum::<f64>(),
                                _ => before,
                            };
                            assert_eq!(got, want, "{isa} {:?} {strides:?}", case.extents);
                        }
                    }
                }
            }
        }
    }
}
