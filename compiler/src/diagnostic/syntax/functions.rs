//! Messages about models that are modules, and about functions that bodies call.

use crate::diagnostic::messages;

messages! {
    module_elsewhere(name: &str) in "#[model] mod net;"
        says "the functions of `{name}` are in another file"
        help "write them here: `mod {name} {{ .. }}`";
    item_in_module(found: &str) in "#[model] mod net { struct S; fn loss(x: Input, w: Param) -> Loss { x * w } }"
        says "{found} has no meaning in a model"
        help "move it out of the module: a model has functions, `use` and constants";
    module_without_entry(name: &str) in "#[model] mod net { fn f(x: Tensor) -> Tensor { x } }"
        says "no function of `{name}` returns a prediction or a loss"
        help "add one that returns `Output<..>` or `Loss`, and takes `Input<..>` and `Param<..>`";
    entry_inside(name: &str) in "#[model] fn m(x: Input, w: Param) -> Loss { fn f(x: Input) -> Loss { x } x * w }"
        says "`{name}` is inside another function, so its result cannot be asked for"
        help "write `-> Tensor`, or make a module of both: `#[model] mod name {{ .. }}`";
    function_without_result(name: &str) in "#[model] mod net { fn f(x: Tensor) { x } fn loss(x: Input, w: Param) -> Loss { x * w } }"
        says "`{name}` returns nothing"
        help "write `-> Tensor` for a function that others call, `-> f64` for one of numbers in plain Rust, `-> Output<..>` or `-> Loss`";
    function_result(name: &str, found: &str) in "#[model] mod net { fn f(x: Tensor) -> Vec<f32> { x } fn loss(x: Input, w: Param) -> Loss { x * w } }"
        says "`{name}` returns `{found}`, which is no result of a model's function"
        help "write `-> Tensor` for a function that others call, `-> f64` for one of numbers in plain Rust, `-> Output<..>` or `-> Loss`";
    parameter_type(parameter: &str, found: &str) in "#[model] mod net { fn f(x: Input) -> Tensor { x } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        says "parameter `{parameter}` has type `{found}`, but whoever calls the function says what it is"
        help "write `Tensor` for any shape, `Tensor<D, H>` for two axes, or `Index<V>`";
    parameter_attribute(found: &str) in "#[model] mod net { fn f(#[init(ones)] x: Tensor) -> Tensor { x } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        says "`#[{found}]` has no meaning on a parameter of a function that others call"
        help "write it where the model's argument is declared";
    function_attribute(found: &str) in "#[model] mod net { #[cold] fn f(x: Tensor) -> Tensor { x } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        says "`#[{found}]` has no meaning on a function of a model"
        help "remove it: a model's functions are read, not called";
    function_named_as_sign(name: &str) in "#[model] mod net { fn add(x: Tensor) -> Tensor { x } fn loss(x: Input, w: Param) -> Loss { add(x * w) } }"
        says "function `{name}` has the name of an operation that a sign or a keyword stands for"
        help "rename it";
    duplicate_function(name: &str) in "#[model] mod net { fn f(x: Tensor) -> Tensor { x } fn f(x: Tensor) -> Tensor { x } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        says "two functions are named `{name}`"
        help "rename one of them";
    scalar_parameter(function: &str, parameter: &str, found: &str) in "#[model] mod net { fn f(x: f32) -> f64 { 1.0 } fn loss(x: Input, w: Param) -> Loss { x * w } }"
        says "argument `{parameter}` of `{function}` has type `{found}`"
        help "write `{parameter}: f64`: a function that returns `f64` is called for one number after the other";
    scalar_generic(function: &str) in "#[model] mod net { fn f<T>(x: f64) -> f64 { x } fn loss(x: Input, w: Param) -> Loss { x * w } }"
        says "`{function}` returns `f64` and is generic"
        help "remove the parameter: the function is called for numbers of type `f64`";
    scalar_output_name(function: &str) in "#[model] mod net { #[derivative(y = 1)] fn f(y: f64) -> f64 { y } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        says "an argument of `{function}` is named `y`, which is its value in derivatives"
        help "rename it";
    derivative_value(found: &str) in "#[model] mod net { #[derivative(x = {1})] fn f(x: f64) -> f64 { x } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        says "`{found}` is not a derivative"
        help "write a formula as `x = \"1 - y*y\"`, a function of the same arguments as `x = slope`, or a number as `x = 0`";
    derivative_settings() in "#[model] mod net { #[derivative] fn f(x: f64) -> f64 { x } fn loss(x: Input, w: Param) -> Loss { x * w } }"
        says "`#[derivative]` says nothing about any argument"
        help "write `#[derivative(x = \"1 - y*y\")]`, with `y` for the value";
    derivative_operand(function: &str, operand: &str, known: &str) in "#[model] mod net { #[derivative(z = 1)] fn f(x: f64) -> f64 { x } fn loss(x: Input, w: Param) -> Loss { x * w } }"
        says "`{function}` has no argument `{operand}`"
        help "its arguments are {known}";
    derivative_twice(operand: &str) in "#[model] mod net { #[derivative(x = 1, x = 2)] fn f(x: f64) -> f64 { x } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        says "the derivative for `{operand}` is given twice"
        help "keep one of them";
    derivative_of_tensor() in "#[model] mod net { #[derivative(x = 1)] fn f(x: Tensor) -> Tensor { x } fn loss(x: Input, w: Param) -> Loss { f(x * w) } }"
        says "`#[derivative(..)]` is for functions that return `f64`, which are not looked into"
        help "remove it: this function is differentiated";
    duplicate_constant(name: &str) in "#[model] mod net { fn loss(x: Input, w: Param) -> Loss { const K: f64 = 1.0; x * w * K } fn more(w: Param) -> Loss { const K: f64 = 2.0; w * K } }"
        says "two constants are named `{name}`"
        help "rename one of them: constants hold for all functions of a model";
    unbound_dimension(function: &str, name: &str)
        in "#[model] mod net { fn f(x: Tensor<D>) -> Tensor<E> { x } fn loss(x: Input<3>, w: Param<3>) -> Loss { sum(f(x * w)) } }"
        says "nothing says what `{name}` is in `{function}`: no parameter has it as an extent"
        help "write `-> Tensor`, or a dimension that a parameter has";
    argument_differs(argument: &str, here: &str, entry: &str, there: &str, first: &str)
        in "#[model] mod net { fn loss(x: Input<3>, w: Param<3>) -> Loss { x.dot(w) } fn penalty(w: Param<4>) -> Loss { w.dot(w) } }"
        says "`{argument}` is `{here}` in `{entry}`, but `{there}` in `{first}`"
        help "declare it alike, or rename one: a model has one argument of a name";
    several_losses(model: &str, names: &[String])
        in "#[model] mod net { fn one(x: Input, w: Param) -> Loss { x * w } fn two(w: Param) -> Loss { w * w } }"
        with names = names.join("`, `"),
        says "`{model}` has several losses, and none is called `loss`: `{names}`"
        help "call the one that training makes small `loss`, or name it: `#[model(loss = ..)]`";
    several_predictions(model: &str, names: &[String])
        in "#[model(loss = squared_error)] mod net { fn one(x: Input, w: Param) -> Output { x * w } fn two(x: Input, w: Param) -> Output { x + w } }"
        with names = names.join("`, `"),
        says "`{model}` has several outputs, and none is called `predict`: `{names}`"
        help "call the one that the loss is of `predict`";
    reserved_entry(entry: &str) in "#[model] mod net { fn zeros(x: Input, w: Param) -> Loss { x * w } }"
        says "function `{entry}` gives a method that every model has already"
        help "rename it";
    parameter_as_entry(parameter: &str, entry: &str, method: &str)
        in "#[model] mod net { fn loss(x: Input, code: Param) -> Loss { x * code } fn code(x: Input) -> Output { x } }"
        says "parameter `{parameter}` and function `{entry}` both give a method `{method}`"
        help "rename one of them";
    colliding_entries(entry: &str, other: &str, method: &str)
        in "#[model] mod net { fn loss(x: Input, w: Param) -> Loss { x * w } fn near(w: Param) -> Loss { w * w } fn near_and_gradient(x: Input, w: Param) -> Output { x * w } }"
        says "`{other}` and `{entry}` both give a method `{method}`"
        help "rename one of them"
        note "a loss gives methods of its name that end in `_into`, `_and_gradient` and `_and_gradient_into` too";
}
