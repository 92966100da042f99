//! Every problem, answered line by line and compared with numbers found another way.

mod adjustment;
mod messages;
mod mixture;
mod network;
mod objectives;

use serde_json::{Value, json};

use super::protocol::answer;

/// The output of a function of a module.
fn output(module: &str, function: &str, input: &Value) -> Value {
    let answer = answer(
        &json!({ "id": 7, "kind": "evaluate", "module": module, "function": function, "input": input })
            .to_string(),
    );
    assert_eq!(answer["id"], 7);
    assert_eq!(answer["success"], true, "{answer}");
    answer["output"].clone()
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// All numbers of an array of arrays, in their order.
fn numbers(value: &Value) -> Vec<f64> {
    match value.as_array() {
        Some(array) => array.iter().flat_map(numbers).collect(),
        None => vec![number(value)],
    }
}

/// Some numbers between −1 and 1.
fn wave(count: usize, rate: f64) -> Vec<f64> {
    (0..count).map(|index| (index as f64 * rate + 0.3).sin()).collect()
}

/// The derivative of each element of `values` along each element of `x` by central differences.
fn differences(x: &[f64], values: impl Fn(&[f64]) -> Vec<f64>) -> Vec<Vec<f64>> {
    let along = |i: usize| {
        let step = f64::EPSILON.cbrt() * x[i].abs().max(1.0);
        let moved = |by: f64| {
            let mut x = x.to_vec();
            x[i] += by;
            values(&x)
        };
        let (after, before) = (moved(step), moved(-step));
        after.iter().zip(before).map(|(after, before)| (after - before) / (2.0 * step)).collect()
    };
    (0..x.len()).map(along).collect()
}

/// The gradient of `value` by central differences.
fn slopes(x: &[f64], value: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    differences(x, |x| vec![value(x)]).concat()
}

/// The same but for rounding.
fn assert_same(found: &[f64], right: &[f64]) {
    assert_within(1e-12, found, right);
}

/// A derivative, compared with central differences in `f64`: with steps of `ε^(1/3)` they are right to some `ε^(2/3)`, 4e-11.
fn assert_slopes(found: &[f64], differences: &[f64]) {
    assert_within(1e-8, found, differences);
}

fn assert_within(tolerance: f64, found: &[f64], right: &[f64]) {
    assert_eq!(found.len(), right.len());
    let largest = right.iter().fold(1.0_f64, |largest, element| largest.max(element.abs()));
    for (element, expected) in found.iter().zip(right) {
        assert!((element - expected).abs() <= tolerance * largest, "{found:?}, {right:?} is right");
    }
}
