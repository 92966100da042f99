"""Losses with derivatives inside. Here they are written out by hand, or taken as differences with 160 digits."""

from mpmath import cos, diff, erf, exp, log, mp, mpf, pi, sin, sqrt, tanh

from declare import data, inputs, model, number, param
from mathematics import add, affine, dot, each, gelu, mul, sigma, softplus, squares, transpose

TINY = mpf(10) ** -30


def slope(f, x):
    return (f(x + TINY) - f(x - TINY)) / (2 * TINY)


def slopes(f, x):
    return [slope(lambda u: f(x[:i] + [u] + x[i + 1:]), x[i]) for i in range(len(x))]


def net(x, w, b, v):
    return dot(each(tanh, affine(x, w, b)), v)


@model(inputs("x"), inputs("t"), param("w", 2, 4), param("b", 4), param("v", 4), param("k"), digits=160)
def heat_equation(x, t, w, b, v, k):
    ut = slope(lambda s: net([x, s], w, b, v), t)
    uxx = slope(lambda p: slope(lambda q: net([q, t], w, b, v), p), x)
    return (ut - softplus(k) * uxx) ** 2


@model(inputs("x"), inputs("t"), param("w", 2, 4), param("b", 4), param("v", 4), digits=160)
def burgers_equation(x, t, w, b, v):
    u = lambda p, s: net([p, s], w, b, v)
    uxx = slope(lambda p: slope(lambda q: u(q, t), p), x)
    return (slope(lambda s: u(x, s), t) + u(x, t) * slope(lambda p: u(p, t), x) - number("0.01") * uxx) ** 2


@model(inputs("q", 2), inputs("p", 2), param("w", 4, 3), param("b", 3), param("v", 3), inputs("dq", 2), inputs("dp", 2), digits=120)
def hamiltonian_network(q, p, w, b, v, dq, dp):
    for_q = slopes(lambda z: net(z + p, w, b, v), q)
    for_p = slopes(lambda z: net(q + z, w, b, v), p)
    return squares(for_p, dq) + squares([-u for u in for_q], dp)


@model(inputs("x", 3), param("w", 3, 4), param("b", 4), param("v", 4), inputs("target"))
def gradient_penalty(x, w, b, v, target):
    h = each(tanh, affine(x, w, b))
    g = [dot(row, mul(v, [1 - u * u for u in h])) for row in w]
    return (dot(h, v) - target) ** 2 + number("0.1") * (sqrt(dot(g, g)) - 1) ** 2


@model(inputs("x", 2), param("w", 2, 4), param("b", 4), param("v", 4), digits=160)
def score_matching(x, w, b, v):
    # Hyvärinen 2005: ½·‖∇ ln p‖² + Δ ln p.
    f = lambda z: net(z, w, b, v)
    laplacian = sum(slope(lambda u: slope(lambda s: f(x[:i] + [s] + x[i + 1:]), u), x[i]) for i in range(2))
    g = slopes(f, x)
    return dot(g, g) / 2 + laplacian


@model(inputs("x"), param("depth"), param("a"), param("r0"), inputs("force"))
def force_of_a_potential(x, depth, a, r0, force):
    # The slope of D·(1 − e^(−α(x − r₀)))².
    d, al = softplus(depth), softplus(a)
    e = exp(-al * (x - r0))
    return (-2 * d * al * (1 - e) * e - force) ** 2


@model(inputs("position", 4, 2, low=-2, high=2), param("depth"), param("size"), inputs("force", 4, 2))
def forces_of_a_cluster(position, depth, size, force):
    # E = Σ d·(s² − s), s = c/(r² + 1)³ over pairs, by hand: dE/dr² = d·(2s − 1)·ds/dr², ds/dr² = −3·s/(r² + 1).
    d, c = exp(depth), exp(size)
    total = []
    for i in range(4):
        f = [mpf(0), mpf(0)]
        for j in range(4):
            if i != j:
                r2 = squares(position[i], position[j]) + 1
                s = c / r2 ** 3
                for k in range(2):
                    f[k] += d * (2 * s - 1) * 3 * s / r2 * 2 * (position[i][k] - position[j][k])
        total.append(f)
    return squares(total, force)


@model(inputs("spot", low=0.8, high=1.2), param("rate", low=0.01, high=0.1), param("volatility", low=0.2, high=0.6), inputs("delta"), inputs("gamma"),
       inputs("vega"))
def greeks(spot, rate, volatility, delta, gamma, vega):
    # Strike 1, one year, from the textbook's closed forms.
    d1 = (log(spot) + rate + volatility ** 2 / 2) / volatility
    density = exp(-d1 * d1 / 2) / sqrt(2 * pi)
    found = [(1 + erf(d1 / sqrt(mpf(2)))) / 2, density / (spot * volatility), spot * density]
    return squares(found, [delta, gamma, vega])


@model(inputs("x", 3), param("w", 3, 3), param("b", 3))
def jacobian_norm(x, w, b):
    h = each(sigma, affine(x, w, b))
    return sum((w[i][j] * h[j] * (1 - h[j])) ** 2 for i in range(3) for j in range(3))


@model(inputs("x"), param("a"), param("b"), inputs("target"))
def monotone_flow(x, a, b, target):
    # −ln N(f(x)) − ln f′(x) with f(x) = eᵃ·x + softplus(b)·tanh x.
    f = exp(a) * x + softplus(b) * tanh(x)
    s = exp(a) + softplus(b) * (1 - tanh(x) ** 2)
    return (f - target) ** 2 / 2 + log(2 * pi) / 2 - log(s)


@model(inputs("x"), param("a"), param("b"))
def third_derivative(x, a, b):
    # y = sin(a·x)·e^(b·x): the third derivative by Leibniz.
    s, c, e = sin(a * x), cos(a * x), exp(b * x)
    return (e * (-a ** 3 * c - 3 * a ** 2 * b * s + 3 * a * b ** 2 * c + b ** 3 * s)) ** 2


@model(inputs("q"), inputs("v"), inputs("a"), param("m"), param("k"), param("c"), digits=160)
def lagrangian(q, v, a, m, k, c):
    # d/dt ∂L/∂v − ∂L/∂q = L_vv·a + L_vq·v − L_q, with a mass that depends on the place.
    l = lambda x, u: (exp(m) + softplus(c) * x * x) * u * u / 2 - softplus(k) * (1 - cos(x))
    lvv = slope(lambda u: slope(lambda s: l(q, s), u), v)
    lvq = slope(lambda x: slope(lambda s: l(x, s), v), q)
    return (lvv * a + lvq * v - slope(lambda x: l(x, v), q)) ** 2


@model(inputs("x"), param("r", low=2.5, high=3.5))
def lyapunov_exponent(x, r):
    # Σ ln |f′| along the orbit of the logistic map.
    total, u = mpf(0), sigma(x)
    for _ in range(5):
        total += log(abs(r * (1 - 2 * u)))
        u = r * u * (1 - u)
    return total / 5
