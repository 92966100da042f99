//! Losses for numbers: each of one example, from its prediction and a target.

use super::{Definition, DefinitionKind, PREDICTION_AND_TARGET, Parameter, Target};

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "squared_error",
        body: "let error = prediction - target; sum(error*error)",
        formula: "Σ (pᵢ − yᵢ)²",
        doc: "The sum of squared errors over the outputs (Legendre 1805), for a target of the prediction's shape.",
        ..Definition::LOSS
    },
    Definition {
        name: "mean_squared_error",
        body: "let error = prediction - target; mean(error*error)",
        formula: "(1/n)·Σ (pᵢ − yᵢ)²",
        doc: "The mean of squared errors over the outputs, for a target of the prediction's shape.",
        ..Definition::LOSS
    },
    Definition {
        name: "absolute_error",
        body: "sum(abs(prediction - target))",
        formula: "Σ |pᵢ − yᵢ|",
        doc: "The sum of absolute errors over the outputs (Boscovich 1757, Laplace 1774), for a target of the prediction's shape; it fits \
              the median. The derivative at a zero error is 0.",
        ..Definition::LOSS
    },
    Definition {
        name: "mean_absolute_error",
        body: "mean(abs(prediction - target))",
        formula: "(1/n)·Σ |pᵢ − yᵢ|",
        doc: "The mean of absolute errors over the outputs, for a target of the prediction's shape. The derivative at a zero error is 0.",
        ..Definition::LOSS
    },
    Definition {
        name: "huber",
        parameters: &[
            Parameter::tensor("prediction"),
            Parameter::tensor("target"),
            Parameter::number("delta", 0.0, f64::INFINITY, 1.0),
        ],
        body: "let error = prediction - target;
               let near = clamp(error, -delta, delta);
               sum(near*(error - 0.5*near))",
        formula: "Σ ½e² where |e| ≤ δ, else δ·(|e| − ½δ), with e = pᵢ − yᵢ",
        doc: "Squared for small errors, absolute for those beyond `delta` (Huber 1964, *Robust Estimation of a Location Parameter*), summed \
              over the outputs; for a target of the prediction's shape and a positive `delta`, 1 unless given. With `c` the error clamped \
              to `[−δ, δ]`, both branches are `c·(e − ½c)`, whose derivative is `c`: no branch, and no jump at `δ`.",
        ..Definition::LOSS
    },
    Definition {
        name: "log_cosh",
        body: "sum(log_cosh(prediction - target))",
        formula: "Σ ln cosh(pᵢ − yᵢ)",
        doc: "Smooth everywhere, like half the squared error near 0 and the absolute error far out, summed over the outputs; for a target of \
              the prediction's shape. Its derivative is `tanh(p − y)`. Of one operand, `log_cosh(x)` is the elementwise function.",
        ..Definition::LOSS
    },
    Definition {
        name: "quantile",
        parameters: &[
            Parameter::tensor("prediction"),
            Parameter::tensor("target"),
            Parameter::number("q", 0.0, 1.0, 0.5),
        ],
        body: "let error = target - prediction; sum(max(q*error, (q - 1)*error))",
        formula: "Σ max(q·e, (q − 1)·e), with e = yᵢ − pᵢ",
        doc: "The pinball loss (Koenker & Bassett 1978, *Regression Quantiles*), summed over the outputs: it fits the `q`-quantile of the \
              target, the median unless given. For a target of the prediction's shape and `q` between 0 and 1. At a zero error the two \
              branches share the derivative equally: it is `½ − q` for the prediction.",
        ..Definition::LOSS
    },
    Definition {
        name: "poisson",
        body: "sum(exp(prediction) - target*prediction)",
        formula: "Σ exp(pᵢ) − yᵢ·pᵢ",
        doc: "The negative log-likelihood of counts under a Poisson distribution whose logarithmic rate is predicted (Nelder & Wedderburn \
              1972, *Generalized Linear Models*), summed over the outputs, for a target of the prediction's shape; without `ln y!`, which \
              no parameter changes.",
        ..Definition::LOSS
    },
    Definition {
        name: "gaussian",
        parameters: PREDICTION_AND_TARGET,
        kind: DefinitionKind::Loss(Target::Slice(2)),
        body: "let log_variance = part(prediction, 1);
               let error = target - part(prediction, 0);
               sum(0.5*(1.8378770664093453 + log_variance + error*error*exp(-log_variance)))",
        formula: "Σ ½·(ln 2π + sᵢ + (yᵢ − mᵢ)²·exp(−sᵢ)), with m = p[0] and s = p[1]",
        doc: "The negative log-likelihood under a normal distribution whose mean and logarithmic variance are predicted (Nix & Weigend \
              1994, *Estimating the Mean and Variance of the Target Probability Distribution*), summed over the outputs. The prediction is \
              `[2]` for a number as target, `[2, D]` for a target `[D]`: first the means, then the logarithms of the variances.",
        ..Definition::LOSS
    },
];
