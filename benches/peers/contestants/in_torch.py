"""PyTorch: `eager`; `compiled`, loss, gradients and update in one graph by torch.compile; `by-hand`, backpropagation on its products.

usage: in_torch.py eager|compiled|by-hand <folder of problems> <threads>
"""

import sys

import serve

VARIANT, FOLDER, THREADS = sys.argv[1:]

try:
    import torch
except ModuleNotFoundError as error:
    serve.missing(error)
    sys.exit()

import problems
from torch_by_hand import Perceptron
from torch_models import MODELS, arrange

torch.set_num_threads(int(THREADS))


class Task:
    """What both kinds share: examples, parameters, and a function of them that is called again and again."""

    def __init__(self, problem, mode):
        self.predict, self.compare = MODELS[problem if problem in MODELS else problem.split("/")[0]]
        x, y, parameters = problems.read(FOLDER, problem)
        self.x, self.y = torch.from_numpy(x), torch.from_numpy(y)
        self.parameters = [torch.from_numpy(value).clone() for value in arrange(problem, parameters)]
        self.mode = mode

    def loss(self, parameters, x, y):
        return self.compare(self.predict(parameters, x), y)

    def evidence(self):
        if self.mode == "forward":
            return [float(self.prediction.norm())]
        norms = [float(g.norm()) for g in self.gradient] if self.mode == "gradient" else []
        return [float(self.value), *norms]


class Eager(Task):
    def __init__(self, problem, mode):
        super().__init__(problem, mode)
        for parameter in self.parameters:
            parameter.requires_grad_(mode != "forward")

    def run(self, calls):
        if self.mode == "forward":
            with torch.inference_mode():
                for _ in range(calls):
                    self.prediction = self.predict(self.parameters, self.x)
            return
        for _ in range(calls):
            self.value = self.loss(self.parameters, self.x, self.y)
            self.gradient = torch.autograd.grad(self.value, self.parameters)
            if self.mode == "step":
                with torch.no_grad():
                    torch._foreach_add_(self.parameters, self.gradient, alpha=-problems.RATE)


class Compiled(Task):
    def __init__(self, problem, mode):
        super().__init__(problem, mode)
        torch._dynamo.reset()
        differentiate = torch.func.grad_and_value(self.loss)

        def step(parameters, x, y):
            gradient, value = differentiate(parameters, x, y)
            for parameter, part in zip(parameters, gradient):
                parameter.add_(part, alpha=-problems.RATE)
            return value

        function = {
            "step": step,
            "gradient": lambda parameters, x, y: differentiate(parameters, x, y),
            "forward": lambda parameters, x, y: self.predict(parameters, x),
        }[mode]
        self.function = torch.compile(function, dynamic=False)

    def run(self, calls):
        with torch.no_grad():
            for _ in range(calls):
                result = self.function(self.parameters, self.x, self.y)
        if self.mode == "forward":
            self.prediction = result
        elif self.mode == "gradient":
            self.gradient, self.value = result
        else:
            self.value = result


def prepare(problem, mode):
    family = problem.split("/")[0]
    if mode not in ("step", "gradient", "forward") or (problem not in MODELS and family not in MODELS):
        return None
    if VARIANT == "eager":
        return Eager(problem, mode)
    if VARIANT == "by-hand":
        return Perceptron(FOLDER, problem, mode) if family == "perceptron" else None
    # Its own recurrent network does not go through torch.compile, and a loop written out compiles for minutes.
    return None if family == "lstm" else Compiled(problem, mode)


serve.run(prepare)
