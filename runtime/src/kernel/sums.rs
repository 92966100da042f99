//! Sums and dot products of a fixed shape.
//!
//! A long sum is cut into leaves of 2048 elements, added pairwise as a balanced tree; a leaf has four chains of sixteen lanes. Which
//! numbers are added to which depends on their count alone. The error grows like `32 + log₂(n/2048)` roundings. The sums of rows have as
//! many lanes as the processor, so their last bits differ between instruction sets.

use core::marker::PhantomData;

use super::arch::Isa;
use super::matmul::{Matrix, Update};
use super::one_by_one;
use super::real::{Lanes, Real};
use super::vector::{MOST_LANES, Vector, lane_sums};

#[cfg(test)]
mod tests;

/// The sum of `values`: the same bits on every instruction set.
///
/// # Examples
/// ```
/// use chainrule::kernel::arch::{Isa, Kernel, dispatch};
/// use chainrule::kernel::sums::sum;
///
/// struct Total<'a>(&'a [f64]);
/// impl Kernel for Total<'_> {
///     type Output = f64;
///     fn run<I: Isa>(self, isa: I) -> f64 {
///         sum(isa, self.0)
///     }
/// }
/// assert_eq!(dispatch(Total(&[1.0, 2.0, 3.5])), 6.5);
/// ```
///
/// # References
/// Higham (1993), *The Accuracy of Floating Point Summation*.
#[inline(always)]
pub fn sum<I: Isa, T: Real>(isa: I, values: &[T]) -> T {
    if I::IS_ONE_BY_ONE && one_by_one::is_short([1, values.len(), 1]) {
        one_by_one::sum(isa, values)
    } else {
        T::sum(isa, values)
    }
}

/// The dot product `Σᵢ aᵢ·bᵢ`.
///
/// # Panics
/// Where the lengths differ.
#[inline(always)]
pub fn dot<I: Isa, T: Real>(isa: I, a: &[T], b: &[T]) -> T {
    if I::IS_ONE_BY_ONE && one_by_one::is_short([1, a.len(), 1]) {
        one_by_one::dot(isa, a, b)
    } else {
        T::dot(isa, a, b)
    }
}

/// The sums of the rows of an `m`×`n` matrix: `out[i·out_stride] = Σⱼ A[i,j]`, or `+=`.
///
/// # Panics
/// Where `a` or `out` is too short.
#[inline(always)]
pub fn row_sums<I: Isa, T: Real>(
    isa: I,
    extents: [usize; 2],
    a: Matrix<T>,
    out: &mut [T],
    out_stride: usize,
    update: Update,
) {
    let mut call = RowSums { extents, a, out, out_stride, update };
    if I::IS_ONE_BY_ONE && one_by_one::is_short([extents[0], extents[1], 1]) {
        one_by_one::row_sums(&mut call);
    } else {
        T::row_sums(isa, &mut call);
    }
}

/// A sum over the examples of a loop, one number for each lane.
///
/// A loop that runs over as many examples at a time adds to neighbouring numbers, which is a vector addition; to add to one number
/// it would have to go one example at a time. Which numbers are added to which depends on their count alone.
pub struct LaneSums<T: Real, L: Lanes<T>> {
    lanes: L,
    scalar: PhantomData<T>,
}

impl<T: Real, L: Lanes<T>> LaneSums<T, L> {
    /// Nothing so far.
    #[inline(always)]
    pub fn zero() -> Self {
        LaneSums { lanes: L::ZEROS, scalar: PhantomData }
    }

    /// Where a run of so many examples is added, at most as many as there are lanes.
    #[inline(always)]
    pub fn run(&mut self, examples: usize) -> &mut [T] {
        &mut self.lanes.as_mut()[..examples]
    }

    /// The sum of the lanes, pairwise.
    #[inline(always)]
    pub fn total(mut self) -> T {
        let lanes = self.lanes.as_mut();
        let mut width = L::COUNT / 2;
        while width > 0 {
            for j in 0..width {
                lanes[j] += lanes[j + width];
            }
            width /= 2;
        }
        lanes[0]
    }
}

/// Does `body` for each run of examples: as many as there are lanes, and at last for the rest.
///
/// The body is there twice, so that the number of a whole run is a constant: its loop is straight code over vectors, and sums stay in
/// registers from run to run. (A closure called twice does not do: what it borrows may alias, for all that LLVM knows, and short loops are
/// not vectorized at the price of checks.) Without optimization once is enough.
#[doc(hidden)]
#[macro_export]
#[cfg(not(debug_assertions))]
macro_rules! __runs {
    ($width:ty, $examples:expr, |$start:ident, $lanes:ident| $body:block) => {
        let mut $start = 0;
        while $examples - $start >= <$width as $crate::kernel::real::Lanes<_>>::COUNT {
            let $lanes = <$width as $crate::kernel::real::Lanes<_>>::COUNT;
            $body
            $start += $lanes;
        }
        if $start < $examples {
            let $lanes = $examples - $start;
            $body
        }
    };
}

