//! The choice of the way, and the blocks of a large product.

use super::super::real::Real;
use super::super::vector::Vector;
use super::tile::Panel;
use super::{Parts, Product, Update, pack, tile};

/// Depth of a block: its panel of `B`, two vectors wide, stays in the first-level cache.
const BLOCK_DEPTH: usize = 200;
/// Bytes of a row of a packed block of `B`; with `BLOCK_DEPTH` rows, half of a second-level cache.
const BLOCK_ROW_BYTES: usize = 2048;
/// Rows of a block of `A`, a multiple of every `TILE_ROWS`.
const BLOCK_ROWS: usize = 96;
/// Rows of a long `B` that a single row of `A` reads at a time.
const ROW_DEPTH: usize = 16;
/// Packed blocks begin on a cache line.
const LINE_BYTES: usize = 64;
/// `B` is copied only where it is read often enough to pay for it.
const PACK_B_ROWS: usize = 24;
/// Contiguous rows of `B` are used where they are as long as the block they belong to fits the first-level cache.
const DIRECT_B_BYTES: usize = 16 * 1024;
/// `A` is copied only where as many columns use it.
const PACK_A_COLUMNS: usize = 64;
/// Strides of `A` in bytes below which a column of a group of rows is near the next.
const DIRECT_A_STRIDE_BYTES: usize = 1024;

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
            V::blocks(&operands, product.scratch);
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

/// The blocks of the product, as Goto and van de Geijn arrange them.
///
/// # Safety
/// The processor has the instructions of `V`, and the operands are as [`Operands`] says.
#[inline(always)]
pub(in super::super) unsafe fn blocks<V: Parts>(
    operands: &Operands<V::Element>,
    scratch: &mut [V::Element],
) {
    let &Operands { m, k, n, b_row, b_column, .. } = operands;
    let packs_b = packs_b::<V>(operands);
    let packs_a = packs_a::<V>(operands);
    let depth_limit = block_depth(k);
    let column_limit = if packs_b { BLOCK_ROW_BYTES / size_of::<V::Element>() } else { n };
    let (packed_b, packed_a) = if packs_a || packs_b {
        let b_length =
            if packs_b { depth_limit * column_limit.min(n.next_multiple_of(V::LANES)) } else { 0 };
        let a_length = if packs_a {
            depth_limit * BLOCK_ROWS.min(m.next_multiple_of(V::TILE_ROWS))
        } else {
            0
        };
        split(scratch, b_length, a_length)
    } else {
        (std::ptr::null_mut(), std::ptr::null_mut())
    };
    let mut first_column = 0;
    while first_column < n {
        let columns = column_limit.min(n - first_column);
        let mut first_depth = 0;
        while first_depth < k {
            let depth = depth_limit.min(k - first_depth);
            // SAFETY: the block lies within `B`, and `packed_b` has room for it.
            unsafe {
                let b = operands.b.add(first_depth * b_row + first_column * b_column);
                if packs_b {
                    pack::b::<V>([depth, columns], b, [b_row, b_column], packed_b);
                }
                let b = Source {
                    address: if packs_b { packed_b.cast_const() } else { b },
                    packed: packs_b,
                };
                let a = packs_a.then_some(packed_a);
                rows::<V>(operands, [first_depth, depth], [first_column, columns], b, a);
            }
            first_depth += depth;
        }
        first_column += columns;
    }
}

/// Depth of the blocks of a product, all about the same.
#[inline(always)]
fn block_depth(k: usize) -> usize {
    if k <= BLOCK_DEPTH { k } else { k.div_ceil(k.div_ceil(BLOCK_DEPTH)) }
}

/// A block of `B`, where it is read.
#[derive(Clone, Copy)]
struct Source<E> {
    address: *const E,
    packed: bool,
}

