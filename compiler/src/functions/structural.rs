//! The structural primitives: functions that move, contract or count axes, and so are not elementwise.
//!
//! This table holds what messages and the reference need: names, arities and documentation. Their meaning is in the lowering.

mod running;
mod shaping;

/// A structural primitive.
#[derive(Debug)]
pub struct Structural {
    /// The name in function and method form.
    pub name: &'static str,
    /// Other names and signs (`Σ`).
    pub aliases: &'static [&'static str],
    /// The arguments, as the reference and messages print them (`a, b`).
    pub arguments: &'static str,
    /// How many arguments there must be, before the axes.
    pub arity: Arity,
    /// The axes it works over.
    pub axes: Axes,
    /// Whether users may write it; the others appear in definitions only.
    pub public: bool,
    /// What it is, its shapes and formula: Markdown, one paragraph.
    pub doc: &'static str,
}

/// How many arguments a primitive takes, its axes not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    /// Exactly so many.
    Exactly(usize),
    /// So many or more.
    AtLeast(usize),
}

/// Whether a primitive takes axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axes {
    /// It does not.
    Fixed,
    /// It takes a list of axes after its arguments, and all axes where there is none.
    Optional,
    /// As [`Axes::Optional`]; and with `keep = 1` the axes reduced over stay, with extent 1, so that the result broadcasts.
    OptionalKept,
}

impl Structural {
    /// The name and the aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

/// The primitive with this name or alias.
pub fn structural(name: &str) -> Option<&'static Structural> {
    structurals().find(|one| one.name == name || one.aliases.contains(&name))
}

/// All primitives.
pub fn structurals() -> impl Iterator<Item = &'static Structural> {
    TABLE.iter().chain(running::TABLE).chain(shaping::TABLE)
}

