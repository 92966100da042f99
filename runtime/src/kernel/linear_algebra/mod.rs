//! Factorizations of square matrices, and what follows from them.
//!
//! Matrices lie side by side: element `(i, j)` of matrix `l` is `values[(i·n + j)·lanes + l]`, so the innermost loop runs over the lanes,
//! the examples of a tile for one. A single matrix is one lane, and the innermost loops run along its rows. A right-hand side has the
//! same layout with all its columns in one row. Which sums are formed in which order depends on the extents alone.
//!
//! A matrix for which the result does not exist — not positive definite, singular — gives NaN in every element that belongs to it, and
//! changes nothing for the lanes beside it. Nothing here panics but for slices of the wrong length.
//!
//! # References
//! Golub & Van Loan (2013), *Matrix Computations*; Higham (2002), *Accuracy and Stability of Numerical Algorithms*.

mod cholesky;
mod determinants;
mod elimination;
mod panels;
mod segments;
mod substitution;
#[cfg(test)]
mod tests;

use super::arch::{Isa, Kernel};
use super::real::Real;

/// Which axis of a matrix comes first in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The rows.
    Rows,
    /// The columns: what lies in memory is the transposed matrix. Of factors: they are those of the transposed matrix.
    Columns,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    Cholesky,
    LuFactors,
    CompleteFactors,
    SolveLower,
    SolveUpper,
    Solve,
    Inverse,
    Det,
    LogDet,
    LogAbsDet,
    Cofactors,
}

/// One call: what is compiled once for every scalar and instruction set.
pub struct Call<'a, T> {
    task: Task,
    n: usize,
    order: Order,
    /// The matrix or its factors.
    matrix: &'a [T],
    /// The right-hand side, empty without one.
    right: &'a [T],
    out: &'a mut [T],
}

/// Square matrices of one layout.
#[derive(Clone, Copy)]
struct Square<'a, T> {
    values: &'a [T],
    n: usize,
    lanes: usize,
    order: Order,
}

impl<'a, T> Square<'a, T> {
    /// Element `(i, j)` of every lane.
    #[inline(always)]
    fn at(&self, i: usize, j: usize) -> &'a [T] {
        let (first, second) = if self.order == Order::Rows { (i, j) } else { (j, i) };
        &self.values[(first * self.n + second) * self.lanes..][..self.lanes]
    }

    /// Whether `(i, j)` and `(i, j + 1)` lie side by side.
    #[inline(always)]
    fn has_rows(&self) -> bool {
        self.lanes == 1 && self.order == Order::Rows
    }

    /// The same matrices transposed.
    #[inline(always)]
    fn transposed(self) -> Self {
        let order = if self.order == Order::Rows { Order::Columns } else { Order::Rows };
        Square { order, ..self }
    }
}

impl<T: Real> Kernel for &mut Call<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) {
        let &mut Call { task, n, order, matrix, right, ref mut out } = self;
        let places = match task {
            Task::Cholesky
            | Task::LuFactors
            | Task::CompleteFactors
            | Task::SolveLower
            | Task::SolveUpper => n,
            Task::Solve | Task::Inverse | Task::Det | Task::LogDet | Task::LogAbsDet => n + 1,
            Task::Cofactors => n + 2,
        };
        assert!(n > 0 && matrix.len().is_multiple_of(places * n), "matrices of another extent");
        let lanes = matrix.len() / (places * n);
        if lanes == 0 {
            return;
        }
        let square = Square { values: matrix, n, lanes, order };
        let count = match task {
            Task::Cholesky | Task::Inverse | Task::Cofactors => n * n * lanes,
            Task::LuFactors => (n + 1) * n * lanes,
            Task::CompleteFactors => (n + 2) * n * lanes,
            Task::SolveLower | Task::SolveUpper | Task::Solve => right.len(),
            Task::Det | Task::LogDet | Task::LogAbsDet => lanes,
        };
        assert!(out.len() == count, "a result of another extent");
        match task {
            Task::Cholesky => cholesky::factor(isa, square, out),
            Task::LuFactors => elimination::partial(isa, square, out),
            Task::CompleteFactors => elimination::complete(isa, square, out),
            Task::SolveLower | Task::SolveUpper | Task::Solve => {
                assert!(
                    right.len().is_multiple_of(n * lanes),
                    "a right-hand side of another extent"
                );
                out.copy_from_slice(right);
                match task {
                    Task::SolveLower => substitution::lower(isa, square, out),
                    Task::SolveUpper => substitution::upper(isa, square, out),
                    _ => substitution::factored(isa, square, out),
                }
            }
            Task::Inverse => {
                segments::unit(n, lanes, out);
                substitution::factored(isa, square, out);
            }
            Task::Det => determinants::det(square, out),
            Task::LogDet => determinants::logdet(isa, square, out),
            Task::LogAbsDet => determinants::log_abs_det(isa, square, out),
            Task::Cofactors => determinants::cofactors(isa, square, out),
        }
    }
}

macro_rules! functions {
    ($($(#[$doc:meta])* $name:ident($matrix:ident $(, $right:ident)?) = $task:ident;)*) => {
        $(
            $(#[$doc])*
            ///
            /// # Panics
            /// Where a slice has another length than its extents.
            #[inline(always)]
            pub fn $name<I: Isa, T: Real>(
                isa: I,
                n: usize,
                order: Order,
                $matrix: &[T],
                $($right: &[T],)?
                out: &mut [T],
            ) {
                #[allow(unused_mut, unused_assignments, reason = "not every function has a right-hand side")]
                let mut right: &[T] = &[];
                $(right = $right;)?
                T::linear_algebra(isa, &mut Call { task: Task::$task, n, order, matrix: $matrix, right, out });
            }
        )*
    };
}

functions! {
    /// The lower triangular `L` with `L·Lᵀ = ½(A + Aᵀ)`, zero above the diagonal; NaN of a matrix that is not positive definite.
    cholesky(a) = Cholesky;
    /// The factors `P·A = L·U`, then a row with the row that each was exchanged with: `n + 1` rows. `L` has a unit diagonal.
    lu_factors(a) = LuFactors;
    /// The factors `P·A·Q = L·U`, then the exchanged rows, then the exchanged columns: `n + 2` rows.
    complete_factors(a) = CompleteFactors;
    /// The `X` with `A·X = B`, of a lower triangular matrix.
    solve_lower(a, b) = SolveLower;
    /// The `X` with `A·X = B`, of an upper triangular matrix.
    solve_upper(a, b) = SolveUpper;
    /// The `X` with `A·X = B`, from the factors that [`lu_factors`] gave.
    solve(factors, b) = Solve;
    /// The inverse, from the factors that [`lu_factors`] gave.
    inverse(factors) = Inverse;
    /// The determinant, from the factors that [`lu_factors`] gave.
    det(factors) = Det;
    /// The logarithm of the determinant, NaN of a negative one, from the factors that [`lu_factors`] gave.
    logdet(factors) = LogDet;
    /// The logarithm of the absolute value of the determinant, from the factors that [`lu_factors`] gave.
    log_abs_det(factors) = LogAbsDet;
    /// The cofactors, from the factors that [`complete_factors`] gave.
    cofactors(factors) = Cofactors;
}
