//! The model as a least-squares problem in the free parameters.

use crate::derivatives::{Jacobian, MatrixOrder};

use super::loss::RobustLoss;
use super::reduce::Triangle;

/// What is minimized: `½·Σ f²` with `f` the residuals after division by their standard deviations and after the loss.
///
/// It counts, and it never forgets the best θ it has seen.
pub(super) struct Evaluation<'a, M: Jacobian<Scalar = f64>> {
    pub model: M,
    batch: M::Batch<'a>,
    workspace: M::Workspace,
    pub loss: RobustLoss,
    /// `1/σ` of each residual; none where all are 1.
    weights: Option<Vec<f64>>,
    /// The box that θ stays in.
    pub bounds: Bounds,
    /// The positions in θ of the parameters that vary.
    free: Vec<usize>,
    residuals: Vec<f64>,
    jacobian: Vec<f64>,
    triangle: Triangle,
    pub evaluations: usize,
    /// The cost of the last evaluation, while the triangle is its own.
    last: Option<(f64, Vec<f64>)>,
    best: Option<(f64, Vec<f64>)>,
}

/// How a triangle is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reduction {
    /// For a step: from the products of the columns, where they are apart enough.
    Fast,
    /// For uncertainties: by reflections.
    Accurate,
}

/// The bounds of all elements of θ.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bounds {
    pub low: Vec<f64>,
    pub high: Vec<f64>,
}

impl Bounds {
    pub fn none(parameters: usize) -> Bounds {
        Bounds { low: vec![f64::NEG_INFINITY; parameters], high: vec![f64::INFINITY; parameters] }
    }

    /// Whether an element has no bound.
    pub fn is_open(&self, position: usize) -> bool {
        self.low[position] == f64::NEG_INFINITY && self.high[position] == f64::INFINITY
    }

    /// Whether a value is a number within its bounds.
    pub fn contains(&self, position: usize, value: f64) -> bool {
        self.low[position] <= value && value <= self.high[position]
    }
}

impl<'a, M: Jacobian<Scalar = f64>> Evaluation<'a, M> {
    pub fn new(
        model: M,
        batch: M::Batch<'a>,
        loss: RobustLoss,
        weights: Option<Vec<f64>>,
        bounds: Bounds,
    ) -> Self {
        let (count, parameters) =
            (M::rows(&batch) * model.residual_width(), model.parameters().len());
        let workspace = model.workspace();
        Evaluation {
            model,
            batch,
            workspace,
            loss,
            weights,
            bounds,
            free: Vec::new(),
            residuals: vec![0.0; count],
            jacobian: vec![0.0; count * parameters],
            triangle: Triangle::new(1),
            evaluations: 0,
            last: None,
            best: None,
        }
    }

    /// Chooses which elements of θ vary.
    pub fn set_free(&mut self, free: Vec<usize>) {
        if free == self.free {
            return;
        }
        self.triangle = Triangle::new(free.len() + 1);
        self.free = free;
        if self.last.is_some() {
            self.reduce(RobustLoss::transform, Reduction::Fast);
        }
        self.last.take_if(|_| !self.triangle.is_finite());
    }

    pub fn free(&self) -> &[usize] {
        &self.free
    }

    /// The number of observations.
    pub fn rows(&self) -> usize {
        M::rows(&self.batch)
    }

    /// The number of residuals.
    pub fn count(&self) -> usize {
        self.residuals.len()
    }

    /// The residuals of the last evaluation, as the model gives them.
    pub fn residuals(&self) -> &[f64] {
        &self.residuals
    }

