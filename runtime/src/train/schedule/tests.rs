use super::Schedule;

fn factors(schedule: &Schedule, times: &[f64]) -> Vec<f64> {
    times.iter().map(|&time| (schedule.factor(time, 10.0) * 1e12).round() / 1e12).collect()
}

#[test]
fn constant_is_one() {
    assert_eq!(factors(&Schedule::constant(), &[0.0, 5.0, 10.0]), [1.0; 3]);
}

#[test]
fn steps_multiply_at_their_epochs() {
    let schedule = Schedule::step(3, 0.5);
    assert_eq!(
        factors(&schedule, &[0.0, 2.99, 3.0, 5.99, 6.0, 9.5]),
        [1.0, 1.0, 0.5, 0.5, 0.25, 0.125]
    );
}

#[test]
fn cosine_falls_to_its_floor() {
    let third = factors(&Schedule::cosine(0.0), &[0.0, 10.0 / 3.0, 5.0, 20.0 / 3.0, 10.0]);
    assert_eq!(third, [1.0, 0.75, 0.5, 0.25, 0.0]);
    assert_eq!(factors(&Schedule::cosine(0.2), &[0.0, 5.0, 10.0]), [1.0, 0.6, 0.2]);
}

#[test]
fn linear_falls_to_its_end() {
    let times: Vec<f64> = (0..11).map(f64::from).collect();
    let expected = [1.0, 0.92, 0.84, 0.76, 0.68, 0.6, 0.52, 0.44, 0.36, 0.28, 0.2];
    assert_eq!(factors(&Schedule::linear(0.2), &times), expected);
}

#[test]
fn exponential_multiplies_in_every_epoch() {
    let found = factors(&Schedule::exponential(0.81), &[0.0, 0.5, 1.0, 2.0]);
    assert_eq!(found, [1.0, 0.9, 0.81, 0.6561]);
}

/// `OneCycleLR(total_steps=11, pct_start=0.4, div_factor=10, final_div_factor=100)` of `PyTorch` 2.15, whose rise takes 3.4 of 10 steps.
#[test]
fn one_cycle_rises_and_falls() {
    let times: Vec<f64> = (0..11).map(f64::from).collect();
    let expected = [
        0.1,
        0.278_814_413_629,
        0.673_148_345_532,
        0.969_612_503_232,
        0.979_766_740_320,
        0.862_005_152_033,
        0.663_870_447_677,
        0.429_413_738_282,
        0.210_761_573_669,
        0.056_526_693_397,
        0.001,
    ];
    assert_eq!(factors(&Schedule::one_cycle(0.34, 0.1, 0.001), &times), expected);
    assert_eq!(factors(&Schedule::one_cycle(0.0, 0.1, 0.0), &[0.0, 5.0]), [1.0, 0.5]);
}

/// `CosineAnnealingWarmRestarts(T_0=2, T_mult=2, eta_min=0.1)` of `PyTorch` 2.15.
#[test]
fn warm_restarts_begin_again() {
    let times: Vec<f64> = (0..9).map(f64::from).collect();
    let expected = [
        1.0,
        0.55,
        1.0,
        0.868_198_051_534,
        0.55,
        0.231_801_948_466,
        1.0,
        0.965_745_789_630,
        0.868_198_051_534,
    ];
    assert_eq!(factors(&Schedule::warm_restarts(2, 2, 0.1), &times), expected);
    let equal = factors(&Schedule::warm_restarts(3, 1, 0.0), &[0.0, 1.5, 3.0, 4.5, 30.0]);
    assert_eq!(equal, [1.0, 0.5, 1.0, 0.5, 1.0]);
}

#[test]
fn warm_up_comes_before_the_rest_of_the_schedule() {
    let times = [0.0, 1.0, 2.0, 4.0, 6.0, 10.0];
    assert_eq!(factors(&Schedule::constant().warm_up(4), &times), [0.0, 0.25, 0.5, 1.0, 1.0, 1.0]);
    assert_eq!(
        factors(&Schedule::cosine(0.0).warm_up(2), &times),
        [0.0, 0.5, 1.0, 0.853_553_390_593, 0.5, 0.0]
    );
    assert_eq!(
        factors(&Schedule::step(4, 0.1).warm_up(2), &times),
        [0.0, 0.5, 1.0, 1.0, 0.1, 0.01]
    );
}

#[test]
fn warm_up_longer_than_training_stays_finite() {
    let schedule = Schedule::cosine(0.0).warm_up(10);
    assert_eq!(factors(&schedule, &[0.5, 9.5, 10.0]), [0.05, 0.95, 1.0]);
}

#[test]
fn settings_out_of_range_are_named() {
    let message = |schedule: Schedule| schedule.check().unwrap_err().to_string();
    assert_eq!(message(Schedule::step(0, 0.5)), "`schedule step` is 0, expected at least 1 epoch");
    assert_eq!(
        message(Schedule::step(2, -0.5)),
        "`schedule factor` is -0.5, expected a positive finite number"
    );
    assert_eq!(
        message(Schedule::cosine(f64::NAN).warm_up(1)),
        "`schedule floor` is NaN, expected a finite number, at least 0"
    );
    assert_eq!(
        message(Schedule::one_cycle(1.0, 0.1, 0.1)),
        "`schedule rise` is 1, expected at least 0 and below 1"
    );
    assert_eq!(
        message(Schedule::linear(-1.0)),
        "`schedule end` is -1, expected a finite number, at least 0"
    );
    assert_eq!(
        message(Schedule::warm_restarts(3, 0, 0.1)),
        "`schedule growth` is 0, expected at least 1"
    );
}
