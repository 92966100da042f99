//! The one source of random numbers: a small generator with a stream fixed for ever.

#[cfg(not(feature = "std"))]
use crate::float::Float;

/// xoshiro256++, seeded by `SplitMix64`.
///
/// The stream is part of the public interface: the same seed gives the same bits on every machine and in every later version. It is meant
/// for initialization and shuffling, not for secrets.
///
/// # Examples
/// ```
/// use chainrule::generator::Generator;
///
/// assert_eq!(Generator::new(7).next_u64(), Generator::new(7).next_u64());
/// ```
///
/// # References
/// Blackman & Vigna (2021), *Scrambled Linear Pseudorandom Number Generators*, ACM TOMS 47(4); Steele, Lea & Flood (2014), *Fast
/// Splittable Pseudorandom Number Generators*, for the seeding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generator {
    state: [u64; 4],
}

impl Generator {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        let mut counter = seed;
        Generator { state: core::array::from_fn(|_| split_mix(&mut counter)) }
    }

    /// At a state that [`state`](Self::state) gave.
    #[cfg(feature = "checkpoint")]
    pub(crate) fn with_state(state: [u64; 4]) -> Self {
        Generator { state }
    }

    /// Where the stream is.
    #[cfg(feature = "checkpoint")]
    pub(crate) fn state(&self) -> [u64; 4] {
        self.state
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        let [s0, s1, s2, s3] = &mut self.state;
        let result = s0.wrapping_add(*s3).rotate_left(23).wrapping_add(*s0);
        let shifted = *s1 << 17;
        *s2 ^= *s0;
        *s3 ^= *s1;
        *s1 ^= *s2;
        *s0 ^= *s3;
        *s2 ^= shifted;
        *s3 = s3.rotate_left(45);
        result
    }

    /// A number of [0, 1): a multiple of 2⁻⁵³, each equally likely.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number of the normal distribution with mean 0 and variance 1: `√(−2·ln(1 − u))·cos(2π·v)`.
    ///
    /// Every number uses two of the stream, so that the stream's position depends on nothing but the count of numbers. The functions come
    /// from the `libm` crate, because those of the platform differ in their last bits.
    ///
    /// # References
    /// Box & Muller (1958), *A Note on the Generation of Random Normal Deviates*.
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log1p(-self.uniform())).sqrt();
        radius * libm::cos(core::f64::consts::TAU * self.uniform())
    }

    /// An integer below `bound`, each equally likely.
    ///
    /// # Panics
    /// If `bound` is zero.
    ///
    /// # References
    /// Lemire (2019), *Fast Random Integer Generation in an Interval*, ACM TOMACS 29(1).
    pub fn below(&mut self, bound: usize) -> usize {
        assert!(bound > 0, "no integer is below zero");
        let bound = bound as u64;
        let unfair = bound.wrapping_neg() % bound;
        loop {
            let product = u128::from(self.next_u64()) * u128::from(bound);
            if product as u64 >= unfair {
                return (product >> 64) as usize;
            }
        }
    }

    /// Puts `items` in a random order, each order equally likely (Fisher & Yates, 1938).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// The next number of `SplitMix64`.
pub(crate) fn split_mix(counter: &mut u64) -> u64 {
    *counter = counter.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut bits = *counter;
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests;
