//! The signs of arithmetic: sum, difference, product, quotient, negation.

use super::{Notation, Operand, Scalar};

pub(super) static ROWS: &[Scalar] = &[
    Scalar {
        name: "add",
        operands: &[Operand::smooth("a", "1", -3.0, 3.0), Operand::smooth("b", "1", -3.0, 3.0)],
        value: |x| x[0] + x[1],
        notation: Notation::Infix("+", 1),
        cost: 1,
        commutative: true,
        doc: "The sum `y = a + b`. Both derivatives are 1: the adjoint passes to each operand unchanged.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "sub",
        operands: &[Operand::smooth("a", "1", -3.0, 3.0), Operand::smooth("b", "-1", -3.0, 3.0)],
        value: |x| x[0] - x[1],
        notation: Notation::Infix("-", 1),
        cost: 1,
        doc: "The difference `y = a − b`. Its derivatives are 1 and −1.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "mul",
        operands: &[Operand::smooth("a", "b", -3.0, 3.0), Operand::smooth("b", "a", -3.0, 3.0)],
        value: |x| x[0] * x[1],
        notation: Notation::Infix("*", 2),
        cost: 1,
        commutative: true,
        doc: "The elementwise product `y = a·b`. The derivative for each factor is the other factor.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "div",
        operands: &[
            Operand::smooth("a", "recip(b)", -3.0, 3.0),
            Operand::smooth("b", "-y/b", 0.5, 3.0),
        ],
        value: |x| x[0] / x[1],
        notation: Notation::Infix("/", 2),
        cost: 4,
        doc: "The quotient `y = a/b`. The derivative for `a` is `1/b`; for `b` it is `−a/b² = −y/b`, which uses the output and, unlike \
              `b²`, overflows only where the derivative does.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "neg",
        operands: &[Operand::smooth("x", "-1", -3.0, 3.0)],
        value: |x| -x[0],
        notation: Notation::Prefix("-"),
        cost: 1,
        doc: "The negative `y = −x`, with derivative −1.",
        ..Scalar::SMOOTH
    },
];
