//! The Cholesky factor, row by row.

use super::super::arch::Isa;
use super::super::math;
use super::super::real::Real;
use super::Square;
use super::segments::dot;

/// Lanes that are summed in registers.
const WIDTH: usize = 16;

/// The factors of the symmetric parts.
#[inline(always)]
pub fn factor<I: Isa, T: Real>(isa: I, a: Square<T>, out: &mut [T]) {
    let (n, lanes) = (a.n, a.lanes);
    for i in 0..n {
        for j in 0..n {
            let to = &mut out[(i * n + j) * lanes..][..lanes];
            if j > i {
                to.fill(T::ZERO);
                continue;
            }
            let half = T::from_f64(0.5);
            for ((to, &lower), &upper) in to.iter_mut().zip(a.at(i, j)).zip(a.at(j, i)) {
                *to = half * lower + half * upper;
            }
        }
    }
    for i in 0..n {
        for j in 0..=i {
            if lanes == 1 {
                one(isa, n, [i, j], out);
                continue;
            }
            let mut first = 0;
            while first + WIDTH <= lanes {
                several::<I, T, WIDTH>(isa, [n, lanes, first], [i, j], out);
                first += WIDTH;
            }
            while first < lanes {
                several::<I, T, 1>(isa, [n, lanes, first], [i, j], out);
                first += 1;
            }
        }
    }
    spoil_all(n, lanes, out);
}

/// Element `(i, j)` of the only lane, by a dot product of two rows.
#[inline(always)]
fn one<I: Isa, T: Real>(isa: I, n: usize, [i, j]: [usize; 2], out: &mut [T]) {
    let known = dot(isa, &out[i * n..][..j], &out[j * n..][..j]);
    let rest = out[i * n + j] - known;
    out[i * n + j] = if i == j { root(isa, rest) } else { rest / out[j * n + j] };
}

/// Element `(i, j)` of `W` lanes.
#[inline(always)]
fn several<I: Isa, T: Real, const W: usize>(
    isa: I,
    [n, lanes, first]: [usize; 3],
    [i, j]: [usize; 2],
    out: &mut [T],
) {
    let mut rest = [T::ZERO; W];
    rest.copy_from_slice(&out[(i * n + j) * lanes + first..][..W]);
    let rows = [i, j].map(
        #[inline(always)]
        |row| &out[row * n * lanes..][..n * lanes],
    );
    for k in 0..j {
        let [left, right] = rows.map(
            #[inline(always)]
            |row| &row[k * lanes + first..][..W],
        );
        for t in 0..W {
            rest[t] = (-left[t]).mul_add_if(isa, right[t], rest[t]);
        }
    }
    let diagonal = &out[(j * n + j) * lanes + first..][..W];
    for t in 0..W {
        rest[t] = if i == j { root(isa, rest[t]) } else { rest[t] / diagonal[t] };
    }
    out[(i * n + j) * lanes + first..][..W].copy_from_slice(&rest);
}

/// `√x` of a positive finite number, NaN of every other.
#[inline(always)]
fn root<I: Isa, T: Real>(isa: I, x: T) -> T {
    let nan = T::from_f64(f64::NAN);
    let root = math::sqrt(isa, x);
    if x > T::ZERO && x < T::from_f64(f64::INFINITY) { root } else { nan }
}

/// All elements of a lane become NaN where one on the diagonal is.
#[inline(always)]
fn spoil_all<T: Real>(n: usize, lanes: usize, out: &mut [T]) {
    let mut spoilt = true;
    for i in 0..n {
        let diagonal = &out[(i * n + i) * lanes..][..lanes];
        spoilt &= diagonal.iter().all(|value| *value > T::ZERO);
    }
    if spoilt {
        return;
    }
    for lane in 0..lanes {
        let is_spoilt = (0..n).any(|i| {
            !out[(i * n + i) * lanes + lane]
                .partial_cmp(&T::ZERO)
                .is_some_and(core::cmp::Ordering::is_gt)
        });
        if is_spoilt {
            for value in out.iter_mut().skip(lane).step_by(lanes) {
                *value = T::from_f64(f64::NAN);
            }
        }
    }
}
