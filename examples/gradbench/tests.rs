//! Every problem, answered line by line and compared with numbers found another way.

use serde_json::{Value, json};

use super::protocol::answer;

/// The output of a function of a module; one run unless the input asks for more.
fn output(module: &str, function: &str, input: Value) -> Value {
    let message = json!({ "id": 7, "kind": "evaluate", "module": module, "function": function, "input": input });
    let answer = answer(&message.to_string());
    assert_eq!(answer["id"], 7);
    assert_eq!(answer["success"], true, "{answer}");
    answer["output"].clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value
        .as_array()
        .expect("an array")
        .iter()
        .map(|number| number.as_f64().expect("a number"))
        .collect()
}

fn close(found: f64, right: f64, tolerance: f64) {
    assert!((found - right).abs() <= tolerance * right.abs().max(1.0), "{found}, {right} is right");
}

/// The gradient of `value` at `x` by central differences.
fn differences(x: &[f64], value: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let along = |i: usize| {
        let step = f64::EPSILON.cbrt() * x[i].abs().max(1.0);
        let moved = |by: f64| -> f64 {
            let mut x = x.to_vec();
            x[i] += by;
            value(&x)
        };
        (moved(step) - moved(-step)) / (2.0 * step)
    };
    (0..x.len()).map(along).collect()
}

/// Compares a gradient with central differences in `f64`: right to 1e-8 of the largest element or so.
fn compare(gradient: &[f64], differences: &[f64]) {
    assert_eq!(gradient.len(), differences.len());
    let largest = differences.iter().fold(1.0_f64, |largest, element| largest.max(element.abs()));
    for (found, right) in gradient.iter().zip(differences) {
        assert!((found - right).abs() <= 1e-7 * largest, "{gradient:?}, {differences:?} is right");
    }
}

#[test]
fn hello_squares_and_doubles() {
    assert_eq!(output("hello", "square", json!(3.0)), 9.0);
    assert_eq!(output("hello", "double", json!(3)), 6.0);
}

#[test]
fn messages_are_acknowledged_and_the_unknown_is_refused() {
    assert_eq!(
        answer(r#"{"id": 0, "kind": "start", "eval": "llsq"}"#),
        json!({ "id": 0, "tool": "chainrule" })
    );
    assert_eq!(
        answer(r#"{"id": 1, "kind": "define", "module": "llsq"}"#),
        json!({ "id": 1, "success": true })
    );
    assert_eq!(
        answer(r#"{"id": 2, "kind": "analysis", "of": 1, "valid": true}"#),
        json!({ "id": 2 })
    );
    for message in [
        r#"{"id": 3, "kind": "define", "module": "knitting"}"#,
        r#"{"id": 3, "kind": "evaluate", "module": "llsq", "function": "hessian", "input": {"x": [1.0], "n": 4}}"#,
        r#"{"id": 3, "kind": "evaluate", "module": "llsq", "function": "primal", "input": {"n": 4}}"#,
        r#"{"id": 3, "kind": "evaluate", "module": "llsq", "function": "primal"}"#,
    ] {
        let answer = answer(message);
        assert_eq!((&answer["id"], &answer["success"]), (&json!(3), &json!(false)));
        assert!(answer["error"].is_string(), "{answer}");
    }
    assert_eq!(answer("no JSON")["success"], false);
}

#[test]
fn runs_are_as_many_and_as_long_as_asked_for() {
    let answer = |runs: &str| {
        let message = format!(
            r#"{{"id": 1, "kind": "evaluate", "module": "llsq", "function": "primal", "input": {{"x": [1.0], "n": 3, {runs}}}}}"#
        );
        answer(&message)["timings"].as_array().expect("timings").clone()
    };
    let many = answer(r#""min_runs": 5, "min_seconds": 0"#);
    assert_eq!(many.len(), 5);
    assert_eq!(many[0]["name"], "evaluate");
    let long = answer(r#""min_runs": 1, "min_seconds": 0.001"#);
    let total: u64 = long.iter().map(|run| run["nanoseconds"].as_u64().expect("a number")).sum();
    assert!(total >= 1_000_000);
}

#[test]
fn llsq_is_half_the_sum_of_squares() {
    let (x, n) = ([0.3, -0.7, 1.1, 0.4], 9);
    let value = |x: &[f64]| -> f64 {
        (0..n)
            .map(|i| {
                let t = -1.0 + f64::from(i) / 4.0;
                let sign = f64::from(i32::from(i > 4) - i32::from(i < 4));
                let polynomial: f64 = x.iter().zip(0..).map(|(x, j)| x * t.powi(j)).sum();
                (sign - polynomial).powi(2) / 2.0
            })
            .sum()
    };
    let input = json!({ "x": x, "n": n, "min_runs": 1, "min_seconds": 0 });
    close(output("llsq", "primal", input.clone()).as_f64().expect("a number"), value(&x), 1e-14);
    compare(&numbers(&output("llsq", "gradient", input)), &differences(&x, value));
}
