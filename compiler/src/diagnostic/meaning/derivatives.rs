//! Messages about derivatives inside a model.

use crate::diagnostic::messages;

messages! {
    diff_for_expression(found: &str) in "#[model] fn m(x: Input, w: Param) -> Loss { diff(w * x * x, 2 * x) }"
        says "`diff` takes the derivative for a name, found `{found}`"
        help "bind it with `let` before what is differentiated is computed from it, and give its name";
    diff_without_dependence(value: &str, variable: &str) in "#[model] fn m(x: Input, t: Input, w: Param) -> Loss { diff(w * x, t) }"
        says "`{value}` does not depend on `{variable}`: its derivative is zero"
        help "compute it from `{variable}`, or leave the term out"
        note "it depends on a `let` only where it is computed from that name, not from what the name was computed from";
}
