//! The blocks of a large product, and the scratch they are copied to.

use super::super::real::Real;
use super::super::vector::Vector;
use super::product::Operands;
use super::tile::Panel;
use super::{Parts, Update, pack};

/// Depth of a block: its panel of `B`, two vectors wide, stays in the first-level cache.
pub(super) const BLOCK_DEPTH: usize = 200;
/// Bytes of a row of a packed block of `B`; with `BLOCK_DEPTH` rows, half of a second-level cache.
const BLOCK_ROW_BYTES: usize = 2048;
/// Rows of a block of `A`, a multiple of every `TILE_ROWS`.
const BLOCK_ROWS: usize = 96;
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

/// The blocks of the product, as Goto and van de Geijn arrange them.
///
/// # Safety
/// The processor has the instructions of `V`, and the operands are as [`Operands`] says.
#[inline(always)]
pub(in super::super) unsafe fn run<V: Parts>(
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
        (core::ptr::null_mut(), core::ptr::null_mut())
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
const fn block_depth(k: usize) -> usize {
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
/// As [`run`]; `b` is the block at the depths and columns given, and `packed_a` has room for a block of `A`.
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
pub(super) fn packs_b<V: Vector>(operands: &Operands<V::Element>) -> bool {
    let &Operands { m, k, n, b_row, b_column, .. } = operands;
    b_column != 1
        || (m >= PACK_B_ROWS
            && n > V::LANES
            && k.saturating_mul(b_row) > DIRECT_B_BYTES / size_of::<V::Element>())
}

/// Whether blocks of `A` are copied.
#[inline(always)]
pub(super) fn packs_a<V: Vector>(operands: &Operands<V::Element>) -> bool {
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

/// The most that [`run`] takes of `scratch` over all strides and instruction sets.
pub(super) const fn scratch<E: Real>([m, k, n]: [usize; 3]) -> usize {
    let line = LINE_BYTES / size_of::<E>();
    if m == 0 || k == 0 || n == 0 {
        return 0;
    }
    let depth = block_depth(k);
    // One column may be multiplied as one row.
    let columns = if n == 1 { 0 } else { n };
    let b_length = depth * lesser(columns.next_multiple_of(line), BLOCK_ROW_BYTES / size_of::<E>());
    let a_length = if k >= PACK_A_COLUMNS && (m >= PACK_A_COLUMNS || n >= PACK_A_COLUMNS) {
        depth * lesser(BLOCK_ROWS, m + 8)
    } else {
        0
    };
    if a_length + b_length == 0 { 0 } else { line + b_length.next_multiple_of(line) + a_length }
}

const fn lesser(a: usize, b: usize) -> usize {
    if a < b { a } else { b }
}
