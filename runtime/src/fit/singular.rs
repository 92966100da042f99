//! Singular values of a small matrix.

#![expect(
    clippy::inline_always,
    reason = "a kernel is compiled for an instruction set only where it is inlined"
)]

use crate::kernel::arch::{Isa, Kernel, dispatch};

use super::vectors::{LANES, dots};

/// `A = U·diag(s)·Vᵀ` of a square matrix, without `U`.
pub(super) struct Singular {
    n: usize,
    /// The singular values, in the order of the columns of `V`.
    pub values: Vec<f64>,
    /// `V` by columns, each as long as [`padded`] says; empty where it was not asked for.
    right: Vec<f64>,
}

impl Singular {
    /// Singular values and `V`, of the columns that `element(row, column)` gives.
    pub fn vectors(n: usize, element: impl Fn(usize, usize) -> f64) -> Singular {
        let identity = |row, column| if row == column { 1.0 } else { 0.0 };
        Singular::of(n, element, fill(n, identity))
    }

    /// Singular values alone.
    pub fn values(n: usize, element: impl Fn(usize, usize) -> f64) -> Singular {
        Singular::of(n, element, Vec::new())
    }

    fn of(n: usize, element: impl Fn(usize, usize) -> f64, mut right: Vec<f64>) -> Singular {
        let mut columns = fill(n, element);
        dispatch(Orthogonalize { length: padded(n), columns: &mut columns, right: &mut right });
        let length = |column: &[f64]| column.iter().map(|value| value * value).sum::<f64>().sqrt();
        let values = columns.chunks_exact(padded(n).max(1)).map(length).collect();
        Singular { n, values, right }
    }

    /// `V[row, column]`.
    pub fn right(&self, row: usize, column: usize) -> f64 {
        self.right[column * padded(self.n) + row]
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

/// A square matrix by columns.
fn fill(n: usize, element: impl Fn(usize, usize) -> f64) -> Vec<f64> {
    let length = padded(n);
    let at = |place: usize| match (place % length, place / length) {
        (row, column) if row < n => element(row, column),
        _ => 0.0,
    };
    (0..n * length).map(at).collect()
}

/// Rotations of pairs of columns until all are orthogonal, which finds small singular values to high relative accuracy.
///
/// # References
/// Hestenes (1958), *Inversion of Matrices by Biorthogonalization and Related Results*; Demmel & Veselić (1992), *Jacobi's Method is More
/// Accurate than QR*.
struct Orthogonalize<'m> {
    length: usize,
    columns: &'m mut [f64],
    right: &'m mut [f64],
}

impl Kernel for Orthogonalize<'_> {
    type Output = ();

    #[inline(always)]
    fn run<I: Isa>(self, _isa: I) {
        /// Each sweep at least halves what is left; ten are many.
        const SWEEPS: usize = 60;
        let Orthogonalize { length, columns, right } = self;
        let n = columns.len() / length.max(1);
        for _ in 0..SWEEPS {
            let mut rotated = false;
            for p in 0..n {
                for q in p + 1..n {
                    let (a, b) = pair(columns, length, p, q);
                    let Some((cosine, sine)) = rotation::<I>(a, b) else { continue };
                    rotate(a, b, cosine, sine);
                    if !right.is_empty() {
                        let (a, b) = pair(right, length, p, q);
                        rotate(a, b, cosine, sine);
                    }
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

/// The rotation that makes two columns orthogonal, unless they are.
#[inline(always)]
fn rotation<I: Isa>(a: &[f64], b: &[f64]) -> Option<(f64, f64)> {
    let [aa, ab] = dots::<I, 2>(a, [a, b]);
    let [bb] = dots::<I, 1>(b, [b]);
    if ab == 0.0 || ab.abs() <= f64::EPSILON * aa.sqrt() * bb.sqrt() {
        return None;
    }
    let zeta = (bb - aa) / (2.0 * ab);
    let root = if zeta.abs() < 1e150 { (1.0 + zeta * zeta).sqrt() } else { zeta.abs() };
    let tangent = 1.0_f64.copysign(zeta) / (zeta.abs() + root);
    let cosine = (1.0 + tangent * tangent).sqrt().recip();
    Some((cosine, cosine * tangent))
}

#[inline(always)]
fn rotate(a: &mut [f64], b: &mut [f64], cosine: f64, sine: f64) {
    for (a, b) in a.iter_mut().zip(b) {
        (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
    }
}

#[cfg(test)]
mod tests;
