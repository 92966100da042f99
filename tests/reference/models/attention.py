"""Attention in its forms, and what is built of it."""

from mpmath import cos, exp, mpf, sin, sqrt, tanh

from declare import classes, data, inputs, model, number, param
from mathematics import (add, affine, cross_entropy, dot, each, flat, gelu, layer_norm, matmul, mean, mse, relu, scaled, softmax, squares, transpose)


def attend(q, k, v, causal=False):
    """Scaled dot-product attention of lists of rows (Vaswani et al. 2017)."""
    size = sqrt(mpf(len(q[0])))
    rows = []
    for t, query in enumerate(q):
        seen = t + 1 if causal else len(k)
        weights = softmax([dot(query, key) / size for key in k[:seen]])
        rows.append(affine(weights, v[:seen]))
    return rows


@model(inputs("x", 4, 3), param("wq", 3, 2), param("wk", 3, 2), param("wv", 3, 2), inputs("target", 4, 2))
def self_attention(x, wq, wk, wv, target):
    return mse(attend(matmul(x, wq), matmul(x, wk), matmul(x, wv)), target)


@model(inputs("x", 4, 3), param("wq", 3, 2), param("wk", 3, 2), param("wv", 3, 2), inputs("target", 4, 2))
def causal_self_attention(x, wq, wk, wv, target):
    return mse(attend(matmul(x, wq), matmul(x, wk), matmul(x, wv), causal=True), target)


@model(inputs("x", 3, 2), inputs("z", 5, 4), param("wq", 2, 3), param("wk", 4, 3), param("wv", 4, 2), inputs("target", 3, 2))
def cross_attention(x, z, wq, wk, wv, target):
    return mse(attend(matmul(x, wq), matmul(z, wk), matmul(z, wv)), target)


@model(inputs("x", 4, 4), param("wq", 2, 4, 2), param("wk", 2, 4, 2), param("wv", 2, 4, 2), param("wo", 4, 4), inputs("target", 4, 4))
def multi_head(x, wq, wk, wv, wo, target):
    heads = [attend(matmul(x, q), matmul(x, k), matmul(x, v)) for q, k, v in zip(wq, wk, wv)]
    return mse(matmul([a + b for a, b in zip(*heads)], wo), target)


@model(inputs("x", 3), param("memory", 4, 3), param("beta"))
def hopfield_retrieval(x, memory, beta):
    weights = softmax([exp(beta) * dot(row, x) for row in memory])
    return squares(affine(weights, memory), x)


@model(inputs("x", 4, 3), param("wq", 3, 2), param("wk", 3, 2), param("wv", 3, 2), inputs("target", 4, 2))
def linear_attention(x, wq, wk, wv, target):
    feature = lambda u: u + 1 if u > 0 else exp(u)
    q, k, v = ([each(feature, row) for row in matmul(x, wq)], [each(feature, row) for row in matmul(x, wk)], matmul(x, wv))
    mixed = matmul(transpose(k), v)
    total = [sum(column) for column in transpose(k)]
    return mse([scaled(affine(row, mixed), 1 / dot(row, total)) for row in q], target)


@model(inputs("x", 4, 3), param("w", 3, 3), param("v", 3), param("u", 3), inputs("target"))
def additive_pooling(x, w, v, u, target):
    weights = softmax([dot(each(tanh, affine(row, w)), v) for row in x])
    return (dot(affine(weights, x), u) - target) ** 2


@model(inputs("x", 4, 3), param("wq", 3, 2), param("wk", 3, 2), param("bias", 7), inputs("target", 4, 3))
def relative_positions(x, wq, wk, bias, target):
    q, k = matmul(x, wq), matmul(x, wk)
    rows = []
    for t in range(4):
        rows.append(affine(softmax([dot(q[t], k[s]) + bias[t - s + 3] for s in range(4)]), x))
    return mse(rows, target)


@model(inputs("x", 4, 4), param("g1", 4), param("b1", 4), param("wq", 4, 4), param("wk", 4, 4), param("wv", 4, 4), param("wo", 4, 4), param("g2", 4),
       param("b2", 4), param("w1", 4, 5), param("c1", 5), param("w2", 5, 4), param("c2", 4), inputs("target", 4, 4))
def transformer_block(x, g1, b1, wq, wk, wv, wo, g2, b2, w1, c1, w2, c2, target):
    n = [layer_norm(row, g1, b1) for row in x]
    q, k, v = matmul(n, wq), matmul(n, wk), matmul(n, wv)
    cut = lambda m, h: [row[2 * h:2 * h + 2] for row in m]
    heads = [attend(cut(q, h), cut(k, h), cut(v, h), causal=True) for h in range(2)]
    h = [add(a, b) for a, b in zip(x, matmul([p + r for p, r in zip(*heads)], wo))]
    n = [layer_norm(row, g2, b2) for row in h]
    h = [add(row, affine(each(gelu, affine(m, w1, c1)), w2, c2)) for row, m in zip(h, n)]
    return mse(h, target)


@model(classes("tokens", 5, 4), classes("next", 5, 4), param("table", 5, 3), param("places", 4, 3), param("wq", 3, 3), param("wk", 3, 3),
       param("wv", 3, 3), param("out", 3, 5))
def small_language_model(tokens, next, table, places, wq, wk, wv, out):
    h = [add(table[token], place) for token, place in zip(tokens, places)]
    a = attend(matmul(h, wq), matmul(h, wk), matmul(h, wv), causal=True)
    logits = matmul([add(p, q) for p, q in zip(h, a)], out)
    return sum(cross_entropy(z, token) for z, token in zip(logits, next))


@model(inputs("x", 3, 4), param("w", 4, 4), inputs("target", 3, 4))
def sinusoidal_positions(x, w, target):
    rows = []
    for t, row in enumerate(x):
        place = []
        for k in range(2):
            angle = t / mpf(10000) ** (mpf(2 * k) / 4)
            place += [sin(angle), cos(angle)]
        rows.append(each(tanh, affine(add(row, place), w)))
    return mse(rows, target)


@model(inputs("x", 4, 3), param("w", 4, 4), param("v", 4, 4), param("c", 3, 3), param("d", 3, 3), inputs("target", 4, 3))
def mixer(x, w, v, c, d, target):
    tokens = transpose([affine(each(gelu, affine(column, w)), v) for column in transpose(x)])
    h = [add(a, b) for a, b in zip(x, tokens)]
    h = [add(row, affine(each(gelu, affine(row, c)), d)) for row in h]
    return mse(h, target)
