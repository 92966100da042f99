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
        ("x * LN_PI / K2_M", "(div (mul x LN_PI) K2_M)"),
        ("x * std::f64::consts::PI", "(mul x std::f64::consts::PI)"),
        ("x * self::G", "(mul x self::G)"),
        ("math!(\"x * LN_PI\")", "(mul x LN_PI)"),
        ("sum(for t in 0..STEPS / 2 { x })", "(sum (for t 0 (div STEPS 2) x))"),
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
fn comparisons_and_choices_are_calls() {
    let cases = [
        ("x < 1", "(less x 1)"),
        ("x > 1", "(less 1 x)"),
        ("x <= 1", "(at_most x 1)"),
        ("x >= 1", "(at_most 1 x)"),
        ("x == 1", "(equal x 1)"),
        ("x != 1", "(not_equal x 1)"),
        ("a < b && c < d || !e", "(or (and (less a b) (less c d)) (not e))"),
        ("x + 1 > y * 2", "(less (mul y 2) (add x 1))"),
        ("if x > 0.0 { x } else { -x }", "(select (less 0.0 x) x (neg x))"),
        (
            "if a { 1.0 } else if b { let c = x; c } else { 3.0 }",
            "(select a 1.0 (select b (let (c x) c) 3.0))",
        ),
        ("(if a { x } else { y }).exp() + 1", "(add (exp (select a x y)) 1)"),
        ("let a = if c { x } else { y }; a", "(let (a (select c x y)) a)"),
        ("if c { 1 } else { 2 }", "(select c 1 2)"),
        ("if a < b && c { x } else { y }", "(select (and (less a b) c) x y)"),
    ];
    for (text, expected) in cases {
        assert_eq!(body(text), expected, "{text}");
    }
}

#[test]
fn loops_and_assignments_are_statements() {
    let cases = [
        (
            "let mut h = x; for t in 0..T { h = tanh(h); } h",
            "(let (h x) (for t 0 T (= h (tanh h))) h)",
        ),
        (
            "let mut h = x; for t in (1..=T).rev() { h += x; h -= 1.0; h *= 2; h /= 3 }; h",
            "(let (h x) (for-reversed t 1 (add T 1) (= h (add h x)) (= h (sub h 1.0)) (= h (mul h 2)) (= h (div h 3))) h)",
        ),
        (
            "let mut h = x; let hs = for t in 0..=3 { h = h * 2.0; h }; sum(hs)",
            "(let (h x) (hs (for t 0 4 (= h (mul h 2.0)) h)) (sum hs))",
        ),
        ("for t in 0..2 * T - 1 { x }", "(for t 0 (sub (mul 2 T) 1) x)"),
        ("sum(for t in 0..3 { let a = x; a })", "(sum (for t 0 3 (a x) a))"),
        ("for i in 0..2 { for j in 0..i { x } }", "(for i 0 2 (for j 0 i x))"),
        (
            "let mut h = x; for i in 0..2 { for j in 0..3 { h = h * x; } } h",
            "(let (h x) (for i 0 2 (for j 0 3 (= h (mul h x)))) h)",
        ),
        (
            "let mut h = x; #[checkpoint(every = 8)] for _ in 0..T { h = x; } h",
            "(let (h x) (for _ 0 T checkpoint=8 (= h x)) h)",
        ),
        (
            "#[checkpoint(every = 8)] let hs = for t in 0..T { x }; hs",
            "(let (hs (for t 0 T checkpoint=8 x)) hs)",
        ),
        ("let mut a = x; a = for t in 0..3 { a }; a", "(let (a x) (= a (for t 0 3 a)) a)"),
        ("let y = { let mut a = x; a = 2.0; a }; y", "(let (y (let (a x) (= a 2.0) a)) y)"),
        ("let mut a = x; a += 1 / 3.0; a", "(let (a x) (= a (add a (div 1 3.0))) a)"),
        ("for t in 0..T / 2 { x }", "(for t 0 (div T 2) x)"),
    ];
    for (text, expected) in cases {
        assert_eq!(body(text), expected, "{text}");
    }
}

#[test]
fn places_of_arrays_are_read_as_written() {
    let cases = [
        ("w[i]", "(at w i)"),
        ("w[1..4]", "(at w 1..4)"),
        ("w[..k]", "(at w ..k)"),
        ("w[k..]", "(at w k..)"),
        ("w[1..=k]", "(at w 1..(add k 1))"),
        ("w[..=2]", "(at w ..3)"),
        ("w[(.., j)]", "(at w .. j)"),
        ("w[[i, j]]", "(at w i j)"),
        ("w[(i, 1..3)]", "(at w i 1..3)"),
        ("w[(..).step_by(2)]", "(at w ../2)"),
        ("w[((0..9).step_by(k), ..)]", "(at w 0..9/k ..)"),
        ("w[i][j]", "(at (at w i) j)"),
        ("w[-1]", "(at w -1)"),
        ("x.exp()[2 * i + 1].ln()", "(ln (at (exp x) (add (mul 2 i) 1)))"),
        ("x[3 / 2]", "(at x (div 3 2))"),
        ("x[i[0]]", "(at x (at i 0))"),
        ("x[(t)]", "(at x t)"),
        ("reshape(x, [4 / 2, 2])", "(reshape x [(div 4 2) 2])"),
    ];
    for (text, expected) in cases {
        assert_eq!(body(text), expected, "{text}");
    }
}

