//! The functions of numbers that `core` lacks, by the names `std` gives them.
//!
//! With the feature `std` they are those of `std`, otherwise those of the crate `libm`. A module that calls one as a method imports the
//! trait where there is no `std`.

#![allow(clippy::inline_always, reason = "kernels call them, whose loops are vectorized as one")]

/// What `std` adds to `f32` and `f64`.
pub(crate) trait Float: Sized {
    fn floor(self) -> Self;
    fn ceil(self) -> Self;
    fn round(self) -> Self;
    fn sqrt(self) -> Self;
    fn mul_add(self, b: Self, c: Self) -> Self;
}

/// What else it adds to `f64`, for training and checks.
#[cfg(all(feature = "alloc", not(feature = "std")))]
pub(crate) trait Double: Sized {
    fn cbrt(self) -> f64;
    fn cos(self) -> f64;
    fn log10(self) -> f64;
    fn powf(self, exponent: f64) -> f64;
    fn powi(self, exponent: i32) -> f64;
}

macro_rules! float {
    ($real:ident, $floor:path, $ceil:path, $round:path, $sqrt:path, $fma:path) => {
        impl Float for $real {
            #[inline(always)]
            fn floor(self) -> $real {
                $floor(self)
            }

            #[inline(always)]
            fn ceil(self) -> $real {
                $ceil(self)
            }

            #[inline(always)]
            fn round(self) -> $real {
                $round(self)
            }

            #[inline(always)]
            fn sqrt(self) -> $real {
                $sqrt(self)
            }

            #[inline(always)]
            fn mul_add(self, b: $real, c: $real) -> $real {
                $fma(self, b, c)
            }
        }
    };
}

#[cfg(feature = "std")]
float!(f32, f32::floor, f32::ceil, f32::round, f32::sqrt, f32::mul_add);
#[cfg(feature = "std")]
float!(f64, f64::floor, f64::ceil, f64::round, f64::sqrt, f64::mul_add);
#[cfg(not(feature = "std"))]
float!(f32, libm::floorf, libm::ceilf, libm::roundf, libm::sqrtf, libm::fmaf);
#[cfg(not(feature = "std"))]
float!(f64, libm::floor, libm::ceil, libm::round, libm::sqrt, libm::fma);

#[cfg(all(feature = "alloc", not(feature = "std")))]
impl Double for f64 {
    fn cbrt(self) -> f64 {
        libm::cbrt(self)
    }

    fn cos(self) -> f64 {
        libm::cos(self)
    }

    fn log10(self) -> f64 {
        libm::log10(self)
    }

    fn powf(self, exponent: f64) -> f64 {
        libm::pow(self, exponent)
    }

    fn powi(self, exponent: i32) -> f64 {
        libm::pow(self, f64::from(exponent))
    }
}
