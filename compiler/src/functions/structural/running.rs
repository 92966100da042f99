//! Products, and results that run along an axis.

use super::{Arity, Axes, Structural};

/// The primitives that go along an axis step by step.
pub(super) static TABLE: &[Structural] = &[
    Structural {
        name: "prod",
        aliases: &["Π"],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::Optional,
        public: true,
        doc: "The product over all axes, or the axes given, which go: `y = Πᵢ xᵢ`. Its derivative is right where elements are 0.",
    },
    Structural {
        name: "cumsum",
        aliases: &[],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::Optional,
        public: true,
        doc: "Sums that run along an axis, the only one of a vector: `y[i] = Σ_{j ≤ i} x[j]`. The shape is that of `x`.",
    },
    Structural {
        name: "cumprod",
        aliases: &[],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::Optional,
        public: true,
        doc: "Products that run along an axis, the only one of a vector: `y[i] = Π_{j ≤ i} x[j]`. The shape is that of `x`.",
    },
];
