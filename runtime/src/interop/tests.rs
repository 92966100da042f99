//! A nonlinear model written by hand, as `model` would write it, and what the adapters of all crates share.

use std::ops::Range;

use crate::batch::{Batch, BatchBuffer, Examples, Values};
use crate::derivatives::{Hessian, HessianVectorProduct, Jacobian, MatrixOrder, Residuals};
use crate::error::Error;
use crate::kernel::real::Real;
use crate::model::{Model, Reduction};
use crate::parameters::{ParameterLayout, lay_out};

use super::LeastSquares;

/// `ŷ = a·tᵏ`, and the sum of `(ŷ − y)²`; θ = [a, k].
#[derive(Clone, Debug, PartialEq)]
pub struct Power<T> {
    pub theta: [T; 2],
}

pub type PowerBatch<'a, T> = Batch<'a, Power<T>, 2, 0, 0>;

/// `y = 2·t³`.
pub const T: [f64; 4] = [0.5, 1.0, 1.5, 2.0];
pub const Y: [f64; 4] = [0.25, 2.0, 6.75, 16.0];

impl<T: Real> Power<T> {
    pub fn start() -> Self {
        Power { theta: [T::ONE, T::from_f64(2.0)] }
    }

    pub fn batch<'a>(t: &'a [T], y: &'a [T]) -> Result<PowerBatch<'a, T>, Error> {
        let [t, y] =
            [("t", t), ("y", y)].map(|(name, values)| Values { name, extents: &[], values });
        Ok(Batch::new(Examples::check([t, y], [], [])?, ()))
    }

    /// For each example the residual, `∂r/∂θ`, and the second derivatives for `a, k` and `k, k`.
    fn derivatives(&self, batch: &PowerBatch<'_, T>) -> Vec<(T, [T; 2], [T; 2])> {
        let [t, y] = batch.examples().reals;
        let [a, k] = self.theta.map(Real::to_f64);
        let rows = t.values.iter().zip(y.values);
        let row = |(t, y): (&T, &T)| {
            let (power, logarithm) = (t.to_f64().powf(k), t.to_f64().ln());
            let (first, second) = (
                [power, a * power * logarithm],
                [power * logarithm, a * power * logarithm * logarithm],
            );
            (T::from_f64(a * power) - *y, first.map(T::from_f64), second.map(T::from_f64))
        };
        rows.map(row).collect()
    }
}

impl<T: Real> Model for Power<T> {
    type Scalar = T;
    type Dims = ();
    type Batch<'a> = PowerBatch<'a, T>;
    type Workspace = ();

    const REDUCTION: Reduction = Reduction::Sum;

    fn parameters(&self) -> &[T] {
        &self.theta
    }

    fn parameters_mut(&mut self) -> &mut [T] {
        &mut self.theta
    }

    fn layout(&self) -> Vec<ParameterLayout> {
        lay_out(&[("a", &[]), ("k", &[])]).unwrap_or_default()
    }

    fn dims(&self) {}

    fn workspace(&self) {}

    fn loss_into(&self, batch: &Self::Batch<'_>, (): &mut ()) -> T {
        self.loss_and_gradient_into(batch, &mut [T::ZERO; 2], &mut ())
    }

    fn loss_and_gradient_into(
        &self,
        batch: &Self::Batch<'_>,
        gradient: &mut [T],
        (): &mut (),
    ) -> T {
        self.hessian_into(batch, gradient, &mut [T::ZERO; 4], &mut ())
    }

