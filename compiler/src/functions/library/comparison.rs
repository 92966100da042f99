//! Losses that learn a representation by comparing examples: functions of representations, without a target.

use super::{DefaultAxes, Definition, Parameter};

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "triplet",
        parameters: &[
            Parameter::tensor("anchor"),
            Parameter::tensor("positive"),
            Parameter::tensor("negative"),
            Parameter::number("margin", 0.0, f64::INFINITY, 1.0),
        ],
        axes: DefaultAxes::Last,
        body: "let near = anchor - positive;
               let far = anchor - negative;
               relu(sum(near*near, axes) - sum(far*far, axes) + margin)",
        formula: "max(‖a − p‖² − ‖a − n‖² + margin, 0)",
        doc: "What the anchor is nearer to the negative than to the positive, in squared distance over the last axis, or the axes given, which \
              go; at least by `margin`, 1 unless given (Schroff, Kalenichenko & Philbin 2015, *FaceNet*). The derivative on the margin is 0.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "contrastive",
        parameters: &[
            Parameter::tensor("a"),
            Parameter::tensor("b"),
            Parameter::tensor("same"),
            Parameter::number("margin", 0.0, f64::INFINITY, 1.0),
        ],
        axes: DefaultAxes::Last,
        body: "let distance = norm(a - b, axes);
               same*square(distance) + (1 - same)*square(relu(margin - distance))",
        formula: "y·d² + (1 − y)·max(margin − d, 0)², with d = ‖a − b‖",
        doc: "The loss of a pair: it draws together what is the same (`same` is 1) and pushes apart, up to `margin`, what is not (0) (Hadsell, \
              Chopra & LeCun 2006, *Dimensionality Reduction by Learning an Invariant Mapping*). Over the last axis, or the axes given, which \
              go.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "info_nce",
        parameters: &[
            Parameter::tensor("queries"),
            Parameter::tensor("keys"),
            Parameter::number("temperature", 0.0, f64::INFINITY, 0.1),
        ],
        axes: DefaultAxes::None,
        body: "let scores = einsum(\"id,jd->ij\", queries, keys)/temperature;
               (sum(logsumexp(scores, [1])) - trace(scores))/count(scores, [0])",
        formula: "−(1/B)·Σᵢ ln softmax(q·kᵀ/τ)[i, i]",
        doc: "How well each of `B` queries finds its own key among all: queries and keys are `[B, D]`, the batch an axis of its own (van den \
              Oord, Li & Vinyals 2018, *Representation Learning with Contrastive Predictive Coding*). `normalize` both for cosine \
              similarities; `temperature` is 0.1 unless given.",
        ..Definition::FUNCTION
    },
];
