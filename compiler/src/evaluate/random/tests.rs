//! The numbers that the runtime's generator is held against too.

use super::{Randomness, random_values};
use crate::evaluate::Environment;
use crate::ir::{Dim, Distribution};

fn environment() -> Environment {
    let mut environment = Environment::default();
    environment.extents.insert(Dim::Batch, 2);
    environment.randomness = Some(Randomness { seed: 42, step: 3 });
    environment
}

#[test]
fn the_numbers_are_those_of_the_runtime() {
    let shape = [Dim::Fixed(2), Dim::Batch];
    assert_eq!(
        random_values(Distribution::Uniform, 1, &shape, &environment()),
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
    let found = random_values(Distribution::Normal, 1, &shape, &environment());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-15, "{found} is not {expected}");
    }
}

#[test]
fn without_a_batch_elements_count_as_examples() {
    let batched = [Dim::Fixed(1), Dim::Batch];
    let shared = [Dim::Fixed(2)];
    let [batched, shared] = [&batched[..], &shared[..]]
        .map(|shape| random_values(Distribution::Uniform, 1, shape, &environment()));
    assert_eq!(batched, shared);
}

#[test]
fn without_randomness_every_number_is_the_mean() {
    let still = Environment { randomness: None, ..environment() };
    let quarter = 0.25_f64.to_bits();
    for (distribution, mean) in [
        (Distribution::Uniform, 0.5),
        (Distribution::Normal, 0.0),
        (Distribution::Bernoulli(quarter), 0.25),
        (Distribution::Dropout(quarter), 1.0),
    ] {
        let values = random_values(distribution, 0, &[Dim::Fixed(2), Dim::Batch], &still);
        assert_eq!(values, [mean; 4]);
    }
}
