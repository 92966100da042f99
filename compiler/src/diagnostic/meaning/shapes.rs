//! Messages about shapes that do not meet.

use super::shape_text;
use crate::diagnostic::messages;
use crate::ir::Dim;

messages! {
    cannot_broadcast(what: &str, names: [&str; 2], shapes: [&[Dim]; 2], extents: [&Dim; 2], axis: usize, mend: Option<String>)
        in "#[model] fn m(x: Input<3>, w: Param<4>) -> Loss { sum(x + w) }"
        with [left, right] = names,
        with [left_extent, right_extent] = extents,
        with [left_shape, right_shape] = shapes.map(shape_text),
        says "cannot {what} `{left}` and `{right}`: extents {left_extent} and {right_extent} differ in axis {axis}"
        hint mend.or(Some("extents that meet are equal, or one of them is 1; shapes are aligned at their last axis".into())),
        note "`{left}` is {left_shape}, `{right}` is {right_shape}";
    inner_dimensions_differ(names: [&str; 2], shapes: [&[Dim]; 2], extents: [&Dim; 2])
        in "#[model] fn m(x: Input<3>, w: Param<4>) -> Loss { x.dot(w) }"
        with [left, right] = names,
        with [left_extent, right_extent] = extents,
        with [left_shape, right_shape] = shapes.map(shape_text),
        says "cannot multiply `{left}` {left_shape} by `{right}` {right_shape}: inner dimensions {left_extent} and {right_extent} differ"
        help "the last axis of `{left}` meets the first axis of `{right}`; declare them with the same extent";
    undecidable_extents(left: &Dim, right: &Dim)
        in "#[model] fn m<const A: usize, const B: usize>(x: Input<{ A + B }>, w: Param<{ A * B }>) -> Loss { sum(x + w) }"
        says "cannot decide whether the extents `{left}` and `{right}` are equal"
        help "give both axes the same name, or the same arithmetic of names"
        note "two different names are two different dimensions, whatever values they get";
    impossible_extent(name: &str, reason: &str)
        in "#[model] fn m(x: Input, w: Param<4000000000, 4000000000>) -> Loss { sum(x * w) }"
        says "the shape of `{name}` is impossible: {reason}"
        help "every extent is at least 1, and the number of elements fits an address";
    wrong_rank(function: &str, value: &str, shape: &[Dim], expected: &str)
        in "#[model] fn m(x: Input, w: Param<3>) -> Loss { x * trace(w) }"
        with found = shape_text(shape),
        says "`{function}` needs {expected}, found {value} of shape {found}"
        hint match (function, shape) {
            ("matmul", _) => Some("use `dot` for vectors".to_owned()),
            (_, []) => Some("declare extents, as in `Param<3>`".to_owned()),
            _ => None,
        },;
    right_side_does_not_fit(names: [&str; 2], shapes: [&[Dim]; 2])
        in "#[model] fn m(x: Input<4>, w: Param<3, 3>) -> Loss { sum(solve(w, x)) }"
        with [left, right] = names,
        with [left_shape, right_shape] = shapes.map(shape_text),
        with vector = shape_text(&shapes[0][..shapes[0].len() - 1]),
        says "`{left}` {left_shape} and `{right}` {right_shape} make no linear equations"
        help "the right-hand side has shape {vector}, or one more axis for several of them";
    class_bound_differs(bound: &Dim, logits: &[Dim])
        in "#[model] fn m(c: Index<4>, w: Param<3>) -> Loss { cross_entropy(w, c) }"
        with found = shape_text(logits),
        says "the class is an index below {bound}, but the logits have shape {found}"
        help "declare the index with the extent of the last axis of the logits";
}
