//! Primitives that put arrays together, take them apart, and make them from nothing.

use super::{Arity, Axes, Structural};

const fn row(
    name: &'static str,
    arguments: &'static str,
    arity: Arity,
    doc: &'static str,
) -> Structural {
    Structural { name, aliases: &[], arguments, arity, axes: Axes::Optional, public: true, doc }
}

pub(super) static TABLE: &[Structural] = &[
    row(
        "concat",
        "a, b, axis = 0",
        Arity::AtLeast(1),
        "The arrays one after the other along an axis, the first by default: `[2, D]` and `[3, D]` to `[5, D]`. The other extents are equal.",
    ),
    row(
        "stack",
        "a, b, axis = 0",
        Arity::AtLeast(1),
        "Arrays of one shape side by side along a new axis, the first by default: two of `[D]` to `[2, D]`.",
    ),
    row(
        "pad",
        "x, before, after, axis = 0",
        Arity::Exactly(3),
        "`x` with so many zeros before and after it along an axis, the first by default: `[T]` to `[before + T + after]`.",
    ),
    row(
        "reverse",
        "x, axis = 0",
        Arity::Exactly(1),
        "The elements from the last to the first along an axis, the first by default: `y[i] = x[T − 1 − i]`.",
    ),
    row(
        "roll",
        "x, k, axis = 0",
        Arity::Exactly(2),
        "The elements `k` places on along an axis, the first by default, those that leave at its end coming in at its beginning: \
         `y[i] = x[(i − k) mod T]`, for `k` from `−T` to `T`.",
    ),
    row(
        "reshape",
        "x, [M, N]",
        Arity::Exactly(1),
        "The elements in the order they have, row by row, with other extents, of the same product: `[6]` to `[2, 3]`, `[T, 2, D]` to \
         `[T, 2·D]`. No element moves.",
    ),
    row(
        "flatten",
        "x",
        Arity::Exactly(1),
        "The elements in the order they have, row by row, as a vector: `[M, N]` to `[M·N]`.",
    ),
    row(
        "permute",
        "x, [1, 0, 2]",
        Arity::Exactly(1),
        "The axes in another order: axis `k` of the result is axis `order[k]` of `x`.",
    ),
    row(
        "broadcast_to",
        "x, [M, N]",
        Arity::Exactly(1),
        "`x` with these extents: its axes are the last of them, and it is the same along the others and along those where its extent is 1.",
    ),
    row(
        "repeat",
        "x, n, axis = 0",
        Arity::Exactly(2),
        "`x` so many times along a new axis, the first by default: `[D]` to `[n, D]`.",
    ),
    row(
        "windows",
        "x, size, stride = 1, dilation = 1, axis = 0",
        Arity::Exactly(2),
        "The parts of `x` that a window of `size` elements sees, along an axis, the first by default: `y[t, k] = x[stride·t + dilation·k]`, \
         `[T]` to `[⌊(T − dilation·(size − 1) − 1)/stride⌋ + 1, size]`. Convolutions and pooling are made of it.",
    ),
    row(
        "tril",
        "x, offset = 0",
        Arity::Exactly(1),
        "The lower triangle of the last two axes, 0 above it: `x[i, j]` where `j ≤ i + offset`.",
    ),
    row(
        "triu",
        "x, offset = 0",
        Arity::Exactly(1),
        "The upper triangle of the last two axes, 0 below it: `x[i, j]` where `j ≥ i + offset`.",
    ),
    row(
        "diag",
        "x",
        Arity::Exactly(1),
        "A vector as the diagonal of a matrix that is 0 elsewhere; of a square matrix, its diagonal as a vector.",
    ),
    row(
        "one_hot",
        "i, n",
        Arity::Exactly(2),
        "1 at place `i` and 0 elsewhere, along a new last axis of extent `n`; `i` is an `Index` value or another integer. A constant to the \
         chain rule.",
    ),
    row(
        "eye",
        "n",
        Arity::Exactly(1),
        "The identity matrix: `[n, n]`, 1 on the diagonal and 0 elsewhere.",
    ),
    row("iota", "n", Arity::Exactly(1), "The numbers 0, 1, 2, … below `n`, as a vector."),
    row("zeros", "[M, N]", Arity::Exactly(0), "An array of zeros with these extents."),
    row("ones", "[M, N]", Arity::Exactly(0), "An array of ones with these extents."),
    row(
        "extent",
        "x, axis = 0",
        Arity::Exactly(1),
        "The extent of an axis of `x`, the first by default: an integer, which can say how far a loop runs.",
    ),
    row(
        "argmax",
        "x, axis = -1",
        Arity::Exactly(1),
        "The place of the largest value along an axis, the last by default, which goes; of several, the first; where one is NaN, the last \
         place. An integer, so it can index: `table[argmax(x)]`. Its derivative is 0.",
    ),
    row(
        "argmin",
        "x, axis = -1",
        Arity::Exactly(1),
        "The place of the smallest value along an axis, the last by default, which goes; of several, the first; where one is NaN, the last \
         place. An integer, so it can index: `table[argmin(x)]`. Its derivative is 0.",
    ),
];
