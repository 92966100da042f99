"""JAX, jitted: `call` makes one call for each step, `loop` has the loop over the steps inside one call.

usage: in_jax.py call|loop <folder of problems> <threads>
"""

import os
import sys

import serve

VARIANT, FOLDER, THREADS = sys.argv[1:]
if THREADS == "1":
    os.environ["XLA_FLAGS"] = os.environ.get("XLA_FLAGS", "") + " --xla_cpu_multi_thread_eigen=false"

try:
    import jax
except ModuleNotFoundError as error:
    serve.missing(error)
    sys.exit()

import functools

import jax.numpy as jnp

import problems

jax.config.update("jax_enable_x64", True)
if VARIANT == "loop":
    # One long call is faster when it is not handed to another thread; many short ones are faster when they are.
    jax.config.update("jax_cpu_enable_async_dispatch", False)


def perceptron(parameters, x):
    w1, b1, w2, b2, w3, b3 = parameters
    return jax.nn.sigmoid(jax.nn.sigmoid(x @ w1 + b1) @ w2 + b2) @ w3 + b3


def linear(parameters, x):
    w, b = parameters
    return x @ w + b


def lstm(parameters, x):
    w, u, b, v = parameters

    def step(state, inputs):
        h, c = state
        i, f, g, o = jnp.split(inputs + h @ u, 4, axis=1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        return (jax.nn.sigmoid(o) * jnp.tanh(c), c), None

    zeros = jnp.zeros((x.shape[0], u.shape[0]), x.dtype)
    (h, _), _ = jax.lax.scan(step, (zeros, zeros), jnp.swapaxes(x @ w + b, 0, 1))
    return h @ v


def attention(parameters, x):
    wq, wk, wv, wo = parameters
    scores = jnp.einsum("ntd,nsd->nts", x @ wq, x @ wk) / x.shape[2] ** 0.5
    return x + jax.nn.softmax(scores) @ (x @ wv) @ wo


def points(parameters, t):
    ka, ke, v = parameters
    return problems.DOSE * ka / (v * (ka - ke)) * (jnp.exp(-ke * t) - jnp.exp(-ka * t))


def logistic(parameters, x):
    (theta,) = parameters
    return x @ theta[:-1] + theta[-1]


def squares_of_each(p, y):
    return jnp.sum((p - y) ** 2) / p.shape[0]


def squares(p, y):
    return jnp.mean((p - y) ** 2)


def binary_cross_entropy(z, y):
    return jnp.mean(jnp.logaddexp(0.0, z) - y * z)


def cross_entropy(z, y):
    return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(z), y[:, None], axis=1))


MODELS = {
    "perceptron": (perceptron, squares_of_each),
    "digits/logistic": (linear, binary_cross_entropy),
    "digits/softmax": (linear, cross_entropy),
    "lstm": (lstm, squares),
    "attention": (attention, squares),
    "points": (points, squares),
    "hessian": (logistic, binary_cross_entropy),
}


class Task:
    """Calls of one jitted function on parameters."""

    def __init__(self, problem, mode):
        family = problem if problem in MODELS else problem.split("/")[0]
        predict, compare = MODELS[family]
        x, y, parameters = problems.read(FOLDER, problem)
        self.parameters = [jnp.asarray(value) for value in parameters]
        self.data = (jnp.asarray(x), jnp.asarray(y))
        self.mode = mode

        def loss(parameters, x, y):
            return compare(predict(parameters, x), y)

        def step(parameters, x, y):
            value, gradient = jax.value_and_grad(loss)(parameters, x, y)
            return value, [p - problems.RATE * g for p, g in zip(parameters, gradient)]

        @functools.partial(jax.jit, donate_argnums=0)
        def steps(parameters, x, y, count):
            start = (jnp.zeros((), x.dtype), parameters)
            return jax.lax.fori_loop(0, count, lambda _, state: step(state[1], x, y), start)

        self.steps = steps
        self.function = {
            "step": jax.jit(step, donate_argnums=0),
            "gradient": jax.jit(jax.value_and_grad(loss)),
            "forward": jax.jit(lambda parameters, x, y: predict(parameters, x)),
            "hessian": jax.jit(jax.hessian(loss)),
        }[mode]

    def run(self, calls):
        if VARIANT == "loop":
            self.result = self.steps(self.parameters, *self.data, calls)
            self.parameters = self.result[1]
        elif self.mode == "step":
            for _ in range(calls):
                self.result = self.function(self.parameters, *self.data)
                self.parameters = self.result[1]
        else:
            for _ in range(calls):
                self.result = self.function(self.parameters, *self.data)
        jax.block_until_ready(self.result)

    def evidence(self):
        if self.mode == "step":
            return [float(self.result[0])]
        if self.mode == "gradient":
            value, gradient = self.result
            return [float(value), *(float(jnp.linalg.norm(jnp.ravel(g))) for g in gradient)]
        if self.mode == "forward":
            return [float(jnp.linalg.norm(jnp.ravel(self.result)))]
        ((matrix,),) = self.result
        return [float(jnp.linalg.norm(matrix)), float(matrix[0, 1])]


def prepare(problem, mode):
    is_known = problem in MODELS or problem.split("/")[0] in MODELS
    if not is_known or (VARIANT == "loop" and mode != "step") or mode == "fit":
        return None
    return Task(problem, mode)


serve.run(prepare)
