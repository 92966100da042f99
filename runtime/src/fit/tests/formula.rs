//! Formulas with exact derivatives by dual numbers, as models.

use std::ops::{Add, Div, Mul, Neg, Range, Sub};

use crate::batch::{Batch, BatchBuffer, Examples, Values};
use crate::derivatives::{Jacobian, MatrixOrder, Observations, Residuals};
use crate::error::Error;
use crate::model::{Model, Reduction};
use crate::parameters::{ParameterLayout, lay_out};

/// A number with its derivatives for `P` parameters.
#[derive(Clone, Copy, Debug)]
pub struct Dual<const P: usize> {
    pub value: f64,
    pub slope: [f64; P],
}

impl<const P: usize> Dual<P> {
    pub fn map(self, value: f64, derivative: f64) -> Self {
        Dual { value, slope: self.slope.map(|slope| slope * derivative) }
    }

    pub fn exp(self) -> Self {
        let y = self.value.exp();
        self.map(y, y)
    }

    pub fn sqrt(self) -> Self {
        let y = self.value.sqrt();
        self.map(y, 0.5 / y)
    }

    pub fn ln(self) -> Self {
        self.map(self.value.ln(), 1.0 / self.value)
    }

    pub fn sin(self) -> Self {
        self.map(self.value.sin(), self.value.cos())
    }

    pub fn cos(self) -> Self {
        self.map(self.value.cos(), -self.value.sin())
    }

    pub fn atan(self) -> Self {
        self.map(self.value.atan(), 1.0 / (1.0 + self.value * self.value))
    }

    pub fn pow(self, exponent: Self) -> Self {
        (exponent * self.ln()).exp()
    }
}

impl<const P: usize> From<f64> for Dual<P> {
    fn from(value: f64) -> Self {
        Dual { value, slope: [0.0; P] }
    }
}

impl<const P: usize> Neg for Dual<P> {
    type Output = Self;
    fn neg(self) -> Self {
        self.map(-self.value, -1.0)
    }
}

/// An operator of two duals, or of one and a number: its value, and its derivatives for both operands.
macro_rules! operator {
    ($trait:ident, $method:ident, $x:ident, $y:ident, $value:expr, $dx:expr, $dy:expr) => {
        impl<const P: usize> $trait for Dual<P> {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                let ($x, $y) = (self.value, other.value);
                let slope = std::array::from_fn(|i| $dx * self.slope[i] + $dy * other.slope[i]);
                Dual { value: $value, slope }
            }
        }

        impl<const P: usize> $trait<f64> for Dual<P> {
            type Output = Self;
            fn $method(self, other: f64) -> Self {
                self.$method(Dual::from(other))
            }
        }

        impl<const P: usize> $trait<Dual<P>> for f64 {
            type Output = Dual<P>;
            fn $method(self, other: Dual<P>) -> Dual<P> {
                Dual::from(self).$method(other)
            }
        }
    };
}

operator!(Add, add, x, y, x + y, 1.0, 1.0);
operator!(Sub, sub, x, y, x - y, 1.0, -1.0);
operator!(Mul, mul, x, y, x * y, y, x);
operator!(Div, div, x, y, x / y, 1.0 / y, -x / (y * y));

/// A formula of one input.
pub type Function<const P: usize> = fn(f64, [Dual<P>; P]) -> Dual<P>;

/// A model `y = f(x, θ)` with scalar parameters `b1`, `b2`, ...
#[derive(Clone, Debug)]
pub struct Formula<const P: usize> {
    pub function: Function<P>,
    pub theta: [f64; P],
}

const NAMES: [&str; 9] = ["b1", "b2", "b3", "b4", "b5", "b6", "b7", "b8", "b9"];

impl<const P: usize> Formula<P> {
    fn residual(&self, x: f64, y: f64) -> Dual<P> {
        let parameter = |i: usize| Dual {
            value: self.theta[i],
            slope: std::array::from_fn(|j| f64::from(u8::from(i == j))),
        };
        (self.function)(x, std::array::from_fn(parameter)) - y
    }

