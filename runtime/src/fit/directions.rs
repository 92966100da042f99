//! The directions in the parameters that the data determine.

use super::singular::Singular;

/// Columns `w` with `(TᵀT)⁻¹ = Σ w·wᵀ` of a triangle `T` whose columns have length one.
pub(super) struct Directions {
    pub columns: Vec<Vec<f64>>,
    /// The parameters of which a part lies in no direction.
    pub undetermined: Vec<usize>,
}

impl Directions {
    /// All: the columns of `T⁻¹`, where it has an inverse.
    pub fn all(n: usize, triangle: impl Fn(usize, usize) -> f64) -> Directions {
        let above: Vec<Vec<f64>> =
            (0..n).map(|column| (0..=column).map(|row| triangle(row, column)).collect()).collect();
        let inverse = |column: usize| {
            let mut values = vec![0.0; n];
            values[column] = 1.0;
            for row in (0..=column).rev() {
                let value = values[row] / above[row][row];
                values[row] = value;
                let rest = values[..row].iter_mut().zip(&above[row]);
                rest.for_each(|(rest, element)| *rest -= value * element);
            }
            values
        };
        Directions { columns: (0..n).map(inverse).collect(), undetermined: Vec::new() }
    }

    /// Those with singular values above `negligible`: `V·S⁻¹` of `T = U·S·Vᵀ`.
    pub fn determined(
        n: usize,
        triangle: impl Fn(usize, usize) -> f64,
        negligible: f64,
    ) -> Directions {
        /// A part of a parameter that is less than this is rounding.
        const NOTHING: f64 = 1e-6;
        // `Tᵀ = V·S·Uᵀ`.
        let singular = Singular::of(n, |row, column| triangle(column, row));
        let mut outside = vec![1.0; n];
        let mut columns = Vec::new();
        for k in (0..n).filter(|&k| singular.values[k] > negligible) {
            let direction = (0..n).map(|i| singular.left(i, k));
            outside.iter_mut().zip(direction.clone()).for_each(|(outside, v)| *outside -= v * v);
            columns.push(direction.map(|v| v / singular.values[k]).collect());
        }
        let undetermined =
            (0..n).filter(|&i| columns.len() < n && outside[i] > NOTHING * NOTHING).collect();
        Directions { columns, undetermined }
    }

    /// `Σ ⟨w, g⟩²`: the squared length of what the residuals have in the tangent plane, of their products `g` with the columns of length
    /// one.
    pub fn tangent(&self, gradient: &[f64]) -> f64 {
        let along = |w: &Vec<f64>| w.iter().zip(gradient).map(|(w, g)| w * g).sum::<f64>();
        self.columns.iter().map(|w| along(w).powi(2)).sum()
    }

    /// `D⁻¹·(Σ w·wᵀ)·D⁻¹`, row-major; infinite on the diagonal for what is not determined, and NaN beside it.
    pub fn inverse(&self, norms: &[f64]) -> Vec<f64> {
        let n = norms.len();
        let mut inverse = vec![0.0; n * n];
        for w in &self.columns {
            let w: Vec<f64> = w.iter().zip(norms).map(|(w, norm)| w / norm).collect();
            for (row, one) in inverse.chunks_exact_mut(n).zip(&w) {
                row.iter_mut().zip(&w).for_each(|(element, other)| *element += one * other);
            }
        }
        for &i in &self.undetermined {
            for j in 0..n {
                (inverse[i * n + j], inverse[j * n + i]) = (f64::NAN, f64::NAN);
            }
        }
        self.undetermined.iter().for_each(|&i| inverse[i * n + i] = f64::INFINITY);
        inverse
    }
}
