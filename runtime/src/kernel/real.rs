//! The scalars models compute in.

use core::fmt::Debug;
use core::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use crate::float::Float;

use super::arch::Isa;
use super::compiled::Compiled;
use super::math::Elementary;
use super::numbers::{Numbers, NumbersMut};

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
    + Compiled
{
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// How many examples a loop with sums takes at once: some vectors of any instruction set.
    const LANES: usize;

    /// An array of [`LANES`](Self::LANES) numbers.
    type Lanes: Copy + AsMut<[Self]>;
    /// Zero in every lane.
    const ZEROS: Self::Lanes;

    /// The nearest value of this type.
    fn from_f64(value: f64) -> Self;

    /// The same number in double precision.
    fn to_f64(self) -> f64;

    /// These numbers, with their type as a value.
    fn numbers(values: &[Self]) -> Numbers<'_>;

    /// These numbers, to be written.
    fn numbers_mut(values: &mut [Self]) -> NumbersMut<'_>;

    /// `self·b + c` with one rounding, as IEEE 754 defines it; slow where the processor has no instruction for it.
    fn fused(self, b: Self, c: Self) -> Self;

    /// `self·b + c`: one rounding where the instruction set fuses the two operations, two where it does not.
    #[inline(always)]
    fn mul_add_if<I: Isa>(self, _isa: I, b: Self, c: Self) -> Self {
        if I::FUSED { self.fused(b, c) } else { self * b + c }
    }
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for f32 {}
    impl Sealed for f64 {}
}

macro_rules! real {
    ($type:ty, $variant:ident, $lanes:literal) => {
        impl Real for $type {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const LANES: usize = $lanes;

            type Lanes = [$type; $lanes];
            const ZEROS: Self::Lanes = [0.0; $lanes];

            #[inline(always)]
            fn from_f64(value: f64) -> Self {
                value as $type
            }

            #[inline(always)]
            fn to_f64(self) -> f64 {
                f64::from(self)
            }

            fn numbers(values: &[Self]) -> Numbers<'_> {
                Numbers::$variant(values)
            }

            fn numbers_mut(values: &mut [Self]) -> NumbersMut<'_> {
                NumbersMut::$variant(values)
            }

            #[inline(always)]
            fn fused(self, b: Self, c: Self) -> Self {
                Float::mul_add(self, b, c)
            }
        }
    };
}

#[cfg(feature = "alloc")]
real!(f32, F32, 32);
#[cfg(feature = "alloc")]
real!(f64, F64, 32);
#[cfg(not(feature = "alloc"))]
real!(f32, F32, 1);
#[cfg(not(feature = "alloc"))]
real!(f64, F64, 1);
