"""Perceptrons of depth one to six with every activation; residual, normalized, tied and gated ones."""

from mpmath import cos, exp, log, mpf, sqrt, tanh

from declare import inputs, model, number, param
from mathematics import (add, affine, apply, dot, each, elu, gelu, hard_sigmoid, layer_norm, lse, mean, mish, mse, mul, norm, relu, selu, sigma,
                         silu, softmax, softplus, softsign, squares, transpose, var)

LAYER = (inputs("x", 3), param("w", 3, 4), param("b", 4))
HIDDEN = (*LAYER, param("v", 4), inputs("target"))


@model(inputs("x", 3), param("w", 3), param("b"), inputs("target"))
def linear_regression(x, w, b, target):
    return (dot(x, w) + b - target) ** 2


@model(inputs("x", 3), param("w", 3), param("b"), inputs("target", low=0, high=1))
def neuron(x, w, b, target):
    return (sigma(dot(x, w) + b) - target) ** 2


@model(inputs("x", 3), param("w1", 3, 4), param("b1", 4), param("w2", 4, 2), param("b2", 2), inputs("target", 2))
def perceptron(x, w1, b1, w2, b2, target):
    return mse(affine(each(tanh, affine(x, w1, b1)), w2, b2), target)


@model(inputs("x", 3), param("w1", 3, 4), param("b1", 4), param("w2", 4, 3), param("b2", 3), param("w3", 3, 2), param("b3", 2), inputs("target", 2),
       total=True)
def three_layers(x, w1, b1, w2, b2, w3, b3, target):
    h = each(sigma, affine(each(sigma, affine(x, w1, b1)), w2, b2))
    return squares(affine(h, w3, b3), target)


@model(inputs("x", 3), param("w1", 3, 4), param("w2", 4, 4), param("w3", 4, 3), param("w4", 3, 2), param("b", 2), inputs("target", 2))
def four_layers(x, w1, w2, w3, w4, b, target):
    h = each(relu, affine(x, w1))
    h = each(lambda u: u if u > 0 else u / 100, affine(h, w2))
    h = each(softsign, affine(h, w3))
    return mse(affine(h, w4, b), target)


@model(inputs("x", 2), param("w1", 2, 3), param("w2", 3, 3), param("w3", 3, 3), param("w4", 3, 3), param("w5", 3), param("b", 4, 3),
       inputs("target"))
def five_layers(x, w1, w2, w3, w4, w5, b, target):
    h = each(softplus, add(affine(x, w1), b[0]))
    h = each(elu, add(affine(h, w2), b[1]))
    h = each(selu, add(affine(h, w3), b[2]))
    h = each(lambda u: -softplus(-u), add(affine(h, w4), b[3]))
    return (dot(h, w5) - target) ** 2


@model(inputs("x", 2), param("w1", 2, 3), param("w2", 3, 3), param("w3", 3, 3), param("w4", 3, 3), param("w5", 3, 3), param("w6", 3, 2),
       inputs("target", 2))
def six_layers(x, w1, w2, w3, w4, w5, w6, target):
    h = each(tanh, affine(x, w1))
    h = each(gelu, affine(h, w2))
    h = each(silu, affine(h, w3))
    h = each(mish, affine(h, w4))
    h = each(sigma, affine(h, w5))
    return squares(affine(h, w6), target)


@model(*HIDDEN)
def gelu_net(x, w, b, v, target):
    return (dot(each(gelu, affine(x, w, b)), v) - target) ** 2


@model(*HIDDEN)
def mish_net(x, w, b, v, target):
    return (dot(each(mish, affine(x, w, b)), v) - target) ** 2


@model(*HIDDEN)
def silu_net(x, w, b, v, target):
    return (dot(each(silu, affine(x, w, b)), v) - target) ** 2


@model(*HIDDEN)
def mixed_activations(x, w, b, v, target):
    z = affine(x, w, b)
    h = [elu(u) + selu(u) / 2 + softsign(u) + (u if u > 0 else u / 10) + hard_sigmoid(u) for u in z]
    return (dot(h, v) - target) ** 2


@model(inputs("x", 3), param("w", 3, 3), param("v", 3), inputs("target"))
def shared_weights(x, w, v, target):
    return (dot(each(tanh, affine(each(tanh, affine(x, w)), w)), v) - target) ** 2


@model(inputs("x", 4), param("w", 4, 2), param("b", 2), param("c", 4))
def tied_autoencoder(x, w, b, c):
    h = each(sigma, affine(x, w, b))
    return mse(add(apply(w, h), c), x)


