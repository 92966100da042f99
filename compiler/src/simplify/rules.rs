//! The simplifying identities, each strictly cheaper by the costs of the rows.
//!
//! Left out on purpose: `x - x → 0`, `0*x → 0` and `x/x → 1` (wrong for infinity, NaN and zero: a derivative of zero is dropped where it
//! is built instead), `x/c → x*(1/c)` (another rounding for the same cost in a fused loop), `c + (d + x)` (may cancel what the user
//! wrote to round), `sqrt(x)*sqrt(x) → x` and `exp(ln(x)) → x` (hide NaN), `(a/b)/x → a/(b*x)` and `a/exp(x) → a*exp(-x)` (the right
//! overflows where the left does not), `equal(x, x) → 1` (wrong for NaN).

use crate::rewrite::Rule;

/// The identities, neutral elements first.
pub static RULES: &[Rule] = &[
    Rule::exact("add 0", "x + 0", "x"),
    Rule::exact("subtract 0", "x - 0", "x"),
    Rule::exact("multiply by 1", "x*1", "x"),
    Rule::exact("divide by 1", "x/1", "x"),
    Rule::exact("hypotenuse with 0", "hypot(x, 0)", "abs(x)"),
    // What the chain rule was not to see is seen when it is done.
    Rule::exact("go on after stop", "stop(x)", "x"),
    // Signs move outward until they meet another.
    Rule::exact("negate twice", "-(-x)", "x"),
    Rule::exact("negate a difference", "-(a - b)", "b - a"),
    Rule::exact("add a negative", "a + (-b)", "a - b"),
    Rule::exact("subtract a negative", "a - (-b)", "a + b"),
    Rule::exact("add minus 1 times", "a + (-1)*b", "a - b"),
    Rule::exact("subtract minus 1 times", "a - (-1)*b", "a + b"),
    Rule::exact("add a product with a negative", "a + (-b)*x", "a - b*x"),
    Rule::exact("subtract a product with a negative", "a - (-b)*x", "a + b*x"),
    Rule::exact("add a quotient of a negative", "a + (-b)/x", "a - b/x"),
    Rule::exact("subtract a quotient of a negative", "a - (-b)/x", "a + b/x"),
    Rule::exact("multiply negatives", "(-a)*(-b)", "a*b"),
    Rule::exact("divide negatives", "(-a)/(-b)", "a/b"),
    Rule::exact("negate a product with a negative", "-(a*(-b))", "a*b"),
    Rule::exact("negate a quotient of a negative", "-((-a)/b)", "a/b"),
    Rule::exact("negate a quotient by a negative", "-(a/(-b))", "a/b"),
    Rule::exact("multiply a negative by a constant", "c*(-x)", "(-c)*x"),
    Rule::exact("divide a negative by a constant", "(-x)/c", "x/(-c)"),
    Rule::exact("divide a constant by a negative", "c/(-x)", "(-c)/x"),
    Rule::exact("negate a multiple", "-(c*x)", "(-c)*x"),
    Rule::exact("negate a fraction", "-(x/c)", "x/(-c)"),
    Rule::exact("negate a constant over x", "-(c/x)", "(-c)/x"),
    // Constants meet and fold.
    Rule::exact("add twice", "x + x", "2*x"),
    Rule::rounded("multiply by two constants", "c*(d*x)", "(c*d)*x"),
    Rule::rounded("multiply a fraction", "c*(x/d)", "(c/d)*x"),
    Rule::rounded("divide a multiple", "(c*x)/d", "(c/d)*x"),
    Rule::rounded("divide by two constants", "(x/c)/d", "x/(c*d)"),
    Rule::rounded("multiply a constant over x", "c*(d/x)", "(c*d)/x"),
    Rule::rounded("divide a constant over x", "(c/x)/d", "(c/d)/x"),
    Rule::rounded("divide a constant by a multiple", "c/(d*x)", "(c/d)/x"),
    Rule::rounded("divide a constant by a fraction", "c/(x/d)", "(c*d)/x"),
    // Divisions that need not be.
    Rule::rounded("multiply by a reciprocal", "a*recip(b)", "a/b"),
    Rule::rounded("multiply by 1 over", "a*(1/b)", "a/b"),
    Rule::rounded("divide by a reciprocal", "a/recip(b)", "a*b"),
    Rule::rounded("divide by 1 over", "a/(1/b)", "a*b"),
    Rule::rounded("reciprocal of a quotient", "recip(a/b)", "b/a"),
    Rule::rounded("1 over a quotient", "1/(a/b)", "b/a"),
    Rule::rounded("reciprocal of exp", "recip(exp(x))", "exp(-x)"),
    Rule::rounded("1 over exp", "1/exp(x)", "exp(-x)"),
    // Powers with small whole exponents.
    Rule::exact("power 0", "powi(x, 0)", "1"),
    Rule::exact("power 1", "powi(x, 1)", "x"),
    Rule::exact("power 2", "powi(x, 2)", "x*x"),
    Rule::rounded("power -1", "powi(x, -1)", "recip(x)"),
    Rule::exact("real power 0", "powf(x, 0)", "1"),
    Rule::exact("real power 1", "powf(x, 1)", "x"),
    Rule::rounded("real power 2", "powf(x, 2)", "x*x"),
    Rule::rounded("real power 3", "powf(x, 3)", "x*x*x"),
    Rule::rounded("real power -1", "powf(x, -1)", "recip(x)"),
    // Functions that undo, repeat or ignore.
    Rule::exact("abs of a negative", "abs(-x)", "abs(x)"),
    Rule::exact("abs twice", "abs(abs(x))", "abs(x)"),
    Rule::exact("abs of a square", "abs(x*x)", "x*x"),
    Rule::exact("abs of a squared value", "abs(square(x))", "square(x)"),
    Rule::exact("square by abs", "abs(x)*abs(x)", "x*x"),
    Rule::exact("square of a negative", "square(-x)", "square(x)"),
    Rule::exact("square of abs", "square(abs(x))", "square(x)"),
    Rule::exact("cos of a negative", "cos(-x)", "cos(x)"),
    Rule::exact("cosh of a negative", "cosh(-x)", "cosh(x)"),
    Rule::exact("log_cosh of a negative", "log_cosh(-x)", "log_cosh(x)"),
    Rule::rounded("exp_m1 plus 1", "exp_m1(x) + 1", "exp(x)"),
    Rule::rounded("exp of log_sigmoid", "exp(log_sigmoid(x))", "sigmoid(x)"),
    Rule::rounded("1 less 1 less x", "1 - (1 - x)", "x"),
    Rule::exact("max with itself", "max(x, x)", "x"),
    Rule::exact("min with itself", "min(x, x)", "x"),
    Rule::exact("relu twice", "relu(relu(x))", "relu(x)"),
    // Gates.
    Rule::exact("closed gate", "pick(0, x)", "0"),
    Rule::exact("open gate", "pick(1, x)", "x"),
    Rule::exact("gate of nothing", "pick(a, 0)", "0"),
    Rule::exact("gate of itself", "pick(x, x)", "x"),
    Rule::exact("same gate twice", "pick(a, pick(a, x))", "pick(a, x)"),
    Rule::exact("gate of 1 by less", "pick(less(a, b), 1)", "less(a, b)"),
    Rule::exact("gate of 1 by equal", "pick(equal(a, b), 1)", "equal(a, b)"),
    Rule::exact("select the second", "select(0, a, b)", "b"),
    Rule::exact("select the first", "select(1, a, b)", "a"),
    Rule::exact("select between equals", "select(a, x, x)", "x"),
    Rule::exact("less than itself", "less(x, x)", "0"),
];
