//! Logarithms of densities, and divergences between normal distributions: what likelihoods and variational bounds are made of.

use super::{DefaultAxes, Definition, Parameter};

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "gaussian_log_density",
        parameters: &[
            Parameter::tensor("x"),
            Parameter::tensor("location"),
            Parameter::tensor("log_variance"),
        ],
        axes: DefaultAxes::None,
        body: "let deviation = x - location;
               -0.5*(1.8378770664093453 + log_variance + deviation*deviation*exp(-log_variance))",
        formula: "−½·(ln 2π + s + (x − m)²·exp(−s))",
        doc: "The logarithm of the normal density with mean `location` and logarithmic variance `log_variance`, elementwise: sum it for \
              several independent values.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "student_t_log_density",
        parameters: &[
            Parameter::tensor("x"),
            Parameter::tensor("location"),
            Parameter::tensor("log_scale"),
            Parameter::tensor("freedom"),
        ],
        axes: DefaultAxes::None,
        body: "let z = (x - location)*exp(-log_scale)/sqrt(freedom);
               lgamma(0.5*(freedom + 1)) - lgamma(0.5*freedom) - 0.5*(1.1447298858494002 + ln(freedom))
               - log_scale - (freedom + 1)*ln(hypot(1, z))",
        formula: "ln Γ((ν + 1)/2) − ln Γ(ν/2) − ½·ln(πν) − s − ((ν + 1)/2)·ln(1 + (x − m)²·exp(−2s)/ν)",
        doc: "The logarithm of the density of Student's t with `freedom` degrees of freedom, which may be trained, elementwise (Student \
              1908, *The Probable Error of a Mean*). Written with `hypot`, so that an outlier does not overflow.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "gaussian_mixture_log_density",
        parameters: &[
            Parameter::tensor("x"),
            Parameter::tensor("logits"),
            Parameter::tensor("locations"),
            Parameter::tensor("log_variances"),
        ],
        axes: DefaultAxes::None,
        body: "logsumexp(log_softmax(logits) + gaussian_log_density(x, locations, log_variances), [-1])",
        formula: "ln Σⱼ softmax(a)ⱼ·N(x; mⱼ, exp(sⱼ))",
        doc: "The logarithm of the density of a mixture of normal distributions, one for each element of the last axis of `logits`, \
              `locations` and `log_variances`; `x` broadcasts (Bishop 1994, *Mixture Density Networks*). For vectors, with locations \
              `[K, D]`, sum `gaussian_log_density` over the last axis first: `logsumexp(log_softmax(a) + sum(gaussian_log_density(x, m, s), \
              [1]))`.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "kl_standard_normal",
        parameters: &[Parameter::tensor("location"), Parameter::tensor("log_variance")],
        body: "0.5*sum(location*location + exp_m1(log_variance) - log_variance, axes)",
        formula: "½·Σ (mᵢ² + exp(sᵢ) − 1 − sᵢ)",
        doc: "The divergence of a normal distribution, of these means and logarithmic variances, from the standard one, summed over all \
              axes, or the axes given: the second term of the variational bound (Kingma & Welling 2014, *Auto-Encoding Variational Bayes*, \
              appendix B).",
        ..Definition::FUNCTION
    },
    Definition {
        name: "kl_gaussian",
        parameters: &[
            Parameter::tensor("location"),
            Parameter::tensor("log_variance"),
            Parameter::tensor("other_location"),
            Parameter::tensor("other_log_variance"),
        ],
        body: "let deviation = location - other_location;
               let ratio = log_variance - other_log_variance;
               0.5*sum(exp_m1(ratio) - ratio + deviation*deviation*exp(-other_log_variance), axes)",
        formula: "½·Σ (exp(sᵢ − tᵢ) − 1 − (sᵢ − tᵢ) + (mᵢ − nᵢ)²·exp(−tᵢ))",
        doc: "The divergence of one normal distribution from another, each of these means and logarithmic variances, summed over all axes, \
              or the axes given (Kullback & Leibler 1951, *On Information and Sufficiency*).",
        ..Definition::FUNCTION
    },
];
