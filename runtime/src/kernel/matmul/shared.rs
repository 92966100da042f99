//! A large product shared by threads: each computes blocks of rows of the result.
//!
//! An element is summed in the same order whoever computes it, so the bits are those of one thread. Blocks of columns would copy less where
//! only `B` is copied, but rows of `C` do not begin on cache lines, and two threads that write to one line for every row lose more than
//! they gain (1.9 times as fast on two threads became 1.4 times at 784-512-512-10, 128 examples, f32).

use super::product::Operands;
use super::{Parts, blocks};
use crate::threads;

/// Multiplications and additions that are worth a thread: some 20 µs.
const PIECE: usize = 1 << 20;
/// Rows that are worth copying `B` for.
const PIECE_ROWS: usize = 64;

/// The blocks of the product, on threads that are free where the caller is one of several and has scratch memory for them.
///
/// # Safety
/// The processor has the instructions of `V`, and the operands are as [`Operands`] says.
#[inline(always)]
pub(super) unsafe fn run<V: Parts>(operands: &Operands<V::Element>, scratch: &mut [V::Element]) {
    let &Operands { m, k, n, .. } = operands;
    let work = m.saturating_mul(k).saturating_mul(n);
    // SAFETY: the caller's promises, handed on.
    unsafe {
        if work < 2 * PIECE || m < 2 * PIECE_ROWS || !threads::is_shared() {
            V::blocks(operands, scratch);
        } else {
            let each = blocks::scratch::<V::Element>([m, k, n]);
            let most = (work / PIECE).min(m / PIECE_ROWS).min(threads::count());
            let pieces = scratch.len().checked_div(each).map_or(most, |room| room.min(most));
            share::<V>(Piece(*operands), pieces, scratch, each);
        }
    }
}

/// Some rows of the result, with the rows of `A` they are made of.
#[derive(Clone, Copy)]
struct Piece<E>(Operands<E>);

// SAFETY: the operands are what a shared borrow of `A` and `B` and an exclusive one of some rows of `C` stand for, and those may be sent.
unsafe impl<E: Send + Sync> Send for Piece<E> {}

impl<E: Copy> Piece<E> {
    fn operands(&self) -> &Operands<E> {
        &self.0
    }

    /// The first rows, and the others.
    ///
    /// # Safety
    /// There are more than `rows`.
    unsafe fn split(self, rows: usize) -> (Self, Self) {
        let Piece(all) = self;
        // SAFETY: the rows begin within `A` and `C`.
        let (a, c) = unsafe { (all.a.add(rows * all.a_row), all.c.add(rows * all.c_row)) };
        let first = Operands { m: rows, ..all };
        (Piece(first), Piece(Operands { m: all.m - rows, a, c, ..all }))
    }
}

/// Halves the rows until there are so many pieces; each has `each` elements of scratch.
///
/// # Safety
/// As [`run`].
unsafe fn share<V: Parts>(
    piece: Piece<V::Element>,
    pieces: usize,
    scratch: &mut [V::Element],
    each: usize,
) {
    let rows = piece.operands().m;
    let first_pieces = pieces / 2;
    let first_rows = (rows * first_pieces / pieces.max(1)).next_multiple_of(V::TILE_ROWS);
    if pieces < 2 || first_rows == 0 || first_rows >= rows {
        // SAFETY: the caller's promises, handed on.
        return unsafe { V::blocks(piece.operands(), scratch) };
    }
    // SAFETY: there are more rows.
    let (first, second) = unsafe { piece.split(first_rows) };
    let (scratch_of_first, scratch_of_second) = scratch.split_at_mut(first_pieces * each);
    threads::join(
        // SAFETY: the caller's promises, for rows that are apart.
        move || unsafe { share::<V>(first, first_pieces, scratch_of_first, each) },
        // SAFETY: the same.
        move || unsafe { share::<V>(second, pieces - first_pieces, scratch_of_second, each) },
    );
}
