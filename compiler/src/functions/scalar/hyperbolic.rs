//! The hyperbolic functions and their inverses.

use super::{Kink, Notation, Operand, Scalar};

pub(super) static ROWS: &[Scalar] = &[
    Scalar {
        name: "sinh",
        operands: &[Operand::smooth("x", "cosh(x)", -3.0, 3.0)],
        value: |x| x[0].sinh(),
        notation: Notation::Function("sinh"),
        cost: 14,
        doc: "The hyperbolic sine, with derivative `cosh x`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "cosh",
        operands: &[Operand::smooth("x", "sinh(x)", -3.0, 3.0)],
        value: |x| x[0].cosh(),
        notation: Notation::Function("cosh"),
        cost: 14,
        doc: "The hyperbolic cosine, with derivative `sinh x`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "tanh",
        operands: &[Operand::smooth("x", "1 - y*y", -3.0, 3.0)],
        value: |x| x[0].tanh(),
        notation: Notation::Function("tanh"),
        cost: 12,
        doc: "The hyperbolic tangent. Its derivative `1 − tanh² x = 1 − y²` reuses the output; it rounds to 0 where `|y|` rounds to 1.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "asinh",
        operands: &[Operand::smooth("x", "recip(hypot(x, 1))", -3.0, 3.0)],
        value: |x| x[0].asinh(),
        notation: Notation::Function("arsinh"),
        cost: 24,
        doc: "The inverse hyperbolic sine. Its derivative is `1/√(x² + 1)`, by `hypot`, which large `x` does not overflow.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "acosh",
        operands: &[Operand::smooth("x", "recip(sqrt(x - 1)*sqrt(x + 1))", 1.2, 4.0)],
        value: |x| x[0].acosh(),
        notation: Notation::Function("arcosh"),
        cost: 24,
        doc: "The inverse hyperbolic cosine for `x ≥ 1`, NaN below. Its derivative is `1/√(x² − 1)`; the root of each factor apart \
              neither cancels near 1, nor overflows, nor is defined below 1; `acosh′(1) = +inf`.",
        kinks: &[Kink::at(&[1.0], &[f64::INFINITY])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "atanh",
        operands: &[Operand::smooth("x", "recip((1 - x)*(1 + x))", -0.9, 0.9)],
        value: |x| x[0].atanh(),
        notation: Notation::Function("artanh"),
        cost: 20,
        doc: "The inverse hyperbolic tangent on `(−1, 1)`. Its derivative is `1/(1 − x²)`, with `1 − x²` as `(1 − x)(1 + x)`; `+inf` at \
              the ends.",
        kinks: &[Kink::at(&[1.0], &[f64::INFINITY])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "log_cosh",
        operands: &[Operand::smooth("x", "tanh(x)", -3.0, 3.0)],
        value: |x| log_cosh(x[0]),
        notation: Notation::Function("ln cosh"),
        cost: 22,
        doc: "The logarithm of the hyperbolic cosine, `y = ln cosh x`: about `x²/2` near 0 and `|x| − ln 2` far out, where `cosh x` itself \
              overflows past 710. As `½·ln(1 + sinh² x)` near 0 and `|x| − ln 2 + ln(1 + e^(−2|x|))` elsewhere. Its derivative is `tanh x`. \
              With a prediction and a target, `log_cosh` is the loss of the library.",
        ..Scalar::SMOOTH
    },
];

/// `ln cosh x`, without cancellation near 0 and without overflow.
fn log_cosh(x: f64) -> f64 {
    let size = x.abs();
    if size < 1.0 {
        return 0.5 * size.sinh().powi(2).ln_1p();
    }
    size - std::f64::consts::LN_2 + (-2.0 * size).exp().ln_1p()
}
