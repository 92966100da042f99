//! Programs in; trees, signatures or messages out.

use proc_macro2::TokenStream;

use super::{Parsed, parse};
use crate::tree::{Loss, Model, Objective, ResultKind, Role};

fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn model(attribute: &str, item: &str) -> Model {
    let Parsed { model, source, errors, .. } = parse(tokens(attribute), tokens(item));
    match errors.check(model) {
        Ok(Some(model)) => model,
        Ok(None) => panic!("{item}: neither a model nor an error"),
        Err(found) => panic!("{item}: {}", source.message(&found[0])),
    }
}

/// The codes of what is wrong with `#[model(attribute)] item`.
fn codes(attribute: &str, item: &str) -> Vec<&'static str> {
    let found = parse(tokens(attribute), tokens(item)).errors.check(()).err().unwrap_or_default();
    found.into_iter().map(|diagnostic| diagnostic.code).collect()
}

fn body(text: &str) -> String {
    let model = model("", &format!("fn m(x: Input) -> Loss {{ {text} }}"));
    model.body(model.main_entry()).to_string()
}

fn body_codes(text: &str) -> Vec<&'static str> {
    codes("", &format!("fn m(x: Input) -> Loss {{ {text} }}"))
}

/// Name, role and extents of each argument; symbols; result; loss.
fn signature(model: &Model) -> String {
    let arguments: Vec<String> = model
        .arguments
        .iter()
        .map(|argument| {
            let shape: Vec<String> =
                argument.shape.iter().map(|extent| extent.dim.to_string()).collect();
            let role = match &argument.role {
                Role::Index(bound) => format!("Index<{bound}>"),
                role => format!("{role:?}"),
            };
            format!("{}: {role}[{}]", argument.name.text, shape.join(", "))
        })
        .collect();
    let symbols: Vec<String> = model
        .symbols
        .iter()
        .map(|symbol| format!("{} {:?}", symbol.name.text, symbol.source))
        .collect();
    let result = match &model.main_entry().result {
        ResultKind::Loss { .. } => "Loss".to_owned(),
        ResultKind::Prediction { shape, .. } => {
            let shape: Vec<String> = shape.iter().map(|extent| extent.dim.to_string()).collect();
            format!("Output[{}]", shape.join(", "))
        }
    };
    let loss = match &model.objective {
        Objective::Entry(_) => "none".to_owned(),
        Objective::OfPrediction(_, Loss::Named { name, settings }) => {
            let settings: Vec<String> = settings.iter().map(ToString::to_string).collect();
            format!("{}({})", name.text, settings.join(", "))
        }
        Objective::OfPrediction(_, Loss::Closure { prediction, target, body }) => {
            format!("|{}, {}| {body}", prediction.text, target.text)
        }
    };
    format!("{} / {} / {result} / {loss}", arguments.join("; "), symbols.join("; "))
}

#[test]
fn rust_and_notation_give_the_same_tree() {
    let pairs = [
        ("sigmoid(x.dot(w1) + b1).dot(w2) + b2", "sigmoid(x·w1 + b1)·w2 + b2"),
        ("-x.powi(2)", "-x²"),
        ("powi(x, -1) * 2", "x⁻¹ * 2"),
        ("powf(x, a + b)", "x^(a + b)"),
        ("x.powf(y.powf(z))", "x^y^z"),
        ("transpose(x).dot(x)", "xᵀ·x"),
        ("x.sum(axis = 1)", "Σ(x, axis = 1)"),
        ("sum(x, [0, -1], keep = 1)", "sum(x, [0, -1], keep = 1)"),
        ("norm(x) - x.abs()", "‖x‖ - |x|"),
        ("sqrt(x) / 2.0", "√x / 2.0"),
        ("einsum(\"ij,jk->ik\", a, b)", "einsum(\"ij,jk->ik\", a, b)"),
        ("let a = x * 2.0; a.dot(a)", "a = x * 2.0; a·a"),
        ("-1 + -0.5 - -x + 1e-3", "-1 + -0.5 - -x + 1e-3"),
        ("a - (b - c)", "a - (b - c)"),
        ("f()", "f()"),
    ];
    for (rust, notation) in pairs {
        let quoted = format!("math!({notation:?})");
        assert_eq!(body(rust), body(&quoted), "{rust} against {notation}");
    }
}

