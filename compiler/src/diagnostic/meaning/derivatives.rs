//! Messages about derivatives inside a model.

use crate::diagnostic::messages;

messages! {
    diff_for_expression(found: &str) in "#[model] fn m(x: Input, w: Param) -> Loss { diff(w * x * x, 2 * x) }"
        says "`diff` takes the derivative for a name, found `{found}`"
        help "bind it with `let` before what is differentiated is computed from it, and give its name";
    diff_for_copy(variable: &str)
        in "#[model] fn m(x: Input, w: Param<3>) -> Loss { let z = broadcast_to(x, [3]); diff(sum(z * w), z).sum() }"
        says "`{variable}` is a copy of one value along an axis: its elements do not vary each for itself"
        help "take the derivative for the value that is copied";
    diff_through_loop(value: &str, variable: &str, through: &str)
        in "#[model] fn m(x: Input<3>, w: Param) -> Loss { let mut h = 0.0; let mut s = 0.0; for t in 0..3 { h = tanh(h * w + x[t]); s += diff(h, w); } s }"
        says "`{value}` depends on `{variable}` also through {through}, which comes from outside this step of the loop"
        help "take the derivative after the loop, or for a name that is bound in the body";
    diff_without_dependence(value: &str, variable: &str) in "#[model] fn m(x: Input, t: Input, w: Param) -> Loss { diff(w * x, t) }"
        says "`{value}` does not depend on `{variable}`: its derivative is zero"
        help "compute it from `{variable}`, or leave the term out"
        note "it depends on a `let` only where it is computed from that name, not from what the name was computed from";
}
