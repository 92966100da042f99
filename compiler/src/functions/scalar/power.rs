//! Powers and roots: square, reciprocal, integer and real exponents, roots, the hypotenuse.

use super::{Kink, Notation, Operand, Scalar};

pub(super) static ROWS: &[Scalar] = &[
    Scalar {
        name: "square",
        operands: &[Operand::smooth("x", "2*x", -3.0, 3.0)],
        value: |x| x[0] * x[0],
        notation: Notation::Superscript("2"),
        cost: 1,
        doc: "The square `y = x²`, with derivative `2x`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "recip",
        operands: &[Operand::smooth("x", "-y*y", 0.3, 3.0)],
        value: |x| x[0].recip(),
        notation: Notation::Superscript("−1"),
        cost: 4,
        doc: "The reciprocal `y = 1/x`. Its derivative `−1/x² = −y²` reuses the output.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "powi",
        operands: &[
            Operand::smooth("x", "pick(n, n*powi(x, n - 1))", 0.4, 2.5),
            Operand::integer("n", -3.0, 5.0),
        ],
        value: |x| x[0].powi(x[1] as i32),
        notation: Notation::Power,
        cost: 5,
        doc: "The power `y = xⁿ` with an integer constant `n`, for any sign of `x`; by repeated squaring, and `1/x⁻ⁿ` for negative `n`. \
              Its derivative is `n·xⁿ⁻¹`, which for `n = 0` is the constant 0 (and not `0·x⁻¹`, which is NaN at 0): the \
              gate is decided where the formula is built, because `n` is known there.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "powf",
        operands: &[
            Operand::smooth("a", "pick(1 - equal(a, 0)*equal(b, 0), b*powf(a, b - 1))", 0.3, 3.0),
            Operand::smooth("b", "pick(a, y*ln(a))", -2.0, 3.0),
        ],
        value: |x| x[0].powf(x[1]),
        notation: Notation::Power,
        cost: 25,
        doc: "The power `y = aᵇ` with a real exponent; NaN for negative `a` unless `b` is a whole number. The derivative for `a` is \
              `b·aᵇ⁻¹`, for `b` it is `aᵇ·ln a`. Conventions on the boundary: at `a = 0` the derivative for `b` is 0, its limit for \
              `b > 0` (the product `0·ln 0` would be NaN); at `a = b = 0` both are 0, as `a⁰ = 1` for every `a`. PyTorch and JAX agree.",
        kinks: &[
            Kink { at: &[0.0, 0.0], derivative: &[0.0, 0.0] },
            Kink { at: &[0.0, 1.0], derivative: &[1.0, 0.0] },
            Kink { at: &[0.0, 2.0], derivative: &[0.0, 0.0] },
            Kink { at: &[0.0, 0.5], derivative: &[f64::INFINITY, 0.0] },
        ],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "sqrt",
        aliases: &["√"],
        operands: &[Operand::smooth("x", "0.5/y", 0.1, 4.0)],
        value: |x| x[0].sqrt(),
        notation: Notation::Root(2),
        cost: 4,
        doc: "The square root `y = √x`; NaN for negative `x`. Its derivative `1/(2√x) = ½/y` reuses the output; `sqrt′(0) = +inf`, \
              the one-sided limit.",
        kinks: &[Kink::at(&[0.0], &[f64::INFINITY])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "cbrt",
        aliases: &["∛"],
        operands: &[Operand::smooth("x", "1/(3*y*y)", 0.1, 4.0)],
        value: |x| x[0].cbrt(),
        notation: Notation::Root(3),
        cost: 20,
        doc: "The cube root `y = ∛x`, for any sign of `x`. Its derivative `⅓·x^(−2/3) = 1/(3y²)` reuses the output and so needs no real \
              power, which negative `x` would forbid; `cbrt′(0) = +inf`.",
        kinks: &[Kink::at(&[0.0], &[f64::INFINITY]), Kink::at(&[-8.0], &[1.0 / 12.0])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "hypot",
        operands: &[
            Operand::smooth("a", "pick(y, a/y)", -3.0, 3.0),
            Operand::smooth("b", "pick(y, b/y)", -3.0, 3.0),
        ],
        value: |x| x[0].hypot(x[1]),
        notation: Notation::Function("hypot"),
        cost: 12,
        commutative: true,
        doc: "The hypotenuse `y = √(a² + b²)` without overflow or underflow of the squares. Its derivatives are `a/y` and `b/y`; at the \
              origin, where the cone has its tip, both are 0 by convention, like `abs′(0)`.",
        kinks: &[Kink { at: &[0.0, 0.0], derivative: &[0.0, 0.0] }],
        ..Scalar::SMOOTH
    },
];