    /// `1/σ` of a residual.
    pub fn weight(&self, row: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |weights| weights[row])
    }

    /// `∂r/∂θ[position]` of the last evaluation.
    pub fn column(&self, position: usize) -> &[f64] {
        let count = self.residuals.len();
        &self.jacobian[position * count..][..count]
    }

    /// The triangle of `[J | f]` of the last evaluation.
    pub fn triangle(&self) -> &Triangle {
        &self.triangle
    }

    /// The least cost so far, and where it was.
    pub fn best(&self) -> Option<(f64, &[f64])> {
        self.best.as_ref().map(|(cost, theta)| (*cost, theta.as_slice()))
    }

    /// Forgets the best, before another start.
    pub fn take_best(&mut self) -> Option<(f64, Vec<f64>)> {
        self.best.take()
    }

    /// Keeps the last evaluation as the best, though another may have cost less by rounding.
    pub fn keep(&mut self) {
        self.best = self.last.clone();
    }

    /// Moves the model to θ and evaluates there.
    pub fn move_to(&mut self, theta: &[f64]) -> Option<f64> {
        self.model.parameters_mut().copy_from_slice(theta);
        self.evaluate()
    }

    /// Whether these values of the free parameters are within their bounds.
    pub fn are_inside(&self, values: impl Iterator<Item = f64>) -> bool {
        self.free.iter().zip(values).all(|(&position, value)| self.bounds.contains(position, value))
    }

    /// Whether a parameter is on a bound.
    pub fn is_on_bound(&self, position: usize) -> bool {
        let value = self.model.parameters()[position];
        value == self.bounds.low[position] || value == self.bounds.high[position]
    }

    /// `½·Σ f²` where the model stands with these values of the free parameters, each put back on its bound where it is beyond.
    pub fn evaluate_at(&mut self, values: impl Iterator<Item = f64>) -> Option<f64> {
        let theta = self.model.parameters_mut();
        for (&position, value) in self.free.iter().zip(values) {
            theta[position] = value.clamp(self.bounds.low[position], self.bounds.high[position]);
        }
        self.evaluate()
    }

    /// `½·Σ f²` where the model stands, and with it the [`triangle`](Self::triangle); none where something is not finite or outside the
    /// bounds. Evaluates nothing twice in a row.
    pub fn evaluate(&mut self) -> Option<f64> {
        let theta = self.model.parameters();
        if self.last.as_ref().is_none_or(|(_, last)| last != theta) {
            self.last = None;
            let cost = self.reevaluate()?;
            self.last = Some((cost, self.model.parameters().to_vec()));
        }
        let (cost, theta) = self.last.as_ref()?;
        if self.best.as_ref().is_none_or(|(best, _)| cost < best) {
            self.best = Some((*cost, theta.clone()));
        }
        Some(*cost)
    }

    fn reevaluate(&mut self) -> Option<f64> {
        let theta = self.model.parameters();
        if self.free.iter().any(|&position| !self.bounds.contains(position, theta[position])) {
            return None;
        }
        self.evaluations += 1;
        self.model.residuals_and_jacobian_into(
            &self.batch,
            &mut self.residuals,
            &mut self.jacobian,
            MatrixOrder::ColumnMajor,
            &mut self.workspace,
        );
        self.reduce(RobustLoss::transform, Reduction::Fast);
        Some(self.cost()).filter(|cost| cost.is_finite() && self.triangle.is_finite())
    }

    /// `½·Σ f²` of the last evaluation.
    fn cost(&self) -> f64 {
        let squares = self.residuals.iter().enumerate().map(|(row, &residual)| {
            let (value, _) = self.loss.transform(residual * self.weight(row));
            value * value
        });
        0.5 * squares.sum::<f64>()
    }

    /// Makes the triangle of the last evaluation as accurate as the residuals and their derivatives are.
    pub fn refine(&mut self) {
        self.reduce(RobustLoss::transform, Reduction::Accurate);
    }

    /// Makes the triangle of the last evaluation that of the reweighted least-squares problem: every row times `√ρ′`.
    pub fn reweigh(&mut self) {
        self.last = None;
        let transform = |loss: RobustLoss, residual| {
            let root = loss.weight(residual).sqrt();
            (root * residual, root)
        };
        self.reduce(transform, Reduction::Accurate);
    }

    /// The triangle of the rows `[D·J | f]`, where `transform` gives `f` and the element of `D` for a residual.
    fn reduce(&mut self, transform: impl Fn(RobustLoss, f64) -> (f64, f64), reduction: Reduction) {
        let Evaluation { residuals, jacobian, weights, free, loss, triangle, .. } = self;
        let (count, columns) = (residuals.len(), free.len());
        let is_plain = weights.is_none() && *loss == RobustLoss::LeastSquares;
        if is_plain && reduction == Reduction::Fast && columns * count == jacobian.len() {
            if triangle.factorize_columns(jacobian, residuals) {
                return;
            }
            return self.reduce(transform, Reduction::Accurate);
        }
        let mut slopes = Vec::new();
        let mut fill = |first: usize, rows: usize, block: &mut [f64]| {
            let height = block.len() / (columns + 1);
            let (left, last) = block.split_at_mut(columns * height);
            slopes.clear();
            for (row, place) in (first..first + rows).zip(last) {
                let weight = weights.as_ref().map_or(1.0, |weights| weights[row]);
                let (value, slope) = transform(*loss, residuals[row] * weight);
                *place = value;
                slopes.push(slope * weight);
            }
            for (&position, column) in free.iter().zip(left.chunks_exact_mut(height)) {
                let from = &jacobian[position * count + first..][..rows];
                if is_plain {
                    column[..rows].copy_from_slice(from);
                } else {
                    let products = from.iter().zip(&slopes).map(|(element, slope)| element * slope);
                    column.iter_mut().zip(products).for_each(|(place, product)| *place = product);
                }
            }
        };
        let is_done = reduction == Reduction::Fast && triangle.factorize_products(count, &mut fill);
        if !is_done {
            triangle.factorize(count, fill);
        }
    }
}
