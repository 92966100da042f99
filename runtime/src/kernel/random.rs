//! Random numbers by counting: a draw is a function of what it is for, not of when it is made.
//!
//! Each four numbers are one application of Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011, *Parallel Random Numbers: As Easy as
//! 1, 2, 3*). Its key is made of the seed and the step of training; its counter is the example, the place among the numbers of the
//! example, and the site, which is the place in the model's source. So the bits are the same for any tile size, any number of threads and
//! any instruction set. Normal numbers keep that promise because they use nothing but sums, products, quotients and roots, each rounded
//! once, and nothing is fused.
//!
//! Without randomness every number is its mean, so that a model without it is deterministic.

mod numbers;

use super::arch::Isa;
use super::real::Real;
use super::vector::Vector;
use crate::generator::split_mix;

use self::numbers::{halves, normals, philox, uniform};

#[cfg(test)]
mod tests;

/// What tells the draws of one step from those of another.
///
/// # Examples
/// ```
/// use chainrule::kernel::random::Randomness;
///
/// assert_ne!(Randomness { seed: 7, step: 0 }.key(), Randomness { seed: 7, step: 1 }.key());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Randomness {
    /// The seed of the run.
    pub seed: u64,
    /// The number of the step in the run.
    pub step: u64,
}

impl Randomness {
    /// The key of the generator: for one seed, another one in each step.
    pub fn key(self) -> [u32; 2] {
        let mut seed = self.seed;
        let mut state = split_mix(&mut seed).wrapping_add(self.step);
        halves(split_mix(&mut state))
    }
}

/// What random numbers follow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Distribution {
    /// Uniform on the open interval from 0 to 1: an odd multiple of 2⁻²⁴.
    Uniform,
    /// Normal with mean 0 and variance 1, by two uniform numbers of 32 bits for two normal ones (Box & Muller 1958).
    Normal,
    /// 1 with this probability, else 0.
    Bernoulli(f64),
    /// 0 with this probability `p`, else `1/(1 − p)`.
    Dropout(f64),
}

impl Distribution {
    /// The mean, which is what numbers are without randomness.
    pub fn mean(self) -> f64 {
        match self {
            Distribution::Uniform => 0.5,
            Distribution::Normal => 0.0,
            Distribution::Bernoulli(probability) => probability,
            Distribution::Dropout(_) => 1.0,
        }
    }
}

/// Fills a tile with uniform numbers of (0, 1); see [`draw`].
#[inline(always)]
pub fn draw_uniform<I: Isa, T: Real>(
    isa: I,
    randomness: Option<Randomness>,
    site: u32,
    first: usize,
    count: usize,
    tile: &mut [T],
) {
    draw(isa, randomness, Distribution::Uniform, site, first, count, tile);
}

/// Fills a tile with normal numbers; see [`draw`].
#[inline(always)]
pub fn draw_normal<I: Isa, T: Real>(
    isa: I,
    randomness: Option<Randomness>,
    site: u32,
    first: usize,
    count: usize,
    tile: &mut [T],
) {
    draw(isa, randomness, Distribution::Normal, site, first, count, tile);
}

/// Fills a tile with ones, each with this probability, and zeros; see [`draw`].
#[inline(always)]
pub fn draw_bernoulli<I: Isa, T: Real>(
    isa: I,
    randomness: Option<Randomness>,
    probability: f64,
    site: u32,
    first: usize,
    count: usize,
    tile: &mut [T],
) {
    draw(isa, randomness, Distribution::Bernoulli(probability), site, first, count, tile);
}

/// Fills a tile with the factors of dropout, 0 with this probability `p`, else `1/(1 − p)`; see [`draw`].
#[inline(always)]
pub fn draw_dropout<I: Isa, T: Real>(
    isa: I,
    randomness: Option<Randomness>,
    probability: f64,
    site: u32,
    first: usize,
    count: usize,
    tile: &mut [T],
) {
    draw(isa, randomness, Distribution::Dropout(probability), site, first, count, tile);
}

