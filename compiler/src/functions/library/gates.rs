//! Gated units: a value times a function of another.

use super::{DefaultAxes, Definition, Parameter};

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "glu",
        body: "x*sigmoid(gate)",
        formula: "x·σ(g)",
        doc: "The gated linear unit (Dauphin, Fan, Auli & Grangier 2017, *Language Modeling with Gated Convolutional Networks*). Value and \
              gate are two arguments, usually two products of one input, `glu(x.dot(w), x.dot(v))`.",
        ..GATED
    },
    Definition {
        name: "reglu",
        body: "x*relu(gate)",
        formula: "x·max(g, 0)",
        doc: "The gated unit with `relu` (Shazeer 2020, *GLU Variants Improve Transformer*).",
        ..GATED
    },
    Definition {
        name: "geglu",
        body: "x*gelu(gate)",
        formula: "x·g·Φ(g)",
        doc: "The gated unit with `gelu` (Shazeer 2020, *GLU Variants Improve Transformer*).",
        ..GATED
    },
    Definition {
        name: "swiglu",
        body: "x*silu(gate)",
        formula: "x·g·σ(g)",
        doc: "The gated unit with `silu` (Shazeer 2020, *GLU Variants Improve Transformer*).",
        ..GATED
    },
];

const GATED: Definition = Definition {
    parameters: &[Parameter::tensor("x"), Parameter::tensor("gate")],
    axes: DefaultAxes::None,
    ..Definition::FUNCTION
};
