//! Functions that bring values to a common scale: softmax, standardization and the layers made of it, unit vectors, cosine similarity.

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
    Definition {
        name: "normalize",
        axes: DefaultAxes::Last,
        body: "let squares = sum(x*x, axes, keep = 1);
               pick(squares, x/sqrt(squares + equal(squares, 0)))",
        formula: "xᵢ/√(Σ xⱼ²)",
        doc: "The vector of length 1 over the last axis, or the axes given; the shape stays. Of a zero vector it is 0, with derivative 0, by \
              convention.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "standardize",
        parameters: &[Parameter::tensor("x"), EPSILON],
        axes: DefaultAxes::Last,
        body: "let deviation = x - sum(x, axes, keep = 1)/count(x, axes);
               let variance = sum(deviation*deviation, axes, keep = 1)/count(x, axes);
               deviation/sqrt(variance + epsilon)",
        formula: "(xᵢ − mean x)/√(var x + ε)",
        doc: "Mean 0 and variance 1 over the last axis, or the axes given; the shape stays. `epsilon`, 10⁻⁵ unless given, keeps the quotient \
              finite where all values are equal.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "layer_norm",
        parameters: &[
            Parameter::tensor("x"),
            Parameter::tensor("gain"),
            Parameter::tensor("bias"),
            EPSILON,
        ],
        axes: DefaultAxes::Last,
        body: "standardize(x, axes, epsilon)*gain + bias",
        formula: "gᵢ·(xᵢ − mean x)/√(var x + ε) + bᵢ",
        doc: "Standardized over the last axis, or the axes given, then scaled and shifted by `gain` and `bias`, which broadcast: of the \
              extent of the last axis, usually (Ba, Kiros & Hinton 2016, *Layer Normalization*). `epsilon` is 10⁻⁵ unless given. Start \
              `gain` at one: `#[init(ones)]`.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "rms_norm",
        parameters: &[Parameter::tensor("x"), Parameter::tensor("gain"), EPSILON],
        axes: DefaultAxes::Last,
        body: "x/sqrt(sum(x*x, axes, keep = 1)/count(x, axes) + epsilon)*gain",
        formula: "gᵢ·xᵢ/√(mean x² + ε)",
        doc: "Divided by the root of the mean square over the last axis, or the axes given, then scaled by `gain`, which broadcasts (Zhang & \
              Sennrich 2019, *Root Mean Square Layer Normalization*). `epsilon` is 10⁻⁵ unless given. Start `gain` at one: `#[init(ones)]`.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "batch_norm",
        parameters: &[
            Parameter::tensor("x"),
            Parameter::tensor("gain"),
            Parameter::tensor("bias"),
            EPSILON,
        ],
        axes: DefaultAxes::None,
        body: "standardize(x, [0], epsilon)*gain + bias",
        formula: "gᵢ·(x[n,i] − mean x[·,i])/√(var x[·,i] + ε) + bᵢ",
        doc: "Standardized over the first axis, which stands for a batch, then scaled and shifted (Ioffe & Szegedy 2015, *Batch \
              Normalization*). A model is written for one example, so the batch is an axis of its own: `x: Input<B, D>` or `x: Data<B, D>`. \
              The statistics are those of the values given, in predictions too: nothing is averaged over steps. `epsilon` is 10⁻⁵ unless \
              given.",
        ..Definition::FUNCTION
    },
];

/// What keeps a quotient finite where a variance is 0.
const EPSILON: Parameter = Parameter::number("epsilon", 0.0, f64::INFINITY, 1e-5);
