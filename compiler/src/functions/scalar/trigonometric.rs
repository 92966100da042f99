//! The circular functions and their inverses.

use super::{Kink, Notation, Operand, Scalar};

pub(super) static ROWS: &[Scalar] = &[
    Scalar {
        name: "sin",
        operands: &[Operand::smooth("x", "cos(x)", -3.0, 3.0)],
        value: |x| x[0].sin(),
        notation: Notation::Function("sin"),
        cost: 14,
        doc: "The sine of an angle in radians, with derivative `cos x`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "cos",
        operands: &[Operand::smooth("x", "-sin(x)", -3.0, 3.0)],
        value: |x| x[0].cos(),
        notation: Notation::Function("cos"),
        cost: 14,
        doc: "The cosine of an angle in radians, with derivative `−sin x`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "tan",
        operands: &[Operand::smooth("x", "1 + y*y", -1.2, 1.2)],
        value: |x| x[0].tan(),
        notation: Notation::Function("tan"),
        cost: 20,
        doc: "The tangent of an angle in radians. Its derivative `1/cos² x = 1 + y²` reuses the output.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "asin",
        operands: &[Operand::smooth("x", "recip(sqrt((1 - x)*(1 + x)))", -0.9, 0.9)],
        value: |x| x[0].asin(),
        notation: Notation::Function("arcsin"),
        cost: 20,
        doc: "The arc sine on `[−1, 1]`, NaN elsewhere. Its derivative is `1/√(1 − x²)`, with `1 − x²` as `(1 − x)(1 + x)`, which does \
              not cancel near the ends; `+inf` at the ends.",
        kinks: &[Kink::at(&[1.0], &[f64::INFINITY]), Kink::at(&[-1.0], &[f64::INFINITY])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "acos",
        operands: &[Operand::smooth("x", "-recip(sqrt((1 - x)*(1 + x)))", -0.9, 0.9)],
        value: |x| x[0].acos(),
        notation: Notation::Function("arccos"),
        cost: 20,
        doc: "The arc cosine on `[−1, 1]`, NaN elsewhere. Its derivative is `−1/√(1 − x²)`, with `1 − x²` as `(1 − x)(1 + x)`; `−inf` at \
              the ends.",
        kinks: &[Kink::at(&[1.0], &[f64::NEG_INFINITY]), Kink::at(&[-1.0], &[f64::NEG_INFINITY])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "atan",
        operands: &[Operand::smooth("x", "recip(1 + x*x)", -3.0, 3.0)],
        value: |x| x[0].atan(),
        notation: Notation::Function("arctan"),
        cost: 18,
        doc: "The arc tangent, in `(−π/2, π/2)`, with derivative `1/(1 + x²)`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "atan2",
        operands: &[
            Operand::smooth("a", "pick(hypot(a, b), b/hypot(a, b)/hypot(a, b))", -3.0, 3.0),
            Operand::smooth("b", "pick(hypot(a, b), -a/hypot(a, b)/hypot(a, b))", 0.2, 3.0),
        ],
        value: |x| x[0].atan2(x[1]),
        notation: Notation::Function("atan2"),
        cost: 24,
        doc: "The angle of the point with ordinate `a` and abscissa `b`, in `[−π, π]`. Its derivatives are `b/(a² + b²)` and \
              `−a/(a² + b²)`, divided by the hypotenuse twice so that no square overflows or vanishes; at the origin, where there is no \
              angle, both are 0 by convention, as in PyTorch.",
        kinks: &[
            Kink { at: &[0.0, 0.0], derivative: &[0.0, 0.0] },
            Kink { at: &[0.0, -2.0], derivative: &[-0.5, 0.0] },
        ],
        ..Scalar::SMOOTH
    },
];
