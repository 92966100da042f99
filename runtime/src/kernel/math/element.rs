//! What the functions need to know of a floating-point format.

use super::coefficients::Coefficients;

/// The format of `f32` or `f64`: its limits, its bits, the operations that are instructions.
pub trait Elementary: Copy + Coefficients {
    /// `+inf`.
    const INFINITY: Self;
    /// A quiet NaN.
    const NAN: Self;

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
}

macro_rules! elementary {
    ($real:ident) => {
        impl Elementary for $real {
            const INFINITY: $real = $real::INFINITY;
            const NAN: $real = $real::NAN;

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
                $real::floor(self)
            }

            #[inline(always)]
            fn ceil(self) -> $real {
                $real::ceil(self)
            }

            #[inline(always)]
            fn round(self) -> $real {
                $real::round(self)
            }

            #[inline(always)]
            fn sqrt(self) -> $real {
                $real::sqrt(self)
            }
        }
    };
}

elementary!(f32);
elementary!(f64);