/// All rows of `C` for one block of `B`.
///
/// # Safety
/// As [`blocks`]; `b` is the block at the depths and columns given, and `packed_a` has room for a block of `A`.
#[inline(always)]
unsafe fn rows<V: Parts>(
    operands: &Operands<V::Element>,
    [first_depth, depth]: [usize; 2],
    [first_column, columns]: [usize; 2],
    b: Source<V::Element>,
    packed_a: Option<*mut V::Element>,
) {
    let &Operands { m, a_row, a_column, b_row, c_row, update, .. } = operands;
    let width = 2 * V::LANES;
    let row_limit = if packed_a.is_some() { BLOCK_ROWS } else { m };
    let mut i = 0;
    while i < m {
        let rows = row_limit.min(m - i);
        // SAFETY: the block of `A` lies within it, every panel within the blocks, and the panels of a packed block lie one after another.
        unsafe {
            let direct = operands.a.add(i * a_row + first_depth * a_column);
            let (a, a_row, a_column, a_group) = if let Some(packed) = packed_a {
                pack::a::<V>([rows, depth], direct, [a_row, a_column], packed);
                (packed.cast_const(), 1, V::TILE_ROWS, V::TILE_ROWS * depth)
            } else {
                (direct, a_row, a_column, V::TILE_ROWS.wrapping_mul(a_row))
            };
            let mut j = 0;
            while j < columns {
                let taken = width.min(columns - j);
                let (panel_b, b_row) = if b.packed {
                    (b.address.add(j * depth), taken.next_multiple_of(V::LANES))
                } else {
                    (b.address.add(j), b_row)
                };
                let panel = Panel {
                    rows,
                    depth,
                    a,
                    a_row,
                    a_column,
                    a_group,
                    b: panel_b,
                    b_row,
                    c: operands.c.add(i * c_row + first_column + j),
                    c_row,
                    update: if first_depth == 0 { update } else { Update::Add },
                };
                V::panel(&panel, taken);
                j += width;
            }
        }
        i += rows;
    }
}

/// Whether blocks of `B` are copied: always where a row is not contiguous.
#[inline(always)]
fn packs_b<V: Vector>(operands: &Operands<V::Element>) -> bool {
    let &Operands { m, k, n, b_row, b_column, .. } = operands;
    b_column != 1
        || (m >= PACK_B_ROWS
            && n > V::LANES
            && k.saturating_mul(b_row) > DIRECT_B_BYTES / size_of::<V::Element>())
}

/// Whether the product is best taken from its operands where they lie.
#[inline(always)]
fn lies_well<V: Vector>(operands: &Operands<V::Element>) -> bool {
    let one_row = operands.m == 1 && operands.b_column == 1;
    one_row || (operands.k <= BLOCK_DEPTH && !packs_a::<V>(operands) && !packs_b::<V>(operands))
}

/// Whether blocks of `A` are copied.
#[inline(always)]
fn packs_a<V: Vector>(operands: &Operands<V::Element>) -> bool {
    let &Operands { k, n, a_row, a_column, .. } = operands;
    let far = a_row.max(a_column) > DIRECT_A_STRIDE_BYTES / size_of::<V::Element>();
    far && n >= PACK_A_COLUMNS && k >= PACK_A_COLUMNS
}

/// Two aligned pieces of `scratch`.
///
/// # Panics
/// Where it is too short.
#[inline(always)]
fn split<E>(scratch: &mut [E], first: usize, second: usize) -> (*mut E, *mut E) {
    let line = LINE_BYTES / size_of::<E>();
    let start = scratch.as_ptr().align_offset(LINE_BYTES);
    let next = start + first.next_multiple_of(line);
    let scratch = &mut scratch[..next + second];
    // SAFETY: the slice just taken ends after both pieces.
    unsafe { (scratch.as_mut_ptr().add(start), scratch.as_mut_ptr().add(next)) }
}

/// The most that [`blocks`] takes of `scratch` over all strides and instruction sets.
pub(super) fn scratch<E: Real>([m, k, n]: [usize; 3]) -> usize {
    let line = LINE_BYTES / size_of::<E>();
    if m == 0 || k == 0 || n == 0 {
        return 0;
    }
    let depth = block_depth(k);
    // One column may be multiplied as one row.
    let columns = if n == 1 { 0 } else { n };
    let b_length = depth * columns.next_multiple_of(line).min(BLOCK_ROW_BYTES / size_of::<E>());
    let a_length = if k >= PACK_A_COLUMNS && m.max(n) >= PACK_A_COLUMNS {
        depth * BLOCK_ROWS.min(m + 8)
    } else {
        0
    };
    if a_length + b_length == 0 { 0 } else { line + b_length.next_multiple_of(line) + a_length }
}
