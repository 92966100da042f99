"""Formulas of physics, chemistry and biology: fitted constants, integrators, iterations."""

from mpmath import atan2, cos, erfc, exp, expm1, log, mpf, pi, sin, sqrt

from declare import data, inputs, model, number, param
from mathematics import affine, dot, norm, sigma, softplus, squares, sub



@model(inputs("s", low=0.1, high=4), param("vmax", low=1, high=3), param("km", low=0.3, high=1), inputs("target"))
def michaelis_menten(s, vmax, km, target):
    return (vmax * s / (km + s) - target) ** 2


@model(inputs("t", low=0, high=5), param("k", low=1, high=3), param("r", low=0.5, high=2), param("middle", low=1, high=3), inputs("target"))
def logistic_growth(t, k, r, middle, target):
    return (k / (1 + exp(-r * (t - middle))) - target) ** 2


@model(inputs("temperature", low=280, high=400), param("a", low=1, high=3), param("energy", low=900, high=2500), inputs("target"))
def arrhenius(temperature, a, energy, target):
    return (a * exp(-energy / (number("8.314") * temperature)) - target) ** 2


@model(inputs("x"), param("height"), param("middle"), param("width", low=0.5, high=1.5), param("base"), inputs("target"))
def gaussian_peak(x, height, middle, width, base, target):
    return (height * exp(-((x - middle) / width) ** 2 / 2) + base - target) ** 2


@model(inputs("t", low=0, high=3), param("a"), param("g", low=0.1, high=1), param("w", low=1, high=3), param("p"), inputs("target"))
def damped_oscillator(t, a, g, w, p, target):
    return (a * exp(-g * t) * cos(w * t + p) - target) ** 2


@model(inputs("x", low=0.2, high=3), param("top", low=1, high=2), param("k", low=0.5, high=1.5), param("n", low=1, high=3), inputs("target"))
def hill(x, top, k, n, target):
    return (top * x ** n / (k ** n + x ** n) - target) ** 2


@model(inputs("x", low=0.2, high=2), inputs("t", low=0.5, high=2), param("c", low=1, high=2), param("d", low=0.3, high=1), inputs("target"))
def diffusion(x, t, c, d, target):
    return (c * erfc(x / (2 * sqrt(d * t))) - target) ** 2


@model(inputs("wavelength", low=0.4, high=2.5), param("temperature", low=3, high=6), param("scale", low=0.5, high=2), inputs("target", low=0, high=1))
def planck(wavelength, temperature, scale, target):
    # Micrometres and thousands of kelvins; h·c/k = 14.3877 in these.
    radiance = scale / wavelength ** 5 / expm1(number("14.3877") / (wavelength * temperature))
    return (radiance - target) ** 2


@model(inputs("r", low=0.9, high=2.5), param("depth", low=0.5, high=2), param("size", low=0.8, high=1.2), inputs("target"))
def lennard_jones(r, depth, size, target):
    s = (size / r) ** 6
    return (4 * depth * (s * s - s) - target) ** 2


@model(inputs("r", low=0.7, high=3), param("depth", low=0.5, high=2), param("a", low=0.5, high=2), param("r0", low=0.8, high=1.5), inputs("target"))
def morse(r, depth, a, r0, target):
    return (depth * (1 - exp(-a * (r - r0))) ** 2 - depth - target) ** 2


@model(inputs("v", low=1, high=4), inputs("temperature", low=1, high=3), param("a", low=0.3, high=1), param("b", low=0.1, high=0.5), inputs("target"))
def van_der_waals(v, temperature, a, b, target):
    return (number("8.314") * temperature / (v - b) - a / v ** 2 - target) ** 2


@model(inputs("temperature", low=280, high=380), param("a", low=7, high=9), param("b", low=1500, high=1800), param("c", low=-60, high=-30),
       inputs("target", low=0, high=3))
def antoine(temperature, a, b, c, target):
    return (a - b / (temperature + c) - target) ** 2


@model(inputs("p", low=0.1, high=3), param("top", low=1, high=2), param("k", low=0.5, high=2), param("n", low=0.6, high=1.4), inputs("target"))
def sips_isotherm(p, top, k, n, target):
    return (top * (k * p) ** n / (1 + (k * p) ** n) - target) ** 2


@model(inputs("m", low=-3, high=3), inputs("e", low=0, high=0.7), param("semi_major", low=0.8, high=1.5), inputs("target", 2))
def kepler(m, e, semi_major, target):
    angle = m + e * sin(m)
    for _ in range(4):
        angle = angle - (angle - e * sin(angle) - m) / (1 - e * cos(angle))
    p = [semi_major * (cos(angle) - e), semi_major * sqrt(1 - e * e) * sin(angle)]
    return squares(p, target)


@model(inputs("angle", low=-1, high=1), param("rate", low=0.5, high=2), param("damping", low=0.1, high=0.5), inputs("target"))
def pendulum(angle, rate, damping, target):
    h = number("0.1")
    slope = lambda q, p: (p, -rate * sin(q) - damping * p)
    q, p = angle, mpf(0)
    for _ in range(10):
        k1 = slope(q, p)
        k2 = slope(q + h / 2 * k1[0], p + h / 2 * k1[1])
        k3 = slope(q + h / 2 * k2[0], p + h / 2 * k2[1])
        k4 = slope(q + h * k3[0], p + h * k3[1])
        q, p = (u + h / 6 * (a + 2 * b + 2 * c + d) for u, a, b, c, d in zip((q, p), k1, k2, k3, k4))
    return (q - target) ** 2


