//! Run-time choice of the instruction set.
//!
//! A [`Kernel`] is code written once, as an `#[inline(always)]` function generic over an [`Isa`]. [`dispatch`] runs it inside a function
//! compiled for the best instruction set this processor has, so the whole body is vectorized for it, without build flags. An `Isa` value
//! is a proof: one can be had only where its instructions exist.
//!
//! Without the feature `std` nothing asks the processor: there is one instruction set, that of the target the program is compiled for.
//! Without `alloc` its steps take one example at a time, in as little memory as that needs.

/// Code that can be compiled for any instruction set.
pub trait Kernel {
    /// What the code computes.
    type Output;

    /// The code. Implementations carry `#[inline(always)]`, and so does everything they call that is to be vectorized.
    fn run<I: Isa>(self, isa: I) -> Self::Output;
}

/// An instruction set that is present on this processor.
pub trait Isa: Copy + Send + Sync + 'static + sealed::Sealed {
    /// Whether `a·b + c` with one rounding is one instruction.
    const FUSED: bool;
    /// Its name, as `CHAINRULE_ISA` and reports say it.
    const NAME: &'static str;
    /// Whether a step takes its examples one at a time, written out for the extents of one model: [`OneByOne`](super::one_by_one).
    const IS_ONE_BY_ONE: bool = false;
    /// The instruction set itself, without what a step adds to it.
    type Instructions: Isa;

    /// The instruction set itself.
    fn instructions(self) -> Self::Instructions;

    /// The extents of a step, as constants where they are known.
    #[inline(always)]
    fn extents<const K: usize>(self, given: [usize; K]) -> [usize; K] {
        given
    }

    /// The examples of a tile, of a workspace with room for so many.
    #[inline(always)]
    fn tile(self, room: usize) -> usize {
        room
    }

    /// The examples of the next tile, where so many are left.
    #[inline(always)]
    fn rows(self, tile: usize, left: usize) -> usize {
        tile.min(left)
    }

    /// Runs `kernel` in a function of its own, compiled for this instruction set and not inlined into the caller.
    fn call<K: Kernel>(self, kernel: K) -> K::Output;

    /// Runs `body` in a function of its own, compiled for this instruction set: one loop of many, which all in one function would take
    /// long to compile.
    ///
    /// The closure carries `#[inline(always)]`, like the function of a kernel.
    #[inline(always)]
    fn run<R>(self, body: impl FnOnce() -> R) -> R {
        self.call(Body(body))
    }
}

/// A closure as a kernel.
struct Body<F>(F);

impl<R, F: FnOnce() -> R> Kernel for Body<F> {
    type Output = R;

    #[inline(always)]
    fn run<I: Isa>(self, _isa: I) -> R {
        (self.0)()
    }
}

pub(super) mod sealed {
    pub trait Sealed {}
}

/// What every processor of the target has.
#[derive(Clone, Copy, Debug)]
pub struct Baseline(());

impl sealed::Sealed for Baseline {}

impl Isa for Baseline {
    const FUSED: bool = cfg!(all(target_arch = "aarch64", feature = "std"));
    const NAME: &'static str = "baseline";
    const IS_ONE_BY_ONE: bool = cfg!(not(feature = "alloc"));
    type Instructions = Baseline;

    #[inline(always)]
    fn instructions(self) -> Baseline {
        self
    }

    #[inline(always)]
    fn tile(self, room: usize) -> usize {
        if Self::IS_ONE_BY_ONE { 1 } else { room }
    }

    #[inline(always)]
    fn rows(self, tile: usize, left: usize) -> usize {
        if Self::IS_ONE_BY_ONE { 1 } else { tile.min(left) }
    }

    #[cfg_attr(feature = "alloc", inline(never))]
    #[cfg_attr(not(feature = "alloc"), inline(always))]
    fn call<K: Kernel>(self, kernel: K) -> K::Output {
        kernel.run(self)
    }
}

