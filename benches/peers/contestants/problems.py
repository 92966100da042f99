"""The problems that our binary wrote into a folder."""

import pathlib

import numpy

# As in `src/problem.rs`.
RATE = 1e-4
DOSE = 320.0


def read(folder, name):
    """The examples, what is to be predicted for them, and the parameters to start from."""
    files = sorted(pathlib.Path(folder, name).glob("*.npy"))
    x, y, *parameters = [numpy.load(file) for file in files]
    if name == "digits/softmax":
        y = y.astype(numpy.int64)
    return x, y, parameters
