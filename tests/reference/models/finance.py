"""Prices, rates and risks."""

from mpmath import erf, exp, log, mpf, pi, sqrt

from declare import data, inputs, model, number, param
from mathematics import affine, apply, dot, mean, normal, softmax, softplus, var


def phi(x):
    return (1 + erf(x / sqrt(mpf(2)))) / 2


def call(spot, strike, rate, volatility, time):
    d1 = (log(spot / strike) + (rate + volatility ** 2 / 2) * time) / (volatility * sqrt(time))
    return spot * phi(d1) - strike * exp(-rate * time) * phi(d1 - volatility * sqrt(time))


@model(inputs("spot", low=0.8, high=1.2), inputs("strike", low=0.8, high=1.2), inputs("time", low=0.2, high=2), param("rate", low=0.01, high=0.1),
       param("volatility", low=0.1, high=0.6), inputs("target", low=0, high=0.4))
def black_scholes(spot, strike, time, rate, volatility, target):
    return (call(spot, strike, rate, volatility, time) - target) ** 2


@model(inputs("t", low=0.2, high=8), param("b0"), param("b1"), param("b2"), param("tau", low=0.5, high=2), inputs("target"))
def nelson_siegel(t, b0, b1, b2, tau, target):
    x = t / tau
    decay = (1 - exp(-x)) / x
    return (b0 + b1 * decay + b2 * (decay - exp(-x)) - target) ** 2


@model(inputs("t", low=0.2, high=5), param("r", low=0.01, high=0.1), param("a", low=0.1, high=1), param("b", low=0.02, high=0.1),
       param("s", low=0.01, high=0.1), inputs("target", low=0.7, high=1))
def vasicek(t, r, a, b, s, target):
    c = (1 - exp(-a * t)) / a
    log_a = (b - s ** 2 / (2 * a ** 2)) * (c - t) - s ** 2 * c ** 2 / (4 * a)
    return (exp(log_a - c * r) - target) ** 2


@model(data("returns", 6, 3, low=-0.2, high=0.3), param("logits", 3))
def sharpe_ratio(returns, logits):
    gains = apply(returns, softmax(logits))
    return -mean(gains) / sqrt(var(gains) + number("1e-4"))


@model(inputs("returns", 8, low=-0.5, high=0.5), param("omega"), param("alpha"), param("beta"))
def garch(returns, omega, alpha, beta):
    w, a, b = softplus(omega) / 10, softplus(alpha) / 4, softplus(beta) / 4
    v, total = w, mpf(0)
    for r in returns:
        total += normal(r, mpf(0), sqrt(v))
        v = w + a * r * r + b * v
    return total


@model(inputs("strike", low=0.8, high=1.2), param("alpha", low=0.1, high=0.4), param("rho", low=-0.5, high=0.5), param("nu", low=0.2, high=0.8),
       data("time", low=0.5, high=1), inputs("target", low=0.1, high=0.4))
def sabr(strike, alpha, rho, nu, time, target):
    # Hagan et al. 2002 with beta = 1, forward 1.
    z = nu / alpha * log(1 / strike)
    x = log((sqrt(1 - 2 * rho * z + z * z) + z - rho) / (1 - rho))
    smile = alpha * z / x * (1 + (rho * nu * alpha / 4 + (2 - 3 * rho ** 2) * nu ** 2 / 24) * time)
    return (smile - target) ** 2


@model(inputs("rate", low=0.01, high=0.08), param("payments", 6, low=0.5, high=1.5), inputs("target", low=4, high=7))
def present_value(rate, payments, target):
    value, factor = mpf(0), mpf(1)
    for p in payments:
        factor = factor / (1 + rate)
        value += p * factor
    return (value - target) ** 2


@model(inputs("spot", low=0.8, high=1.2), param("volatility", low=0.2, high=0.5), param("rate", low=0.01, high=0.1), inputs("target", low=0, high=0.3))
def binomial_tree(spot, volatility, rate, target):
    # Cox, Ross & Rubinstein 1979, European, strike 1, four steps of a quarter.
    n, h = 4, mpf(1) / 4
    up = exp(volatility * sqrt(h))
    q = (exp(rate * h) - 1 / up) / (up - 1 / up)
    values = [max(spot * up ** (2 * k - n) - 1, mpf(0)) for k in range(n + 1)]
    for _ in range(n):
        values = [exp(-rate * h) * (q * b + (1 - q) * a) for a, b in zip(values, values[1:])]
    return (values[0] - target) ** 2
