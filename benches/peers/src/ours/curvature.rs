//! Second derivatives of logistic regression, and the fit of a sum of peaks.

use chainrule::fit::Fit;
use chainrule::prelude::*;

use super::keep;
use crate::logistic::{double, problem, single};
use crate::serve::{Mode, Task, norm};
use crate::voigt::{self, PEAKS, Voigt};

pub fn prepare(name: &str, mode: Mode) -> Option<Box<dyn Task>> {
    match (name, mode) {
        ("hessian/f32", Mode::Hessian) => Some(hessian_f32()),
        ("hessian/f64", Mode::Hessian) => Some(hessian_f64()),
        ("fit/voigt", Mode::Fit) => Some(Box::new(Peaks::new())),
        _ => None,
    }
}

/// Value, gradient and Hessian of a model.
struct Curvature<M: Hessian> {
    model: M,
    batch: M::Batch<'static>,
    gradient: Vec<M::Scalar>,
    matrix: Vec<M::Scalar>,
    workspace: M::Workspace,
}

macro_rules! hessian {
    ($function:ident, $scalar:ident, $module:ident) => {
        fn $function() -> Box<dyn Task> {
            let (x, y, theta) = keep(problem::<$scalar>());
            let batch = $module::Logistic::<50>::batch(x, y).expect("the lengths fit");
            let (gradient, matrix) = (theta.clone(), theta.repeat(theta.len()));
            let model = $module::Logistic::<50>::from_parameters(theta).expect("51");
            let workspace = model.workspace();
            Box::new(Curvature { model, batch, gradient, matrix, workspace })
        }
    };
}

hessian!(hessian_f32, f32, single);
hessian!(hessian_f64, f64, double);

impl<M: Hessian<Scalar: Into<f64>>> Task for Curvature<M> {
    fn call(&mut self) {
        let Curvature { model, batch, gradient, matrix, workspace } = self;
        model.hessian_into(batch, gradient, matrix, workspace);
    }

    fn evidence(&self) -> Vec<f64> {
        let matrix = self.matrix.iter().map(|&value| value.into());
        vec![norm(matrix), self.matrix[1].into()]
    }
}

/// The fit of twelve peaks, with its report.
struct Peaks {
    x: &'static [f64],
    y: &'static [f64],
    start: Vec<f64>,
    squares: f64,
}

impl Peaks {
    fn new() -> Self {
        let (x, y, start) = keep(voigt::problem());
        Peaks { x, y, start, squares: f64::NAN }
    }
}

impl Task for Peaks {
    fn call(&mut self) {
        let model = Voigt::<PEAKS>::from_parameters(self.start.clone()).expect("four a peak");
        let report = Fit::new(model).data(self.x, self.y).run().expect("the data is sound");
        self.squares = report.sum_of_squares();
    }

    fn evidence(&self) -> Vec<f64> {
        vec![self.squares]
    }
}