    fn each(&self, batch: &<Self as Model>::Batch<'_>) -> impl Iterator<Item = Dual<P>> {
        let [x, y] = batch.examples().reals;
        x.values.iter().zip(y.values).map(|(&x, &y)| self.residual(x, y))
    }
}

impl<const P: usize> Model for Formula<P> {
    type Scalar = f64;
    type Dims = ();
    type Batch<'a> = Batch<'a, Self, 2, 0, 0>;
    type Workspace = ();

    const REDUCTION: Reduction = Reduction::Sum;

    fn parameters(&self) -> &[f64] {
        &self.theta
    }

    fn parameters_mut(&mut self) -> &mut [f64] {
        &mut self.theta
    }

    fn layout(&self) -> Vec<ParameterLayout> {
        let each: Vec<(&'static str, &[usize])> =
            NAMES[..P].iter().map(|&name| (name, &[][..])).collect();
        lay_out(&each).unwrap_or_default()
    }

    fn dims(&self) {}

    fn workspace(&self) {}

    fn loss_into(&self, batch: &Self::Batch<'_>, (): &mut ()) -> f64 {
        self.each(batch).map(|residual| residual.value * residual.value).sum()
    }

    fn loss_and_gradient_into(
        &self,
        batch: &Self::Batch<'_>,
        gradient: &mut [f64],
        (): &mut (),
    ) -> f64 {
        gradient.fill(0.0);
        for residual in self.each(batch) {
            for (sum, slope) in gradient.iter_mut().zip(residual.slope) {
                *sum += 2.0 * residual.value * slope;
            }
        }
        self.loss_into(batch, &mut ())
    }

    fn loss_in_f64(&self, _: &[f64], batch: &Self::Batch<'_>) -> f64 {
        self.loss_into(batch, &mut ())
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

    fn batch_buffer(batch: &Self::Batch<'_>, rows: usize) -> BatchBuffer<f64> {
        batch.buffer(rows)
    }

    fn gather<'b, 'a: 'b>(
        batch: &Self::Batch<'a>,
        order: &[usize],
        buffer: &'b mut BatchBuffer<f64>,
    ) -> Self::Batch<'b> {
        batch.gather(order, buffer)
    }
}

impl<const P: usize> Residuals for Formula<P> {
    fn residual_width(&self) -> usize {
        1
    }

    fn residuals_into(&self, batch: &Self::Batch<'_>, residuals: &mut [f64], (): &mut ()) {
        for (place, residual) in residuals.iter_mut().zip(self.each(batch)) {
            *place = residual.value;
        }
    }
}

impl<const P: usize> Observations for Formula<P> {
    fn observations<'a>(
        &self,
        inputs: &[&'a [f64]],
        target: &'a [f64],
    ) -> Result<Self::Batch<'a>, Error> {
        let &[x] = inputs else {
            return Err(Error::InputCount { expected: 1, found: inputs.len() });
        };
        let x = Values { name: "x", extents: &[], values: x };
        let y = Values { name: "y", extents: &[], values: target };
        Ok(Batch::new(Examples::check([x, y], [], [])?, ()))
    }
}

impl<const P: usize> Jacobian for Formula<P> {
    fn residuals_and_jacobian_into(
        &self,
        batch: &Self::Batch<'_>,
        residuals: &mut [f64],
        jacobian: &mut [f64],
        order: MatrixOrder,
        (): &mut (),
    ) {
        let rows = batch.rows();
        for (row, residual) in self.each(batch).enumerate() {
            residuals[row] = residual.value;
            for (column, slope) in residual.slope.into_iter().enumerate() {
                let place = match order {
                    MatrixOrder::RowMajor => row * P + column,
                    MatrixOrder::ColumnMajor => column * rows + row,
                };
                jacobian[place] = slope;
            }
        }
    }
}
