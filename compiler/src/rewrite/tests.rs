//! Every line of both tables: the two sides have the same value and the same derivative, and the right is cheaper.

use super::Rule;
use crate::functions::dual::{Dual, Samples, formula};
use crate::functions::scalar::scalar;
use crate::math_syntax::parse_built_in;
use crate::tree::{Expr, ExprKind};
use crate::{simplify, stabilize};

const VARIABLES: [&str; 8] = ["a", "b", "c", "d", "s", "u", "v", "x"];

fn both_tables() -> impl Iterator<Item = &'static Rule> {
    simplify::rules::RULES.iter().chain(stabilize::rules::RULES)
}

/// Both sides at the given values of [`VARIABLES`], with the tangents that go with them.
fn sides(rule: &Rule, values: &[f64; 8], tangents: Option<&[f64; 8]>) -> (Dual, Dual) {
    let names: Vec<(&str, Dual)> = VARIABLES
        .iter()
        .enumerate()
        .map(|(i, name)| {
            let is_constant = ["c", "d"].contains(name);
            let tangent = tangents.filter(|_| !is_constant).map(|all| all[i]);
            (*name, Dual { value: values[i], tangent })
        })
        .collect();
    (formula(rule.from, &names), formula(rule.to, &names))
}

/// Close, relative to the larger of 1 and the value: the left side itself may have cancelled.
fn is_close(left: f64, right: f64, tolerance: f64) -> bool {
    left == right || (left - right).abs() <= tolerance * left.abs().max(1.0)
}

#[test]
fn both_sides_have_the_same_value_and_derivative() {
    let mut samples = Samples::seeded(11);
    for rule in both_tables() {
        let mut compared = 0;
        for _ in 0..300 {
            let values = [(); 8].map(|()| samples.uniform(-3.0, 3.0));
            let tangents = [(); 8].map(|()| samples.uniform(-1.0, 1.0));
            let (left, right) = sides(rule, &values, Some(&tangents));
            if left.value.is_nan() {
                continue;
            }
            compared += 1;
            let message = format!("{}: {left:?}, {right:?} at {values:?}", rule.name);
            assert!(is_close(left.value, right.value, 1e-12), "{message}");
            let slopes = (left.tangent.unwrap_or(0.0), right.tangent.unwrap_or(0.0));
            assert!(is_close(slopes.0, slopes.1, 1e-11), "{message}");
        }
        assert!(compared >= 50, "{}: compared {compared} times", rule.name);
    }
}

#[test]
fn bits_are_kept_where_a_rule_says_so() {
    let mut samples = Samples::seeded(12);
    for rule in both_tables().filter(|rule| rule.rounding == super::Rounding::Kept) {
        for _ in 0..300 {
            let (left, right) = sides(rule, &[(); 8].map(|()| samples.uniform(-3.0, 3.0)), None);
            assert!(left.value == right.value || left.value.is_nan(), "{}", rule.name);
        }
    }
}

/// Where the left side is a finite number, the right is the same: at zeros, at infinities, and where exponentials overflow or vanish.
/// Within 1e-10, as `x + sqrt(x*x + 1)` on the left cancels to 1e-11 at −800.
#[test]
fn extremes_are_kept() {
    let extremes = [0.0, -0.0, 1.0, -1.0, 800.0, -800.0, f64::INFINITY, -f64::INFINITY];
    for rule in both_tables() {
        for (i, first) in extremes.iter().enumerate() {
            for second in extremes {
                let mut values = [second; 8];
                values[1] = *first;
                values[4] = *first;
                values[6] = *first;
                values[2] = 2.0;
                values[3] = -0.5 - i as f64;
                let (left, right) = sides(rule, &values, None);
                if left.value.is_finite() {
                    let message = format!("{}: {left:?}, {right:?} at {values:?}", rule.name);
                    assert!(is_close(left.value, right.value, 1e-10), "{message}");
                }
            }
        }
    }
}

#[test]
fn simplifications_are_strictly_cheaper() {
    for rule in simplify::rules::RULES {
        let (from, to) = (cost(rule.from), cost(rule.to));
        assert!(to < from, "{}: {from} to {to}", rule.name);
    }
}

#[test]
fn names_of_rules_are_unique_and_sides_differ() {
    let mut names: Vec<&str> = both_tables().map(|rule| rule.name).collect();
    let mut patterns: Vec<&str> = both_tables().map(|rule| rule.from).collect();
    for all in [&mut names, &mut patterns] {
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
    }
    assert!(both_tables().all(|rule| rule.from != rule.to));
}

#[test]
fn stable_forms_are_finite_where_the_plain_ones_overflow() {
    let cases = [
        ("ln of 1 + exp", 800.0, 800.0),
        ("ln of sigmoid", -800.0, -800.0),
        ("sigmoid as odds", 800.0, 1.0),
        ("ln of cosh", -800.0, 800.0 - std::f64::consts::LN_2),
        ("tanh in full", -800.0, -1.0),
        ("exp less 1", 1e-20, 1e-20),
        ("ln of 1 + x", 1e-20, 1e-20),
        ("1 less sigmoid", 50.0, 1.928_749_847_963_918e-22),
        ("1 less erf", 10.0, 2.088_487_583_762_545e-45),
        ("1 less cos", 1e-10, 5e-21),
    ];
    for (name, x, expected) in cases {
        let rule = stabilize::rules::RULES.iter().find(|rule| rule.name == name).unwrap();
        let (left, right) = sides(rule, &[x; 8], None);
        assert!((right.value - expected).abs() <= 1e-14 * expected.abs(), "{name}: {right:?}");
        assert!((left.value - expected).abs() > 1e-14 * expected.abs() || left.value.is_nan());
    }
}

fn cost(text: &str) -> u32 {
    cost_of(&parse_built_in(text).unwrap().value).0
}

/// The cost by the rows, and whether it is a constant, which costs nothing.
fn cost_of(expr: &Expr) -> (u32, bool) {
    match &expr.kind {
        ExprKind::Call { function, arguments } => {
            let parts: Vec<(u32, bool)> =
                arguments.iter().map(|argument| cost_of(&argument.value)).collect();
            if parts.iter().all(|(_, is_constant)| *is_constant) {
                return (0, true);
            }
            let own = scalar(&function.text).unwrap().cost;
            (own + parts.iter().map(|(cost, _)| cost).sum::<u32>(), false)
        }
        ExprKind::Name(name) => (0, ["c", "d"].contains(&name.as_str())),
        _ => (0, true),
    }
}
