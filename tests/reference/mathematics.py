"""What the models are written with: vectors as lists, matrices as lists of rows, nothing clever."""

from mpmath import erf, exp, log, mpf, pi, sqrt, tanh


def sigma(x):
    return 1 / (1 + exp(-x))


def softplus(x):
    return log(1 + exp(x))


def relu(x):
    return x if x > 0 else mpf(0)


def mish(x):
    return x * tanh(softplus(x))


def silu(x):
    return x * sigma(x)


def gelu(x):
    return x * (1 + erf(x / sqrt(mpf(2)))) / 2


def elu(x, alpha=1):
    return x if x > 0 else alpha * (exp(x) - 1)


def selu(x):
    return mpf("1.0507009873554804934193349852946") * elu(x, mpf("1.6732632423543772848170429916717"))


def softsign(x):
    return x / (1 + abs(x))


def hard_sigmoid(x):
    return min(max(x / 6 + mpf(1) / 2, mpf(0)), mpf(1))


def each(function, values):
    return [function(x) for x in values]


def add(a, b):
    return [x + y for x, y in zip(a, b)]


def sub(a, b):
    return [x - y for x, y in zip(a, b)]


def mul(a, b):
    return [x * y for x, y in zip(a, b)]


def scaled(a, factor):
    return [x * factor for x in a]


def dot(x, w):
    return sum(a * b for a, b in zip(x, w))


def transpose(m):
    return [list(column) for column in zip(*m)]


def matmul(a, b):
    columns = transpose(b)
    return [[dot(row, column) for column in columns] for row in a]


def apply(m, v):
    """The matrix times the vector."""
    return [dot(row, v) for row in m]


def affine(x, w, b=None):
    """The row vector times the matrix, plus the vector."""
    return [dot(x, column) + (b[k] if b else 0) for k, column in enumerate(transpose(w))]


def flat(value):
    return [x for part in value for x in flat(part)] if isinstance(value, list) else [value]


def mean(values):
    return sum(values) / len(values)


def var(values):
    m = mean(values)
    return mean([(x - m) ** 2 for x in values])


def norm(values):
    return sqrt(sum(x * x for x in values))


def prod(values):
    result = mpf(1)
    for x in values:
        result = result * x
    return result


def lse(values):
    return log(sum(exp(x) for x in values))


def softmax(values):
    total = sum(exp(x) for x in values)
    return [exp(x) / total for x in values]


def layer_norm(x, gain, bias, epsilon=mpf("1e-5")):
    m, s = mean(x), sqrt(var(x) + epsilon)
    return [(u - m) / s * g + b for u, g, b in zip(x, gain, bias)]


def squares(p, y):
    return sum((a - b) ** 2 for a, b in zip(flat(p), flat(y)))


def mse(p, y):
    return squares(p, y) / len(flat(p))


def cross_entropy(logits, target):
    return lse(logits) - logits[target]


def normal(x, m, s):
    """The negative logarithm of the normal density."""
    return log(2 * pi) / 2 + log(s) + ((x - m) / s) ** 2 / 2


def cholesky(a):
    n = len(a)
    l = [[mpf(0)] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = a[i][j] - sum(l[i][k] * l[j][k] for k in range(j))
            l[i][j] = sqrt(rest) if i == j else rest / l[j][j]
    return l


def solve(a, b):
    """Gauss's elimination with the largest pivot; `b` is a vector."""
    n = len(a)
    rows = [list(row) + [b[i]] for i, row in enumerate(a)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(rows[i][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for i in range(k + 1, n):
            factor = rows[i][k] / rows[k][k]
            rows[i] = [x - factor * y for x, y in zip(rows[i], rows[k])]
    x = [mpf(0)] * n
    for i in reversed(range(n)):
        x[i] = (rows[i][n] - sum(rows[i][k] * x[k] for k in range(i + 1, n))) / rows[i][i]
    return x


def det(a):
    """Laplace's expansion along the first row."""
    if len(a) == 1:
        return a[0][0]
    minor = lambda j: [row[:j] + row[j + 1:] for row in a[1:]]
    return sum((-1) ** j * a[0][j] * det(minor(j)) for j in range(len(a)))


def eye(n):
    return [[mpf(int(i == j)) for j in range(n)] for i in range(n)]
