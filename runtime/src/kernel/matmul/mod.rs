//! The matrix product, for any strides.
//!
//! `tile` is a tile of `C` held in registers, `dots` a block of `C` as dot products; `pack` copies a block of an operand into the order a
//! tile reads it in, for the `blocks` of a large product, which may be `shared` by threads. `product` chooses between them by shape and strides alone, so that a product
//! of fixed shape always adds in the same order.

use super::arch::Isa;
use super::one_by_one;
use super::real::Real;
use super::vector::Vector;

mod blocks;
mod dots;
mod pack;
mod product;
mod shared;
mod tile;

#[cfg(test)]
mod tests;

pub(super) use blocks::run as blocks;
pub(super) use dots::run as dots;
pub(super) use product::{Operands, multiply};
pub(super) use tile::{Panel, run as panel};

/// A strided view: element `(i, j)` is `values[i·row_stride + j·column_stride]`.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a, T> {
    /// What the view is taken of.
    pub values: &'a [T],
    /// From one row to the next.
    pub row_stride: usize,
    /// From one column to the next.
    pub column_stride: usize,
}

impl<'a, T> Matrix<'a, T> {
    /// A view with these strides.
    #[inline(always)]
    pub fn new(values: &'a [T], row_stride: usize, column_stride: usize) -> Self {
        Matrix { values, row_stride, column_stride }
    }

    /// Whether every element of a `rows` × `columns` view lies in the slice.
    pub(super) fn holds(&self, rows: usize, columns: usize) -> bool {
        if rows == 0 || columns == 0 {
            return true;
        }
        let last_row = (rows - 1).saturating_mul(self.row_stride);
        last_row.saturating_add((columns - 1).saturating_mul(self.column_stride))
            < self.values.len()
    }
}

/// What happens to the destination.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Update {
    /// It is overwritten.
    Set,
    /// The result is added to it.
    Add,
}

/// The parts of a product that are functions of their own, each compiled for the instruction set.
pub(super) trait Parts: Vector {
    /// [`tile::run`].
    ///
    /// # Safety
    /// As there.
    unsafe fn panel(panel: &Panel<Self::Element>, columns: usize);

    /// [`dots::run`].
    ///
    /// # Safety
    /// As there.
    unsafe fn dots(operands: &Operands<Self::Element>);

    /// [`blocks::run`].
    ///
    /// # Safety
    /// As there.
    unsafe fn blocks(operands: &Operands<Self::Element>, scratch: &mut [Self::Element]);
}

impl Update {
    /// Updates one number.
    #[inline(always)]
    pub fn apply<T: Real>(self, place: &mut T, value: T) {
        match self {
            Update::Set => *place = value,
            Update::Add => *place += value,
        }
    }
}

/// One call of [`matmul`]. It promises nothing: what performs it checks it.
pub struct Product<'a, T> {
    /// `m`, `k`, `n`.
    pub(super) extents: [usize; 3],
    pub(super) a: Matrix<'a, T>,
    pub(super) b: Matrix<'a, T>,
    pub(super) c: &'a mut [T],
    pub(super) c_stride: usize,
    pub(super) update: Update,
    pub(super) scratch: &'a mut [T],
}

/// The matrix product: `C = A·B` or `C += A·B`.
///
/// `A` is `m`×`k` and `B` is `k`×`n`, with any strides; `C` is `m`×`n` with rows `c_stride` apart and contiguous columns. `scratch` has
/// at least [`matmul_scratch`] elements, whose values before and after mean nothing. With `k = 0`, [`Update::Set`] writes zeros.
/// The order of the sums depends on the shape, the strides and the instruction set, never on the values or their alignment.
///
/// # Panics
/// Where an operand, `c` or `scratch` is too short, or where rows of `C` overlap.
///
/// # Examples
/// ```
/// use chainrule::kernel::arch::{Isa, Kernel, dispatch};
/// use chainrule::kernel::matmul::{Matrix, Update, matmul};
///
/// struct Transposed<'a>(&'a [f32; 6], &'a mut [f32; 4]);
/// impl Kernel for Transposed<'_> {
///     type Output = ();
///     fn run<I: Isa>(self, isa: I) {
///         let a = Matrix { values: &self.0[..], row_stride: 3, column_stride: 1 };
///         let b = Matrix { values: &self.0[..], row_stride: 1, column_stride: 3 };
///         matmul(isa, [2, 3, 2], a, b, self.1, 2, Update::Set, &mut [0.0; 256]);
///     }
/// }
///
/// let mut c = [0.0; 4];
/// dispatch(Transposed(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &mut c));
/// assert_eq!(c, [14.0, 32.0, 32.0, 77.0]);
/// ```
///
/// # References
/// Goto & van de Geijn (2008), *Anatomy of High-Performance Matrix Multiplication*; Van Zee & van de Geijn (2015), *BLIS*.
#[expect(
    clippy::too_many_arguments,
    reason = "the operands of a product, in the order of the formula"
)]
#[inline(always)]
pub fn matmul<I: Isa, T: Real>(
    isa: I,
    extents: [usize; 3],
    a: Matrix<T>,
    b: Matrix<T>,
    c: &mut [T],
    c_stride: usize,
    update: Update,
    scratch: &mut [T],
) {
    let mut product = Product { extents, a, b, c, c_stride, update, scratch };
    if I::IS_ONE_BY_ONE && one_by_one::is_short(extents) {
        one_by_one::multiply(isa, &mut product);
    } else {
        T::multiply(isa, &mut product);
    }
}

/// How many elements of scratch [`matmul`] needs for `[m, k, n]`, whatever the strides and the instruction set.
#[must_use]
pub const fn matmul_scratch<T: Real>(extents: [usize; 3]) -> usize {
    if cfg!(feature = "alloc") { blocks::scratch::<T>(extents) } else { 0 }
}

/// As [`matmul`], with columns of `C` that are apart too: element `(i, j)` is `c[i·row + j·column]` for the strides `[row, column]`.
///
/// The product is made in scratch memory, of which it needs [`matmul_apart_scratch`], and brought to its places from there.
///
/// # Panics
/// Where an operand, `c` or `scratch` is too short.
#[expect(
    clippy::too_many_arguments,
    reason = "the operands of a product, in the order of the formula"
)]
#[inline(always)]
pub fn matmul_apart<I: Isa, T: Real>(
    isa: I,
    extents: [usize; 3],
    a: Matrix<T>,
    b: Matrix<T>,
    c: &mut [T],
    [row, column]: [usize; 2],
    update: Update,
    scratch: &mut [T],
) {
    if column == 1 {
        return matmul(isa, extents, a, b, c, row, update, scratch);
    }
    let [m, _, n] = extents;
    let (product, scratch) = scratch.split_at_mut(m * n);
    matmul(isa, extents, a, b, product, n, Update::Set, scratch);
    for (i, values) in product.chunks_exact(n.max(1)).enumerate() {
        let places = c[i * row..].iter_mut().step_by(column.max(1));
        places.zip(values).for_each(|(place, &value)| update.apply(place, value));
    }
}

/// How many elements of scratch [`matmul_apart`] needs for `[m, k, n]`, whatever the strides and the instruction set.
#[must_use]
pub const fn matmul_apart_scratch<T: Real>([m, k, n]: [usize; 3]) -> usize {
    m * n + matmul_scratch::<T>([m, k, n])
}
