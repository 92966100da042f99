//! The activations of neural networks.

use std::f64::consts::FRAC_1_SQRT_2;

use super::{Kink, Notation, Operand, Scalar};

/// `λ` of self-normalizing networks (Klambauer et al. 2017).
const SELU_SCALE: f64 = 1.050_700_987_355_480_5;
/// `λ·α` of self-normalizing networks.
const SELU_NEGATIVE: f64 = 1.758_099_340_847_376_6;

pub(super) static ROWS: &[Scalar] = &[
    Scalar {
        name: "sigmoid",
        aliases: &["σ"],
        operands: &[Operand::smooth("x", "y*(1 - y)", -4.0, 4.0)],
        value: |x| sigmoid(x[0]),
        notation: Notation::Function("σ"),
        cost: 14,
        doc: "The logistic function `y = 1/(1 + e⁻ˣ)`, as `eˣ/(1 + eˣ)` for negative `x`, so that no exponential overflows. Its derivative \
              `y·(1 − y)` reuses the output; at ±1000 it is 0, not NaN.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "relu",
        operands: &[Operand::gate("x", "less(0, x)", -3.0, 3.0)],
        value: |x| if x[0] <= 0.0 { 0.0 } else { x[0] },
        notation: Notation::Function("relu"),
        cost: 1,
        doc: "The rectifier `y = max(x, 0)`. Its derivative is 1 for positive `x`, else 0; `relu′(0) = 0`, as in PyTorch and JAX.",
        kinks: &[Kink::at(&[0.0], &[0.0])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "leaky_relu",
        operands: &[
            Operand::smooth("x", "select(less(0, x), 1, slope)", -3.0, 3.0),
            Operand::smooth("slope", "min(x, 0)", 0.01, 0.5),
        ],
        value: |x| if x[0] > 0.0 { x[0] } else { x[0] * x[1] },
        notation: Notation::Function("leaky_relu"),
        cost: 2,
        doc: "The rectifier with a slope on the negative side: `y = x` for positive `x`, else `slope·x`. Its derivative is 1 or `slope`; at \
              0 it is `slope`, as in PyTorch, which makes slope 0 agree with `relu`. The derivative for `slope` is `min(x, 0)`.",
        kinks: &[Kink { at: &[0.0, 0.1], derivative: &[0.1, 0.0] }],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "elu",
        operands: &[
            Operand::smooth("x", "select(less(0, x), 1, y + alpha)", -3.0, 3.0),
            Operand::smooth("alpha", "exp_m1(min(x, 0))", 0.5, 2.0),
        ],
        value: |x| if x[0] > 0.0 { x[0] } else { x[1] * x[0].exp_m1() },
        notation: Notation::Function("elu"),
        cost: 13,
        doc: "The exponential linear unit (Clevert et al. 2016): `y = x` for positive `x`, else `α·(eˣ − 1)`. Its derivative is 1, or \
              `α·eˣ = y + α` from the output; at 0 it is `α`. The derivative for `α` is `e^min(x, 0) − 1`, which large `x` does not \
              overflow.",
        kinks: &[Kink { at: &[0.0, 2.0], derivative: &[2.0, 0.0] }],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "selu",
        operands: &[Operand::smooth(
            "x",
            "select(less(0, x), 1.0507009873554805, y + 1.7580993408473766)",
            -3.0,
            3.0,
        )],
        value: |x| {
            if x[0] > 0.0 { SELU_SCALE * x[0] } else { SELU_NEGATIVE * x[0].exp_m1() }
        },
        notation: Notation::Function("selu"),
        cost: 14,
        doc: "The scaled exponential linear unit (Klambauer et al. 2017): `y = λ·x` for positive `x`, else `λ·α·(eˣ − 1)`, with \
              `λ ≈ 1.0507` and `α ≈ 1.6733`. Its derivative is `λ`, or `y + λα` from the output; at 0 it is `λα`, the limit from below.",
        kinks: &[Kink::at(&[0.0], &[SELU_NEGATIVE])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "gelu",
        operands: &[Operand::smooth(
            "x",
            "0.5*erfc(-0.7071067811865476*x) + 0.3989422804014327*x*exp(-0.5*x*x)",
            -3.0,
            3.0,
        )],
        value: |x| gelu(x[0]),
        notation: Notation::Function("gelu"),
        cost: 24,
        doc: "The Gaussian error linear unit (Hendrycks & Gimpel 2016), exact: `y = x·Φ(x)` with the normal distribution \
              `Φ(x) = ½·erfc(−x/√2)`, which keeps its relative accuracy for negative `x`. Its derivative is `Φ(x) + x·φ(x)`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "silu",
        aliases: &["swish"],
        operands: &[Operand::smooth("x", "sigmoid(x) + y*(1 - sigmoid(x))", -4.0, 4.0)],
        value: |x| if x[0] == f64::NEG_INFINITY { -0.0 } else { x[0] * sigmoid(x[0]) },
        notation: Notation::Function("silu"),
        cost: 15,
        doc: "The sigmoid linear unit, or swish: `y = x·σ(x)`. Its derivative is `σ(x) + x·σ(x)·(1 − σ(x)) = σ(x) + y·(1 − σ(x))`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "mish",
        operands: &[Operand::smooth(
            "x",
            "tanh(softplus(x)) + x*sigmoid(x)*(1 - tanh(softplus(x))*tanh(softplus(x)))",
            -4.0,
            4.0,
        )],
        value: |x| if x[0] == f64::NEG_INFINITY { -0.0 } else { x[0] * softplus(x[0]).tanh() },
        notation: Notation::Function("mish"),
        cost: 26,
        doc: "Mish (Misra 2019): `y = x·t` with `t = tanh(softplus(x))`. Its derivative is `t + x·σ(x)·(1 − t²)`, by `softplus′ = σ`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "softplus",
        operands: &[Operand::smooth("x", "sigmoid(x)", -4.0, 4.0)],
        value: |x| softplus(x[0]),
        notation: Notation::Function("softplus"),
        cost: 22,
        doc: "The smooth rectifier `y = ln(1 + eˣ)`, as `max(x, 0) + ln(1 + e^(−|x|))`: the plain form overflows past 709. Its derivative is \
              `σ(x)`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "softsign",
        operands: &[Operand::smooth("x", "recip((1 + abs(x))*(1 + abs(x)))", -3.0, 3.0)],
        value: |x| if x[0].is_infinite() { x[0].signum() } else { x[0] / (1.0 + x[0].abs()) },
        notation: Notation::Function("softsign"),
        cost: 6,
        doc: "The soft sign `y = x/(1 + |x|)`, with derivative `1/(1 + |x|)²`, which is smooth at 0 (its own derivative there is 0 by \
              `abs′(0) = 0`).",
        kinks: &[Kink::at(&[0.0], &[1.0])],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "hard_sigmoid",
        operands: &[Operand::smooth(
            "x",
            "0.16666666666666666*(1 - less(x, -3))*(1 - less(3, x))",
            -5.0,
            5.0,
        )],
        value: |x| (x[0] / 6.0 + 0.5).clamp(0.0, 1.0),
        notation: Notation::Function("hard_sigmoid"),
        cost: 4,
        doc: "The piecewise linear sigmoid `y = clamp(x/6 + ½, 0, 1)`. Its derivative is 1/6 on the closed interval `[−3, 3]`, as `clamp` \
              passes it, else 0.",
        kinks: &[
            Kink::at(&[3.0], &[1.0 / 6.0]),
            Kink::at(&[-3.0], &[1.0 / 6.0]),
            Kink::at(&[4.0], &[0.0]),
        ],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "log_sigmoid",
        operands: &[Operand::smooth("x", "sigmoid(-x)", -4.0, 4.0)],
        value: |x| -softplus(-x[0]),
        notation: Notation::Function("ln σ"),
        cost: 22,
        doc: "The logarithm of the logistic function, `y = ln σ(x) = −softplus(−x)`, finite where `σ(x)` underflows. Its derivative is \
              `1 − σ(x) = σ(−x)`, which does not cancel.",
        ..Scalar::SMOOTH
    },
];

fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 { 1.0 / (1.0 + (-x).exp()) } else { x.exp() / (1.0 + x.exp()) }
}

fn softplus(x: f64) -> f64 {
    let positive = if x <= 0.0 { 0.0 } else { x };
    positive + (-x.abs()).exp().ln_1p()
}

fn gelu(x: f64) -> f64 {
    if x == f64::NEG_INFINITY { -0.0 } else { 0.5 * x * libm::erfc(-x * FRAC_1_SQRT_2) }
}
