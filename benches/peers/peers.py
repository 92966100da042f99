"""The contests with Python: SciPy's curve_fit and JAX's Hessian, each taking turns with our binary. What is not installed is skipped."""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = 15


class Ours:
    """Our binary: writes the problems into a folder, answers a line with a time in nanoseconds and evidence."""

    def __init__(self, binary, folder):
        self.process = subprocess.Popen([binary, "serve", folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __call__(self, task):
        self.process.stdin.write(task + "\n")
        self.process.stdin.flush()
        return [float(word) for word in self.process.stdout.readline().split()]

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def turn(call, seconds=0.06):
    """The median time of a call over some milliseconds, in nanoseconds."""
    times = []
    start = time.perf_counter()
    while len(times) < 3 or time.perf_counter() - start < seconds:
        before = time.perf_counter()
        call()
        times.append((time.perf_counter() - before) * 1e9)
    return statistics.median(times)


def race(ours, task, name, call):
    """Takes turns; prints both rows; gives our last answer."""
    mine, theirs = [], []
    for _ in range(ROUNDS):
        answer = ours(task)
        mine.append(answer[0])
        theirs.append(turn(call))
    for label, times in (("chainrule", mine), (name, theirs)):
        median, least = statistics.median(times), min(times)
        print(f"  {label:<48} {median / 1e3:>10.2f} µs {median / statistics.median(mine):>7.2f} × {least / 1e3:>10.2f} µs {least / min(mine):>7.2f} ×")
    return answer


def contest_fit(ours, read):
    import numpy
    import scipy
    from scipy.optimize import curve_fit

    x, y, start = read("x"), read("y"), read("start")
    count = len(start) // 4
    log2 = numpy.log(2.0)

    def parts(x, theta):
        a, c, w, eta = theta.reshape(4, count)[:, :, None]
        u = (x - c) / w
        square = u * u
        return a, w, eta, u, 1.0 / (1.0 + square), numpy.exp(-log2 * square)

    def f(x, *theta):
        a, _, eta, _, lorentz, gauss = parts(x, numpy.array(theta))
        return (a * (eta * lorentz + (1.0 - eta) * gauss)).sum(axis=0)

    def jacobian(x, *theta):
        a, w, eta, u, lorentz, gauss = parts(x, numpy.array(theta))
        slope = 2.0 * a * u / w * (eta * lorentz**2 + log2 * (1.0 - eta) * gauss)
        shape = eta * lorentz + (1.0 - eta) * gauss
        return numpy.concatenate([shape, slope, u * slope, a * (lorentz - gauss)]).T

    found = {}

    def fit():
        found["theta"], _, found["info"], _, _ = curve_fit(f, x, y, start, jac=jacobian, method="lm", full_output=True)

    print(f"fit of 12 pseudo-Voigt peaks, 2,000 points, with its report (SciPy {scipy.__version__}, NumPy {numpy.__version__})")
    answer = race(ours, "fit", "scipy.optimize.curve_fit, analytic Jacobian", fit)
    squares = float(((f(x, *found["theta"]) - y) ** 2).sum())
    print(f"  sums of squares: {answer[1]:.12e} after {answer[2]:.0f} evaluations, {squares:.12e} after {found['info']['nfev']}")


def contest_hessian(ours, read):
    import jax
    import numpy

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp

    x, y, theta = read("features").reshape(1000, 50), read("classes"), read("theta")

    def loss(theta, x, y):
        z = x @ theta[:50] + theta[50]
        return jnp.mean(jnp.logaddexp(0.0, z) - y * z)

    for name, kind in (("f64", jnp.float64), ("f32", jnp.float32)):
        arguments = [jax.device_put(jnp.asarray(value, dtype=kind)) for value in (theta, x, y)]
        for label, function in (
            ("jax.jit(jax.hessian)", jax.hessian(loss)),
            ("jax.jit of value, gradient and Hessian", lambda *a: (*jax.value_and_grad(loss)(*a), jax.hessian(loss)(*a))),
        ):
            hessian = jax.jit(function)
            result = jax.block_until_ready(hessian(*arguments))
            print(f"Hessian of logistic regression, 1,000 × 50, {name} (JAX {jax.__version__}, {os.cpu_count()} threads)")
            race(ours, f"hessian {name}", label, lambda: jax.block_until_ready(hessian(*arguments)))
            matrix = numpy.asarray(result[-1] if isinstance(result, tuple) else result)
            if name == "f64":
                difference = abs(matrix - read("hessian").reshape(51, 51)).max()
                print(f"  largest difference of the two: {difference:.1e}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        ours = Ours(sys.argv[1], folder)
        try:
            ours("hessian f64")

            def read(name):
                import numpy

                return numpy.loadtxt(pathlib.Path(folder) / name)

            for contest in (contest_fit, contest_hessian):
                try:
                    contest(ours, read)
                except ModuleNotFoundError as missing:
                    print(f"skipped {contest.__name__}: {missing.name} is not installed")
        finally:
            ours.close()


main()
