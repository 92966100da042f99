"""Prints `coefficients.rs` and `angles.rs`: every constant of the elementwise functions, found here and nowhere else.

    python3 fit.py angles > angles.rs &&
    python3 fit.py > coefficients.rs && cargo fmt        (needs mpmath)

Each polynomial interpolates its function at the Chebyshev nodes of its interval, computed with 60 digits: within a factor of about two
of the best polynomial of that degree. The degrees leave the error of the fit well below half an ulp of the result.
"""
import struct
import sys

import mpmath as mp

mp.mp.dps = 60


def fit(function, low, high, degree):
    """Coefficients, lowest first, of the interpolant at the Chebyshev nodes of [low, high]."""
    low, high, count = mp.mpf(low), mp.mpf(high), degree + 1
    nodes = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * k + 1) / (2 * count)) for k in range(count)]
    rows = mp.matrix([[node**power for power in range(count)] for node in nodes])
    return list(mp.lu_solve(rows, mp.matrix([function(node) for node in nodes])))


def shortest(value, bits):
    """The shortest decimal that reads back as the nearest number of the format, in Rust's notation."""
    if bits == 64:
        digits = repr(float(value))
    else:
        target = struct.pack("f", float(value))
        digits = next(d for d in (f"{float(value):.{n}g}" for n in range(1, 18)) if struct.pack("f", float(d)) == target)
    return repr(float(digits))


def near_zero(function, series, threshold="1e-9"):
    """`function`, and the first terms of its series where its formula cancels."""
    return lambda x: series(x) if abs(x) < mp.mpf(threshold) else function(x)


def erfcx(z):
    with mp.workdps(80):
        return mp.exp(z * z) * mp.erfc(z)


def tail(bits):
    """(1 + 2z)·erfcx(z) as a function of t = (z − k)/(z + k)."""
    k = mp.mpf(TAIL_CENTER[bits])
    return lambda t: (1 + 2 * k * (1 + t) / (1 - t)) * erfcx(k * (1 + t) / (1 - t))


def tail_interval(bits):
    k, last = mp.mpf(TAIL_CENTER[bits]), mp.mpf(TAIL_LAST[bits])
    return -1, (last - k) / (last + k)


TAIL_CENTER = {32: 2, 64: 4}
TAIL_LAST = {32: 10.5, 64: 28}
HALF_LN_2 = mp.log(2) / 2 * mp.mpf("1.001")
QUARTER_PI = mp.pi / 4 * mp.mpf("1.02")


def root(function):
    """`function` of √w."""
    return lambda w: function(mp.sqrt(w))


ATANH = near_zero(lambda s: (2 * mp.atanh(s) - 2 * s) / s**3, lambda s: mp.mpf(2) / 3 + 2 * s * s / 5)
TABLES = [
    ("EXP", "`(eʳ − 1 − r)/r²` on `|r| ≤ ln 2/2`.", {32: 4, 64: 9},
     lambda bits: (near_zero(lambda r: (mp.exp(r) - 1 - r) / r**2, lambda r: 0.5 + r / 6), -HALF_LN_2, HALF_LN_2)),
    ("ATANH", "`(2·atanh s − 2s)/s³` in `s²`, on `|s| ≤ (√2 − 1)/(√2 + 1)`.", {32: 3, 64: 6},
     lambda bits: (root(ATANH), 0, ((mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)) ** 2 * mp.mpf("1.01"))),
    ("ATANH_WIDE", "`(2·atanh s − 2s)/s³` in `s²`, on `|s| ≤ 1/3`.", {32: 5, 64: 10},
     lambda bits: (root(ATANH), 0, mp.mpf("1.01") / 9)),
    ("ERF", "`erf(x)/x` in `x²`, on `|x| ≤ 1`.", {32: 7, 64: 12},
     lambda bits: (root(near_zero(lambda x: mp.erf(x) / x, lambda x: 2 / mp.sqrt(mp.pi) * (1 - x * x / 3))), 0, mp.mpf("1.01"))),
    ("TAIL", "`(1 + 2z)·e^(z²)·erfc z` in `(z − k)/(z + k)`, `k` = `TAIL_CENTER`, on `0 ≤ z ≤` `TAIL_LAST`.", {32: 10, 64: 23},
     lambda bits: (tail(bits), *tail_interval(bits))),
    ("LOG_COSH", "`ln(cosh x)/x²` in `x²`, on `|x| ≤ 3/4`.", {32: 6, 64: 13},
     lambda bits: (root(near_zero(lambda x: mp.log(mp.cosh(x)) / x**2, lambda x: 0.5 - x * x / 12)), 0, mp.mpf("0.57"))),
    ("ATAN", "`(atan z − z)/z³` in `z²`, on `|z| ≤ √2 − 1`.", {32: 4, 64: 11},
     lambda bits: (root(near_zero(lambda z: (mp.atan(z) - z) / z**3, lambda z: -mp.mpf(1) / 3 + z * z / 5)), 0, (mp.sqrt(2) - 1) ** 2 * mp.mpf("1.001"))),
    ("SIN", "`(sin r − r)/r³` in `r²`, on `|r| ≤ π/4`.", {32: 3, 64: 6},
     lambda bits: (root(near_zero(lambda r: (mp.sin(r) - r) / r**3, lambda r: -mp.mpf(1) / 6 + r * r / 120)), 0, QUARTER_PI**2)),
    ("COS", "`(cos r − 1 + r²/2)/r⁴` in `r²`, on `|r| ≤ π/4`.", {32: 3, 64: 6},
     lambda bits: (root(near_zero(lambda r: (mp.cos(r) - 1 + r * r / 2) / r**4, lambda r: mp.mpf(1) / 24 - r * r / 720)), 0, QUARTER_PI**2)),
]


