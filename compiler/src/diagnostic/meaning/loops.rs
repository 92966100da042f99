//! Messages about loops and what they carry.

use super::shape_text;
use crate::diagnostic::messages;
use crate::ir::Dim;

messages! {
    state_changes_shape(name: &str, before: &[Dim], after: &[Dim])
        in "#[model] fn m(x: Input<3>, w: Param<3>) -> Loss { let mut h = sum(x * w); for t in 0..4 { h = x * h; } sum(h) }"
        with [was, is] = [before, after].map(shape_text),
        says "the loop changes the shape of `{name}`: {was} before a step, {is} after it"
        help "give `{name}` its final shape before the loop, so that every step begins with what the last one left";
    state_is_not_numbers(name: &str)
        in "#[model] fn m(x: Input, w: Param, c: Index<3>) -> Loss { let mut k = c; for t in 0..4 { k = k; } x * w }"
        says "the loop assigns to `{name}`, which does not hold numbers"
        help "begin with a number, as in `let mut {name} = 0.0;`";
    empty_loop(first: &str, end: &str)
        in "#[model] fn m(x: Input, w: Param) -> Loss { let mut h = x; for t in 4..4 { h = h * w; } h }"
        says "the loop from {first} to {end} has no step"
        help "the end of a range is one past its last value";
    undecidable_loop(first: &str, end: &str)
        in "#[model] fn m<const A: usize, const B: usize>(x: Input<A>, w: Param<B>) -> Loss { let mut h = sum(x); for t in A..B { h = h * sum(w); } h }"
        says "cannot decide whether the loop from {first} to {end} has a step"
        help "write a range whose length is a sum of extents and positive numbers, such as `0..T`";
    checkpoint_collects()
        in "#[model] fn m(x: Input<9>, w: Param) -> Loss { let hs = #[checkpoint(every = 3)] for t in 0..9 { x[t] * w }; sum(hs) }"
        says "a loop with checkpoints keeps no value of each step, but this one collects them"
        help "remove `#[checkpoint(..)]`, or the value that ends the body";
    bound_depends_on_counter()
        in "#[model] fn m(x: Input, w: Param) -> Loss { let mut h = x; for t in 0..4 { for s in 0..t { h = h * w; } } h }"
        says "the number of steps depends on a value known only when the program runs"
        help "write bounds made of integers and dimensions";
}
