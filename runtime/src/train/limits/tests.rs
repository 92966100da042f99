use super::Limits;

fn applied(limits: Limits, theta: &[f64], gradient: &[f64]) -> Vec<f64> {
    let mut gradient = gradient.to_vec();
    limits.apply(theta, &mut gradient, std::slice::from_ref(&(0..theta.len())));
    gradient
}

#[test]
fn values_are_clipped_to_both_sides() {
    let limits = Limits { value: Some(2.0), ..Limits::default() };
    assert_eq!(applied(limits, &[0.0; 4], &[3.0, -2.5, 1.0, -2.0]), [2.0, -2.0, 1.0, -2.0]);
}

#[test]
fn norms_are_clipped_in_direction() {
    let limits = Limits { norm: Some(1.0), ..Limits::default() };
    let clipped = applied(limits, &[0.0; 2], &[3.0, -4.0]);
    // Two roundings: of the factor and of the product.
    assert!((clipped[0] - 0.6).abs() < 3e-16 && (clipped[1] + 0.8).abs() < 3e-16, "{clipped:?}");
    assert_eq!(applied(limits, &[0.0; 2], &[0.6, 0.7]), [0.6, 0.7]);
    assert_eq!(applied(limits, &[0.0; 2], &[0.0, 0.0]), [0.0, 0.0]);
}

#[test]
fn norms_that_overflow_when_squared_are_clipped_all_the_same() {
    let limits = Limits { norm: Some(1.0), ..Limits::default() };
    let clipped = applied(limits, &[0.0; 2], &[3e300, 4e300]);
    assert!((clipped[0] - 0.6).abs() < 1e-15 && (clipped[1] - 0.8).abs() < 1e-15, "{clipped:?}");
    let tiny = Limits { norm: Some(1e-200), ..Limits::default() };
    let clipped = applied(tiny, &[0.0; 2], &[3e-190, 4e-190]);
    assert!((clipped[0] / 6e-201 - 1.0).abs() < 1e-14, "{clipped:?}");
}

#[test]
fn long_gradients_are_summed_whole() {
    let limits = Limits { norm: Some(1.0), ..Limits::default() };
    assert_eq!(applied(limits, &[0.0; 100], &[1.0; 100]), [0.1; 100]);
    let norm = applied(limits, &[0.0; 37], &[2.0; 37]).iter().map(|g| g * g).sum::<f64>();
    assert!((norm - 1.0).abs() < 1e-14, "{norm}");
}

#[test]
fn zeros_may_be_left_out_without_changing_a_bit() {
    let limits = Limits { value: Some(2.5), norm: Some(1.0), weight_decay: 0.0 };
    for (length, parts) in [
        (100, vec![3..4, 10..40, 47..49, 64..80, 95..100]),
        (37, vec![0..16, 31..34, 36..37]),
        (9, vec![1..2, 4..9]),
        (48, vec![17..40, 40..47]),
    ] {
        let value = |place: usize| (place as f64 * 0.7).sin() * 3.0;
        let is_inside = |place: usize| parts.iter().any(|part| part.contains(&place));
        let gradient = |outside: f64| -> Vec<f64> {
            (0..length).map(|i| if is_inside(i) { value(i) } else { outside }).collect()
        };
        let expected = applied(limits, &vec![0.0; length], &gradient(0.0));
        let mut found = gradient(f64::NAN);
        limits.apply(&vec![0.0; length], &mut found, &parts);
        for place in (0..length).filter(|&place| is_inside(place)) {
            assert_eq!(found[place].to_bits(), expected[place].to_bits(), "{length}: {place}");
        }
        assert!((0..length).all(|place| is_inside(place) || found[place].is_nan()), "{length}");
    }
}

#[test]
fn decay_is_added_after_clipping() {
    let limits = Limits { value: Some(1.0), norm: None, weight_decay: 0.5 };
    assert_eq!(applied(limits, &[4.0, -2.0], &[9.0, 0.25]), [3.0, -0.75]);
}

#[test]
fn settings_out_of_range_are_named() {
    let message = |limits: Limits| limits.check().unwrap_err().to_string();
    let requirement = "expected a positive finite number";
    let value = Limits { value: Some(0.0), ..Limits::default() };
    assert_eq!(message(value), format!("`clip_value` is 0, {requirement}"));
    let norm = Limits { norm: Some(f64::NAN), ..Limits::default() };
    assert_eq!(message(norm), format!("`clip_norm` is NaN, {requirement}"));
    let decay = Limits { weight_decay: -1.0, ..Limits::default() };
    assert_eq!(message(decay), "`weight_decay` is -1, expected a finite number, at least 0");
}
