//! The linear model of a step, as the solver takes it.

use std::cell::OnceCell;

use basin::{
    DenseMatrix, FactorizePivotedQr, MatTransposeVec, QrFactorization, QrSolveError,
    RegularizedQrSolve,
};

use super::reduce::Triangle;

/// `R·diag(s)`, with a row of zeros below, where the residuals have what no step can change.
#[derive(Clone)]
pub(super) struct Linear {
    /// The triangle by rows, zeros below the diagonal among them.
    rows: Vec<Vec<f64>>,
    squares: Vec<f64>,
    /// Whether the columns are so far apart that the order in which they are eliminated does not matter.
    is_apart: bool,
}

impl Linear {
    /// Of a triangle, with a scale for every column.
    pub fn of(triangle: &Triangle, scales: &[f64]) -> Linear {
        let n = scales.len();
        let row = |i: usize| (0..n).map(|j| triangle.get(i, j) * scales[j]).collect();
        let square = |j: usize| (triangle.column_norm(j) * scales[j]).powi(2);
        Linear {
            rows: (0..n).map(row).collect(),
            squares: (0..n).map(square).collect(),
            is_apart: triangle.is_apart(),
        }
    }
}

impl MatTransposeVec<Vec<f64>> for Linear {
    fn mat_transpose_vec(&self, x: &Vec<f64>) -> Vec<f64> {
        let mut product = vec![0.0; self.rows.len()];
        for (row, x) in self.rows.iter().zip(x) {
            product.iter_mut().zip(row).for_each(|(sum, element)| *sum += element * x);
        }
        product
    }
}

impl FactorizePivotedQr<Vec<f64>> for Linear {
    type Factorization = Factor;

    fn factorize_pivoted_qr(&self, b: &Vec<f64>) -> Result<Factor, QrSolveError> {
        let is_finite = |values: &[f64]| values.iter().all(|value| value.is_finite());
        if !is_finite(b) || !is_finite(&self.squares) {
            return Err(QrSolveError::NonFinite);
        }
        Ok(Factor { linear: self.clone(), b: b.clone(), pivoted: OnceCell::new() })
    }
}

/// The same, to be solved with a right-hand side.
///
/// A triangle whose columns are apart is its own factorization, of steps without damping; the others need the pivoted one.
pub(super) struct Factor {
    linear: Linear,
    b: Vec<f64>,
    pivoted: OnceCell<Result<QrFactorization<f64>, QrSolveError>>,
}

impl Factor {
    fn pivoted(&self) -> Result<&QrFactorization<f64>, QrSolveError> {
        let factorize = || {
            let rows = &self.linear.rows;
            let element = |i: usize, j: usize| rows.get(i).map_or(0.0, |row| row[j]);
            let matrix = DenseMatrix::from_fn(self.b.len(), rows.len(), element);
            matrix.factorize_pivoted_qr(&self.b)
        };
        self.pivoted.get_or_init(factorize).as_ref().map_err(|&error| error)
    }

    /// By substitution from the last row up.
    fn substitute(&self) -> Result<Vec<f64>, QrSolveError> {
        let rows = &self.linear.rows;
        let mut x = vec![0.0; rows.len()];
        for (i, row) in rows.iter().enumerate().rev() {
            let known = row[i + 1..].iter().zip(&x[i + 1..]).map(|(element, x)| element * x);
            x[i] = (self.b[i] - known.sum::<f64>()) / row[i];
        }
        if x.iter().all(|x| x.is_finite()) { Ok(x) } else { Err(QrSolveError::NonFinite) }
    }
}

impl RegularizedQrSolve<Vec<f64>, f64> for Factor {
    fn column_norms_squared(&self) -> Vec<f64> {
        self.linear.squares.clone()
    }

    fn solve_regularized(
        &self,
        mu: f64,
        diagonal: &Vec<f64>,
        rank_tolerance: Option<f64>,
    ) -> Result<Vec<f64>, QrSolveError> {
        if mu == 0.0 && self.linear.is_apart {
            return self.substitute();
        }
        self.pivoted()?.solve_regularized(mu, diagonal, rank_tolerance)
    }
}
