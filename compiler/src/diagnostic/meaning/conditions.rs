//! Messages about conditions and choices.

use super::shape_text;
use crate::diagnostic::messages;
use crate::ir::Dim;

messages! {
    condition_is_not_a_number() in "#[model] fn m(x: Input, w: Param) -> Loss { w * (x > 0.0) }"
        says "this is a condition, not a number"
        help "choose numbers by it: `if c {{ 1.0 }} else {{ 0.0 }}`, or `select(c, 1.0, 0.0)`";
    number_is_not_a_condition(value: &str) in "#[model] fn m(x: Input, w: Param) -> Loss { if x { w } else { 0.0 } }"
        says "`{value}` is a number, not a condition"
        help "compare it, as in `{value} > 0.0` or `{value} != 0.0`";
    branches_differ(shapes: [&[Dim]; 2])
        in "#[model] fn m(x: Input, w: Param<3>, v: Param<4>) -> Loss { sum(if x > 0.0 { w } else { v }) }"
        with [first, second] = shapes.map(shape_text),
        says "the branches of this choice have shapes {first} and {second}"
        help "give both the same shape; an extent of 1, or a number, meets any other";
    condition_shape_differs(condition: &[Dim], branches: &[Dim])
        in "#[model] fn m(x: Input<3>, w: Param<4>) -> Loss { sum(if x > 0.0 { w } else { 0.0 }) }"
        with [condition, branches] = [condition, branches].map(shape_text),
        says "a condition of shape {condition} cannot choose between values of shape {branches}"
        help "a condition chooses element by element, so it has their shape, or extents of 1, or is a single one";
}
