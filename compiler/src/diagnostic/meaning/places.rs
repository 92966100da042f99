//! Messages about places: what is read from where.

use super::shape_text;
use crate::diagnostic::messages;
use crate::ir::Dim;

messages! {
    not_an_integer(found: &str) in "#[model] fn m(x: Input, w: Param<3>) -> Loss { x * w[x] }"
        says "`{found}` is not an integer that is known to be one"
        help "a place is made of integer literals, dimensions, loop counters and `Index` values, with `+`, `-` and `*`";
    place_outside(place: &str, axis: usize, array: &str, shape: &[Dim]) in "#[model] fn m(x: Input, w: Param<3>) -> Loss { x * w[3] }"
        with found = shape_text(shape),
        says "`{place}` is outside axis {axis} of `{array}` {found}"
        hint shape.get(axis).map(|extent| format!("places are counted from 0, and the axis has extent {extent}")),;
    undecidable_place(place: &str, axis: usize, shape: &[Dim])
        in "#[model] fn m<const D: usize>(x: Input, w: Param<D>) -> Loss { x * w[2] }"
        with found = shape_text(shape),
        says "cannot decide whether `{place}` is inside axis {axis} of {found}"
        help "it must be inside whatever values the dimensions get, from 1 up"
        note "two different names are two different dimensions, whatever values they get";
    too_many_places(array: &str, shape: &[Dim], places: usize) in "#[model] fn m(x: Input, w: Param<3>) -> Loss { x * w[(0, 1)] }"
        with found = shape_text(shape),
        says "`{array}` {found} is read at {places} places"
        hint Some(match shape.len() {
            0 => "a scalar has no axes".to_owned(),
            rank => format!("give one place for each axis, {rank} at most; axes without a place are read whole"),
        }),;
    places_differ(left: &[Dim], right: &[Dim])
        in "#[model] fn m(a: Index<3, 4>, b: Index<3, 5>, w: Param<3, 3>) -> Loss { sum(w[(a, b)]) }"
        with left_text = shape_text(left),
        with right_text = shape_text(right),
        says "places of shapes {left_text} and {right_text} cannot be read together"
        help "arrays of places in one index have the same shape";
    nothing_left(what: &str, count: &str) in "#[model] fn m(x: Input, w: Param<3>) -> Loss { x * sum(w[2..2]) }"
        says "`{what}` would have extent {count}"
        help "every extent is at least 1";
    not_one_axis(function: &str, found: usize) in "#[model] fn m(x: Input<2, 3>, w: Param<2, 3>) -> Loss { sum(reverse(x * w, [0, 1])) }"
        says "`{function}` works along one axis, found {found}"
        help "write `axis = 0`";
    no_extents(function: &str) in "#[model] fn m(x: Input<6>, w: Param<6>) -> Loss { sum(reshape(x * w)) }"
        says "`{function}` has no list to follow"
        help "give it in brackets, as in `reshape(x, [2, 3])` and `permute(x, [1, 0])`";
    not_an_extent(found: &str) in "#[model] fn m(i: Index<3>, w: Param<3>) -> Loss { sum(repeat(w, i)) }"
        says "`{found}` is not known when the model is compiled"
        help "an extent is made of integer literals and dimensions";
    does_not_fit(array: &str, shape: &[Dim], wanted: &[Dim]) in "#[model] fn m(x: Input<6>, w: Param<6>) -> Loss { sum(reshape(x * w, [4, 2])) }"
        with found = shape_text(shape),
        with asked = shape_text(wanted),
        says "`{array}` {found} does not fit the shape {asked}"
        help "a reshaped array has as many elements as before; a broadcast one has the same last axes, or 1 there";
    not_all_axes(shape: &[Dim], found: usize) in "#[model] fn m(x: Input<2, 3>, w: Param<2, 3>) -> Loss { sum(permute(x * w, [0])) }"
        with text = shape_text(shape),
        says "the order names {found} axes of {text}"
        help "name each axis once, in the order the result has them";
    cannot_join(function: &str, names: [&str; 2], shapes: [&[Dim]; 2]) in "#[model] fn m(x: Input<3>, w: Param<2, 3>) -> Loss { sum(stack(x, w)) }"
        with [left, right] = names,
        with [left_shape, right_shape] = shapes.map(shape_text),
        says "`{function}` cannot join `{left}` {left_shape} and `{right}` {right_shape}"
        help "arrays that are stacked have one shape; those that are concatenated differ along the axis alone";
}
