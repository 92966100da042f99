//! A call checked, and the way it goes.

use super::super::real::Real;
use super::super::vector::Vector;
use super::blocks::{BLOCK_DEPTH, packs_a, packs_b};
use super::tile::Panel;
use super::{Parts, Product, Update, shared, tile};

/// Rows of a long `B` that a single row of `A` reads at a time.
const ROW_DEPTH: usize = 16;

/// A checked product, as addresses: all elements of `A` (`m`×`k`) and `B` (`k`×`n`) may be read, and those of `C` written, which
/// overlaps neither.
#[derive(Clone, Copy)]
pub(in super::super) struct Operands<E> {
    pub(super) m: usize,
    pub(super) k: usize,
    pub(super) n: usize,
    pub(super) a: *const E,
    pub(super) a_row: usize,
    pub(super) a_column: usize,
    pub(super) b: *const E,
    pub(super) b_row: usize,
    pub(super) b_column: usize,
    pub(super) c: *mut E,
    pub(super) c_row: usize,
    pub(super) update: Update,
}

/// Performs `product`.
///
/// # Safety
/// The processor has the instructions of `V`.
///
/// # Panics
/// Where a slice is too short or rows of `C` overlap.
#[inline(always)]
pub(in super::super) unsafe fn multiply<V: Parts>(product: &mut Product<V::Element>) {
    let Some(operands) = check(product) else { return };
    // SAFETY: `check` has proved what `Operands` says; the processor is the caller's promise.
    unsafe {
        if dots_are_cheaper::<V>(&operands) {
            V::dots(&operands);
        } else if lies_well::<V>(&operands) {
            panels::<V>(&operands);
        } else {
            shared::run::<V>(&operands, product.scratch);
        }
    }
}

/// The operands, once every access is known to be inside its slice; `None` where nothing is left to do.
#[inline(always)]
fn check<E: Real>(product: &mut Product<E>) -> Option<Operands<E>> {
    let [m, k, n] = product.extents;
    let (a, b, c_row) = (product.a, product.b, product.c_stride);
    if m == 0 || n == 0 {
        return None;
    }
    assert!(a.holds(m, k), "the left operand is shorter than its shape");
    assert!(b.holds(k, n), "the right operand is shorter than its shape");
    assert!(
        (m - 1).saturating_mul(c_row).saturating_add(n - 1) < product.c.len(),
        "the result is shorter than its shape"
    );
    assert!(m == 1 || c_row >= n, "the rows of the result overlap");
    if k == 0 {
        if product.update == Update::Set {
            product.c.chunks_mut(c_row.max(n)).take(m).for_each(|row| row[..n].fill(E::ZERO));
        }
        return None;
    }
    let mut operands = Operands {
        m,
        k,
        n,
        a: a.values.as_ptr(),
        a_row: a.row_stride,
        a_column: a.column_stride,
        b: b.values.as_ptr(),
        b_row: b.row_stride,
        b_column: if n == 1 { 1 } else { b.column_stride },
        c: product.c.as_mut_ptr(),
        c_row,
        update: product.update,
    };
    if n == 1 && a.row_stride == 1 && (c_row == 1 || m == 1) {
        operands = transposed(operands);
    }
    Some(operands)
}

/// A product with one contiguous column as the product of the transposes, with one row.
fn transposed<E: Real>(operands: Operands<E>) -> Operands<E> {
    Operands {
        m: 1,
        n: operands.m,
        a: operands.b,
        a_row: operands.b_column,
        a_column: operands.b_row,
        b: operands.a,
        b_row: operands.a_column,
        b_column: operands.a_row,
        c_row: operands.m,
        ..operands
    }
}

/// Compares the operations of both ways, each about a cycle.
#[inline(always)]
fn dots_are_cheaper<V: Vector>(operands: &Operands<impl Real>) -> bool {
    let &Operands { m, k, n, a_column, b_row, b_column, .. } = operands;
    if a_column != 1 || b_row != 1 {
        return false;
    }
    // A dot product ends in a sum of its lanes; a tile begins with a transposition of `B`, of which `LANES` zips of `log₂ LANES` rounds
    // make a square.
    let dots = m * n * (k.div_ceil(V::LANES) + 3);
    let squares = if b_column == 1 { 0 } else { k.div_ceil(V::LANES) * n.div_ceil(V::LANES) };
    let tiles = m * k * n.div_ceil(V::LANES) + squares * 5 * V::LANES;
    dots < tiles
}

/// Whether the product is best taken from its operands where they lie.
#[inline(always)]
fn lies_well<V: Vector>(operands: &Operands<V::Element>) -> bool {
    let one_row = operands.m == 1 && operands.b_column == 1;
    one_row || (operands.k <= BLOCK_DEPTH && !packs_a::<V>(operands) && !packs_b::<V>(operands))
}

/// A product that takes its operands where they lie.
///
/// A single row of `A` reads `B` once only: it does so along the rows of `B`, a few at a time.
///
/// # Safety
/// The processor has the instructions of `V`, and the operands are as [`Operands`] says, with the rows of `B` contiguous.
#[inline(always)]
unsafe fn panels<V: Parts>(operands: &Operands<V::Element>) {
    let &Operands { m, k, n, a_row, a_column, b_row, c_row, .. } = operands;
    let width = if m == 1 { tile::WIDE * V::LANES } else { 2 * V::LANES };
    let depth_limit = if m == 1 && n > width { ROW_DEPTH } else { k };
    let a_group = V::TILE_ROWS.wrapping_mul(a_row);
    let mut first_depth = 0;
    while first_depth < k {
        let depth = depth_limit.min(k - first_depth);
        let update = if first_depth == 0 { operands.update } else { Update::Add };
        // SAFETY: every panel lies within the rows and columns that are left.
        unsafe {
            let a = operands.a.add(first_depth * a_column);
            let b = operands.b.add(first_depth * b_row);
            let c = operands.c;
            let mut panel =
                Panel { rows: m, depth, a, a_row, a_column, a_group, b, b_row, c, c_row, update };
            let mut left = n;
            while left > 0 {
                let taken = if left >= width { width } else { left.min(2 * V::LANES) };
                V::panel(&panel, taken);
                panel.b = panel.b.add(taken);
                panel.c = panel.c.add(taken);
                left -= taken;
            }
        }
        first_depth += depth;
    }
}
