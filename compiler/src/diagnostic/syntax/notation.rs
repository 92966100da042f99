//! Messages about the text of `math!`.

use crate::diagnostic::messages;

messages! {
    unknown_character(found: char, instead: &str) in r#"#[model] fn m(x: Input) -> Loss { math!("x × x") }"#
        says "`{found}` is not part of the notation"
        help "{instead}";
    unexpected_token(found: &str, expected: &str) in r#"#[model] fn m(x: Input) -> Loss { math!("x + * x") }"#
        says "found {found} where {expected} is expected";
    missing_sign(left: &str, right: &str) in r#"#[model] fn m(x: Input) -> Loss { math!("2x") }"#
        says "`{left}` and `{right}` follow each other without a sign"
        help "write `*` for an elementwise product, `·` for a matrix product";
    missing_semicolon(left: &str) in "#[model] fn m(x: Input) -> Loss { math!(\"a = x\n b = a; b\") }"
        says "the line that ends with `{left}` is not closed"
        help "end each definition with `;`";
    unclosed_bracket(open: &str, close: &str, found: &str) in r#"#[model] fn m(x: Input) -> Loss { math!("(x + 1") }"#
        says "`{open}` is not closed: found {found}"
        help "add `{close}`";
    unclosed_bars(open: &str, found: &str) in r#"#[model] fn m(x: Input) -> Loss { math!("||x| - 1|") }"#
        says "`{open}` is not closed by another `{open}`: found {found}"
        help "write `abs(..)` or `norm(..)` where bars nest"
        note "`|x|` is the absolute value, `||x||` and `‖x‖` are the norm";
    unclosed_text() in r##"#[model] fn m(x: Input) -> Loss { math!(r#"einsum("i->, x)"#) }"##
        says "the text that begins here is not closed"
        help "add `\"`";
    missing_notation_value() in r#"#[model] fn m(x: Input) -> Loss { math!("a = x;") }"#
        says "the text ends without a value"
        help "end with an expression, without `;`";
    number_out_of_range(number: &str) in r#"#[model] fn m(x: Input) -> Loss { math!("x + 1e999") }"#
        says "`{number}` is outside the range of 64-bit floating point numbers"
        note "magnitudes lie between 5e-324 and 1.8e308";
    malformed_number(number: &str) in r#"#[model] fn m(x: Input) -> Loss { math!("x + .5") }"#
        says "`{number}` is not a number"
        help "write digits on both sides of the point, as in `0.5`";
    malformed_exponent(exponent: &str) in r#"#[model] fn m(x: Input, n: Input) -> Loss { math!("xⁿ") }"#
        says "the raised `{exponent}` is not an integer"
        help "write the exponent after `^`, as in `x^n` or `x^(n + 1)`";
    ambiguous_power(first: &str, second: &str) in r#"#[model] fn m(x: Input) -> Loss { math!("x²^3") }"#
        says "the exponents `{first}` and `{second}` follow each other"
        help "use parentheses: `(x²)³` or `x^(2^3)`";
    ambiguous_root(exponent: &str) in r#"#[model] fn m(x: Input) -> Loss { math!("√x²") }"#
        says "`{exponent}` after a root may belong to the root or to what is under it"
        help "use parentheses: `√(x²)` or `(√x)²`";
    ambiguous_transpose() in r#"#[model] fn m(x: Input<2>, w: Param<2, 2>) -> Loss { math!("sum(w^2ᵀ)") }"#
        says "the transpose after an exponent may belong to the base or to the exponent"
        help "use parentheses: `(w^2)ᵀ`";
    power_or_transpose() in r#"#[model] fn m(x: Input, T: Param) -> Loss { math!("x^T") }"#
        says "`^T` is the transpose, but `T` is also a declared name"
        help "write `ᵀ` or `transpose(..)` for the transpose, `^(T)` for the power";
    chained_comparison() in r#"#[model] fn m(x: Input) -> Loss { math!("select(0 < x < 1, x, 1)") }"#
        says "comparisons follow each other"
        help "join them with `and`: `0 < x and x < 1`";
    rust_only(word: &str) in r#"#[model] fn m(x: Input) -> Loss { math!("if x") }"#
        says "`{word}` is not part of the notation"
        help "write loops and `if` in Rust, around `math!(\"..\")`; inside it, `select(c, a, b)` chooses";
    reserved_name(name: &str) in r#"#[model] fn m(x: Input) -> Loss { math!("x + let") }"#
        says "`{name}` is a word of the notation and cannot be a name"
        help "choose another name";
    too_deep(limit: usize) in r#"#[model] fn m(x: Input) -> Loss { math!("-----------------------------------------------------------------------------------------------------x") }"#
        says "the expression nests deeper than {limit} levels"
        help "name a part of it with `let`"
        note "each term of a sum and each factor of a product is a level";
}
