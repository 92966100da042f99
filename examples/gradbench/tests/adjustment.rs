//! `ba`, against the projection of one point.

use serde_json::{Value, json};

use super::{assert_same, assert_slopes, differences, number, numbers, output};

/// A camera looking at a point 20 units away, its lens distorted.
const CAMERA: [f64; 11] = [0.3, -0.2, 0.4, 1.0, -2.0, -20.0, 300.0, 5.0, -3.0, 0.1, -0.02];
const POINT: [f64; 3] = [2.0, 1.5, 0.5];
const WEIGHT: f64 = 0.8;
const SEEN: [f64; 2] = [20.0, -35.0];
const N: usize = 2;
const M: usize = 3;
const P: usize = 5;

/// `x` turned about `r`, by the three products of Rodrigues' formula.
fn turned(r: &[f64], x: [f64; 3]) -> [f64; 3] {
    let angle = r.iter().map(|r| r * r).sum::<f64>().sqrt();
    let cross = |i: usize| r[(i + 1) % 3] * x[(i + 2) % 3] - r[(i + 2) % 3] * x[(i + 1) % 3];
    if angle == 0.0 {
        return x;
    }
    let along: f64 = (0..3).map(|i| r[i] * x[i]).sum::<f64>() / (angle * angle);
    [0, 1, 2].map(|i| {
        x[i] * angle.cos() + cross(i) / angle * angle.sin() + r[i] * along * (1.0 - angle.cos())
    })
}

/// The two errors of an observation, of its camera, its point and its weight.
fn errors(theta: &[f64]) -> Vec<f64> {
    let (camera, point) = theta.split_at(11);
    let [a, b, depth] = turned(&camera[..3], [0, 1, 2].map(|i| point[i] - camera[3 + i]));
    let (a, b) = (a / depth, b / depth);
    let radius = a * a + b * b;
    let scale = camera[6] * (1.0 + camera[9] * radius + camera[10] * radius * radius);
    let weight = point[3];
    vec![weight * (scale * a + camera[7] - SEEN[0]), weight * (scale * b + camera[8] - SEEN[1])]
}

fn input(camera: &[f64]) -> Value {
    json!({ "n": N, "m": M, "p": P, "cam": camera, "x": POINT, "w": WEIGHT, "feat": SEEN })
}

fn theta(camera: &[f64]) -> Vec<f64> {
    [camera, &POINT, &[WEIGHT]].concat()
}

#[test]
fn ba_measures_what_cameras_see() {
    let objective = output("ba", "objective", &input(&CAMERA));
    let found = &objective["reproj_error"];
    assert_same(&numbers(&found["elements"]), &errors(&theta(&CAMERA)));
    assert_eq!(found["repeated"], P);
    assert_same(&[number(&objective["w_err"]["element"])], &[1.0 - WEIGHT * WEIGHT]);
    assert_eq!(objective["w_err"]["repeated"], P);
}

#[test]
fn ba_has_a_sparse_jacobian() {
    let jacobian = output("ba", "jacobian", &input(&CAMERA));
    let along = differences(&theta(&CAMERA), errors);
    let mut values: Vec<f64> =
        (0..2).flat_map(|row| along.iter().map(move |slopes| slopes[row])).collect();
    values.push(-2.0 * WEIGHT);
    assert_slopes(&numbers(&jacobian["vals"]), &values);

    // A row begins every 15 elements; after the rows of all errors, one a penalty; the last entry is where the matrix ends.
    let begins: Vec<usize> =
        [0, 15, 30, 45, 60, 75, 90, 105, 120, 135, 150, 151, 152, 153, 154, 155, 155].into();
    assert_eq!(jacobian["rows"], json!(begins));
    let row: Vec<usize> = (0..11).chain(22..25).chain([31]).collect();
    let last = 11 * N + 3 * M + P - 1;
    assert_eq!(jacobian["cols"], json!([row.as_slice(), &row, &[last]].concat()));
}

#[test]
fn ba_of_a_camera_that_is_not_turned_is_finite() {
    let mut camera = CAMERA;
    camera[..3].fill(0.0);
    let objective = output("ba", "objective", &input(&camera));
    assert_same(&numbers(&objective["reproj_error"]["elements"]), &errors(&theta(&camera)));
    // Differences beside the point without rotation need not know it.
    let along = differences(&theta(&camera), errors);
    let values: Vec<f64> =
        (0..2).flat_map(|row| along.iter().map(move |slopes| slopes[row])).collect();
    let found = numbers(&output("ba", "jacobian", &input(&camera))["vals"]);
    assert_slopes(&found[..30], &values);
}