@model(inputs("q1"), inputs("q2"), inputs("q3"), param("l", low=0.5, high=1.5), param("m", low=0.5, high=1.5), param("n", low=0.5, high=1.5),
       inputs("tx"), inputs("ty"))
def planar_arm(q1, q2, q3, l, m, n, tx, ty):
    x = l * cos(q1) + m * cos(q1 + q2) + n * cos(q1 + q2 + q3)
    y = l * sin(q1) + m * sin(q1 + q2) + n * sin(q1 + q2 + q3)
    return (x - tx) ** 2 + (y - ty) ** 2


@model(inputs("joints", 6), param("lengths", 6, low=0.3, high=1), inputs("target", 2))
def chain_of_joints(joints, lengths, target):
    angle, p = mpf(0), [mpf(0), mpf(0)]
    for q, l in zip(joints, lengths):
        angle += q
        p = [p[0] + l * cos(angle), p[1] + l * sin(angle)]
    return squares(p, target)


@model(inputs("x", 2), param("wells", 3, 2), param("depth", 3), param("width", 3))
def potential_wells(x, wells, depth, width):
    return -sum(exp(d - squares(x, c) / (2 * exp(w))) for c, d, w in zip(wells, depth, width))


@model(param("position", 5, 3), data("noise", 5, 3))
def lennard_jones_cluster(position, noise):
    # Twice the size of the draw, so that no two atoms sit on one another.
    p = [[2 * a + b / 10 for a, b in zip(row, shift)] for row, shift in zip(position, noise)]
    total = mpf(0)
    for i in range(5):
        for j in range(i):
            s = 1 / (squares(p[i], p[j]) + number("0.5")) ** 3
            total += 4 * (s * s - s)
    return total


@model(inputs("x0", low=0.2, high=0.8), param("r", low=2.5, high=3.4), inputs("target", low=0, high=1))
def logistic_map(x0, r, target):
    x = x0
    for _ in range(12):
        x = r * x * (1 - x)
    return (x - target) ** 2


@model(inputs("start", 2, low=0.5, high=1.5), param("a", low=0.5, high=1.5), param("b", low=0.5, high=1.5), param("c", low=0.5, high=1.5),
       param("d", low=0.5, high=1.5), inputs("target", 2))
def lotka_volterra(start, a, b, c, d, target):
    x, y = start
    for _ in range(20):
        x, y = x + number("0.05") * x * (a - b * y), y + number("0.05") * y * (c * x - d)
    return (x - target[0]) ** 2 + (y - target[1]) ** 2


@model(inputs("infected", low=0.01, high=0.2), param("beta", low=0.2, high=1), param("gamma", low=0.05, high=0.3), inputs("target", 8, low=0, high=0.5))
def epidemic(infected, beta, gamma, target):
    s, i, total = 1 - infected, infected, mpf(0)
    for t in range(8):
        new, gone = beta * s * i, gamma * i
        s, i = s - new, i + new - gone
        total += (i - target[t]) ** 2
    return total


@model(inputs("speed", low=1, high=3), inputs("angle", low=0.3, high=1.2), param("drag", low=0.05, high=0.5), inputs("target"))
def projectile_with_drag(speed, angle, drag, target):
    x, y, u, v, h = mpf(0), mpf(0), speed * cos(angle), speed * sin(angle), number("0.05")
    for _ in range(15):
        s = sqrt(u * u + v * v)
        u, v = u - h * drag * s * u, v - h * (number("9.81") + drag * s * v)
        x, y = x + h * u, y + h * v
    return (x + y - target) ** 2


@model(param("x", 6), data("k", 5, low=0.5, high=2), data("rest", 5, low=0.5, high=1))
def chain_of_springs(x, k, rest):
    return sum(k[i] * (x[i + 1] - x[i] - rest[i]) ** 2 / 2 for i in range(5)) + x[0] ** 2


@model(param("spins", 4, 5), data("j"), data("h"))
def lattice_energy(spins, j, h):
    # A mean field on a torus: neighbours by rotation.
    m = [[(exp(u) - exp(-u)) / (exp(u) + exp(-u)) for u in row] for row in spins]
    bonds = sum(m[a][b] * (m[(a + 1) % 4][b] + m[a][(b + 1) % 5]) for a in range(4) for b in range(5))
    return -j * bonds - h * sum(sum(row) for row in m)


@model(inputs("u", 8), param("kappa", low=0.1, high=0.4), inputs("target", 8))
def heat_steps(u, kappa, target):
    for _ in range(5):
        left, right = [mpf(0)] + u[:-1], u[1:] + [mpf(0)]
        u = [c + kappa * (a - 2 * c + b) for a, c, b in zip(left, u, right)]
    return squares(u, target)


@model(inputs("x", low=0.1, high=2), param("n", low=1.2, high=1.9), param("f", low=0.5, high=2), inputs("target"))
def refraction(x, n, f, target):
    from mpmath import asin
    angle = atan2(x, f + 2)
    return (x + 2 * asin(sin(angle) / n) - target) ** 2
