use super::Plateau;

const LOSSES: [f64; 19] = [
    1.0, 0.8, 0.8, 0.80001, 0.79995, 0.7, 0.7, 0.71, 0.69999, 0.75, 0.6, 0.65, 0.65, 0.65, 0.65,
    0.65, 0.65, 0.65, 0.65,
];

fn factors(plateau: &Plateau) -> Vec<f64> {
    (1..=LOSSES.len())
        .map(|epochs| plateau.factor_after(LOSSES[..epochs].iter().copied()))
        .collect()
}

/// `ReduceLROnPlateau` of `PyTorch` 2.15, with a patience of one less.
#[test]
fn factors_fall_where_those_of_pytorch_do() {
    let halves = [
        1.0,
        1.0,
        1.0,
        0.5,
        0.5,
        0.5,
        0.5,
        0.25,
        0.25,
        0.125,
        0.125,
        0.125,
        0.0625,
        0.0625,
        0.03125,
        0.03125,
        0.015_625,
        0.015_625,
        0.007_812_5,
    ];
    assert_eq!(factors(&Plateau::new().factor(0.5).patience(2)), halves);

    let with_cool_down = Plateau::new().patience(3).threshold(0.05).cool_down(2).floor(0.01);
    let mut expected = [0.01; 19];
    expected[..4].fill(1.0);
    expected[4..9].fill(0.1);
    for (found, expected) in factors(&with_cool_down).into_iter().zip(expected) {
        assert!((found - expected).abs() < 1e-16, "{found} {expected}");
    }
}

#[test]
fn negative_losses_improve_downwards() {
    let plateau = Plateau::new().patience(1).threshold(0.1);
    assert_eq!(plateau.factor_after([-1.0, -1.2]), 1.0);
    assert_eq!(plateau.factor_after([-1.0, -1.05]), 0.1);
}

#[test]
fn settings_out_of_range_are_named() {
    let message = |plateau: Plateau| plateau.check().unwrap_err().to_string();
    let share = "expected at least 0 and below 1";
    assert_eq!(message(Plateau::new().factor(1.0)), format!("`plateau factor` is 1, {share}"));
    assert_eq!(message(Plateau::new().floor(1.5)), format!("`plateau floor` is 1.5, {share}"));
    assert_eq!(
        message(Plateau::new().threshold(-0.1)),
        format!("`plateau threshold` is -0.1, {share}")
    );
    assert_eq!(message(Plateau::new().patience(0)), "`plateau patience` is 0, expected at least 1");
    assert_eq!(
        message(Plateau::new().factor(0.0)),
        "`plateau factor` is 0, expected a positive finite number"
    );
}