def split(value, kept):
    """`value` as a part of `kept` bits, so that its products with small integers are exact, and the rest."""
    scale = mp.mpf(2) ** (kept - 1 - mp.floor(mp.log(value, 2)))
    high = mp.nint(value * scale) / scale
    return high, value - high


def rounded(value, bits):
    return mp.mpf(float(shortest(value, bits))) if bits == 64 else mp.mpf(struct.unpack("f", struct.pack("f", float(value)))[0])


# Numbers: name, documentation, value for a format.
NUMBERS = [
    ("LN_2_HIGH", "The leading bits of `ln 2`: its product with an exponent is exact.", lambda bits: split(mp.log(2), {32: 15, 64: 41}[bits])[0]),
    ("LN_2_LOW", "The rest of `ln 2`.", lambda bits: split(mp.log(2), {32: 15, 64: 41}[bits])[1]),
    ("LOG10_2_HIGH", "The leading bits of `log₁₀ 2`: its product with an exponent is exact.", lambda bits: split(mp.log10(2), {32: 15, 64: 41}[bits])[0]),
    ("LOG10_2_LOW", "The rest of `log₁₀ 2`.", lambda bits: split(mp.log10(2), {32: 15, 64: 41}[bits])[1]),
    ("LOG2_E", "`log₂ e`.", lambda bits: 1 / mp.log(2)),
    ("LOG10_E", "`log₁₀ e`.", lambda bits: 1 / mp.log(10)),
    ("LN_2", "`ln 2`.", lambda bits: mp.log(2)),
    ("PI_HIGH", "The number nearest to `π`.", lambda bits: rounded(mp.pi, bits)),
    ("PI_LOW", "`π` less that number.", lambda bits: mp.pi - rounded(mp.pi, bits)),
    ("FRAC_1_SQRT_2", "`1/√2`.", lambda bits: 1 / mp.sqrt(2)),
    ("EXP_LOWEST", "Below, `eˣ` rounds to zero.", lambda bits: {32: -104, 64: -746}[bits]),
    ("EXP_HIGHEST", "Above, `eˣ` is infinite.", lambda bits: {32: 89, 64: 710}[bits]),
    ("EXP2_LOWEST", "Below, `2ˣ` rounds to zero.", lambda bits: {32: -151, 64: -1076}[bits]),
    ("EXP2_HIGHEST", "From here on, `2ˣ` is infinite.", lambda bits: {32: 128, 64: 1024}[bits]),
    ("ONE_DOMINATES", "`1 + e⁻ˣ` rounds to one from here on.", lambda bits: {32: 20, 64: 40}[bits]),
    ("TAIL_CENTER", "The centre `k` of the transformation that `TAIL` is a polynomial in.", lambda bits: TAIL_CENTER[bits]),
    ("TAIL_LAST", "The last argument of `TAIL`; `erfc` is zero beyond.", lambda bits: TAIL_LAST[bits]),
    ("ERF_ONE", "From here on, `erf` rounds to one.", lambda bits: {32: 4, 64: 6}[bits]),
]
DIGAMMA_ROOT = mp.findroot(mp.digamma, 1.46)
DIGAMMA = near_zero(lambda d: mp.digamma(DIGAMMA_ROOT + d) / d, lambda d: mp.polygamma(1, DIGAMMA_ROOT), "1e-25")


