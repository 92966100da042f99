//! Attention, and where in a sequence a value stands. A sequence is `[T, D]`.

use super::{DefaultAxes, Definition, Parameter};

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "attention",
        parameters: QUERIES_KEYS_VALUES,
        body: "let scores = einsum(\"td,sd->ts\", q, k)/sqrt(count(q, [1]));
               dot(softmax(scores), v)",
        formula: "softmax(q·kᵀ/√D)·v",
        doc: "Scaled dot-product attention (Vaswani et al. 2017, *Attention Is All You Need*): queries `[T, D]`, keys `[S, D]` and values \
              `[S, E]` to `[T, E]`. Every query sees every key.",
        ..SEQUENCE
    },
    Definition {
        name: "causal_attention",
        parameters: QUERIES_KEYS_VALUES,
        body: "let scores = einsum(\"td,sd->ts\", q, k)/sqrt(count(q, [1]));
               let unseen = 1 - tril(ones([extent(q), extent(k)]));
               dot(softmax(scores - 1e30*unseen), v)",
        formula: "softmax(q·kᵀ/√D where s ≤ t)·v",
        doc: "As `attention`, but query `t` sees only the keys up to `t`, so that nothing depends on what comes later. The scores of others \
              are lowered by 10³⁰, so that their weight is exactly 0.",
        ..SEQUENCE
    },
    Definition {
        name: "multi_head_attention",
        parameters: HEADS,
        body: "cross_attention(x, x, wq, wk, wv, wo)",
        formula: "Σₕ attention(x·wq[h], x·wk[h], x·wv[h])·wo[h]",
        doc: "Attention of a sequence `[T, D]` to itself by several heads (Vaswani et al. 2017, §3.2.2). The heads are the first axis of the \
              parameters: `wq` and `wk` are `[H, D, K]`, `wv` is `[H, D, V]`, `wo` is `[H, V, E]`; the result is `[T, E]`. Parameters \
              `[D, H·K]` of other programs become these by `permute(reshape(w, [D, H, K]), [1, 0, 2])`.",
        ..SEQUENCE
    },
    Definition {
        name: "causal_multi_head_attention",
        parameters: HEADS,
        body: "let q = einsum(\"td,hdk->htk\", x, wq);
               let k = einsum(\"sd,hdk->hsk\", x, wk);
               let scores = einsum(\"htk,hsk->hts\", q, k)/sqrt(count(q, [2]));
               let unseen = 1 - tril(ones([extent(x), extent(x)]));
               let weights = softmax(scores - 1e30*unseen);
               let heads = einsum(\"hts,hsv->htv\", weights, einsum(\"sd,hdv->hsv\", x, wv));
               einsum(\"htv,hve->te\", heads, wo)",
        formula: "Σₕ causal_attention(x·wq[h], x·wk[h], x·wv[h])·wo[h]",
        doc: "As `multi_head_attention`, but place `t` sees only the places up to `t`: for models that predict what comes next.",
        ..SEQUENCE
    },
    Definition {
        name: "cross_attention",
        parameters: &[
            Parameter::tensor("x"),
            Parameter::tensor("memory"),
            Parameter::tensor("wq"),
            Parameter::tensor("wk"),
            Parameter::tensor("wv"),
            Parameter::tensor("wo"),
        ],
        body: "let q = einsum(\"td,hdk->htk\", x, wq);
               let k = einsum(\"sd,hdk->hsk\", memory, wk);
               let weights = softmax(einsum(\"htk,hsk->hts\", q, k)/sqrt(count(q, [2])));
               let heads = einsum(\"hts,hsv->htv\", weights, einsum(\"sd,hdv->hsv\", memory, wv));
               einsum(\"htv,hve->te\", heads, wo)",
        formula: "Σₕ attention(x·wq[h], m·wk[h], m·wv[h])·wo[h]",
        doc: "Attention of a sequence `[T, D]` to another, `memory`, `[S, C]`, by several heads: `wq` is `[H, D, K]`, `wk` is `[H, C, K]`, \
              `wv` is `[H, C, V]`, `wo` is `[H, V, E]`; the result is `[T, E]`.",
        ..SEQUENCE
    },
    Definition {
        name: "positional_encoding",
        parameters: ENCODED,
        body: "let d = iota(extent(x, axis = 1));
               let odd = d - 2*floor(0.5*d);
               let angle = outer(iota(extent(x)), exp(-ln(base)*(d - odd)/count(x, [1])));
               odd*cos(angle) + (1 - odd)*sin(angle)",
        formula: "sin(t/base^(2i/D)) at d = 2i and cos(t/base^(2i/D)) at d = 2i + 1",
        doc: "Waves of the shape of `x`, `[T, D]`, that tell places apart: add them, `x + positional_encoding(x)` (Vaswani et al. 2017, §3.5). \
              Nothing of `x` but its shape matters; `base` is 10⁴ unless given.",
        ..SEQUENCE
    },
    Definition {
        name: "rotary",
        parameters: ENCODED,
        body: "let d = iota(extent(x, axis = 1));
               let odd = d - 2*floor(0.5*d);
               let angle = outer(iota(extent(x)), exp(-ln(base)*(d - odd)/count(x, [1])));
               let has_partner = less(d + 1 - odd, count(x, [1]));
               let turned = odd*roll(x, 1, axis = 1) - (1 - odd)*has_partner*roll(x, -1, axis = 1);
               x*cos(angle) + turned*sin(angle)",
        formula: "x[t, 2i]·cos α − x[t, 2i+1]·sin α at 2i and x[t, 2i]·sin α + x[t, 2i+1]·cos α at 2i + 1, with α = t/base^(2i/D)",
        doc: "Each pair of neighbouring elements of `[T, D]` turned by an angle that grows with the place, so that products of queries and \
              keys depend on how far apart they are (Su et al. 2021, *RoFormer*). `D` is even; the last element of an odd one has 0 as \
              its partner. `base` is 10⁴ unless given.",
        ..SEQUENCE
    },
];

const QUERIES_KEYS_VALUES: &[Parameter] =
    &[Parameter::tensor("q"), Parameter::tensor("k"), Parameter::tensor("v")];

const HEADS: &[Parameter] = &[
    Parameter::tensor("x"),
    Parameter::tensor("wq"),
    Parameter::tensor("wk"),
    Parameter::tensor("wv"),
    Parameter::tensor("wo"),
];

const ENCODED: &[Parameter] =
    &[Parameter::tensor("x"), Parameter::number("base", 1.0, f64::INFINITY, 1e4)];

const SEQUENCE: Definition = Definition { axes: DefaultAxes::None, ..Definition::FUNCTION };
