"""Losses and gradients of the models of tests/reference, computed without chainrule.

Everything is plain arithmetic in mpmath with at least 60 digits, straight from the textbooks' formulas; gradients are central differences
with a step of 1e-20, so their error is below 1e-38. Needs `pip install mpmath`; `python3 make.py` writes the values of all families,
`python3 make.py physics` those of one.
"""

import importlib
import pathlib
import random
import sys

from mpmath import mp, mpf

from declare import FAMILIES

ROWS = 3
STEP = mpf(10) ** -20
HERE = pathlib.Path(__file__).parent


def draw(kind, shape, low, high, generator):
    """Numbers of three digits, so that the file is readable; the same for the same model and argument."""
    if shape:
        return [draw(kind, shape[1:], low, high, generator) for _ in range(shape[0])]
    if kind == "class":
        return generator.randrange(high)
    # What the test reads is the nearest f64, so that is what is computed with.
    return mpf(float(round(generator.uniform(low, high), 3)))


def values_of(name, arguments):
    values = {}
    for argument, kind, shape, low, high in arguments:
        generator = random.Random(f"{name} {argument}")
        full = (ROWS, *shape) if kind in ("input", "class") else shape
        values[argument] = draw(kind, full, low, high, generator)
    return values


def loss(function, arguments, values, total):
    """The mean or sum over the examples; a function of parameters and data alone has none."""
    per_example = [name for name, kind, *_ in arguments if kind in ("input", "class")]
    if not per_example:
        return function(**values)
    rows = []
    for row in range(ROWS):
        rows.append(function(**{name: value[row] if name in per_example else value for name, value in values.items()}))
    return sum(rows) if total else sum(rows) / ROWS


def flat(value):
    return [number for part in value for number in flat(part)] if isinstance(value, list) else [value]


def moved(value, place, step):
    """The value with one of its numbers, counted row-major, moved."""
    numbers = iter(range(10 ** 6))

    def walk(part):
        return [walk(inner) for inner in part] if isinstance(part, list) else part + (step if next(numbers) == place else 0)
    return walk(value)


def slope(function, arguments, values, total, argument, place):
    sides = [loss(function, arguments, {**values, argument: moved(values[argument], place, step)}, total) for step in (STEP, -STEP)]
    return (sides[0] - sides[1]) / (2 * STEP)


def text(values):
    return " ".join(repr(float(number)) for number in flat(values))


def section(name, arguments, total, digits, function):
    mp.dps = digits
    values = values_of(name, arguments)
    lines = [f"model {name}"]
    for argument, kind, *_ in arguments:
        lines.append(f"{kind} {argument} {text(values[argument])}")
    lines.append(f"loss {text(loss(function, arguments, values, total))}")
    for argument, kind, *_ in arguments:
        if kind == "param":
            places = range(len(flat(values[argument])))
            slopes = [slope(function, arguments, values, total, argument, place) for place in places]
            lines.append(f"gradient {argument} {text(slopes)}")
    return "\n".join(lines) + "\n"


def main():
    families = sys.argv[1:] or sorted(path.stem for path in (HERE / "models").glob("[a-z]*.py"))
    for family in families:
        importlib.import_module(f"models.{family}")
        sections = [section(*one) for one in FAMILIES[family]]
        (HERE / "values" / f"{family}.txt").write_text("".join(sections))


if __name__ == "__main__":
    main()
