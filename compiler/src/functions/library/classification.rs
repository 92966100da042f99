//! Losses for classes and probabilities: each of one example, from its logits and a target.

use super::{Definition, DefinitionKind, Parameter, Target};

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "binary_cross_entropy",
        body: "sum(softplus(prediction) - target*prediction)",
        formula: "Σ ln(1 + exp(zᵢ)) − yᵢ·zᵢ",
        doc: "The negative log-likelihood of yes and no, from logits `z` (not probabilities), summed over the outputs; the targets, of the \
              prediction's shape, are 1 and 0 or probabilities (Cox 1958, *The Regression Analysis of Binary Sequences*). Equal to \
              `−y·ln σ(z) − (1 − y)·ln(1 − σ(z))` without its infinities; its derivative is `σ(z) − y`.",
        ..Definition::LOSS
    },
    Definition {
        name: "cross_entropy",
        parameters: &[Parameter::tensor("prediction"), Parameter::class("target")],
        kind: DefinitionKind::Loss(Target::Class),
        body: "-sum(pick(one_hot_like(target, prediction), log_softmax(prediction)))",
        formula: "ln Σ exp(zⱼ) − z[class]",
        doc: "The negative log-likelihood of a class, from logits `z` along the prediction's last axis (not probabilities); the target is the \
              class, an index (Bridle 1990, *Probabilistic Interpretation of Feedforward Classification Network Outputs*). The logit of \
              the class is shifted before the logarithm is subtracted, so large logits do not cancel; a logit of `−inf` rules its class \
              out without making the loss of another NaN. Its derivative is `softmax z − one_hot(class)`.",
        ..Definition::LOSS
    },
    Definition {
        name: "smooth_cross_entropy",
        parameters: &[
            Parameter::tensor("prediction"),
            Parameter::class("target"),
            Parameter::number("smoothing", 0.0, 1.0, 0.1),
        ],
        kind: DefinitionKind::Loss(Target::Class),
        body: "(1 - smoothing)*cross_entropy(prediction, target)
               - smoothing*sum(log_softmax(prediction))/count(prediction, [-1])",
        formula: "−(1 − s)·ln softmax(z)[class] − (s/K)·Σ ln softmax(z)ⱼ",
        doc: "The cross entropy of a class whose probability is smoothed: a share `smoothing` of it, 0.1 unless given, is spread over all \
              classes (Szegedy, Vanhoucke, Ioffe, Shlens & Wojna 2016, *Rethinking the Inception Architecture*). From logits `z` along the \
              prediction's last axis; the target is the class, an index.",
        ..Definition::LOSS
    },
    Definition {
        name: "focal",
        parameters: &[
            Parameter::tensor("prediction"),
            Parameter::tensor("target"),
            Parameter::number("gamma", 0.0, f64::INFINITY, 2.0),
        ],
        body: "let yes = softplus(-prediction);
               let no = softplus(prediction);
               sum(target*exp(-gamma*no)*yes + (1 - target)*exp(-gamma*yes)*no)",
        formula: "−Σ yᵢ·(1 − σ(zᵢ))^γ·ln σ(zᵢ) + (1 − yᵢ)·σ(zᵢ)^γ·ln(1 − σ(zᵢ))",
        doc: "The cross entropy of yes and no with less weight on what is right already (Lin, Goyal, Girshick, He & Dollár 2017, *Focal Loss \
              for Dense Object Detection*), from logits `z`, summed over the outputs; targets of the prediction's shape, 1 and 0; `gamma` is \
              2 unless given. `1 − σ(z) = exp(−softplus(z))`, so nothing is rounded away.",
        ..Definition::LOSS
    },
    Definition {
        name: "soft_cross_entropy",
        body: "let l = log_softmax(prediction);
               -sum(pick(1 - equal(target, 0)*equal(l, 2*l), target*l))",
        formula: "−Σ yᵢ·ln softmax(z)ᵢ",
        doc: "The cross entropy of target probabilities, of the prediction's shape and summing to 1 over its last axis, against the softmax \
              of logits `z`. A probability of 0 counts for nothing, even where the logit is `−inf`: `l = 2l` holds for infinities, and for \
              the `l = 0` that the product leaves at 0 anyway.",
        ..Definition::LOSS
    },
    Definition {
        name: "kl_divergence",
        body: "sum(xlogy(target, target)) + soft_cross_entropy(prediction, target)",
        formula: "Σ yᵢ·(ln yᵢ − ln softmax(z)ᵢ)",
        doc: "The divergence of target probabilities, of the prediction's shape and summing to 1 over its last axis, from the softmax of \
              logits `z` (Kullback & Leibler 1951, *On Information and Sufficiency*); `0·ln 0 = 0`. The soft cross entropy less the \
              target's entropy, so its gradient is the same and its minimum 0.",
        ..Definition::LOSS
    },
    Definition {
        name: "hinge",
        body: "sum(relu(1 - target*prediction))",
        formula: "Σ max(1 − yᵢ·pᵢ, 0)",
        doc: "The margin loss of support vector machines (Cortes & Vapnik 1995), summed over the outputs; the targets, of the prediction's \
              shape, are 1 and −1. The derivative on the margin, `y·p = 1`, is 0.",
        ..Definition::LOSS
    },
];
