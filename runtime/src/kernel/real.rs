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
    /// Lanes of the sums of a loop that does much for each example: one vector of the widest instruction set, kept in a register.
    type Vector: Lanes<Self>;
    /// Lanes of the sums of a loop that does little: vectors enough that none waits for the addition before it.
    type Vectors: Lanes<Self>;

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

/// The numbers of a [`LaneSums`](super::sums::LaneSums).
pub trait Lanes<T>: Copy + AsMut<[T]> {
    /// How many they are.
    const COUNT: usize;
    /// Zero in every lane.
    const ZEROS: Self;
}

impl<T: Real, const N: usize> Lanes<T> for [T; N] {
    const COUNT: usize = N;
    const ZEROS: Self = [T::ZERO; N];
}

macro_rules! real {
    ($type:ty, $variant:ident, $vector:literal, $vectors:literal) => {
        impl Real for $type {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            type Vector = [$type; $vector];
            type Vectors = [$type; $vectors];

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
real!(f32, F32, 16, 32);
#[cfg(feature = "alloc")]
real!(f64, F64, 8, 32);
#[cfg(not(feature = "alloc"))]
real!(f32, F32, 1, 1);
#[cfg(not(feature = "alloc"))]
real!(f64, F64, 1, 1);
