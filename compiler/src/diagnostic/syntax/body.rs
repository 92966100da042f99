//! Messages about the body of a model.

use crate::diagnostic::messages;

messages! {
    missing_value(block: &str) in "#[model] fn m(x: Input) -> Loss { let a = x; }"
        says "{block} ends without a value"
        help "end with an expression, without `;`";
    statement_without_effect() in "#[model] fn m(x: Input) -> Loss { exp(x); x }"
        says "the value of this statement is not used"
        help "name it with `let`, or remove it";
    item_in_body() in "#[model] fn m(x: Input) -> Loss { struct S; x }"
        says "this item is not part of a model's body"
        help "move it out of the function; functions and constants that are numbers may stand at the top of the body";
    let_pattern(found: &str) in "#[model] fn m(x: Input) -> Loss { let (a, b) = x; a }"
        says "`{found}` is a pattern, not a name"
        help "bind one name at a time: `let a = ..;`";
    let_type(name: &str) in "#[model] fn m(x: Input) -> Loss { let a: f32 = x; a }"
        says "`{name}` is declared with a type"
        help "remove the type: shapes follow from the expression";
    let_without_value(name: &str) in "#[model] fn m(x: Input) -> Loss { let a; x }"
        says "`{name}` is declared without a value"
        help "write `let {name} = ..;`";
    let_else(name: &str) in "#[model] fn m(x: Input) -> Loss { let a = x else { return x }; a }"
        says "`let {name} = .. else` is not part of the language of models"
        help "write `let {name} = ..;`";
    question_mark() in "#[model] fn m(x: Input) -> Loss { x? }"
        says "`?` is not part of the language of models: nothing in it can fail"
        help "remove `?`; data are checked when the batch is made";
    closure_in_body() in "#[model] fn m(x: Input) -> Loss { let f = |a| a; x }"
        says "closures are not part of the language of models"
        help "write the expression where it is used";
    macro_in_body(name: &str) in "#[model] fn m(x: Input) -> Loss { println!(\"{}\", x) }"
        says "`{name}!` cannot be differentiated"
        help "remove it; `math!(\"..\")` is the one macro of the language";
    math_argument() in "#[model] fn m(x: Input) -> Loss { math!(x) }"
        says "`math!` holds something other than one string"
        help "write the formula in quotes: `math!(\"x·w + b\")`";
    assignment(target: &str) in "#[model] fn m(x: Input) -> Loss { let mut a = x; let b = a = 2.0; b }"
        says "`{target}` is assigned to inside an expression"
        help "make the assignment a statement of its own: `{target} = ..;`";
    power_sign(form: &str) in "#[model] fn m(x: Input) -> Loss { x ^ 2 }"
        says "`^` is exclusive or in Rust, and binds looser than `+`"
        help "write `{form}`; inside `math!(\"..\")`, `^` is the power";
    remainder() in "#[model] fn m(x: Input) -> Loss { x % 2.0 }"
        says "the remainder `%` is not part of the language of models"
        help "write `a - b * floor(a / b)`";
    bit_sign(sign: &str) in "#[model] fn m(x: Input) -> Loss { x << 2 }"
        says "`{sign}` works on bits, a model computes with real numbers"
        help "remove it";
    integer_division(quotient: &str, real: &str) in "#[model] fn m(x: Input) -> Loss { x * (1 / 2) }"
        says "`{quotient}` divides integers, which Rust rounds towards zero"
        help "write a decimal point: `{real}`";
    field_access(field: &str) in "#[model] fn m(x: Input) -> Loss { x.w }"
        says "`.{field}` is a field, values of a model have none"
        help "for an operation write `.{field}()`";
    struct_literal(name: &str) in "#[model] fn m(x: Input) -> Loss { P { x } }"
        says "the struct literal `{name} {{ .. }}` is not part of the language of models"
        help "compute with the values themselves";
    cast() in "#[model] fn m(x: Input) -> Loss { x as f64 }"
        says "`as` is not part of the language of models: all values have the scalar type of the model"
        help "remove the cast; `scalar = f64` in the attribute chooses the type";
    tuple() in "#[model] fn m(x: Input) -> Loss { (x, x) }"
        says "tuples are not part of the language of models"
        help "bind each value with its own `let`";
    range() in "#[model] fn m(x: Input) -> Loss { 0..3 }"
        says "a range is not a value of a model"
        help "use it as the bounds of a loop or to read a part: `for i in 0..n`, `w[1..4]`";
    special_block(keyword: &str) in "#[model] fn m(x: Input) -> Loss { unsafe { x } }"
        says "`{keyword}` blocks are not part of the language of models"
        help "write a plain block `{{ .. }}`";
    prefix_sign(sign: &str) in "#[model] fn m(x: Input) -> Loss { *x }"
        says "the prefix `{sign}` is not part of the language of models"
        help "remove it: names stand for values";
    path(found: &str) in "#[model] fn m(x: Input) -> Loss { x * config::scale }"
        says "`{found}` is outside the model"
        help "constants, in upper case, may be named; pass anything else as an argument of type `Data`";
    path_call(found: &str, name: &str) in "#[model] fn m(x: Input) -> Loss { f32::tanh(x) }"
        says "`{found}` is a function outside the model, whose derivative is unknown"
        help "for the operation write `{name}(..)`";
    called_value() in "#[model] fn m(x: Input) -> Loss { (x)(x) }"
        says "only named operations can be called"
        help "write `*` for a product";
    turbofish(name: &str) in "#[model] fn m(x: Input) -> Loss { x.sum::<f32>() }"
        says "`{name}` is called with generic arguments"
        help "remove them: types and shapes follow from the operands";
    repeated_list() in "#[model] fn m(x: Input<3>) -> Loss { x.sum([0; 2]) }"
        says "a list of axes is written with a repetition"
        help "write each axis: `[0, 1]`";
    literal(found: &str) in "#[model] fn m(x: Input) -> Loss { x * 'a' }"
        says "`{found}` is not a number"
        help "write an integer or a decimal number";
    literal_suffix(digits: &str, suffix: &str) in "#[model] fn m(x: Input) -> Loss { x * 2.0f32 }"
        says "the number `{digits}` has the suffix `{suffix}`"
        help "write `{digits}`: numbers take the scalar type of the model";
    literal_range(found: &str) in "#[model] fn m(x: Input) -> Loss { x * 1e999 }"
        says "`{found}` is outside the range of 64-bit floating point numbers"
        note "magnitudes lie between 5e-324 and 1.8e308";
    attribute_in_body(found: &str) in "#[model] fn m(x: Input) -> Loss { #[cfg(test)] let a = x; x }"
        says "`#[{found}]` has no meaning in the body of a model"
        help "remove it";
    unsupported(found: &str) in "#[model] fn m(x: Input) -> Loss { _ }"
        says "`{found}` is not part of the language of models"
        help "write `let`s and an expression of names, numbers, `+ - * /` and calls";
}
