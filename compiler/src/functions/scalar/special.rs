//! The error function and the gamma family.

use super::{Notation, Operand, Scalar, gamma};

pub(super) static ROWS: &[Scalar] = &[
    Scalar {
        name: "erf",
        operands: &[Operand::smooth("x", "1.1283791670955126*exp(-x*x)", -2.0, 2.0)],
        value: |x| libm::erf(x[0]),
        notation: Notation::Function("erf"),
        cost: 20,
        doc: "The error function `y = 2/√π·∫₀ˣ e^(−t²) dt`, with derivative `2/√π·e^(−x²)`, the integrand.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "erfc",
        operands: &[Operand::smooth("x", "-1.1283791670955126*exp(-x*x)", -2.0, 2.0)],
        value: |x| libm::erfc(x[0]),
        notation: Notation::Function("erfc"),
        cost: 22,
        doc: "The complementary error function `y = 1 − erf x`, accurate where `erf x` is near 1. Its derivative is `−2/√π·e^(−x²)`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "lgamma",
        operands: &[Operand::smooth("x", "digamma(x)", 0.3, 6.0)],
        value: |x| libm::lgamma(x[0]),
        notation: Notation::Function("ln Γ"),
        cost: 40,
        doc: "The logarithm of the gamma function's absolute value, `y = ln|Γ(x)|`; `+inf` at 0, −1, −2, ... Its derivative is \
              `digamma x`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "digamma",
        operands: &[Operand::smooth("x", "polygamma(1, x)", 0.3, 6.0)],
        value: |x| gamma::digamma(x[0]),
        notation: Notation::Function("ψ"),
        cost: 40,
        doc: "The logarithmic derivative of the gamma function, `ψ(x) = Γ′(x)/Γ(x)`; `∓inf` at ±0 and NaN at −1, −2, ..., the poles. Its \
              derivative is `polygamma(1, x)`. By reflection, recurrence and Stirling's series (Abramowitz & Stegun 1964, 6.3.5–6.3.18).",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "polygamma",
        operands: &[
            Operand::integer("n", 0.0, 3.0),
            Operand::smooth("x", "polygamma(n + 1, x)", 0.6, 6.0),
        ],
        value: |x| gamma::polygamma(x[0] as u32, x[1]),
        notation: Notation::Function("ψ"),
        cost: 60,
        public: false,
        doc: "The `n`-th derivative of the digamma function, `ψ⁽ⁿ⁾(x)`, with derivative `ψ⁽ⁿ⁺¹⁾(x)`: what second and higher derivatives \
              of `lgamma` need.",
        ..Scalar::SMOOTH
    },
];
