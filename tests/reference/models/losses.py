"""The losses of the library, and others that are written out."""

from mpmath import exp, log, mpf, pi, tanh

from declare import classes, inputs, model, number, param
from mathematics import affine, cross_entropy, dot, each, lse, mean, norm, sigma, softmax, softplus, sub

LINEAR = (inputs("x", 3), param("w", 3), param("b"))
LAYER = (inputs("x", 3), param("w", 3, 4), param("b", 4))


@model(*LAYER, classes("target", 4))
def softmax_regression(x, w, b, target):
    return cross_entropy(affine(x, w, b), target)


@model(*LAYER, inputs("target", 4, low=0.1, high=0.9))
def soft_targets(x, w, b, target):
    z = affine(x, w, b)
    return sum(t * (lse(z) - u) for t, u in zip(target, z))


@model(*LAYER, inputs("target", 4, low=0.1, high=0.9))
def divergence(x, w, b, target):
    z = affine(x, w, b)
    return sum(t * (log(t) + lse(z) - u) for t, u in zip(target, z))


@model(*LAYER, inputs("target", 4, low=0, high=1))
def logistic_regression(x, w, b, target):
    return sum(-t * log(sigma(z)) - (1 - t) * log(1 - sigma(z)) for t, z in zip(target, affine(x, w, b)))


@model(*LAYER, inputs("target", 4))
def robust_regression(x, w, b, target):
    delta = number("0.75")
    error = [abs(p - t) for p, t in zip(affine(x, w, b), target)]
    return sum(r * r / 2 if r <= delta else delta * (r - delta / 2) for r in error)


@model(*LINEAR, inputs("target", low=0, high=3))
def poisson_regression(x, w, b, target):
    p = dot(x, w) + b
    return exp(p) - target * p


@model(inputs("x", 3), param("w", 2, 3), param("b", 2), inputs("target"))
def mean_and_variance(x, w, b, target):
    m, s = dot(w[0], x) + b[0], dot(w[1], x) + b[1]
    return (log(2 * pi) + s + (target - m) ** 2 * exp(-s)) / 2


@model(*LAYER, inputs("target", 4))
def quantile_regression(x, w, b, target):
    q = number("0.3")
    return sum(max(q * (t - p), (q - 1) * (t - p)) for p, t in zip(affine(x, w, b), target))


@model(*LAYER, inputs("target", 4))
def margins(x, w, b, target):
    return sum(max(1 - t * p, mpf(0)) for p, t in zip(affine(x, w, b), target))


@model(*LAYER, inputs("target", 4))
def smooth_errors(x, w, b, target):
    return sum(log((exp(p - t) + exp(t - p)) / 2) for p, t in zip(affine(x, w, b), target))


@model(*LAYER, inputs("target", 4))
def absolute_errors(x, w, b, target):
    return sum(abs(p - t) for p, t in zip(affine(x, w, b), target))


@model(*LAYER, inputs("target", 4))
def mean_absolute_errors(x, w, b, target):
    return mean([abs(p - t) for p, t in zip(each(tanh, affine(x, w, b)), target)])


@model(inputs("x", 3), inputs("y"), param("w", 3))
def ridge(x, y, w):
    return (dot(x, w) - y) ** 2 + number("0.1") * dot(w, w)


@model(inputs("x", 3), inputs("y"), param("w", 3))
def lasso(x, y, w):
    return (dot(x, w) - y) ** 2 / 2 + number("0.25") * sum(abs(a) for a in w)


@model(inputs("x", 3), inputs("y"), param("w", 3))
def elastic_net(x, y, w):
    return (dot(x, w) - y) ** 2 / 2 + number("0.1") * (number("0.7") * sum(abs(a) for a in w) + number("0.15") * dot(w, w))


@model(inputs("x", 3), inputs("target", low=0, high=1), param("w", 3), param("b"))
def focal(x, target, w, b):
    p = sigma(dot(x, w) + b)
    return -target * (1 - p) ** 2 * log(p) - (1 - target) * p ** 2 * log(1 - p)


@model(*LAYER, inputs("target", 4, low=0.1, high=0.9))
def smoothed_labels(x, w, b, target):
    z = affine(x, w, b)
    return sum((number("0.9") * t + number("0.025")) * (lse(z) - u) for t, u in zip(target, z))


@model(inputs("a", 3), inputs("p", 3), inputs("n", 3), param("w", 3, 2))
def triplet(a, p, n, w):
    near, far = norm(sub(affine(a, w), affine(p, w))), norm(sub(affine(a, w), affine(n, w)))
    return max(near - far + 1, mpf(0))


@model(inputs("x", 3), inputs("z", 3), param("w", 3))
def pairwise_ranking(x, z, w):
    return softplus(-(dot(x, w) - dot(z, w)))


@model(inputs("x", 3), inputs("target", low=0.5, high=3), param("w", 3), param("b"))
def tweedie(x, target, w, b):
    p = number("1.5")
    m = exp(dot(x, w) + b)
    return -target * m ** (1 - p) / (1 - p) + m ** (2 - p) / (2 - p)


@model(inputs("x", 3), inputs("target"), param("w", 3), param("b"), param("alpha", low=-2.5, high=1.5), param("scale"))
def general_robust_loss(x, target, w, b, alpha, scale):
    # Barron 2019, equation 8, away from the singular shapes.
    r = ((dot(x, w) + b - target) / softplus(scale)) ** 2
    d = abs(alpha - 2)
    return d / alpha * ((r / d + 1) ** (alpha / 2) - 1)


@model(inputs("x", 3), classes("target", 4), param("w", 3, 4), param("b", 4))
def confidence_penalty(x, target, w, b):
    z = affine(x, w, b)
    entropy = -sum(p * log(p) for p in softmax(z))
    return cross_entropy(z, target) - number("0.1") * entropy
