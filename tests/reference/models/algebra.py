"""Products, reductions and single functions: what the larger models are made of."""

from mpmath import (acos, acosh, asin, asinh, atan, atan2, atanh, cbrt, cos, cosh, digamma, erf, exp, hypot, log, loggamma, mpf, power, sin, sinh,
                    sqrt, tan)

from declare import classes, data, inputs, model, number, param
from mathematics import affine, apply, cross_entropy, dot, flat, lse, matmul, mse, norm, softmax, squares, transpose, var

LAYER = (inputs("x", 3), param("w", 3, 4), param("b", 4))


@model(inputs("x", 3), inputs("y", 4), param("w", 3, 4))
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


@model(inputs("x", 3), inputs("y", 4), param("w", 3, 4))
def similarity(x, y, w):
    z = affine(x, w)
    return dot(z, y) / (norm(z) * norm(y))


@model(inputs("x", 2, 3), param("w", 3, 2), data("m", 2, 2))
def traced(x, w, m):
    p = matmul(x, w)
    return p[0][0] + p[1][1] + sum(p[i][j] * m[i][j] * p[j][i] for i in range(2) for j in range(2))


@model(inputs("x", 2, low=0.2), param("u", 2, low=0.2), param("v", 2, low=0.2))
def polar(x, u, v):
    a, b = dot(x, u), dot(x, v)
    return atan2(a, b) + hypot(a, b)


@model(inputs("x", 3, 4), param("w", 4))
def extremes(x, w):
    z = [[a * b for a, b in zip(row, w)] for row in x]
    return sum(max(row) for row in z) * min(min(row) for row in z)


@model(inputs("x", 3), param("w", 4), data("m", 3, 4))
def rank_one(x, w, m):
    return sum((x[i] * w[j] - m[i][j]) ** 2 for i in range(3) for j in range(4))


@model(inputs("x", low=0.5, high=2), param("a", low=1.2, high=2), param("b", low=0.3, high=1))
def logarithms_and_roots(x, a, b):
    return 2 ** (x * b) + log(x * a, 2) * log(a + b, 10) + cbrt(a * b + x) + acosh(a + x) + exp(b) - 1 + log(1 + b)


@model(inputs("x", low=0.5, high=2), param("a", low=0.5, high=3))
def digammas(x, a):
    return digamma(x * a) * loggamma(a + x)


@model(inputs("x", 3), inputs("z", 2), param("w", 3, 2), param("scale"), data("m", 2, 3), classes("label", 2))
def several_inputs(x, z, w, scale, m, label):
    u = [scale * (a + b) + dot(row, x) for a, b, row in zip(affine(x, w), z, m)]
    return cross_entropy(u, label) + (norm(flat(w)) - 1) ** 2


@model(inputs("q", 3), param("keys", 4, 3), param("values", 4, 2), inputs("target", 2))
def retrieval(q, keys, values, target):
    return mse(affine(softmax([dot(k, q) for k in keys]), values), target)


@model(inputs("x", low=-0.9, high=0.9), param("a", low=-0.9, high=0.9), param("b", low=0.2, high=0.9))
def inverse_functions(x, a, b):
    return asin(x * a) * acos(a * b) + atan(x / b) + asinh(x - a) * atanh(x * b)


@model(inputs("x", low=-1.2, high=1.2), param("a"), param("b", low=0.3, high=1))
def circular_and_hyperbolic(x, a, b):
    return sin(a * x) * cosh(b) + tan(x * b) - sinh(a - x) * cos(a * b)


@model(inputs("x", low=0.3, high=2), param("a", low=0.5, high=2), param("p", low=-1.5, high=2.5))
def powers(x, a, p):
    return (a * x) ** p + a ** 3 / x ** 2 + (a - x) ** 5 + sqrt(a + x) + power(a, number("-0.5")) + 1 / (a * x)


@model(inputs("x", 3), param("m", 3, 3), param("c", 3))
def mahalanobis(x, m, c):
    d = [u - v for u, v in zip(x, c)]
    return sqrt(dot(apply(matmul(m, transpose(m)), d), d))


@model(inputs("x", 2, 3), param("u", 3, 3), param("v", 3, 2))
def chain_of_products(x, u, v):
    p = matmul(matmul(matmul(x, u), u), v)
    return squares(p, matmul(transpose(v), transpose(x)))


@model(inputs("x", 2, 3), inputs("y", 2, 3), param("a", 3, 2), param("b", 2))
def einstein_sums(x, y, a, b):
    return sum(x[i][j] * y[i][k] * a[j][m] * a[k][m] * b[i] for i in range(2) for j in range(3) for k in range(3) for m in range(2)) \
        + sum(x[i][j] * a[j][i] for i in range(2) for j in range(3))


@model(inputs("x", 4), param("w", 4), param("c"))
def smooth_maximum(x, w, c):
    z = [u * v for u, v in zip(x, w)]
    k = exp(c)
    return lse([k * u for u in z]) / k - dot(softmax([k * u for u in z]), z) + erf(max(z) - min(z))
