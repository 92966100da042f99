//! What the functions need to know of a floating-point format: its limits, its bits, the operations that are instructions.
//!
//! Integers appear as bits of numbers only. `n + ROUNDER` rounds to the integer `n` and leaves it in the low bits of the sum, from
//! where a shift moves it into the exponent: conversions between floats and integers would not vectorize for every instruction set.

use crate::float::Float;

use super::coefficients::Coefficients;
use super::reduction::Angle;

/// The format of `f32` or `f64`.
pub trait Elementary: Copy + Coefficients + Angle {
    /// `+inf`.
    const INFINITY: Self;
    /// A quiet NaN.
    const NAN: Self;
    /// The distance from one to the next number.
    const EPSILON: Self;
    /// The smallest normal number.
    const MIN_POSITIVE: Self;
    /// `1.5·2ᵖ`, with `p` the bits of the mantissa: adding it leaves no bits after the point.
    const ROUNDER: Self;
    /// `p`, the bits of the mantissa without the leading one.
    const MANTISSA_BITS: Self;

    /// Whether this is NaN.
    fn is_nan(self) -> bool;
    /// `|x|`.
    fn abs(self) -> Self;
    /// `|self|` with the sign of `sign`.
    fn copy_sign(self, sign: Self) -> Self;
    /// The largest integer that is not above.
    fn floor(self) -> Self;
    /// The smallest integer that is not below.
    fn ceil(self) -> Self;
    /// The nearest integer, halves away from zero.
    fn round(self) -> Self;
    /// `√x`.
    fn sqrt(self) -> Self;
    /// The leading half of the digits, so that its square is exact.
    fn head(self) -> Self;
    /// `2ⁿ` of `n + ROUNDER`, for `n` from one below the smallest exponent, which gives zero, to one above the largest: infinity.
    fn power_of_two(self) -> Self;
    /// Two factors of `2ⁿ` of `n + ROUNDER`, both normal, for twice the range of exponents.
    fn powers_of_two(self) -> [Self; 2];
    /// The parts of a positive normal number `2ᵏ·m`: `k`, and `m` in `[√½, √2)`.
    fn split(self) -> [Self; 2];
    /// `self`, negated where bit `bit` of the integer `n` of `n + ROUNDER` is set.
    fn negate_if(self, shifted: Self, bit: u32) -> Self;
    /// Whether the integer `n` of `n + ROUNDER` is odd.
    fn is_odd(shifted: Self) -> bool;
}

macro_rules! elementary {
    ($real:ident, $bits:ident, $mantissa:literal, $bias:literal) => {
        impl Elementary for $real {
            const INFINITY: $real = $real::INFINITY;
            const NAN: $real = $real::NAN;
            const EPSILON: $real = $real::EPSILON;
            const MIN_POSITIVE: $real = $real::MIN_POSITIVE;
            const ROUNDER: $real = 1.5 / $real::EPSILON;
            const MANTISSA_BITS: $real = $mantissa as $real;

            #[inline(always)]
            fn is_nan(self) -> bool {
                $real::is_nan(self)
            }

            #[inline(always)]
            fn abs(self) -> $real {
                $real::abs(self)
            }

            #[inline(always)]
            fn copy_sign(self, sign: $real) -> $real {
                $real::copysign(self, sign)
            }

            #[inline(always)]
            fn floor(self) -> $real {
                Float::floor(self)
            }

            #[inline(always)]
            fn ceil(self) -> $real {
                Float::ceil(self)
            }

            #[inline(always)]
            fn round(self) -> $real {
                Float::round(self)
            }

            #[inline(always)]
            fn sqrt(self) -> $real {
                Float::sqrt(self)
            }

            #[inline(always)]
            fn head(self) -> $real {
                $real::from_bits(self.to_bits() & ($bits::MAX << ($mantissa / 2 + 1)))
            }

            #[inline(always)]
            fn power_of_two(self) -> $real {
                $real::from_bits((self.to_bits() << $mantissa).wrapping_add($bias << $mantissa))
            }

            #[inline(always)]
            fn powers_of_two(self) -> [$real; 2] {
                // The sum of both biased exponents, which is not negative, so that a logical shift halves it.
                let sum = self.to_bits().wrapping_sub(Self::ROUNDER.to_bits() - 2 * $bias);
                let half = sum >> 1;
                [half, sum.wrapping_sub(half)].map(|biased| $real::from_bits(biased << $mantissa))
            }

            #[inline(always)]
            fn split(self) -> [$real; 2] {
                let one = $bias << $mantissa;
                let root_half = $real::to_bits(core::$real::consts::FRAC_1_SQRT_2);
                let shifted = self.to_bits().wrapping_add(one - root_half);
                let integer: $real = 1.0 / $real::EPSILON;
                let exponent = $real::from_bits((shifted >> $mantissa) | $real::to_bits(integer));
                let bias = $real::from_bits($bias | $real::to_bits(integer));
                let digits = (shifted & ((1 << $mantissa) - 1)).wrapping_add(root_half);
                [exponent - bias, $real::from_bits(digits)]
            }

            #[inline(always)]
            fn negate_if(self, shifted: $real, bit: u32) -> $real {
                let sign = (shifted.to_bits() >> bit) << ($bits::BITS - 1);
                $real::from_bits(self.to_bits() ^ sign)
            }

            #[inline(always)]
            fn is_odd(shifted: $real) -> bool {
                shifted.to_bits() & 1 == 1
            }
        }
    };
}

elementary!(f32, u32, 23, 127);
elementary!(f64, u64, 52, 1023);
