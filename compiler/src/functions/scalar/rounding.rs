//! Absolute value, sign and rounding.

use super::{Kink, Notation, Operand, Scalar};

const STEPS: &str = "piecewise constant";

pub(super) static ROWS: &[Scalar] = &[
    Scalar {
        name: "abs",
        operands: &[Operand::smooth("x", "sign(x)", -3.0, 3.0)],
        value: |x| x[0].abs(),
        notation: Notation::Fence("|", "|"),
        cost: 1,
        doc: "The absolute value `y = |x|`, with derivative `sign x`; `abs′(0) = 0`, the middle of the subdifferential `[−1, 1]`.",
        kinks: &[Kink::at(&[0.0], &[0.0]), Kink::at(&[-0.0], &[0.0])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "sign",
        operands: &[Operand::zero("x", STEPS, -3.0, 3.0)],
        value: |x| sign(x[0]),
        notation: Notation::Function("sign"),
        cost: 2,
        doc: "The sign: 1, 0 or −1 as `x` is positive, zero (of either sign) or negative; NaN for NaN. Piecewise constant, so its \
              derivative is 0, at the jump too.",
        kinks: &[Kink::at(&[0.0], &[0.0])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "floor",
        operands: &[Operand::zero("x", STEPS, -3.0, 3.0)],
        value: |x| x[0].floor(),
        notation: Notation::Fence("⌊", "⌋"),
        cost: 1,
        doc: "The largest whole number not above `x`. Piecewise constant, so its derivative is 0, at the jumps too.",
        kinks: &[Kink::at(&[1.0], &[0.0])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "ceil",
        operands: &[Operand::zero("x", STEPS, -3.0, 3.0)],
        value: |x| x[0].ceil(),
        notation: Notation::Fence("⌈", "⌉"),
        cost: 1,
        doc: "The smallest whole number not below `x`. Piecewise constant, so its derivative is 0, at the jumps too.",
        kinks: &[Kink::at(&[1.0], &[0.0])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "round",
        operands: &[Operand::zero("x", STEPS, -3.0, 3.0)],
        value: |x| x[0].round(),
        notation: Notation::Function("round"),
        cost: 2,
        doc: "The nearest whole number, halves away from zero (`round(2.5) = 3`, `round(−2.5) = −3`). Piecewise constant, so its \
              derivative is 0, at the jumps too.",
        kinks: &[Kink::at(&[0.5], &[0.0])],
        ..Scalar::SMOOTH
    },
];

fn sign(x: f64) -> f64 {
    if x > 0.0 {
        1.0
    } else if x < 0.0 {
        -1.0
    } else if x == 0.0 {
        0.0
    } else {
        f64::NAN
    }
}