def in_parts(value, count):
    """`value` as a sum of numbers, each the nearest to what is left."""
    parts = []
    for _ in range(count):
        parts.append(float(value))
        value -= mp.mpf(parts[-1])
    return parts


def windows():
    """The bits of 2/π that matter to an f32 below 2⁵⁰, 2⁷⁶, 2¹⁰² and 2¹²⁸: products of earlier ones are whole turns.

    Two parts of 29 bits, whose products with 24 bits are exact, and a third.
    """
    with mp.workdps(100):
        for k in range(4):
            # The last bit of a number of window k is at least 2^(50 + 26·(k − 1) − 23): bits of 2/π above 4 over that make whole turns.
            drop = mp.mpf(2) ** (2 - (26 * k + 1)) if k else mp.mpf(4)
            rest = (2 / mp.pi) % drop
            parts = []
            for place in (26 * k + 28, 26 * k + 57) if k else (29, 58):
                high = mp.floor(rest * mp.mpf(2) ** place) / mp.mpf(2) ** place
                parts.append(float(high))
                rest -= high
            yield [*parts, float(rest)]


def print_angles():
    print("//! Constants of the reduction of angles; written by `fit.py`.")
    print("#![allow(clippy::unreadable_literal, clippy::approx_constant, reason = \"generated: shortest digits that read back\")]\n")
    print("/// `π/2` in three parts.")
    print(f"pub(super) const QUARTER_TURN: [f64; 3] = {in_parts(mp.pi / 2, 3)!r};\n")
    print("/// The bits of `2/π` that do not make whole turns, for an `f32` below `2⁵⁰`, `2⁷⁶`, `2¹⁰²` and `2¹²⁸`; two parts of 29 bits and the rest.")
    print("pub(super) const WINDOWS: [[f64; 3]; 4] = [")
    print("\n".join(f"    {parts!r}," for parts in windows()) + "\n];")


def errors():
    """The largest relative error of each rounded polynomial over its interval, on the error stream."""
    for name, _, degrees, problem in TABLES:
        for bits, degree in degrees.items():
            function, low, high = problem(bits)
            rounded = [mp.mpf(float(shortest(c, bits))) for c in fit(function, low, high, degree)]
            points = [mp.mpf(low) + (mp.mpf(high) - low) * i / 500 for i in range(1, 500)]
            worst = max(abs(mp.polyval(rounded[::-1], x) / function(x) - 1) for x in points)
            print(f"{name} f{bits}: degree {degree}, relative error {mp.nstr(worst, 3)}", file=sys.stderr)


def main():
    print("//! The polynomials of the elementwise functions; written by `fit.py`, which says how they were found.")
    print("#![allow(\n    clippy::unreadable_literal,\n    clippy::excessive_precision,\n    clippy::approx_constant,")
    print("    reason = \"generated: shortest digits that read back\"\n)]\n")
    print("/// The coefficients of every polynomial, lowest power first, at the degree the format needs.")
    print("pub trait Coefficients: Sized + 'static {")
    for index, (name, doc, _, _) in enumerate(TABLES):
        print(f"    /// {doc}\n    const {name}: &'static [Self];")
    for name, doc, _ in NUMBERS:
        print(f"    /// {doc}\n    const {name}: Self;")
    print("}\n")
    for bits in (32, 64):
        print(f"impl Coefficients for f{bits} {{")
        for name, _, degrees, problem in TABLES:
            function, low, high = problem(bits)
            values = fit(function, low, high, degrees[bits])
            print(f"    const {name}: &'static [f{bits}] = &[")
            print("\n".join(f"        {shortest(value, bits)}," for value in values) + "\n    ];")
        for name, _, value in NUMBERS:
            print(f"    const {name}: f{bits} = {shortest(value(bits), bits)};")
        print("}\n")
    high = mp.mpf(float(DIGAMMA_ROOT))
    print("/// The positive root `r` of the digamma function: the nearest number, and what is missing from it.")
    print(f"pub(super) const DIGAMMA_ROOT: (f64, f64) = ({float(high)!r}, {float(DIGAMMA_ROOT - high)!r});\n")
    print("/// `ψ(r + d)/d` in `d`, on `1 ≤ r + d ≤ 2`.\npub(super) const DIGAMMA: &[f64] = &[")
    values = fit(DIGAMMA, 1 - DIGAMMA_ROOT, 2 - DIGAMMA_ROOT, 23)
    print("\n".join(f"    {shortest(value, 64)}," for value in values) + "\n];")


if __name__ == "__main__":
    if sys.argv[1:] == ["angles"]:
        print_angles()
    else:
        main()
        errors()
