//! Cells of recurrent networks: one step in time each, for a loop over the steps.

use super::{DefaultAxes, Definition, Parameter};

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "rnn_cell",
        parameters: CELL,
        body: "tanh(dot(x, w) + dot(h, u) + b)",
        formula: "tanh(x·w + h·u + b)",
        doc: "The state after a step of a simple recurrent network (Elman 1990, *Finding Structure in Time*): `x` is `[D]`, the state `h` and \
              `b` are `[H]`, `w` is `[D, H]`, `u` is `[H, H]`.",
        ..STEP
    },
    Definition {
        name: "gru_cell",
        parameters: CELL,
        body: "let gates = einsum(\"d,gdh->gh\", x, w) + b;
               let reset = sigmoid(part(gates, 0) + dot(h, part(u, 0)));
               let update = sigmoid(part(gates, 1) + dot(h, part(u, 1)));
               let new = tanh(part(gates, 2) + dot(reset*h, part(u, 2)));
               new + update*(h - new)",
        formula: "z·h + (1 − z)·tanh(x·w₂ + (r·h)·u₂ + b₂), with r = σ(x·w₀ + h·u₀ + b₀) and z = σ(x·w₁ + h·u₁ + b₁)",
        doc: "The state after a step of a gated recurrent unit (Cho et al. 2014, *Learning Phrase Representations using RNN \
              Encoder–Decoder*): `x` is `[D]`, the state `h` is `[H]`, and the parameters have the gates reset, update and new as their \
              first axis: `w` is `[3, D, H]`, `u` is `[3, H, H]`, `b` is `[3, H]`. The reset gate acts on the state, before the product.",
        ..STEP
    },
    Definition {
        name: "lstm_memory",
        parameters: WITH_MEMORY,
        body: "let gates = einsum(\"d,gdh->gh\", x, w) + einsum(\"k,gkh->gh\", h, u) + b;
               sigmoid(part(gates, 1))*c + sigmoid(part(gates, 0))*tanh(part(gates, 2))",
        formula: "σ(f)·c + σ(i)·tanh(g), with i, f, g, o = x·w + h·u + b",
        doc: "The memory after a step of a long short-term memory, from the state `h` and the memory `c` before it; the parameters are those \
              of `lstm_cell`. With `lstm_hidden` it is the cell in two parts, for a loop that carries state and memory apart; what they have \
              in common is computed once.",
        ..STEP
    },
    Definition {
        name: "lstm_hidden",
        parameters: WITH_MEMORY,
        body: "let gates = einsum(\"d,gdh->gh\", x, w) + einsum(\"k,gkh->gh\", h, u) + b;
               sigmoid(part(gates, 3))*tanh(c)",
        formula: "σ(o)·tanh(c), with i, f, g, o = x·w + h·u + b",
        doc: "The state after a step of a long short-term memory, from the state `h` before it and the memory `c` after it, which \
              `lstm_memory` gives.",
        ..STEP
    },
    Definition {
        name: "lstm_cell",
        parameters: &[
            Parameter::tensor("x"),
            Parameter::tensor("state"),
            Parameter::tensor("w"),
            Parameter::tensor("u"),
            Parameter::tensor("b"),
        ],
        body: "let h = part(state, 0);
               let c = lstm_memory(x, h, part(state, 1), w, u, b);
               stack(lstm_hidden(x, h, c, w, u, b), c)",
        formula: "[σ(o)·tanh c′, c′], with c′ = σ(f)·c + σ(i)·tanh(g) and i, f, g, o = x·w + h·u + b",
        doc: "State and memory after a step of a long short-term memory (Hochreiter & Schmidhuber 1997; with the forget gate of Gers, \
              Schmidhuber & Cummins 2000): `x` is `[D]`, `state` is `[2, H]`, first the state `h`, then the memory `c`. The parameters have \
              the gates input, forget, new and output as their first axis: `w` is `[4, D, H]`, `u` is `[4, H, H]`, `b` is `[4, H]`.",
        ..STEP
    },
];

const CELL: &[Parameter] = &[
    Parameter::tensor("x"),
    Parameter::tensor("h"),
    Parameter::tensor("w"),
    Parameter::tensor("u"),
    Parameter::tensor("b"),
];

const WITH_MEMORY: &[Parameter] = &[
    Parameter::tensor("x"),
    Parameter::tensor("h"),
    Parameter::tensor("c"),
    Parameter::tensor("w"),
    Parameter::tensor("u"),
    Parameter::tensor("b"),
];

const STEP: Definition = Definition { axes: DefaultAxes::None, ..Definition::FUNCTION };
