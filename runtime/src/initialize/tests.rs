use crate::generator::Generator;

use super::Initializer;

/// Every kind with the mean and variance it promises for the shape [300, 200].
const MOMENTS: &[(Initializer, f64, f64)] = &[
    (Initializer::Zeros, 0.0, 0.0),
    (Initializer::Ones, 1.0, 0.0),
    (Initializer::Constant(-2.5), -2.5, 0.0),
    (Initializer::Uniform { low: -1.0, high: 3.0 }, 1.0, 16.0 / 12.0),
    (Initializer::Normal { mean: 0.5, deviation: 2.0 }, 0.5, 4.0),
    (Initializer::GlorotUniform, 0.0, 2.0 / 500.0),
    (Initializer::GlorotNormal, 0.0, 2.0 / 500.0),
    (Initializer::HeUniform, 0.0, 2.0 / 300.0),
    (Initializer::HeNormal, 0.0, 2.0 / 300.0),
];

#[test]
fn each_kind_has_its_mean_and_variance() {
    let mut values = vec![0.0_f64; 300 * 200];
    for &(initializer, mean, variance) in MOMENTS {
        initializer.fill(&[300, 200], &mut Generator::new(11), &mut values);
        let count = values.len() as f64;
        let found_mean = values.iter().sum::<f64>() / count;
        let found = values.iter().map(|x| (x - found_mean).powi(2)).sum::<f64>() / count;
        // Five standard errors: of a mean √(variance/n), of a variance at most variance·√(2/n).
        assert!(
            (found_mean - mean).abs() <= 5.0 * (variance / count).sqrt(),
            "{initializer:?}: {found_mean}"
        );
        assert!(
            (found - variance).abs() <= 5.0 * variance * (2.0 / count).sqrt(),
            "{initializer:?}: {found}"
        );
    }
}

#[test]
fn uniform_kinds_reach_their_bounds_and_no_further() {
    let shapes: [(&[usize], f64, f64); 4] = [
        (&[], 3.0, 6.0),
        (&[8], 6.0 / 16.0, 6.0 / 8.0),
        (&[8, 24], 6.0 / 32.0, 6.0 / 8.0),
        (&[3, 5, 9], 6.0 / 24.0, 6.0 / 15.0),
    ];
    for (shape, glorot, he) in shapes {
        for (initializer, square) in
            [(Initializer::GlorotUniform, glorot), (Initializer::HeUniform, he)]
        {
            let mut values = vec![0.0_f64; 10_000];
            initializer.fill(shape, &mut Generator::new(2), &mut values);
            let greatest = values.iter().fold(0.0_f64, |greatest, x| greatest.max(x.abs()));
            let bound = square.sqrt();
            assert!(greatest <= bound && greatest > 0.99 * bound, "{initializer:?} {shape:?}");
        }
    }
}

#[test]
fn same_seed_same_bits_in_both_scalar_types() {
    for &(initializer, ..) in MOMENTS {
        let fill = |seed| {
            let mut values = vec![0.0_f64; 33];
            initializer.fill(&[3, 11], &mut Generator::new(seed), &mut values);
            values
        };
        let mut narrow = vec![0.0_f32; 33];
        initializer.fill(&[3, 11], &mut Generator::new(4), &mut narrow);
        assert_eq!(fill(4), fill(4));
        assert_eq!(fill(4).iter().map(|&x| x as f32).collect::<Vec<_>>(), narrow);
    }
}
