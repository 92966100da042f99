"""Recurrent networks, filters and recursions over steps."""

from mpmath import cos, exp, log, mpf, sin, sqrt, tanh

from declare import classes, data, inputs, model, number, param
from mathematics import (add, affine, apply, cross_entropy, dot, each, lse, mean, mse, mul, normal, relu, sigma, softmax, softplus, squares)


def elman(xs, w, u, b, h):
    """The hidden states after each step."""
    states = []
    for x in xs:
        h = each(tanh, add(affine(x, w), affine(h, u, b)))
        states.append(h)
    return states


ZERO = [mpf(0)] * 3


@model(inputs("x", 5, 2), param("w", 2, 3), param("u", 3, 3), param("b", 3), param("v", 3), inputs("target"))
def recurrent(x, w, u, b, v, target):
    return (dot(elman(x, w, u, b, ZERO)[-1], v) - target) ** 2


@model(inputs("x", 4, 2), param("w", 2, 3), param("u", 3, 3), param("b", 3), param("v", 3, 2), inputs("target", 4, 2))
def recurrent_outputs(x, w, u, b, v, target):
    return mse([affine(h, v) for h in elman(x, w, u, b, ZERO)], target)


@model(inputs("x", 4, 2), param("w", 2, 3), param("u", 3, 3), param("b", 3), param("start", 3), param("v", 3), inputs("target"))
def recurrent_from_a_learned_state(x, w, u, b, start, v, target):
    return (dot(elman(x, w, u, b, start)[-1], v) - target) ** 2


@model(inputs("x", 4, 2), param("w", 2, 3), param("u", 3, 3), param("b", 3), param("p", 2, 3), param("q", 3, 3), param("c", 3), param("v", 6),
       inputs("target"))
def bidirectional(x, w, u, b, p, q, c, v, target):
    forward = elman(x, w, u, b, ZERO)
    backward = elman(x[::-1], p, q, c, ZERO)[::-1]
    h = [mean(column) for column in zip(*[f + g for f, g in zip(forward, backward)])]
    return (dot(h, v) - target) ** 2


@model(inputs("x", 4, 3), param("w", 2, 3, 3), param("u", 2, 3, 3), param("b", 2, 3), param("v", 3), inputs("target"))
def stacked_recurrent(x, w, u, b, v, target):
    h = x
    for layer in range(2):
        h = elman(h, w[layer], u[layer], b[layer], ZERO)
    return (dot(h[-1], v) - target) ** 2


@model(inputs("x", 5, 2), param("wz", 2, 3), param("uz", 3, 3), param("bz", 3), param("wr", 2, 3), param("ur", 3, 3), param("br", 3),
       param("wh", 2, 3), param("uh", 3, 3), param("bh", 3), param("v", 3), inputs("target"))
def gated_recurrent_unit(x, wz, uz, bz, wr, ur, br, wh, uh, bh, v, target):
    h = ZERO
    for row in x:
        z = each(sigma, add(affine(row, wz), affine(h, uz, bz)))
        r = each(sigma, add(affine(row, wr), affine(h, ur, br)))
        new = each(tanh, add(affine(row, wh), affine(mul(r, h), uh, bh)))
        h = [(1 - a) * old + a * b for a, old, b in zip(z, h, new)]
    return (dot(h, v) - target) ** 2


@model(inputs("x", 6, 2), param("w", 4, 2, 3), param("u", 4, 3, 3), param("b", 4, 3), param("v", 3), inputs("target"))
def long_short_term_memory(x, w, u, b, v, target):
    h, c = ZERO, ZERO
    for row in x:
        i, f, o, g = (add(affine(row, w[k]), affine(h, u[k], b[k])) for k in range(4))
        c = add(mul(each(sigma, f), c), mul(each(sigma, i), each(tanh, g)))
        h = mul(each(sigma, o), each(tanh, c))
    return (dot(h, v) - target) ** 2


@model(classes("tokens", 5, 6), param("table", 5, 3), param("w", 3, 3), param("u", 3, 3), param("b", 3), param("v", 3, 5))
def language_model(tokens, table, w, u, b, v):
    states = elman([table[token] for token in tokens[:-1]], w, u, b, ZERO)
    return sum(cross_entropy(affine(h, v), token) for h, token in zip(states, tokens[1:]))


