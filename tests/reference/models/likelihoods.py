"""Negative log-likelihoods of distributions whose parameters are trained."""

from mpmath import exp, log, loggamma, mpf, pi, sqrt, tanh

from declare import classes, data, inputs, model, number, param
from mathematics import add, affine, dot, each, lse, normal, scaled, sigma, softplus, sub


@model(inputs("x", low=0.1, high=0.9), param("p"), param("q"))
def beta_likelihood(x, p, q):
    a, b = softplus(p), softplus(q)
    return -(loggamma(a + b) - loggamma(a) - loggamma(b) + (a - 1) * log(x) + (b - 1) * log(1 - x))


@model(inputs("x", 2), inputs("n", low=0, high=6), param("w", 2), param("b"))
def poisson_counts(x, n, w, b):
    rate = exp(dot(x, w) + b)
    return rate - n * log(rate) + loggamma(n + 1)


@model(inputs("x", 2), inputs("n", low=0, high=6), param("w", 2), param("b"), param("r"))
def negative_binomial(x, n, w, b, r):
    m, k = exp(dot(x, w) + b), softplus(r)
    return -(loggamma(n + k) - loggamma(k) - loggamma(n + 1) + k * log(k / (k + m)) + n * log(m / (k + m)))


@model(inputs("x", 2), inputs("y"), param("w", 2), param("s"), param("f"))
def student_t(x, y, w, s, f):
    v, scale = softplus(f) + 1, exp(s)
    z = (y - dot(x, w)) / scale
    return -(loggamma((v + 1) / 2) - loggamma(v / 2) - log(v * pi) / 2 - log(scale) - (v + 1) / 2 * log(1 + z * z / v))


@model(inputs("x", low=0.1, high=4), param("k"), param("t"))
def gamma_likelihood(x, k, t):
    shape, scale = softplus(k), exp(t)
    return -((shape - 1) * log(x) - x / scale - loggamma(shape) - shape * log(scale))


@model(inputs("x", 3, low=0.1, high=0.5), param("a", 3))
def dirichlet(x, a):
    c = each(softplus, a)
    return -(loggamma(sum(c)) - sum(loggamma(u) for u in c) + sum((u - 1) * log(p) for u, p in zip(c, x)))


@model(inputs("x"), param("logits", 3), param("means", 3), param("scales", 3))
def gaussian_mixture(x, logits, means, scales):
    parts = [a - lse(logits) - normal(x, m, exp(s)) for a, m, s in zip(logits, means, scales)]
    return -lse(parts)


@model(inputs("x", 2), inputs("y"), param("w", 2, 4), param("b", 4), param("a", 4, 3), param("m", 4, 3), param("s", 4, 3))
def mixture_density_network(x, y, w, b, a, m, s):
    h = each(tanh, affine(x, w, b))
    weights, means, scales = affine(h, a), affine(h, m), affine(h, s)
    return -lse([u - lse(weights) - normal(y, c, exp(d)) for u, c, d in zip(weights, means, scales)])


@model(inputs("x", 2), inputs("target", low=0, high=1), param("w", 2), param("b"), data("trials"))
def binomial(x, target, w, b, trials):
    z, n = dot(x, w) + b, exp(trials) + 4
    k = target * n
    return -(loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1) + k * log(sigma(z)) + (n - k) * log(sigma(-z)))


@model(inputs("y"), param("m"), param("s"))
def laplace(y, m, s):
    return log(mpf(2)) + s + abs(y - m) / exp(s)


@model(inputs("y", low=0.2, high=3), param("k"), param("l"))
def weibull(y, k, l):
    shape, scale = softplus(k), exp(l)
    z = y / scale
    return -(log(shape / scale) + (shape - 1) * log(z) - z ** shape)


@model(inputs("t", low=0.2, high=3), inputs("died", low=0, high=1), inputs("x", 2), param("w", 2), param("k"))
def censored_survival(t, died, x, w, k):
    shape, scale = softplus(k), exp(dot(x, w))
    hazard = (t / scale) ** shape
    return hazard - died * (log(shape) - log(t) + shape * log(t / scale))


@model(inputs("y", low=0.2, high=3), param("m"), param("s"))
def log_normal(y, m, s):
    return normal(log(y), m, exp(s)) + log(y)


@model(inputs("y"), param("m"), param("s"))
def gumbel(y, m, s):
    z = (y - m) / exp(s)
    return z + exp(-z) + s


@model(inputs("y"), param("m"), param("s"))
def cauchy(y, m, s):
    z = (y - m) / softplus(s)
    return log(pi) + log(softplus(s)) + log(1 + z * z)


@model(inputs("x", 2), inputs("n", low=1, high=6), param("w", 2), param("z"))
def zero_truncated_poisson(x, n, w, z):
    rate = softplus(dot(x, w)) + exp(z)
    return log(exp(rate) - 1) - n * log(rate) + loggamma(n + 1)


@model(inputs("x", 4), inputs("noise", 2), param("w", 4, 2), param("s", 4, 2), param("d", 2, 4), param("c", 4))
def variational_autoencoder(x, noise, w, s, d, c):
    m, v = affine(x, w), affine(x, s)
    z = [a + exp(b / 2) * e for a, b, e in zip(m, v, noise)]
    p = affine(z, d, c)
    reconstruction = sum((a - b) ** 2 for a, b in zip(p, x)) / 2
    return reconstruction + sum(exp(b) + a * a - 1 - b for a, b in zip(m, v)) / 2


@model(inputs("wins", low=0, high=1), inputs("a", 3), inputs("b", 3), param("strength", 3))
def bradley_terry(wins, a, b, strength):
    z = dot(sub(a, b), strength)
    return softplus(z) - wins * z


@model(inputs("x", 2), inputs("y"), param("w", 2), param("m"), param("s"))
def planar_flow(x, y, w, m, s):
    # Rezende & Mohamed 2015, one dimension: the density of u where y = u + softplus(m)·tanh(w·x + u).
    z = y + softplus(m) * tanh(dot(w, x) + y)
    slope = 1 + softplus(m) * (1 - tanh(dot(w, x) + y) ** 2)
    return normal(z, mpf(0), exp(s)) - log(slope)


@model(inputs("x", 3, low=0, high=1), param("w", 3, 2), param("b", 3), param("c", 2))
def free_energy(x, w, b, c):
    # A restricted Boltzmann machine with the hidden units summed out.
    return -dot(x, b) - sum(each(softplus, affine(x, w, c)))
