//! Singular values of a small matrix.

/// `A = U·diag(s)·Vᵀ` of a square matrix, without `U`.
pub(super) struct Singular {
    /// The singular values, in the order of the columns of `V`.
    pub values: Vec<f64>,
    /// `V` by columns.
    pub right: Vec<f64>,
}

impl Singular {
    /// By rotations of pairs of columns until all are orthogonal, which finds small singular values to high relative accuracy.
    ///
    /// # References
    /// Hestenes (1958), *Inversion of Matrices by Biorthogonalization and Related Results*; Demmel & Veselić (1992), *Jacobi's Method is
    /// More Accurate than QR*.
    pub fn of(mut columns: Vec<Vec<f64>>) -> Singular {
        /// Each sweep at least halves what is left; ten are many.
        const SWEEPS: usize = 60;
        let n = columns.len();
        let mut right: Vec<Vec<f64>> =
            (0..n).map(|j| (0..n).map(|i| f64::from(u8::from(i == j))).collect()).collect();
        for _ in 0..SWEEPS {
            let mut rotated = false;
            for p in 0..n {
                for q in p + 1..n {
                    if let Some((cosine, sine)) = rotation(&columns[p], &columns[q]) {
                        rotate(&mut columns, p, q, cosine, sine);
                        rotate(&mut right, p, q, cosine, sine);
                        rotated = true;
                    }
                }
            }
            if !rotated {
                break;
            }
        }
        let values = columns.iter().map(|column| dot(column, column).sqrt()).collect();
        Singular { values, right: right.concat() }
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

/// The rotation that makes two columns orthogonal, unless they are.
fn rotation(a: &[f64], b: &[f64]) -> Option<(f64, f64)> {
    let (aa, bb, ab) = (dot(a, a), dot(b, b), dot(a, b));
    if ab == 0.0 || ab.abs() <= f64::EPSILON * aa.sqrt() * bb.sqrt() {
        return None;
    }
    let zeta = (bb - aa) / (2.0 * ab);
    let tangent = 1.0_f64.copysign(zeta) / (zeta.abs() + zeta.hypot(1.0));
    let cosine = 1.0 / tangent.hypot(1.0);
    Some((cosine, cosine * tangent))
}

fn rotate(columns: &mut [Vec<f64>], p: usize, q: usize, cosine: f64, sine: f64) {
    let (left, right) = columns.split_at_mut(q);
    for (a, b) in left[p].iter_mut().zip(&mut right[0]) {
        (*a, *b) = (cosine * *a - sine * *b, sine * *a + cosine * *b);
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
