//! The stabilizing rewrites, each better conditioned than what it replaces, on the whole domain where that is defined.
//!
//! Innermost expressions first, and at each node the first rule that matches: `ln(1 + exp(x))` stands above `ln(1 + x)`, and
//! `ln(1 - sigmoid(x))` needs no rule because `1 - sigmoid(x)` has one. The logarithm of a softmax, inlined, is `ln(exp(u)/s)`.
//!
//! Left out on purpose: `sqrt(x*x) → x` (wrong for negative `x`), `exp(ln(x)) → x` (would hide the NaN of a negative `x`),
//! `ln(powf(a, b)) → b*ln(a)` (wrong for negative `a` and even `b`), `sqrt(a*a + b*b) → hypot(a, b)` (safe from overflow, but several
//! times as slow in ranges where nothing overflows; who needs it can write it), `x*sigmoid(x) → silu(x)` (no better, and the derivative
//! shares `sigmoid(x)` as written).

use crate::rewrite::Rule;

/// The end of variables that derivatives inside the model were taken for.
pub static RELEASE: &[Rule] = &[Rule::exact("release a variable", "hold(x, c)", "x")];

/// The rewrites of elementwise expressions.
pub static RULES: &[Rule] = &[
    Rule::rounded("ln of 1 + exp", "ln(1 + exp(x))", "softplus(x)"),
    Rule::rounded("ln_1p of exp", "ln_1p(exp(x))", "softplus(x)"),
    Rule::rounded("ln of sigmoid", "ln(sigmoid(x))", "log_sigmoid(x)"),
    Rule::rounded("ln_1p of -sigmoid", "ln_1p(-sigmoid(x))", "log_sigmoid(-x)"),
    Rule::rounded("ln of exp", "ln(exp(x))", "x"),
    Rule::rounded("ln of exp over sum", "ln(exp(u)/s)", "u - ln(s)"),
    Rule::rounded("ln of exp times factor", "ln(exp(u)*s)", "u + ln(s)"),
    Rule::rounded("ln of cosh", "ln(cosh(x))", "log_cosh(x)"),
    Rule::rounded("ln of root", "ln(sqrt(x))", "0.5*ln(x)"),
    Rule::rounded("ln of reciprocal", "ln(recip(x))", "-ln(x)"),
    Rule::rounded("ln of 1/x", "ln(1/x)", "-ln(x)"),
    Rule::rounded("inverse of sinh in logarithms", "ln(x + sqrt(x*x + 1))", "asinh(x)"),
    Rule::rounded("ln of 1 + x", "ln(1 + x)", "ln_1p(x)"),
    Rule::rounded("ln of 1 - x", "ln(1 - x)", "ln_1p(-x)"),
    Rule::rounded("1 less sigmoid", "1 - sigmoid(x)", "sigmoid(-x)"),
    Rule::rounded("sigmoid in full", "1/(1 + exp(-x))", "sigmoid(x)"),
    Rule::rounded("sigmoid as reciprocal", "recip(1 + exp(-x))", "sigmoid(x)"),
    Rule::rounded("sigmoid of -x in full", "1/(1 + exp(x))", "sigmoid(-x)"),
    Rule::rounded("sigmoid of -x as reciprocal", "recip(1 + exp(x))", "sigmoid(-x)"),
    Rule::rounded("sigmoid as odds", "exp(x)/(1 + exp(x))", "sigmoid(x)"),
    Rule::rounded("softmax of two", "exp(u)/(exp(u) + exp(v))", "sigmoid(u - v)"),
    Rule::rounded("sigmoid by tanh", "0.5*(1 + tanh(0.5*x))", "sigmoid(x)"),
    Rule::rounded("tanh by sigmoid", "2*sigmoid(2*x) - 1", "tanh(x)"),
    Rule::rounded("tanh in full", "(exp(x) - exp(-x))/(exp(x) + exp(-x))", "tanh(x)"),
    Rule::rounded("sinh in full", "(exp(x) - exp(-x))/2", "sinh(x)"),
    Rule::rounded("sinh in full, halved by a factor", "0.5*(exp(x) - exp(-x))", "sinh(x)"),
    Rule::rounded("cosh in full", "(exp(x) + exp(-x))/2", "cosh(x)"),
    Rule::rounded("cosh in full, halved by a factor", "0.5*(exp(x) + exp(-x))", "cosh(x)"),
    Rule::rounded("exp less 1", "exp(x) - 1", "exp_m1(x)"),
    Rule::rounded("1 less exp", "1 - exp(x)", "-exp_m1(x)"),
    Rule::rounded("root of exp", "sqrt(exp(x))", "exp(0.5*x)"),
    Rule::rounded("softplus less x", "softplus(x) - x", "softplus(-x)"),
    Rule::rounded("x less softplus", "x - softplus(x)", "log_sigmoid(x)"),
    Rule::rounded("softplus of -x and x", "softplus(-x) + x", "softplus(x)"),
    Rule::exact("negated softplus of -x", "-softplus(-x)", "log_sigmoid(x)"),
    Rule::exact("negated log_sigmoid of -x", "-log_sigmoid(-x)", "softplus(x)"),
    Rule::rounded("1 less cos", "1 - cos(x)", "2*square(sin(0.5*x))"),
    Rule::rounded("1 less erf", "1 - erf(x)", "erfc(x)"),
    Rule::rounded("1 plus erf", "1 + erf(x)", "erfc(-x)"),
    Rule::rounded("1 less erfc", "1 - erfc(x)", "erf(x)"),
];
