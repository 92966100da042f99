//! Steps of small models on a single example: no tile, no transposition, no calls.
//!
//! Where a batch is one example, a tile of examples is no row of vectors, and what a step takes is the calls of its kernels and the
//! latency of each. [`OneByOne`] is an instruction set with the extents of one model: a step that runs on it knows them when it is
//! compiled, sets the tile to one example, and its products and loops become straight code over the units of the layers. The sums of
//! such a step are shaped by its extents alone, as everywhere.

use core::marker::PhantomData;

use super::arch::{Isa, Kernel, dispatch, dispatch_narrow, sealed};

mod product;
mod sums;

#[cfg(test)]
mod tests;

pub(super) use product::{is_short, multiply};
pub(super) use sums::{dot, row_sums, sum};

/// A model whose extents are known when it is compiled.
pub trait Extents: 'static {
    /// The extents of a step, in its order.
    const EXTENTS: &'static [usize];
    /// How many parameters they give the model.
    const PARAMETERS: usize;
}

/// Up to so many parameters, a step on a single example is written out.
const FEW_PARAMETERS: usize = 2048;

/// How many parameters these shapes have; the largest number there is, where they are more.
pub const fn count_parameters(parameters: &[(&str, &[usize])]) -> usize {
    let mut count: usize = 0;
    let mut parameter = 0;
    while parameter < parameters.len() {
        let (mut elements, mut axis) = (1_usize, 0);
        let shape = parameters[parameter].1;
        while axis < shape.len() {
            elements = elements.saturating_mul(shape[axis]);
            axis += 1;
        }
        count = count.saturating_add(elements);
        parameter += 1;
    }
    count
}

/// Runs the step `kernel` of the model `E` on so many examples, on the best instruction set of this processor for them.
#[inline]
pub fn dispatch_examples<E: Extents, K: Kernel>(examples: usize, kernel: K) -> K::Output {
    if cfg!(not(feature = "alloc")) || const { E::PARAMETERS > FEW_PARAMETERS } || examples != 1 {
        return dispatch(kernel);
    }
    match dispatch_narrow(Single { kernel, extents: PhantomData::<fn() -> E> }) {
        Ok(output) => output,
        Err(single) => dispatch(single.kernel),
    }
}

/// A step that is to run on [`OneByOne`].
struct Single<K, E> {
    kernel: K,
    extents: PhantomData<fn() -> E>,
}

impl<K: Kernel, E: Extents> Kernel for Single<K, E> {
    type Output = K::Output;

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) -> K::Output {
        self.kernel.run(OneByOne(isa, self.extents))
    }
}

/// An instruction set on which the steps of `E` take one example at a time.
#[derive(Debug)]
pub struct OneByOne<I, E>(I, PhantomData<fn() -> E>);

impl<I: Copy, E> Clone for OneByOne<I, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I: Copy, E> Copy for OneByOne<I, E> {}

impl<I, E> sealed::Sealed for OneByOne<I, E> {}

impl<I: Isa, E: Extents> Isa for OneByOne<I, E> {
    const FUSED: bool = I::FUSED;
    const NAME: &'static str = I::NAME;
    const IS_ONE_BY_ONE: bool = true;
    type Instructions = I::Instructions;

    #[inline(always)]
    fn instructions(self) -> I::Instructions {
        self.0.instructions()
    }

    #[inline(always)]
    fn extents<const K: usize>(self, given: [usize; K]) -> [usize; K] {
        debug_assert_eq!(given, E::EXTENTS, "a step of another model");
        let mut known = [0; K];
        known.copy_from_slice(E::EXTENTS);
        known
    }

    #[inline(always)]
    fn tile(self, _room: usize) -> usize {
        1
    }

    #[inline(always)]
    fn rows(self, _tile: usize, _left: usize) -> usize {
        1
    }

    /// Runs `kernel` where it is called: it is part of the step, which is compiled for the instruction set.
    #[inline(always)]
    fn call<K: Kernel>(self, kernel: K) -> K::Output {
        kernel.run(self)
    }
}