/// Does `body` for each run of examples: as many as there are lanes, and at last for the rest.
#[doc(hidden)]
#[macro_export]
#[cfg(debug_assertions)]
macro_rules! __runs {
    ($width:ty, $examples:expr, |$start:ident, $lanes:ident| $body:block) => {
        let mut $start = 0;
        while $start < $examples {
            let $lanes =
                <$width as $crate::kernel::real::Lanes<_>>::COUNT.min($examples - $start);
            $body
            $start += $lanes;
        }
    };
}

/// One call of [`row_sums`].
pub struct RowSums<'a, T> {
    pub(super) extents: [usize; 2],
    pub(super) a: Matrix<'a, T>,
    pub(super) out: &'a mut [T],
    pub(super) out_stride: usize,
    pub(super) update: Update,
}

/// Elements of a leaf of the tree of sums.
const LEAF: usize = 2048;
/// Chains of a leaf.
const CHAINS: usize = 4;
/// Columns that are added one after another before their sum joins the total.
const COLUMNS: usize = 64;

/// [`sum`], for one instruction set.
///
/// # Safety
/// The processor has the instructions of `V`.
#[inline(always)]
pub(super) unsafe fn sum_of<V: Vector>(values: &[V::Element]) -> V::Element {
    // SAFETY: the leaves lie within the slice.
    tree(
        values.len(),
        #[inline(always)]
        |first, count| unsafe {
            let values = values.as_ptr().add(first);
            leaf::<V, false>(values, values, count)
        },
    )
}

/// [`dot`], for one instruction set.
///
/// # Safety
/// The processor has the instructions of `V`.
#[inline(always)]
pub(super) unsafe fn dot_of<V: Vector>(a: &[V::Element], b: &[V::Element]) -> V::Element {
    assert_eq!(a.len(), b.len(), "the factors of a dot product have different lengths");
    // SAFETY: the leaves lie within both slices.
    tree(
        a.len(),
        #[inline(always)]
        |first, count| unsafe {
            leaf::<V, true>(a.as_ptr().add(first), b.as_ptr().add(first), count)
        },
    )
}

/// [`row_sums`], for one instruction set.
///
/// # Safety
/// The processor has the instructions of `V`.
#[inline(always)]
pub(super) unsafe fn row_sums_of<V: Vector>(call: &mut RowSums<V::Element>) {
    let ([m, n], a) = (call.extents, call.a);
    if m == 0 {
        return;
    }
    assert!(a.holds(m, n), "the matrix is shorter than its shape");
    assert!(
        (m - 1).saturating_mul(call.out_stride) < call.out.len(),
        "the row sums are shorter than the rows"
    );
    // SAFETY: every group of rows lies within the matrix.
    unsafe {
        let from = a.values.as_ptr();
        if a.row_stride == 1 && (a.column_stride != 1 || n == 1) {
            for i in (0..m).step_by(V::LANES) {
                let count = V::LANES.min(m - i);
                let sums = columns::<V>(from.wrapping_add(i), a.column_stride, n, count);
                call.put(i, &sums[..count]);
            }
        } else if a.column_stride == 1 {
            let mut i = 0;
            while i + 8 <= m && V::LANES >= 8 && n <= LEAF {
                let rows = from.wrapping_add(i * a.row_stride);
                call.put(i, &contiguous::<V, 8>(rows, a.row_stride, n)[..8]);
                i += 8;
            }
            while i + 4 <= m && V::LANES >= 4 && n <= LEAF {
                let rows = from.wrapping_add(i * a.row_stride);
                call.put(i, &contiguous::<V, 4>(rows, a.row_stride, n)[..4]);
                i += 4;
            }
            for i in i..m {
                let row = if n == 0 { &[] } else { &a.values[i * a.row_stride..][..n] };
                call.put(i, &[sum_of::<V>(row)]);
            }
        } else {
            for i in 0..m {
                let element = |j| a.values[i * a.row_stride + j * a.column_stride];
                let leaf = |first, count| {
                    (first..first + count).fold(V::Element::ZERO, |sum, j| sum + element(j))
                };
                call.put(i, &[tree(n, leaf)]);
            }
        }
    }
}

impl<T: Real> RowSums<'_, T> {
    /// The sums of the rows from `i` on arrive.
    #[inline(always)]
    fn put(&mut self, i: usize, sums: &[T]) {
        let out = &mut self.out[i * self.out_stride..];
        if self.out_stride == 1 {
            store(&mut out[..sums.len()], sums, self.update);
        } else {
            for (r, &sum) in sums.iter().enumerate() {
                store(&mut out[r * self.out_stride..][..1], &[sum], self.update);
            }
        }
    }
}

/// Sets or adds to `out`.
#[inline(always)]
fn store<T: Real>(out: &mut [T], sums: &[T], update: Update) {
    for (out, &sum) in out.iter_mut().zip(sums) {
        *out = if update == Update::Add { *out + sum } else { sum };
    }
}

