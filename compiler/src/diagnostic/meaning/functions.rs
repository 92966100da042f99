//! Messages about calls of a model's own functions.

use super::{did_you_mean, list, shape_text};
use crate::diagnostic::{Diagnostic, messages};
use crate::ir::Dim;
use crate::tree::Position;

messages! {
    argument_shape_differs(function: &str, argument: &str, declared: &[Dim], found: &[Dim], bound: &[String], shared: Option<&str>)
        in "#[model] mod net { fn f(x: Tensor<D>, w: Tensor<D>) -> Tensor { x.dot(w) } fn loss(x: Input<3>, w: Param<4>) -> Loss { f(x, w) } }"
        with [declared_shape, found_shape] = [declared, found].map(shape_text),
        with known = if bound.is_empty() { String::new() } else { format!(", where {}", bound.join(" and ")) },
        says "argument `{argument}` of `{function}` has shape {found_shape}, but is declared {declared_shape}{known}"
        hint shared.map(|name| format!("`{name}` is a dimension of the model; for one of the function's own write `fn {function}<const {name}: usize>(..)`")),;
    argument_bound_differs(function: &str, argument: &str, declared: &Dim, found: &Dim)
        in "#[model] mod net { fn f(c: Index<4>, w: Tensor) -> Tensor { cross_entropy(w, c) } fn loss(c: Index<3>, w: Param<3>) -> Loss { f(c, w) } }"
        says "argument `{argument}` of `{function}` is an index below {found}, but is declared below {declared}"
        help "declare both alike";
    result_shape_differs(function: &str, declared: &[Dim], found: &[Dim])
        in "#[model] mod net { fn f(x: Tensor<D>) -> Tensor<D> { sum(x) } fn loss(x: Input<3>, w: Param<3>) -> Loss { sum(f(x * w)) } }"
        with [declared_shape, found_shape] = [declared, found].map(shape_text),
        says "the body of `{function}` has shape {found_shape}, but its result is declared {declared_shape}"
        help "declare what the body is, or `-> Tensor` for any shape";
    derivative_name(name: &str, function: &str, known: &[&str])
        in "#[model] mod net { #[derivative(x = \"1 - z\")] fn f(x: f64) -> f64 { x.tanh() } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        with known = list(known),
        says "`{name}` is no argument of `{function}`, nor its value `y`"
        help "a derivative is written in numbers, functions and {known}";
    derivative_function(name: &str, meant: Option<&str>)
        in "#[model] mod net { #[derivative(x = \"softmax(x)\")] fn f(x: f64) -> f64 { x.tanh() } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        says "`{name}` is not a function of numbers, so no derivative can be written with it"
        hint did_you_mean(meant).or_else(|| Some("write elementwise functions, or functions of the model that return `f64`".to_owned())),;
    derivative_form(function: &str)
        in "#[model] mod net { #[derivative(x = \"a = x; a\")] fn f(x: f64) -> f64 { x.tanh() } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        says "the derivative of `{function}` is not a formula"
        help "write one expression of numbers, functions, the arguments, and `y` for the value";
    missing_derivative(function: &str, operand: &str)
        in "#[model] mod net { fn f(x: f64) -> f64 { x.tanh() } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        says "the gradient needs the derivative of `{function}` for `{operand}`, which is not given"
        help "write `#[derivative({operand} = \"..\")]` before the function, with `y` for its value, or `#[derivative({operand} = slope)]` with a function";
    recursion(function: &str, cycle: &[String])
        in "#[model] mod net { fn f(x: Tensor) -> Tensor { f(x) } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        with chain = list(&cycle.iter().map(String::as_str).collect::<Vec<_>>()).replace(", ", " calls "),
        says "`{function}` calls itself: {chain}"
        help "write a loop: calls are inlined, so recursion would never end";
}

/// Calls nest too deeply: found by programs too long for the catalogue.
pub fn calls_too_deep(at: Position, function: &str, limit: usize) -> Diagnostic {
    let message = format!(
        "this call of `{function}` nests expressions more than {limit} levels deep, counted through all calls"
    );
    Diagnostic::new("calls_too_deep", at, message).help("call fewer functions inside each other")
}

/// Calls multiply: found by programs too slow for the catalogue.
pub fn too_many_calls(at: Position, function: &str, limit: usize) -> Diagnostic {
    let message =
        format!("this call of `{function}` is beyond the {limit} that are inlined in a model");
    Diagnostic::new("too_many_calls", at, message)
        .help("bind with `let` what is called with the same arguments, or write a loop")
}

/// How a message mentions a call that leads to its place.
pub fn call_note(function: &str, call: &str) -> String {
    format!("in this call of `{function}`: `{call}`")
}
