"""Prints `reference.csv`: values of the elementwise functions computed with mpmath, 60 digits and more.

    python3 reference.py [points] > reference.csv        (needs mpmath)

A line is `function,operand,operand,value,rest`: the operands are exact in f64, the value is the nearest f64 and `rest` what is missing
from it, so that errors can be measured in fractions of an ulp. With more points the same tests measure the bounds that the
documentation states: CHAINRULE_REFERENCE=<file> cargo test.
"""
import math
import random
import sys

import mpmath as mp

# Intervals the operands are drawn from, half of the points evenly and half evenly in the exponent, on both sides where both are inside.
ANY = (-1e308, 1e308)
EXPONENT = (-746, 711)
NEGATIVE = (-40, -1e-3)
ANGLE = (-2.8e14, 2.8e14)


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def phi(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def log_gamma(x):
    return mp.log(abs(mp.gamma(x))) if abs(x) < 1e4 else mp.re(mp.loggamma(x))


FUNCTIONS = {
    "exp": (mp.exp, EXPONENT), "exp2": (lambda x: mp.mpf(2) ** x, (-1076, 1025)), "exp_m1": (mp.expm1, (-50, 711)),
    "ln": (mp.log, (0, 1e308)), "ln_1p": (lambda x: mp.log(1 + x), (-1, 1e308)), "log2": (lambda x: mp.log(x) / mp.log(2), (0, 1e308)),
    "log10": (lambda x: mp.log(x) / mp.log(10), (0, 1e308)), "sin": (mp.sin, ANGLE), "cos": (mp.cos, ANGLE), "tan": (mp.tan, ANGLE),
    "asin": (mp.asin, (-1, 1)), "acos": (mp.acos, (-1, 1)), "atan": (mp.atan, ANY), "sinh": (mp.sinh, (-711, 711)),
    "cosh": (mp.cosh, (-711, 711)), "tanh": (mp.tanh, (-25, 25)), "asinh": (mp.asinh, ANY), "acosh": (mp.acosh, (1, 1e308)),
    "atanh": (mp.atanh, (-1, 1)), "sqrt": (mp.sqrt, (0, 1e308)), "cbrt": (lambda x: mp.sign(x) * mp.cbrt(abs(x)), ANY),
    "recip": (lambda x: 1 / x, ANY), "erf": (mp.erf, (-7, 7)), "erfc": (mp.erfc, (-7, 28)), "lgamma": (log_gamma, (0, 1e300)),
    "digamma": (mp.digamma, (0, 1e300)), "sigmoid": (sigmoid, (-708, 40)), "gelu": (lambda x: x * phi(x), (-39, 39)),
    "silu": (lambda x: x * sigmoid(x), (-750, 750)), "mish": (lambda x: x * mp.tanh(mp.log1p(mp.exp(x))), (-750, 60)),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), (-750, 750)), "softsign": (lambda x: x / (1 + abs(x)), ANY),
    "hard_sigmoid": (lambda x: min(max((x + 3) / 6, mp.mpf(0)), mp.mpf(1)), (-4, 4)),
    "log_sigmoid": (lambda x: -mp.log1p(mp.exp(-x)), (-750, 750)), "log_cosh": (lambda x: mp.log(mp.cosh(x)), (-750, 750)),
    "elu": (lambda x: x if x > 0 else mp.expm1(x), (-50, 50)),
    "selu": (lambda x: mp.mpf("1.0507009873554804934193349852946") * (x if x > 0 else mp.mpf("1.6732632423543772848170429916717") * mp.expm1(x)), (-50, 50)),
    "trigamma": (lambda x: mp.polygamma(1, x), (0, 1e100)), "polygamma_2": (lambda x: mp.polygamma(2, x), (0, 1e60)),
    "digamma_negative": (mp.digamma, NEGATIVE), "trigamma_negative": (lambda x: mp.polygamma(1, x), NEGATIVE),
    "polygamma_2_negative": (lambda x: mp.polygamma(2, x), NEGATIVE), "lgamma_negative": (log_gamma, NEGATIVE),
    "powf": (lambda a, b: a**b, (0, 1e308), (-30, 30)), "powf_near_one": (lambda a, b: a**b, (0.99, 1.01), (-7e4, 7e4)), "atan2": (mp.atan2, ANY, ANY), "hypot": (mp.hypot, (-1e307, 1e307), (-1e307, 1e307)),
    "xlogy": (lambda a, b: a * mp.log(b), (-1e30, 1e30), (0, 1e308)),
}
ALWAYS = [0.5, 1.0, -1.0, 2.0, 3.0, 1e-300, -1e-300, 5e-324, -5e-324, 2.2250738585072014e-308, 1e-10, -1e-10, 0.9999999999999999,
          1.0000000000000002, 1.5707963267948966, 3.141592653589793, 10.0, -10.0, 100.0, 700.0, -700.0, 1e5, 1e22, 1e300, 1.7976931348623157e308]


def draw(low, high, even):
    if even:
        return random.uniform(low / 2, high / 2) * 2 if max(-low, high) < 1e4 else random.uniform(max(low, -1e4), min(high, 1e4))
    lowest, highest = -40, math.log10(max(abs(low), high))
    while True:
        value = 10 ** random.uniform(lowest, highest) * (random.choice([-1, 1]) if low < 0 < high else 1 if low >= 0 else -1)
        value = min(max(value, low), high) if low < 1 or value >= low else low + value
        if value != 0:
            return value


def digits_for(operands):
    """Enough digits that neither huge nor tiny operands lose any."""
    return 60 + int(max(abs(math.log10(abs(x))) if x != 0 else 0 for x in operands)) * 2


def line(name, function, operands):
    mp.mp.dps = digits_for(operands)
    exact = function(*map(mp.mpf, operands))
    if not mp.isfinite(exact):
        return None
    if abs(exact) > mp.mpf("1.797693134862315807e308"):
        value, rest = math.copysign(math.inf, float(mp.sign(exact))), 0.0
    else:
        value = float(exact)
        rest = float(exact - mp.mpf(value))
    columns = [*operands, ""][:2]
    return ",".join([name, *map(str, columns), repr(value), repr(rest)])


def main():
    points = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    random.seed(1)
    for name, (function, *intervals) in FUNCTIONS.items():
        drawn = [[draw(*interval, k % 2 == 0) for interval in intervals] for k in range(points)]
        if intervals == [ANGLE]:
            drawn += [[float(mp.mpf(random.randrange(10 ** random.randrange(1, 14))) * mp.pi / 2)] for _ in range(points)]
        fixed = [[x] for x in ALWAYS] if len(intervals) == 1 else [[x, 1.5] for x in ALWAYS]
        for operands in fixed + drawn:
            pole = name.endswith("negative") and operands[0] == round(operands[0])
            inside = not pole and all(low <= x <= high for x, (low, high) in zip(operands, intervals))
            text = inside and line(name, function, operands)
            if text:
                print(text)


if __name__ == "__main__":
    main()
