//! What is said about the work, not the work itself.

use serde_json::json;

use super::super::protocol::answer;
use super::output;

#[test]
fn hello_squares_and_doubles() {
    assert_eq!(output("hello", "square", &json!(3.0)), 9.0);
    assert_eq!(output("hello", "double", &json!(3)), 6.0);
}

#[test]
fn messages_are_acknowledged() {
    let start = answer(r#"{"id": 0, "kind": "start", "eval": "llsq", "config": {"n": [1]}}"#);
    assert_eq!(start, json!({ "id": 0, "tool": "chainrule" }));
    let define = answer(r#"{"id": 1, "kind": "define", "module": "llsq"}"#);
    assert_eq!(define, json!({ "id": 1, "success": true }));
    let analysis = answer(r#"{"id": 2, "kind": "analysis", "of": 1, "valid": true}"#);
    assert_eq!(analysis, json!({ "id": 2 }));
}

#[test]
fn what_cannot_be_answered_is_refused_with_the_reason() {
    let evaluate = r#""kind": "evaluate", "module": "llsq", "function": "primal""#;
    for (message, reason) in [
        (r#"{"id": 3, "kind": "define", "module": "knitting"}"#.to_string(), "`knitting` is not a known module"),
        (format!(r#"{{"id": 3, {evaluate}}}"#), "there is no `input`"),
        (format!(r#"{{"id": 3, {evaluate}, "input": {{"n": 4}}}}"#), "missing field `x`"),
        (
            r#"{"id": 3, "kind": "evaluate", "module": "llsq", "function": "hessian", "input": {"x": [1], "n": 4}}"#.to_string(),
            "`hessian` is not a function of this module",
        ),
    ] {
        let answer = answer(&message);
        assert_eq!((&answer["id"], &answer["success"]), (&json!(3), &json!(false)));
        assert!(answer["error"].as_str().is_some_and(|error| error.contains(reason)), "{answer}");
    }
    assert_eq!(answer("no JSON")["success"], false);
}

#[test]
fn data_that_no_model_accepts_is_refused() {
    let short = r#"{"id": 4, "kind": "evaluate", "module": "det", "function": "primal", "input": {"A": [1, 2, 3], "ell": 2}}"#;
    assert_eq!(answer(short)["success"], false);
    let empty = r#"{"id": 4, "kind": "evaluate", "module": "kmeans", "function": "cost", "input": {"points": [], "centroids": []}}"#;
    assert_eq!(answer(empty)["success"], false);
}

#[test]
fn runs_are_as_many_and_as_long_as_asked_for() {
    let timings = |runs: &str| {
        let input = format!(r#"{{"x": [1.0], "n": 3, {runs}}}"#);
        let message = format!(
            r#"{{"id": 1, "kind": "evaluate", "module": "llsq", "function": "primal", "input": {input}}}"#
        );
        answer(&message)["timings"].as_array().expect("timings").clone()
    };
    let many = timings(r#""min_runs": 5, "min_seconds": 0"#);
    assert_eq!(many.len(), 5);
    assert_eq!(many[0]["name"], "evaluate");
    let long = timings(r#""min_runs": 1, "min_seconds": 0.001"#);
    let total: u64 = long.iter().map(|run| run["nanoseconds"].as_u64().expect("a number")).sum();
    assert!(total >= 1_000_000);
}
