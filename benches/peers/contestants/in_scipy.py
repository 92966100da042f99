"""SciPy's curve_fit with an analytic Jacobian, on the sum of twelve pseudo-Voigt peaks.

usage: in_scipy.py <folder of problems>
"""

import sys

import serve

try:
    import numpy
    from scipy.optimize import curve_fit
except ModuleNotFoundError as error:
    serve.missing(error)
    sys.exit()

import problems

LOG2 = numpy.log(2.0)


def parts(x, theta):
    a, c, w, eta = theta.reshape(4, -1)[:, :, None]
    u = (x - c) / w
    square = u * u
    return a, w, eta, u, 1.0 / (1.0 + square), numpy.exp(-LOG2 * square)


def value(x, *theta):
    a, _, eta, _, lorentz, gauss = parts(x, numpy.array(theta))
    return (a * (eta * lorentz + (1.0 - eta) * gauss)).sum(axis=0)


def jacobian(x, *theta):
    a, w, eta, u, lorentz, gauss = parts(x, numpy.array(theta))
    slope = 2.0 * a * u / w * (eta * lorentz**2 + LOG2 * (1.0 - eta) * gauss)
    shape = eta * lorentz + (1.0 - eta) * gauss
    return numpy.concatenate([shape, slope, u * slope, a * (lorentz - gauss)]).T


class Fit:
    def __init__(self, problem):
        self.x, self.y, (self.start,) = problems.read(sys.argv[1], problem)

    def run(self, calls):
        for _ in range(calls):
            self.theta, *_ = curve_fit(value, self.x, self.y, self.start, jac=jacobian, method="lm", full_output=True)

    def evidence(self):
        return [float(((value(self.x, *self.theta) - self.y) ** 2).sum())]


serve.run(lambda problem, mode: Fit(problem) if mode == "fit" else None)
