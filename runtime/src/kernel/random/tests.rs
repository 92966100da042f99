//! The generator against its published answers, the promises about bits, and moments.

use super::super::arch::{Isa, Kernel, on_every_isa};
use super::numbers::{ln_of_uniform, philox, turn};
use super::{Distribution, Randomness, draw};
use crate::kernel::real::Real;

const ALL: [Distribution; 4] = [
    Distribution::Uniform,
    Distribution::Normal,
    Distribution::Bernoulli(0.3),
    Distribution::Dropout(0.25),
];

#[derive(Clone)]
struct Tile {
    randomness: Option<Randomness>,
    distribution: Distribution,
    site: u32,
    first: usize,
    count: usize,
    features: usize,
}

impl Tile {
    fn of(distribution: Distribution) -> Tile {
        let randomness = Some(Randomness { seed: 42, step: 3 });
        Tile { randomness, distribution, site: 1, first: 0, count: 1000, features: 7 }
    }
}

struct In<T>(Tile, std::marker::PhantomData<T>);

impl<T> Clone for In<T> {
    fn clone(&self) -> Self {
        In(self.0.clone(), self.1)
    }
}

impl<T: Real> Kernel for In<T> {
    type Output = Vec<T>;

    fn run<I: Isa>(self, isa: I) -> Vec<T> {
        let Tile { randomness, distribution, site, first, count, features } = self.0;
        let mut tile = vec![T::from_f64(f64::NAN); count * features];
        draw(isa, randomness, distribution, site, first, count, &mut tile);
        tile
    }
}

/// The numbers, the same on every instruction set and, rounded, in both scalars.
fn numbers(tile: &Tile) -> Vec<f64> {
    let double = on_every_isa(&In::<f64>(tile.clone(), std::marker::PhantomData));
    let single = on_every_isa(&In::<f32>(tile.clone(), std::marker::PhantomData));
    let first = double[0].1.clone();
    for (name, other) in &double {
        assert!(first.iter().zip(other).all(|(a, b)| a.to_bits() == b.to_bits()), "{name}");
    }
    for (name, other) in &single {
        assert!(
            first.iter().zip(other).all(|(a, b)| (*a as f32).to_bits() == b.to_bits()),
            "{name}"
        );
    }
    first
}

#[test]
fn philox_gives_the_published_answers() {
    let known = [
        ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
        (
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
            [0xa409_3822, 0x299f_31d0],
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
        ),
    ];
    for (counter, key, words) in known {
        assert_eq!(philox(counter, key), words);
    }
}

#[test]
fn logarithm_and_turn_are_right_to_the_last_digits() {
    for k in 0..40_000_u32 {
        let word = k.wrapping_mul(107_374) ^ (k >> 3);
        let expected = libm::log((f64::from(word) + 0.5) / 4_294_967_296.0);
        let error = (ln_of_uniform(word) - expected).abs();
        assert!(error <= 4e-16 * expected.abs().max(1e-9), "{word}: {error:e}");
        let angle = f64::from(word) / 4_294_967_296.0 * std::f64::consts::TAU;
        let [cosine, sine] = turn(word);
        assert!((cosine - libm::cos(angle)).abs() < 1e-15, "{word}");
        assert!((sine - libm::sin(angle)).abs() < 1e-15, "{word}");
    }
    for word in [0, 1, u32::MAX - 1, u32::MAX] {
        let expected = libm::log((f64::from(word) + 0.5) / 4_294_967_296.0);
        assert!((ln_of_uniform(word) - expected).abs() <= 4e-16 * expected.abs(), "{word}");
    }
}

#[test]
fn any_tiles_give_the_same_numbers() {
    for distribution in ALL {
        let all = Tile::of(distribution);
        let expected = numbers(&all);
        for (first, count) in [(0, 1), (17, 16), (999, 1), (250, 333)] {
            let part = numbers(&Tile { first, count, ..all.clone() });
            for feature in 0..all.features {
                let here = &part[feature * count..][..count];
                let there = &expected[feature * all.count + first..][..count];
                assert_eq!(here, there, "{distribution:?} from {first}, feature {feature}");
            }
        }
    }
}

