//! The least and the largest singular value of a small matrix.

#![expect(
    clippy::inline_always,
    reason = "a kernel is compiled for an instruction set only where it is inlined"
)]

use crate::kernel::arch::{Isa, Kernel, dispatch};

use super::vectors::{LANES, add_product, dots};

/// The least and the largest singular value of the square matrix that `element(row, column)` gives, zeros without elements.
///
/// They are right to rounding of the largest one: a part of `10⁻¹⁵` of the largest one may come out as anything of that size.
///
/// # References
/// Golub & Kahan (1965), *Calculating the Singular Values and Pseudo-Inverse of a Matrix*; Parlett (1998), *The Symmetric Eigenvalue
/// Problem*, §3.3, for the counts; Marques, Riedy & Vömel (2006), *Benefits of IEEE-754 Features in Modern Symmetric Tridiagonal
/// Eigensolvers*, for their form.
pub(super) fn extremes(n: usize, element: impl Fn(usize, usize) -> f64) -> [f64; 2] {
    if n == 0 {
        return [0.0; 2];
    }
    let length = n.next_multiple_of(LANES);
    let at = |place: usize| match (place % length, place / length) {
        (row, column) if row < n => element(row, column),
        _ => 0.0,
    };
    let mut columns: Vec<f64> = (0..n * length).map(at).collect();
    let [mut diagonal, mut above, mut work] = [vec![0.0; n], vec![0.0; n], vec![0.0; length]];
    dispatch(Bidiagonalize {
        length,
        columns: &mut columns,
        diagonal: &mut diagonal,
        above: &mut above,
        work: &mut work,
    });
    let squares = |values: Vec<f64>| values.iter().map(|value| value * value).collect::<Vec<f64>>();
    let (diagonal, above) = (squares(diagonal), squares(above));
    [1, n].map(|rank| dispatch(Section { diagonal: &diagonal, above: &above, rank }))
}

/// Reflections from both sides that leave the diagonal and what is next above it.
struct Bidiagonalize<'m> {
    length: usize,
    columns: &'m mut [f64],
    diagonal: &'m mut [f64],
    above: &'m mut [f64],
    work: &'m mut [f64],
}

impl Kernel for Bidiagonalize<'_> {
    type Output = ();

    #[inline(always)]
    fn run<I: Isa>(self, _isa: I) {
        let Bidiagonalize { length, columns, diagonal, above, work } = self;
        let n = diagonal.len();
        for k in 0..n {
            // Whole vectors; what is above row `k` in them is zero in the reflector.
            let start = k - k % LANES;
            let (left, right) = columns.split_at_mut((k + 1) * length);
            let reflector = &mut left[k * length + start..];
            reflector[..k - start].fill(0.0);
            let (value, scale) = reflection::<I>(reflector, k - start);
            diagonal[k] = value;
            for column in right.chunks_exact_mut(length) {
                let column = &mut column[start..];
                let [product] = dots::<I, 1>(reflector, [column]);
                add_multiple::<I>(column, -scale * product, reflector);
            }
            let row = &mut work[..(n - k - 1).next_multiple_of(LANES)];
            row.fill(0.0);
            for (value, column) in row.iter_mut().zip(right.chunks_exact(length)) {
                *value = column[k];
            }
            if row.is_empty() {
                return;
            }
            let (value, scale) = reflection::<I>(row, 0);
            above[k] = value;
            let sum = &mut left[k * length + start..];
            sum.fill(0.0);
            for (&value, column) in row.iter().zip(right.chunks_exact(length)) {
                add_multiple::<I>(sum, value, &column[start..]);
            }
            for (&value, column) in row.iter().zip(right.chunks_exact_mut(length)) {
                add_multiple::<I>(&mut column[start..], -scale * value, sum);
            }
        }
    }
}

/// Makes of a vector the one `v` whose reflection `1 − scale·v·vᵀ` turns it onto the axis `place`: what it is there, and the scale.
#[inline(always)]
fn reflection<I: Isa>(vector: &mut [f64], place: usize) -> (f64, f64) {
    let [square] = dots::<I, 1>(vector, [vector]);
    let head = vector[place];
    if square == 0.0 {
        return (head, 0.0);
    }
    // The sign that adds, so that nothing cancels.
    let value = -square.sqrt().copysign(head);
    vector[place] = head - value;
    (value, 1.0 / (square - head * value))
}

/// `y + a·x`.
#[inline(always)]
fn add_multiple<I: Isa>(y: &mut [f64], a: f64, x: &[f64]) {
    for (y, x) in y.as_chunks_mut::<LANES>().0.iter_mut().zip(x.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            y[lane] = add_product::<I>(a, x[lane], y[lane]);
        }
    }
}

/// Finds the singular value of this rank, the least being the first, of a bidiagonal matrix of which the squares are given.
struct Section<'m> {
    diagonal: &'m [f64],
    above: &'m [f64],
    rank: usize,
}

impl Kernel for Section<'_> {
    type Output = f64;

    /// Numbers of one sign are ordered as their bits are: sections of equal bits find small values as precisely as large ones.
    #[inline(always)]
    fn run<I: Isa>(self, _isa: I) -> f64 {
        /// The bits of a result that may be wrong.
        const LOOSE: u64 = 1 << 6;
        let Section { diagonal, above, rank } = self;
        // The square of the Frobenius norm, with room for rounding.
        let bound: f64 = diagonal.iter().chain(above).sum::<f64>() * 1.001;
        let (mut low, mut high) = (0, bound.to_bits());
        while high - low > LOOSE {
            let width = (high - low) / (LANES as u64 + 1) + 1;
            let bits: [u64; LANES] =
                std::array::from_fn(|lane| (low + (lane as u64 + 1) * width).min(high));
            let below = count_below(diagonal, above, bits.map(f64::from_bits));
            let first = below.iter().position(|&count| count >= rank).unwrap_or(LANES);
            if let Some(&bits) = bits.get(first) {
                high = bits;
            }
            if first > 0 {
                low = bits[first - 1];
            }
        }
        f64::from_bits(high).sqrt()
    }
}

/// How many singular values have squares below each of these.
#[inline(always)]
fn count_below(diagonal: &[f64], above: &[f64], squares: [f64; LANES]) -> [usize; LANES] {
    /// Stands for a pivot of zero.
    const TINY: f64 = -1e-280;
    let mut counts = [0.0; LANES];
    let mut rest = squares.map(|square| -square);
    for (diagonal, above) in diagonal.iter().zip(above) {
        for lane in 0..LANES {
            let pivot = diagonal + rest[lane];
            let pivot = if pivot.abs() < -TINY { TINY } else { pivot };
            counts[lane] += if pivot < 0.0 { 1.0 } else { 0.0 };
            rest[lane] = rest[lane] / pivot * above - squares[lane];
        }
    }
    counts.map(|count| count as usize)
}

#[cfg(test)]
mod tests;
