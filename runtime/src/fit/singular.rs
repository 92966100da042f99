//! Singular values of a small matrix.

#![expect(
    clippy::inline_always,
    reason = "a kernel is compiled for an instruction set only where it is inlined"
)]

use crate::kernel::arch::{Isa, Kernel, dispatch};

use super::vectors::{LANES, add_product, dots, total};

/// `A = U·diag(s)·Vᵀ` of a square matrix, without `V`.
pub(super) struct Singular {
    n: usize,
    /// The singular values, in the order of the columns of `U`.
    pub values: Vec<f64>,
    /// `U·diag(s)` by columns, each as long as [`padded`] says.
    columns: Vec<f64>,
}

impl Singular {
    /// Of the matrix that `element(row, column)` gives.
    pub fn of(n: usize, element: impl Fn(usize, usize) -> f64) -> Singular {
        let length = padded(n);
        let at = |place: usize| match (place % length, place / length) {
            (row, column) if row < n => element(row, column),
            _ => 0.0,
        };
        let mut columns: Vec<f64> = (0..n * length).map(at).collect();
        let mut values = vec![0.0; n];
        dispatch(Orthogonalize { length, columns: &mut columns, squares: &mut values });
        let values = values.into_iter().map(f64::sqrt).collect();
        Singular { n, values, columns }
    }

    /// `U[row, column]`, of a singular value that is not zero.
    pub fn left(&self, row: usize, column: usize) -> f64 {
        self.columns[column * padded(self.n) + row] / self.values[column]
    }

    /// The largest singular value, 0 where there is none.
    pub fn largest(&self) -> f64 {
        self.values.iter().copied().fold(0.0, f64::max)
    }

    /// The largest over the least singular value: the 2-norm condition.
    pub fn condition(&self) -> f64 {
        let least = self.values.iter().copied().fold(f64::INFINITY, f64::min);
        if self.values.is_empty() { 1.0 } else { self.largest() / least }
    }
}

/// The length of a column with zeros behind it.
fn padded(n: usize) -> usize {
    n.next_multiple_of(LANES)
}

/// Rotations of pairs of columns until all are orthogonal, which finds small singular values to high relative accuracy.
///
/// # References
/// Hestenes (1958), *Inversion of Matrices by Biorthogonalization and Related Results*; Demmel & Veselić (1992), *Jacobi's Method is More
/// Accurate than QR*.
struct Orthogonalize<'m> {
    length: usize,
    columns: &'m mut [f64],
    /// The squared lengths of the columns, found here.
    squares: &'m mut [f64],
}

impl Kernel for Orthogonalize<'_> {
    type Output = ();

    #[inline(always)]
    fn run<I: Isa>(self, _isa: I) {
        /// Each sweep at least halves what is left; ten are many.
        const SWEEPS: usize = 60;
        let Orthogonalize { length, columns, squares } = self;
        let n = squares.len();
        for (column, square) in columns.chunks_exact(length.max(1)).zip(&mut *squares) {
            [*square] = dots::<I, 1>(column, [column]);
        }
        for _ in 0..SWEEPS {
            let mut rotated = false;
            for p in 0..n {
                for q in p + 1..n {
                    let (a, b) = pair(columns, length, p, q);
                    let [product] = dots::<I, 1>(a, [b]);
                    let Some((cosine, sine)) = rotation(squares[p], squares[q], product) else {
                        continue;
                    };
                    [squares[p], squares[q]] = rotate::<I>(a, b, cosine, sine);
                    rotated = true;
                }
            }
            if !rotated {
                break;
            }
        }
    }
}

/// Two columns, the second after the first.
#[inline(always)]
fn pair(columns: &mut [f64], length: usize, p: usize, q: usize) -> (&mut [f64], &mut [f64]) {
    let (left, right) = columns.split_at_mut(q * length);
    (&mut left[p * length..][..length], &mut right[..length])
}

/// The rotation that makes two columns orthogonal, unless they are; of their squared lengths and their product.
#[inline(always)]
fn rotation(aa: f64, bb: f64, ab: f64) -> Option<(f64, f64)> {
    if ab == 0.0 || ab.abs() <= f64::EPSILON * aa.sqrt() * bb.sqrt() {
        return None;
    }
    let zeta = (bb - aa) / (2.0 * ab);
    let root = if zeta.abs() < 1e150 { (1.0 + zeta * zeta).sqrt() } else { zeta.abs() };
    let tangent = 1.0_f64.copysign(zeta) / (zeta.abs() + root);
    let cosine = (1.0 + tangent * tangent).sqrt().recip();
    Some((cosine, cosine * tangent))
}

/// Rotates two columns, and gives their squared lengths.
#[inline(always)]
fn rotate<I: Isa>(a: &mut [f64], b: &mut [f64], cosine: f64, sine: f64) -> [f64; 2] {
    let mut squares = [[0.0; LANES]; 2];
    for (a, b) in a.as_chunks_mut::<LANES>().0.iter_mut().zip(b.as_chunks_mut::<LANES>().0) {
        for lane in 0..LANES {
            let (left, right) = (a[lane], b[lane]);
            a[lane] = cosine * left - sine * right;
            b[lane] = sine * left + cosine * right;
            squares[0][lane] = add_product::<I>(a[lane], a[lane], squares[0][lane]);
            squares[1][lane] = add_product::<I>(b[lane], b[lane], squares[1][lane]);
        }
    }
    squares.map(total)
}

#[cfg(test)]
mod tests;
