//! Solutions of linear equations.

use super::{Cost, MatrixFunction, Notation, Operand, values};

pub(super) static ROWS: &[MatrixFunction] = &[
    MatrixFunction {
        name: "solve",
        aliases: &[],
        operands: &[
            Operand::square(
                "ki",
                "b_bar[i] = solve(a[ik], y_bar[k]); a_bar[ki] = -sum b_bar[k] y[i]",
                "m[k] = -a_dot[ki] y[i]; y_dot[i] = solve(a[ki], m[k])",
            ),
            Operand::right_side(
                "b_bar[i] = solve(a[ik], y_bar[k])",
                "y_dot[i] = solve(a[ki], b_dot[k])",
            ),
            Operand::factors("pi", "lu_factors"),
        ],
        result: "i",
        value: values::solve,
        notation: Notation::Solution(""),
        cost: Cost::new(2, 2, 1),
        public: true,
        doc: "The `y` with `a·y = b`, for a square matrix and a vector, or a matrix whose columns are right-hand sides; by elimination with \
              partial pivoting. Equations with one matrix share its factors, and the derivative uses them again. A singular matrix gives \
              NaN in all elements. The derivative for `b` is `b̄ = a⁻ᵀ·ȳ`, that for `a` is `−b̄·yᵀ` (Giles 2008).",
    },
    MatrixFunction {
        name: "solve_lower",
        aliases: &[],
        operands: &[
            Operand::square(
                "ki",
                "b_bar[i] = solve_upper(a[ik], y_bar[k]);
                 m[ki] = -sum b_bar[k] y[i];
                 a_bar[ki] = lower(m[ki])",
                "t[ki] = lower(a_dot[ki]);
                 m[k] = -t[ki] y[i];
                 y_dot[i] = solve_lower(a[ki], m[k])",
            ),
            Operand::right_side(
                "b_bar[i] = solve_upper(a[ik], y_bar[k])",
                "y_dot[i] = solve_lower(a[ki], b_dot[k])",
            ),
        ],
        result: "i",
        value: values::solve_lower,
        notation: Notation::Solution("tril"),
        cost: Cost::new(1, 2, 1),
        public: true,
        doc: "The `y` with `a·y = b` for a lower triangular matrix, of which only the triangle is read; for a vector, or a matrix whose \
              columns are right-hand sides. A zero on the diagonal gives NaN in all elements. The derivative for `b` is `b̄ = a⁻ᵀ·ȳ`, that \
              for `a` the lower triangle of `−b̄·yᵀ` (Giles 2008).",
    },
    MatrixFunction {
        name: "solve_upper",
        aliases: &[],
        operands: &[
            Operand::square(
                "ki",
                "b_bar[i] = solve_lower(a[ik], y_bar[k]);
                 m[ki] = -sum b_bar[k] y[i];
                 a_bar[ki] = upper(m[ki])",
                "t[ki] = upper(a_dot[ki]);
                 m[k] = -t[ki] y[i];
                 y_dot[i] = solve_upper(a[ki], m[k])",
            ),
            Operand::right_side(
                "b_bar[i] = solve_lower(a[ik], y_bar[k])",
                "y_dot[i] = solve_upper(a[ki], b_dot[k])",
            ),
        ],
        result: "i",
        value: values::solve_upper,
        notation: Notation::Solution("triu"),
        cost: Cost::new(1, 2, 1),
        public: true,
        doc: "The `y` with `a·y = b` for an upper triangular matrix, of which only the triangle is read; otherwise as `solve_lower`.",
    },
];
