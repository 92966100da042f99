//! Messages about the annotated item and its signature.

use crate::diagnostic::messages;

messages! {
    not_a_function(found: &str) in "#[model] struct M;"
        says "`#[model]` is on {found}, which has no body to differentiate"
        help "put it on a function: `#[model] fn name(x: Input<3>, w: Param<3>) -> Loss {{ .. }}`";
    rust_syntax(message: &str) in "#[model] fn m(x: Input) -> Loss { x + }"
        says "{message}";
    function_modifier(name: &str, modifier: &str) in "#[model] async fn m(x: Input) -> Loss { x }"
        says "model `{name}` is declared `{modifier}`"
        help "remove `{modifier}`: a model is a plain function, its methods are generated";
    self_argument(name: &str) in "#[model] fn m(self, x: Input) -> Loss { x }"
        says "model `{name}` takes `self`"
        help "move the function out of the `impl` and name every value it uses as an argument";
    variadic_argument(name: &str) in "#[model] fn m(x: Input, ...) -> Loss { x }"
        says "model `{name}` takes a variable number of arguments"
        help "name every argument";
    lifetime_generic(name: &str) in "#[model] fn m<'a>(x: Input) -> Loss { x }"
        says "model `{name}` has a lifetime parameter"
        help "remove it: models own their parameters and borrow nothing";
    type_generic(parameter: &str) in "#[model] fn m<T>(x: Input) -> Loss { x }"
        says "generic `{parameter}` is a type, a model has dimensions only"
        help "write `const {parameter}: usize`; the scalar type is chosen by `scalar = f32` or `scalar = f64`";
    generic_not_usize(parameter: &str, found: &str) in "#[model] fn m<const D: u32>(x: Input<D>) -> Loss { sum(x) }"
        says "generic `{parameter}` has type `{found}`, dimensions have type `usize`"
        help "write `const {parameter}: usize`";
    generic_default(parameter: &str) in "#[model] fn m<const D: usize = 3>(x: Input<D>) -> Loss { sum(x) }"
        says "generic `{parameter}` has a default, which functions cannot have"
        help "remove the default, or use a constant: `const {parameter}: usize = ..;` beside the model";
    where_clause(name: &str) in "#[model] fn m<const D: usize>(x: Input<D>) -> Loss where [(); D]: Sized { sum(x) }"
        says "model `{name}` has a `where` clause"
        help "remove it: shapes are checked by the model itself";
    missing_result(name: &str) in "#[model] fn m(x: Input) { x }"
        says "model `{name}` has no return type"
        help "write `-> Output<..>` for a prediction, or `-> Loss` where the body is the loss itself";
    unknown_result(found: &str) in "#[model] fn m(x: Input) -> f32 { x }"
        says "`{found}` is not what a model returns"
        help "write `-> Output<..>` for a prediction, or `-> Loss` where the body is the loss itself";
    loss_with_extents() in "#[model] fn m(x: Input) -> Loss<3> { x }"
        says "`Loss` has extents, a loss is one number"
        help "write `-> Loss`, and reduce with `sum` or `mean`";
    reference_argument(argument: &str, found: &str) in "#[model] fn m(x: &Input) -> Loss { x }"
        says "argument `{argument}` is a reference"
        help "write `{argument}: {found}`: the types of a model describe values, nothing is moved";
    unknown_argument_type(argument: &str, found: &str, hint: &str) in "#[model] fn m(x: Vec<f32>) -> Loss { sum(x) }"
        says "argument `{argument}` has type `{found}`, which says nothing about its role"
        help "{hint}"
        note "`Input<..>` differs by example, `Param<..>` is trained, `Data<..>` is shared and fixed, `Index<V>` is an integer below `V`";
    result_as_argument(argument: &str, found: &str) in "#[model] fn m(x: Output<3>) -> Loss { sum(x) }"
        says "argument `{argument}` has type `{found}`, which is what a model returns"
        help "write `Input<..>`, `Param<..>`, `Data<..>` or `Index<V>`";
    mutable_argument(argument: &str) in "#[model] fn m(mut x: Input) -> Loss { x }"
        says "argument `{argument}` is declared `mut`"
        help "remove `mut`, and give new values new names with `let`; shadowing is allowed";
    pattern_argument(found: &str) in "#[model] fn m((x, y): Input<2>) -> Loss { x }"
        says "argument `{found}` is a pattern, not a name"
        help "write one name for each argument";
    duplicate_dimension(name: &str) in "#[model(dims(D))] fn m<const D: usize>(x: Input<D>) -> Loss { sum(x) }"
        says "dimension `{name}` is declared twice"
        help "keep the const generic to choose it at compile time, or `dims({name})` to choose it when the program runs";
    unknown_argument_attribute(found: &str) in "#[model] fn m(#[shape(3)] x: Input) -> Loss { x }"
        says "`#[{found}]` has no meaning on an argument of a model"
        help "use `#[init(..)]` on a parameter, or `#[allow(unused)]`";
    init_without_parameter(argument: &str, role: &str) in "#[model] fn m(#[init(zeros)] x: Input) -> Loss { x }"
        says "argument `{argument}` has an initializer, but `{role}` is not trained"
        help "remove `#[init(..)]`, or declare `{argument}` as `Param<..>`";
    duplicate_initializer(argument: &str) in "#[model] fn m(#[init(zeros)] #[init(ones)] w: Param) -> Loss { w }"
        says "argument `{argument}` has two initializers"
        help "keep one `#[init(..)]`";
    malformed_initializer(found: &str) in "#[model] fn m(#[init] w: Param) -> Loss { w }"
        says "`{found}` names no initializer"
        help "write `#[init(zeros)]`, `#[init(constant(0.5))]`, `#[init(uniform(-1, 1))]`, ..";
    unknown_initializer(found: &str, hint: &str) in "#[model] fn m(#[init(zeroes)] w: Param) -> Loss { w }"
        says "`{found}` is not an initializer"
        help "{hint}";
    initializer_settings(name: &str, expected: &str, found: usize) in "#[model] fn m(#[init(uniform(1))] w: Param) -> Loss { w }"
        says "the number of settings of `{name}` is {found}"
        help "write `{expected}`";
    initializer_number(found: &str) in "#[model] fn m(#[init(constant(a))] w: Param) -> Loss { w }"
        says "`{found}` is not a number"
        help "write a literal such as `0.5`";
    initializer_range(name: &str, problem: &str) in "#[model] fn m(#[init(uniform(1, 0))] w: Param) -> Loss { w }"
        says "`{name}` cannot be drawn from: {problem}"
        help "write the lower bound first, and deviations of at least 0";
    too_many_axes(argument: &str, found: usize) in "#[model] fn m(x: Input<1, 2, 3, 4, 5>) -> Loss { sum(x) }"
        says "`{argument}` has {found} axes, at most 4 are supported"
        help "merge axes: their product is one extent, `{{ A * B }}`";
    index_bound(argument: &str) in "#[model] fn m(i: Index) -> Loss { i }"
        says "index `{argument}` has no bound, it needs one"
        help "write `Index<V>` for an integer below `V`, `Index<V, T>` for a sequence of `T` of them";
    zero_dimension() in "#[model] fn m(x: Input<0>) -> Loss { sum(x) }"
        says "an extent is 0, so there are no values"
        help "write an extent of at least 1; leave the extents out for a scalar";
    negative_dimension(dimension: &str) in "#[model] fn m(x: Input<{ 2 - 3 }>) -> Loss { sum(x) }"
        says "the extent `{dimension}` is negative"
        help "write an extent of at least 1";
    large_dimension(dimension: &str) in "#[model] fn m(x: Input<{ 4000000000 * 4000000000 }>) -> Loss { sum(x) }"
        says "the extent `{dimension}` is too large to be computed with"
        note "numbers in extents go to 4294967295, their sums and products to 2^53";
    dimension_type(found: &str) in "#[model] fn m(x: Input<f32>) -> Loss { sum(x) }"
        says "`{found}` is a type, an extent is a number"
        help "write extents, as in `Input<3>`; the scalar type is chosen by `scalar = f32` or `scalar = f64`";
    dimension_expression(found: &str) in "#[model] fn m(x: Input<{ 6 / 2 }>) -> Loss { sum(x) }"
        says "`{found}` is not an extent"
        help "write an integer, a const generic, a name of `dims(..)`, a constant, or `{{ .. }}` with `+`, `-` and `*` of those";
}
