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
}
