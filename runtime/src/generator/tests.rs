use super::{Generator, split_mix};

#[test]
fn stream_is_the_published_one() {
    // The reference implementation's first numbers from the state [1, 2, 3, 4].
    let mut generator = Generator { state: [1, 2, 3, 4] };
    let expected = [
        41_943_041,
        58_720_359,
        3_588_806_011_781_223,
        3_591_011_842_654_386,
        9_228_616_714_210_784_205,
    ];
    assert_eq!(expected.map(|_| generator.next_u64()), expected);
}

#[test]
fn seeding_is_the_published_one() {
    let mut counter = 1_234_567;
    let expected =
        [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
    assert_eq!(expected.map(|_| split_mix(&mut counter)), expected);
}

#[test]
fn seed_and_stream_together_never_change() {
    let mut generator = Generator::new(42);
    let expected = [
        0xd076_4d4f_4476_689f,
        0x519e_4174_576f_3791,
        0xfbe0_7cfb_0c24_ed8c,
        0xb37d_9f60_0cd8_35b8,
    ];
    assert_eq!(expected.map(|_| generator.next_u64()), expected);
}

#[test]
fn uniform_and_normal_numbers_follow_their_formulas() {
    // From the same formulas in Python; 1e-15 for the last bit of its logarithm and cosine.
    let mut generator = Generator::new(42);
    let expected = [0.814_305_145_122_909_9, 0.318_821_040_061_661_1, 0.983_894_168_177_488_8];
    assert_eq!(expected.map(|_| generator.uniform()), expected);
    let mut generator = Generator::new(42);
    for expected in
        [-0.768_993_053_821_006_1, -0.868_446_107_470_245_4, -1.510_974_983_000_670_7_f64]
    {
        let found = generator.normal();
        assert!((found - expected).abs() < 1e-15, "{found} {expected}");
    }
}

#[test]
fn normal_numbers_have_the_moments_of_the_distribution() {
    let mut generator = Generator::new(3);
    let numbers: Vec<f64> = (0..100_000).map(|_| generator.normal()).collect();
    let moment = |power| numbers.iter().map(|x| x.powi(power)).sum::<f64>() / 1e5;
    // Four standard errors: √(var(xᵏ)/n) is 0.0032, 0.0045, 0.012 and 0.031 for k = 1 to 4.
    for (power, expected, error) in
        [(1, 0.0, 0.0032), (2, 1.0, 0.0045), (3, 0.0, 0.0123), (4, 3.0, 0.031)]
    {
        assert!((moment(power) - expected).abs() < 4.0 * error, "{power}: {}", moment(power));
    }
}

#[test]
fn integers_below_a_bound_are_equally_likely() {
    let mut generator = Generator::new(5);
    let mut counts = [0_i32; 6];
    for _ in 0..60_000 {
        counts[generator.below(6)] += 1;
    }
    // Five standard deviations of a count: 5·√(60000·1/6·5/6) = 456.
    assert!(counts.iter().all(|count| (count - 10_000).abs() < 456), "{counts:?}");
}

#[test]
fn shuffling_permutes() {
    let mut items: Vec<usize> = (0..100).collect();
    Generator::new(1).shuffle(&mut items);
    assert_ne!(items, (0..100).collect::<Vec<_>>());
    items.sort_unstable();
    assert_eq!(items, (0..100).collect::<Vec<_>>());
}
