//! Examples in another order, copied to memory that is used again.

use alloc::vec::Vec;

use crate::kernel::real::Real;

use super::examples::{Examples, Rows};

const RESERVED: &str = "room for all rows is reserved";

/// Memory for a mini-batch, used again for the next one.
#[derive(Clone, Debug)]
pub struct BatchBuffer<T> {
    reals: Vec<T>,
    indices: Vec<u32>,
}

impl<T: Real> BatchBuffer<T> {
    /// Memory for up to `rows` examples like these.
    pub fn for_rows<const R: usize, const I: usize, const S: usize>(
        examples: &Examples<'_, T, R, I, S>,
        rows: usize,
    ) -> Self {
        let mut buffer = BatchBuffer { reals: Vec::new(), indices: Vec::new() };
        buffer.reserve(examples, rows);
        buffer
    }

    /// The examples that `order` lists, numbered from 0 for random numbers. Allocates only where the buffer is too small.
    ///
    /// # Panics
    /// If `order` is empty or lists a row past the last.
    pub fn gather<'b, 'a: 'b, const R: usize, const I: usize, const S: usize>(
        &'b mut self,
        examples: &Examples<'a, T, R, I, S>,
        order: &[usize],
    ) -> Examples<'b, T, R, I, S> {
        assert!(!order.is_empty(), "a batch has at least one row, the order lists none");
        let past = order.iter().find(|&&row| row >= examples.rows);
        assert!(past.is_none(), "the order lists row {past:?} of {}", examples.rows);
        self.reserve(examples, order.len());
        let mut reals = self.reals.as_mut_slice();
        let mut indices = self.indices.as_mut_slice();
        Examples {
            rows: order.len(),
            first: 0,
            randomness: examples.randomness,
            reals: examples.reals.map(|input| {
                let piece = reals.split_off_mut(..order.len() * input.width).expect(RESERVED);
                copy_rows(input.values, input.width, order, piece);
                Rows { values: piece, width: input.width }
            }),
            indices: examples.indices.map(|input| {
                let piece = indices.split_off_mut(..order.len() * input.width).expect(RESERVED);
                copy_rows(input.values, input.width, order, piece);
                Rows { values: piece, width: input.width }
            }),
            shared: examples.shared,
        }
    }

    /// Grows the memory to hold `rows` examples like these.
    fn reserve<const R: usize, const I: usize, const S: usize>(
        &mut self,
        examples: &Examples<'_, T, R, I, S>,
        rows: usize,
    ) {
        let width: usize = examples.reals.iter().map(|input| input.width).sum();
        let integers: usize = examples.indices.iter().map(|input| input.width).sum();
        if self.reals.len() < rows * width {
            self.reals.resize(rows * width, T::ZERO);
        }
        if self.indices.len() < rows * integers {
            self.indices.resize(rows * integers, 0);
        }
    }
}

/// Copies the rows that `order` lists; narrow ones without a call each.
fn copy_rows<U: Copy>(values: &[U], width: usize, order: &[usize], rows: &mut [U]) {
    match width {
        1 => copy_narrow_rows::<U, 1>(values, order, rows),
        2 => copy_narrow_rows::<U, 2>(values, order, rows),
        3 => copy_narrow_rows::<U, 3>(values, order, rows),
        4 => copy_narrow_rows::<U, 4>(values, order, rows),
        _ => {
            for (row, &source) in rows.chunks_exact_mut(width).zip(order) {
                row.copy_from_slice(&values[source * width..][..width]);
            }
        }
    }
}

fn copy_narrow_rows<U: Copy, const WIDTH: usize>(values: &[U], order: &[usize], rows: &mut [U]) {
    let (sources, _) = values.as_chunks::<WIDTH>();
    let (rows, _) = rows.as_chunks_mut::<WIDTH>();
    for (row, &source) in rows.iter_mut().zip(order) {
        *row = sources[source];
    }
}