#[test]
fn an_assignment_changes_what_its_value_can_see_and_no_more() {
    let cases = [
        ("x = 2.0; x", "assigned_constant"),
        ("let a = x; a += 2.0; a", "assigned_constant"),
        ("let mut a = x; let a = a; a = x; a", "assigned_constant"),
        ("for t in 0..3 { t = 2; x }", "assigned_counter"),
        ("b = x; x", "assigned_unknown"),
        ("{ let mut b = x; b }; b = x; x", "assigned_unknown"),
        ("let mut a = x; let b = { a = x; a }; b", "assigned_surrounding"),
        ("let mut a = x; exp(for t in 0..3 { a = x; a })", "assigned_surrounding"),
        ("let mut a = x; let b = if c { a = x; a } else { x }; b", "assigned_surrounding"),
        ("let mut a = x; a[0] = x; a", "assigned_element"),
        ("exp(x) = x; x", "assigned_expression"),
        ("let mut a = x; let b = a = x; a", "assignment"),
        ("let mut a = x; a %= 2.0; a", "remainder"),
    ];
    for (text, code) in cases {
        let found = body_codes(text);
        assert!(found.contains(&code), "{text} gives {found:?}");
    }
}

#[test]
fn integers_that_rust_would_truncate_are_refused_however_they_are_written() {
    let texts = [
        "1 / 2",
        "(1) / -2",
        "(1 + 2) / 2",
        "let a = 1; a / 2",
        "1 / { 2 }",
        "-(1 / 2)",
        "let mut a = 1; a /= 2; a",
        "(if c { 1 } else { 3 }) / 2",
        "for t in 0..3 { t / 2 }",
        "w[{ let a = 1 / 2; a }]",
    ];
    for text in texts {
        assert_eq!(body_codes(text), ["integer_division"], "{text}");
    }
    let item = "fn m<const H: usize>(x: Input) -> Loss { x * (1 / H) }";
    assert_eq!(codes("", item), ["integer_division"]);
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
        let mut a = x ^ 2; let b = x % 2.0 + y[()]; return 3 }";
    let expected = [
        "unknown_setting",
        "unknown_scalar",
        "loss_value",
        "mutable_argument",
        "reference_argument",
        "unknown_argument_type",
        "zero_dimension",
        "dimension_type",
        "power_sign",
        "remainder",
        "no_place",
        "jump",
        "duplicate_argument",
    ];
    assert_eq!(codes(attribute, item), expected);
}

#[test]
fn each_refusal_says_what_was_written() {
    let cases = [
        ("x & x", "bit_sign"),
        ("&mut x", "prefix_sign"),
        ("x.await", "unsupported"),
        ("x.0", "field_access"),
        ("match x { _ => x }", "match_in_body"),
        ("if x { x }; x", "if_without_else"),
        ("if let a = x { x } else { x }", "if_let"),
        ("if c && let a = x { x } else { x }", "if_let"),
        ("if c { } else { x }", "missing_value"),
        ("if c { x } else { }", "missing_value"),
        ("if c { x } else { x }; x", "statement_without_effect"),
        ("loop { }", "endless_loop"),
        ("break", "jump"),
        ("for t in 0..3 { }", "missing_value"),
        ("for t in 0..3 { x } x", "statement_without_effect"),
        ("for t in 0..3 { x; }", "statement_without_effect"),
        ("for t in 0..3 { continue; }", "jump"),
        ("for t in x.iter() { x }", "loop_over_values"),
        ("for t in (0..3).map(f) { x }", "loop_order"),
        ("for t in ..3 { x }", "open_loop"),
        ("for mut t in 0..3 { x }", "loop_pattern"),
        ("let a = for t in 0..3 { }; x", "loop_without_value"),
        ("#[checkpoint] for t in 0..3 { x }", "checkpoint"),
        ("#[checkpoint(every = 0)] for t in 0..3 { x }", "checkpoint"),
        ("#[checkpoint(each = 2)] for t in 0..3 { x }", "checkpoint"),
        ("#[checkpoint(every = 2)] x", "checkpoint_place"),
        ("#[cfg(a)] for t in 0..3 { x }", "attribute_in_body"),
        ("x[(0..3).rev()]", "place_order"),
        ("x[]", "rust_syntax"),
        ("x < y < z", "rust_syntax"),
        ("x == y == z", "rust_syntax"),
        ("x as f64", "cast"),
        ("0..3", "range"),
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
        "x".to_owned() + &"[0]".repeat(50_000),
        "x".to_owned() + &"[0]".repeat(401),
        "x".to_owned() + &"(0)".repeat(50_000),
        "x".to_owned() + &" as f64".repeat(50_000),
        "x".to_owned() + &" && x".repeat(50_000),
        "!".repeat(50_000) + "x",
        "if ".repeat(50_000),
        "for t in ".repeat(50_000),
        format!("{}x{}", "if c { x } else ".repeat(50_000), "{ x }"),
        format!("{}x{}", "for t in 0..2 { ".repeat(50_000), " }".repeat(50_000)),
        "P { x } + ".repeat(50_000) + "x",
    ];
    for text in texts {
        assert_eq!(body_codes(&text), ["too_deep"], "{}", &text[..20]);
    }
    let choices = format!("{}{{ x }}", "if c { x } else ".repeat(45));
    assert!(body(&choices).starts_with("(select "));
    let loops = format!("let mut a = x; {}a", "for t in 0..2 { a = a * 2.0; } ".repeat(500));
    assert!(body(&loops).starts_with("(let "));
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
