"""How a model is declared: its arguments, where their numbers are drawn from, and the loss of one example as plain mathematics."""

from mpmath import mp, mpf

mp.dps = 60
FAMILIES = {}


def model(*arguments, total=False, digits=60):
    """The function below gives the loss of one example; `digits` are raised where it differentiates by differences itself."""
    def declare(function):
        family = function.__module__.rpartition(".")[2]
        FAMILIES.setdefault(family, []).append((function.__name__, arguments, total, digits, function))
        return function
    return declare


def inputs(name, *shape, low=-1.5, high=1.5):
    """Differs from example to example."""
    return (name, "input", shape, low, high)


def param(name, *shape, low=-1.2, high=1.2):
    """Trained: the gradient is taken for it."""
    return (name, "param", shape, low, high)


def data(name, *shape, low=-1.2, high=1.2):
    """Shared by all examples."""
    return (name, "data", shape, low, high)


def classes(name, bound, *shape):
    """Integers below the bound, for each example."""
    return (name, "class", shape, 0, bound)


def number(text):
    return mpf(text)
