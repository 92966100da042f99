"""Parts of arrays, arrays of parts, objectives without examples."""

from mpmath import acos, cos, exp, log, mpf, sin, sqrt, tanh

from declare import classes, data, inputs, model, number, param
from mathematics import (add, affine, apply, cross_entropy, dot, each, flat, lse, matmul, mean, mse, mul, norm, relu, sigma, softmax, softplus, squares, sub,
                         transpose)


@model(classes("token", 6), param("table", 6, 3), param("v", 3), inputs("target"))
def embedding(token, table, v, target):
    return (dot(each(tanh, table[token]), v) - target) ** 2


@model(classes("tokens", 6, 4), param("table", 6, 3), param("v", 3), inputs("target"))
def bag_of_words(tokens, table, v, target):
    h = [mean(column) for column in zip(*[table[token] for token in tokens])]
    return (dot(h, v) - target) ** 2


@model(classes("user", 4), classes("item", 5), param("u", 4, 2), param("v", 5, 2), param("b", 4), param("c", 5), inputs("target"))
def matrix_factorization(user, item, u, v, b, c, target):
    error = dot(u[user], v[item]) + b[user] + c[item] - target
    return error ** 2 + number("0.01") * (dot(u[user], u[user]) + dot(v[item], v[item]))


@model(param("u", 4, 2), param("v", 2, 5), data("m", 4, 5))
def whole_factorization(u, v, m):
    return squares(matmul(u, v), m) + number("0.05") * sum(x * x for x in flat(u) + flat(v))


@model(inputs("x", 6), param("w", 4), param("b"), inputs("target"))
def slices(x, w, b, target):
    return (dot(x[1:5], w) + x[0] * x[5] * b + dot(x[:4], x[2:]) - target) ** 2


@model(inputs("x", 3, 4), param("w", 3), param("v", 4), inputs("target"))
def rows_and_columns(x, w, v, target):
    column = [row[2] for row in x]
    return (dot(column, w) + dot(x[1], v) + x[2][0] * v[3] - target) ** 2


@model(inputs("x", 8), param("w", 4), inputs("target"))
def every_second(x, w, target):
    return (dot(x[::2], w) - dot(x[1::2], w) ** 2 - target) ** 2


@model(inputs("x", 2), inputs("z", 3), param("w", 5, 4), param("b", 4), inputs("target", 4))
def concatenation(x, z, w, b, target):
    return mse(each(tanh, affine(x + z, w, b)), target)


@model(inputs("x", 3), inputs("z", 3), param("w", 2, 3), param("v", 3), inputs("target"))
def stacked_rows(x, z, w, v, target):
    m = [[a * b for a, b in zip(row, other)] for row, other in zip([x, z], w)]
    return (dot(softmax([row[0] for row in m]), [dot(row, v) for row in m]) - target) ** 2


@model(inputs("x", 6), param("w", 3, 4), inputs("target", 2, 4))
def reshaped(x, w, target):
    return mse(matmul([x[:3], x[3:]], w), target)


@model(inputs("x", 2, 3, 2), param("w", 2, 2), inputs("target", 3, 2, 2))
def permuted(x, w, target):
    turned = [[[x[i][j][k] for i in range(2)] for k in range(2)] for j in range(3)]
    return mse([matmul(m, w) for m in turned], target)


@model(inputs("x", 4), param("w", 4, 4), inputs("target", 4))
def triangular(x, w, target):
    lower = [[w[i][j] if j <= i else mpf(0) for j in range(4)] for i in range(4)]
    upper = [[w[i][j] if j > i else mpf(0) for j in range(4)] for i in range(4)]
    return mse(add(apply(lower, x), each(tanh, apply(upper, x))), target)


@model(inputs("x", 4), param("d", 4), param("w", 4, 4), inputs("target", 4))
def diagonals(x, d, w, target):
    m = [[w[i][j] + (exp(d[i]) if i == j else 0) for j in range(4)] for i in range(4)]
    return mse(apply(m, x), target) + sum(w[i][i] for i in range(4)) ** 2


@model(classes("kind", 3), inputs("x", 2), param("w", 5, 4), inputs("target", 4))
def one_hot_category(kind, x, w, target):
    return mse(affine([mpf(int(kind == k)) for k in range(3)] + x, w), target)


@model(inputs("x", 5), param("w", 5), inputs("target", 5))
def reversed_and_rolled(x, w, target):
    z = [a * b for a, b in zip(x, w)]
    return mse(add(each(tanh, z[::-1]), z[-2:] + z[:-2]), target)


@model(inputs("x", 4, 3), data("adjacency", 4, 4, low=0, high=1), param("w", 3, 3), param("v", 3, 2), inputs("target", 4, 2))
def graph_convolution(x, adjacency, w, v, target):
    a = [[u / sum(row) for u in row] for row in adjacency]
    h = [each(relu, row) for row in matmul(matmul(a, x), w)]
    return mse(matmul(matmul(a, h), v), target)


@model(inputs("p", 3), param("rotation", 3), param("shift", 3), param("focal", low=0.8, high=1.5), inputs("seen", 2))
def camera(p, rotation, shift, focal, seen):
    # Rodrigues' formula about the axis of the vector, then a pinhole four units away.
    angle = norm(rotation)
    k = [r / angle for r in rotation]
    cross = [k[1] * p[2] - k[2] * p[1], k[2] * p[0] - k[0] * p[2], k[0] * p[1] - k[1] * p[0]]
    turned = [a * cos(angle) + b * sin(angle) + c * dot(k, p) * (1 - cos(angle)) for a, b, c in zip(p, cross, k)]
    q = add(turned, shift)
    depth = q[2] + 6
    return (focal * q[0] / depth - seen[0]) ** 2 + (focal * q[1] / depth - seen[1]) ** 2


@model(data("points", 6, 2), param("centers", 3, 2))
def k_means(points, centers):
    return sum(min(squares(p, c) for c in centers) for p in points)


@model(data("points", 5, 2), param("centers", 3, 2), param("s"))
def soft_k_means(points, centers, s):
    return -sum(lse([-exp(s) * squares(p, c) for c in centers]) for p in points) / exp(s)


@model(inputs("a", 4), inputs("b", 4), param("w", 4, 3), param("t"))
def contrast(a, b, w, t):
    p, q = affine(a, w), affine(b, w)
    return softplus(-dot(p, q) / (norm(p) * norm(q)) * exp(t))


@model(data("a", 4, 3), data("b", 4, 3), param("w", 3, 3), param("t"))
def information_noise_contrast(a, b, w, t):
    unit = lambda rows: [[u / norm(row) for u in row] for row in rows]
    p, q = unit(matmul(a, w)), unit(matmul(b, w))
    s = [[exp(t) * dot(u, v) for v in q] for u in p]
    return mean([lse(row) - row[i] for i, row in enumerate(s)])


@model(data("x", 5, 3), data("y", 5), param("w", 3, 2), param("gain", 2), param("shift", 2), param("v", 2))
def batch_normalization(x, y, w, gain, shift, v):
    z = transpose(matmul(x, w))
    h = []
    for column, g, s in zip(z, gain, shift):
        m = mean(column)
        scale = sqrt(mean([(u - m) ** 2 for u in column]) + number("1e-3"))
        h.append([relu((u - m) / scale * g + s) for u in column])
    return mse(affine(v, h), y)


@model(inputs("x", 5), param("w", 5), inputs("target"))
def reading_at_the_largest(x, w, target):
    k = max(range(5), key=lambda i: x[i])
    return (w[k] * x[k] - target) ** 2
