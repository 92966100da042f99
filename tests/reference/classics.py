"""The test functions of Moré, Garbow and Hillstrom (1981), *Testing Unconstrained Optimization Software*, ACM TOMS 7(1), 17–41.

Each gives its residuals at θ; the function to minimize is their sum of squares. The numbering and the names of the variables are the
paper's. The data of the fits were checked by minimizing: the minima are those that the paper states, to all of its digits.
"""

from mpmath import atan2, cos, exp, fsum, log, mpf, pi, sin, sqrt

CLASSICS = []


def classic(*start, y=None, **inputs):
    """The function below gives the residuals of θ: all of them, or, with inputs or a target, that of one observation."""
    def declare(function):
        target = None if y is None else numbers(y)
        CLASSICS.append((function.__name__, [mpf(float(x)) for x in start], {name: numbers(row) for name, row in inputs.items()}, target, function))
        return function
    return declare


def numbers(row):
    """What the test reads is the nearest f64, so that is what is computed with."""
    return [mpf(float(number)) for number in (row.split() if isinstance(row, str) else row)]


@classic(-1.2, 1)
def rosenbrock(x):
    return [10 * (x[1] - x[0] ** 2), 1 - x[0]]


@classic(0.5, -2)
def freudenstein_roth(x):
    return [-13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1], -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]]


@classic(0, 1)
def powell_badly_scaled(x):
    return [10 ** 4 * x[0] * x[1] - 1, exp(-x[0]) + exp(-x[1]) - mpf("1.0001")]


@classic(1, 1)
def brown_badly_scaled(x):
    return [x[0] - 10 ** 6, x[1] - mpf("2e-6"), x[0] * x[1] - 2]


@classic(1, 1, power=[1, 2, 3], y="1.5 2.25 2.625")
def beale(x, power):
    return x[0] * (1 - x[1] ** int(power))


@classic(0.3, 0.4, i=range(1, 11), y=range(4, 23, 2))
def jennrich_sampson(x, i):
    return exp(i * x[0]) + exp(i * x[1])


@classic(-1, 0, 0)
def helical_valley(x):
    turn = atan2(x[1], x[0]) / (2 * pi)
    turn += 1 if turn < mpf(-1) / 4 else 0
    return [10 * (x[2] - 10 * turn), 10 * (sqrt(x[0] ** 2 + x[1] ** 2) - 1), x[2]]


@classic(1, 1, 1, u=range(1, 16), y="0.14 0.18 0.22 0.25 0.29 0.32 0.35 0.39 0.37 0.58 0.73 0.96 1.34 2.10 4.39")
def bard(x, u):
    v = 16 - u
    return x[0] + u / (v * x[1] + min(u, v) * x[2])


@classic(0.4, 1, 0, t=[(8 - i) / 2 for i in range(1, 16)],
         y="0.0009 0.0044 0.0175 0.0540 0.1295 0.2420 0.3521 0.3989 0.3521 0.2420 0.1295 0.0540 0.0175 0.0044 0.0009")
def gaussian(x, t):
    return x[0] * exp(-x[1] * (t - x[2]) ** 2 / 2)


@classic(0.02, 4000, 250, t=range(50, 126, 5),
         y="34780 28610 23650 19630 16370 13720 11540 9744 8261 7030 6005 5147 4427 3820 3307 2872")
def meyer(x, t):
    return x[0] * exp(x[1] / (t + x[2]))


@classic(5, 2.5, 0.15, t=[i / 100 for i in range(1, 100)])
def gulf_research(x, t):
    y = 25 + (-50 * log(t)) ** (mpf(2) / 3)
    return exp(-abs(y - x[1]) ** x[2] / x[0]) - t


@classic(0, 10, 20, t=[i / 10 for i in range(1, 11)])
def box_three_dimensional(x, t):
    return exp(-t * x[0]) - exp(-t * x[1]) - x[2] * (exp(-t) - exp(-10 * t))