/// Declares an instruction set of x86-64: its token, how it is detected, and the function compiled for it.
#[cfg(all(target_arch = "x86_64", feature = "std"))]
macro_rules! x86_isa {
    ($(#[$doc:meta])* $name:ident, $text:literal, $features:literal, [$($feature:tt),*]) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name(());

        impl $name {
            /// The proof that this processor has it.
            fn detect() -> Option<$name> {
                let present = $(std::arch::is_x86_feature_detected!($feature))&&*;
                present.then_some($name(()))
            }
        }

        impl sealed::Sealed for $name {}

        impl Isa for $name {
            const FUSED: bool = true;
            const NAME: &'static str = $text;
            type Instructions = $name;

            #[inline(always)]
            fn instructions(self) -> $name {
                self
            }

            #[inline(always)]
            fn call<K: Kernel>(self, kernel: K) -> K::Output {
                #[target_feature(enable = $features)]
                #[inline(never)]
                fn compiled<K: Kernel>(isa: $name, kernel: K) -> K::Output {
                    kernel.run(isa)
                }
                // SAFETY: a value of this type exists only where `detect` found every feature that `compiled` enables.
                unsafe { compiled(self, kernel) }
            }
        }
    };
}

#[cfg(all(target_arch = "x86_64", feature = "std"))]
x86_isa!(
    /// AVX2 with fused multiply-add: x86-64-v3.
    Avx2, "avx2", "avx2,fma", ["avx2", "fma"]
);
#[cfg(all(target_arch = "x86_64", feature = "std"))]
x86_isa!(
    /// AVX-512 with its vector-length, doubleword and byte extensions: x86-64-v4.
    Avx512, "avx512", "avx2,fma,avx512f,avx512vl,avx512dq,avx512bw",
    ["avx2", "fma", "avx512f", "avx512vl", "avx512dq", "avx512bw"]
);

/// Runs `kernel` compiled for the best instruction set of this processor.
///
/// The environment variable `CHAINRULE_ISA` (`baseline`, `avx2`, `avx512`), read once, lowers the choice: for comparisons and tests.
#[inline]
pub fn dispatch<K: Kernel>(kernel: K) -> K::Output {
    #[cfg(all(target_arch = "x86_64", feature = "std"))]
    match level() {
        2 => {
            if let Some(isa) = Avx512::detect() {
                return isa.call(kernel);
            }
        }
        1 => {
            if let Some(isa) = Avx2::detect() {
                return isa.call(kernel);
            }
        }
        _ => {}
    }
    Baseline(()).call(kernel)
}

/// Runs `kernel` where instructions as wide as the layers of a small model are enough, if this processor has them.
#[inline]
pub(super) fn dispatch_narrow<K: Kernel>(kernel: K) -> Result<K::Output, K> {
    #[cfg(all(target_arch = "x86_64", feature = "std"))]
    {
        match Avx2::detect() {
            Some(isa) if level() > 0 => Ok(isa.call(kernel)),
            _ => Err(kernel),
        }
    }
    #[cfg(not(all(target_arch = "x86_64", feature = "std")))]
    Ok(Baseline(()).call(kernel))
}

/// Runs `kernel` compiled for what every processor of the target has: for code that runs rarely and need not be compiled three times.
#[inline]
pub fn run_anywhere<K: Kernel>(kernel: K) -> K::Output {
    Baseline(()).call(kernel)
}

/// The best level this process may use: 0 baseline, 1 AVX2, 2 AVX-512.
#[cfg(all(target_arch = "x86_64", feature = "std"))]
#[inline]
fn level() -> u8 {
    use std::sync::OnceLock;
    static LEVEL: OnceLock<u8> = OnceLock::new();
    *LEVEL.get_or_init(|| {
        let present =
            if Avx512::detect().is_some() { 2 } else { u8::from(Avx2::detect().is_some()) };
        let wanted = match std::env::var("CHAINRULE_ISA").as_deref() {
            Ok("baseline") => 0,
            Ok("avx2") => 1,
            _ => 2,
        };
        present.min(wanted)
    })
}

/// Runs `kernel` on every instruction set of this processor, for tests that compare them.
#[cfg(test)]
pub(crate) fn on_every_isa<K: Kernel + Clone>(
    kernel: &K,
) -> alloc::vec::Vec<(&'static str, K::Output)> {
    let mut outputs = vec![(Baseline::NAME, Baseline(()).call(kernel.clone()))];
    #[cfg(all(target_arch = "x86_64", feature = "std"))]
    {
        outputs.extend(Avx2::detect().map(|isa| (Avx2::NAME, isa.call(kernel.clone()))));
        outputs.extend(Avx512::detect().map(|isa| (Avx512::NAME, isa.call(kernel.clone()))));
    }
    outputs
}
