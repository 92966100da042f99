//! What no program can be faster than: the exponentials of a formula alone, and reading its data alone.

use std::hint::black_box;

use chainrule::kernel::arch::{Isa, Kernel, dispatch};
use chainrule::kernel::math;
use chainrule::kernel::real::Real;

use crate::problem::{POINTS, points};
use crate::serve::{Mode, Task};

/// Elements that fit the nearest cache.
const ELEMENTS: usize = 2048;

/// Exponentials of each point.
const EXPONENTIALS: usize = 2;

/// As many exponentials as the formula takes at all points, of data in the nearest cache.
pub fn exponentials(problem: &str, _: Mode) -> Option<Box<dyn Task>> {
    match problem {
        "points/f32" => Some(Box::new(Exponentials::<f32>::new())),
        "points/f64" => Some(Box::new(Exponentials::<f64>::new())),
        _ => None,
    }
}

/// The sum of all data, read once.
pub fn memory(problem: &str, _: Mode) -> Option<Box<dyn Task>> {
    match problem {
        "points/f32" => {
            let problem = points::<f32>(POINTS);
            Some(Box::new(Memory { data: [problem.x.values, problem.y.values], sum: 0.0 }))
        }
        "points/f64" => {
            let problem = points::<f64>(POINTS);
            Some(Box::new(Memory { data: [problem.x.values, problem.y.values], sum: 0.0 }))
        }
        _ => None,
    }
}

struct Exponentials<T> {
    x: Vec<T>,
    y: Vec<T>,
}

impl<T: Real> Exponentials<T> {
    fn new() -> Self {
        let x = (0..ELEMENTS).map(|i| T::from_f64(-(i as f64) / 100.0)).collect();
        Exponentials { x, y: vec![T::ZERO; ELEMENTS] }
    }
}

impl<T: Real> Task for Exponentials<T> {
    fn call(&mut self) {
        for _ in 0..EXPONENTIALS * POINTS / ELEMENTS {
            dispatch(Exp { x: black_box(&self.x), y: &mut self.y });
        }
    }

    fn evidence(&self) -> Vec<f64> {
        vec![self.y.iter().map(|y| y.to_f64()).sum()]
    }
}

struct Exp<'a, T> {
    x: &'a [T],
    y: &'a mut [T],
}

impl<T: Real> Kernel for Exp<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<I: Isa>(self, isa: I) {
        for (y, &x) in self.y.iter_mut().zip(self.x) {
            *y = math::exp(isa, x);
        }
    }
}

struct Memory<T> {
    data: [Vec<T>; 2],
    sum: T,
}

impl<T: Real> Task for Memory<T> {
    fn call(&mut self) {
        let [x, y] = &self.data;
        self.sum = dispatch(Sum(x)) + dispatch(Sum(y));
    }

    fn evidence(&self) -> Vec<f64> {
        vec![self.sum.to_f64()]
    }
}

struct Sum<'a, T>(&'a [T]);

/// Sums that do not wait for each other.
const LANES: usize = 64;

impl<T: Real> Kernel for Sum<'_, T> {
    type Output = T;

    #[inline(always)]
    fn run<I: Isa>(self, _: I) -> T {
        let mut sums = [T::ZERO; LANES];
        for chunk in self.0.chunks_exact(LANES) {
            for (sum, &value) in sums.iter_mut().zip(chunk) {
                *sum = *sum + value;
            }
        }
        sums.into_iter().fold(T::ZERO, |all, sum| all + sum)
    }
}
