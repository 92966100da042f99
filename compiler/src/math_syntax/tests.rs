//! Notation in, tree or message out.

use super::{excerpt, parse, parse_built_in};
use crate::tree::Position;

fn tree(text: &str) -> String {
    parse_built_in(text).map_or_else(|message| message, |block| block.to_string())
}

/// The code of the message and the text it points at.
fn error(text: &str) -> (&'static str, String) {
    let mut ranges = Vec::new();
    let mut position = |range: std::ops::Range<usize>| {
        ranges.push(range);
        Position(ranges.len() as u32 - 1)
    };
    let diagnostic = match parse(text, &mut position, &|name| name == "declared_T") {
        Ok(block) => panic!("`{text}` is {block}"),
        Err(diagnostic) => diagnostic,
    };
    let range = ranges[diagnostic.at.0 as usize].clone();
    (diagnostic.code, text[range].to_owned())
}

#[test]
fn notation_is_read_as_written_on_the_blackboard() {
    let cases = [
        ("x·W1 + b1", "(add (dot x W1) b1)"),
        ("x @ W1 + b1", "(add (dot x W1) b1)"),
        ("sigmoid(x·W₁ + b₁)·W₂ + b₂", "(add (dot (sigmoid (add (dot x W1) b1)) W2) b2)"),
        ("σ(x)", "(σ x)"),
        ("a - b - c", "(sub (sub a b) c)"),
        ("a − b", "(sub a b)"),
        ("a / b · c", "(dot (div a b) c)"),
        ("a·b / c", "(div (dot a b) c)"),
        ("a ⊙ b * c", "(mul (mul a b) c)"),
        ("a + b * c", "(add a (mul b c))"),
        ("-x²", "(neg (powi x 2))"),
        ("-x·y", "(dot (neg x) y)"),
        ("a·-b", "(dot a (neg b))"),
        ("--x", "(neg (neg x))"),
        ("-1", "-1"),
        ("-0.5", "-0.5"),
        ("-0", "(neg 0)"),
        ("-2^2", "(neg (powi 2 2))"),
        ("x⁻¹", "(powi x -1)"),
        ("x²³", "(powi x 23)"),
        ("x^2", "(powi x 2)"),
        ("x^-1", "(powi x -1)"),
        ("x^(-1)", "(powi x -1)"),
        ("x^y", "(powf x y)"),
        ("x^0.5", "(powf x 0.5)"),
        ("x^-y·z", "(dot (powf x (neg y)) z)"),
        ("x^(a+b)", "(powf x (add a b))"),
        ("x^y^z", "(powf x (powf y z))"),
        ("2^x²", "(powf 2 (powi x 2))"),
        ("(a + b)²", "(powi (add a b) 2)"),
        ("f(x)²", "(powi (f x) 2)"),
        ("xᵀ·x", "(dot (transpose x) x)"),
        ("x^T·x", "(dot (transpose x) x)"),
        ("x^(T)", "(powf x T)"),
        ("(A·B)ᵀ²", "(powi (transpose (dot A B)) 2)"),
        ("x²ᵀ", "(transpose (powi x 2))"),
        ("√x·y", "(dot (sqrt x) y)"),
        ("√(x + 1)", "(sqrt (add x 1))"),
        ("√√x", "(sqrt (sqrt x))"),
        ("-√2", "(neg (sqrt 2))"),
        ("|x|", "(abs x)"),
        ("|x - |y||", "(abs (sub x (abs y)))"),
        ("|a| - |b|", "(sub (abs a) (abs b))"),
        ("||x||", "(norm x)"),
        ("‖x‖²", "(powi (norm x) 2)"),
        ("|||x|||", "(norm (abs x))"),
        ("||a|| + ||b||", "(add (norm a) (norm b))"),
        ("|‖x‖ - 1|", "(abs (sub (norm x) 1))"),
        ("Σ((y − p)²)", "(sum (powi (sub y p) 2))"),
        ("∑(x)", "(sum x)"),
        ("Σ·x", "(dot Σ x)"),
        ("f(x, axis = 1)", "(f x axis=1)"),
        ("sum(x, [0, -1], keep = 1)", "(sum x [0 -1] keep=1)"),
        ("f()", "(f)"),
        ("f(a, b,)", "(f a b)"),
        (r#"einsum("ij,jk->ik", a, b)"#, r#"(einsum "ij,jk->ik" a b)"#),
        ("let a = x + 1; a·a", "(let (a (add x 1)) (dot a a))"),
        ("a = x;\n b = a²;\n a + b", "(let (a x) (b (powi a 2)) (add a b))"),
        ("1/2", "(div 1 2)"),
        ("1e-3", "0.001"),
        ("1_000", "1000"),
        ("1.", "1.0"),
        ("1e3", "1000.0"),
        ("99999999999999999999", "1e20"),
        ("0e99", "0.0"),
        ("θ_1 + δ", "(add θ_1 δ)"),
        ("a < b", "(less a b)"),
        ("a > b + 1", "(less (add b 1) a)"),
        ("a ≤ b or a >= c", "(or (at_most a b) (at_most c a))"),
        ("a == b ∧ ¬c ≠ d", "(and (equal a b) (not (not_equal c d)))"),
        ("not a < b and c != d", "(and (not (less a b)) (not_equal c d))"),
        ("and(a < b, or(c, not(d)))", "(and (less a b) (or c (not d)))"),
        ("select(x < 0, -x, x²)", "(select (less x 0) (neg x) (powi x 2))"),
        ("a or b and c", "(or a (and b c))"),
        ("android + order + nothing", "(add (add android order) nothing)"),
        ("w[i]", "(at w i)"),
        ("x[t + 1, j]·w", "(dot (at x (add t 1) j) w)"),
        ("w[1:4] + w[1..4]", "(add (at w 1..4) (at w 1..4))"),
        ("w[:, j][k:]", "(at (at w .. j) k..)"),
        ("w[.., ..k]", "(at w .. ..k)"),
        ("w[0:9:2]", "(at w 0..9/2)"),
        ("w[::2]", "(at w ../2)"),
        ("w[i]²", "(powi (at w i) 2)"),
        ("wᵀ[i]", "(at (transpose w) i)"),
        ("f(x)[-1]", "(at (f x) -1)"),
        ("|x[i]|", "(abs (at x i))"),
        ("√x[i]", "(sqrt (at x i))"),
        ("1.5 < 2.", "(less 1.5 2.0)"),
    ];
    for (text, expected) in cases {
        assert_eq!(tree(text), expected, "{text}");
    }
}

#[test]
fn ambiguous_or_broken_notation_is_refused_at_the_place() {
    let cases = [
        ("2x", "missing_sign", "2x"),
        ("2 (x + 1)", "missing_sign", "2 ("),
        ("(a)(b)", "missing_sign", "(a)("),
        ("a b", "missing_sign", "a b"),
        ("x²y", "missing_sign", "x²y"),
        ("2e", "missing_sign", "2e"),
        ("|a| b", "missing_sign", "|a| b"),
        ("a = x\nb = a; b", "missing_semicolon", "x"),
        ("x + * x", "unexpected_token", "*"),
        ("x +", "unexpected_token", ""),
        ("+x", "unexpected_token", "+"),
        ("x, y", "unexpected_token", ","),
        ("x)", "unexpected_token", ")"),
        ("|a| |b|", "unexpected_token", "|"),
        ("let = 2; x", "unexpected_token", "="),
        ("let x 2; x", "unexpected_token", "2"),
        ("√-x", "unexpected_token", "-"),
        ("(x + 1", "unclosed_bracket", "("),
        ("f(x, (y)", "unclosed_bracket", "("),
        ("[1, 2", "unclosed_bracket", "["),
        ("|x", "unclosed_bars", "|"),
        ("||x| - 1|", "unclosed_bars", "||"),
        ("|| x + |y||", "unclosed_bars", "||"),
        ("‖x|", "unclosed_bars", "‖"),
        ("x × y", "unknown_character", "×"),
        ("a & b", "unknown_character", "&"),
        ("!a", "unknown_character", "!"),
        ("0 < x < 1", "chained_comparison", "0 < x < 1"),
        ("a == b ≠ c", "chained_comparison", "a == b ≠ c"),
        ("w[]", "no_place", "[]"),
        ("w[1", "unclosed_bracket", "["),
        ("w[,]", "unexpected_token", ","),
        ("a not b", "missing_sign", "a not"),
        ("x + and", "unexpected_token", "and"),
        ("for t in 0..3", "rust_only", "for"),
        ("if x < 0", "rust_only", "if"),
        ("x'", "unknown_character", "'"),
        ("einsum(\"ij, x)", "unclosed_text", "\""),
        ("", "missing_notation_value", ""),
        ("a = x;", "missing_notation_value", ""),
        ("a = x; a;", "missing_notation_value", ";"),
        ("1e999", "number_out_of_range", "1e999"),
        ("1e-999", "number_out_of_range", "1e-999"),
        (".5", "malformed_number", ".5"),
        ("xⁿ", "malformed_exponent", "ⁿ"),
        ("x²⁻", "malformed_exponent", "²⁻"),
        ("x²^3", "ambiguous_power", "²^"),
        ("x² ³", "ambiguous_power", "² ³"),
        ("√x²", "ambiguous_root", "√x²"),
        ("√(x)^2", "ambiguous_root", "√(x)^"),
        ("w^2ᵀ", "ambiguous_transpose", "w^2ᵀ"),
        ("w^2^T", "ambiguous_transpose", "w^2^T"),
        ("T = 2; x^T", "power_or_transpose", "^T"),
        ("x + let", "reserved_name", "let"),
        ("let let = 2; 1", "reserved_name", "let"),
    ];
    for (text, code, place) in cases {
        assert_eq!(error(text), (code, place.to_owned()), "{text}");
    }
}

#[test]
fn depth_is_limited_and_the_limit_itself_is_read() {
    let nested = |levels: usize| format!("{}x{}", "(".repeat(levels), ")".repeat(levels));
    assert_eq!(tree(&nested(99)), "x");
    let texts = [nested(100), "-".repeat(10_000) + "x", "x".to_owned() + &"+x".repeat(10_000)];
    for text in texts {
        assert_eq!(error(&text).0, "too_deep");
    }
    for opening in [
        "f(",
        "x^",
        "√",
        "[",
        "|a+",
        "not ",
        "a[",
        "a < b and (",
        "¬",
        "a + b * f(",
        "a + b * -(",
        "a + b^f(a, ",
    ] {
        assert_eq!(error(&opening.repeat(10_000)).0, "too_deep", "{opening}");
    }
}

#[test]
fn a_transpose_by_t_is_refused_where_t_is_declared() {
    let parsed = parse("x^T", &mut |_| Position::BUILT_IN, &|name| name == "T");
    assert_eq!(parsed.map_err(|diagnostic| diagnostic.code).err(), Some("power_or_transpose"));
}

#[test]
fn carets_stand_under_the_part_whatever_the_width() {
    let cases = [
        ("x + y", 4..5, "  | x + y\n  |     ^"),
        ("a = 1;\nb + 漢 + c", 17..18, "  | b + 漢 + c\n  |          ^"),
        ("x̄ + y", 6..7, "  | x̄ + y\n  |     ^"),
        ("(x", 2..2, "  | (x\n  |   ^"),
        ("a +\nb", 0..5, "  | a +\n  | ^^^"),
    ];
    for (text, range, expected) in cases {
        assert_eq!(excerpt(text, range), expected);
    }
}

/// Every answer to nonsense is a tree or a message whose place lies in the text.
#[test]
fn nonsense_gives_a_message_and_never_a_panic() {
    let pieces: Vec<&str> =
        "x|W₁|1|2.5|1e|.|_|T|let|Σ|√|ᵀ|²|⁻|ⁿ|^|+|−|*|⊙|/|·|@|(|)|[|]|,|=|;|\"|‖|∥|<|≤|>=|==|!=|and|or|not|¬|:|..| |\n|漢|×|'|axis"
            .split('|')
            .chain(["|", "||"])
            .collect();
    let mut state = 7_u64;
    let mut draw = |bound: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound
    };
    for _ in 0..20_000 {
        let text: String = (0..=draw(12)).map(|_| pieces[draw(pieces.len())]).collect();
        let mut position = |range: std::ops::Range<usize>| {
            assert!(text.get(range.clone()).is_some(), "{range:?} in {text}");
            assert!(excerpt(&text, range).contains('^'));
            Position::BUILT_IN
        };
        match parse(&text, &mut position, &|_| false) {
            Ok(block) => assert!(!block.to_string().is_empty()),
            Err(diagnostic) => assert!(!diagnostic.message.is_empty()),
        }
    }
}