static TABLE: &[Structural] = &[
    Structural {
        name: "and",
        aliases: &[],
        arguments: "c, d",
        arity: Arity::Exactly(2),
        axes: Axes::Fixed,
        public: true,
        doc: "Whether both conditions hold, elementwise: `c && d`.",
    },
    Structural {
        name: "or",
        aliases: &[],
        arguments: "c, d",
        arity: Arity::Exactly(2),
        axes: Axes::Fixed,
        public: true,
        doc: "Whether one of the conditions holds, or both, elementwise: `c || d`.",
    },
    Structural {
        name: "not",
        aliases: &[],
        arguments: "c",
        arity: Arity::Exactly(1),
        axes: Axes::Fixed,
        public: true,
        doc: "Whether the condition does not hold, elementwise: `!c`.",
    },
    Structural {
        name: "not_equal",
        aliases: &[],
        arguments: "a, b",
        arity: Arity::Exactly(2),
        axes: Axes::Fixed,
        public: true,
        doc: "Whether `a` and `b` differ, elementwise: `a != b`; NaN differs from everything, itself included.",
    },
    Structural {
        name: "sum",
        aliases: &["Σ"],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::OptionalKept,
        public: true,
        doc: "The sum over all axes, or the axes given, which go: `y = Σᵢ xᵢ`.",
    },
    Structural {
        name: "dot",
        aliases: &[],
        arguments: "a, b",
        arity: Arity::Exactly(2),
        axes: Axes::Fixed,
        public: true,
        doc: "The product `a·b`, which sums over the last axis of `a` and the first of `b`: `[D]·[D]` is a number, `[D]·[D, H]` is `[H]`, \
              `[M, D]·[D]` is `[M]`, `[M, D]·[D, N]` is `[M, N]`.",
    },
    Structural {
        name: "matmul",
        aliases: &[],
        arguments: "a, b",
        arity: Arity::Exactly(2),
        axes: Axes::Fixed,
        public: true,
        doc: "The product of two matrices, `[M, K]` and `[K, N]` to `[M, N]`; leading axes, if any, broadcast as a batch.",
    },
    Structural {
        name: "outer",
        aliases: &[],
        arguments: "a, b",
        arity: Arity::Exactly(2),
        axes: Axes::Fixed,
        public: true,
        doc: "The outer product of two vectors, `y[i, j] = a[i]·b[j]`: `[M]` and `[N]` to `[M, N]`.",
    },
    Structural {
        name: "transpose",
        aliases: &[],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::Fixed,
        public: true,
        doc: "The axes in reverse order: `[M, N]` to `[N, M]`.",
    },
    Structural {
        name: "einsum",
        aliases: &[],
        arguments: "\"ij,jk->ik\", a, b",
        arity: Arity::AtLeast(2),
        axes: Axes::Fixed,
        public: true,
        doc: "A sum of products over labelled axes (Einstein 1916): a letter for each axis of each operand, then `->` and the letters that \
              stay, in their order; letters that do not stay are summed over. A letter twice in one operand is its diagonal.",
    },
    Structural {
        name: "trace",
        aliases: &[],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::Fixed,
        public: true,
        doc: "The sum of the diagonal of a square matrix: `y = Σᵢ x[i, i]`.",
    },
    Structural {
        name: "dropout",
        aliases: &[],
        arguments: "x, p",
        arity: Arity::Exactly(2),
        axes: Axes::Fixed,
        public: true,
        doc: "In training each element of `x` is 0 with probability `p`, else divided by `1 − p`, so that the mean stays; everywhere else it is \
              `x` (Srivastava, Hinton, Krizhevsky, Sutskever & Salakhutdinov 2014, *Dropout*). `p` is written in the source, at least 0 and \
              below 1. The factors are drawn anew for each step, example and element; for a parameter, once for all examples. Constants to \
              the chain rule.",
    },
    Structural {
        name: "normal_like",
        aliases: &[],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::Fixed,
        public: true,
        doc: "Normal numbers of mean 0 and variance 1, of the shape of `x`, drawn anew for each step, example and element in training, and 0 \
              everywhere else. Constants to the chain rule, so `mean + deviation*normal_like(mean)` has the derivatives of the \
              reparameterized normal (Kingma & Welling 2014). If `x` varies from example to example, so do they; those of a parameter are \
              drawn once for all examples.",
    },
    Structural {
        name: "uniform_like",
        aliases: &[],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::Fixed,
        public: true,
        doc: "Uniform numbers of the open interval from 0 to 1, odd multiples of 2⁻²⁴, of the shape of `x`, drawn anew for each step, example \
              and element in training, and ½ everywhere else. Constants to the chain rule.",
    },
    Structural {
        name: "bernoulli_like",
        aliases: &[],
        arguments: "x, p",
        arity: Arity::Exactly(2),
        axes: Axes::Fixed,
        public: true,
        doc: "1 with probability `p`, else 0, of the shape of `x`, drawn anew for each step, example and element in training, and `p` \
              everywhere else. `p` is written in the source, from 0 to 1. Constants to the chain rule.",
    },
    Structural {
        name: "diff",
        aliases: &[],
        arguments: "u, x",
        arity: Arity::Exactly(2),
        axes: Axes::Fixed,
        public: true,
        doc: "The derivative of `u` for `x`, the name of an argument or of a `let` that `u` is computed from: `y[i, j] = ∂uᵢ/∂xⱼ`, with the axes \
              of `u`, then those of `x`. What `x` itself was computed from is held fixed. It is a value like any other: a term of a loss, \
              to be differentiated again.",
    },
    Structural {
        name: "max_over",
        aliases: &[],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::OptionalKept,
        public: false,
        doc: "The largest value over the axes, NaN if one is. Values that tie for it share the derivative equally.",
    },
    Structural {
        name: "min_over",
        aliases: &[],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::OptionalKept,
        public: false,
        doc: "The smallest value over the axes, NaN if one is. Values that tie for it share the derivative equally.",
    },
    Structural {
        name: "count",
        aliases: &[],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::Optional,
        public: false,
        doc: "How many values a reduction over the axes reads: the product of their extents, a constant.",
    },
    Structural {
        name: "one_hot_like",
        aliases: &[],
        arguments: "class, x",
        arity: Arity::Exactly(2),
        axes: Axes::Fixed,
        public: false,
        doc: "1 at the class and 0 elsewhere, along an axis of the extent of `x`'s last. A constant to the chain rule.",
    },
    Structural {
        name: "transpose_last",
        aliases: &[],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::Fixed,
        public: false,
        doc: "The last two axes exchanged, those before in place: each matrix of a stack transposed.",
    },
    Structural {
        name: "diagonal",
        aliases: &[],
        arguments: "x",
        arity: Arity::Exactly(1),
        axes: Axes::Fixed,
        public: false,
        doc: "The diagonal of each matrix of a stack: `y[.., i] = x[.., i, i]`.",
    },
    Structural {
        name: "part",
        aliases: &[],
        arguments: "x, i",
        arity: Arity::Exactly(2),
        axes: Axes::Fixed,
        public: false,
        doc: "The slice of the first axis at the integer `i`: `[2, D]` to `[D]`.",
    },
];
