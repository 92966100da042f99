//! A tile of `C` in registers: the innermost loop of the product.

use super::super::real::Real;
use super::super::vector::{Vector, prefetch};
use super::Update;

/// Vectors of a panel of a single row.
pub(super) const WIDE: usize = 8;

/// Rows of `C` times one panel of columns, two vectors wide at most, or with a single row [`WIDE`].
pub(in super::super) struct Panel<E> {
    /// Rows of `A` and `C`.
    pub(super) rows: usize,
    /// Columns of `A`, rows of `B`.
    pub(super) depth: usize,
    pub(super) a: *const E,
    /// From one row of `A` to the next, within a group of `TILE_ROWS` rows.
    pub(super) a_row: usize,
    pub(super) a_column: usize,
    /// From the first row of one group to that of the next.
    pub(super) a_group: usize,
    pub(super) b: *const E,
    pub(super) b_row: usize,
    pub(super) c: *mut E,
    pub(super) c_row: usize,
    pub(super) update: Update,
}

/// Computes a panel of `columns` columns.
///
/// # Safety
/// The processor has the instructions of `V`; the elements of `A`, `B` and `C` that the panel names may be read, those of `C` written,
/// and `C` overlaps neither of the others.
#[inline(always)]
pub(in super::super) unsafe fn run<V: Vector>(panel: &Panel<V::Element>, columns: usize) {
    // SAFETY: handed on; `columns` is as [`Panel`] says, and the mask leaves out what is past it.
    unsafe {
        if panel.rows == 1 && columns == WIDE * V::LANES {
            tile::<V, 1, WIDE, 1, false>(panel, panel.a, panel.c, V::mask(V::LANES));
        } else if columns == 2 * V::LANES {
            groups::<V, 2, false>(panel, V::mask(V::LANES));
        } else if columns > V::LANES {
            groups::<V, 2, true>(panel, V::mask(columns - V::LANES));
        } else {
            groups::<V, 1, true>(panel, V::mask(columns));
        }
    }
}

/// All rows of a panel of `N` vectors, in tiles of `TILE_ROWS`, then of 4, 2 and 1.
///
/// # Safety
/// As [`run`]; `edge` is the mask of the last vector.
#[inline(always)]
unsafe fn groups<V: Vector, const N: usize, const EDGE: bool>(
    panel: &Panel<V::Element>,
    edge: V::Mask,
) {
    let (mut a, mut c, mut left) = (panel.a, panel.c, panel.rows);
    // SAFETY: every tile lies within the rows that are left. A row of few accumulators sums in several chains, to hide the latency.
    unsafe {
        while left >= V::TILE_ROWS {
            match V::TILE_ROWS {
                8 => tile::<V, 8, N, 1, EDGE>(panel, a, c, edge),
                6 => tile::<V, 6, N, 1, EDGE>(panel, a, c, edge),
                _ => tile::<V, 4, N, 1, EDGE>(panel, a, c, edge),
            }
            left -= V::TILE_ROWS;
            a = a.wrapping_add(panel.a_group);
            c = c.wrapping_add(V::TILE_ROWS * panel.c_row);
        }
        if left & 4 != 0 {
            if N == 2 {
                tile::<V, 4, N, 1, EDGE>(panel, a, c, edge);
            } else {
                tile::<V, 4, N, 2, EDGE>(panel, a, c, edge);
            }
            a = a.wrapping_add(4 * panel.a_row);
            c = c.wrapping_add(4 * panel.c_row);
        }
        if left & 2 != 0 {
            tile::<V, 2, N, 2, EDGE>(panel, a, c, edge);
            a = a.wrapping_add(2 * panel.a_row);
            c = c.wrapping_add(2 * panel.c_row);
        }
        if left & 1 != 0 {
            tile::<V, 1, N, 4, EDGE>(panel, a, c, edge);
        }
    }
}

/// `R` rows of `N` vectors: `U` interleaved sums over the depth, added at the end.
///
/// # Safety
/// As [`run`], for the rows from `a` and `c` on.
#[inline(always)]
unsafe fn tile<V: Vector, const R: usize, const N: usize, const U: usize, const EDGE: bool>(
    panel: &Panel<V::Element>,
    mut a: *const V::Element,
    c: *mut V::Element,
    edge: V::Mask,
) {
    let &Panel { depth, a_row, a_column, mut b, b_row, c_row, update, .. } = panel;
    // SAFETY: handed on by the caller; pointers past the last row are never read through.
    unsafe {
        if depth >= PREFETCH_DEPTH {
            for r in 0..R {
                for v in 0..N {
                    prefetch(c.wrapping_add(r * c_row + v * V::LANES));
                }
            }
        }
        let mut sums = [[[V::splat(V::Element::ZERO); N]; R]; U];
        let mut left = depth;
        while left >= U {
            for chain in &mut sums {
                step::<V, R, N, EDGE>(chain, a, a_row, b, edge);
                a = a.wrapping_add(a_column);
                b = b.wrapping_add(b_row);
            }
            left -= U;
        }
        while left > 0 {
            step::<V, R, N, EDGE>(&mut sums[0], a, a_row, b, edge);
            a = a.wrapping_add(a_column);
            b = b.wrapping_add(b_row);
            left -= 1;
        }
        let (first, others) = sums.split_first_mut().expect("there is a chain");
        // All of the old values are read before any of the new is written: a load that follows a masked store nearby waits for it.
        for r in 0..R {
            for v in 0..N {
                for chain in &*others {
                    first[r][v] = first[r][v].add(chain[r][v]);
                }
                if update == Update::Add {
                    let old = c.add(r * c_row + v * V::LANES);
                    first[r][v] = first[r][v].add(load::<V>(old, EDGE && v == N - 1, edge));
                }
            }
        }
        for (r, row) in first.iter().enumerate() {
            for (v, sum) in row.iter().enumerate() {
                let to = c.add(r * c_row + v * V::LANES);
                if EDGE && v == N - 1 { sum.store_first(to, edge) } else { sum.store(to) }
            }
        }
    }
}

/// One column of `A` times one row of `B`, added to the sums.
///
/// # Safety
/// As [`run`], for the column at `a` and the row at `b`.
#[inline(always)]
unsafe fn step<V: Vector, const R: usize, const N: usize, const EDGE: bool>(
    sums: &mut [[V; N]; R],
    a: *const V::Element,
    a_row: usize,
    b: *const V::Element,
    edge: V::Mask,
) {
    // SAFETY: handed on by the caller.
    unsafe {
        let mut row = [V::splat(V::Element::ZERO); N];
        for (v, vector) in row.iter_mut().enumerate() {
            *vector = load::<V>(b.add(v * V::LANES), EDGE && v == N - 1, edge);
        }
        for (r, sums) in sums.iter_mut().enumerate() {
            let factor = V::splat(*a.add(r * a_row));
            for v in 0..N {
                sums[v] = factor.mul_add(row[v], sums[v]);
            }
        }
    }
}

/// A whole or a partial vector.
///
/// # Safety
/// As the two loads of [`Vector`].
#[inline(always)]
unsafe fn load<V: Vector>(from: *const V::Element, partial: bool, edge: V::Mask) -> V {
    // SAFETY: handed on by the caller.
    unsafe { if partial { V::load_first(from, edge) } else { V::load(from) } }
}

/// Above this depth the loop is long enough to fetch the destination while it runs.
const PREFETCH_DEPTH: usize = 32;