#[test]
fn bodies_are_read_as_written() {
    let cases = [
        ("x", "x"),
        ("&x * (&x)", "(mul x x)"),
        ("1 + { let a = x; a }", "(add 1 (let (a x) a))"),
        ("1 + { x }", "(add 1 x)"),
        ("let a = x; let a = a.exp(); a", "(let (a x) (a (exp a)) a)"),
        ("math!(\"x + 1\").exp()", "(exp (add x 1))"),
        ("let y = math!(\"a = x; a²\"); y", "(let (y (let (a x) (powi a 2))) y)"),
        ("chainrule::math!(\"x\")", "x"),
        ("math! { \"x\" }", "x"),
        ("math!(r\"x\",)", "x"),
        ("x / 2", "(div x 2)"),
        ("1 / x", "(div 1 x)"),
        ("1.0 / 2", "(div 1.0 2)"),
        ("x * 1 / 2", "(div (mul x 1) 2)"),
        ("99999999999999999999 / 2", "(div 1e20 2)"),
        ("let two = 2; x / two", "(let (two 2) (div x two))"),
    ];
    for (text, expected) in cases {
        assert_eq!(body(text), expected, "{text}");
    }
}

#[test]
fn integers_that_rust_would_truncate_are_refused_however_they_are_written() {
    for text in ["1 / 2", "(1) / -2", "(1 + 2) / 2", "let a = 1; a / 2", "1 / { 2 }", "-(1 / 2)"] {
        assert_eq!(body_codes(text), ["integer_division"], "{text}");
    }
}

#[test]
fn signatures_are_read_as_written() {
    let cases = [
        (
            "loss = mean_squared_error",
            "fn m<const D: usize>(x: Input<D>, w: Param<D, 3>, b: Param) -> Output<3> { x }",
            "x: Input[D]; w: Param(None)[D, 3]; b: Param(None)[] / D ConstGeneric / Output[3] / mean_squared_error()",
        ),
        (
            "dims(N, D), loss = huber(-1.5), scalar = f64, reduction = sum,",
            "fn m(x: chainrule::Input<D>, k: Index<V>, t: ::chainrule::Data<config::K>) -> Output { x }",
            "x: Input[D]; k: Index<V>[]; t: Data[config::K] / N RunTime; D RunTime; V Constant; config::K Constant / Output[] / huber(-1.5)",
        ),
        (
            "loss = |p, t| sum((p - t) * p, axis = 1), crate = foo::bar",
            "fn m(x: Input<{ 2 * D - D + 1 }, { D * (D + 1) }>) -> Output<{ 3 + 4 }> { x }",
            "x: Input[1 + D, D + D·D] / D Constant / Output[7] / |p, t| (sum (mul (sub p t) p) axis=1)",
        ),
        (
            "",
            "fn m(#[init(uniform(-1, 0.5))] w: Param<2>, #[init(he_normal)] v: Param, x: Input) -> Loss { x }",
            "w: Param(Some(Uniform(-1.0, 0.5)))[2]; v: Param(Some(HeNormal))[]; x: Input[] /  / Loss / none",
        ),
        (
            "loss = |p, t| math!(\"(p − t)²\"), dump = \"simplify\"",
            "fn m(#[allow(unused)] x: Input) -> Output { 1.0 }",
            "x: Input[] /  / Output[] / |p, t| (powi (sub p t) 2)",
        ),
    ];
    for (attribute, item, expected) in cases {
        assert_eq!(signature(&model(attribute, item)), expected, "{item}");
    }
}

#[test]
fn the_surface_keeps_the_outside_even_where_the_body_is_wrong() {
    let item = "/// Doc.\n #[inline] pub fn m<const D: usize>(x: chainrule::Input<D, K>) -> Loss { x % x }";
    let Parsed { model, surface, errors, .. } = parse(tokens("crate = a::b"), tokens(item));
    assert!(errors.check(()).is_err() && model.is_none());
    let Some(surface) = surface else { panic!("no surface") };
    let symbols: Vec<String> = surface.symbols.iter().map(ToString::to_string).collect();
    assert_eq!(surface.name.to_string(), "m");
    assert_eq!(surface.visibility.to_string(), "pub");
    assert_eq!((surface.docs.len(), surface.attributes.len()), (1, 1));
    assert_eq!(symbols, ["D", "K"]);
    let type_path = surface.arguments[0].type_path.as_ref().map(ToString::to_string);
    assert_eq!(type_path.as_deref(), Some("chainrule :: Input"));
    assert_eq!(surface.crate_path.to_string(), "a :: b");
}

