"""Losses and gradients of the models of tests/reference.rs, computed without chainrule.

Everything is plain arithmetic in mpmath with 60 digits, straight from the textbooks' formulas; gradients are central differences with a
step of 1e-20, so their error is below 1e-38. Needs `pip install mpmath`; run as `python3 make.py > values.txt`.
"""

import random

from mpmath import (acosh, atan2, cbrt, cos, digamma, erf, erfc, exp, hypot, log, loggamma, mp, mpf, pi, sin, sqrt, tanh)

mp.dps = 60
ROWS = 3
STEP = mpf(10) ** -20
MODELS = []


def model(*arguments, total=False):
    """Declares a model: arguments are (name, kind, shape, low, high), the function gives the loss of one example."""
    def declare(function):
        MODELS.append((function.__name__, arguments, total, function))
        return function
    return declare


def inputs(name, shape, low=-1.5, high=1.5):
    return (name, "input", shape, low, high)


def param(name, shape, low=-1.2, high=1.2):
    return (name, "param", shape, low, high)


def data(name, shape, low=-1.2, high=1.2):
    return (name, "data", shape, low, high)


def classes(name, bound):
    return (name, "class", (), 0, bound)


def sigma(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log(1 + exp(x))


def dot(x, w):
    return sum(a * b for a, b in zip(x, w))


def transpose(m):
    return [list(column) for column in zip(*m)]


def affine(x, w, b=None):
    return [dot(x, column) + (b[k] if b else 0) for k, column in enumerate(transpose(w))]


def each(function, values):
    return [function(x) for x in values]


def mean(values):
    return sum(values) / len(values)


def var(values):
    m = mean(values)
    return mean([(x - m) ** 2 for x in values])


def lse(values):
    return log(sum(exp(x) for x in values))


def softmax(values):
    total = sum(exp(x) for x in values)
    return [exp(x) / total for x in values]


def norm(values):
    return sqrt(sum(x * x for x in values))


def flat(value):
    return [x for part in value for x in flat(part)] if isinstance(value, list) else [value]


def mse(p, y):
    return mean([(a - b) ** 2 for a, b in zip(p, y)])


def mish(x):
    return x * tanh(softplus(x))


def silu(x):
    return x * sigma(x)


def gelu(x):
    return x * (1 + erf(x / sqrt(mpf(2)))) / 2


def elu(x, alpha=1):
    return x if x > 0 else alpha * (exp(x) - 1)


def selu(x):
    return mpf("1.0507009873554804934193349852946") * elu(x, mpf("1.6732632423543772848170429916717"))


def hard_sigmoid(x):
    return min(max(x / 6 + mpf(1) / 2, mpf(0)), mpf(1))


LINEAR = (inputs("x", (3,)), param("w", (3,)), param("b", ()))
LAYER = (inputs("x", (3,)), param("w", (3, 4)), param("b", (4,)))
HIDDEN = (inputs("x", (3,)), param("w", (3, 4)), param("b", (4,)), param("v", (4,)))


@model(*LINEAR, inputs("target", ()))
def linear_regression(x, w, b, target):
    return (dot(x, w) + b - target) ** 2


@model(inputs("x", (3,)), param("w1", (3, 4)), param("b1", (4,)), param("w2", (4, 2)), param("b2", (2,)), inputs("target", (2,)))
def perceptron(x, w1, b1, w2, b2, target):
    return mse(affine(each(tanh, affine(x, w1, b1)), w2, b2), target)


@model(inputs("x", (3,)), param("w1", (3, 4)), param("b1", (4,)), param("w2", (4, 3)), param("b2", (3,)), param("w3", (3, 2)), param("b3", (2,)), inputs("target", (2,)), total=True)
def three_layers(x, w1, b1, w2, b2, w3, b3, target):
    h = each(sigma, affine(each(sigma, affine(x, w1, b1)), w2, b2))
    return 2 * mse(affine(h, w3, b3), target)


@model(*LAYER, classes("target", 4))
def softmax_regression(x, w, b, target):
    z = affine(x, w, b)
    return lse(z) - z[target]


@model(*LAYER, inputs("target", (4,), 0.1, 0.9))
def soft_targets(x, w, b, target):
    z = affine(x, w, b)
    return sum(t * (lse(z) - u) for t, u in zip(target, z))


@model(*LAYER, inputs("target", (4,), 0.1, 0.9))
def divergence(x, w, b, target):
    z = affine(x, w, b)
    return sum(t * (log(t) + lse(z) - u) for t, u in zip(target, z))


@model(*LAYER, inputs("target", (4,), 0, 1))
def logistic_regression(x, w, b, target):
    return sum(-t * log(sigma(z)) - (1 - t) * log(1 - sigma(z)) for t, z in zip(target, affine(x, w, b)))


@model(*LAYER, inputs("target", (4,)))
def robust_regression(x, w, b, target):
    delta = mpf("0.75")
    error = [abs(p - t) for p, t in zip(affine(x, w, b), target)]
    return sum(r * r / 2 if r <= delta else delta * (r - delta / 2) for r in error)


@model(*LINEAR, inputs("target", (), 0, 3))
def poisson_regression(x, w, b, target):
    p = dot(x, w) + b
    return exp(p) - target * p


@model(inputs("x", (3,)), param("w", (2, 3)), param("b", (2,)), inputs("target", ()))
def mean_and_variance(x, w, b, target):
    m, s = dot(w[0], x) + b[0], dot(w[1], x) + b[1]
    return (log(2 * pi) + s + (target - m) ** 2 * exp(-s)) / 2


@model(*LAYER, inputs("target", (4,)))
def quantile_regression(x, w, b, target):
    q = mpf("0.3")
    return sum(max(q * (t - p), (q - 1) * (t - p)) for p, t in zip(affine(x, w, b), target))


@model(*LAYER, inputs("target", (4,)))
def margins(x, w, b, target):
    return sum(max(1 - t * p, mpf(0)) for p, t in zip(affine(x, w, b), target))


@model(*LAYER, inputs("target", (4,)))
def smooth_errors(x, w, b, target):
    return sum(log((exp(p - t) + exp(t - p)) / 2) for p, t in zip(affine(x, w, b), target))


@model(*LAYER, inputs("target", (4,)))
def absolute_errors(x, w, b, target):
    return sum(abs(p - t) for p, t in zip(affine(x, w, b), target))


@model(inputs("x", (3,)), inputs("y", (4,)), param("w", (3, 4)))
def bilinear(x, y, w):
    return sin(sum(x[i] * w[i][j] * y[j] for i in range(3) for j in range(4)))


@model(*LAYER)
def length(x, w, b):
    return norm(affine(x, w, b))


@model(*LAYER)
def partition(x, w, b):
    return lse(affine(x, w, b))


@model(*LAYER)
def spread(x, w, b):
    return var(affine(x, w, b))


@model(*LAYER)
def deviation(x, w, b):
    return sqrt(var(affine(x, w, b)))


@model(inputs("x", (3,)), inputs("y", (4,)), param("w", (3, 4)))
def similarity(x, y, w):
    z = affine(x, w)
    return dot(z, y) / (norm(z) * norm(y))


@model(*HIDDEN, inputs("target", ()))
def gelu_net(x, w, b, v, target):
    return (dot(each(gelu, affine(x, w, b)), v) - target) ** 2


@model(*HIDDEN, inputs("target", ()))
def mish_net(x, w, b, v, target):
    return (dot(each(mish, affine(x, w, b)), v) - target) ** 2


@model(*HIDDEN, inputs("target", ()))
def silu_net(x, w, b, v, target):
    return (dot(each(silu, affine(x, w, b)), v) - target) ** 2


@model(*HIDDEN, inputs("target", ()))
def mixed_activations(x, w, b, v, target):
    z = affine(x, w, b)
    h = [elu(u) + selu(u) / 2 + u / (1 + abs(u)) + (u if u > 0 else u / 10) + hard_sigmoid(u) for u in z]
    return (dot(h, v) - target) ** 2


@model(inputs("x", (3,)), param("w", (3, 3)), param("v", (3,)), inputs("target", ()))
def shared_weights(x, w, v, target):
    return (dot(each(tanh, affine(each(tanh, affine(x, w)), w)), v) - target) ** 2


@model(inputs("x", (3,)), inputs("y", ()), param("w", (3,)))
def ridge(x, y, w):
    return (dot(x, w) - y) ** 2 + mpf("0.1") * dot(w, w)


@model(inputs("x", (3,)), inputs("y", ()), param("w", (3,), 0.2, 1.2))
def lasso(x, y, w):
    return (dot(x, w) - y) ** 2 / 2 + mpf("0.25") * sum(abs(a) for a in w)


@model(inputs("s", (), 0.1, 4), param("vmax", (), 1, 3), param("km", (), 0.3, 1), inputs("target", ()))
def michaelis_menten(s, vmax, km, target):
    return (vmax * s / (km + s) - target) ** 2


@model(inputs("t", (), 0, 5), param("k", (), 1, 3), param("r", (), 0.5, 2), param("middle", (), 1, 3), inputs("target", ()))
def logistic_growth(t, k, r, middle, target):
    return (k / (1 + exp(-r * (t - middle))) - target) ** 2


@model(inputs("temperature", (), 280, 400), param("a", (), 1, 3), param("energy", (), 900, 2500), inputs("target", ()))
def arrhenius(temperature, a, energy, target):
    return (a * exp(-energy / (mpf("8.314") * temperature)) - target) ** 2


@model(inputs("x", ()), param("height", ()), param("middle", ()), param("width", (), 0.5, 1.5), param("base", ()), inputs("target", ()))
def gaussian_peak(x, height, middle, width, base, target):
    return (height * exp(-((x - middle) / width) ** 2 / 2) + base - target) ** 2


@model(inputs("t", (), 0, 3), param("a", ()), param("g", (), 0.1, 1), param("w", (), 1, 3), param("p", ()), inputs("target", ()))
def damped_oscillator(t, a, g, w, p, target):
    return (a * exp(-g * t) * cos(w * t + p) - target) ** 2


@model(inputs("x", (), 0.2, 3), param("top", (), 1, 2), param("k", (), 0.5, 1.5), param("n", (), 1, 3), inputs("target", ()))
def hill(x, top, k, n, target):
    return (top * x ** n / (k ** n + x ** n) - target) ** 2


@model(inputs("q", (3,)), param("keys", (4, 3)), param("values", (4, 2)), inputs("target", (2,)))
def retrieval(q, keys, values, target):
    return mse(affine(softmax([dot(k, q) for k in keys]), values), target)


@model(inputs("x", (2, 3)), param("w", (3, 2)), data("m", (2, 2)))
def traced(x, w, m):
    p = [affine(row, w) for row in x]
    return p[0][0] + p[1][1] + sum(p[i][j] * m[i][j] * p[j][i] for i in range(2) for j in range(2))


@model(inputs("x", (), 0.2, 2), inputs("t", (), 0.5, 2), param("c", (), 1, 2), param("d", (), 0.3, 1), inputs("target", ()))
def diffusion(x, t, c, d, target):
    return (c * erfc(x / (2 * sqrt(d * t))) - target) ** 2


@model(inputs("x", (), 0.1, 0.9), param("p", ()), param("q", ()))
def beta_likelihood(x, p, q):
    a, b = softplus(p), softplus(q)
    return -(loggamma(a + b) - loggamma(a) - loggamma(b) + (a - 1) * log(x) + (b - 1) * log(1 - x))


@model(inputs("x", (2,), 0.2, 1.5), param("u", (2,), 0.2, 1.2), param("v", (2,), 0.2, 1.2))
def polar(x, u, v):
    a, b = dot(x, u), dot(x, v)
    return atan2(a, b) + hypot(a, b)


@model(inputs("x", (3,)), param("w", (3, 4)), param("gain", (4,)), param("shift", (4,)), inputs("target", (4,)))
def normalized_layer(x, w, gain, shift, target):
    z = affine(x, w)
    m, s = mean(z), sqrt(var(z) + mpf("0.001"))
    return mse([(u - m) / s * g + b for u, g, b in zip(z, gain, shift)], target)


@model(inputs("x", (3, 4)), param("w", (4,)))
def extremes(x, w):
    z = [[a * b for a, b in zip(row, w)] for row in x]
    return sum(max(row) for row in z) * min(min(row) for row in z)


@model(inputs("x", (3,)), param("w", (4,)), data("m", (3, 4)))
def rank_one(x, w, m):
    return sum((x[i] * w[j] - m[i][j]) ** 2 for i in range(3) for j in range(4))


@model(inputs("x", (), 0.5, 2), param("a", (), 1.2, 2), param("b", (), 0.3, 1))
def logarithms_and_roots(x, a, b):
    return 2 ** (x * b) + log(x * a, 2) * log(a + b, 10) + cbrt(a * b + x) + acosh(a + x) + exp(b) - 1 + log(1 + b)


@model(inputs("x", (), 0.5, 2), param("a", (), 0.5, 3))
def digammas(x, a):
    return digamma(x * a) * loggamma(a + x)


@model(inputs("x", (3,)), inputs("z", (2,)), param("w", (3, 2)), param("scale", ()), data("m", (2, 3)), classes("label", 2))
def several_inputs(x, z, w, scale, m, label):
    u = [scale * (a + b) + dot(row, x) for a, b, row in zip(affine(x, w), z, m)]
    return lse(u) - u[label] + (norm(flat(w)) - 1) ** 2


def draw(shape, low, high, generator):
    if not shape:
        return mpf(str(round(generator.uniform(low, high), 3)))
    return [draw(shape[1:], low, high, generator) for _ in range(shape[0])]


def loss(function, arguments, values, total):
    rows = []
    for row in range(ROWS):
        given = {}
        for name, kind, *_ in arguments:
            given[name] = values[name] if kind in ("param", "data") else values[name][row]
        rows.append(function(**given))
    return sum(rows) if total else mean(rows)


def moved(value, place, step):
    """The value with one of its numbers, counted row-major, moved."""
    numbers = iter(range(10 ** 6))

    def walk(part):
        return [walk(inner) for inner in part] if isinstance(part, list) else part + (step if next(numbers) == place else 0)
    return walk(value)


def text(values):
    return " ".join(repr(float(x)) for x in flat(values))


def main():
    for number, (name, arguments, total, function) in enumerate(MODELS):
        generator = random.Random(number)
        values = {}
        for argument, kind, shape, low, high in arguments:
            if kind == "class":
                values[argument] = [generator.randrange(high) for _ in range(ROWS)]
            elif kind == "input":
                values[argument] = [draw(shape, low, high, generator) for _ in range(ROWS)]
            else:
                values[argument] = draw(shape, low, high, generator)
        # What the test reads is the nearest f64, so that is what is computed with.
        values = {k: v if isinstance(v[0] if isinstance(v, list) else v, int) else nearest(v) for k, v in values.items()}
        print(f"model {name}")
        for argument, kind, *_ in arguments:
            print(f"{kind} {argument} {text(values[argument])}")
        print(f"loss {text(loss(function, arguments, values, total))}")
        for argument, kind, *_ in arguments:
            if kind == "param":
                slopes = []
                for place in range(len(flat(values[argument]))):
                    sides = [loss(function, arguments, {**values, argument: moved(values[argument], place, s)}, total) for s in (STEP, -STEP)]
                    slopes.append((sides[0] - sides[1]) / (2 * STEP))
                print(f"gradient {argument} {text(slopes)}")


def nearest(value):
    return [nearest(part) for part in value] if isinstance(value, list) else mpf(float(value))


main()
