//! Messages about what a name stands for.

use super::did_you_mean;
use crate::diagnostic::messages;

messages! {
    unknown_name(name: &str, meant: Option<&str>, function: Option<&str>) in "#[model] fn m(x: Input, w: Param) -> Loss { x * w + bias }"
        says "`{name}` is not a declared name"
        hint did_you_mean(meant).or_else(|| Some(match function {
            Some(function) => format!("`{function}` sees its own parameters: add it to them, or bind it with `let`"),
            None => "declare it as an argument (`Input`, `Param`, `Data`) or with `let`".into(),
        })),;
    unknown_function(name: &str, meant: Option<&str>) in "#[model] fn m(x: Input, w: Param) -> Loss { tanhh(x * w) }"
        says "`{name}` is not an operation of the language"
        hint did_you_mean(meant).or(Some("the documentation of `chainrule` lists every operation".into())),;
    not_a_value(found: &str) in "#[model] fn m(x: Input, w: Param) -> Loss { x * w + \"1\" }"
        says "{found} is not a value to compute with"
        help "write a number, a name or a call";
    class_is_not_a_number(name: &str) in "#[model] fn m(c: Index<3>, w: Param) -> Loss { c * w }"
        says "`{name}` is an index, not a number"
        help "use it as the class of `cross_entropy(logits, class)`";
    number_is_not_a_class(function: &str, value: &str) in "#[model] fn m(x: Input, w: Param<3>) -> Loss { cross_entropy(w, x) }"
        says "`{function}` needs a class index, found the number `{value}`"
        help "declare it as `Index<V>`; for targets that are probabilities use `soft_cross_entropy`";
}
