//! Random leaves, number by number: the runtime's generator written down a second time.

use super::Environment;
use crate::ir::{Dim, Distribution};

#[cfg(test)]
mod tests;

/// What tells the draws of one step of training from those of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Randomness {
    /// The seed of the run.
    pub seed: u64,
    /// The number of the step.
    pub step: u64,
}

/// The values of a random leaf of this shape, row-major: its means without randomness.
///
/// A number belongs to an example and to a place among the numbers of the example. Those of a leaf that has no batch are at place 0 of as
/// many examples.
pub fn random_values(
    distribution: Distribution,
    site: usize,
    shape: &[Dim],
    environment: &Environment,
) -> Vec<f64> {
    let count: usize = shape.iter().map(|dim| environment.extent(dim)).product();
    let Some(randomness) = environment.randomness else {
        return vec![distribution.mean(); count];
    };
    let examples = match shape.last() {
        Some(batch @ Dim::Batch) => environment.extent(batch),
        _ => count,
    };
    let key = key(randomness);
    (0..count)
        .map(|index| {
            let (place, example) = (index / examples, (index % examples) as u64);
            let counter = [example as u32, (example >> 32) as u32, place as u32 / 4, site as u32];
            number(distribution, philox(counter, key), place % 4)
        })
        .collect()
}

/// The number that the words of a block give for one of its four places.
fn number(distribution: Distribution, words: [u32; 4], place: usize) -> f64 {
    let word = f64::from(words[place]);
    let full = 4_294_967_296.0;
    match distribution {
        Distribution::Uniform => ((word / 512.0).floor() + 0.5) / 8_388_608.0,
        Distribution::Normal => {
            let [radius, angle] = [words[place / 2 * 2], words[place / 2 * 2 + 1]].map(f64::from);
            let radius = (-2.0 * ((radius + 0.5) / full).ln()).sqrt();
            let angle = std::f64::consts::TAU * (angle / full);
            radius * if place.is_multiple_of(2) { angle.cos() } else { angle.sin() }
        }
        Distribution::Bernoulli(bits) => f64::from(word < (f64::from_bits(bits) * full).floor()),
        Distribution::Dropout(bits) => {
            let probability = f64::from_bits(bits);
            if word < (probability * full).floor() { 0.0 } else { 1.0 / (1.0 - probability) }
        }
    }
}

fn key(randomness: Randomness) -> [u32; 2] {
    let key = split_mix(split_mix(randomness.seed).wrapping_add(randomness.step));
    [key as u32, (key >> 32) as u32]
}

/// The first number of `SplitMix64` with this seed.
fn split_mix(seed: u64) -> u64 {
    let mut bits = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// Philox4x32-10 (Salmon, Moraes, Dror & Shaw 2011).
fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..10 {
        let [a, b, c, d] = counter;
        let first = u64::from(a) * 0xd251_1f53;
        let second = u64::from(c) * 0xcd9e_8d57;
        counter = [
            (second >> 32) as u32 ^ b ^ key[0],
            second as u32,
            (first >> 32) as u32 ^ d ^ key[1],
            first as u32,
        ];
        key = [key[0].wrapping_add(0x9e37_79b9), key[1].wrapping_add(0xbb67_ae85)];
    }
    counter
}
