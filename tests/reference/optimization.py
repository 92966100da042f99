"""Values, gradients, Hessians and Jacobians of the functions of `classics.py`, computed without chainrule: `python3 optimization.py`.

Each at the standard start and at one more point. Everything is plain arithmetic in mpmath with 120 digits; derivatives are central
differences with a step of 1e-25, so their error is below 1e-40.
"""

import random

from mpmath import fsum, mp, mpf

from classics import CLASSICS
from make import HERE, text

# Other modules work with fewer.
mp.dps = 120
STEP = mpf(10) ** -25


def moved(theta, *steps):
    theta = list(theta)
    for place, step in steps:
        theta[place] += step
    return theta


def further(name, start):
    """A point near the start where nothing vanishes, of four digits."""
    generator = random.Random(name)
    return [mpf(float(f"{float(x) + generator.uniform(0.05, 0.2) * max(abs(float(x)), 0.5) * generator.choice((-1, 1)):.4g}")) for x in start]


def gradient(function, theta):
    slope = lambda i: (function(moved(theta, (i, STEP))) - function(moved(theta, (i, -STEP)))) / (2 * STEP)
    return [slope(i) for i in range(len(theta))]


def curvature(function, theta, i, j):
    corners = [a * b * function(moved(theta, (i, a * STEP), (j, b * STEP))) for a in (1, -1) for b in (1, -1)]
    return fsum(corners) / (4 * STEP ** 2)


def hessian(function, theta):
    upper = {(i, j): curvature(function, theta, i, j) for i in range(len(theta)) for j in range(i, len(theta))}
    return [[upper[min(i, j), max(i, j)] for j in range(len(theta))] for i in range(len(theta))]


def jacobian(residuals, theta):
    sides = [(residuals(moved(theta, (j, STEP))), residuals(moved(theta, (j, -STEP)))) for j in range(len(theta))]
    return [[(above[i] - below[i]) / (2 * STEP) for above, below in sides] for i in range(len(sides[0][0]))]


def residuals_of(inputs, target, function):
    """All residuals of θ: of each observation one, or what the function says."""
    if not inputs:
        return function
    rows = [dict(zip(inputs, row)) for row in zip(*inputs.values())]
    aims = target or [0] * len(rows)
    return lambda theta: [function(theta, **row) - aim for row, aim in zip(rows, aims)]


def section(name, point, theta, inputs, target, function):
    residuals = residuals_of(inputs, target, function)
    total = lambda theta: fsum(residual ** 2 for residual in residuals(theta))
    lines = [f"model {name} {point}"]
    lines += [f"input {one} {text(row)}" for one, row in inputs.items()]
    lines += [f"input target {text(target or [0] * len(residuals(theta)))}"] if inputs else []
    lines += [f"param theta {text(theta)}", f"loss {text(total(theta))}", f"gradient theta {text(gradient(total, theta))}"]
    lines += [f"hessian theta {text(hessian(total, theta))}"]
    lines += [f"residuals theta {text(residuals(theta))}", f"jacobian theta {text(jacobian(residuals, theta))}"]
    return "\n".join(lines) + "\n"


def main():
    sections = []
    for name, start, inputs, target, function in CLASSICS:
        for point, theta in (("start", start), ("further", further(name, start))):
            sections.append(section(name, point, theta, inputs, target, function))
    (HERE / "values" / "optimization.txt").write_text("".join(sections))


if __name__ == "__main__":
    main()
