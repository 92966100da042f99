//! Factorizations, inverses and determinants.

use super::{Cost, MatrixFunction, Notation, Operand, values};

pub(super) static ROWS: &[MatrixFunction] = &[
    MatrixFunction {
        name: "cholesky",
        aliases: &[],
        operands: &[Operand::square(
            "ij",
            "m[kj] = y[ik] y_bar[ij];
             q[kj] = mirrored(m[kj]);
             z[ij] = solve_upper(y[ik], q[kj]);
             s[ij] = solve_upper(y[ik], z[jk]);
             a_bar[ij] = 0.5 s[ij]",
            "s[ij] = 0.5 a_dot[ij] + 0.5 a_dot[ji];
             z[ij] = solve_lower(y[ki], s[kj]);
             w[ij] = solve_lower(y[ki], z[jk]);
             p[ij] = lower(w[ij]);
             d[ij] = upper(p[ij]);
             y_dot[ij] = y[ik] p[kj] - 0.5 y[ik] d[kj]",
        )],
        result: "ij",
        value: values::cholesky,
        notation: Notation::Function("chol"),
        cost: Cost::new(1, 3, 3),
        public: true,
        doc: "The lower triangular `L` with `L·Lᵀ = a`, for a symmetric positive definite matrix (Cholesky, published by Benoît 1924). It is \
              that of the symmetric part `½(a + aᵀ)`, so that the gradient, which is symmetric, is the derivative for each element alone. \
              A matrix that is not positive definite gives NaN in all elements. The derivative is `½·L⁻ᵀ·S·L⁻¹`, with `S` the lower \
              triangle of `Lᵀ·L̄` mirrored at the diagonal (Murray 2016, *Differentiation of the Cholesky decomposition*).",
    },
    MatrixFunction {
        name: "inverse",
        aliases: &["inv"],
        operands: &[
            Operand::square(
                "ji",
                "a_bar[ji] = -y[kj] y_bar[kl] y[il]",
                "y_dot[ij] = -y[ik] a_dot[kl] y[lj]",
            ),
            Operand::factors("pi", "lu_factors"),
        ],
        result: "ij",
        value: values::inverse,
        notation: Notation::Inverse,
        cost: Cost::new(4, 3, 3),
        public: true,
        doc: "The inverse of a square matrix, by elimination with partial pivoting. A singular matrix gives NaN in all elements. The \
              derivative is `−a⁻ᵀ·Ȳ·a⁻ᵀ` (Giles 2008). To solve equations use `solve`, which is cheaper and more accurate.",
    },
    MatrixFunction {
        name: "det",
        aliases: &[],
        operands: &[
            Operand::square(
                "ij",
                "c[ij] = cofactors(a[ij]); a_bar[ij] = y_bar[] c[ij]",
                "c[ij] = cofactors(a[ij]); y_dot[] = c[ij] a_dot[ij]",
            ),
            Operand::factors("pj", "lu_factors"),
        ],
        result: "",
        value: values::det,
        notation: Notation::Function("det"),
        cost: Cost::new(1, 1, 1),
        public: true,
        doc: "The determinant of a square matrix, by elimination with partial pivoting; 0 of a singular one. The derivative is the matrix \
              of cofactors, which is finite for singular matrices too (Jacobi 1841); the second derivative is NaN there.",
    },
    MatrixFunction {
        name: "logdet",
        aliases: &[],
        operands: &[
            Operand::square(
                "ij",
                "w[ij] = inverse(a[ji]); a_bar[ij] = y_bar[] w[ji]",
                "w[ij] = inverse(a[ji]); y_dot[] = w[ij] a_dot[ji]",
            ),
            Operand::factors("pj", "lu_factors"),
        ],
        result: "",
        value: values::logdet,
        notation: Notation::Of("ln", "det"),
        cost: Cost::new(2, 1, 1),
        public: true,
        doc: "The logarithm of the determinant, `ln det a`, which neither overflows nor underflows; by elimination, for any square matrix. \
              Where the determinant is negative it is NaN, and `-inf` where it is 0. The derivative is `a⁻ᵀ` (Giles 2008). For a symmetric \
              positive definite matrix `logdet_spd` costs half of it.",
    },
    MatrixFunction {
        name: "log_abs_det",
        aliases: &[],
        operands: &[
            Operand::square(
                "ij",
                "w[ij] = inverse(a[ji]); a_bar[ij] = y_bar[] w[ji]",
                "w[ij] = inverse(a[ji]); y_dot[] = w[ij] a_dot[ji]",
            ),
            Operand::factors("pj", "lu_factors"),
        ],
        result: "",
        value: values::log_abs_det,
        notation: Notation::Of("ln", "|det|"),
        cost: Cost::new(2, 1, 1),
        public: true,
        doc: "The logarithm of the absolute value of the determinant, `ln |det a|`, for any square matrix: the logarithm of the factor by \
              which it changes volumes. `-inf` of a singular one. The derivative is `a⁻ᵀ` (Giles 2008).",
    },
    MatrixFunction {
        name: "cofactors",
        aliases: &[],
        operands: &[
            Operand::square(
                "ij",
                "w[ij] = inverse(a[ji]);
                 s[] = y_bar[ij] y[ij];
                 a_bar[ij] = s[] w[ji] - y[il] y_bar[kl] w[jk]",
                "w[ij] = inverse(a[ji]);
                 s[] = y[ij] a_dot[ij];
                 y_dot[ij] = s[] w[ji] - y[kj] a_dot[kl] w[li]",
            ),
            Operand::factors("rj", "complete_factors"),
        ],
        result: "ij",
        value: values::cofactors,
        notation: Notation::Function("cof"),
        cost: Cost::new(4, 3, 3),
        public: true,
        doc: "The matrix of cofactors, `y[i, j] = (−1)^(i+j)·det(a without row i and column j)`, the derivative of `det`; finite also for \
              singular matrices, by elimination with complete pivoting. `yᵀ/det(a)` is the inverse. The derivative divides by the \
              determinant: for a singular matrix it is NaN.",
    },
    MatrixFunction {
        name: "lu_factors",
        aliases: &[],
        operands: &[Operand::factored("ij")],
        result: "pj",
        value: values::lu_factors,
        notation: Notation::Function("lu"),
        cost: Cost::new(2, 3, 3),
        public: false,
        doc: "The factors `P·a = L·U` of elimination with partial pivoting: `U` on and above the diagonal, `L` without its unit diagonal \
              below, and in the last row, for each column, the row that it was exchanged with.",
    },
    MatrixFunction {
        name: "complete_factors",
        aliases: &[],
        operands: &[Operand::factored("ij")],
        result: "rj",
        value: values::complete_factors,
        notation: Notation::Function("plu"),
        cost: Cost::new(1, 3, 1),
        public: false,
        doc: "The factors `P·a·Q = L·U` of elimination with complete pivoting, as in `lu_factors`, with the exchanged columns in one row \
              more.",
    },
];
