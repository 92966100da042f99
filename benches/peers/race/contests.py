"""The contests: what is computed, how often before results are compared, and how closely they agree."""

from dataclasses import dataclass

# As in `src/problem.rs`: layers and examples, and the steps after which losses are compared.
PERCEPTRONS = {
    "2-8-8-1@1": 5000,
    "2-8-8-1@32": 5000,
    "4-16-16-1@256": 2000,
    "32-64-64-8@32": 2000,
    "32-64-64-8@1024": 200,
    "128-256-256-10@128": 200,
    "784-512-512-10@128": 50,
    "1024-1024-1024-1024@512": 10,
}

# Rounding in single precision: some peers add the squares of half a million numbers one after the other, which is 1.4e-4 off.
SINGLE = 3e-4
# In double precision, over a million points in any order.
DOUBLE = 1e-9
# Where an iteration stops by its own rule.
STOPPED = 1e-8


@dataclass
class Task:
    """A problem with a mode."""

    problem: str
    mode: str
    calls: int = 1
    # For a task that has a bar: how many times faster than the best peer it is to be.
    aim: float | None = None

    @property
    def name(self):
        return f"{self.problem} {self.mode}"


@dataclass
class Contest:
    """Tasks that stand in one table and one chart."""

    key: str
    title: str
    tasks: list[Task]
    tolerance: float


# The bar of the project for a step of each perceptron, one thread.
AIMS = [2.5, 10, 4.5, 2.8, 1.9, 1.35, 1.15, 1.0]


def perceptrons(mode):
    aims = AIMS if mode == "step" else [None] * len(AIMS)
    sizes = zip(PERCEPTRONS.items(), aims)
    return [Task(f"perceptron/{size}", mode, calls if mode == "step" else 1, aim) for (size, calls), aim in sizes]


CONTESTS = [
    Contest("step", "Three-layer perceptron: loss, six gradients, update", perceptrons("step"), SINGLE),
    Contest("gradient", "Three-layer perceptron: loss and six gradients", perceptrons("gradient"), SINGLE),
    Contest("forward", "Three-layer perceptron: inference alone", perceptrons("forward"), SINGLE),
    Contest(
        "models",
        "Regressions, sequences, formulas: loss, gradients, update",
        [
            Task("digits/logistic", "step", 200),
            Task("digits/softmax", "step", 200),
            Task("lstm/small", "step", 200, 2.0),
            Task("lstm/large", "step", 5, 1.0),
            Task("attention/small", "step", 200, 2.0),
            Task("attention/large", "step", 5, 1.0),
            Task("points/f32", "gradient"),
        ],
        SINGLE,
    ),
    Contest(
        "double",
        "In double precision: a formula over a million points, a Hessian, a fit with uncertainties",
        [
            Task("points/f64", "gradient"),
            Task("hessian/f64", "hessian", aim=1.0),
        ],
        DOUBLE,
    ),
    Contest("hessian", "Hessian of logistic regression in single precision", [Task("hessian/f32", "hessian", aim=1.0)], SINGLE),
    Contest("fit", "A fit of 48 parameters with its report", [Task("fit/voigt", "fit", aim=5.0)], STOPPED),
]
