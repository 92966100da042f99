//! Transpositions against their definition, for all small shapes.

use super::super::arch::{Isa, Kernel, on_every_isa};
use super::super::real::Real;
use super::{carve, load_indices, load_rows, store_rows};

/// Loads rows 1.. into a tile and stores them again.
#[derive(Clone)]
struct RoundTrip<T> {
    values: Vec<T>,
    width: usize,
    count: usize,
}

impl<T: Real> Kernel for RoundTrip<T> {
    type Output = (Vec<T>, Vec<T>);

    fn run<I: Isa>(self, isa: I) -> (Vec<T>, Vec<T>) {
        let size = self.width * self.count;
        let (mut tile, mut rows) = (vec![T::ZERO; size], vec![T::ZERO; size]);
        load_rows(isa, &self.values, self.width, 1, self.count, &mut tile);
        store_rows(isa, &tile, self.width, self.count, &mut rows);
        (tile, rows)
    }
}

fn check<T: Real>(width: usize, count: usize) {
    let values: Vec<T> = (0..(count + 2) * width).map(|i| T::from_f64(i as f64)).collect();
    let kernel = RoundTrip { values, width, count };
    for (isa, (tile, rows)) in on_every_isa(&kernel) {
        for i in 0..count {
            for j in 0..width {
                let value = kernel.values[(1 + i) * width + j];
                assert_eq!(
                    tile[j * count + i],
                    value,
                    "{isa} tile of {count}×{width} at ({i}, {j})"
                );
                assert_eq!(
                    rows[i * width + j],
                    value,
                    "{isa} rows of {count}×{width} at ({i}, {j})"
                );
            }
        }
    }
}

#[test]
fn rows_go_to_features_and_back() {
    for width in (0..=20).chain([31, 32, 33, 64]) {
        for count in (0..=20).chain([31, 32, 33, 100]) {
            check::<f32>(width, count);
            check::<f64>(width, count);
        }
    }
}

#[test]
fn indices_become_numbers() {
    let mut tile = [0.0_f32; 2];
    load_indices(&[9, 4, 1 << 24], 1, 1, 2, &mut tile);
    assert_eq!(tile, [4.0, 16_777_216.0]);
    let mut tile = [0.0_f32; 6];
    load_indices(&[9, 9, 9, 1, 2, 3, 4, 5, 6], 3, 1, 2, &mut tile);
    assert_eq!(tile, [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
}

#[test]
fn an_index_that_the_scalar_cannot_hold_is_refused() {
    let refused =
        std::panic::catch_unwind(|| load_indices(&[(1 << 24) + 1], 1, 0, 1, &mut [0.0_f32]));
    assert!(refused.is_err());
    load_indices(&[(1 << 24) + 1], 1, 0, 1, &mut [0.0_f64]);
}

#[test]
fn pieces_follow_each_other() {
    let mut workspace = [0, 1, 2, 3, 4, 5];
    let [a, b, c] = carve(&mut workspace, [2, 0, 3]);
    assert_eq!((&*a, &*b, &*c), (&[0, 1][..], &[][..], &[2, 3, 4][..]));
    assert!(std::panic::catch_unwind(|| carve(&mut [0; 4], [2, 3]).len()).is_err());
}

#[test]
fn pieces_begin_on_lines_of_their_own_where_there_is_room() {
    let mut workspace = vec![0.0_f64; 64 + 4 * 15];
    let pieces = carve(&mut workspace, [16, 16, 3, 29]);
    assert_eq!(pieces.each_ref().map(|piece| piece.len()), [16, 16, 3, 29]);
    let lines = pieces.map(|piece| {
        assert_eq!(piece.as_ptr().align_offset(64), 0);
        piece.as_ptr().addr() / 64
    });
    assert_eq!(lines.map(|line| line - lines[0]), [0, 3, 6, 8], "16 numbers are two lines");
}
