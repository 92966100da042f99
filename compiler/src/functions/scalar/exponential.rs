//! Exponentials and logarithms.

use super::{Kink, Notation, Operand, Scalar};

pub(super) static ROWS: &[Scalar] = &[
    Scalar {
        name: "exp",
        operands: &[Operand::smooth("x", "y", -3.0, 3.0)],
        value: |x| x[0].exp(),
        notation: Notation::Exponential("e"),
        cost: 10,
        doc: "The exponential `y = eˣ`, its own derivative.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "exp2",
        operands: &[Operand::smooth("x", "0.6931471805599453*y", -3.0, 3.0)],
        value: |x| x[0].exp2(),
        notation: Notation::Exponential("2"),
        cost: 10,
        doc: "The power of two `y = 2ˣ`, with derivative `ln 2·y`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "exp_m1",
        operands: &[Operand::smooth("x", "exp(x)", -3.0, 3.0)],
        value: |x| x[0].exp_m1(),
        notation: Notation::Function("expm1"),
        cost: 12,
        doc: "The exponential less one, `y = eˣ − 1`, accurate near 0. Its derivative is `eˣ`; `y + 1` would be cheaper, but is 0 for `x` \
              below −37, and whoever writes `exp_m1` cares.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "ln",
        operands: &[Operand::smooth("x", "recip(x)", 0.2, 4.0)],
        value: |x| x[0].ln(),
        notation: Notation::Function("ln"),
        cost: 10,
        doc: "The natural logarithm; `−inf` at 0, NaN below. Its derivative is `1/x`.",
        kinks: &[Kink::at(&[0.0], &[f64::INFINITY])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "ln_1p",
        operands: &[Operand::smooth("x", "recip(1 + x)", -0.7, 3.0)],
        value: |x| x[0].ln_1p(),
        notation: Notation::Function("log1p"),
        cost: 12,
        doc: "The logarithm of one plus `x`, `y = ln(1 + x)`, accurate near 0. Its derivative is `1/(1 + x)`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "log2",
        operands: &[Operand::smooth("x", "1.4426950408889634/x", 0.2, 4.0)],
        value: |x| x[0].log2(),
        notation: Notation::Function("log₂"),
        cost: 10,
        doc: "The logarithm to base 2, with derivative `1/(x·ln 2)`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "log10",
        operands: &[Operand::smooth("x", "0.4342944819032518/x", 0.2, 4.0)],
        value: |x| x[0].log10(),
        notation: Notation::Function("log₁₀"),
        cost: 11,
        doc: "The logarithm to base 10, with derivative `1/(x·ln 10)`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "xlogy",
        operands: &[
            Operand::smooth("a", "ln(b)", 0.2, 3.0),
            Operand::smooth("b", "pick(1 - equal(a, 0)*equal(b, 0), a/b)", 0.2, 3.0),
        ],
        value: |x| if x[0] == 0.0 { 0.0 } else { x[0] * x[1].ln() },
        notation: Notation::Function("xlogy"),
        cost: 12,
        public: false,
        doc: "The product `y = a·ln b`, 0 where `a = 0`, whatever `b` is: `0·ln 0 = 0`, the limit of `x·ln x`, as entropies want it. Its \
              derivatives are `ln b` and `a/b`; the latter is 0 at the origin by convention.",
        kinks: &[Kink { at: &[0.0, 0.0], derivative: &[f64::NEG_INFINITY, 0.0] }],
        ..Scalar::SMOOTH
    },
];
