//! Programs as large or as deep as they come: compiled in seconds, or refused with the limit, and never a stack that overflows.

use std::time::{Duration, Instant};

use proc_macro2::TokenStream;

/// Far more than any of them takes in an unoptimized compiler on a busy machine.
const LONGEST: Duration = Duration::from_secs(60);

/// Whether the program compiles; otherwise it must be refused for its depth.
fn compiles(body: &str) -> bool {
    let started = Instant::now();
    let item = format!("fn m(x: Input, w: Param) -> Loss {{ {body} }}");
    let item: TokenStream = item.parse().unwrap_or_else(|error| panic!("{error}"));
    let expansion = chainrule_compiler::expand(TokenStream::new(), item).to_string();
    let taken = started.elapsed();
    println!("{taken:?} {}", &body[..body.len().min(90)]);
    assert!(taken < LONGEST, "{taken:?} for {}", &body[..body.len().min(200)]);
    let is_refused = expansion.contains("compile_error");
    assert!(!is_refused || expansion.contains("nests deeper than"), "{expansion}");
    !is_refused
}

/// `let a1 = f(a0); let a2 = f(a1); ..`, and the last of them.
fn chain(length: usize, step: impl Fn(&str) -> String) -> String {
    let mut text = "let a0 = x * w; ".to_owned();
    for number in 1..=length {
        text += &format!("let a{number} = {}; ", step(&format!("a{}", number - 1)));
    }
    text + &format!("a{length}")
}

#[test]
fn long_chains_of_names_compile() {
    assert!(compiles(&chain(60, |a| format!("{a} + {a}"))));
    assert!(compiles(&chain(60, |a| format!("{a} * tanh({a})"))));
    assert!(compiles(&chain(60, |a| format!("if {a} > 0.5 {{ {a} / 2.0 }} else {{ {a} * w }}"))));
    assert!(compiles(&chain(1000, |a| format!("sin({a})"))));
    assert!(compiles(&chain(10_000, |a| format!("sin({a})"))));
}

#[test]
fn deep_expressions_are_compiled_or_refused() {
    assert!(!compiles(&("x*w".to_owned() + &" + x".repeat(10_000))));
    assert!(!compiles(&("(x*w)".to_owned() + &".sin()".repeat(10_000))));
    assert!(!compiles(&format!("{}x*w{}", "sin(".repeat(10_000), ")".repeat(10_000))));
    assert!(!compiles(&format!("math!(\"x*w{}\")", " + x".repeat(10_000))));
    assert!(compiles(&("x*w".to_owned() + &" + x".repeat(390))));
    assert!(compiles(&("(x*w)".to_owned() + &".sin()".repeat(390))));
    assert!(compiles(&format!("{}x*w{}", "sin(".repeat(90), ")".repeat(90))));
    let choices = "if x > w { x * w } else ".repeat(45);
    assert!(compiles(&format!("{choices} {{ w }}")));
}

/// Words and signs whose operand is on their right: syn descends into each.
#[test]
fn rows_of_what_binds_to_the_right_are_refused() {
    let rows = [
        "x = ",
        "x += ",
        "&mut ",
        "|x| ",
        "move || ",
        "let x = ",
        "break 'a ",
        "return ",
        "-",
        "!",
    ];
    for row in rows {
        for levels in [10, 90, 150, 5000] {
            let item =
                format!("fn m(x: Input, w: Param) -> Loss {{ {}x * w }}", row.repeat(levels));
            let item: TokenStream = item.parse().unwrap_or_else(|error| panic!("{error}"));
            println!("{levels} of {row}");
            let expansion = chainrule_compiler::expand(TokenStream::new(), item).to_string();
            let is_refused = expansion.contains("nests deeper than");
            assert!(is_refused || levels < 150, "{levels} of {row}: {expansion}");
        }
    }
}

#[test]
fn a_row_in_the_attribute_is_refused() {
    let setting: TokenStream = format!("loss = {}x", "x = ".repeat(5000)).parse().expect("tokens");
    let item: TokenStream = "fn m(x: Input, w: Param) -> Output { x * w }".parse().expect("tokens");
    let expansion = chainrule_compiler::expand(setting, item).to_string();
    assert!(expansion.contains("nests deeper than"), "{expansion}");
}

/// Whether a program with this type of an argument is refused for its depth, rather than for the type.
fn is_too_deep(kind: &str) -> bool {
    let item = format!("fn m(x: {kind}, w: Param) -> Loss {{ x * w }}");
    let item: TokenStream = item.parse().unwrap_or_else(|error| panic!("{error}"));
    println!("{} characters of {}", kind.len(), &kind[..kind.len().min(20)]);
    let expansion = chainrule_compiler::expand(TokenStream::new(), item).to_string();
    assert!(expansion.contains("compile_error"), "{expansion}");
    expansion.contains("nests deeper than")
}

#[test]
fn deep_types_are_refused() {
    let brackets = [
        ("Param<", ">"),
        ("Param<2, Param<", ">>"),
        ("(", ")"),
        ("[", "]"),
        ("&[", "; 3]"),
        ("fn(", ")"),
        ("dyn Fn(", ")"),
        ("Option<(", ")>"),
        ("impl Fn() -> [", "]"),
        ("<", " as T>::A"),
    ];
    for (open, close) in brackets {
        for levels in [6, 10, 20, 40, 90, 150, 5000] {
            let is_refused = is_too_deep(&(open.repeat(levels) + "Input" + &close.repeat(levels)));
            assert!(is_refused || levels < 20, "{levels} of {open}");
        }
    }
    for repeated in ["&", "*const ", "dyn ", "fn() -> ", "impl Fn() -> "] {
        for levels in [6, 10, 20, 90, 150, 5000] {
            let is_refused = is_too_deep(&(repeated.repeat(levels) + "Input"));
            let can_nest = !repeated.starts_with("dyn");
            assert!(is_refused || levels < 20 || !can_nest, "{levels} of {repeated}");
        }
    }
}