@model(inputs("x", 8), param("alpha"), param("beta"))
def double_exponential_smoothing(x, alpha, beta):
    a, b = sigma(alpha), sigma(beta)
    level, trend, total = x[0], x[1] - x[0], mpf(0)
    for t in range(1, 8):
        forecast = level + trend
        total += (x[t] - forecast) ** 2
        new = a * x[t] + (1 - a) * forecast
        level, trend = new, b * (new - level) + (1 - b) * trend
    return total


@model(inputs("x", 8), param("phi", 2), param("theta"), param("s"))
def autoregressive_moving_average(x, phi, theta, s):
    error, total = mpf(0), mpf(0)
    for t in range(2, 8):
        error = x[t] - phi[0] * x[t - 1] - phi[1] * x[t - 2] - theta * error
        total += normal(error, mpf(0), exp(s))
    return total


@model(inputs("y", 6), param("a", low=0.5), param("q"), param("r"), param("m0"))
def kalman_filter(y, a, q, r, m0):
    m, p, total = m0, mpf(1), mpf(0)
    for z in y:
        m, p = a * m, a * a * p + exp(q)
        s = p + exp(r)
        total += normal(z, m, sqrt(s))
        k = p / s
        m, p = m + k * (z - m), (1 - k) * p
    return total


@model(inputs("y", 6), param("start", 3), param("step", 3, 3), param("means", 3), param("scale"))
def hidden_markov(y, start, step, means, scale):
    log_step = [[a - lse(row) for a in row] for row in step]
    density = lambda z: [-normal(z, m, exp(scale)) for m in means]
    alpha = add([a - lse(start) for a in start], density(y[0]))
    for z in y[1:]:
        alpha = add([lse([alpha[i] + log_step[i][j] for i in range(3)]) for j in range(3)], density(z))
    return -lse(alpha)


@model(inputs("x", 5), param("w", 5), param("c"))
def sums_so_far(x, w, c):
    total, result = mpf(0), mpf(0)
    for a, b in zip(x, w):
        total += a * b
        result += tanh(total - c) ** 2
    return result


@model(inputs("hazard", 6), param("w"), param("b"))
def products_so_far(hazard, w, b):
    alive, result = mpf(1), mpf(0)
    for z in hazard:
        alive = alive * (1 - sigma(w * z + b))
        result += alive
    return result


@model(inputs("x", 3), param("scales", 3), param("zero", low=0, high=0))
def product_with_a_zero(x, scales, zero):
    # A factor is 0: the gradient for it is the product of the others.
    return (1 + mul(x, scales)[0] * mul(x, scales)[1] * zero * mul(x, scales)[2]) ** 2


@model(inputs("start", 2), param("w1", 2, 4), param("b1", 4), param("w2", 4, 2), inputs("target", 2))
def neural_differential_equation(start, w1, b1, w2, target):
    slope = lambda y: affine(each(tanh, affine(y, w1, b1)), w2)
    y, h = start, number("0.25")
    for _ in range(4):
        middle = add(y, [h / 2 * k for k in slope(y)])
        y = add(y, [h * k for k in slope(middle)])
    return squares(y, target)


@model(inputs("x", 5, 2), param("wq", 2, 3), param("u", 3, 3), param("wk", 2, 3), param("v", 3), inputs("target"))
def attentive_recurrent(x, wq, u, wk, v, target):
    h = ZERO
    for row in x:
        scores = softmax([dot(h, affine(other, wk)) for other in x])
        context = affine(scores, x)
        h = each(tanh, add(affine(add(row, context), wq), affine(h, u)))
    return (dot(h, v) - target) ** 2


@model(inputs("x", 3), param("w", 4, 3, 3), param("b", 4, 3), inputs("target", 3))
def layers_in_a_loop(x, w, b, target):
    h = x
    for layer in range(4):
        h = add(h, each(tanh, affine(h, w[layer], b[layer])))
    return mse(h, target)


@model(inputs("x", 3, 4), param("w", 4), param("r"))
def nested_loops(x, w, r):
    total = mpf(0)
    for i in range(3):
        state = mpf(0)
        for j in range(4):
            state = tanh(x[i][j] * w[j] + r * state)
        total = total * r + state
    return total ** 2


@model(inputs("b", low=0.5, high=3), param("a", low=0.5, high=2), param("c", low=0.5, high=2))
def newton_iteration(b, a, c):
    y = mpf(1)
    for _ in range(7):
        y = y - (y ** 3 + a * y - b * c) / (3 * y * y + a)
    return y