/// Fills a tile of `count` examples, of which the first has the number `first`: `tile[j·count + i]` is the number for place `j` of example
/// `first + i`.
///
/// # Panics
/// Where `count` is 0, or `tile` does not hold whole features.
///
/// # Examples
/// ```
/// use chainrule::kernel::arch::{Isa, Kernel, dispatch};
/// use chainrule::kernel::random::{Distribution, Randomness, draw};
///
/// struct Draw<'a>(usize, usize, &'a mut [f64]);
/// impl Kernel for Draw<'_> {
///     type Output = ();
///     fn run<I: Isa>(self, isa: I) {
///         let randomness = Some(Randomness { seed: 7, step: 1 });
///         draw(isa, randomness, Distribution::Uniform, 0, self.0, self.1, self.2);
///     }
/// }
/// let (mut all, mut last) = ([0.0; 3], [0.0; 1]);
/// dispatch(Draw(0, 3, &mut all));
/// dispatch(Draw(2, 1, &mut last));
/// assert_eq!(all[2], last[0]);
/// ```
#[inline(always)]
pub fn draw<I: Isa, T: Real>(
    isa: I,
    randomness: Option<Randomness>,
    distribution: Distribution,
    site: u32,
    first: usize,
    count: usize,
    tile: &mut [T],
) {
    match randomness {
        None => tile.fill(T::from_f64(distribution.mean())),
        Some(randomness) => {
            let key = randomness.key();
            T::draw(isa, &mut Draw { key, distribution, site, first, count, tile });
        }
    }
}

/// One call of [`draw`].
pub struct Draw<'a, T> {
    pub(super) key: [u32; 2],
    pub(super) distribution: Distribution,
    pub(super) site: u32,
    pub(super) first: usize,
    pub(super) count: usize,
    pub(super) tile: &'a mut [T],
}

/// [`draw`], for one instruction set.
///
/// # Safety
/// The processor has the instructions of `V`.
#[inline(always)]
pub(super) unsafe fn draw_of<V: Vector>(draw: &mut Draw<V::Element>) {
    assert!(draw.tile.len().is_multiple_of(draw.count), "a tile holds a feature in part");
    let number = |value: f64| V::Element::from_f64(value);
    match draw.distribution {
        Distribution::Uniform => fill(draw, |a, b| [number(uniform(a)), number(uniform(b))]),
        Distribution::Normal => fill(draw, |a, b| {
            let [x, y] = normals(a, b);
            [number(x), number(y)]
        }),
        Distribution::Bernoulli(probability) => {
            fill_two(draw, probability, [V::Element::ONE, V::Element::ZERO]);
        }
        Distribution::Dropout(probability) => {
            fill_two(draw, probability, [V::Element::ZERO, number(1.0 / (1.0 - probability))]);
        }
    }
}

/// One number with this probability, else the other.
#[inline(always)]
fn fill_two<T: Real>(draw: &mut Draw<T>, probability: f64, [one, other]: [T; 2]) {
    let threshold = (probability * 4_294_967_296.0) as u64;
    let choose = |word: u32| if u64::from(word) < threshold { one } else { other };
    fill(draw, |a, b| [choose(a), choose(b)]);
}

/// Examples that are drawn side by side.
const LANES: usize = 64;

/// Fills the tile with what `numbers` makes of each two words, four features at a time.
#[inline(always)]
fn fill<T: Real>(draw: &mut Draw<T>, numbers: impl Fn(u32, u32) -> [T; 2]) {
    let Draw { key, site, first, count, .. } = *draw;
    for (block, features) in draw.tile.chunks_mut(4 * count).enumerate() {
        for start in (0..count).step_by(LANES) {
            let words = words_of_lanes((first + start) as u64, [block as u32, site], key);
            let mut some = [[T::ZERO; LANES]; 4];
            for pair in [0, 2] {
                for lane in 0..LANES {
                    let [one, other] = numbers(words[pair][lane], words[pair + 1][lane]);
                    some[pair][lane] = one;
                    some[pair + 1][lane] = other;
                }
            }
            let here = LANES.min(count - start);
            for (feature, some) in features.chunks_exact_mut(count).zip(&some) {
                feature[start..][..here].copy_from_slice(&some[..here]);
            }
        }
    }
}

/// The four words of each lane.
#[inline(always)]
fn words_of_lanes(first: u64, [block, site]: [u32; 2], key: [u32; 2]) -> [[u32; LANES]; 4] {
    let mut words = [[0; LANES]; 4];
    for lane in 0..LANES {
        let [low, high] = halves(first + lane as u64);
        let here = philox([low, high, block, site], key);
        for (words, word) in words.iter_mut().zip(here) {
            words[lane] = word;
        }
    }
    words
}
