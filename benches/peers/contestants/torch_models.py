"""The models in PyTorch, with the functions it has for them."""

import numpy
import torch
from torch.nn import functional

import problems


def perceptron(parameters, x):
    w1, b1, w2, b2, w3, b3 = parameters
    hidden = torch.sigmoid(torch.addmm(b1, x, w1))
    return torch.addmm(b3, torch.sigmoid(torch.addmm(b2, hidden, w2)), w3)


def logistic(parameters, x):
    w, b = parameters
    return torch.mv(x, w) + b


def softmax(parameters, x):
    w, b = parameters
    return torch.addmm(b, x, w)


def lstm(parameters, x):
    w, u, b, no_b, v = parameters
    zeros = torch.zeros(1, x.shape[0], u.shape[1], dtype=x.dtype)
    states, _, _ = torch.lstm(x, (zeros, zeros), [w, u, b, no_b], True, 1, 0.0, True, False, True)
    return torch.mv(states[:, -1], v)


def attention(parameters, x):
    wq, wk, wv, wo = parameters
    heads = [(x @ w).unsqueeze(1) for w in (wq, wk, wv)]
    return x + functional.scaled_dot_product_attention(*heads).squeeze(1) @ wo


def points(parameters, t):
    ka, ke, v = parameters
    return problems.DOSE * ka / (v * (ka - ke)) * (torch.exp(-ke * t) - torch.exp(-ka * t))


def squares_of_each(p, y):
    difference = p - y
    return (difference * difference).sum() / p.shape[0]


MODELS = {
    "perceptron": (perceptron, squares_of_each),
    "digits/logistic": (logistic, functional.binary_cross_entropy_with_logits),
    "digits/softmax": (softmax, functional.cross_entropy),
    "lstm": (lstm, functional.mse_loss),
    "attention": (attention, functional.mse_loss),
    "points": (points, functional.mse_loss),
}


def arrange(problem, parameters):
    """The parameters as PyTorch wants them: its recurrent networks have their weights transposed, and a second constant."""
    if not problem.startswith("lstm"):
        return parameters
    w, u, b, v = parameters
    return [w.T.copy(), u.T.copy(), b, numpy.zeros_like(b), v]