#[test]
fn fewer_features_are_the_first_of_more() {
    let all = numbers(&Tile::of(Distribution::Normal));
    for features in 1..7 {
        let tile = Tile { features, ..Tile::of(Distribution::Normal) };
        assert_eq!(numbers(&tile), all[..features * tile.count]);
    }
}

/// The mean and the largest distance of `f` of the numbers from it that five standard errors explain.
fn mean(numbers: &[f64], f: impl Fn(f64) -> f64) -> (f64, f64) {
    let count = numbers.len() as f64;
    let mean = numbers.iter().map(|x| f(*x)).sum::<f64>() / count;
    let variance = numbers.iter().map(|x| (f(*x) - mean).powi(2)).sum::<f64>() / count;
    (mean, 5.0 * (variance / count).sqrt())
}

#[test]
fn moments_are_those_of_the_distributions() {
    for (distribution, moments) in [
        (Distribution::Uniform, [1.0 / 2.0, 1.0 / 3.0, 1.0 / 4.0, 1.0 / 5.0]),
        (Distribution::Normal, [0.0, 1.0, 0.0, 3.0]),
        (Distribution::Bernoulli(0.3), [0.3; 4]),
        (Distribution::Dropout(0.25), [1.0, 4.0 / 3.0, 16.0 / 9.0, 64.0 / 27.0]),
    ] {
        let drawn = numbers(&Tile { count: 30_000, ..Tile::of(distribution) });
        for (power, expected) in (1..).zip(moments) {
            let (found, allowed) = mean(&drawn, |x| x.powi(power));
            assert!(
                (found - expected).abs() <= allowed,
                "{distribution:?}, power {power}: {found} where {expected} ± {allowed} is expected"
            );
        }
        assert!((distribution.mean() - moments[0]).abs() < 1e-15);
    }
}

#[test]
fn sites_steps_seeds_features_and_examples_are_independent() {
    let tile = Tile { count: 20_000, ..Tile::of(Distribution::Normal) };
    let here = numbers(&tile);
    let with = |randomness| numbers(&Tile { randomness: Some(randomness), ..tile.clone() });
    let others = [
        numbers(&Tile { site: 2, ..tile.clone() }),
        numbers(&Tile { first: 1, ..tile.clone() }),
        with(Randomness { seed: 42, step: 4 }),
        with(Randomness { seed: 43, step: 3 }),
        [&here[tile.count..], &here[..tile.count]].concat(),
    ];
    for (place, other) in others.iter().enumerate() {
        let products: Vec<f64> = here.iter().zip(other).map(|(a, b)| a * b).collect();
        let (correlation, allowed) = mean(&products, |x| x);
        assert!(correlation.abs() <= allowed, "{place}: {correlation} beyond ±{allowed}");
    }
}

#[test]
fn without_randomness_every_number_is_the_mean() {
    for distribution in ALL {
        let drawn = numbers(&Tile { randomness: None, ..Tile::of(distribution) });
        assert!(drawn.iter().all(|number| *number == distribution.mean()));
    }
}

/// Computed by a few lines of Python from the definitions; the compiler's reference interpreter is held against the same numbers.
#[test]
fn the_numbers_are_what_they_are_for_ever() {
    let tile = |distribution| Tile { count: 2, features: 2, ..Tile::of(distribution) };
    let uniform = numbers(&tile(Distribution::Uniform));
    assert_eq!(
        uniform,
        [
            0.277_743_279_933_929_44,
            0.199_594_199_657_440_19,
            0.590_326_607_227_325_4,
            0.510_685_861_110_687_3,
        ]
    );
    let expected = [
        -1.349_719_963_323_574_1,
        -1.791_209_359_502_667_5,
        -0.860_448_695_752_838_7,
        -0.120_444_518_326_090_99,
    ];
    for (found, expected) in numbers(&tile(Distribution::Normal)).iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-15, "{found} is not {expected}");
    }
    let randomness = Some(Randomness { seed: (1 << 63) + 5, step: 1 << 40 });
    let far =
        Tile { randomness, site: 9, first: (1 << 33) + 1, count: 1, ..tile(Distribution::Uniform) };
    let number = numbers(&Tile { features: 7, ..far })[6];
    assert_eq!(number.to_bits(), 0.990_575_611_591_339_1_f64.to_bits());
}