/// The sums of `R` rows that are `stride` apart, each in one chain of `LANES` lanes.
///
/// # Safety
/// The processor has the instructions of `V`, which has at least `R` lanes; `R` rows of `n` elements may be read.
#[inline(always)]
unsafe fn contiguous<V: Vector, const R: usize>(
    from: *const V::Element,
    stride: usize,
    n: usize,
) -> [V::Element; MOST_LANES] {
    // SAFETY: whole vectors lie within `n`, and the mask leaves out what is past it.
    unsafe {
        let mut sums = [V::splat(V::Element::ZERO); MOST_LANES];
        let whole = n - n % V::LANES;
        for j in (0..whole).step_by(V::LANES) {
            for (r, sum) in sums.iter_mut().enumerate().take(R) {
                *sum = sum.add(V::load(from.add(r * stride + j)));
            }
        }
        if whole < n {
            let mask = V::mask(n - whole);
            for (r, sum) in sums.iter_mut().enumerate().take(R) {
                *sum = sum.add(V::load_first(from.add(r * stride + whole), mask));
            }
        }
        lane_sums(sums, R)
    }
}

/// The sums of `count` adjacent rows of one vector, whose columns are `stride` apart.
///
/// # Safety
/// The processor has the instructions of `V`, and `n` times `count` elements may be read.
#[inline(always)]
unsafe fn columns<V: Vector>(
    from: *const V::Element,
    stride: usize,
    n: usize,
    count: usize,
) -> [V::Element; MOST_LANES] {
    let mut lanes = [V::Element::ZERO; MOST_LANES];
    // SAFETY: the mask leaves out the rows past `count`; `LANES` is at most `MOST_LANES`.
    unsafe {
        let mask = V::mask(count);
        let mut total = V::splat(V::Element::ZERO);
        for first in (0..n).step_by(COLUMNS) {
            let mut sum = V::splat(V::Element::ZERO);
            for j in first..n.min(first + COLUMNS) {
                sum = sum.add(V::load_first(from.add(j * stride), mask));
            }
            total = total.add(sum);
        }
        total.store(lanes.as_mut_ptr());
    }
    lanes
}

/// Adds the leaves of `count` elements pairwise, as a binary counter carries.
#[inline(always)]
fn tree<T: Real>(count: usize, leaf: impl Fn(usize, usize) -> T) -> T {
    if count <= LEAF {
        return leaf(0, count);
    }
    let mut pending = [T::ZERO; usize::BITS as usize];
    let mut leaves = 0_usize;
    for first in (0..count).step_by(LEAF) {
        let mut sum = leaf(first, LEAF.min(count - first));
        let mut level = 0;
        while leaves >> level & 1 == 1 {
            sum = pending[level] + sum;
            level += 1;
        }
        pending[level] = sum;
        leaves += 1;
    }
    let mut total = T::ZERO;
    for (level, &sum) in pending.iter().enumerate() {
        if leaves >> level & 1 == 1 {
            total = sum + total;
        }
    }
    total
}

/// The sum, or with `DOT` the dot product, of a leaf.
///
/// # Safety
/// The processor has the instructions of `V`, and `count` elements may be read at `a` and at `b`.
#[inline(always)]
unsafe fn leaf<V: Vector, const DOT: bool>(
    a: *const V::Element,
    b: *const V::Element,
    count: usize,
) -> V::Element {
    let vectors = MOST_LANES / V::LANES;
    let step = CHAINS * MOST_LANES;
    let mut lanes = [V::Element::ZERO; MOST_LANES];
    // SAFETY: whole steps lie within `count`, and masks leave out what is past it.
    unsafe {
        let mut sums = [[V::splat(V::Element::ZERO); MOST_LANES]; CHAINS];
        let whole = count - count % step;
        let mut first = 0;
        while first < whole {
            for (chain, sums) in sums.iter_mut().enumerate() {
                for (v, sum) in sums.iter_mut().enumerate().take(vectors) {
                    let at = first + chain * MOST_LANES + v * V::LANES;
                    let x = V::load(a.add(at));
                    *sum = if DOT { x.mul_add(V::load(b.add(at)), *sum) } else { sum.add(x) };
                }
            }
            first += step;
        }
        for (chain, sums) in sums.iter_mut().enumerate() {
            for (v, sum) in sums.iter_mut().enumerate().take(vectors) {
                let at = first + chain * MOST_LANES + v * V::LANES;
                if at < count {
                    let mask = V::mask(count - at);
                    let x = V::load_first(a.add(at), mask);
                    *sum = if DOT {
                        x.mul_add(V::load_first(b.add(at), mask), *sum)
                    } else {
                        sum.add(x)
                    };
                }
            }
        }
        let [first, second, third, fourth] = sums;
        for (v, sum) in first.into_iter().enumerate().take(vectors) {
            let sum = sum.add(second[v]).add(third[v].add(fourth[v]));
            sum.store(lanes.as_mut_ptr().add(v * V::LANES));
        }
    }
    let mut width = MOST_LANES / 2;
    while width > 0 {
        for j in 0..width {
            lanes[j] += lanes[j + width];
        }
        width /= 2;
    }
    lanes[0]
}