@model(inputs("x", 3), param("w", 3, 4), param("gain", 4), param("shift", 4), inputs("target", 4))
def normalized_layer(x, w, gain, shift, target):
    return mse(layer_norm(affine(x, w), gain, shift, number("0.001")), target)


@model(inputs("x", 3), param("w1", 3, 3), param("w2", 3, 3), param("v", 3), inputs("target"))
def residual_blocks(x, w1, w2, v, target):
    h = add(x, each(tanh, affine(x, w1)))
    h = add(h, each(tanh, affine(h, w2)))
    return (dot(h, v) - target) ** 2


@model(inputs("x", 4), param("gain", 4), param("shift", 4), param("w1", 4, 3), param("b1", 3), param("w2", 3, 4), param("b2", 4), inputs("target", 4))
def normalized_residual_block(x, gain, shift, w1, b1, w2, b2, target):
    h = each(gelu, affine(layer_norm(x, gain, shift), w1, b1))
    return mse(add(x, affine(h, w2, b2)), target)


@model(inputs("x", 4), param("w", 4, 4), param("gain", 4), inputs("target", 4))
def root_mean_square_norm(x, w, gain, target):
    z = affine(x, w)
    return mse([u / sqrt(mean(mul(z, z)) + number("1e-6")) * g for u, g in zip(z, gain)], target)


@model(inputs("x", 3), param("w", 3, 3), param("t", 3, 3), param("c", 3), param("v", 3), inputs("target"))
def highway(x, w, t, c, v, target):
    gate = each(sigma, affine(x, t, c))
    h = [g * tanh(u) + (1 - g) * old for g, u, old in zip(gate, affine(x, w), x)]
    return (dot(h, v) - target) ** 2


@model(inputs("x", 3), param("w", 3, 4), param("u", 3, 4), param("v", 4, 2), inputs("target", 2))
def gated_linear_unit(x, w, u, v, target):
    return mse(affine(mul(affine(x, w), each(sigma, affine(x, u))), v), target)


@model(inputs("x", 3), param("w", 2, 3, 4), param("v", 4), inputs("target"))
def maxout(x, w, v, target):
    h = [max(a, b) for a, b in zip(affine(x, w[0]), affine(x, w[1]))]
    return (dot(h, v) - target) ** 2


@model(inputs("x", 3), param("gate", 3, 2), param("experts", 2, 3), param("b", 2), inputs("target"))
def mixture_of_experts(x, gate, experts, b, target):
    answers = [dot(x, w) + c for w, c in zip(experts, b)]
    return (dot(softmax(affine(x, gate)), answers) - target) ** 2


@model(inputs("x", 2), param("centers", 4, 2), param("rate"), param("v", 4), inputs("target"))
def radial_basis(x, centers, rate, v, target):
    h = [exp(-exp(rate) * squares(x, center)) for center in centers]
    return (dot(h, v) - target) ** 2


@model(inputs("x", 4), param("w0"), param("w", 4), param("v", 4, 2), inputs("target"))
def factorization_machine(x, w0, w, v, target):
    pairs = sum(dot(v[i], v[j]) * x[i] * x[j] for i in range(4) for j in range(i + 1, 4))
    return (w0 + dot(w, x) + pairs - target) ** 2


@model(inputs("x", 3, 2), param("w", 2, 4), param("b", 4), param("v", 4), inputs("target"))
def deep_set(x, w, b, v, target):
    h = [sum(column) for column in transpose([each(relu, affine(row, w, b)) for row in x])]
    return (tanh(dot(h, v)) - target) ** 2


@model(inputs("x", 2), param("frequencies", 2, 3), param("phases", 3), param("v", 3), inputs("target"))
def fourier_features(x, frequencies, phases, v, target):
    return (dot(each(cos, affine(x, frequencies, phases)), v) - target) ** 2


@model(inputs("x", 3), param("w", 3, 4), param("g", 4), inputs("target", 4))
def weight_normalization(x, w, g, target):
    columns = [[c / norm(column) for c in column] for column in transpose(w)]
    return mse([dot(x, column) * s for column, s in zip(columns, g)], target)


@model(inputs("x", 5), param("w", 5, 4), param("gain", 4), param("shift", 4))
def standardized_energy(x, w, gain, shift):
    z = affine(x, w)
    h = [(u - mean(z)) / sqrt(var(z)) * g + s for u, g, s in zip(z, gain, shift)]
    return lse(h) - log(mpf(4))
