"""Factors, solutions and determinants of matrices inside the model."""

from mpmath import exp, log, mpf, pi, sqrt

from declare import data, inputs, model, number, param
from mathematics import add, apply, cholesky, det, dot, eye, flat, matmul, mean, normal, solve, squares, sub, transpose


def spd(m, extra=1):
    """A symmetric positive definite matrix."""
    return [[u + (extra if i == j else 0) for j, u in enumerate(row)] for i, row in enumerate(matmul(m, transpose(m)))]


@model(data("x", 5, 2), data("y", 5), param("scale"), param("length"), param("noise"))
def gaussian_process(x, y, scale, length, noise):
    k = [[exp(scale) * exp(-squares(a, b) / (2 * exp(length))) + (exp(noise) if i == j else 0) for j, b in enumerate(x)] for i, a in enumerate(x)]
    return dot(y, solve(k, y)) / 2 + log(det(k)) / 2 + mpf(5) / 2 * log(2 * pi)


@model(inputs("z", 2), data("x", 4, 2), data("y", 4), param("length"), param("noise"), inputs("target"))
def gaussian_process_prediction(z, x, y, length, noise, target):
    kernel = lambda a, b: exp(-squares(a, b) / (2 * exp(length)))
    k = [[kernel(a, b) + (exp(noise) if i == j else 0) for j, b in enumerate(x)] for i, a in enumerate(x)]
    near = [kernel(z, a) for a in x]
    m = dot(near, solve(k, y))
    v = 1 + exp(noise) - dot(near, solve(k, near))
    return normal(target, m, sqrt(v))


@model(inputs("x", 3), param("m", 3), param("l", 3, 3))
def multivariate_normal(x, m, l):
    s, d = spd(l), sub(x, m)
    return dot(d, solve(s, d)) / 2 + log(det(s)) / 2 + mpf(3) / 2 * log(2 * pi)


@model(inputs("b", 3), param("a", 3, 3), inputs("target", 3))
def general_solution(b, a, target):
    m = [[u + (3 if i == j else 0) for j, u in enumerate(row)] for i, row in enumerate(a)]
    return squares(solve(m, b), target)


@model(param("a", 3, 3), data("c", 3, 3))
def inverse_of_a_matrix(a, c):
    m = [[u + (3 if i == j else 0) for j, u in enumerate(row)] for i, row in enumerate(a)]
    columns = [solve(m, column) for column in eye(3)]
    return sum(columns[j][i] * c[i][j] for i in range(3) for j in range(3))


@model(param("a", 4, 4))
def determinant(a):
    return det(a)


@model(inputs("x"), param("a", 3, 3), param("b", 3, 3))
def determinant_of_examples(x, a, b):
    return det([[u + x * v for u, v in zip(row, other)] for row, other in zip(a, b)])


@model(param("u", 3), param("v", 3), data("c"))
def determinant_of_a_singular_matrix(u, v, c):
    # Rank one: the determinant and its gradient are 0, and finite.
    return det([[a * b for b in v] for a in u]) + c * dot(u, v)


@model(param("a", 3, 3))
def logarithm_of_a_determinant(a):
    return log(det(spd(a)))


@model(param("a", 4, 4), data("c", 4, 4))
def cholesky_factor(a, c):
    return sum(u * v for u, v in zip(flat(cholesky(spd(a))), flat(c)))


@model(inputs("b", 3), param("l", 3, 3), inputs("target", 3))
def triangular_solutions(b, l, target):
    lower = [[(u if j < i else exp(u) if i == j else mpf(0)) for j, u in enumerate(row)] for i, row in enumerate(l)]
    y = solve(lower, b)
    return squares(solve(transpose(lower), y), target)


@model(data("x", 6, 2), data("y", 6), param("penalty", 2))
def ridge_in_closed_form(x, y, penalty):
    # The weights that fit the first four rows, judged by the last two.
    n = [[sum(x[k][i] * x[k][j] for k in range(4)) + (exp(penalty[i]) if i == j else 0) for j in range(2)] for i in range(2)]
    w = solve(n, [sum(x[k][i] * y[k] for k in range(4)) for i in range(2)])
    return mean([(dot(x[k], w) - y[k]) ** 2 for k in range(4, 6)])


@model(inputs("y", 4), param("a", 2, 2), param("h", 2), param("q"), param("r"))
def kalman_filter_of_vectors(y, a, h, q, r):
    m, p, total = [mpf(0), mpf(0)], eye(2), mpf(0)
    for z in y:
        m = apply(a, m)
        p = matmul(matmul(a, p), transpose(a))
        p = [[u + (exp(q) if i == j else 0) for j, u in enumerate(row)] for i, row in enumerate(p)]
        ph = apply(p, h)
        s = dot(h, ph) + exp(r)
        total += normal(z, dot(h, m), sqrt(s))
        m = add(m, [u * (z - dot(h, m)) / s for u in ph])
        p = [[p[i][j] - ph[i] * ph[j] / s for j in range(2)] for i in range(2)]
    return total


@model(inputs("x", 2), param("a", 2, 2), param("b", 2))
def affine_flow(x, a, b):
    m = [[u + (2 if i == j else 0) for j, u in enumerate(row)] for i, row in enumerate(a)]
    z = add(apply(m, x), b)
    return dot(z, z) / 2 + log(2 * pi) - log(det(m))
