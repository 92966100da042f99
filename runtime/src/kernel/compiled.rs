//! The heavy kernels, compiled once in this crate for every instruction set and scalar.
//!
//! Generic code is compiled in the crate that uses it, which for a kernel would be the user's, again and again. Here are functions that
//! are generic over nothing; [`Compiled`] leads from the type parameters of a step to them, at no cost when it runs.

use core::any::Any;
#[cfg(all(target_arch = "x86_64", feature = "std"))]
use core::arch::x86_64::{__m128, __m128d, __m256, __m256d, __m512, __m512d};

#[cfg(all(target_arch = "x86_64", feature = "std"))]
use super::arch::{Avx2, Avx512};
use super::arch::{Baseline, Isa};
use super::linear_algebra::Call;
use super::matmul::{self, Operands, Panel, Parts, Product};
use super::random::{self, Draw};
use super::rows;
use super::sums::{self, RowSums};
#[cfg(any(test, not(all(target_arch = "x86_64", feature = "std"))))]
use super::vector::Lanes;

#[cfg(all(test, target_arch = "x86_64", feature = "std"))]
mod tests;

/// The kernels compiled for a scalar. No other crate can implement it.
pub trait Compiled: Sized {
    /// [`matmul`](super::matmul::matmul).
    fn multiply<I: Isa>(isa: I, product: &mut Product<Self>);
    /// [`sum`](super::sums::sum).
    fn sum<I: Isa>(isa: I, values: &[Self]) -> Self;
    /// [`dot`](super::sums::dot).
    fn dot<I: Isa>(isa: I, a: &[Self], b: &[Self]) -> Self;
    /// [`row_sums`](super::sums::row_sums).
    fn row_sums<I: Isa>(isa: I, call: &mut RowSums<Self>);
    /// `to[j·rows + i] = from[i·columns + j]`.
    fn transpose<I: Isa>(isa: I, extents: [usize; 2], from: &[Self], to: &mut [Self]);
    /// `to[j·stride + i] = from[i·columns + j]`.
    fn spread<I: Isa>(isa: I, extents: [usize; 2], from: &[Self], to: &mut [Self], stride: usize);
    /// [`draw`](super::random::draw).
    fn draw<I: Isa>(isa: I, draw: &mut Draw<Self>);
    /// The functions of [`linear_algebra`](super::linear_algebra).
    fn linear_algebra<I: Isa>(isa: I, call: &mut Call<Self>);
}

/// `isa` as the instruction set `J`, if that is what it is: known when the code is compiled.
#[inline(always)]
fn as_isa<I: Isa, J: Isa>(isa: I) -> Option<J> {
    (&isa.instructions() as &dyn Any).downcast_ref::<J>().copied()
}

