//! Messages about names that generated items have too.

use crate::diagnostic::messages;

messages! {
    reserved_model(name: &str, type_name: &str) in "#[model] fn batch(x: Input, w: Param) -> Loss { x * w }"
        says "model `{name}` gives a type `{type_name}`, which would hide the one that generated code uses"
        help "rename the function";
    duplicate_argument(argument: &str) in "#[model] fn m(x: Input, x: Param) -> Loss { x }"
        says "two arguments are named `{argument}`"
        help "rename one of them";
    reserved_parameter(parameter: &str, method: &str) in "#[model] fn m(x: Input, loss: Param) -> Loss { x * loss }"
        says "parameter `{parameter}` gives a method `{method}`, which every model has already"
        help "rename the parameter"
        note "each parameter gives a method of its name in lower case, and one that ends in `_mut`";
    colliding_parameters(parameter: &str, other: &str, method: &str) in "#[model] fn m(x: Input, w: Param, W: Param) -> Loss { x * w * W }"
        says "parameters `{other}` and `{parameter}` both give a method `{method}`"
        help "rename one of them"
        note "each parameter gives a method of its name in lower case, and one that ends in `_mut`";
    keyword_parameter(parameter: &str, method: &str) in "#[model] fn m(x: Input, Type: Param) -> Loss { x * Type }"
        says "parameter `{parameter}` gives a method `{method}`, which is a keyword of Rust"
        help "rename the parameter"
        note "each parameter gives a method of its name in lower case, and one that ends in `_mut`";
    reserved_argument(argument: &str) in "#[model(loss = squared_error)] fn m(target: Input, w: Param) -> Output { target * w }"
        says "argument `{argument}` has the name of an argument that the generated `batch` takes already"
        help "rename it"
        note "`batch` takes `dims` first where some are chosen when the program runs, then inputs and data, then the `target` of a prediction";
    argument_is_dimension(argument: &str) in "#[model] fn m<const D: usize>(x: Input<D>, D: Input) -> Loss { D * sum(x) }"
        says "argument `{argument}` has the name of a dimension"
        help "rename one of them";
    colliding_dimensions(dimension: &str, other: &str, field: &str) in "#[model(dims(N, n))] fn m(x: Input<N>, w: Param<n>) -> Loss { sum(x) * sum(w) }"
        says "dimensions `{other}` and `{dimension}` both give a field `{field}`"
        help "rename one of them"
        note "each name of `dims(..)` gives a field of its name in lower case";
    keyword_dimension(dimension: &str, field: &str) in "#[model(dims(Fn))] fn m(x: Input<Fn>, w: Param) -> Loss { sum(x) * w }"
        says "dimension `{dimension}` gives a field `{field}`, which is a keyword of Rust"
        help "rename it"
        note "each name of `dims(..)` gives a field of its name in lower case";
}
