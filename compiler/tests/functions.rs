//! Functions of a model: what is inlined, what is refused, and what is said once.

use std::time::{Duration, Instant};

use chainrule_compiler::diagnostic::{Diagnostic, Errors};
use chainrule_compiler::lower::{self, Program};
use chainrule_compiler::{expand, ir, pipeline, rust_syntax};
use proc_macro2::TokenStream;

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The graph of `#[model] item`, or what is wrong with it.
fn lowered(item: &str) -> Result<Program, Vec<Diagnostic>> {
    let parsed = rust_syntax::parse(TokenStream::new(), tokens(item));
    let model = parsed.errors.check(parsed.model)?.expect("a model where there is no error");
    let mut errors = Errors::new();
    let program = lower::lower(&model, &mut errors);
    Ok(errors.check(program)?.expect("a program where there is no error"))
}

fn codes(item: &str) -> Vec<&'static str> {
    let found = lowered(item).err().unwrap_or_default();
    found.into_iter().map(|diagnostic| diagnostic.code).collect()
}

/// A model that calls the last of `count` functions, each of which calls the one before it.
fn chain(count: usize, body: impl Fn(&str) -> String) -> String {
    let mut functions = String::from("fn f0(x: Tensor) -> Tensor { tanh(x) }");
    for level in 1..count {
        let before = format!("f{}", level - 1);
        functions += &format!("fn f{level}(x: Tensor) -> Tensor {{ {} }}", body(&before));
    }
    format!("fn m(x: Input<3>, w: Param<3>) -> Loss {{ {functions} sum(f{}(x * w)) }}", count - 1)
}

/// The text of a model's graph, its nodes numbered as they appear and without their names.
fn text(item: &str) -> String {
    let program = lowered(item).unwrap_or_else(|found| panic!("{item}: {found:#?}"));
    let text = ir::print(&program.graph, &[("loss".into(), program.loss())]);
    let mut parts = text.split('%');
    let mut plain = unnamed(parts.next().unwrap_or_default()).to_owned();
    let mut known: Vec<&str> = Vec::new();
    for part in parts {
        let end = part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len());
        let (number, rest) = part.split_at(end);
        let place = known.iter().position(|one| *one == number).unwrap_or_else(|| {
            known.push(number);
            known.len() - 1
        });
        plain += &format!("%{place}{}", unnamed(rest));
    }
    plain
}

/// What stands before the name of the node that follows.
fn unnamed(text: &str) -> &str {
    text.trim_end_matches(|letter: char| letter.is_alphanumeric() || letter == '_')
}

#[test]
fn what_is_inlined_is_what_one_would_write() {
    let called = "mod m {
        fn loss(x: Input<3>, w: Param<3, 2>, b: Param<2>) -> Loss { sum(dense(x, w, b = b) * K) }
        const K: f64 = 2.0;
        fn dense(x: Tensor<I>, w: Tensor<I, O>, b: Tensor<O>) -> Tensor<O> { math!(\"tanh(x·w + b)\") / O }
    }";
    let written = "fn m(x: Input<3>, w: Param<3, 2>, b: Param<2>) -> Loss { sum(tanh(x.dot(w) + b) / 2.0 * 2.0) }";
    assert_eq!(text(called), text(written));
}

#[test]
fn functions_do_not_see_the_names_of_their_callers() {
    let item = "fn m(x: Input, w: Param) -> Loss {
        fn f(a: Tensor) -> Tensor { let x = a + 1.0; g(x) }
        fn g(a: Tensor) -> Tensor { a * 2.0 }
        let a = x * w;
        f(a) + a
    }";
    let written = "fn m(x: Input, w: Param) -> Loss { let a = x * w; (a + 1.0) * 2.0 + a }";
    assert_eq!(text(item), text(written));
}

#[test]
fn long_chains_of_calls_are_inlined_or_refused_and_never_overflow_the_stack() {
    assert!(lowered(&chain(100, |before| format!("{before}(x) + 1.0"))).is_ok());
    let codes = codes(&chain(1000, |before| format!("{before}(x) + 1.0")));
    assert_eq!(codes, ["calls_too_deep"]);
}

#[test]
fn calls_that_double_at_each_level_are_refused_in_time() {
    let start = Instant::now();
    let found = codes(&chain(60, |before| format!("{before}(x) + {before}(2.0 * x)")));
    assert!(found.iter().all(|code| *code == "too_many_calls") && !found.is_empty(), "{found:?}");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

#[test]
fn a_mistake_in_a_function_is_reported_once_for_all_calls() {
    let item = "fn m(x: Input, w: Param) -> Loss {
        fn f(a: Tensor) -> Tensor { a * unknown }
        f(x) + f(w) + f(x * w)
    }";
    assert_eq!(codes(item), ["unknown_name"]);
}

#[test]
fn functions_that_nobody_calls_are_fine() {
    let item = "fn m(x: Input, w: Param) -> Loss {
        fn unused(a: Tensor<N>) -> Tensor { a.dot(a) }
        fn opaque(a: f64) -> f64 { a.sin() }
        x * w
    }";
    assert!(lowered(item).is_ok());
}

#[test]
fn two_models_may_have_functions_of_one_name() {
    let model = |derivative: &str| {
        format!(
            "mod m {{
                #[derivative(x = \"{derivative}\")]
                fn f(x: f64) -> f64 {{ x }}
                fn loss(x: Input, w: Param) -> Loss {{ f(x * w) }}
            }}"
        )
    };
    let equations = |item: &str| {
        let parsed = rust_syntax::parse(TokenStream::new(), tokens(item));
        let mut errors = parsed.errors;
        let model = parsed.model.expect("a model");
        let compiled = pipeline::compile(&model, &mut errors);
        errors.check(compiled).expect("no error").expect("plans").gradient().text()
    };
    let [first, second] = ["2*x", "3*x"].map(model);
    let alone = equations(&first);
    assert_ne!(alone, equations(&second));
    assert_eq!(alone, equations(&first));
    let expansion = |item: &str| expand(TokenStream::new(), tokens(item)).to_string();
    assert_eq!(expansion(&first), expansion(&first));
    assert!(!alone.contains("f_"), "{alone}");
}

#[test]
fn constants_are_not_dimensions_of_a_function() {
    let inner = "fn m(x: Input<3>, w: Param<3>) -> Loss {
        const K: usize = 4;
        fn f(a: Tensor<K>) -> Tensor { sum(a) / K }
        f(x * w)
    }";
    assert_eq!(codes(inner), ["argument_shape_differs"]);
    let outer = inner
        .replace("fn m", "mod m { use a::{b::K, c}; fn loss")
        .replace("const K: usize = 4;", "");
    assert_eq!(codes(&(outer + "}")), ["argument_shape_differs"]);
    let own = "fn m(x: Input<3>, w: Param<3>) -> Loss {
        const K: usize = 4;
        fn f<const K: usize>(a: Tensor<K>) -> Tensor { sum(a) / K }
        f(x * w)
    }";
    assert!(lowered(own).is_ok());
}