/// One function of one instruction set and scalar.
///
/// The token among the arguments proves that the features are there; the wrapper holds that proof and calls the body that is compiled
/// with the features.
macro_rules! function {
    (
        $name:ident($($argument:ident: $type:ty),*) $(-> $output:ty)?,
        $body:path, $isa:ident $(, $features:literal)?
    ) => {
        #[inline]
        pub(super) fn $name(_proof: $isa, $($argument: $type),*) $(-> $output)? {
            $(#[target_feature(enable = $features)])?
            #[inline(never)]
            fn compiled($($argument: $type),*) $(-> $output)? {
                // SAFETY: the function around this one, which alone can call it, has the token of the instruction set.
                unsafe { $body($($argument),*) }
            }
            #[allow(unused_unsafe, reason = "the baseline enables no features")]
            // SAFETY: a value of the token exists only where every feature of the instruction set does.
            unsafe {
                compiled($($argument),*)
            }
        }
    };
}

/// One part of a product as a function of its own: what it needs in registers is no burden to the other parts.
macro_rules! part {
    ($name:ident($($argument:ident: $type:ty),*), $body:path $(, $features:literal)?) => {
        #[inline(always)]
        unsafe fn $name($($argument: $type),*) {
            $(#[target_feature(enable = $features)])?
            #[inline(never)]
            unsafe fn compiled($($argument: $type),*) {
                // SAFETY: the caller's promises, handed on.
                unsafe { $body($($argument),*) }
            }
            // SAFETY: the caller's promises, handed on; among them that the processor has the features.
            unsafe { compiled($($argument),*) }
        }
    };
}

/// The functions of one instruction set and scalar.
macro_rules! functions {
    ($module:ident, $isa:ident, $vector:ty, $element:ty $(, $features:literal)?) => {
        mod $module {
            use super::*;

            type E = $element;

            function!(multiply(product: &mut Product<E>), matmul::multiply::<$vector>, $isa $(, $features)?);
            function!(sum(values: &[E]) -> E, sums::sum_of::<$vector>, $isa $(, $features)?);
            function!(dot(a: &[E], b: &[E]) -> E, sums::dot_of::<$vector>, $isa $(, $features)?);
            function!(row_sums(call: &mut RowSums<E>), sums::row_sums_of::<$vector>, $isa $(, $features)?);
            function!(
                transpose(extents: [usize; 2], from: &[E], to: &mut [E]),
                rows::transpose_of::<$vector>, $isa $(, $features)?
            );
            function!(
                spread(extents: [usize; 2], from: &[E], to: &mut [E], stride: usize),
                rows::spread_of::<$vector>, $isa $(, $features)?
            );
            function!(draw(draw: &mut Draw<E>), random::draw_of::<$vector>, $isa $(, $features)?);

            #[allow(dead_code, reason = "it does not depend on the vectors, which tests compare")]
            pub(super) fn linear_algebra(isa: $isa, call: &mut Call<E>) {
                isa.call(call);
            }

            impl Parts for $vector {
                part!(panel(panel: &Panel<E>, columns: usize), matmul::panel::<$vector> $(, $features)?);
                part!(dots(operands: &Operands<E>), matmul::dots::<$vector> $(, $features)?);
                part!(blocks(operands: &Operands<E>, scratch: &mut [E]), matmul::blocks::<$vector> $(, $features)?);
            }
        }
    };
}

#[cfg(not(all(target_arch = "x86_64", feature = "std")))]
functions!(baseline_f32, Baseline, Lanes<f32, 4>, f32);
#[cfg(not(all(target_arch = "x86_64", feature = "std")))]
functions!(baseline_f64, Baseline, Lanes<f64, 2>, f64);
#[cfg(all(target_arch = "x86_64", feature = "std"))]
functions!(baseline_f32, Baseline, __m128, f32);
#[cfg(all(target_arch = "x86_64", feature = "std"))]
functions!(baseline_f64, Baseline, __m128d, f64);
#[cfg(all(target_arch = "x86_64", feature = "std"))]
functions!(avx2_f32, Avx2, __m256, f32, "avx2,fma");
#[cfg(all(target_arch = "x86_64", feature = "std"))]
functions!(avx2_f64, Avx2, __m256d, f64, "avx2,fma");
#[cfg(all(target_arch = "x86_64", feature = "std"))]
functions!(avx512_f32, Avx512, __m512, f32, "avx2,fma,avx512f,avx512vl,avx512dq,avx512bw");
#[cfg(all(target_arch = "x86_64", feature = "std"))]
functions!(avx512_f64, Avx512, __m512d, f64, "avx2,fma,avx512f,avx512vl,avx512dq,avx512bw");

#[cfg(all(test, target_arch = "x86_64", feature = "std"))]
functions!(portable_f32, Baseline, Lanes<f32, 4>, f32);
#[cfg(all(test, target_arch = "x86_64", feature = "std"))]
functions!(portable_f64, Baseline, Lanes<f64, 2>, f64);

/// Leads one function of the trait to that of the instruction set.
macro_rules! lead {
    ($name:ident($($argument:ident: $type:ty),*) $(-> $output:ty)?, $baseline:ident, $avx2:ident, $avx512:ident) => {
        #[inline(always)]
        fn $name<I: Isa>(isa: I, $($argument: $type),*) $(-> $output)? {
            #[cfg(all(target_arch = "x86_64", feature = "std"))]
            {
                if let Some(isa) = as_isa::<I, Avx512>(isa) {
                    return $avx512::$name(isa, $($argument),*);
                }
                if let Some(isa) = as_isa::<I, Avx2>(isa) {
                    return $avx2::$name(isa, $($argument),*);
                }
            }
            let Some(isa) = as_isa::<I, Baseline>(isa) else { unreachable!("every instruction set is listed") };
            $baseline::$name(isa, $($argument),*)
        }
    };
}

/// Leads every function of the trait to that of the instruction set.
macro_rules! compiled {
    ($element:ty, $baseline:ident, $avx2:ident, $avx512:ident) => {
        impl Compiled for $element {
            lead!(multiply(product: &mut Product<Self>), $baseline, $avx2, $avx512);
            lead!(sum(values: &[Self]) -> Self, $baseline, $avx2, $avx512);
            lead!(dot(a: &[Self], b: &[Self]) -> Self, $baseline, $avx2, $avx512);
            lead!(row_sums(call: &mut RowSums<Self>), $baseline, $avx2, $avx512);
            lead!(transpose(extents: [usize; 2], from: &[Self], to: &mut [Self]), $baseline, $avx2, $avx512);
            lead!(spread(extents: [usize; 2], from: &[Self], to: &mut [Self], stride: usize), $baseline, $avx2, $avx512);
            lead!(draw(draw: &mut Draw<Self>), $baseline, $avx2, $avx512);
            lead!(linear_algebra(call: &mut Call<Self>), $baseline, $avx2, $avx512);
        }
    };
}

compiled!(f32, baseline_f32, avx2_f32, avx512_f32);
compiled!(f64, baseline_f64, avx2_f64, avx512_f64);
