//! The scalars models compute in.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::kernel::arch::Isa;
use crate::kernel::math::Elementary;

/// `f32` or `f64`.
pub trait Real:
    sealed::Sealed
    + Elementary
    + Copy
    + Send
    + Sync
    + 'static
    + PartialOrd
    + Debug
    + Default
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
{
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;

    /// The nearest value of this type.
    fn from_f64(value: f64) -> Self;

    /// The same value in `f64`.
    fn to_f64(self) -> f64;

    /// `self·b + c`: with one rounding where that is one instruction, with two elsewhere.
    fn mul_add_if<I: Isa>(self, isa: I, b: Self, c: Self) -> Self;
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

macro_rules! real {
    ($real:ty) => {
        impl Real for $real {
            const ZERO: $real = 0.0;
            const ONE: $real = 1.0;

            #[inline(always)]
            fn from_f64(value: f64) -> $real {
                value as $real
            }

            #[inline(always)]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }

            #[inline(always)]
            fn mul_add_if<I: Isa>(self, _isa: I, b: $real, c: $real) -> $real {
                if I::FUSED { self.mul_add(b, c) } else { self * b + c }
            }
        }
    };
}

real!(f32);
real!(f64);
