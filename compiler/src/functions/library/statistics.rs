//! Reductions: mean, variance, norm, extrema, the logarithm of a sum of exponentials.

use super::Definition;

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "mean",
        body: "sum(x, axes)/count(x, axes)",
        formula: "(1/n)·Σ xᵢ",
        doc: "The arithmetic mean over the axes, which go.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "var",
        body: "let deviation = x - sum(x, axes, keep = 1)/count(x, axes);
               sum(deviation*deviation, axes)/count(x, axes)",
        formula: "(1/n)·Σ (xᵢ − mean x)²",
        doc: "The population variance over the axes, which go: divided by `n`, not by `n − 1`. By deviations from the mean, since \
              `mean x² − (mean x)²` cancels.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "std",
        body: "let variance = var(x, axes); pick(variance, sqrt(variance + equal(variance, 0)))",
        formula: "√((1/n)·Σ (xᵢ − mean x)²)",
        doc: "The population standard deviation over the axes, which go: the root of `var`. Where all values are equal, the tip of the \
              cone, the derivative is 0 by convention; the root is taken of 1 there and not picked, as `sqrt′(0)·0` would be NaN.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "norm",
        body: "let squares = sum(x*x, axes); pick(squares, sqrt(squares + equal(squares, 0)))",
        formula: "√(Σ xᵢ²)",
        doc: "The Euclidean norm over the axes, which go; of a matrix the Frobenius norm. At the zero vector, the tip of the cone, the \
              derivative is 0 by convention, the middle of the subdifferential: the root is taken of 1 there and not picked, as \
              `sqrt′(0)·0` would be NaN. The squares must be in the range of the scalar type: a vector whose squares all underflow counts \
              as zero.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "max",
        body: "max_over(x, axes)",
        formula: "max xᵢ",
        doc: "The largest value over the axes, which go. Values that tie for it share the derivative equally. Of two operands, `max(a, b)` \
              is elementwise.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "min",
        body: "min_over(x, axes)",
        formula: "min xᵢ",
        doc: "The smallest value over the axes, which go. Values that tie for it share the derivative equally. Of two operands, \
              `min(a, b)` is elementwise.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "logsumexp",
        body: "let largest = max_over(x, axes, keep = 1);
               let shift = stop(pick(equal(largest - largest, 0), largest));
               ln(sum(exp(x - shift), axes)) + sum(shift, axes)",
        formula: "ln Σ exp(xᵢ)",
        doc: "The logarithm of the sum of exponentials over the axes, which go; its derivative is `softmax x`. Shifted by the largest \
              value, so that no exponential overflows; the shift cancels, so its derivative is not followed. An infinite largest value is \
              no shift (`largest − largest` is 0 only for a finite one): `+inf` among the values gives `+inf`, values that are all `−inf` \
              give `−inf`, and single `−inf`s count for nothing.",
        ..Definition::FUNCTION
    },
];
