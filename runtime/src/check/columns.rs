//! Central differences of functions with several values, one element of θ at a time.

use alloc::string::String;
use alloc::vec::Vec;

#[cfg(not(feature = "std"))]
use crate::float::Double;
use crate::kernel::real::Real;
use crate::model::Model;
use crate::parameters::ParameterLayout;

use super::report::{DerivativeCheck, Numbers};

/// The elements of one parameter along which differences are taken, at most; evenly spread over a larger one.
pub const COLUMNS_PER_PARAMETER: usize = 32;

/// The first step is `∛ε·max(1, |θ|)`; smaller ones are for kinks near by.
const SHRINKS: [f64; 3] = [1.0, 1.0 / 16.0, 1.0 / 256.0];

/// A function of θ whose derivatives are compared.
pub struct Columns<'c, F> {
    /// Its values at θ.
    pub function: F,
    /// How many values, one group after the other, have derivatives with a scale in common.
    pub groups: Vec<usize>,
    /// The derivative of a value for an element of θ, as it is written.
    pub name: &'c dyn Fn(usize, usize) -> String,
    /// The distance between numbers near 1.
    pub epsilon: f64,
    /// Rounds to the scalar type of the model.
    pub narrow: fn(f64) -> f64,
    /// How far rounding may have moved what is compared with the differences.
    pub rounding: f64,
}

/// The differences along one element of θ, and how far rounding may have moved each.
struct Column {
    slopes: Vec<f64>,
    rounding: Vec<f64>,
}

impl<F: FnMut(&[f64]) -> Vec<f64>> Columns<'_, F> {
    /// Compares what is found to be the derivatives for an element of θ with differences along it, for each of `places`.
    pub fn compare(
        &mut self,
        theta: &[f64],
        places: &[usize],
        mut found: impl FnMut(usize) -> Vec<f64>,
        check: &mut DerivativeCheck,
    ) {
        let center = (self.function)(theta);
        for &place in places {
            let best = self.best(theta, &center, place, &found(place), check.tolerance);
            for (row, numbers) in best.into_iter().enumerate() {
                check.compare(numbers, || (self.name)(row, place));
            }
        }
    }

    /// Each number beside the difference it agrees with best; smaller steps only where one disagrees.
    fn best(
        &mut self,
        theta: &[f64],
        center: &[f64],
        place: usize,
        found: &[f64],
        tolerance: f64,
    ) -> Vec<Numbers> {
        let mut best: Vec<Numbers> = Vec::new();
        for shrink in SHRINKS {
            let column = self.column(theta, center, place, shrink);
            let numbers = self.beside(found, &column);
            if best.is_empty() {
                best = numbers;
            } else {
                for (best, other) in best.iter_mut().zip(numbers) {
                    if other.error() < best.error() {
                        *best = other;
                    }
                }
            }
            if best.iter().all(|numbers| numbers.error() <= tolerance) {
                break;
            }
        }
        best
    }

    /// Found numbers beside differences, with the largest of each group.
    fn beside(&self, found: &[f64], column: &Column) -> Vec<Numbers> {
        let mut numbers = Vec::with_capacity(found.len());
        for count in &self.groups {
            let group = numbers.len()..numbers.len() + count;
            let all = found[group.clone()].iter().chain(&column.slopes[group.clone()]);
            let sizes = all.map(|number| number.abs()).filter(|size| size.is_finite());
            let scale = sizes.fold(0.0, f64::max);
            numbers.extend(group.map(|row| {
                let rounding = self.rounding + column.rounding[row];
                Numbers { found: found[row], expected: column.slopes[row], rounding, scale }
            }));
        }
        numbers
    }

    /// The differences along an element of θ.
    ///
    /// Rounding of a value moves one by about `ε·|f| / h`, rounding of θ inside the model by about `ε·|θ|·|f″|`; eight times both are allowed.
    fn column(&mut self, theta: &[f64], center: &[f64], place: usize, shrink: f64) -> Column {
        let size = theta[place].abs().max(1.0);
        let h = self.epsilon.cbrt() * size * shrink;
        let Sides { upper, lower, slopes } =
            Sides::of(&mut self.function, theta, place, h, self.narrow);
        let largest = largest(center);
        let values = upper.iter().zip(&lower).zip(center);
        let rounding = values.map(|((upper, lower), center)| {
            let curvature = (upper - center + (lower - center)) / (h * h);
            8.0 * self.epsilon * (largest / h + size * curvature.abs())
        });
        Column { rounding: rounding.collect(), slopes }
    }
}

/// A function on both sides of θ.
pub struct Sides {
    pub upper: Vec<f64>,
    pub lower: Vec<f64>,
    /// `(f₊ − f₋) / 2h`.
    pub slopes: Vec<f64>,
}

impl Sides {
    /// `f± = f(θ ± h·e)` and their difference.
    pub fn of(
        function: &mut impl FnMut(&[f64]) -> Vec<f64>,
        theta: &[f64],
        place: usize,
        h: f64,
        narrow: fn(f64) -> f64,
    ) -> Sides {
        let mut moved = theta.to_vec();
        let mut at = |step: f64| {
            moved[place] = narrow(theta[place] + step);
            (moved[place], function(&moved))
        };
        let ((above, upper), (below, lower)) = (at(h), at(-h));
        let slopes =
            upper.iter().zip(&lower).map(|(upper, lower)| (upper - lower) / (above - below));
        Sides { slopes: slopes.collect(), upper, lower }
    }
}

/// The elements of θ along which differences are taken.
pub fn places(layout: &[ParameterLayout]) -> Vec<usize> {
    let of_one = |parameter: &ParameterLayout| {
        let range = parameter.range();
        let count = range.len().min(COLUMNS_PER_PARAMETER);
        (0..count).map(move |i| range.start + i * range.len() / count)
    };
    layout.iter().flat_map(of_one).collect()
}

/// Changes the parameters of a model.
pub fn set<M: Model>(model: &mut M, theta: &[f64]) {
    for (parameter, value) in model.parameters_mut().iter_mut().zip(theta) {
        *parameter = M::Scalar::from_f64(*value);
    }
}

/// The nearest number of a scalar type.
pub fn narrow<T: Real>(number: f64) -> f64 {
    T::from_f64(number).to_f64()
}

/// Numbers in `f64`.
pub fn wide<T: Real>(numbers: &[T]) -> Vec<f64> {
    numbers.iter().map(|number| number.to_f64()).collect()
}

/// The largest size of a finite number.
pub fn largest(numbers: &[f64]) -> f64 {
    let sizes = numbers.iter().map(|number| number.abs()).filter(|size| size.is_finite());
    sizes.fold(0.0, f64::max)
}
