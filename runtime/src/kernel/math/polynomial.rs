//! Polynomials and the two-sided bound of an operand.

use crate::kernel::arch::Isa;
use crate::kernel::real::Real;

/// `c₀ + c₁·x + c₂·x² + …` by Horner's rule; with constant coefficients the loop unrolls.
#[inline(always)]
pub(super) fn polynomial<I: Isa, T: Real>(isa: I, x: T, coefficients: &[T]) -> T {
    let mut terms = coefficients.iter().rev();
    let Some(&highest) = terms.next() else { return T::ZERO };
    terms.fold(highest, |sum, &c| sum.mul_add_if(isa, x, c))
}

/// `x`, but not above `bound`; NaN stays.
#[inline(always)]
pub(super) fn at_most<T: Real>(x: T, bound: T) -> T {
    if x > bound { bound } else { x }
}

/// `x`, but not below `bound`; NaN stays.
#[inline(always)]
pub(super) fn at_least<T: Real>(x: T, bound: T) -> T {
    if x < bound { bound } else { x }
}