    fn loss_in_f64(&self, parameters: &[f64], batch: &Self::Batch<'_>) -> f64 {
        let model = Power { theta: [parameters[0], parameters[1]].map(T::from_f64) };
        model.loss_into(batch, &mut ()).to_f64()
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

impl<T: Real> Residuals for Power<T> {
    fn outputs(&self) -> usize {
        1
    }

    fn residuals_into(&self, batch: &Self::Batch<'_>, residuals: &mut [T], (): &mut ()) {
        for (out, (residual, _, _)) in residuals.iter_mut().zip(self.derivatives(batch)) {
            *out = residual;
        }
    }
}

impl<T: Real> Jacobian for Power<T> {
    fn residuals_and_jacobian_into(
        &self,
        batch: &Self::Batch<'_>,
        residuals: &mut [T],
        jacobian: &mut [T],
        order: MatrixOrder,
        (): &mut (),
    ) {
        let rows = residuals.len();
        for (i, (residual, first, _)) in self.derivatives(batch).into_iter().enumerate() {
            residuals[i] = residual;
            for (j, derivative) in first.into_iter().enumerate() {
                match order {
                    MatrixOrder::RowMajor => jacobian[2 * i + j] = derivative,
                    MatrixOrder::ColumnMajor => jacobian[rows * j + i] = derivative,
                }
            }
        }
    }
}

impl<T: Real> Hessian for Power<T> {
    fn hessian_into(
        &self,
        batch: &Self::Batch<'_>,
        gradient: &mut [T],
        hessian: &mut [T],
        (): &mut (),
    ) -> T {
        let two = T::from_f64(2.0);
        let mut loss = T::ZERO;
        gradient.fill(T::ZERO);
        hessian.fill(T::ZERO);
        for (residual, [a, k], [ak, kk]) in self.derivatives(batch) {
            loss += residual * residual;
            gradient[0] += two * residual * a;
            gradient[1] += two * residual * k;
            hessian[0] += two * a * a;
            hessian[1] += two * (a * k + residual * ak);
            hessian[3] += two * (k * k + residual * kk);
        }
        hessian[2] = hessian[1];
        loss
    }
}

impl<T: Real> HessianVectorProduct for Power<T> {
    fn hessian_vector_product_into(
        &self,
        batch: &Self::Batch<'_>,
        direction: &[T],
        product: &mut [T],
        (): &mut (),
    ) {
        let mut hessian = [T::ZERO; 4];
        self.hessian_into(batch, &mut [T::ZERO; 2], &mut hessian, &mut ());
        for (out, row) in product.iter_mut().zip(hessian.chunks_exact(2)) {
            *out = row[0] * direction[0] + row[1] * direction[1];
        }
    }
}

/// Whether θ is `[2, 3]` up to a tolerance.
#[cfg(feature = "basin")]
pub fn is_solution(theta: &[f64], tolerance: f64) -> bool {
    (theta[0] - 2.0).abs() < tolerance && (theta[1] - 3.0).abs() < tolerance
}

#[test]
fn slices_of_another_length_are_refused() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = LeastSquares::new(Power::start(), &batch)?;
    let length = |name, expected, found| Err(Error::Length { name, expected, found });
    assert_eq!(problem.residuals_into(&[1.0], &mut [0.0; 4]), length("parameters", 2, 1));
    assert_eq!(problem.residuals_into(&[1.0, 1.0], &mut [0.0; 3]), length("residuals", 4, 3));
    let mut residuals = [0.0; 4];
    let mut evaluate = |jacobian: &mut [f64]| {
        problem.residuals_and_jacobian_into(
            &[1.0; 2],
            &mut residuals,
            jacobian,
            MatrixOrder::RowMajor,
        )
    };
    assert_eq!(evaluate(&mut [0.0; 4]), length("jacobian", 8, 4));
    Ok(())
}

#[test]
fn the_model_comes_back_where_it_was_evaluated_last() -> Result<(), Error> {
    let batch = Power::batch(&T, &Y)?;
    let problem = LeastSquares::new(Power::start(), &batch)?;
    let mut residuals = [1.0; 4];
    problem.residuals_into(&[2.0, 3.0], &mut residuals)?;
    assert_eq!(residuals, [0.0; 4]);
    assert_eq!(problem.into_model().theta, [2.0, 3.0]);
    Ok(())
}
