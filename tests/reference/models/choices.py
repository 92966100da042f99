"""Piecewise functions, ties, zeros, and numbers at the ends of the range."""

from mpmath import exp, log, mpf, sqrt

from declare import inputs, model, param
from mathematics import affine, dot, each, lse, mean, mse, mul, norm, softmax


@model(inputs("x", 4), param("knots", 3), param("slopes", 4), inputs("target", 4))
def piecewise_linear(x, knots, slopes, target):
    hinge = lambda u: slopes[0] * u + sum(s * max(u - k, mpf(0)) for s, k in zip(slopes[1:], knots))
    return mse(each(hinge, x), target)


@model(inputs("x", 5), param("a"), param("b", low=0.3, high=1), inputs("target", 5))
def branches(x, a, b, target):
    f = lambda u: b * log(u) + a if u > mpf("0.5") else a * u * u if u > -mpf("0.5") else exp(b * u) - a
    return mse(each(f, x), target)


@model(inputs("x", low=-1.5, high=1.5), param("a"), param("b"), inputs("target"))
def choice_of_a_number(x, a, b, target):
    y = sqrt(x) * a if x > 0 else b * x * x - a
    return (y - target) ** 2


@model(inputs("x", 5), param("low", low=-0.8, high=-0.2), param("high", low=0.2, high=0.8), inputs("target", 5))
def clamped(x, low, high, target):
    return mse([min(max(u, low), high) for u in x], target)


@model(inputs("x", 3), param("a", 3, low=0.5, high=0.5), param("b", 3, low=0.5, high=0.5), param("c", 2, low=-0.25, high=-0.25))
def ties(x, a, b, c):
    # Two values that tie share the slope: the central difference says the same.
    return dot(x, [max(u, v) for u, v in zip(a, b)]) + 3 * dot(x, [min(u, v) for u, v in zip(a, b)]) + x[0] * max(c) - x[1] * min(c)


@model(inputs("x", 3), param("w", 3), param("z", 3, low=0, high=0), param("c", 4, low=0.75, high=0.75))
def zeros_in_norms(x, w, z, c):
    # The tips of cones: the slope is 0 by convention, as by central differences.
    return norm(mul(x, w)) + norm(z) + dot(x, each(abs, z)) + sqrt(mean([(u - mean(c)) ** 2 for u in c]))


@model(inputs("x", 3), param("w", 3, 3))
def huge_logits(x, w):
    z = [3000 * u for u in affine(x, w)]
    return lse(z) / 1000 + dot(softmax(z), [mpf(1), mpf(2), mpf(3)])


@model(inputs("x", 3, low=0.5, high=1.5), param("w", 3, low=0.5, high=1.2))
def tiny_arguments(x, w):
    z = mpf(2) ** -40 * dot(x, w)
    return (exp(z) - 1) / z + log(1 + z) * mpf(2) ** 40
