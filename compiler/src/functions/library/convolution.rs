//! Convolutions, pooling and enlarging: sums and extrema over windows. Places come first, channels last: `[T, C]` and `[H, W, C]`.

use super::{Default, DefaultAxes, Definition, Parameter};

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "conv1d",
        parameters: CONVOLUTION,
        body: "let seen = windows(pad(x, padding, padding), extent(w), stride = stride, dilation = dilation);
               einsum(\"tkc,kco->to\", seen, w)",
        formula: "y[t, o] = Σₖ Σ_c x[stride·t + dilation·k − padding, c]·w[k, c, o]",
        doc: "The convolution of a sequence `[T, C]` with `w`, `[K, C, O]`: `[T′, O]` with `T′ = ⌊(T + 2·padding − dilation·(K − 1) − \
              1)/stride⌋ + 1` (LeCun et al. 1989, *Backpropagation Applied to Handwritten Zip Code Recognition*). What lies outside counts \
              as 0. As everywhere in networks the kernel is not reversed. Add a bias `[O]` yourself.",
        ..PLACES
    },
    Definition {
        name: "conv2d",
        parameters: CONVOLUTION,
        body: "let wide = pad(pad(x, padding, padding), padding, padding, axis = 1);
               let rows = windows(wide, extent(w), stride = stride, dilation = dilation);
               let seen = windows(rows, extent(w, axis = 1), stride = stride, dilation = dilation, axis = 2);
               einsum(\"hiwjc,ijco->hwo\", seen, w)",
        formula: "y[h, w, o] = Σᵢ Σⱼ Σ_c x[stride·h + dilation·i − padding, stride·w + dilation·j − padding, c]·w[i, j, c, o]",
        doc: "The convolution of an image `[H, W, C]` with `w`, `[I, J, C, O]`: `[H′, W′, O]`, where `H′ = ⌊(H + 2·padding − dilation·(I − 1) \
              − 1)/stride⌋ + 1` and `W′` likewise. What lies outside counts as 0. The kernel is not reversed. Add a bias `[O]` yourself.",
        ..PLACES
    },
    Definition {
        name: "max_pool1d",
        parameters: POOLING,
        body: "max_over(windows(x, size, stride = stride), [1])",
        formula: "y[t, c] = maxₖ x[stride·t + k, c]",
        doc: "The largest value in each window of `size` places of a sequence `[T, C]`: `[⌊(T − size)/stride⌋ + 1, C]`. Windows do not overlap \
              unless `stride` is given; places after the last whole window are not seen. Values that tie share the derivative equally.",
        ..PLACES
    },
    Definition {
        name: "avg_pool1d",
        parameters: POOLING,
        body: "mean(windows(x, size, stride = stride), [1])",
        formula: "y[t, c] = (1/size)·Σₖ x[stride·t + k, c]",
        doc: "The mean of each window of `size` places of a sequence `[T, C]`: `[⌊(T − size)/stride⌋ + 1, C]`. Windows do not overlap unless \
              `stride` is given; places after the last whole window are not seen.",
        ..PLACES
    },
    Definition {
        name: "max_pool2d",
        parameters: POOLING,
        body: "let rows = windows(x, size, stride = stride);
               max_over(windows(rows, size, stride = stride, axis = 2), [1, 3])",
        formula: "y[h, w, c] = maxᵢⱼ x[stride·h + i, stride·w + j, c]",
        doc: "The largest value in each square of `size` by `size` places of an image `[H, W, C]`: `[⌊(H − size)/stride⌋ + 1, …, C]`. Squares \
              do not overlap unless `stride` is given; places after the last whole square are not seen. Values that tie share the \
              derivative equally.",
        ..PLACES
    },
    Definition {
        name: "avg_pool2d",
        parameters: POOLING,
        body: "let rows = windows(x, size, stride = stride);
               mean(windows(rows, size, stride = stride, axis = 2), [1, 3])",
        formula: "y[h, w, c] = (1/size²)·Σᵢⱼ x[stride·h + i, stride·w + j, c]",
        doc: "The mean of each square of `size` by `size` places of an image `[H, W, C]`: `[⌊(H − size)/stride⌋ + 1, …, C]`. Squares do not \
              overlap unless `stride` is given; places after the last whole square are not seen.",
        ..PLACES
    },
    Definition {
        name: "upsample1d",
        parameters: ENLARGED,
        body: "reshape(repeat(x, factor, axis = 1), [factor*extent(x), extent(x, axis = 1)])",
        formula: "y[t, c] = x[⌊t/factor⌋, c]",
        doc: "Every place of a sequence `[T, C]` so many times: `[factor·T, C]`.",
        ..PLACES
    },
    Definition {
        name: "upsample2d",
        parameters: ENLARGED,
        body: "let tall = reshape(repeat(x, factor, axis = 1), [factor*extent(x), extent(x, axis = 1), extent(x, axis = 2)]);
               reshape(repeat(tall, factor, axis = 2), [factor*extent(x), factor*extent(x, axis = 1), extent(x, axis = 2)])",
        formula: "y[h, w, c] = x[⌊h/factor⌋, ⌊w/factor⌋, c]",
        doc: "Every place of an image `[H, W, C]` as a square of so many by so many: `[factor·H, factor·W, C]`.",
        ..PLACES
    },
];

const CONVOLUTION: &[Parameter] = &[
    Parameter::tensor("x"),
    Parameter::tensor("w"),
    Parameter::integer("stride", 1, Default::Number(1.0)),
    Parameter::integer("padding", 0, Default::Number(0.0)),
    Parameter::integer("dilation", 1, Default::Number(1.0)),
];

const POOLING: &[Parameter] = &[
    Parameter::tensor("x"),
    Parameter::integer("size", 1, Default::None),
    Parameter::integer("stride", 1, Default::Of("size")),
];

const ENLARGED: &[Parameter] =
    &[Parameter::tensor("x"), Parameter::integer("factor", 1, Default::None)];

const PLACES: Definition = Definition { axes: DefaultAxes::None, ..Definition::FUNCTION };
