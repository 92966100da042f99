//! A model written by hand: `ŷ = w·x + b` with two inputs, and the mean of `(ŷ − y)²`.

use std::ops::Range;

use chainrule::batch::{Batch, BatchBuffer, Examples, Values};
use chainrule::error::Error;
use chainrule::kernel::real::Real;
use chainrule::model::{Model, Reduction};
use chainrule::parameters::{ParameterLayout, lay_out};

/// θ = [w₀, w₁, b].
#[derive(Clone, Debug, PartialEq)]
pub struct LeastSquares<T> {
    pub theta: [T; 3],
}

pub type LeastSquaresBatch<'a, T> = Batch<'a, LeastSquares<T>, 2, 0, 0>;

impl<T: Real> LeastSquares<T> {
    pub fn zeros() -> Self {
        LeastSquares { theta: [T::ZERO; 3] }
    }

    pub fn batch<'a>(x: &'a [T], y: &'a [T]) -> Result<LeastSquaresBatch<'a, T>, Error> {
        let x = Values { name: "x", extents: &[2], values: x };
        let y = Values { name: "y", extents: &[], values: y };
        Ok(Batch::new(Examples::check([x, y], [], [])?, ()))
    }
}

/// The residuals of all examples, each with its row of inputs.
fn residuals<'a, T: Real>(
    theta: &[T],
    examples: &Examples<'a, T, 2, 0, 0>,
) -> impl Iterator<Item = (T, &'a [T])> {
    let [x, y] = examples.reals;
    let [w0, w1, b] = [theta[0], theta[1], theta[2]];
    x.values
        .chunks_exact(2)
        .zip(y.values)
        .map(move |(row, &target)| (w0 * row[0] + w1 * row[1] + b - target, row))
}

fn mean_square<T: Real>(theta: &[T], examples: &Examples<'_, T, 2, 0, 0>) -> T {
    let mut sum = T::ZERO;
    for (residual, _) in residuals(theta, examples) {
        sum += residual * residual;
    }
    sum / T::from_f64(examples.rows as f64)
}

impl<T: Real> Model for LeastSquares<T> {
    type Scalar = T;
    type Dims = ();
    type Batch<'a> = LeastSquaresBatch<'a, T>;
    type Workspace = ();

    const REDUCTION: Reduction = Reduction::Mean;

    fn parameters(&self) -> &[T] {
        &self.theta
    }

    fn parameters_mut(&mut self) -> &mut [T] {
        &mut self.theta
    }

    fn layout(&self) -> Vec<ParameterLayout> {
        lay_out(&[("w", &[2]), ("b", &[])]).unwrap_or_default()
    }

    fn dims(&self) {}

    fn workspace(&self) {}

    fn loss_into(&self, batch: &Self::Batch<'_>, (): &mut ()) -> T {
        mean_square(&self.theta, batch.examples())
    }

    fn loss_and_gradient_into(
        &self,
        batch: &Self::Batch<'_>,
        gradient: &mut [T],
        (): &mut (),
    ) -> T {
        let scale = T::from_f64(2.0 / batch.rows() as f64);
        gradient.fill(T::ZERO);
        for (residual, row) in residuals(&self.theta, batch.examples()) {
            gradient[0] += scale * residual * row[0];
            gradient[1] += scale * residual * row[1];
            gradient[2] += scale * residual;
        }
        mean_square(&self.theta, batch.examples())
    }

    fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
        mean_square(parameters, &batch.examples().in_f64().examples())
    }

    fn rows(batch: &Self::Batch<'_>) -> usize {
        batch.rows()
    }

    fn batch_dims(batch: &Self::Batch<'_>) {
        batch.dims();
    }

    fn slice<'b, 'a: 'b>(batch: &Self::Batch<'a>, rows: Range<usize>) -> Self::Batch<'b> {
        batch.slice(rows)
    }

    fn batch_buffer(batch: &Self::Batch<'_>, rows: usize) -> BatchBuffer<T> {
        batch.buffer(rows)
    }

    fn gather<'b, 'a: 'b>(
        batch: &Self::Batch<'a>,
        order: &[usize],
        buffer: &'b mut BatchBuffer<T>,
    ) -> Self::Batch<'b> {
        batch.gather(order, buffer)
    }
}
