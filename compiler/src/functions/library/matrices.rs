//! What follows from the factors of symmetric positive definite matrices: equations, determinants, normal distributions.

use super::{DefaultAxes, Definition, Parameter};

const MATRIX: &[Parameter] = &[Parameter::matrix("a")];
const EQUATIONS: &[Parameter] = &[Parameter::matrix("a"), Parameter::tensor("b")];

pub(super) static DEFINITIONS: &[Definition] = &[
    Definition {
        name: "solve_spd",
        aliases: &["cholesky_solve"],
        parameters: EQUATIONS,
        axes: DefaultAxes::None,
        body: "let l = cholesky(a); solve_upper(transpose_last(l), solve_lower(l, b))",
        formula: "a⁻¹·b",
        doc: "The `y` with `a·y = b`, for a symmetric positive definite matrix and a vector, or a matrix whose columns are right-hand sides: \
              by its Cholesky factor, at half the cost of `solve`. Of `½(a + aᵀ)`, as `cholesky`; NaN where that is not positive definite. \
              Equations, `logdet_spd` and `cholesky` of one matrix share its factor.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "logdet_spd",
        aliases: &[],
        parameters: MATRIX,
        axes: DefaultAxes::None,
        body: "2*sum(ln(diagonal(cholesky(a))), axis = -1)",
        formula: "ln det a",
        doc: "The logarithm of the determinant of a symmetric positive definite matrix, from its Cholesky factor: `2·Σᵢ ln L[i, i]`. NaN \
              where the matrix is not positive definite.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "gaussian_process_loss",
        aliases: &[],
        parameters: &[Parameter::tensor("residual"), Parameter::matrix("covariance")],
        axes: DefaultAxes::None,
        body: "let l = cholesky(covariance);
               let z = solve_lower(l, residual);
               0.5*sum(z*z) + sum(ln(diagonal(l))) + 0.9189385332046727*count(residual)",
        formula: "½·rᵀ·K⁻¹·r + ½·ln det K + (n/2)·ln 2π",
        doc: "The negative logarithm of the marginal likelihood of a Gaussian process (Rasmussen & Williams 2006, *Gaussian Processes for \
              Machine Learning*, eq. 2.30): `residual` are the observations less their mean, `[N]`, and `covariance` their covariance, \
              `[N, N]`, with the noise on its diagonal. The same is the negative logarithm of the density of a multivariate normal \
              distribution.",
        ..Definition::FUNCTION
    },
    Definition {
        name: "mvn_log_density",
        aliases: &[],
        parameters: &[
            Parameter::tensor("x"),
            Parameter::tensor("mean"),
            Parameter::matrix("factor"),
        ],
        axes: DefaultAxes::None,
        body: "let z = solve_lower(factor, x - mean);
               -0.5*sum(z*z) - sum(ln(diagonal(factor))) - 0.9189385332046727*count(x)",
        formula: "−½·‖L⁻¹·(x − m)‖² − Σᵢ ln L[i, i] − (n/2)·ln 2π",
        doc: "The logarithm of the density of a multivariate normal distribution at `x`, `[N]`, with the given mean and the lower triangular \
              Cholesky factor of the covariance, `[N, N]`, whose diagonal is positive. What stands above the diagonal is not read.",
        ..Definition::FUNCTION
    },
];
