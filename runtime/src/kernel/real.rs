//! The scalar types of a model: `f32` and `f64`.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use super::arch::Isa;

/// `f32` or `f64`.
pub trait Real:
    Copy
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
    + sealed::Sealed
{
    /// The number 0.
    const ZERO: Self;
    /// The number 1.
    const ONE: Self;

    /// The nearest value of this type.
    fn from_f64(value: f64) -> Self;

    /// The same value, exactly.
    fn to_f64(self) -> f64;

    /// `self·b + c`: with one rounding where the instruction set has that as one instruction, with two elsewhere.
    fn mul_add_if<I: Isa>(self, isa: I, b: Self, c: Self) -> Self;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! real {
    ($type:ident) => {
        impl sealed::Sealed for $type {}

        impl Real for $type {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;

            #[inline(always)]
            fn from_f64(value: f64) -> Self {
                value as $type
            }

            #[inline(always)]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }

            #[inline(always)]
            fn mul_add_if<I: Isa>(self, _: I, b: Self, c: Self) -> Self {
                if I::FUSED { self.mul_add(b, c) } else { self * b + c }
            }
        }
    };
}

real!(f32);
real!(f64);