@classic(3, -1, 0, 1)
def powell_singular(x):
    return [x[0] + 10 * x[1], sqrt(mpf(5)) * (x[2] - x[3]), (x[1] - 2 * x[2]) ** 2, sqrt(mpf(10)) * (x[0] - x[3]) ** 2]


@classic(-3, -1, -3, -1)
def wood(x):
    first = [10 * (x[1] - x[0] ** 2), 1 - x[0], sqrt(mpf(90)) * (x[3] - x[2] ** 2), 1 - x[2]]
    return first + [sqrt(mpf(10)) * (x[1] + x[3] - 2), (x[1] - x[3]) / sqrt(mpf(10))]


@classic(0.25, 0.39, 0.415, 0.39, u="4 2 1 0.5 0.25 0.167 0.125 0.1 0.0833 0.0714 0.0625",
         y="0.1957 0.1947 0.1735 0.1600 0.0844 0.0627 0.0456 0.0342 0.0323 0.0235 0.0246")
def kowalik_osborne(x, u):
    return x[0] * (u ** 2 + u * x[1]) / (u ** 2 + u * x[2] + x[3])


@classic(25, 5, -5, -1, t=[i / 5 for i in range(1, 21)])
def brown_dennis(x, t):
    return (x[0] + t * x[1] - exp(t)) ** 2 + (x[2] + x[3] * sin(t) - cos(t)) ** 2


@classic(0.5, 1.5, -1, 0.01, 0.02, t=range(0, 330, 10),
         y="0.844 0.908 0.932 0.936 0.925 0.908 0.881 0.850 0.818 0.784 0.751 0.718 0.685 0.658 0.628 0.603 0.580 0.558 0.538 0.522 0.506 "
           "0.490 0.478 0.467 0.457 0.448 0.438 0.431 0.424 0.420 0.414 0.411 0.406")
def osborne_1(x, t):
    return x[0] + x[1] * exp(-t * x[3]) + x[2] * exp(-t * x[4])


@classic(1, 2, 1, 1, 1, 1, t=[i / 10 for i in range(1, 14)])
def biggs_exp6(x, t):
    y = exp(-t) - 5 * exp(-10 * t) + 3 * exp(-4 * t)
    return x[2] * exp(-t * x[0]) - x[3] * exp(-t * x[1]) + x[5] * exp(-t * x[4]) - y


@classic(1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5, t=[i / 10 for i in range(65)],
         y="1.366 1.191 1.112 1.013 0.991 0.885 0.831 0.847 0.786 0.725 0.746 0.679 0.608 0.655 0.616 0.606 0.602 0.626 0.651 0.724 0.649 "
           "0.649 0.694 0.644 0.624 0.661 0.612 0.558 0.533 0.495 0.500 0.423 0.395 0.375 0.372 0.391 0.396 0.405 0.428 0.429 0.523 0.562 "
           "0.607 0.653 0.672 0.708 0.633 0.668 0.645 0.632 0.591 0.559 0.597 0.625 0.739 0.710 0.729 0.720 0.636 0.581 0.428 0.292 0.162 "
           "0.098 0.054")
def osborne_2(x, t):
    peaks = [x[k] * exp(-(t - x[k + 7]) ** 2 * x[k + 4]) for k in (1, 2, 3)]
    return x[0] * exp(-t * x[4]) + fsum(peaks)


@classic(0, 0, 0, 0, 0, 0)
def watson(x):
    def residual(t):
        return fsum((j - 1) * x[j - 1] * t ** (j - 2) for j in range(2, 7)) - fsum(x[j] * t ** j for j in range(6)) ** 2 - 1
    return [residual(mpf(i) / 29) for i in range(1, 30)] + [x[0], x[1] - x[0] ** 2 - 1]


@classic(*[-1.2, 1] * 5)
def extended_rosenbrock(x):
    return [residual for k in range(0, 10, 2) for residual in rosenbrock(x[k:k + 2])]


@classic(*[3, -1, 0, 1] * 3)
def extended_powell_singular(x):
    return [residual for k in range(0, 12, 4) for residual in powell_singular(x[k:k + 4])]


