//! Functions that bring a vector to a common scale: softmax and its logarithm, cosine similarity.

use super::{DefaultAxes, Definition, Parameter};

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "softmax",
        axes: DefaultAxes::Last,
        body: "let weights = exp(x - stop(max_over(x, axes, keep = 1)));
               weights/sum(weights, axes, keep = 1)",
        formula: "exp(xᵢ)/Σ exp(xⱼ)",
        doc: "Positive weights that sum to 1 over the last axis, or the axes given; the shape stays. Shifted by the largest value, so that no \
              exponential overflows; the shift cancels, so its derivative is not followed. A value of `−inf` has weight 0; where all are \
              `−inf`, or one is `+inf`, the weights are `0/0` or `inf/inf` and so NaN.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "log_softmax",
        axes: DefaultAxes::Last,
        body: "let shifted = x - stop(max_over(x, axes, keep = 1));
               shifted - ln(sum(exp(shifted), axes, keep = 1))",
        formula: "xᵢ − ln Σ exp(xⱼ)",
        doc: "The logarithm of `softmax` over the last axis, or the axes given; the shape stays. Finite where the weight itself underflows, \
              and `−inf` for a value of `−inf`.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "cosine_similarity",
        parameters: &[Parameter::tensor("a"), Parameter::tensor("b")],
        axes: DefaultAxes::Last,
        body: "let p = norm(a, axes);
               let q = norm(b, axes);
               pick(p, pick(q, sum(a*b, axes)/(p + equal(p, 0))/(q + equal(q, 0))))",
        formula: "Σ aᵢ·bᵢ/(‖a‖·‖b‖)",
        doc: "The cosine of the angle between `a` and `b` over the last axis, or the axes given, which go. Divided by one norm after the \
              other, since their product may leave the range of the scalar type. Of a zero vector it is 0, with derivative 0, by \
              convention.",
        ..Definition::FUNCTION
    },
];
