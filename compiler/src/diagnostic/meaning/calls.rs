//! Messages about the arguments of a call.

use super::{list, shape_text};
use crate::diagnostic::messages;
use crate::ir::Dim;

messages! {
    wrong_number_of_arguments(name: &str, expected: &str, found: usize, forms: &[String]) in "#[model] fn m(x: Input, w: Param) -> Loss { tanh(x, w) }"
        with noun = if expected == "1" { "argument" } else { "arguments" },
        says "`{name}` takes {expected} {noun}, found {found}"
        hint Some(format!("write `{}`, the receiver of a method being the first argument", forms.join("` or `"))),;
    unknown_named_argument(function: &str, name: &str, known: &[&str]) in "#[model] fn m(x: Input, w: Param) -> Loss { tanh(x * w, axis = 0) }"
        says "`{function}` has no argument called `{name}`"
        hint Some(match known {
            [] => "its arguments are given by position".to_owned(),
            known => format!("it has {}", list(known)),
        }),;
    argument_given_twice(function: &str, name: &str) in "#[model] fn m(x: Input<3>, w: Param<3>) -> Loss { sum(x * w, [0], axis = 0) }"
        says "`{name}` of `{function}` is given twice"
        help "keep one of them";
    not_a_literal(function: &str, argument: &str, what: &str, found: &str) in "#[model] fn m(x: Input, w: Param) -> Loss { powi(x * w, x) }"
        with advice = if what == "an integer" { "for a real or computed exponent use `powf`" } else { "write the number itself: it is chosen when the model is compiled" },
        says "`{argument}` of `{function}` must be {what}, found `{found}`"
        help "{advice}";
    not_axes(function: &str) in "#[model] fn m(x: Input<3>, w: Param<3>) -> Loss { sum(x * w, [0.5]) }"
        says "`{function}` needs its axes as integer literals"
        help "write `[0]`, `[0, 1]` or `axis = 0`; leave it out for the default";
    axis_out_of_range(axis: i64, function: &str, shape: &[Dim]) in "#[model] fn m(x: Input<3>, w: Param<3>) -> Loss { sum(x * w, [1]) }"
        with found = shape_text(shape),
        says "axis {axis} is out of range: the argument of `{function}` has shape {found}"
        hint Some(match shape.len() {
            0 => "a scalar has no axes; leave the axis out".to_owned(),
            1 => "its only axis is 0, or -1 counted from the end".to_owned(),
            rank => format!("its axes are 0 to {}, or -1 to -{rank} counted from the end", rank - 1),
        }),;
    axis_repeated(axis: usize) in "#[model] fn m(x: Input<3>, w: Param<3>) -> Loss { sum(x * w, [0, -1]) }"
        says "axis {axis} is named twice"
        help "name each axis once";
    einsum_specification(problem: &str) in "#[model] fn m(x: Input<3>, w: Param<3>) -> Loss { einsum(\"i,i\", x, w) }"
        says "this `einsum` specification {problem}"
        help "one letter per axis, operands separated by commas, the result after `->`: `einsum(\"ij,jk->ik\", a, b)`";
}