@classic(1, 2, 3, 4)
def penalty_1(x):
    return [sqrt(mpf("1e-5")) * (one - 1) for one in x] + [fsum(one ** 2 for one in x) - mpf(1) / 4]


@classic(0.5, 0.5, 0.5, 0.5)
def penalty_2(x):
    def e(number):
        return exp(mpf(number) / 10)
    rising = [e(x[i]) + e(x[i - 1]) - e(i + 1) - e(i) for i in range(1, 4)]
    alone = [e(x[i]) - e(-1) for i in range(1, 4)]
    return [x[0] - mpf("0.2")] + [sqrt(mpf("1e-5")) * one for one in rising + alone] + [fsum((4 - j) * x[j] ** 2 for j in range(4)) - 1]


@classic(*[1 - j / 10 for j in range(1, 11)])
def variably_dimensioned(x):
    total = fsum((j + 1) * (x[j] - 1) for j in range(10))
    return [one - 1 for one in x] + [total, total ** 2]


@classic(*[0.1] * 10)
def trigonometric(x):
    total = fsum(cos(one) for one in x)
    return [10 - total + (i + 1) * (1 - cos(x[i])) - sin(x[i]) for i in range(10)]


@classic(*[0.5] * 10)
def brown_almost_linear(x):
    product = mpf(1)
    for one in x:
        product *= one
    return [x[i] + fsum(x) - 11 for i in range(9)] + [product - 1]


def between(n):
    h = mpf(1) / (n + 1)
    return h, [(i + 1) * h for i in range(n)]


START_OF_BOUNDARY_VALUES = [float(t * (t - 1)) for t in between(10)[1]]


@classic(*START_OF_BOUNDARY_VALUES)
def discrete_boundary_value(x):
    h, t = between(10)
    wide = [0, *x, 0]
    return [2 * x[i] - wide[i] - wide[i + 2] + h ** 2 * (x[i] + t[i] + 1) ** 3 / 2 for i in range(10)]


@classic(*START_OF_BOUNDARY_VALUES)
def discrete_integral_equation(x):
    h, t = between(10)
    cubes = [(x[j] + t[j] + 1) ** 3 for j in range(10)]

    def residual(i):
        below = (1 - t[i]) * fsum(t[j] * cubes[j] for j in range(i + 1))
        above = t[i] * fsum((1 - t[j]) * cubes[j] for j in range(i + 1, 10))
        return x[i] + h * (below + above) / 2
    return [residual(i) for i in range(10)]


@classic(*[-1] * 10)
def broyden_tridiagonal(x):
    wide = [0, *x, 0]
    return [(3 - 2 * x[i]) * x[i] - wide[i] - 2 * wide[i + 2] + 1 for i in range(10)]


@classic(*[-1] * 10)
def broyden_banded(x):
    def residual(i):
        band = [j for j in range(max(0, i - 5), min(10, i + 2)) if j != i]
        return x[i] * (2 + 5 * x[i] ** 2) + 1 - fsum(x[j] * (1 + x[j]) for j in band)
    return [residual(i) for i in range(10)]


@classic(*[1] * 5)
def linear_of_full_rank(x):
    mean = fsum(x) / 5
    return [x[i] - mean - 1 for i in range(5)] + [-mean - 1] * 5


@classic(*[1] * 5)
def linear_of_rank_1(x):
    return [i * fsum((j + 1) * x[j] for j in range(5)) - 1 for i in range(1, 11)]


@classic(*[1] * 5)
def linear_of_rank_1_with_zeros(x):
    middle = fsum((j + 1) * x[j] for j in range(1, 4))
    return [mpf(-1)] + [i * middle - 1 for i in range(1, 9)] + [mpf(-1)]


@classic(*[j / 9 for j in range(1, 9)])
def chebyquad(x):
    def mean(i):
        total = mpf(0)
        for one in x:
            before, now = mpf(1), 2 * one - 1
            for _ in range(i - 1):
                before, now = now, 2 * (2 * one - 1) * now - before
            total += now
        return total / 8
    return [mean(i) - (mpf(-1) / (i * i - 1) if i % 2 == 0 else 0) for i in range(1, 9)]
