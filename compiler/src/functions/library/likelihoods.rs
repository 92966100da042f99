//! Losses that are negative log-likelihoods of distributions with two parameters, and of Dirichlet's.

use super::{Definition, DefinitionKind, PREDICTION_AND_TARGET, Parameter, Target};

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "laplace",
        body: "let log_scale = part(prediction, 1);
               sum(0.6931471805599453 + log_scale + abs(target - part(prediction, 0))*exp(-log_scale))",
        formula: "Σ ln 2 + sᵢ + |yᵢ − mᵢ|·exp(−sᵢ), with m = p[0] and s = p[1]",
        doc: "The negative log-likelihood under Laplace's distribution whose median and logarithmic scale are predicted (Laplace 1774), \
              summed over the outputs. The prediction is `[2]` for a number as target, `[2, D]` for a target `[D]`. The derivative at a zero \
              error is 0 for the median.",
        ..TWO
    },
    Definition {
        name: "student_t",
        parameters: &[
            Parameter::tensor("prediction"),
            Parameter::tensor("target"),
            Parameter::number("freedom", 0.0, f64::INFINITY, 4.0),
        ],
        body: "-sum(student_t_log_density(target, part(prediction, 0), part(prediction, 1), freedom))",
        formula: "−Σ ln t(yᵢ; mᵢ, exp(sᵢ), ν), with m = p[0] and s = p[1]",
        doc: "The negative log-likelihood under Student's t, whose location and logarithmic scale are predicted, summed over the outputs: a \
              regression that forgives outliers (Lange, Little & Taylor 1989, *Robust Statistical Modeling Using the t Distribution*). The \
              prediction is `[2]` for a number as target, `[2, D]` for a target `[D]`; `freedom`, the degrees of freedom, is 4 unless given. \
              To train it, use `student_t_log_density`.",
        ..TWO
    },
    Definition {
        name: "negative_binomial",
        body: "let log_mean = part(prediction, 0);
               let log_size = part(prediction, 1);
               let size = exp(log_size);
               sum(lgamma(size) + lgamma(target + 1) - lgamma(target + size)
                   + size*softplus(log_mean - log_size) + target*softplus(log_size - log_mean))",
        formula: "Σ ln Γ(r) + ln y! − ln Γ(y + r) + r·ln(1 + μ/r) + y·ln(1 + r/μ), with μ = exp p[0] and r = exp p[1]",
        doc: "The negative log-likelihood of counts whose variance `μ + μ²/r` exceeds their mean `μ`; the logarithms of `μ` and of the size \
              `r` are predicted (Hilbe 2011, *Negative Binomial Regression*), summed over the outputs. The prediction is `[2]` for a number \
              as target, `[2, D]` for a target `[D]`. For a size far above the counts two large logarithms cancel: use `poisson` there.",
        ..TWO
    },
    Definition {
        name: "gamma",
        body: "let log_mean = part(prediction, 0);
               let log_shape = part(prediction, 1);
               let shape = exp(log_shape);
               sum(lgamma(shape) + shape*(log_mean - log_shape + target*exp(-log_mean))
                   - xlogy(shape - 1, target))",
        formula: "Σ ln Γ(k) − k·ln(k/μ) − (k − 1)·ln y + k·y/μ, with μ = exp p[0] and k = exp p[1]",
        doc: "The negative log-likelihood of positive numbers under a gamma distribution, the logarithms of whose mean `μ` and shape `k` are \
              predicted (McCullagh & Nelder 1989, *Generalized Linear Models*, chapter 8), summed over the outputs. The prediction is `[2]` \
              for a number as target, `[2, D]` for a target `[D]`.",
        ..TWO
    },
    Definition {
        name: "beta",
        body: "let a = exp(part(prediction, 0));
               let b = exp(part(prediction, 1));
               sum(lgamma(a) + lgamma(b) - lgamma(a + b)
                   - xlogy(a - 1, target) - xlogy(b - 1, 1 - target))",
        formula: "Σ ln B(α, β) − (α − 1)·ln y − (β − 1)·ln(1 − y), with α = exp p[0] and β = exp p[1]",
        doc: "The negative log-likelihood of numbers between 0 and 1 under a beta distribution, the logarithms of whose parameters are \
              predicted (Ferrari & Cribari-Neto 2004, *Beta Regression for Modelling Rates and Proportions*), summed over the outputs. The \
              prediction is `[2]` for a number as target, `[2, D]` for a target `[D]`.",
        ..TWO
    },
    Definition {
        name: "dirichlet",
        parameters: PREDICTION_AND_TARGET,
        body: "let a = exp(prediction);
               sum(lgamma(a) - xlogy(a - 1, target)) - sum(lgamma(sum(a, [-1])))",
        formula: "Σ ln Γ(αᵢ) − (αᵢ − 1)·ln yᵢ − ln Γ(Σ αᵢ), with α = exp p",
        doc: "The negative log-likelihood of shares, of the prediction's shape and summing to 1 over its last axis, under a Dirichlet \
              distribution, the logarithms of whose concentrations are predicted (Minka 2000, *Estimating a Dirichlet Distribution*).",
        ..Definition::LOSS
    },
];

/// A likelihood of two predicted parameters for each target.
const TWO: Definition =
    Definition { kind: DefinitionKind::Loss(Target::Slice(2)), ..Definition::LOSS };
