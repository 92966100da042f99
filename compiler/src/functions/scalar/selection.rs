//! Maximum, minimum, comparison and choice.

use super::{Kink, Notation, Operand, Scalar};

const STEPS: &str = "piecewise constant";

pub(super) const ROWS: &[Scalar] = &[
    Scalar {
        name: "max",
        operands: &[
            Operand::smooth("a", "less(b, a) + 0.5*equal(a, b)", -3.0, 3.0),
            Operand::smooth("b", "less(a, b) + 0.5*equal(a, b)", -3.0, 3.0),
        ],
        value: |x| if x[0] > x[1] || x[0].is_nan() { x[0] } else { x[1] },
        notation: Notation::Function("max"),
        cost: 1,
        commutative: true,
        doc: "The larger of `a` and `b`; NaN if either is. The derivative is 1 for the larger, 0 for the smaller, and ½ for each where they \
              are equal.",
        kinks: &[Kink { at: &[1.0, 1.0], derivative: &[0.5, 0.5] }],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "min",
        operands: &[
            Operand::smooth("a", "less(a, b) + 0.5*equal(a, b)", -3.0, 3.0),
            Operand::smooth("b", "less(b, a) + 0.5*equal(a, b)", -3.0, 3.0),
        ],
        value: |x| if x[0] < x[1] || x[0].is_nan() { x[0] } else { x[1] },
        notation: Notation::Function("min"),
        cost: 1,
        commutative: true,
        doc: "The smaller of `a` and `b`; NaN if either is. The derivative is 1 for the smaller, 0 for the larger, and ½ for each where they \
              are equal.",
        kinks: &[Kink { at: &[1.0, 1.0], derivative: &[0.5, 0.5] }],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "clamp",
        operands: &[
            Operand::gate("x", "(1 - less(x, lo))*(1 - less(hi, x))", -3.0, 3.0),
            Operand::gate("lo", "less(x, lo)*(1 - less(hi, lo))", -2.0, -1.0),
            Operand::gate("hi", "less(hi, max(x, lo))", 1.0, 2.0),
        ],
        value: |x| clamp(x[0], x[1], x[2]),
        notation: Notation::Function("clamp"),
        cost: 2,
        doc: "The nearest number to `x` in `[lo, hi]`, `y = min(max(x, lo), hi)`; NaN if `x` is. The derivative for `x` is 1 on the closed \
              interval, so that a value resting on a bound can leave it, and 0 outside; a bound has derivative 1 where `x` is strictly \
              beyond it.",
        kinks: &[
            Kink { at: &[-1.0, -1.0, 1.0], derivative: &[1.0, 0.0, 0.0] },
            Kink { at: &[1.0, -1.0, 1.0], derivative: &[1.0, 0.0, 0.0] },
            Kink { at: &[2.0, -1.0, 1.0], derivative: &[0.0, 0.0, 1.0] },
        ],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "equal",
        operands: &[Operand::zero("a", STEPS, -3.0, 3.0), Operand::zero("b", STEPS, -3.0, 3.0)],
        value: |x| f64::from(x[0] == x[1]),
        notation: Notation::Indicator("="),
        cost: 1,
        commutative: true,
        doc: "1 where `a = b`, else 0; NaN equals nothing. Piecewise constant, so its derivatives are 0.",
        kinks: &[Kink { at: &[1.0, 1.0], derivative: &[0.0, 0.0] }],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "less",
        operands: &[Operand::zero("a", STEPS, -3.0, 3.0), Operand::zero("b", STEPS, -3.0, 3.0)],
        value: |x| f64::from(x[0] < x[1]),
        notation: Notation::Indicator("<"),
        cost: 1,
        doc: "1 where `a < b`, else 0; NaN is not less. Piecewise constant, so its derivatives are 0.",
        kinks: &[Kink { at: &[1.0, 1.0], derivative: &[0.0, 0.0] }],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "at_most",
        operands: &[Operand::zero("a", STEPS, -3.0, 3.0), Operand::zero("b", STEPS, -3.0, 3.0)],
        value: |x| f64::from(x[0] <= x[1]),
        notation: Notation::Indicator("≤"),
        cost: 1,
        doc: "1 where `a ≤ b`, else 0; NaN is not at most anything, so this is not the opposite of `b < a`. Piecewise constant, so its \
              derivatives are 0.",
        kinks: &[Kink { at: &[1.0, 1.0], derivative: &[0.0, 0.0] }],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "pick",
        operands: &[Operand::condition("c"), Operand::gate("x", "c", -3.0, 3.0)],
        value: |x| if x[0] == 0.0 { 0.0 } else { x[1] },
        notation: Notation::Function("pick"),
        cost: 1,
        public: false,
        doc: "`x` where `c` is not 0, else 0, even where `x` is infinite or NaN. The adjoint passes through the same gate.",
        kinks: &[
            Kink { at: &[0.0, 2.0], derivative: &[0.0, 0.0] },
            Kink { at: &[0.0, f64::NAN], derivative: &[0.0, 0.0] },
        ],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "select",
        operands: &[
            Operand::condition("c"),
            Operand::guard("a", "c", -3.0, 3.0),
            Operand::guard("b", "equal(c, 0)", -3.0, 3.0),
        ],
        value: |x| if x[0] == 0.0 { x[2] } else { x[1] },
        notation: Notation::Function("select"),
        cost: 1,
        doc: "`a` where `c` is not 0, else `b`. The adjoint passes to the one chosen; nothing of the other leaks, neither as value nor as \
              derivative.",
        kinks: &[
            Kink { at: &[0.0, f64::NAN, 2.0], derivative: &[0.0, 0.0, 1.0] },
            Kink { at: &[1.0, 2.0, f64::NAN], derivative: &[0.0, 1.0, 0.0] },
        ],
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "stop",
        operands: &[Operand::zero("x", "a constant by definition", -3.0, 3.0)],
        value: |x| x[0],
        notation: Notation::Function("stop"),
        cost: 0,
        public: true,
        doc: "The identity `y = x`, taken for a constant by the chain rule: its derivative is 0 by definition. For shifts that cancel in \
              exact arithmetic, such as the maximum in `logsumexp`.",
        ..Scalar::SMOOTH
    },
    Scalar {
        name: "hold",
        operands: &[Operand::smooth("x", "1", -3.0, 3.0), Operand::integer("n", 0.0, 9.0)],
        value: |x| x[0],
        notation: Notation::Function("hold"),
        cost: 0,
        public: false,
        doc: "The identity `y = x`, kept apart under the number `n` for as long as derivatives inside the model are taken for it: a variable \
              of its own, whatever it was computed from.",
        ..Scalar::SMOOTH
    },
];

fn clamp(x: f64, low: f64, high: f64) -> f64 {
    let raised = if x < low { low } else { x };
    if raised > high { high } else { raised }
}