#[test]
fn several_errors_are_found_in_one_compile() {
    let attribute = "los = huber, scalar = f16, loss = 3";
    let item = "fn m(mut x: &Input, y: f32, x: Param<0>) -> Output<f32> {
        let mut a = x ^ 2; let b = x % 2.0 + y[0]; return 3 }";
    let expected = [
        "unknown_setting",
        "unknown_scalar",
        "loss_value",
        "mutable_argument",
        "reference_argument",
        "unknown_argument_type",
        "zero_dimension",
        "dimension_type",
        "let_mut",
        "power_sign",
        "remainder",
        "indexing",
        "jump_in_body",
        "duplicate_argument",
    ];
    assert_eq!(codes(attribute, item), expected);
}

#[test]
fn each_refusal_says_what_was_written() {
    let cases = [
        ("x += 1; x", "assignment"),
        ("x >= 1", "comparison"),
        ("!x", "logic"),
        ("x & x", "bit_sign"),
        ("&mut x", "prefix_sign"),
        ("x.await", "unsupported"),
        ("x.0", "field_access"),
        ("match x { _ => x }", "choice_in_body"),
        ("if x { x }; x", "choice_in_body"),
        ("loop { }", "loop_in_body"),
        ("break", "jump_in_body"),
        ("'a: { x }", "special_block"),
        ("async { x }", "special_block"),
        ("x * true", "literal"),
        ("x * 2f64", "literal_suffix"),
        ("x * 1e-999", "literal_range"),
        ("math!(\"x\");", "missing_value"),
        ("math!(\"x\"); x", "statement_without_effect"),
        ("println!(\"a\"); x", "macro_in_body"),
        ("vec![x]", "macro_in_body"),
        ("math!(\"x\", \"x\")", "math_argument"),
        ("math!()", "math_argument"),
        ("sum::<3>(x)", "turbofish"),
        ("ops::dot(x, x)", "path_call"),
        ("let _ = x; x", "let_pattern"),
        ("let ref a = x; a", "let_pattern"),
        ("", "missing_value"),
        ("{ }", "missing_value"),
        ("f(x, y = )", "rust_syntax"),
        ("#[cfg(a)] x", "attribute_in_body"),
    ];
    for (text, code) in cases {
        assert_eq!(body_codes(text), [code], "{text}");
    }
}

#[test]
fn the_transpose_by_t_is_refused_where_the_model_declares_t() {
    let refused = codes("", "fn m(x: Input, T: Param) -> Loss { math!(\"x^T\") }");
    assert_eq!(refused, ["power_or_transpose"]);
    assert_eq!(body_codes("let T = x; math!(\"x^T\")"), ["power_or_transpose"]);
    assert_eq!(
        body("1 + { let T = x; T } + math!(\"x^T\")"),
        "(add (add 1 (let (T x) T)) (transpose x))"
    );
}

#[test]
fn depth_is_limited_before_and_after_syn() {
    let texts = [
        format!("{}x{}", "(".repeat(2_000), ")".repeat(2_000)),
        "-".repeat(50_000) + "x",
        "x".to_owned() + &" + x".repeat(50_000),
        "x".to_owned() + &" + x".repeat(401),
        "x".to_owned() + &".exp()".repeat(401),
        "return ".repeat(50_000),
        format!("exp(math!(\"x{}\"))", "+x".repeat(399)),
    ];
    for text in texts {
        assert_eq!(body_codes(&text), ["too_deep"]);
    }
    let chain = "x".to_owned() + &" + x".repeat(398);
    assert!(body(&chain).starts_with("(add "));
    let nested = format!("{}x{}", "(".repeat(90), ")".repeat(90));
    assert_eq!(body(&nested), "x");
}

#[test]
fn a_rendered_message_has_excerpt_help_and_note() {
    let item = "fn m(x: Input) -> Loss { math!(\"2·x + 2x\") }";
    let Parsed { source, errors, .. } = parse(TokenStream::new(), tokens(item));
    let Err(found) = errors.check(()) else { panic!("no error") };
    let expected = "`2` and `x` follow each other without a sign\n  | 2·x + 2x\n  |       ^^\nhelp: \
                    write `*` for an elementwise product, `·` for a matrix product";
    assert_eq!(source.message(&found[0]), expected);
    let rendered = source.render(&found).to_string();
    assert!(rendered.starts_with(":: core :: compile_error ! {"), "{rendered}");
}
