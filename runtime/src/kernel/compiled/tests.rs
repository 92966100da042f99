//! What other processors run, run here: plain numbers give the bits of SSE2, which rounds in the same places.

use super::super::arch::{Isa, Kernel, on_every_isa};
use super::super::matmul::{Matrix, Update, matmul_scratch};
use super::super::random::{Distribution, Draw};
use super::{
    Baseline, Product, RowSums, as_isa, baseline_f32, baseline_f64, portable_f32, portable_f64,
};

/// Runs the comparisons on the instruction set they are of.
#[derive(Clone)]
struct Compare;

impl Kernel for Compare {
    type Output = bool;

    fn run<I: Isa>(self, isa: I) -> bool {
        let proof = as_isa::<I, Baseline>(isa);
        if let Some(proof) = proof {
            compare_f32(proof);
            compare_f64(proof);
        }
        proof.is_some()
    }
}

macro_rules! compare {
    ($name:ident, $type:ty, $portable:ident, $registers:ident) => {
        fn $name(proof: Baseline) {
            let numbers: Vec<$type> = (0..6000_u16).map(|i| <$type>::from(i).sin()).collect();
            for extents in
                [[1, 9, 1], [8, 2, 32], [2, 40, 3], [3, 7, 11], [1, 40, 70], [70, 65, 68]]
            {
                let [m, k, n] = extents;
                for strides in [[k, 1, n, 1], [1, m, n, 1], [k, 1, 1, k], [1, m, 1, k]] {
                    let [a_row, a_column, b_row, b_column] = strides;
                    let a = Matrix {
                        values: &numbers[..m * k],
                        row_stride: a_row,
                        column_stride: a_column,
                    };
                    let b = Matrix {
                        values: &numbers[7..7 + k * n],
                        row_stride: b_row,
                        column_stride: b_column,
                    };
                    let product = |multiply: fn(Baseline, &mut Product<$type>)| {
                        let mut c = numbers[..m * n].to_vec();
                        let scratch = &mut vec![0.0; matmul_scratch::<$type>(extents)];
                        let update = Update::Add;
                        multiply(
                            proof,
                            &mut Product { extents, a, b, c: &mut c, c_stride: n, update, scratch },
                        );
                        c
                    };
                    assert_eq!(
                        product($portable::multiply),
                        product($registers::multiply),
                        "{extents:?}"
                    );
                }
                let row_sums = |sum: fn(Baseline, &mut RowSums<$type>)| {
                    let a = Matrix { values: &numbers, row_stride: 1, column_stride: m };
                    let mut out = vec![0.0; m];
                    let update = Update::Set;
                    sum(
                        proof,
                        &mut RowSums { extents: [m, k], a, out: &mut out, out_stride: 1, update },
                    );
                    out
                };
                assert_eq!(row_sums($portable::row_sums), row_sums($registers::row_sums));
                let transposed = |transpose: fn(Baseline, [usize; 2], &[$type], &mut [$type])| {
                    let mut to = vec![0.0; m * n];
                    transpose(proof, [m, n], &numbers[..m * n], &mut to);
                    to
                };
                assert_eq!(transposed($portable::transpose), transposed($registers::transpose));
                let spread = |spread: fn(Baseline, [usize; 2], &[$type], &mut [$type], usize)| {
                    let mut to = vec![0.0; (m + 3) * n];
                    spread(proof, [m, n], &numbers[..m * n], &mut to, m + 3);
                    to
                };
                assert_eq!(spread($portable::spread), spread($registers::spread));
                let drawn = |draw: fn(Baseline, &mut Draw<$type>)| {
                    let mut tile = vec![0.0; m * n];
                    let (key, distribution) = ([m as u32, k as u32], Distribution::Normal);
                    let tile_of = &mut tile;
                    draw(
                        proof,
                        &mut Draw { key, distribution, site: 1, first: k, count: n, tile: tile_of },
                    );
                    tile
                };
                assert_eq!(drawn($portable::draw), drawn($registers::draw));
            }
            for count in [0, 1, 15, 70, 5000] {
                let (a, b) = (&numbers[..count], &numbers[1..=count]);
                assert_eq!($portable::sum(proof, a), $registers::sum(proof, a));
                assert_eq!($portable::dot(proof, a, b), $registers::dot(proof, a, b));
            }
        }
    };
}

compare!(compare_f32, f32, portable_f32, baseline_f32);
compare!(compare_f64, f64, portable_f64, baseline_f64);

#[test]
fn plain_numbers_give_the_bits_of_registers() {
    let compared = on_every_isa(&Compare).into_iter().filter(|(_, compared)| *compared).count();
    assert_eq!(compared, 1);
}
