"""Convolutions with stride, padding and dilation; pooling; small networks of them."""

from mpmath import mpf, tanh

from declare import classes, inputs, model, param
from mathematics import affine, cross_entropy, dot, each, flat, mean, mse, prod, relu, sigma, silu, squares


def correlate(x, w, stride=1, padding=0, dilation=1):
    """Channels `[C, L]` and kernels `[O, C, K]` to `[O, L']`, without turning the kernel over, as networks do."""
    length, size = len(x[0]), len(w[0][0])
    steps = (length + 2 * padding - dilation * (size - 1) - 1) // stride + 1
    at = lambda c, i: x[c][i] if 0 <= i < length else mpf(0)
    return [[sum(kernel[c][k] * at(c, t * stride - padding + k * dilation) for c in range(len(x)) for k in range(size)) for t in range(steps)]
            for kernel in w]


def correlate2(x, w, stride=1, padding=0, dilation=1):
    """Channels `[C, H, W]` and kernels `[O, C, K, L]` to `[O, H', W']`."""
    height, width, rows, columns = len(x[0]), len(x[0][0]), len(w[0][0]), len(w[0][0][0])
    steps = lambda extent, size: (extent + 2 * padding - dilation * (size - 1) - 1) // stride + 1
    at = lambda c, i, j: x[c][i][j] if 0 <= i < height and 0 <= j < width else mpf(0)
    place = lambda t, k: t * stride - padding + k * dilation
    return [[[sum(kernel[c][k][l] * at(c, place(i, k), place(j, l)) for c in range(len(x)) for k in range(rows) for l in range(columns))
              for j in range(steps(width, columns))] for i in range(steps(height, rows))] for kernel in w]


def pool(function, x, size, stride):
    return [[function(row[t * stride:t * stride + size]) for t in range((len(row) - size) // stride + 1)] for row in x]


def pool2(function, x, size):
    return [[[function([plane[i * size + k][j * size + l] for k in range(size) for l in range(size)]) for j in range(len(plane[0]) // size)]
             for i in range(len(plane) // size)] for plane in x]


def deep(function, x):
    return [deep(function, part) for part in x] if isinstance(x, list) else function(x)


@model(inputs("x", 2, 7), param("w", 3, 2, 3), param("b", 3), inputs("target", 3, 5))
def convolution(x, w, b, target):
    return mse([[u + c for u in row] for row, c in zip(correlate(x, w), b)], target)


@model(inputs("x", 2, 8), param("w", 3, 2, 3), inputs("target", 3, 4))
def strided_convolution(x, w, target):
    return mse(correlate(x, w, stride=2, padding=1), target)


@model(inputs("x", 2, 9), param("w", 2, 2, 3), inputs("target", 2, 5))
def dilated_convolution(x, w, target):
    return mse(deep(tanh, correlate(x, w, dilation=2)), target)


@model(inputs("x", 2, 5, 6), param("w", 3, 2, 3, 3), param("b", 3), inputs("target", 3, 3, 4))
def convolution_of_planes(x, w, b, target):
    return mse([[[u + c for u in row] for row in plane] for plane, c in zip(correlate2(x, w), b)], target)


@model(inputs("x", 1, 5, 5), param("w", 2, 1, 3, 3), inputs("target", 2, 3, 3))
def strided_padded_planes(x, w, target):
    return squares(correlate2(x, w, stride=2, padding=1), target)


@model(inputs("x", 1, 7, 7), param("w", 2, 1, 3, 3), inputs("target", 2, 3, 3))
def dilated_planes(x, w, target):
    return squares(correlate2(x, w, dilation=2), target)


@model(inputs("x", 2, 8), param("w", 2, 8), inputs("target", 2, 4))
def maximum_pooling(x, w, target):
    z = [[a * b for a, b in zip(row, other)] for row, other in zip(x, w)]
    return squares(pool(max, z, 2, 2), target)


@model(inputs("x", 2, 7), param("w", 2, 7), inputs("target", 2, 3))
def overlapping_average_pooling(x, w, target):
    z = [[a * b for a, b in zip(row, other)] for row, other in zip(x, w)]
    return squares(pool(mean, z, 3, 2), target)


@model(inputs("x", 1, 6, 6), param("w", 2, 1, 3, 3), param("b", 2), param("v", 8, 3), param("c", 3), classes("target", 3))
def small_convolutional_network(x, w, b, v, c, target):
    h = [[[relu(u + k) for u in row] for row in plane] for plane, k in zip(correlate2(x, w), b)]
    return cross_entropy(affine(flat(pool2(max, h, 2)), v, c), target)


@model(inputs("x", 1, 6, 6), param("w1", 2, 1, 3, 3), param("w2", 3, 2, 3, 3), param("v", 3, 2), inputs("target", 2))
def two_convolutions(x, w1, w2, v, target):
    h = deep(silu, correlate2(x, w1, padding=1))
    h = deep(silu, correlate2(h, w2, stride=2))
    return squares(affine([mean(flat(plane)) for plane in h], v), target)


@model(inputs("x", 3, 6), param("w", 3, 3), inputs("target", 3, 4))
def depthwise_convolution(x, w, target):
    return mse([correlate([row], [[kernel]])[0] for row, kernel in zip(x, w)], target)


@model(inputs("x", 8), param("w1", 3), param("w2", 3), param("b"), inputs("target", 8))
def causal_dilated_stack(x, w1, w2, b, target):
    shifted = lambda z, k: [mpf(0)] * k + z[:8 - k]
    layer = lambda z, w, d: [dot(w, column) for column in zip(z, shifted(z, d), shifted(z, 2 * d))]
    h = each(tanh, layer(x, w1, 1))
    h = [a + c + b for a, c in zip(layer(h, w2, 2), x)]
    return mse(h, target)


@model(inputs("x", 5), param("w", 3), inputs("target", 7))
def full_convolution(x, w, target):
    return squares([sum(x[i] * w[t - i] for i in range(5) if 0 <= t - i < 3) for t in range(7)], target)


@model(inputs("x", 4, 4), param("w", 2, 2, 3), param("v", 12), inputs("target"))
def patches(x, w, v, target):
    tokens = []
    for i in range(2):
        for j in range(2):
            tokens += [sum(x[2 * i + k][2 * j + l] * w[k][l][c] for k in range(2) for l in range(2)) for c in range(3)]
    return (dot(each(tanh, tokens), v) - target) ** 2
